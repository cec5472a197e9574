"""A mixed-integer program over the blends of one combination, solved by HiGHS.

Shares are whole steps above their least share, so the blends are the points of a lattice. HiGHS
works in floats and takes a row as held within 1e-6 of its scale: what it proposes is a blend that
*may* be the best one. Whether a limit holds is for the exact fractions to say
(`lca_cardato.optimise.limits`); what fails there is cut off by `Program.forbid`.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Mapping, Optional, Sequence

import numpy as np

from lca_cardato.optimise.choices import Choice, Shares

SCALE = 1e3
"""Largest coefficient of a row: the tolerance of HiGHS, 1e-6, is then 1e-9 of it."""
GOAL_SCALE = 1e4
NONE: frozenset[str] = frozenset()


@dataclass
class Solved:
    """What HiGHS found.

    Attributes
    ----------
    shares : tuple of Fraction or None
        The blend, exact; None where there is none, or none was found in time.
    bound : float
        No blend is below it; -inf where nothing is known.
    finished : bool
        Whether the answer is final.
    """

    shares: Optional[Shares]
    bound: float
    finished: bool


@dataclass
class _Row:
    shares: list[float]
    others: dict[int, float]
    least: float


@dataclass(eq=False)
class Program:
    """The program of one combination.

    Parameters
    ----------
    choice : Choice
    step : Fraction
    loosened : frozenset of str
        Keys of bounds that are left out: ``low/PLACE``, ``high/PLACE``.
    """

    choice: Choice
    step: Fraction
    loosened: frozenset[str] = NONE
    ends: list[tuple[int, int]] = field(default_factory=list)
    bounds: list[tuple[float, float]] = field(default_factory=list)
    integral: list[int] = field(default_factory=list)
    rows: list[_Row] = field(default_factory=list)
    solves: int = 0
    counted: Optional[dict[str, int]] = None

    def __post_init__(self) -> None:
        self._used: dict[int, int] = {}
        self._given_up: Optional[_Row] = None
        self._arrays: Any = None
        for column in self.choice.columns:
            low, high = 0, 0
            if column.varied:
                down, up = f"low/{column.place}", f"high/{column.place}"
                low = -int(column.low // self.step) if down in self.loosened else 0
                top = self.choice.whole if up in self.loosened else column.high
                high = int((top - column.low) // self.step)
            self.ends.append((low, high))
            self.variable(low, high)
        self.total = (
            self.choice.whole - sum((c.low for c in self.choice.columns), Fraction(0))
        ) / (self.step)

    @property
    def possible(self) -> bool:
        """Whether what is left to share out is a whole number of steps."""
        return self.total.denominator == 1

    def variable(self, low: float, high: float, integral: bool = True) -> int:
        """Add a variable and give its number."""
        self.bounds.append((low, high))
        self.integral.append(int(integral))
        return len(self.bounds) - 1

    def used(self, place: int) -> int:
        """Give the binary that says whether a column is in the blend."""
        if place not in self._used:
            column, (low, high) = self.choice.columns[place], self.ends[place]
            if column.low + low * self.step > 0 or not column.varied:
                self._used[place] = self.variable(1, 1)
            else:
                is_in = self._used[place] = self.variable(0, 1)
                self.steps({place: 1}, {is_in: -1}, low)
                self.steps({place: -1}, {is_in: high - low}, -low)
        return self._used[place]

    def steps(self, counts: Mapping[int, float], others: Mapping[int, float], least: float) -> None:
        """Add a row over whole steps of columns: their sum is at least a number."""
        row = [0.0] * len(self.choice.columns)
        for place, factor in counts.items():
            row[place] = factor
        self._add(row, dict(others), least)

    def row(
        self, shares: Sequence[Any], others: Optional[Mapping[int, Any]] = None, least: Any = 0
    ) -> None:
        """Add a row over shares: ``sum(shares * x) + sum(others * v) >= least``."""
        offset = sum((a * c.low for a, c in zip(shares, self.choice.columns)), 0 * self.step)
        grain = [a * self.step if c.varied else 0 for a, c in zip(shares, self.choice.columns)]
        numbers = [float(a) for a in grain]
        rest = {key: float(value) for key, value in (others or {}).items()}
        largest = max([abs(a) for a in [*numbers, *rest.values()]], default=0.0)
        factor = SCALE / largest if largest else 1.0
        self._add(
            [a * factor for a in numbers],
            {key: value * factor for key, value in rest.items()},
            float(least - offset) * factor,
        )

    def _add(self, shares: list[float], others: dict[int, float], least: float) -> None:
        self.rows.append(_Row(shares, others, least))
        self._arrays = None

    def give_up(self, allowed: int) -> int:
        """Add a binary that says whether a draw is given up; so many may be."""
        binary = self.variable(0, 1)
        if self._given_up is None:
            self.steps({}, {}, -allowed)
            self._given_up = self.rows[-1]
        self._given_up.others[binary] = -1
        return binary

    def forbid(self, shares: Shares) -> None:
        """Cut one blend off: some share has to be larger than it is there."""
        larger = []
        for place, count in enumerate(self.counts(shares)):
            low, high = self.ends[place]
            if count < high:
                binary = self.variable(0, 1)
                self.steps({place: 1}, {binary: -(count + 1 - low)}, low)
                larger.append(binary)
        self.steps({}, dict.fromkeys(larger, 1), 1)

    def forbid_together(self, places: Sequence[int]) -> None:
        """Cut every blend off that has all of some columns."""
        used = [self.used(place) for place in places]
        self.steps({}, dict.fromkeys(used, -1), 1 - len(used))

    def counts(self, shares: Shares) -> list[int]:
        """Whole steps of every column above its least share."""
        return [int((x - c.low) / self.step) for x, c in zip(shares, self.choice.columns)]

    def _made(self) -> Any:
        """Rows as a matrix and their least values, the sum of the steps first."""
        if self._arrays is None:
            matrix = np.zeros((len(self.rows), len(self.bounds)))
            for place, row in enumerate(self.rows):
                matrix[place, : len(row.shares)] = row.shares
                for key, value in row.others.items():
                    matrix[place, key] += value
            self._arrays = matrix, np.array([row.least for row in self.rows])
        return self._arrays

    def solve(
        self, shares: Sequence[Any], others: Optional[Mapping[int, Any]] = None,
        deadline: float = math.inf,
    ) -> Solved:  # fmt: skip
        """Minimise a linear form of the shares.

        Parameters
        ----------
        shares : sequence
            Coefficient of the share of every column.
        others : mapping, optional
            Coefficients of other variables.
        deadline : float
            Reading of `time.monotonic` at which the search ends.
        """
        from scipy.optimize import Bounds, LinearConstraint, milp

        left = deadline - time.monotonic()
        if not self.possible:
            return Solved(None, math.inf, True)
        if left <= 0:
            return Solved(None, -math.inf, False)
        columns = self.choice.columns
        goal = np.zeros(len(self.bounds))
        goal[: len(columns)] = [float(a * self.step) if c.varied else 0.0
                                for a, c in zip(shares, columns)]  # fmt: skip
        for key, value in (others or {}).items():
            goal[key] += float(value)
        offset = float(sum((a * c.low for a, c in zip(shares, columns)), 0 * self.step))
        factor = GOAL_SCALE / (float(np.abs(goal).max()) or 1.0)
        matrix, least = self._made()
        sum_row = np.zeros((1, len(self.bounds)))
        sum_row[0, : len(columns)] = 1
        limits = [LinearConstraint(sum_row, int(self.total), int(self.total))]
        if len(least):
            limits.append(LinearConstraint(matrix, least, np.inf))
        low, high = zip(*self.bounds)
        if any(a > b for a, b in self.bounds):
            return Solved(None, math.inf, True)
        options: dict[str, Any] = {"mip_rel_gap": 0.0}
        if left < math.inf:
            options["time_limit"] = left
        self.solves += 1
        found = milp(
            goal * factor, integrality=self.integral, bounds=Bounds(low, high), constraints=limits,
            options=options,
        )  # fmt: skip
        if found.status == 2:
            return Solved(None, math.inf, True)
        finished = found.status == 0
        dual = getattr(found, "mip_dual_bound", None)
        bound = -math.inf if dual is None or not math.isfinite(dual) else dual / factor + offset
        if found.x is None:
            return Solved(None, bound, False)
        made = tuple(c.low + self.step * round(found.x[place]) for place, c in enumerate(columns))
        return Solved(made, bound, finished)
