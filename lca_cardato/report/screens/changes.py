"""What differs between two runs, a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lca_cardato.errors import shorten
from lca_cardato.report.tables.cells import name_of, unit_of
from lca_cardato.words.language import Language
from lca_cardato.words.units import display, signed_whole

if TYPE_CHECKING:
    from lca_cardato.audit.compare import Difference

DIGITS = (4, 6, 9, 15)
"""Significant digits that are tried until two numbers read differently."""
RESULTS = "indicators: "
"""Begins the path of a result."""


def changed(row: Difference, part: str, words: Language) -> str:
    """Tell a difference: of what, both values with their unit, and by how much.

    Parameters
    ----------
    row : Difference
    part : str
        As `lca_cardato.audit.diff.PARTS` has it; of results the name is told, not the path.
    words : Language
    """
    name = row.path.removeprefix(RESULTS) if part == "results" else ""
    what = name_of(words, name) if name else shorten(row.path, 300)
    if row.relative is None:
        return f"{what}: {value_told(row.before, words)} -> {value_told(row.now, words)}"
    ends = [display(name, value, "")[0] for value in (row.before, row.now)]
    pairs = [[words.number(end, digits) for end in ends] for digits in DIGITS]
    before, now = next((pair for pair in pairs if pair[0] != pair[1]), pairs[-1])
    told = f"{what}: {before} -> {now} {unit_of(words, name, row.unit)}".rstrip()
    return f"{told}  ({_percent(words, *ends)})"


def _percent(words: Language, before: float, now: float) -> str:
    """Write how much larger or smaller a number is than another."""
    if not before:
        return words("diff_new")
    return f"{signed_whole(words, (now - before) / abs(before), 2)} %"


def value_told(value: Any, words: Language) -> str:
    """Write a value; a figure that is there in one run alone with unit and class."""
    if isinstance(value, dict) and "value" in value:
        unit, kind = unit_of(words, "", str(value.get("unit", ""))), words(value.get("class", ""))
        return shorten(f"{words.decimal(str(value['value']))} {unit} ({kind})")
    if isinstance(value, dict):
        return shorten(", ".join(f"{key} {one}" for key, one in value.items()))
    return shorten("-" if value is None else str(value))
