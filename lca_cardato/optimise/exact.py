"""A mixed-integer solver in whole numbers: branch and bound over an exact dual simplex.

The programs of a blend are small, every variable has two bounds, and coefficients are fractions.
So a basis that is dual feasible is there from the start (each variable at the bound that its
coefficient asks for), the tableau is kept in whole numbers over one common denominator (Edmonds
1967, Bareiss 1968), and nothing is rounded: what is pruned has no better blend, and what is called
empty is empty.

Rows of long fractions are made a little wider, outward, so that they have `BITS` bits; a proposal
that lies in between fails against the exact limit and is cut off like any other.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Optional, Sequence

from lca_cardato.optimise.linear import NOTHING, Linear, Proposal, Row

BITS = 64
"""Bits of the largest coefficient of a row, where its fractions have more."""
GREEDY = 40
"""Pivots by the largest violation; then by the smallest number, which can't go round in circles."""


class Exact:
    """Solves a program in whole numbers.

    Parameters
    ----------
    problem : Linear

    Attributes
    ----------
    nodes, pivots : int
        Of all that was asked so far.
    """

    name = "exact"

    def __init__(self, problem: Linear) -> None:
        self.problem = problem
        self.nodes = self.pivots = 0
        self._rows: list[tuple[int, tuple[list[int], int]]] = []

    def minimise(self, goal: Sequence[Any], deadline: float) -> Proposal:
        """Minimise a goal; see `lca_cardato.optimise.linear.Solver`."""
        problem = self.problem
        if any(low > high for low, high in problem.bounds):
            return NOTHING
        numbers, scale = _whole_goal([Fraction(a) for a in goal])
        low = [int(a) for a, _ in problem.bounds]
        numbers += [0] * (len(low) - len(numbers))
        begun = sum(c * a for c, a in zip(numbers, low))
        best: Optional[list[int]] = None
        value: Optional[int] = None
        open_nodes = [self._root(numbers)]
        forbidden = {tuple(one.steps) for one in problem.forbidden}
        while open_nodes:
            node = open_nodes.pop()
            self.nodes += 1
            if time.monotonic() > deadline:
                open_nodes.append(node)
                known = [one.bound for one in open_nodes] + ([] if value is None else [value])
                least = min(known)
                whole = -math.inf if least == -math.inf else Fraction(int(least) + begun) / scale
                bound = float(whole)
                return Proposal(best, bound, False)
            if value is not None and node.bound >= value:
                continue
            if not node.solve(self):
                continue
            node.bound = -((-node.cells[-1]) // node.denominator)
            if value is not None and node.bound >= value:
                continue
            place = node.fractional()
            if place is not None:
                open_nodes += node.parted(place)
                continue
            steps = [x + a for x, a in zip(node.values(problem.columns), low)]
            if tuple(steps) in forbidden:
                open_nodes += node.around(problem.columns)
            else:
                best, value = steps, int(node.bound)
        if best is None or value is None:
            return NOTHING
        return Proposal(best, float(Fraction(value + begun) / scale), True)

    def _root(self, goal: list[int]) -> _Node:
        """Every variable at the bound that the goal asks for, counted from its lower one."""
        problem = self.problem
        high = [math.ceil(b) - int(a) for a, b in problem.bounds]
        left = problem.total - sum(int(a) for a, _ in problem.bounds[: problem.columns])
        sum_row = [1] * problem.columns + [0] * (len(high) - problem.columns)
        rows = [(sum_row, left), *self._whole_rows()]
        upper = [c < 0 for c in goal]
        at = [h if up else 0 for h, up in zip(high, upper)]
        whole = [(a, -least) for a, least in rows] + [(goal, 0)]
        count = len(high)
        return _Node(
            denominator=1,
            rows=[a for a, _ in whole],
            cells=[sum(x * v for x, v in zip(a, at)) + more for a, more in whole],
            basic=[count + place for place in range(len(rows))],
            free=list(range(count)),
            upper=upper,
            low=[0] * (count + len(rows)),
            high=[*high, 0, *[None] * (len(rows) - 1)],
            integral=problem.integral,
        )

    def _whole_rows(self) -> list[tuple[list[int], int]]:
        """Rows in whole numbers; each is worked out once."""
        width = len(self.problem.bounds)
        low = [int(a) for a, _ in self.problem.bounds]
        for place, row in enumerate(self.problem.rows):
            if place == len(self._rows) or self._rows[place][0] != len(row.others):
                self._rows[place : place + 1] = [(len(row.others), _whole_row(row, low))]
        found = []
        for _, (numbers, least) in self._rows:
            moved = least - sum(a * x for a, x in zip(numbers, low))
            found.append((numbers + [0] * (width - len(numbers)), moved))
        return found


def _whole_goal(goal: list[Fraction]) -> tuple[list[int], int]:
    """Goal in whole numbers, and what it was multiplied by."""
    scale = math.lcm(*(a.denominator for a in goal))
    return [int(a * scale) for a in goal], scale


def _whole_row(row: Row, low: Sequence[int]) -> tuple[list[int], int]:
    """Row in whole numbers; one of many digits is made wider by less than one in two to `BITS`.

    The values are counted from the lower bounds and so never negative: coefficients are rounded
    up, what they have to reach is rounded down.
    """
    numbers = [Fraction(a) for a in row.shares]
    numbers += [Fraction(0)] * (max(row.others, default=-1) + 1 - len(numbers))
    for key, value in row.others.items():
        numbers[key] += Fraction(value)
    least = Fraction(row.least)
    scale = Fraction(math.lcm(least.denominator, *(a.denominator for a in numbers)))
    largest = max((abs(a) for a in numbers), default=Fraction(0))
    if largest * scale < 1 << BITS:
        return [int(a * scale) for a in numbers], int(least * scale)
    scale = Fraction(1 << BITS) / largest
    moved = least - sum(a * x for a, x in zip(numbers, low))
    wider = [math.ceil(a * scale) for a in numbers]
    return wider, math.floor(moved * scale) + sum(a * x for a, x in zip(wider, low))


@dataclass
class _Node:
    """A part of the blends: bounds of the variables, and a basis of them.

    ``denominator * basic = rows * free``, in whole numbers; the last row is the goal. Rows are
    never written to, so parts share them.
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

    def solve(self, told: Exact) -> bool:
        """Make the goal least within the bounds; False where nothing lies in them."""
        pivots = 0
        while (found := self._violated(pivots >= GREEDY)) is not None:
            row, target = found
            column = self._entering(row, self.cells[row] < target * self.denominator)
            if column is None:
                return False
            self._pivot(row, column, target)
            pivots += 1
            told.pivots += 1
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

    def parted(self, row: int) -> tuple[_Node, _Node]:
        """Part the blends by a variable: the half that lies nearer is the second."""
        one = self.basic[row]
        under = self.cells[row] // self.denominator
        down, up = self._copy(), self._copy()
        down._bound(one, self.low[one], under)
        up._bound(one, under + 1, self.high[one])
        nearer_up = 2 * (self.cells[row] % self.denominator) > self.denominator
        return (down, up) if nearer_up else (up, down)

    def around(self, columns: int) -> list[_Node]:
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

    def _copy(self) -> _Node:
        return _Node(
            self.denominator, list(self.rows), list(self.cells), list(self.basic), list(self.free),
            list(self.upper), list(self.low), list(self.high), self.integral, self.bound,
        )  # fmt: skip
