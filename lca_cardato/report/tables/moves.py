"""Tables of what moves between two backgrounds, and why."""

from __future__ import annotations

from typing import Any

from lca_cardato.report.parts import Cell, Column, Table
from lca_cardato.report.tables.cells import heads, number, short, shown, unit_of
from lca_cardato.results.rounding import FULL
from lca_cardato.words.language import Language
from lca_cardato.words.units import percent, signed


def moved(document: dict[str, Any], words: Language) -> list[Table]:
    """One table for each pair of backgrounds: indicators, and the datasets that move them most.

    Parameters
    ----------
    document : dict
        A comparison; see `lca_cardato.studies.compare.Comparison.to_dict`.
    words : Language
    """
    return [_table(place, pair, document, words) for place, pair in enumerate(document["moves"])]


def _table(place: int, pair: dict[str, Any], document: dict[str, Any], words: Language) -> Table:
    rows: list[list[Cell]] = []
    for name, item in pair["indicators"].items():
        stated = document["indicators"][name]
        label = stated.get("name") or short(words, name)
        unit = unit_of(words, name, stated["unit"])
        told = [Cell(f"{label} ({unit})"), Cell(words("moves_whole")), Cell(""), Cell("")]
        told += [shown(words, name, item["difference"]), Cell(signed(words, item["relative"]))]
        rows.append([*told, Cell("")])
        for row in item["datasets"]:
            share = row["difference"] / item["difference"] if item["difference"] else None
            rows.append(
                [
                    Cell(""),
                    Cell(f"{row['name']} ({row['unit']})"),
                    *(shown(words, name, score) for score in row["scores"]),
                    shown(words, name, row["difference"]),
                    number(words, None) if share is None else Cell(signed(words, share)),
                    Cell(remark(row, words)),
                ]
            )
    columns = [
        *heads(words, "c_indicator", "moves_dataset"),
        Column(f"{words('moves_per_unit')}: {pair['first']}", numeric=True),
        Column(f"{words('moves_per_unit')}: {pair['second']}", numeric=True),
        *heads(words, "#c_difference", "#moves_share", "moves_why"),
    ]
    title = words("moves_title", first=pair["first"], second=pair["second"])
    return Table(f"moves_{place}", title, columns, rows, note=words("moves_note"))


def remark(row: dict[str, Any], words: Language) -> str:
    """Say where the score of a dataset comes from, and what ours does not tell."""
    name, _, rest = row["process"].partition(" | ")
    place = rest.split(" | ")[1] if rest.count(" | ") > 1 else ""
    said = [words("moves_taken", process=", ".join(part for part in (name, place) if part))]
    if not row["inventoried"]:
        said.append(words("moves_not_inventoried"))
    elif row["coverage"] is not None and row["coverage"] < FULL:
        said.append(words("moves_covered", share=percent(words, row["coverage"])))
    return "; ".join(said)
