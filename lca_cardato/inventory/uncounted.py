"""Elementary flows of the inventories that no indicator counts."""

from __future__ import annotations

from lca_cardato.inventory.records import Inventory
from lca_cardato.lcia.flows import Flow
from lca_cardato.lcia.indicators import INDICATORS


def uncounted_flows(inventory: Inventory) -> dict[Flow, set[str]]:
    """Find flows that have no characterisation factor in any indicator.

    Parameters
    ----------
    inventory : Inventory
        Whose flows exist, see `lca_cardato.inventory.flows.flow_problems`.

    Returns
    -------
    dict
        Name and categories -> datasets that hold the flow. Some are meant: biogenic carbon dioxide
        counts as 0, and so does water that goes back to the river.
    """
    from lca_cardato.lcia.factors import tables

    factors = tables(INDICATORS)
    found: dict[Flow, set[str]] = {}
    for key, dataset in inventory.datasets.items():
        for exchange in dataset.exchanges:
            if exchange.input is None:
                found.setdefault(exchange.flow, set()).add(key)
    return {
        flow: keys
        for flow, keys in sorted(found.items())
        if not any(table.of("", *flow) for table in factors)
    }
