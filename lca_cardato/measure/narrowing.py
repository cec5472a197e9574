"""By how much a 95 % interval narrows when some figures become known, from draws that are there.

The expected value of partial perfect information by regression on the draws (Strong, Oakley and
Brennan 2014, Medical Decision Making 34(3), 311-326): what a set of figures would tell is the
conditional expectation of the result given them, which a regression on the same draws gives without
new ones. The loss is the width of the interval: the mean, over what the figures may turn out to be,
of the width that is left.
"""

from __future__ import annotations

from typing import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from lca_cardato.results.rounding import percentiles

Array = NDArray[np.float64]
ENDS = (2.5, 97.5)
BINS = 16
"""Classes of equal count in which the width that is left is read; about 256 draws each and more."""
DEGREE = 3
FAINT = 0.001
"""Share of the variance below which figures tell nothing that the draws could show."""
PAIRS = 12
"""Sets up to which their products are looked at; of more, sums alone."""
RIDGE = 1e-8


class Interval:
    """Draws of one product and one indicator, and what sets of figures tell of them.

    Parameters
    ----------
    scores : ndarray, shape (draws,)
    values : mapping
        Name -> values of the figures that belong together, ndarray of shape (figures, draws).

    Attributes
    ----------
    width : float
        Width of the 95 % interval as the draws are.
    """

    def __init__(self, scores: Array, values: Mapping[str, Array]) -> None:
        self.scores = scores
        self.told = {name: _told(scores, _features(rows)) for name, rows in values.items()}
        self.low, self.high = percentiles(scores, ENDS)
        self.width = self.high - self.low
        self._plain = _width_left(scores, np.arange(len(scores), dtype=float))
        self._known: dict[frozenset[str], tuple[float, float]] = {}

    def narrowed(self, names: Sequence[str]) -> float:
        """Part of the width that goes when the figures of some names become known.

        Parameters
        ----------
        names : sequence of str
            Those without uncertain figures here count for nothing.

        Returns
        -------
        float
            0 to 1; an expectation over what the figures may turn out to be. Negative values, which
            are noise of the draws, are 0.
        """
        return self._both(names)[0]

    def explained(self, names: Sequence[str]) -> float:
        """Share of the variance that some figures explain together, 0 to 1."""
        return self._both(names)[1]

    def _both(self, names: Sequence[str]) -> tuple[float, float]:
        """Part of the width that goes, and share of the variance."""
        some = frozenset(name for name in names if name in self.told)
        spread = float(self.scores.var())
        if not some or not self._plain or not spread:
            return 0.0, 0.0
        if some not in self._known:
            told = self._of(sorted(some))
            rest = self.scores - told
            share = max(0.0, 1.0 - float(rest.var()) / spread)
            left = _width_left(rest, told) if share >= FAINT else self._plain
            self._known[some] = (max(0.0, 1.0 - left / self._plain), share)
        return self._known[some]

    def _of(self, names: Sequence[str]) -> Array:
        """Conditional expectation given some sets of figures together.

        Those of single sets are joined with their products two by two: a loss and a meter multiply.
        """
        if len(names) == 1:
            return self.told[names[0]]
        single = np.array([_standard(self.told[name]) for name in names])
        count = len(single) if len(single) <= PAIRS else 0
        pairs = [
            _standard(single[i] * single[j]) for i in range(count) for j in range(i, count)
        ]  # fmt: skip
        return _told(self.scores, np.vstack([single, *pairs]))


def _standard(row: Array) -> Array:
    spread = row.std()
    result: Array = (row - row.mean()) / spread if spread else np.zeros_like(row)
    return result


def _features(rows: Array) -> Array:
    """Polynomials of the ranks of every figure: smooth, and blind to the shape of distributions.

    Notes
    -----
    Legendre polynomials up to `DEGREE` of the rank, and the standardised value itself.
    """
    count = rows.shape[1]
    order = np.argsort(np.argsort(rows, axis=1, kind="stable"), axis=1, kind="stable")
    u = (2.0 * order + 1.0) / count - 1.0
    found = [np.array([_standard(row) for row in rows])]
    for degree in range(1, DEGREE + 1):
        shape = np.zeros(degree + 1)
        shape[degree] = 1.0
        found.append(np.polynomial.legendre.legval(u, shape))
    return np.concatenate(found)


def _told(scores: Array, features: Array) -> Array:
    """Regression, each half of the draws with the coefficients of the other one.

    Every feature has mean 0. So figures that tell nothing narrow nothing: a coefficient fitted to noise does not help in
    draws that it has not seen.
    """
    count = len(scores)
    middle = scores.mean()
    rest, half = scores - middle, count // 2
    parts = [slice(0, half), slice(half, count)]
    squares = [features[:, part] @ features[:, part].T for part in parts]
    both = [features[:, part] @ rest[part] for part in parts]
    result = np.empty(count)
    for part, square, product in zip(parts, reversed(squares), reversed(both)):
        square[np.diag_indices(len(square))] += RIDGE * count
        result[part] = middle + np.linalg.solve(square, product) @ features[:, part]
    return result


def _width_left(rest: Array, told: Array) -> float:
    """Mean width of the middle 95 % of what is left, in classes of equal count of what is told."""
    order = np.argsort(told, kind="stable")
    widths = []
    for some in np.array_split(order, BINS):
        low, high = percentiles(rest[some], ENDS)
        widths.append(high - low)
    return float(np.mean(widths))
