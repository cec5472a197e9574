"""Fibres of a product, of one blend or of many, and exact comparisons of their shares.

Thresholds are always decided on exact fractions of the text that was typed: floats decide only
where the distance is beyond doubt.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Callable, NamedTuple, Optional

import numpy as np
from numpy.typing import NDArray

from lca_cardato.claims.documents import Papers, papers_of
from lca_cardato.claims.outcome import Message
from lca_cardato.claims.shares import BASES, POINTS, FibrePart, share, whole
from lca_cardato.model.structure import ProductModel

NOT_APPLICABLE, MEETS, NOT_PROVEN, NOT_MET = range(4)
CLOSE = 1e-9
READINGS = [(point, basis) for point in POINTS for basis in BASES]
TESTS: dict[str, Callable[[FibrePart], bool]] = {
    "recycled": lambda part: part.line.recycled,
    "carded": lambda part: part.carded,
    "wool": lambda part: part.line.fibre.label.en == "wool",
    "any": lambda part: True,
    "open": lambda part: part.line.recycled or part.line.entry.origin == "undeclared",
}
ZERO = Fraction(0)
UNKNOWN = 2
Signs = NDArray[np.int8]


class Groups(NamedTuple):
    """Rows by what decides their exact shares at a point of the route.

    Attributes
    ----------
    size : int
        Groups that there can be.
    numbers : ndarray, shape (groups,)
        Those that there are.
    first : ndarray, shape (groups,)
        A row of each.
    codes : ndarray, shape (rows,)
        Number of the group of each row.
    """

    size: int
    numbers: NDArray[np.int64]
    first: NDArray[np.intp]
    codes: NDArray[np.int64]


class Known:
    """Signs that are known for the blends of one shape of product system.

    The exact shares at a point of the route hang on few numbers, which many rows have in common: what is
    found for one of them holds for all.
    """

    def __init__(self) -> None:
        self._signs: dict[tuple, Signs] = {}

    def signs(self, asked: tuple, size: int) -> Signs:
        """Code -> sign of what is asked, or `UNKNOWN`."""
        found = self._signs.get(asked)
        if found is None:
            found = self._signs.setdefault(asked, np.full(size, UNKNOWN, dtype=np.int8))
        return found


@dataclass
class Content:
    """Fibres of a product, of one blend or of many, and exact comparisons of their shares.

    Attributes
    ----------
    model : ProductModel
    parts : list of FibrePart
        With fractions for one blend; with floats or arrays of shape (rows,) for many.
    exact : callable, optional
        Row -> parts with fractions; left out where `parts` are exact themselves.
    codes : callable, optional
        (rows, point of the route) -> equal numbers for rows whose exact shares there are equal;
        the point is ``product``, ``blend_input``, or ``mass`` where the masses themselves count.
    groups : callable, optional
        Point of the route -> groups of rows; None where there can be too many to remember.
    exact_at : callable, optional
        (row, point of the route) -> parts with fractions whose shares there are those of the row.
    known : Known
        What was found for them before.
    unfit : dict
        Kind of fibre -> what its documents leave open, once it was asked for.
    """

    model: ProductModel
    parts: list[FibrePart]
    exact: Optional[Callable[[int], list[FibrePart]]] = None
    codes: Optional[Callable[[NDArray[np.intp], str], NDArray[np.int64]]] = None
    groups: Optional[Callable[[str], Optional[Groups]]] = None
    exact_at: Optional[Callable[[int, str], list[FibrePart]]] = None
    known: Known = field(default_factory=Known)
    unfit: dict[str, list[Message]] = field(default_factory=dict)
    _shares: dict[tuple[frozenset[str], str, str], Any] = field(default_factory=dict)
    _signs: dict[tuple[frozenset[str], str, str, Fraction], Any] = field(default_factory=dict)
    _wholes: dict[tuple[str, str], Any] = field(default_factory=dict)
    _lines: dict[str, frozenset[str]] = field(default_factory=dict)
    _fit: Optional[list[bool]] = None
    _masses: dict[str, dict[str, tuple[Any, Any, Fraction]]] = field(default_factory=dict)
    _short: Optional[tuple[dict[str, Any], list[tuple[int, Any]]]] = None

    @property
    def papers(self) -> Papers:
        """The documents of the product."""
        return papers_of(self.model)

    def any(self, kind: str) -> bool:
        """Whether a fibre is of a kind of `TESTS`."""
        return any(map(TESTS[kind], self.parts))

    def share(self, kind: str, point: str, basis: str) -> Any:
        """Share of the fibres of a kind of `TESTS`: a fraction, a float or an array."""
        return self.share_among(self.lines(kind), point, basis)

    def lines(self, kind: str) -> frozenset[str]:
        """Keys of the blend lines of a kind of `TESTS`."""
        found = self._lines.get(kind)
        if found is None:
            found = frozenset(part.line.key for part in self.parts if TESTS[kind](part))
            self._lines[kind] = found
        return found

    def share_among(self, lines: frozenset[str], point: str, basis: str) -> Any:
        """Share of some blend lines: a fraction, a float or an array."""
        key = (lines, point, basis)
        if key not in self._shares:
            self._shares[key] = share(
                self.parts, lambda part: part.line.key in lines, point, basis, self._whole
            )
        return self._shares[key]

    def _whole(self, parts: list[FibrePart], point: str, basis: str) -> Any:
        """Mass of all fibres, which is the same for every share."""
        if parts is not self.parts:
            return whole(parts, point, basis)
        if (point, basis) not in self._wholes:
            self._wholes[point, basis] = whole(parts, point, basis)
        return self._wholes[point, basis]

    def reaches(self, kind: str, point: str, basis: str, threshold: Fraction) -> Any:
        """Whether a share is at or above a threshold."""
        return self.sign(kind, point, basis, threshold) >= 0

    def sign(self, kind: str, point: str, basis: str, threshold: Fraction) -> Any:
        """Sign of a share minus a threshold: -1, 0 or 1."""
        return self.sign_among(self.lines(kind), point, basis, threshold)

    def sign_among(self, lines: frozenset[str], point: str, basis: str, threshold: Fraction) -> Any:
        """Sign of the share of some blend lines minus a threshold: -1, 0 or 1."""
        key = (lines, point, basis, threshold)
        if key not in self._signs:
            self._signs[key] = self._sign(*key)
        return self._signs[key]

    def _sign(self, lines: frozenset[str], point: str, basis: str, threshold: Fraction) -> Any:
        if len(lines) in (0, len(self.parts)):
            return sign_of(bool(lines) - threshold)

        def measure(parts: list[FibrePart]) -> Any:
            return share(parts, lambda part: part.line.key in lines, point, basis)

        groups = self.groups(point) if self.groups is not None else None
        if groups is None:
            return self.compared(self.share_among(lines, point, basis), threshold, measure, point)
        known = self.known.signs((lines, point, basis, threshold), groups.size)
        signs = known[groups.numbers]
        unknown = np.flatnonzero(signs == UNKNOWN)
        if len(unknown):
            found = np.broadcast_to(self.share_among(lines, point, basis), groups.codes.shape)
            rows = groups.first[unknown]
            for number, row, gap in zip(unknown, rows, found[rows] - float(threshold)):
                if abs(gap) <= CLOSE:
                    assert self.exact_at is not None
                    gap = measure(self.exact_at(int(row), point)) - threshold
                signs[number] = sign_of(gap)
            known[groups.numbers] = signs
        if (signs == signs[0]).all():
            return int(signs[0])
        return known[groups.codes]

    def compared(
        self,
        found: Any,
        threshold: Fraction,
        measure: Callable[[list[FibrePart]], Any],
        point: str = "mass",
    ) -> Any:
        """Sign of a measure of the parts minus a threshold.

        Parameters
        ----------
        found : Fraction, float or ndarray, shape (rows,)
            The measure of `parts`; where it is within 1e-9 of the threshold exact masses decide.
        threshold : Fraction
        measure : callable
            Parts with fractions -> Fraction.
        point : str
            What the measure depends on; see `codes`.
        """
        if self.exact is None:
            return sign_of(found - threshold)
        limit = float(threshold)
        if np.ndim(found) and found.min() - limit > CLOSE:
            return 1  # every row, told once
        if np.ndim(found) and limit - found.max() > CLOSE:
            return -1
        exact, gap = self.exact, found - limit
        close = np.abs(gap) <= CLOSE
        if np.ndim(close) == 0:
            return sign_of(measure(exact(0)) - threshold) if close else sign_of(gap)
        signs = (gap > 0).astype(np.int8) - (gap < 0)
        rows = np.flatnonzero(close)
        if len(rows):
            assert self.codes is not None
            codes = self.codes(rows, point)
            _, first, inverse = np.unique(codes, return_index=True, return_inverse=True)
            decided = [sign_of(measure(exact(int(rows[at]))) - threshold) for at in first]
            signs[rows] = np.array(decided)[inverse.reshape(-1)]
        return signs


def pick(condition: Any, yes: Any, no: Any) -> Any:
    """Choose verdicts by a condition, for one blend or for many; a byte for each of many."""
    if not isinstance(condition, np.ndarray):
        return yes if condition else no
    yes, no = (np.int8(one) if isinstance(one, int) else one for one in (yes, no))
    return np.where(condition, yes, no)


def sign_of(value: Any) -> int:
    """Give -1, 0 or 1."""
    return int(value > 0) - int(value < 0)


def is_processor(model: ProductModel) -> bool:
    """Whether the company works material of others."""
    return model.scenario.company.role == "contract_processor"
