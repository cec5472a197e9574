"""Cells, heads and names that tables share."""

from __future__ import annotations

from dataclasses import replace
from math import isfinite
from typing import Any, Optional

from lca_cardato.report.parts import Cell, Column
from lca_cardato.results.rounding import FULL
from lca_cardato.words.language import Language
from lca_cardato.words.units import display, percent, unit_name

INVENTORIED = 0.005
"""Coverage below which an indicator is not told."""
NEARLY = ">99 %"
"""Coverage that rounds to 100 % beside a lower bound: a part of the product is not inventoried."""


def number(words: Language, value: Optional[float], mark: str = "") -> Cell:
    """Write a number, or nothing where there is none."""
    if value is None or not isfinite(value):
        return Cell("", None, mark)
    return Cell(words.number(value), value, mark)


def share_cell(words: Language, part: float) -> Cell:
    """Write a share of 1 in percent."""
    return Cell(percent(words, part), part * 100)


def shown(words: Language, indicator: str, value: Optional[float]) -> Cell:
    """Write a score in the unit of the floor."""
    return number(words, None if value is None else display(indicator, value, "")[0])


def bound(words: Language, indicator: str, item: dict[str, Any], value: Optional[float]) -> Cell:
    """Write a score in the unit of the floor, with the sign of a lower bound where it is one.

    Parameters
    ----------
    words : Language
    indicator : str
    item : dict
        With ``lower_bound``, or else the ``coverage`` of the score.
    value : float, optional
        In the unit of the indicator.
    """
    cell, share = shown(words, indicator, value), item.get("coverage")
    lower = item.get("lower_bound", share is not None and share < FULL)
    return replace(cell, text=f"≥ {cell.text}") if lower and cell.text else cell


def unit_of(words: Language, indicator: str, unit: str) -> str:
    """Unit that a score is shown in, as the language names it."""
    return unit_name(words, display(indicator, 0.0, unit)[1])


def heads(words: Language, *keys: str) -> list[Column]:
    """Heads of columns by key: ``#`` before a column of numbers, its unit behind.

    Examples
    --------
    >>> heads(Language("en"), "c_step", "#c_share %")[1]
    Column(title='share', unit='%', numeric=True, left=False)
    """
    found = []
    for text in keys:
        key, _, unit = text.lstrip("#").partition(" ")
        found.append(Column(words(key), unit, text.startswith("#")))
    return found


def name_of(words: Language, indicator: str) -> str:
    """Name of an indicator without indentation."""
    text = words(indicator)
    if not text.startswith(" "):
        return text.strip()
    whole = words("energy" if indicator.startswith("energy") else "climate_change")
    return f"{whole.split(' (')[0]}, {text.strip()}"


def short(words: Language, indicator: str) -> str:
    """Name of an indicator without its bracket."""
    return name_of(words, indicator).split(" (")[0]


def indicator_heads(words: Language, units: dict[str, str]) -> list[Column]:
    """Heads of columns of scores: short name and unit of each indicator."""
    return [
        Column(short(words, n), unit_of(words, n, unit), numeric=True) for n, unit in units.items()
    ]


def score_row(
    words: Language, first: Cell, key: str, item: dict[str, Any], columns: int
) -> list[Cell]:
    """Write name, value, unit and coverage of an indicator or a method; nothing where it is open.

    Parameters
    ----------
    words : Language
    first : Cell
        Name.
    key : str
        Indicator; empty for a method.
    item : dict
        ``value``, ``unit``, ``coverage`` and ``lower_bound``.
    columns : int
        Cells of the row when it is open.
    """
    if item["coverage"] < INVENTORIED:
        row = [Cell(first.text, None, "open", first.level), Cell(words("not_inventoried")),
               Cell(""), Cell("0 %", 0.0)]  # fmt: skip
        return row + [Cell("")] * (columns - len(row))
    value, unit = display(key, item["value"], item["unit"])
    sign = "≥ " if item["lower_bound"] else ""
    told = Cell(sign + words.number(value), value)
    whole = item["lower_bound"] and item["coverage"] >= FULL
    share = Cell(NEARLY, item["coverage"] * 100) if whole else share_cell(words, item["coverage"])
    return [first, told, Cell(unit_name(words, unit)), share]
