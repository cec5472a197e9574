"""Dual simplex of a part of the blends, in whole numbers over one common denominator.

Fraction-free pivoting (Edmonds 1967, Bareiss 1968): every cell is a minor of the rows, so each
division is exact, and numbers grow by the rows that were pivoted on alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Optional, Sequence

GREEDY = 40
"""Pivots by the largest violation; then by the smallest number, which can't go round in circles."""


@dataclass(eq=False)
class Node:
    """A part of the blends: bounds of the variables, and a basis of them.

    ``denominator * basic = rows * free``, in whole numbers; the last row is the goal. Rows are
    never written to, so parts share them.

    Attributes
    ----------
    denominator : int
    rows : list of list of int
        Coefficients of the free variables.
    cells : list of int
        Values of the basic variables and of the goal, times the denominator.
    basic, free : list of int
        Numbers of the variables.
    upper : list of bool
        Whether a free variable is at its upper bound.
    low, high : list
        Bounds by variable; None where there is no upper one.
    integral : sequence of bool
        Of the variables that are no slack of a row.
    bound : int or float
        The goal is nowhere below it.
    pivots : int
        Of the last `solve`.
    """

    denominator: int
    rows: list[list[int]]
    cells: list[int]
    basic: list[int]
    free: list[int]
    upper: list[bool]
    low: list[int]
    high: list[Optional[int]]
    integral: Sequence[bool]
    bound: float = -math.inf
    pivots: int = 0

    def solve(self) -> bool:
        """Make the goal least within the bounds; False where nothing lies in them."""
        self.pivots = 0
        while (found := self._violated(self.pivots >= GREEDY)) is not None:
            row, target = found
            column = self._entering(row, self.cells[row] < target * self.denominator)
            if column is None:
                return False
            self._pivot(row, column, target)
            self.pivots += 1
        return True

    def _violated(self, careful: bool) -> Optional[tuple[int, int]]:
        """A row whose variable lies outside its bounds, and the bound it has to go to."""
        worst, found = 0, None
        smallest = -1
        for place, one in enumerate(self.basic):
            cell, high = self.cells[place], self.high[one]
            gap, target = self.low[one] * self.denominator - cell, self.low[one]
            if high is not None and gap <= 0:
                gap, target = cell - high * self.denominator, high
            if gap <= 0:
                continue
            if careful:
                if found is None or one < smallest:
                    smallest, found = one, (place, target)
            elif gap > worst:
                worst, found = gap, (place, target)
        return found

    def _entering(self, row: int, rises: bool) -> Optional[int]:
        """The column that can move the row the way it has to, and keeps the goal least."""
        entries, goal = self.rows[row], self.rows[-1]
        found: Optional[int] = None
        above = below = 0
        for place, entry in enumerate(entries):
            if not entry or ((entry > 0) == self.upper[place]) == rises:
                continue
            one = self.free[place]
            if self.low[one] == self.high[one]:
                continue
            cost, size = abs(goal[place]), abs(entry)
            nearer = cost * below - above * size if found is not None else -1
            if nearer < 0 or (nearer == 0 and found is not None and one < self.free[found]):
                found, above, below = place, cost, size
        return found

    def _pivot(self, row: int, column: int, target: int) -> None:
        """Change a basic variable, which goes to a bound, for a free one."""
        entries, pivot, old = self.rows[row], self.rows[row][column], self.denominator
        sign = 1 if pivot > 0 else -1
        moved = target * old - self.cells[row]
        rows, cells = [], []
        for place, (one, cell) in enumerate(zip(self.rows, self.cells)):
            if place == row:
                changed = [-sign * a for a in entries]
                changed[column] = sign * old
                rows.append(changed)
                cells.append(sign * (self._at(column) * pivot + moved))
                continue
            factor = one[column]
            if factor:
                changed = [sign * (a * pivot - factor * b) // old for a, b in zip(one, entries)]
                changed[column] = sign * factor
                rows.append(changed)
                cells.append(sign * (cell * pivot + factor * moved) // old)
            elif abs(pivot) == old:
                rows.append(one)
                cells.append(cell)
            else:
                rows.append([sign * a * pivot // old for a in one])
                cells.append(sign * cell * pivot // old)
        self.rows, self.cells, self.denominator = rows, cells, abs(pivot)
        leaving = self.basic[row]
        self.basic[row], self.free[column] = self.free[column], leaving
        self.upper[column] = target == self.high[leaving] and target != self.low[leaving]

    def _at(self, column: int) -> int:
        """Value of a free variable."""
        one = self.free[column]
        high = self.high[one]
        return high if self.upper[column] and high is not None else self.low[one]

    def fractional(self) -> Optional[int]:
        """The row of an integral variable that is not whole: a binary, or the furthest from it."""
        worst, found = (False, 0), None
        for place, one in enumerate(self.basic):
            if one < len(self.integral) and self.integral[one]:
                rest = self.cells[place] % self.denominator
                gap = (self.high[one] == 1, min(rest, self.denominator - rest))
                if rest and gap > worst:
                    worst, found = gap, place
        return found

    def values(self, count: int) -> list[int]:
        """Values of the first variables, which are whole."""
        found = {one: self._at(place) for place, one in enumerate(self.free)}
        found.update(
            (one, self.cells[place] // self.denominator) for place, one in enumerate(self.basic)
        )
        return [found[one] for one in range(count)]

    def parted(self, row: int) -> tuple[Node, Node]:
        """Part the blends by a variable: the half that lies nearer is the second."""
        one = self.basic[row]
        under = self.cells[row] // self.denominator
        down, up = self._copy(), self._copy()
        down._bound(one, self.low[one], under)
        up._bound(one, under + 1, self.high[one])
        nearer_up = 2 * (self.cells[row] % self.denominator) > self.denominator
        return (down, up) if nearer_up else (up, down)

    def around(self, columns: int) -> list[Node]:
        """Part all blends but the one that was found, column by column."""
        found, fixed = [], self._copy()
        for one, value in enumerate(self.values(columns)):
            low, high = fixed.low[one], fixed.high[one]
            for least, most in ((low, value - 1), (value + 1, high)):
                if most is None or least <= most:
                    found.append(fixed._copy())
                    found[-1]._bound(one, least, most)
            fixed._bound(one, value, value)
        return found

    def _bound(self, one: int, low: int, high: Optional[int]) -> None:
        """Give a variable narrower bounds; where it is free it moves with its bound."""
        column = self.free.index(one) if one in self.free else None
        before = self._at(column) if column is not None else 0
        self.low[one], self.high[one] = low, high
        if column is not None and (moved := self._at(column) - before):
            self.cells = [cell + row[column] * moved for cell, row in zip(self.cells, self.rows)]

    def _copy(self) -> Node:
        return Node(
            self.denominator, list(self.rows), list(self.cells), list(self.basic), list(self.free),
            list(self.upper), list(self.low), list(self.high), self.integral, self.bound,
        )  # fmt: skip
