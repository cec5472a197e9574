"""A mixed-integer program over the blends of one combination.

Shares are whole steps above their least share, so the blends are the points of a lattice. What a
solver proposes is a blend that *may* be the best one: HiGHS works in floats and takes a row as held
within 1e-6 of its scale, and rows of indicators have some room. Whether a limit holds is for the
exact fractions to say (`lca_cardato.optimise.limits`); what fails there is cut off by
`Program.forbid`.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Mapping, Optional, Sequence

from lca_cardato.optimise.choices import Choice, Shares
from lca_cardato.optimise.linear import Forbidden, Linear, Make, Row, Solver

NONE: frozenset[str] = frozenset()


@dataclass
class Solved:
    """What the solver found.

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


@dataclass(eq=False)
class Program:
    """The program of one combination.

    Parameters
    ----------
    choice : Choice
    step : Fraction
    make : callable
        Makes the solver; see `lca_cardato.optimise.solvers.SOLVERS`.
    loosened : frozenset of str
        Keys of bounds that are left out: ``low/PLACE``, ``high/PLACE``.
    """

    choice: Choice
    step: Fraction
    make: Make
    loosened: frozenset[str] = NONE
    ends: list[tuple[int, int]] = field(default_factory=list)
    linear: Linear = field(default_factory=Linear)
    counted: Optional[dict[str, int]] = None

    def __post_init__(self) -> None:
        self._used: dict[int, int] = {}
        self._given_up: Optional[Row] = None
        for column in self.choice.columns:
            low, high = 0, 0
            if column.varied:
                down, up = f"low/{column.place}", f"high/{column.place}"
                low = -int(column.low // self.step) if down in self.loosened else 0
                top = self.choice.whole if up in self.loosened else column.high
                high = int((top - column.low) // self.step)
            self.ends.append((low, high))
            self.variable(low, high)
        self.linear.columns = len(self.ends)
        self.solver: Solver = self.make(self.linear)
        self.total = (
            self.choice.whole - sum((c.low for c in self.choice.columns), Fraction(0))
        ) / (self.step)

    @property
    def possible(self) -> bool:
        """Whether what is left to share out is a whole number of steps."""
        return self.total.denominator == 1

    def variable(self, low: float, high: float, integral: bool = True) -> int:
        """Add a variable and give its number."""
        self.linear.bounds.append((low, high))
        self.linear.integral.append(integral)
        return len(self.linear.bounds) - 1

    @property
    def bounds(self) -> list[tuple[float, float]]:
        """Bounds of the variables; the first are those of the steps of the columns."""
        return self.linear.bounds

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
        row: list[Any] = [0] * len(self.choice.columns)
        for place, factor in counts.items():
            row[place] = factor
        self.linear.rows.append(Row(row, dict(others), least, whole=True))

    def row(
        self, shares: Sequence[Any], others: Optional[Mapping[int, Any]] = None, least: Any = 0
    ) -> None:
        """Add a row over shares: ``sum(shares * x) + sum(others * v) >= least``."""
        grain, offset = self._of_steps(shares)
        self.linear.rows.append(Row(grain, dict(others or {}), least - offset))

    def _of_steps(self, shares: Sequence[Any]) -> tuple[list[Any], Any]:
        """Coefficients of shares as those of their steps, and what no step changes."""
        columns = self.choice.columns
        offset = sum((a * c.low for a, c in zip(shares, columns)), 0 * self.step)
        return [a * self.step if c.varied else 0 for a, c in zip(shares, columns)], offset

    def give_up(self, allowed: int) -> int:
        """Add a binary that says whether a draw is given up; so many may be."""
        binary = self.variable(0, 1)
        if self._given_up is None:
            self.steps({}, {}, -allowed)
            self._given_up = self.linear.rows[-1]
        self._given_up.others[binary] = -1
        return binary

    def forbid(self, shares: Shares) -> None:
        """Cut one blend off."""
        bounds = self.bounds[: self.linear.columns]
        self.linear.forbidden.append(Forbidden(self.counts(shares), bounds))

    def forbid_together(self, places: Sequence[int]) -> None:
        """Cut every blend off that has all of some columns."""
        used = [self.used(place) for place in places]
        self.steps({}, dict.fromkeys(used, -1), 1 - len(used))

    def counts(self, shares: Shares) -> list[int]:
        """Whole steps of every column above its least share."""
        return [int((x - c.low) / self.step) for x, c in zip(shares, self.choice.columns)]

    def solve(self, shares: Sequence[Any], deadline: float = math.inf) -> Solved:
        """Minimise a linear form of the shares.

        Parameters
        ----------
        shares : sequence
            Coefficient of the share of every column.
        deadline : float
            Reading of `time.monotonic` at which the search ends.
        """
        if not self.possible:
            return Solved(None, math.inf, True)
        if deadline <= time.monotonic():
            return Solved(None, -math.inf, False)
        self.linear.total = int(self.total)
        goal, offset = self._of_steps(shares)
        found = self.solver.minimise(goal, deadline)
        bound = found.bound + float(offset)
        if found.steps is None:
            return Solved(None, bound, found.finished)
        columns = self.choice.columns
        made = tuple(c.low + self.step * steps for c, steps in zip(columns, found.steps))
        return Solved(made, bound, found.finished)
