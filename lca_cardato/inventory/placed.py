"""Water that is consumed, by the place where it is: a flow for every place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Mapping

from lca_cardato.inventory.scarcity import HOME, WORLD, water_place
from lca_cardato.lcia.flows import Flow
from lca_cardato.lcia.indicators import CONSUMED_NAME

if TYPE_CHECKING:
    from lca_cardato.inventory.records import Inventory

BY_PLACE = "water_scarcity_by_place"
AT = "@"
"""Begins the last part of the categories of a flow at another place than `HOME`."""


def consumed(flow: Flow) -> bool:
    """Tell whether a flow counts as water consumed."""
    name, categories = flow
    return name == CONSUMED_NAME and categories[0] == "air"


def placed(flow: Flow, geography: str, factors: Mapping[str, float]) -> Flow:
    """Give the flow of a dataset with its place, where that counts.

    Parameters
    ----------
    flow : Flow
    geography : str
        Of the dataset.
    factors : mapping
        See `lca_cardato.inventory.scarcity.water_factors`.

    Returns
    -------
    Flow
        The flow itself where it is no water consumed, or is consumed in `HOME`.
    """
    if not consumed(flow):
        return flow
    place = water_place(factors, geography) or WORLD
    return flow if place == HOME else (flow[0], (*flow[1], AT + place))


def place_of(flow: Flow) -> str:
    """Place of a flow of water consumed."""
    last = flow[1][-1]
    return last[len(AT) :] if last.startswith(AT) else HOME


def plain(flow: Flow) -> Flow:
    """Give the flow as nature knows it, without the place."""
    name, categories = flow
    return (name, categories[:-1]) if categories[-1].startswith(AT) else flow


def unplaced(inventory: Inventory) -> dict[str, str]:
    """Datasets that consume water where no factor is known, with their geography."""
    found = {}
    for key, dataset in inventory.datasets.items():
        takes = any(e.input is None and consumed(e.flow) for e in dataset.exchanges)
        if takes and water_place(inventory.water_factors, dataset.geography) is None:
            found[key] = dataset.geography
    return found
