"""A season's orders from a stock of lots: the study as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Optional, Union

from lca_cardato import __version__
from lca_cardato.claims.blend import READINGS
from lca_cardato.claims.shares import FibrePart, share
from lca_cardato.errors import DiskError, InputError
from lca_cardato.inventory.datum import Names
from lca_cardato.inventory.load import load_inventory
from lca_cardato.season.exact import Pair, limits
from lca_cardato.season.model import Lot, Order
from lca_cardato.season.plan import GAP, SECONDS, Plan, plan
from lca_cardato.season.tables import read_lots, read_orders
from lca_cardato.season.why import Reason, reason
from lca_cardato.sentence import say

SCHEMA = "lca-cardato/season/1"
DIGITS = 12


def told(value: Any) -> float:
    """Give a number with twelve digits."""
    return float(f"{float(value):.{DIGITS}g}")


@dataclass(repr=False)
class Season:
    """Which lot goes into which order.

    Attributes
    ----------
    lots : list of Lot
    orders : list of Order
    plan : Plan
    reasons : dict
        Order that is left -> why.
    labels : dict
        Names of fibres on the label.
    """

    lots: list[Lot]
    orders: list[Order]
    plan: Plan
    reasons: dict[str, Reason]
    labels: dict[str, Names]

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Give it as plain data, with names of fibres in the language."""
        found, lots = self.plan, {lot.id: lot for lot in self.lots}
        used: dict[str, Fraction] = {}
        for (name, _), kg in found.kilograms.items():
            used[name] = used.get(name, Fraction(0)) + kg
        return {
            "schema": SCHEMA,
            "tool": {"name": "lca-cardato", "version": __version__},
            "orders": [
                self._order(order, lots) for order in sorted(found.filled, key=lambda o: o.line)
            ],
            "left": [
                {
                    "order": order.id, "kg": told(order.kg), "claim": order.claim,
                    "reason": self.reasons[order.id].code, "there": told(self.reasons[order.id].kg),
                    "needed": told(self.reasons[order.id].needed),
                    "fibre": self._fibre(self.reasons[order.id].fibre, lang),
                }
                for order in sorted(found.left, key=lambda o: o.line)
            ],
            "lots": [
                {
                    "lot": lot.id, "kg": told(lot.kg), "used": told(used.get(lot.id, 0)),
                    "left": told(lot.kg - used.get(lot.id, 0)),
                }
                for lot in self.lots
            ],
            "filled": len(found.filled), "of": len(self.orders), "at_most": found.most,
            "cost": told(found.cost), "cost_at_least": told(found.bound), "gap": told(found.gap),
            "timed_out": found.timed_out, "missed_exactly": found.missed,
        }  # fmt: skip

    def _fibre(self, label: str, lang: str) -> str:
        return str(getattr(self.labels[label], lang)) if label else ""

    def _order(self, order: Order, lots: dict[str, Lot]) -> dict[str, Any]:
        taken = self._taken(order)
        parts = parts_of(order, {lots[name]: kg for name, kg in taken.items()})
        low = min(share(parts, _proven, *reading) for reading in READINGS)
        cost = sum((lots[name].cost * kg for name, kg in taken.items()), Fraction(0))
        return {
            "order": order.id, "kg": told(order.kg), "claim": order.claim,
            "asked": None if order.recycled is None else str(order.recycled),
            "recycled_lowest": told(low), "recycled_lowest_exact": str(low),
            "cost": told(cost),
            "value": None if order.price is None else told(order.price * order.kg),
            "lots": [
                {"lot": name, "kg": told(kg), "cost": told(lots[name].cost * kg)}
                for name, kg in sorted(taken.items(), key=lambda item: (-item[1], item[0]))
            ],
        }  # fmt: skip

    def _taken(self, order: Order) -> dict[str, Fraction]:
        return {lot: kg for (lot, name), kg in self.plan.kilograms.items() if name == order.id}


@dataclass(frozen=True)
class _Line:
    """What the claims' arithmetic reads of a fibre."""

    regain: Fraction
    proven: bool


def _proven(part: FibrePart) -> bool:
    line: Any = part.line
    return bool(line.proven)


def parts_of(order: Order, taken: dict[Lot, Fraction]) -> list[FibrePart]:
    """Fibres of an order as the claims read them: exact masses per kg of product."""
    zero = Fraction(0)
    return [
        FibrePart(
            _Line(lot.regain, lot.recycled), True, kg / order.kg,  # type: ignore[arg-type]
            kg * (1 - lot.loss) / order.kg, zero, zero,
        )
        for lot, kg in taken.items()
    ]  # fmt: skip


def kept(order: Order, taken: dict[Lot, Fraction]) -> bool:
    """Whether an order is full and keeps its claim, by the claims' own arithmetic, exactly."""
    parts = parts_of(order, taken)
    full = sum((part.product for part in parts), Fraction(0)) == 1
    claim = order.recycled is None or all(
        share(parts, _proven, *reading) >= order.recycled for reading in READINGS
    )
    return full and claim and all(kg > 0 and order.takes(lot) for lot, kg in taken.items())


def season(
    orders: Union[str, Path],
    stock: Union[str, Path],
    seconds: float = SECONDS,
    gap: float = GAP,
    orders_sheet: Optional[str] = None,
    stock_sheet: Optional[str] = None,
    inventories: Optional[Union[str, Path]] = None,
) -> Season:
    """Put lots into orders so that most orders keep their claim, at least cost.

    Parameters
    ----------
    orders, stock : path
        Tables: CSV or workbook.
    seconds : float
        Time limit, 1 to 3600.
    gap : float
        Gap of the cost at which the search ends, 0 to 0.5.
    orders_sheet, stock_sheet : str, optional
        Sheets of workbooks; the first ones when left out.
    inventories : path, optional
        Own folder of inventory files.

    Returns
    -------
    Season

    Raises
    ------
    InputError
        Every problem of both tables at once; ``E326`` for seconds or gap out of range.

    Examples
    --------
    >>> from lca_cardato.season.study import season
    >>> season("orders.xlsx", "stock.xlsx").plan.filled        # doctest: +SKIP
    """
    if not 1 <= seconds <= 3600:
        raise InputError.one(
            "E326", say("a time limit is 1 to 3600 seconds"), key="seconds", value=str(seconds)
        )
    if not 0 <= gap <= 0.5:
        raise InputError.one("E326", say("a gap is 0 to 0.5"), key="gap", value=str(gap))
    for path in (orders, stock):
        if not Path(path).exists():
            raise DiskError.one("E501", say("no such file"), file=str(path))
    inventory = load_inventory(extra=inventories)
    problems = []
    try:
        wanted = read_orders(Path(orders), inventory, orders_sheet)
    except InputError as error:
        problems += error.problems
    try:
        lots = read_lots(Path(stock), inventory, stock_sheet)
    except InputError as error:
        problems += error.problems
    if problems:
        raise InputError(problems)
    found = plan(lots, wanted, seconds, gap)
    _checked(found, lots)
    reasons = {order.id: reason(order, lots) for order in found.left}
    labels = {fibre.label.en: fibre.label for fibre in inventory.fibres.values()}
    return Season(lots, wanted, found, reasons, labels)


def _checked(found: Plan, lots: list[Lot]) -> None:
    """Hold the plan against the claims' own arithmetic and the stock; nothing is told otherwise."""
    known = {lot.id: lot for lot in lots}
    pairs: list[Pair] = sorted(found.kilograms)
    for order in found.filled:
        taken = {known[i]: kg for (i, name), kg in found.kilograms.items() if name == order.id}
        if not kept(order, taken):
            raise AssertionError(f"order {order.id} does not keep its claim")
    for row in limits(known, found.filled, pairs):
        gap = row.gap(found.kilograms)
        if gap < 0 or (row.equal and gap):
            raise AssertionError(f"a limit of {row.order or 'the stock'} is not kept")
