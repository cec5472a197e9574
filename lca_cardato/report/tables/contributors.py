"""The largest contributors to an indicator: named shortly, with the small rest as one."""

from __future__ import annotations

import math
from typing import Any

from lca_cardato.report.parts import Cell, Table
from lca_cardato.report.tables.cells import bound, heads, indicator_heads, name_of, number, shown
from lca_cardato.report.tables.labels import contributor_labels
from lca_cardato.words.language import Language

SMALL = 0.01
"""Share of the whole below which a contributor goes into the rest."""
FEW = 3
"""Contributors that are told however small they are."""
SEEN = 5e-4
"""Share of the whole from which the rest is drawn."""
NOTHING = 1e-9
"""Share of the whole up to which the rest is what rounding leaves."""


def largest(
    document: dict[str, Any], indicator: str
) -> tuple[list[dict[str, Any]], dict[str, float]]:
    """Give the contributors that are told one by one, and what all others come to.

    Parameters
    ----------
    document : dict
        Result document.
    indicator : str

    Returns
    -------
    tuple of (list of dict, dict)
        Rows of the document, and ``value`` and ``share`` of the rest; the latter empty where
        there is none worth telling.
    """
    rows, whole = document["contributors"][indicator], document["indicators"][indicator]["value"]
    told = [row for place, row in enumerate(rows) if place < FEW or abs(row["share"]) >= SMALL]
    rest = whole - math.fsum(row["value"] for row in told)
    if not whole or abs(rest) <= NOTHING * abs(whole):
        return told, {}
    return told, {"value": rest, "share": rest / whole}


def bars(document: dict[str, Any], words: Language, indicator: str) -> list[tuple[str, float]]:
    """Label and score of each contributor and of the rest, for a chart."""
    told, rest = largest(document, indicator)
    names = contributor_labels(told, document["product"], words)
    found = [(name, row["value"]) for name, row in zip(names, told)]
    seen = rest and abs(rest["share"]) >= SEEN
    return [*found, (words("c_rest"), rest["value"])] if seen else found


def contributors(document: dict[str, Any], words: Language, indicator: str) -> Table:
    """The largest contributors to an indicator, the rest, and the whole."""
    told, rest = largest(document, indicator)
    names = contributor_labels(told, document["product"], words)
    rows = [
        [
            Cell(name), Cell(row["name"]), number(words, row["amount"]), Cell(row["unit"]),
            shown(words, indicator, row["value"]),
            Cell(f"{row['share'] * 100:.0f} %", row["share"] * 100),
        ]
        for name, row in zip(names, told)
    ]  # fmt: skip
    item = document["indicators"][indicator]
    ends = [(words("c_rest"), rest)] if rest else []
    if rest:
        ends.append((words("total"), {"value": item["value"], "share": 1.0}))
    for name, end in ends:
        share = Cell(f"{end['share'] * 100:.0f} %", end["share"] * 100)
        value = bound(words, indicator, item if end is not rest else {}, end["value"])
        rows.append([Cell(name), *[Cell("")] * 3, value, share])
    columns = [
        *heads(words, "c_step", "c_input", "#c_amount", "c_unit"),
        *indicator_heads(words, {indicator: item["unit"]}), *heads(words, "#c_share %"),
    ]  # fmt: skip
    title = f"{words('pic_contributors')}: {name_of(words, indicator)}"
    drawn = 4 if indicator == "climate_change" else None
    return Table(f"contributors_{indicator}", title, columns, rows, total=bool(rest), drawn=drawn)
