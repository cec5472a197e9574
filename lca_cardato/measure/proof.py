"""What turns a claim that is not proven into one that is met, at least cost."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import Callable, Mapping, Optional, Sequence

from lca_cardato.claims.evaluate import evaluate
from lca_cardato.claims.outcome import ClaimResult
from lca_cardato.claims.packs_model import RulePack
from lca_cardato.inventory.records import Inventory
from lca_cardato.measure.measures import Measure, pieces_of
from lca_cardato.measure.settled import settled, to_state
from lca_cardato.model.structure import ProductModel
from lca_cardato.text.number import nine

CHOICES = 12
"""Measures that can stand in for each other, up to which every set is tried."""


@dataclass
class Turned:
    """A claim that is not proven, and what is missing.

    Attributes
    ----------
    place : int
        Place of the product.
    pack : RulePack
    needed : list of Measure
        The cheapest set with which the claim is met; empty where papers alone do not do it.
    reached : bool
        Whether it is met with these.
    best : bool
        Whether no cheaper set does it: it is the only one, or every set was tried.
    state : list of str
        Keys of the scenario that have to be typed in besides, which costs nothing.
    left : ClaimResult
        The claim with everything that can be bought.
    """

    place: int
    pack: RulePack
    needed: list[Measure] = field(default_factory=list)
    reached: bool = False
    best: bool = False
    state: list[str] = field(default_factory=list)
    left: Optional[ClaimResult] = None


def turned(
    model: ProductModel, place: int, packs: Sequence[RulePack], inventory: Inventory,
    measures: Sequence[Measure], costs: Mapping[tuple[str, str], float],
) -> list[Turned]:  # fmt: skip
    """Tell for every claim that is not proven what would prove it.

    Parameters
    ----------
    model : ProductModel
    place : int
        Place of the product among those that the measures are for.
    packs : sequence of RulePack
    inventory : Inventory
    measures : sequence of Measure
    costs : mapping
        `Measure.order` -> EUR.

    Returns
    -------
    list of Turned

    Notes
    -----
    The claims' own rules decide, in exact fractions, on a copy of the product with papers that have
    no fault (`lca_cardato.measure.settled`). A measure without which all others do not do it is in
    every set; only where these are not enough, sets of the others are tried, the cheapest first.
    """
    found = []
    useful = [measure for measure in measures if measure.pieces.get(place)]
    for pack in packs:
        if evaluate(pack, model, inventory, {}).verdict != "not_proven":
            continue

        def verdict(some: Sequence[Measure], pack: RulePack = pack) -> ClaimResult:
            return evaluate(pack, settled(model, pieces_of(some, place)), inventory, {})

        left = verdict(useful)
        item = Turned(place, pack, left=left)
        found.append(item)
        if left.verdict != "meets":
            continue
        item.reached = True
        sure = [
            one for one in useful
            if verdict([m for m in useful if m is not one]).verdict != "meets"
        ]  # fmt: skip
        more = [one for one in useful if one not in sure]
        item.needed, item.best = _least(sure, more, costs, lambda some: verdict(some).verdict)
        item.state = to_state(model)
    return found


def _least(
    sure: list[Measure], more: list[Measure], costs: Mapping[tuple[str, str], float],
    verdict: Callable[[Sequence[Measure]], str],
) -> tuple[list[Measure], bool]:  # fmt: skip
    """Cheapest of the sets that hold all that is sure to be needed."""
    if verdict(sure) == "meets":
        return sure, True
    if len(more) > CHOICES:
        kept = list(more)
        for one in sorted(more, key=lambda m: (-nine(costs[m.order]), m.order)):
            rest = [m for m in kept if m is not one]
            if verdict([*sure, *rest]) == "meets":
                kept = rest
        return [*sure, *kept], False
    sets = [some for count in range(1, len(more) + 1) for some in combinations(more, count)]
    sets.sort(key=lambda some: (nine(sum(costs[m.order] for m in some)), [m.order for m in some]))
    best = next(some for some in sets if verdict([*sure, *some]) == "meets")
    return [*sure, *best], True
