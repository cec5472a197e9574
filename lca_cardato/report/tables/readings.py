"""Readings taken from files: what was read, among whom it is divided, which figures follow."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from lca_cardato.report.parts import Cell, Table
from lca_cardato.report.tables.cells import heads, number
from lca_cardato.words.language import Language
from lca_cardato.words.said import one_line
from lca_cardato.words.units import unit_name


def readings(document: dict[str, Any], words: Language) -> list[Table]:
    """Make the tables of the readings; none where all figures are typed.

    Parameters
    ----------
    document : dict
        Result document.
    words : Language

    Returns
    -------
    list of Table
        The files and meters; the figures with the arithmetic behind each.
    """
    rows = document.get("readings") or []
    if not rows:
        return []
    columns = heads(
        words,
        "rd_name",
        "rd_file",
        "rd_meter",
        "rd_period",
        "#rd_amount",
        "c_unit",
        "rd_estimated",
        "rd_divided",
    )
    found = [
        Table("readings", words("tab_readings"), columns, [_reading(row, words) for row in rows])
    ]
    figures = [figure for row in rows for figure in row["figures"]]
    if figures:
        cells = [
            [Cell(one["name"]), number(words, one["value"]), Cell(unit_name(words, one["unit"])), Cell(one["rule"])]
            for one in figures
        ]  # fmt: skip
        columns = heads(words, "rd_figure", "#c_value", "c_unit", "rd_rule")
        found.append(Table("reading_figures", words("tab_reading_figures"), columns, cells))
    return found


def _reading(row: dict[str, Any], words: Language) -> list[Cell]:
    lots = row["amount"] is None
    amount = (
        Cell(words("meters_lots", count=str(row["lots"]))) if lots else number(words, row["amount"])
    )
    estimated = (
        words.percent(Fraction(row["estimated"] / row["amount"]))
        if row["estimated"] and row["amount"]
        else ""
    )
    return [
        Cell(row["name"]), Cell(one_line(row["file"])), Cell(one_line(row["meter"])), Cell(row["period"]), amount,
        Cell("" if lots else row["unit"]), Cell(estimated), Cell(divided(row, words)),
    ]  # fmt: skip


def divided(row: dict[str, Any], words: Language) -> str:
    """Say by what a meter is divided, and which part takes how much; empty where it is not."""
    if not row["parts"]:
        return ""
    parts = [f"{part['name']} {words.percent(Fraction(part['share']))}" for part in row["parts"]]
    by = words(f"rule_by_{row['by']}")
    return f"{by}: {', '.join(parts)}"
