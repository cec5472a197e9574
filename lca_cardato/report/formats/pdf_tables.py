"""Columns of tables on paper: as wide as they need, and never wider than the page together."""

from __future__ import annotations

import re
from typing import Any

from lca_cardato.charts.rows import width
from lca_cardato.report.parts import Cell, Table

PORTRAIT, LANDSCAPE = 482.0, 728.0
"""Width of the text, points: 210 and 297 mm without margins of 20 mm."""
INSET = 8.5
"""Blank beside the text of a cell, points."""
BREAK = "\ue000"
"""Stands for the template where a word may end a line; a letter that no font has."""
LONG = 14
"""Letters of a word above which it may be broken where it has no blank."""
DIGEST = re.compile(r"[0-9a-f]{64}")
WHOLE, FOURTH = 222.0, 62.0
"""Width of a digest on one line, and in four."""
_PLACES = re.compile(r"(?<=[/._:=&?+-])(?=\w)")
_RUNS = re.compile(r"(\w{12})(?=\w{6})")
_WORDS = re.compile(r"\S+")


def laid_out(table: Table, room: float) -> dict[str, Any]:
    """Give sizes and widths of a table.

    Parameters
    ----------
    table : Table
    room : float
        Width of the page, points.

    Returns
    -------
    dict
        ``size`` of the letters and ``widths`` of the columns, points, which add up to `room`.
    """
    columns = range(len(table.columns))
    size = next(
        s for s in (8.5, 8.0, 7.4, 7.0, 6.6, 0.0) if s == 0 or _least(table, s) <= room * 0.8
    )
    size = size or 6.2
    least = [_least_of(table, i, size) for i in columns]
    need = [max(_need_of(table, i, size), least[i]) for i in columns]
    if sum(least) > room:
        return {"size": size, "widths": [room * part / sum(least) for part in least]}
    spare, wanted = room - sum(least), [n - part for n, part in zip(need, least)]
    whole = sum(wanted)
    if whole <= spare:  # all of it on one line: text columns take what is left
        rest = [0.0 if c.numeric else 1.0 for c in table.columns]
        share = (spare - whole) / (sum(rest) or 1.0)
        return {"size": size, "widths": [n + share * part for n, part in zip(need, rest)]}
    return {"size": size, "widths": [part + spare * w / whole for part, w in zip(least, wanted)]}


def broken(text: str) -> str:
    """Let a long word without blanks, such as a key or an address, end a line.

    Examples
    --------
    >>> broken("yarn/0/carbonising.electricity").split("\\ue000")
    ['yarn/', '0/', 'carbonising.', 'electricity']
    """
    return _WORDS.sub(lambda found: _broken(found[0]), text)


def _broken(word: str) -> str:
    if len(word) <= LONG or DIGEST.search(word):
        return word
    return _RUNS.sub(f"\\1{BREAK}", _PLACES.sub(BREAK, word))


def _least(table: Table, size: float) -> float:
    return sum(_least_of(table, i, size) for i in range(len(table.columns)))


def _least_of(table: Table, column: int, size: float) -> float:
    """Width below which a word would leave its cell."""
    texts = [cell.text for cell in _cells(table, column)]
    if any(DIGEST.search(text) for text in texts):
        return FOURTH if len(table.columns) > 4 else WHOLE
    words = {part for text in texts for word in text.split() for part in _broken(word).split(BREAK)}
    heads = _broken_head(table, column)
    whole = max((width(text, size) for text in texts), default=0.0)
    if table.columns[column].numeric:  # a number is not broken
        return max([whole, *(width(word, size) * 1.1 for word in heads)]) + INSET
    longest = max((width(word, size) for word in words), default=0.0)
    return max([longest, *(width(word, size) * 1.1 for word in heads)]) + INSET


def _broken_head(table: Table, column: int) -> list[str]:
    head = table.columns[column]
    return [part for w in f"{head.title} ({head.unit})".split() for part in _broken(w).split(BREAK)]


def _need_of(table: Table, column: int, size: float) -> float:
    """Width that a column would like to have: between its usual and its longest text."""
    widths = [width(cell.text, size) for cell in _cells(table, column)] or [0.0]
    if table.columns[column].numeric or any(DIGEST.search(c.text) for c in _cells(table, column)):
        return 0.0
    mean = sum(widths) / len(widths)
    return (max(widths) if max(widths) <= 2 * mean else 0.5 * max(widths) + mean) + INSET


def _cells(table: Table, column: int) -> list[Cell]:
    return [row[column] for row in table.rows]
