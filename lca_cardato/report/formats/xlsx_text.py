"""Names and texts as a workbook can hold them."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterable

from lca_cardato.report.parts import Report

CELL = 32767
NAME = 31
NARROW, WIDE = 8, 48
LINE, HIGHEST = 15, 409
"""Height of a line and of a row at most, in points."""
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2}))?")
EPOCH = datetime.datetime(1980, 1, 1)


def clean(text: str) -> str:
    """Leave out what a cell can't hold, and cut what is too long for it."""
    text = CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text.encode("utf-16-le")) // 2 <= CELL:
        return text
    cut = text.encode("utf-16-le")[: 2 * (CELL - 1)].decode("utf-16-le", "ignore")
    return cut + "…"


def sheet_name(title: str, taken: Iterable[str]) -> str:
    """Make a sheet name of a title: valid, at most 31 characters, not taken yet."""
    name = re.sub(r"[\[\]:*?/\\]", " ", CONTROL.sub("", title))
    name = "".join(c for c in " ".join(name.split()) if ord(c) < 0x10000)
    base = name[:NAME].strip(" '") or "-"
    used = {other.casefold() for other in taken} | {"history"}
    name, number = base, 1
    while name.casefold() in used:
        number += 1
        end = f" ({number})"
        name = base[: NAME - len(end)].rstrip(" '") + end
    return name


def created(report: Report) -> datetime.datetime:
    """Give the time of the run that the head of the report names, or a fixed day."""
    for _, text in report.facts:
        found = DAY.match(text)
        if found:
            try:
                year, month, day, *time = (int(part or 0) for part in found.groups())
                return datetime.datetime(year, month, day, time[0], time[1], time[2])
            except ValueError:
                continue
    return EPOCH


def width(texts: list[str]) -> float:
    """Give the width of a column for its texts."""
    longest = max(max(len(line) for line in text.split("\n")) for text in texts)
    return float(min(max(longest + 2, NARROW), WIDE))


def height(texts: Iterable[tuple[str, float]]) -> int:
    """Give the height of a row for its texts and the widths that they are wrapped to."""
    lines = (
        sum(1 if len(x) <= wide - 2 else math.ceil(1.1 * len(x) / wide) for x in text.split("\n"))
        for text, wide in texts
    )
    return min(LINE * max(lines, default=1), HIGHEST)
