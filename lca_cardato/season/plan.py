"""Which lot goes into which order: most orders first, then least cost, by mixed-integer programming."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Callable, Optional, Sequence

import numpy as np

from lca_cardato.season.exact import Pair, exactly
from lca_cardato.season.model import Lot, Order

SECONDS = 60.0
GAP = 0.001
"""Gap of the cost at which the search ends."""
LEAST = 1e-9
"""Share of an order below which a lot is not in it."""
AGAIN = 10
"""Times that an order is taken out because its limit can't be kept exactly."""


@dataclass
class Plan:
    """Kilograms of every lot in every order that is filled.

    Attributes
    ----------
    kilograms : dict
        Pair of lot and order -> kilograms, exact.
    filled : list of Order
    left : list of Order
    most : int
        Orders that can be filled at most, as far as it is proven.
    cost, bound : float
        EUR of the lots, and what no plan with as many orders goes below.
    timed_out : bool
        Whether the time ended the search.
    missed : list of str
        Orders whose limit is missed by less than the solver's grain, so that they were taken out.
    seconds : float
    """

    kilograms: dict[Pair, Fraction] = field(default_factory=dict)
    filled: list[Order] = field(default_factory=list)
    left: list[Order] = field(default_factory=list)
    most: int = 0
    cost: float = 0.0
    bound: float = 0.0
    timed_out: bool = False
    missed: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def gap(self) -> float:
        """Share of the cost that a better plan could save at most."""
        return max(0.0, (self.cost - self.bound) / self.cost) if self.cost > 0 else 0.0


class _Program:
    """The program in floats: shares of each order by lot, and whether it is filled."""

    def __init__(self, lots: Sequence[Lot], orders: Sequence[Order]) -> None:
        from scipy.sparse import csr_array

        self.lots, self.orders = lots, orders
        self.pairs = [
            (i, j)
            for j, order in enumerate(orders)
            for i, lot in enumerate(lots)
            if order.takes(lot)
        ]
        count, rows = len(self.pairs), []
        self.size = count + len(orders)
        of: list[list[int]] = [[] for _ in orders]
        for place, (_, j) in enumerate(self.pairs):
            of[j].append(place)
        for j, order in enumerate(orders):
            some = [lots[self.pairs[place][0]] for place in of[j]]
            full = [(place, float(1 - lot.loss)) for place, lot in zip(of[j], some)]
            rows.append(([*full, (count + j, -1.0)], 0.0, 0.0))
            for row in order.rows(some):
                rows.append(([(p, float(v)) for p, v in zip(of[j], row)], 0.0, math.inf))
        stock: dict[int, list[tuple[int, float]]] = {}
        for place, (i, j) in enumerate(self.pairs):
            stock.setdefault(i, []).append((place, float(orders[j].kg)))
        for i, taken in sorted(stock.items()):
            scale = float(lots[i].kg)
            if scale:
                rows.append(([(p, kg / scale) for p, kg in taken], -math.inf, 1.0))
            else:
                rows.append(([(p, 1.0) for p, _ in taken], -math.inf, 0.0))
        data = [(r, p, v) for r, (row, _, _) in enumerate(rows) for p, v in row if v]
        r, p, v = (np.array(part) for part in zip(*data)) if data else (np.zeros(0, int),) * 3
        self.matrix = csr_array((v, (r, p)), shape=(len(rows), self.size))
        self.low, self.high = (np.array([row[k] for row in rows]) for k in (1, 2))
        self.cost = np.zeros(self.size)
        for place, (i, j) in enumerate(self.pairs):
            self.cost[place] = float(lots[i].cost * orders[j].kg)

    def solve(
        self, cost: Any, least: int, out: set[str], seconds: float, gap: float,
        kept: Optional[Any] = None, whole: bool = True,
    ) -> Any:  # fmt: skip
        """Minimise a cost with some orders out and at least so many filled.

        Parameters
        ----------
        cost : ndarray
        least : int
        out : set of str
        seconds, gap : float
        kept : ndarray, optional
            1 for orders that are filled, 0 for the others; all are open when left out.
        whole : bool
            Whether an order is filled as a whole or not at all.
        """
        from scipy.optimize import Bounds, LinearConstraint, milp

        count = len(self.pairs)
        integral = np.zeros(self.size)
        integral[count:] = whole and kept is None
        lower, upper = np.zeros(self.size), np.ones(self.size)
        upper[:count] = np.inf
        for j, order in enumerate(self.orders):
            if order.id in out:
                upper[count + j] = 0
        if kept is not None:
            lower[count:] = upper[count:] = kept
        filled = np.zeros((1, self.size))
        filled[0, count:] = 1
        if kept is not None or not whole:
            return self._loose(cost, least, lower, upper, seconds)
        return milp(
            cost, integrality=integral, bounds=Bounds(lower, upper),
            constraints=[
                LinearConstraint(self.matrix, self.low, self.high),
                LinearConstraint(filled, least, np.inf),
            ],
            options={"time_limit": max(seconds, 0.5), "mip_rel_gap": gap},
        )  # fmt: skip

    def _loose(self, cost: Any, least: int, lower: Any, upper: Any, seconds: float) -> Any:
        """Minimise a cost where nothing has to be whole."""
        from scipy.optimize import linprog
        from scipy.sparse import csr_array, vstack

        filled = np.zeros((1, self.size))
        filled[0, len(self.pairs) :] = -1
        equal = self.low == self.high
        at_least, at_most = np.isfinite(self.low) & ~equal, np.isfinite(self.high) & ~equal
        return linprog(
            cost, A_eq=self.matrix[equal], b_eq=self.low[equal],
            A_ub=vstack([self.matrix[at_most], -self.matrix[at_least], csr_array(filled)]).tocsr(),
            b_ub=np.concatenate([self.high[at_most], -self.low[at_least], [-float(least)]]),
            bounds=np.stack([lower, upper], axis=1), method="highs",
            options={"time_limit": max(seconds, 0.5)},
        )  # fmt: skip

    def filled(self, x: Any) -> Any:
        """Which orders an answer fills, ndarray of bool."""
        return x[len(self.pairs) :] > 0.5


def plan(
    lots: Sequence[Lot], orders: Sequence[Order], seconds: float = SECONDS, gap: float = GAP
) -> Plan:
    """Find which lot goes into which order.

    Parameters
    ----------
    lots : sequence of Lot
    orders : sequence of Order
    seconds : float
        Time limit.
    gap : float
        Gap of the cost at which the search ends; 0 for the optimum.

    Returns
    -------
    Plan
        Every limit is kept in exact fractions. An order whose claim is missed by less than floats can
        tell is left out.

    Notes
    -----
    With the shares f of each order j by lot i and y = 1 where it is filled: sum of f (1 - loss) = y,
    the rows of `Order.rows` are 0 or more, and lots are not exceeded. First the number of orders is
    made the largest, then with it the cost the smallest; HiGHS (`scipy.optimize.milp`) solves both.
    Lots and orders are put in the order of their names first, so that the order of the rows of a
    table changes nothing.
    """
    start = time.monotonic()
    lots, orders = sorted(lots, key=lambda lot: lot.id), sorted(orders, key=lambda one: one.id)
    program, known = _Program(lots, orders), {lot.id: lot for lot in lots}
    result, out = Plan(left=list(orders)), set[str]()

    def rest() -> float:
        return seconds - (time.monotonic() - start)

    for _ in range(AGAIN if program.pairs else 0):
        found, bound, timed_out, most = _best(program, out, rest, gap)
        result.most, result.timed_out = most, timed_out
        if found is None:
            break
        filled, kilograms, missed = _read(program, known, found)
        if kilograms is None:
            out.add(missed)
            result.missed.append(missed)
            continue
        result.kilograms, result.filled = kilograms, filled
        result.left = [order for order in orders if order not in filled]
        total = sum((known[i].cost * kg for (i, _), kg in kilograms.items()), Fraction(0))
        result.cost, result.bound = float(total), min(bound, float(total))
        break
    result.seconds = time.monotonic() - start
    return result


def _best(
    program: _Program, out: set[str], rest: Callable[[], float], gap: float
) -> tuple[Optional[Any], float, bool, int]:
    """Fill as many orders as there can be at least cost.

    Returns
    -------
    x : ndarray, optional
    bound : float
        What no plan with as many orders goes below.
    timed_out : bool
    most : int
        Orders that can be filled at most, as far as it is proven.
    """
    every = np.array([float(order.id not in out) for order in program.orders])
    count = int(every.sum())
    whole = program.solve(program.cost, 0, out, rest(), 0.0, kept=every)
    if whole.status == 0:  # all of them: nothing to choose
        return whole.x, float(whole.fun), False, count
    cost = np.zeros(program.size)
    cost[len(program.pairs) :] = -1.0
    first = program.solve(cost, 0, out, rest() / 2, 0.0)
    if first.x is None:
        return None, 0.0, True, count
    kept = program.filled(first.x)
    most = max(int(kept.sum()), math.floor(-_bound(first) + 1e-6))
    x, bound, timed_out = _cheapest(program, first.x, kept, out, rest, gap)
    return x, bound, timed_out or first.status == 1, most


def _cheapest(
    program: _Program, x: Any, kept: Any, out: set[str], rest: Callable[[], float], gap: float
) -> tuple[Any, float, bool]:
    """Make as many orders cheapest: the answer, what no other goes below, whether time ended it."""
    count, known = int(kept.sum()), [(float(program.cost @ x), x)]
    best = program.solve(program.cost, count, out, rest(), gap)
    if best.status == 0:
        return best.x, _bound(best), False
    if best.x is not None:
        known.append((float(best.fun), best.x))
    same = program.solve(program.cost, count, out, 10.0, 0.0, kept=kept.astype(float))
    if same.status == 0:
        known.append((float(same.fun), same.x))
    bound = _bound(best) if best.x is not None else 0.0
    return min(known, key=lambda one: one[0])[1], bound, True


def _bound(found: Any) -> float:
    """What the objective does not go below."""
    bound = getattr(found, "mip_dual_bound", None)
    return float(found.fun if bound is None else bound)


def _read(
    program: _Program, lots: dict[str, Lot], x: Any
) -> tuple[list[Order], Optional[dict[Pair, Fraction]], str]:
    """Orders that are filled, and their kilograms in fractions."""
    count = len(program.pairs)
    filled = [order for order, y in zip(program.orders, x[count:]) if y > 0.5]
    names = {order.id for order in filled}
    found = {
        (program.lots[i].id, program.orders[j].id): float(x[place] * float(program.orders[j].kg))
        for place, (i, j) in enumerate(program.pairs)
        if program.orders[j].id in names and x[place] > LEAST
    }
    kilograms, missed = exactly(lots, filled, found)
    if kilograms is not None:
        kilograms = {pair: kg for pair, kg in kilograms.items() if kg}
    return filled, kilograms, missed
