"""Axes of a space: what varies, in numbers where it can be calculated with, exact as typed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any, Optional, Sequence

import numpy as np
from numpy.typing import NDArray

from lca_cardato.text.number import QuantityError, parse_number
from lca_cardato.text.thousands import plain, two_readings
from lca_cardato.text.yarncount import parse_yarn_count

Array = NDArray[np.float64]
NUMERIC = re.compile(
    r"\s*([+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?)\s*([A-Za-z%][\w%/]*)\s*"
)


@dataclass
class Axis:
    """One path that varies.

    Attributes
    ----------
    path : tuple
    name : str
        Column of the result.
    unit : str
        Unit of `numbers` as typed; ``Nm`` for a yarn count.
    numbers : ndarray or None, shape (size,)
        The typed numbers; None when the values are words.
    structure : ndarray of int, shape (size,)
        Entries with another number here need a product system of another shape.
    head : str
        Head of its column in the table of an office.
    """

    path: tuple
    name: str
    unit: str = ""
    numbers: Optional[Array] = None
    structure: NDArray[np.intp] = field(default_factory=lambda: np.zeros(0, dtype=np.intp))
    head: str = ""

    def text(self, index: int) -> Any:
        """Value of an entry as it would be typed in a scenario."""
        raise NotImplementedError

    def exact(self, index: int) -> Fraction:
        """Give the number of an entry exactly."""
        raise NotImplementedError

    def two_readings(self) -> bool:
        """Whether a number was typed that may be meant in thousands."""
        return False

    def finish(self) -> None:
        """Work out which entries need a product system of another shape."""
        if self.numbers is None:
            return
        if self.path[-1] == "share":
            self.structure = (self.numbers == 0).astype(np.intp)
        elif self.path[-1] == "photovoltaic":
            full = 100.0 if self.unit == "%" else 1.0
            self.structure = np.where(self.numbers == 0, 1, np.where(self.numbers == full, 2, 0))
        else:
            self.structure = np.zeros(len(self.numbers), dtype=np.intp)


class TextAxis(Axis):
    """Values as typed, from a grid or a list.

    Attributes
    ----------
    turned : list of (str, str)
        Yarn counts that stand before their plies: as typed, and as they were read.
    """

    def __init__(self, path: tuple, name: str, values: Sequence[Any]) -> None:
        super().__init__(path, name)
        words: dict[str, int] = {}
        self.codes = np.array([words.setdefault(repr(v), len(words)) for v in values], np.intp)
        first = {int(code): i for i, code in reversed(list(enumerate(self.codes)))}
        self.words = [values[first[code]] for code in range(len(words))]
        self._fractions: list[Fraction] = []
        self.turned: list[tuple[str, str]] = []
        self._read()

    def _read(self) -> None:
        plies = self._read_counts() if self.path[-1] == "count" else self._read_numbers()
        if plies is None:
            self.unit, self.numbers = "", None
            self.structure = self.codes
            return
        self.numbers = np.array([float(f) for f in self._fractions])[self.codes]
        self.finish()
        if any(plies):
            self.structure = np.array(plies, dtype=np.intp)[self.codes]

    def _read_numbers(self) -> Optional[list[int]]:
        found = [NUMERIC.fullmatch(v) if isinstance(v, str) else None for v in self.words]
        units = {match.group(2) for match in found if match}
        if len(units) != 1 or not all(found):
            return None
        self.unit = units.pop()
        try:
            self._fractions = [parse_number(match.group(1)) for match in found if match]
        except QuantityError:
            return None
        if self.path[-1] == "share" and any(10**10 % f.denominator for f in self._fractions):
            return None  # whether such shares sum to 100 % is not for floats to say
        return [0 for _ in self.words]

    def _read_counts(self) -> Optional[list[int]]:
        try:
            counts = [parse_yarn_count(value) for value in self.words]
        except QuantityError:
            return None
        self.unit = "Nm"
        self.turned = [(count.text, count.read) for count in counts if count.read]
        self._fractions = [count.nm for count in counts]
        return [count.plies for count in counts]

    def two_readings(self) -> bool:
        """Whether a number was typed that may be meant in thousands."""
        found = [NUMERIC.fullmatch(word) for word in self.words if isinstance(word, str)]
        return any(match and two_readings(match.group(1)) for match in found)

    def text(self, index: int) -> Any:
        """Value as typed."""
        return self.words[self.codes[index]]

    def exact(self, index: int) -> Fraction:
        """Give the number exactly."""
        return self._fractions[self.codes[index]]


class StepAxis(Axis):
    """Shares in whole steps, from a simplex grid."""

    def __init__(
        self, path: tuple, name: str, counts: NDArray[Any], step: Fraction, low: Fraction
    ) -> None:
        super().__init__(path, name, "%")
        self.counts, self.step, self.low = counts, step, low
        exact = [float((low + step * k) * 100) for k in range(int(counts.max(initial=0)) + 1)]
        self.numbers = np.array(exact)[counts]
        self.finish()

    def text(self, index: int) -> Any:
        """Share in %."""
        return percent_text(self.exact(index) / 100)

    def exact(self, index: int) -> Fraction:
        """Share in %, exact."""
        return (self.low + self.step * int(self.counts[index])) * 100


class FloatAxis(Axis):
    """Sampled numbers."""

    def __init__(self, path: tuple, name: str, numbers: Array, unit: str) -> None:
        super().__init__(path, name, unit, np.ascontiguousarray(numbers, dtype=np.float64))
        self.finish()

    def text(self, index: int) -> Any:
        """Shortest text that gives the same number."""
        assert self.numbers is not None
        number = plain(repr(float(self.numbers[index])))
        return f"Nm {number}" if self.unit == "Nm" else f"{number} {self.unit}"

    def exact(self, index: int) -> Fraction:
        """Give the number of the text."""
        assert self.numbers is not None
        return Fraction(repr(float(self.numbers[index])))


def percent_text(share: Fraction) -> str:
    """Exact text of a share in %; a share that no decimal gives is refused before."""
    value = share * 100
    digits = next((d for d in range(100) if 10**d % value.denominator == 0), None)
    if digits is None:
        return f"{float(value)!r} %"
    whole, rest = divmod(abs(value.numerator) * 10**digits // value.denominator, 10**digits)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{rest:0{digits}d} %" if digits else f"{sign}{whole} %"


@dataclass
class Part:
    """A part of a space; the space is the product of its parts.

    Attributes
    ----------
    kind : str
        ``variants``, ``grid``, ``table``, ``simplex`` or ``sample``.
    size : int
    axes : list of Axis
        Each has `size` entries.
    variants : list of (str, list of (path, value))
        For named overrides.
    lines : list of int
        Of a table: row of the spreadsheet of each entry, as it counts them.
    kept : list of (str, list of str)
        Of a table: columns that are carried to the result, head and cells.
    """

    kind: str
    size: int
    axes: list[Axis]
    variants: list[tuple[str, list[tuple[tuple, Any]]]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    kept: list[tuple[str, list[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._order: Optional[NDArray[np.intp]] = None
        self._starts: Any = None

    @cached_property
    def structure(self) -> NDArray[np.intp]:
        """Entries with another number here need a product system of another shape; shape (size,)."""
        codes = np.zeros(self.size, dtype=np.intp)
        if self.variants:
            codes = np.arange(self.size, dtype=np.intp)
        for axis in self.axes:
            codes = codes * (int(axis.structure.max(initial=0)) + 1) + axis.structure
            codes = np.unique(codes, return_inverse=True)[1].astype(np.intp).reshape(-1)
        return codes

    @property
    def structures(self) -> int:
        """How many shapes there are."""
        return int(self.structure.max(initial=0)) + 1

    def like(self, index: int, place: int, places: int) -> int:
        """Give one of the entries of the same structure: the first, ... the last of `places`."""
        if self._order is None:
            order = np.argsort(self.structure, kind="stable")
            codes = np.arange(self.structures + 1)
            self._starts = np.searchsorted(self.structure[order], codes)
            self._order = order
        first, end = (int(n) for n in self._starts[self.structure[index] :][:2])
        return int(self._order[first + (end - 1 - first) * place // max(1, places - 1)])

    def overrides(self, index: int) -> list[tuple[tuple, Any]]:
        """Paths and values of an entry."""
        named = self.variants[index][1] if self.variants else []
        typed = [(axis.path, axis.text(index)) for axis in self.axes]
        return [*named, *(item for item in typed if item[1] is not None)]
