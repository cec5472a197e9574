"""How the sources of figures were read: whole, in part, by the abstract alone, second-hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Union

import numpy as np

from lca_cardato.brightway.exchanges import UNIT_NAMES, dataset_amounts
from lca_cardato.brightway.store import open_store
from lca_cardato.lcia.flows import elementary_flows

if TYPE_CHECKING:
    from lca_cardato.inventory.datum import Datum
    from lca_cardato.inventory.records import Inventory
    from lca_cardato.inventory.tables import Literature
    from lca_cardato.results.assessment import Assessment

WAYS = ("read in the source", "read in a part of it", "abstract only", "quoted second-hand")
NO_SOURCE = "without a source"
_READ = {"full": WAYS[0], "excerpt": WAYS[1], "secondary": WAYS[3]}


def way(inventory: Inventory, figure: Union[Datum, Literature]) -> str:
    """Tell how the source of a figure was read."""
    source = inventory.sources.get(figure.source or "")
    if source is None or getattr(figure, "class_", "") == "assumed":
        return NO_SOURCE
    abstract = "abstract" in figure.at.lower() and source.read != "secondary"
    return WAYS[2] if abstract else _READ[source.read]


def literature_shares(inventory: Inventory) -> str:
    """Write in one line how the published values were read."""
    figures = [way(inventory, record) for record in inventory.literature.values()]
    parts = [f"{figures.count(one) / len(figures):.0%} {one}" for one in WAYS if one in figures]
    return ", ".join(parts).replace("%", " %")


def burdens(result: Assessment, indicator: str) -> dict[str, float]:
    """Share of an indicator by how the figure was read with which the burden enters the background.

    Each elementary flow of a dataset, and each published result, is counted with its absolute
    burden where it enters; figures of the scenario itself are not asked.
    """
    inventory, store = result.inventory, open_store(result.inventory)
    factors = store.characterisation[:, store.background.indicators.index(indicator)]
    flow_at = {flow: i for i, flow in enumerate(store.flows)}
    place = {name: i for i, name in enumerate(store.datasets)}
    demand = np.zeros(len(place))
    solution = result.main.solution
    for exchange, amount in zip(result.main.system.exchanges, solution.amounts[0]):
        if isinstance(exchange.target, str):
            demand[place[exchange.target]] += amount
    supply = np.linalg.solve(store.technosphere, demand)
    units = {flow: UNIT_NAMES.get(unit, unit) for flow, unit in elementary_flows().items()}
    found = dict.fromkeys((*WAYS, NO_SOURCE), 0.0)
    for name, at in place.items():
        if not supply[at]:
            continue
        for kind, target, amount, figure in dataset_amounts(
            inventory.datasets[name], inventory, units
        ):
            flow = target if kind == "flow" else (target, ("indicator result",))
            if kind != "input" and flow in flow_at:
                found[way(inventory, figure)] += abs(supply[at] * amount * factors[flow_at[flow]])
    whole = sum(found.values()) or 1.0
    return {key: value / whole for key, value in found.items()}
