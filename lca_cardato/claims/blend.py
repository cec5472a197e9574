"""Fibres of a product, of one blend or of many, and exact comparisons of their shares.

Thresholds are always decided on exact fractions of the text that was typed: floats decide only
where the distance is beyond doubt.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Callable, Optional

import numpy as np
from numpy.typing import NDArray

from lca_cardato.claims.documents import Papers, papers_of
from lca_cardato.claims.outcome import Message
from lca_cardato.claims.shares import BASES, POINTS, FibrePart, share
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
    unfit : dict
        Kind of fibre -> what its documents leave open, once it was asked for.
    """

    model: ProductModel
    parts: list[FibrePart]
    exact: Optional[Callable[[int], list[FibrePart]]] = None
    codes: Optional[Callable[[NDArray[np.intp], str], NDArray[np.int64]]] = None
    unfit: dict[str, list[Message]] = field(default_factory=dict)
    _shares: dict[tuple[str, str, str], Any] = field(default_factory=dict)
    _signs: dict[tuple[Any, str, str, Fraction], Any] = field(default_factory=dict)
    _fit: Optional[list[bool]] = None
    _masses: dict[str, dict[str, tuple[Any, Any, Fraction]]] = field(default_factory=dict)

    @property
    def papers(self) -> Papers:
        """The documents of the product."""
        return papers_of(self.model)

    def any(self, kind: str) -> bool:
        """Whether a fibre is of a kind of `TESTS`."""
        return any(map(TESTS[kind], self.parts))

    def share(self, kind: str, point: str, basis: str) -> Any:
        """Share of the fibres of a kind of `TESTS`: a fraction, a float or an array."""
        key = (kind, point, basis)
        if key not in self._shares:
            self._shares[key] = share(self.parts, TESTS[kind], point, basis)
        return self._shares[key]

    def reaches(self, kind: str, point: str, basis: str, threshold: Fraction) -> Any:
        """Whether a share is at or above a threshold."""
        return self.sign(kind, point, basis, threshold) >= 0

    def sign(self, kind: str, point: str, basis: str, threshold: Fraction) -> Any:
        """Sign of a share minus a threshold: -1, 0 or 1."""
        key = (kind, point, basis, threshold)
        if key not in self._signs:
            found = self.share(kind, point, basis)
            self._signs[key] = self.compared(
                found, threshold, lambda parts: share(parts, TESTS[kind], point, basis), point
            )
        return self._signs[key]

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
        signs, rows = np.sign(gap), np.flatnonzero(close)
        if len(rows):
            assert self.codes is not None
            codes = self.codes(rows, point)
            _, first, inverse = np.unique(codes, return_index=True, return_inverse=True)
            decided = [sign_of(measure(exact(int(rows[at]))) - threshold) for at in first]
            signs[rows] = np.array(decided)[inverse.reshape(-1)]
        return signs


def sign_of(value: Any) -> int:
    """Give -1, 0 or 1."""
    return int(value > 0) - int(value < 0)


def is_processor(model: ProductModel) -> bool:
    """Whether the company works material of others."""
    return model.scenario.company.role == "contract_processor"
