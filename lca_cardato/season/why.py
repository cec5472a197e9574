"""Why an order is left: what contradicts what, found on the whole stock and on what is left of it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Sequence

from lca_cardato.season.model import Lot, Order
from lca_cardato.season.plan import plan

ALONE = 5.0
"""Seconds for one order alone."""


@dataclass(frozen=True)
class Reason:
    """Why an order is left.

    Attributes
    ----------
    code : str
        ``colour``, ``count``, ``name`` (no lot that may stand in a product of virgin wool), ``stock``
        (not enough of those that fit), ``recycled`` or ``fibre`` (enough, but not of that), ``together``
        (shares that can't be had at once), ``others`` (it could be filled alone).
    kg : Fraction
        Kilograms of product that there are of it.
    needed : Fraction
        Kilograms of product that would be needed.
    fibre : str
        Name on the label, of ``fibre``.
    """

    code: str
    kg: Fraction = Fraction(0)
    needed: Fraction = Fraction(0)
    fibre: str = ""


def _kg(lots: Sequence[Lot]) -> Fraction:
    return sum((lot.kg * (1 - lot.loss) for lot in lots), Fraction(0))


def reason(order: Order, lots: Sequence[Lot]) -> Reason:
    """Tell why an order is left, by the first limit that its lots contradict.

    Parameters
    ----------
    order : Order
    lots : sequence of Lot
        The whole stock.
    """
    some = [lot for lot in lots if lot.kg > 0]
    for code, takes in (
        ("colour", order.takes_colour), ("count", order.takes_count), ("name", order.takes_name),
    ):  # fmt: skip
        some = [lot for lot in some if takes(lot)]
        if not some or _kg(some) < order.kg:
            return Reason(code if not some else "stock", _kg(some), order.kg)
    if order.recycled is not None:
        good, needed = _kg([lot for lot in some if lot.recycled]), order.recycled * order.kg
        if good < needed:
            return Reason("recycled", good, needed)
    for fibre, share in sorted(order.fibres.items()):
        good = _kg([lot for lot in some if lot.label == fibre])
        if good < share * order.kg:
            return Reason("fibre", good, share * order.kg, fibre)
    alone = plan(lots, [order], ALONE)
    return Reason("others" if alone.filled else "together", _kg(some), order.kg)
