"""A mixed-integer solver in whole numbers: branch and bound over an exact dual simplex.

The programs of a blend are small, every variable has two bounds, and coefficients are fractions.
So a basis that is dual feasible is there from the start (each variable at the bound that its
coefficient asks for), and nothing is rounded (`lca_cardato.optimise.tableau`): what is pruned has
no better blend, and what is called empty is empty.

Rows of long fractions are made a little wider, outward, so that they have `BITS` bits; a proposal
that lies in between fails against the exact limit and is cut off like any other.
"""

from __future__ import annotations

import math
import time
from fractions import Fraction
from typing import Any, Optional, Sequence

from lca_cardato.optimise.linear import NOTHING, Linear, Proposal, Row
from lca_cardato.optimise.tableau import Node

BITS = 64
"""Bits of the largest coefficient of a row, where its fractions have more."""


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
            sound = node.solve()
            self.pivots += node.pivots
            if not sound:
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

    def _root(self, goal: list[int]) -> Node:
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
        return Node(
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
