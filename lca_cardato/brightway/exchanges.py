"""Exchanges of inventory datasets in the units of Brightway's flows and products."""

from __future__ import annotations

from typing import Any, Mapping

from lca_cardato.inventory.datum import Datum
from lca_cardato.inventory.models import Dataset
from lca_cardato.inventory.placed import placed, plain
from lca_cardato.inventory.records import Inventory
from lca_cardato.lcia.indicators import RESULT_ALIASES
from lca_cardato.lcia.methods import library
from lca_cardato.text.quantity import conversion_factor

Flow = tuple[str, tuple[str, ...]]
UNIT_NAMES = {
    "kg": "kilogram", "MJ": "megajoule", "kWh": "kilowatt hour", "m3": "cubic meter",
    "tkm": "ton kilometer", "m2": "square meter", "unit": "unit", "kBq": "kilo Becquerel",
    "m2*year": "square meter-year", "m3*year": "cubic meter-year", "Sm3": "standard cubic meter",
}  # fmt: skip


def dataset_amounts(
    dataset: Dataset, inventory: Inventory, units: Mapping[Flow, str]
) -> list[tuple[str, Any, float, Datum]]:
    """Exchanges of a dataset in the units of what they link to.

    Returns
    -------
    list of (kind, target, amount, figure as stated)
        Kind is ``input`` (target: dataset id), ``flow`` (target: name and categories, of water
        consumed with its place) or
        ``result`` (target: indicator id).

    Raises
    ------
    KeyError
        An elementary flow that biosphere3 does not hold.
    """
    result: list[tuple[str, Any, float, Datum]] = []
    for exchange in dataset.exchanges:
        assert exchange.amount is not None
        amount = float(exchange.amount)
        if exchange.input is not None:
            target = inventory.datasets[exchange.input].product.unit
            amount *= float(conversion_factor(exchange.unit, target))
            result.append(("input", exchange.input, amount, exchange))
            continue
        flow = placed(exchange.flow, dataset.geography, inventory.water_factors)
        unit = units.get(flow) or units.get(plain(flow))
        if unit is None:
            raise KeyError(f"elementary flow {flow[0]} / {'/'.join(flow[1])} is not in biosphere3")
        if UNIT_NAMES.get(exchange.unit) != unit:
            short = next((k for k, v in UNIT_NAMES.items() if v == unit), unit)
            amount *= float(conversion_factor(exchange.unit, short))
        result.append(("flow", flow, amount, exchange))
    for name, datum in published_results(dataset):
        assert datum.amount is not None
        result.append(("result", name, float(datum.amount), datum))
    return result


def published_results(dataset: Dataset) -> list[tuple[str, Datum]]:
    """Results of a dataset by indicator; a further method that is defined alike takes them too.

    Returns
    -------
    list of (indicator id, figure)
        Its own results first, then those that a shipped method counts for want of one of its own.
    """
    if not dataset.results:  # the file of methods is read only where a result may count in one
        return []
    own = {RESULT_ALIASES.get(name, name): datum for name, datum in dataset.results.items()}
    alike = [
        (method.id, own[method.counts])
        for method in library().values()
        if method.counts in own and method.id not in own
    ]
    return [*own.items(), *alike]
