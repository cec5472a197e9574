"""What stands beside the figures: virgin fibres that it could have been, and the mix of the grid."""

from __future__ import annotations

from typing import Any, Optional

from lca_cardato.report.parts import Block, Cell, Column, Table, Text
from lca_cardato.report.tables.cells import heads, short, shown, unit_of
from lca_cardato.words.language import Language
from lca_cardato.words.units import signed


def _alternatives(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Rows of the result document; one of an earlier version has none."""
    found: list[dict[str, Any]] = (document["reference"] or {}).get("alternatives", [])
    return found


def alternatives(document: dict[str, Any], words: Language) -> Optional[Table]:
    """Difference to the product from each virgin fibre that a recycled fibre could stand for.

    Parameters
    ----------
    document : dict
        Result document.
    words : Language

    Returns
    -------
    Table or None
        None where there is nothing beside the fibre of the label.
    """
    found = _alternatives(document)
    if not found:
        return None
    names = list(found[0]["indicators"])
    columns = heads(words, "c_recycled_fibre", "c_virgin_fibre", "c_label")
    for name in names:
        unit = unit_of(name, document["indicators"][name]["unit"])
        columns += [Column(short(words, name), unit, True), *heads(words, "#c_difference %")]
    rows = []
    for item in found:
        mark = f" ({words('as_stated')})" if item["stated"] else ""
        row = [Cell(item["replaces_name"]), Cell(item["name"] + mark), Cell(item["label"])]
        for name in names:
            value, gap = (item["indicators"][name][key] for key in ("value", "difference"))
            cell = Cell(signed(words, gap), None if gap is None else gap * 100)
            row += [shown(words, name, value), cell]
        rows.append(row)
    note = words("alternatives_note")
    return Table("alternatives", words("tab_alternatives"), columns, rows, note=note)


def alternative_lines(document: dict[str, Any], words: Language) -> list[Block]:
    """Tell the difference of climate change in a line for each recycled fibre."""
    by_fibre: dict[str, list[dict[str, Any]]] = {}
    for item in _alternatives(document):
        by_fibre.setdefault(item["replaces_name"], []).append(item)
    lines: list[Block] = []
    for name, items in by_fibre.items():
        parts = [
            f"{item['name']} {signed(words, item['indicators']['climate_change']['difference'])}"
            for item in items
        ]
        told = {"fibre": name, "stated": parts[0], "others": ", ".join(parts[1:])}
        lines.append(Text(words("alternatives_line", **told)))
    return lines


def electricity_line(document: dict[str, Any], words: Language) -> str:
    """Tell climate change by contract and by the mix of the grid; empty where both are the same."""
    values = document["electricity"]["climate_change"]
    own, grid = values["market_based"], values["location_based"]
    if own == grid:
        return ""
    return words("location_based", own=words.number(own), value=words.number(grid))
