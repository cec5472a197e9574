"""How the sources of figures were read, and where these have them from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable, Sequence, Union

import numpy as np

from lca_cardato.brightway.exchanges import UNIT_NAMES, dataset_amounts
from lca_cardato.brightway.store import open_store
from lca_cardato.inventory.datum import BASES
from lca_cardato.lcia.flows import elementary_flows

if TYPE_CHECKING:
    from lca_cardato.inventory.datum import Datum
    from lca_cardato.inventory.records import Inventory
    from lca_cardato.inventory.tables import Literature
    from lca_cardato.results.assessment import Assessment

MEASURED = "measured there"
WAYS = (
    MEASURED,
    "read in the source",
    "read in a part of it",
    "abstract only",
    "quoted second-hand",
)
NO_SOURCE = "without a source"
_READ = {"full": WAYS[1], "excerpt": WAYS[2], "secondary": WAYS[4]}


def way(inventory: Inventory, figure: Union[Datum, Literature]) -> str:
    """Tell how the source of a figure was read.

    `MEASURED` is a figure that was read in the text, whole or in part, of those who measured it;
    what an abstract or another work says of a measurement stays with these.
    """
    source = inventory.sources.get(figure.source or "")
    if source is None or getattr(figure, "class_", "") == "assumed":
        return NO_SOURCE
    abstract = "abstract" in figure.at.lower() and source.read != "secondary"
    if abstract:
        return WAYS[3]
    measured = source.basis == "measured" and source.read != "secondary"
    return MEASURED if measured else _READ[source.read]


def basis(inventory: Inventory, figure: Union[Datum, Literature]) -> str:
    """Tell where the source of a figure has it from, however it was read."""
    source = inventory.sources.get(figure.source or "")
    assumed = source is None or getattr(figure, "class_", "") == "assumed"
    return NO_SOURCE if assumed else source.basis


def literature_shares(inventory: Inventory) -> str:
    """Write in two lines how the published values were read, and where they are from."""
    records = inventory.literature.values()
    read = _counted([way(inventory, record) for record in records], WAYS)
    return f"{read}.\nHowever they were read: {_counted([basis(inventory, r) for r in records], BASES)}"


def _counted(found: list[str], ways: Sequence[str]) -> str:
    parts = [f"{found.count(one) / len(found):.0%} {one}" for one in ways if one in found]
    return ", ".join(parts).replace("%", " %")


def burdens(result: Assessment, indicator: str, told: Callable[..., str] = way) -> dict[str, float]:
    """Share of an indicator by the figure with which the burden enters the background.

    Each elementary flow of a dataset, and each published result, is counted with its absolute
    burden where it enters; figures of the scenario itself are not asked. `told` says of a figure
    how it was read (`way`) or where its source has it from (`basis`).
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
    found = dict.fromkeys((*(WAYS if told is way else BASES), NO_SOURCE), 0.0)
    for name, at in place.items():
        if not supply[at]:
            continue
        for kind, target, amount, figure in dataset_amounts(
            inventory.datasets[name], inventory, units
        ):
            flow = target if kind == "flow" else (target, ("indicator result",))
            if kind != "input" and flow in flow_at:
                found[told(inventory, figure)] += abs(supply[at] * amount * factors[flow_at[flow]])
    whole = sum(found.values()) or 1.0
    return {key: value / whole for key, value in found.items()}
