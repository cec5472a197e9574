"""From kilograms in floats to kilograms in fractions that keep every limit exactly."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Mapping, Optional, Sequence

from lca_cardato.season.model import Lot, Order

Pair = tuple[str, str]
"""Lot and order."""
TIGHT = 1e-6
"""Share of an order, or of a stock, below which a distance counts as none until it is solved exactly."""
FINE = 10**6
ROUNDS = 8


@dataclass(frozen=True)
class Row:
    """A limit: the sum of coefficients times kilograms is `least` or more, or equals it."""

    order: str
    coefficients: Mapping[Pair, Fraction]
    least: Fraction
    equal: bool
    scale: float

    def gap(self, kilograms: Mapping[Pair, Fraction]) -> Fraction:
        """Distance above the limit; below 0 where it is not kept."""
        sums = (value * kilograms[pair] for pair, value in self.coefficients.items())
        return sum(sums, Fraction(0)) - self.least


def limits(lots: Mapping[str, Lot], orders: Sequence[Order], pairs: Sequence[Pair]) -> list[Row]:
    """List every limit on the kilograms of some pairs: orders full, claims kept, stock not exceeded."""
    by_order: dict[str, list[str]] = {}
    by_lot: dict[str, list[str]] = {}
    for name, wanted in pairs:
        by_order.setdefault(wanted, []).append(name)
        by_lot.setdefault(name, []).append(wanted)
    rows = []
    for order in orders:
        some = [lots[name] for name in by_order.get(order.id, ())]
        here = [(lot.id, order.id) for lot in some]
        filled = {pair: 1 - lot.loss for pair, lot in zip(here, some)}
        rows.append(Row(order.id, filled, order.kg, True, float(order.kg)))
        for row in order.rows(some):
            rows.append(Row(order.id, dict(zip(here, row)), Fraction(0), False, float(order.kg)))
    for name, names in by_lot.items():
        taken = {(name, order): Fraction(-1) for order in names}
        rows.append(Row("", taken, -lots[name].kg, False, float(lots[name].kg)))
    return rows


def exactly(
    lots: Mapping[str, Lot], orders: Sequence[Order], found: Mapping[Pair, float]
) -> tuple[Optional[dict[Pair, Fraction]], str]:
    """Give kilograms in fractions near those of a solver that keep every limit exactly.

    Parameters
    ----------
    lots : mapping
    orders : sequence of Order
        Those that are to be filled.
    found : mapping
        Pair -> kilograms of the solver, above 0.

    Returns
    -------
    kilograms : dict, optional
        None where no such kilograms were found.
    order : str
        Order whose limit can't be kept, then.

    Notes
    -----
    The limits that the solver's answer reaches are solved as equations in fractions; what they leave
    free takes the solver's number, shortened. All limits are checked afterwards; one that is not kept
    joins the equations.
    """
    pairs = sorted(found)
    rows = limits(lots, orders, pairs)
    near = {pair: Fraction(found[pair]).limit_denominator(FINE) for pair in pairs}
    tight = [
        row for row in rows if row.equal or abs(float(row.gap(near))) <= TIGHT * max(row.scale, 1.0)
    ]
    order = ""
    for _ in range(ROUNDS):
        kilograms = _solved(tight, near)
        broken = [
            row
            for row in rows
            if (row.gap(kilograms) != 0 if row.equal else row.gap(kilograms) < 0)
        ]
        below = [pair for pair in pairs if kilograms[pair] < 0]
        if not broken and not below:
            return kilograms, ""
        order = broken[0].order if broken else below[0][1]
        more = [row for row in broken if row not in tight]
        if not more and not below:
            break
        tight += more
        for pair in below:
            tight.insert(0, Row(pair[1], {pair: Fraction(1)}, Fraction(0), True, 1.0))
    return None, order or (orders[0].id if orders else "")


def _solved(rows: Sequence[Row], near: Mapping[Pair, Fraction]) -> dict[Pair, Fraction]:
    """Solve equations one after the other; those that contradict earlier ones are passed over."""
    pivots: dict[Pair, tuple[dict[Pair, Fraction], Fraction]] = {}
    for row in sorted(rows, key=lambda row: not row.equal):
        left, right = dict(row.coefficients), row.least
        for pair in [pair for pair in pivots if pair in left]:
            factor = left.pop(pair)
            if factor:
                others, value = pivots[pair]
                right -= factor * value
                for other, share in others.items():
                    left[other] = left.get(other, Fraction(0)) - factor * share
        left = {pair: value for pair, value in left.items() if value}
        if not left:
            continue
        chosen = max(left, key=lambda pair: (abs(near[pair]) > 0, abs(left[pair]), pair))
        head = left.pop(chosen)
        reduced = {pair: value / head for pair, value in left.items()}
        value = right / head
        for pair, (others, known) in list(pivots.items()):
            if chosen in others:
                factor = others.pop(chosen)
                known -= factor * value
                for other, share in reduced.items():
                    total = others.get(other, Fraction(0)) - factor * share
                    if total:
                        others[other] = total
                    else:
                        others.pop(other, None)
                pivots[pair] = (others, known)
        pivots[chosen] = (reduced, value)
    kilograms = dict(near)
    for pair, (others, value) in pivots.items():
        kilograms[pair] = value - sum((share * near[o] for o, share in others.items()), Fraction(0))
    return kilograms
