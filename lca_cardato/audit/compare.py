"""Two documents, value by value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Iterator, Optional

from lca_cardato.errors import shorten
from lca_cardato.sentence import say

NAMES = ("key", "id", "criterion", "input", "name")
"""What the elements of a list are told apart by, where all have it and no two the same."""
ORDER = "order"
SHARES = (
    "share",
    "difference",
    "difference_relative",
    "coverage",
    "coverage_by_climate",
    "share_dry",
)
"""Numbers near zero that are the rest of terms around 1."""
REST = 1e-12


@dataclass(frozen=True)
class Difference:
    """A value that differs between two documents.

    Attributes
    ----------
    path : str
        Document and path of the value, such as ``result.json: indicators.climate_change.value``.
    before, now : Any
        Both values; None where one is missing.
    added : bool
        The first document does not have the key at all.
    scale : float
        What the rest of large terms is small against: 1 for a share, the largest of the numbers
        beside it for one of several that add up; 0 elsewhere.
    unit : str
        Of two numbers, where it is known.
    """

    path: str
    before: Any
    now: Any
    added: bool = False
    scale: float = 0.0
    unit: str = ""

    @property
    def relative(self) -> Optional[float]:
        """Relative difference of two numbers, None for anything else."""
        if not _number(self.before) or not _number(self.now):
            return None
        scale = max(abs(self.before), abs(self.now))
        return abs(self.before - self.now) / scale if scale else 0.0

    def within(self, tolerance: float) -> bool:
        """Whether two numbers agree, or differ by what rounding leaves of large terms."""
        relative = self.relative
        if relative is None:
            return False
        return relative <= tolerance or abs(self.before - self.now) <= REST * self.scale


def compare(before: Any, now: Any, name: str) -> Iterator[Difference]:
    """Differences of two documents of plain values, in the order of the first.

    Parameters
    ----------
    before, now : Any
    name : str
        What the documents are called in the path of a difference.

    Yields
    ------
    Difference
        Elements of a list are held against each other by their key, where they have one; another
        order of the same elements is a difference of its own, whose path ends with ``order``.
    """
    yield from _compare(before, now, f"{name}: ")


def _compare(before: Any, now: Any, path: str, scale: float = 0.0) -> Iterator[Difference]:
    if isinstance(before, dict) and isinstance(now, dict):
        beside = _largest(before, now)
        for key in [*before, *(key for key in now if key not in before)]:
            dot = "" if path.endswith(": ") else "."
            if key not in before:
                yield Difference(f"{path}{dot}{key}", None, now[key], True)
            else:
                scale = 1.0 if key in SHARES else beside
                yield from _compare(before[key], now.get(key), f"{path}{dot}{key}", scale)
    elif isinstance(before, list) and isinstance(now, list):
        yield from _lists(before, now, path)
    elif before != now or isinstance(before, bool) is not isinstance(now, bool):
        yield Difference(path, before, now, scale=scale)


def _largest(*tables: dict[str, Any]) -> float:
    """Largest of the numbers of tables that hold nothing else."""
    values = [value for table in tables for value in table.values()]
    return max(map(abs, values), default=0.0) if all(map(_number, values)) else 0.0


def _lists(before: list[Any], now: list[Any], path: str) -> Iterator[Difference]:
    key = next((name for name in NAMES if _told_apart(before, name) and _told_apart(now, name)), "")
    if not key:
        for index in range(max(len(before), len(now))):
            first = before[index] if index < len(before) else None
            second = now[index] if index < len(now) else None
            yield from _compare(first, second, f"{path}[{index}]")
        return
    first, second = ({item[key]: item for item in rows} for rows in (before, now))
    for name in [*first, *(name for name in second if name not in first)]:
        yield from _compare(first.get(name), second.get(name), f"{path}[{name}]")
    order = [name for name in first if name in second]
    other = [name for name in second if name in first]
    if order != other:
        dot = "" if path.endswith(": ") else "."
        yield Difference(f"{path}{dot}{ORDER}", ", ".join(order), ", ".join(other))


def told(value: Any, length: int = 80) -> str:
    """Write a value of a difference for people, in a few words."""
    if isinstance(value, dict) and value:
        return say("a record with {keys}", keys=shorten(", ".join(map(str, value)), length))
    return shorten("-" if value is None else str(value), length)


def _told_apart(rows: list[Any], key: str) -> bool:
    names = [row.get(key) for row in rows if isinstance(row, dict)]
    texts = {name for name in names if isinstance(name, str)}
    return len(texts) == len(rows)


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
