"""Figures whose stated amount lies at the edge of their own range."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Iterator, Optional

from lca_cardato.inventory.datum import Datum

if TYPE_CHECKING:
    from lca_cardato.inventory.records import Inventory

EDGE = 0.1
"""Outside the middle 80 % of its own distribution a stated amount is questioned."""


@dataclass(frozen=True)
class Lopsided:
    """A figure at the edge of its range.

    Attributes
    ----------
    section, key, name : str
        Of the record, and of the figure in it.
    datum : Datum
    below : float
        Share of its distribution below the stated amount.
    """

    section: str
    key: str
    name: str
    datum: Datum
    below: float


def share_below(datum: Datum) -> Optional[float]:
    """Share of the distribution of a figure below its stated amount.

    None without a distribution, or for a formula. A lognormal, a normal and a triangle have their
    amount in the middle; a triangle whose amount is one of its ends has all draws on one side.
    """
    spread, amount = datum.uncertainty, datum.amount
    if amount is None or spread.distribution == "none":
        return None
    if spread.min is None or spread.max is None:
        return 0.5
    if spread.distribution == "uniform":
        return float((amount - spread.min) / (spread.max - spread.min))
    return 0.0 if amount <= spread.min else 1.0 if amount >= spread.max else 0.5


def lopsided(inventory: Inventory) -> list[Lopsided]:
    """Find figures outside the middle 80 % of their own distribution, in the order of the records.

    A bound that the nature of the thing sets (0 % of a loss) may be the best estimate: where the
    distribution says so in its `reason`, nothing is asked.
    """
    found = []
    for section, key, name, datum in figures(inventory):
        below = share_below(datum)
        if below is not None and not EDGE <= below <= 1 - EDGE and not datum.uncertainty.reason:
            found.append(Lopsided(section, key, name, datum, below))
    return found


def figures(inventory: Inventory) -> Iterator[tuple[str, str, str, Datum]]:
    """Go through all figures: section, key of the record, name of the figure, figure."""
    for key, dataset in inventory.datasets.items():
        for exchange in dataset.exchanges:
            yield "datasets", key, exchange.input or exchange.flow[0], exchange
        for name, datum in dataset.results.items():
            yield "datasets", key, name, datum
    for key, step in inventory.steps.items():
        for name, figure in step.data():
            yield "steps", key, name, figure
            for fibre, other in figure.by_fibre.items():
                yield "steps", key, f"{name} ({fibre})", other
    for key, parameter in inventory.parameters.items():
        yield "parameters", key, key, parameter
