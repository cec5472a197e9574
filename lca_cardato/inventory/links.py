"""Links from one record of the inventories to another: that they lead somewhere, and to what."""

from __future__ import annotations

from typing import Iterator, Optional

from lca_cardato.errors import Problem, nearest
from lca_cardato.inventory.models import PLIED, Need
from lca_cardato.inventory.records import Inventory
from lca_cardato.inventory.usable import unusable
from lca_cardato.sentence import either, say
from lca_cardato.text.number import QuantityError
from lca_cardato.text.quantity import conversion_factor
from lca_cardato.text.yamltree import Document


def _nowhere(section: str, wanted: str) -> tuple[str, str]:
    """Code and message of a link to a record that is not there."""
    if section == "datasets":
        return "E307", say("dataset '{wanted}' is not in the inventories", wanted=wanted)
    if section == "steps":
        return "E307", say("step '{wanted}' is not known", wanted=wanted)
    if section == "fibres":
        return "E307", say("no fibre '{wanted}'", wanted=wanted)
    return "E315", say("source '{wanted}' has no record", wanted=wanted)


def link_problems(inventory: Inventory, documents: dict[str, Document]) -> list[Problem]:
    """Find links from one record to another that lead nowhere.

    Returns
    -------
    list of Problem
        ``E307`` for unknown datasets, steps and fibres, ``E315`` for unknown sources,
        ``E308`` for a unit that does not convert to the unit of the linked product, ``E330`` for
        an exchange that stands in a dataset twice.
    """
    problems: list[Problem] = []

    def report(path: tuple, code: str, text: str, hint: str = "") -> None:
        document = documents[inventory.where[path[:2]][0]]
        problems.append(document.problem(code, text, path, "", hint))

    for path, section, wanted in _links(inventory):
        known = getattr(inventory, section)
        if wanted and wanted not in known:
            hint = "" if section == "steps" else nearest(wanted, list(known))
            report(path, *_nowhere(section, wanted), hint)
    for path, wanted, categories in _places(inventory):
        dataset = inventory.datasets.get(wanted or "")
        if dataset and dataset.category and dataset.category not in categories:
            text = say(
                "dataset '{wanted}' is {category}, not {what}",
                wanted=wanted,
                category=dataset.category.replace("_", " "),
                what=either([category.replace("_", " ") for category in categories]),
            )
            report(path, "E348", text)
    for key, dataset in inventory.datasets.items():
        seen: set[tuple] = set()
        for index, exchange in enumerate(dataset.exchanges):
            same = (exchange.input, exchange.flow, exchange.amount, exchange.unit)
            if same in seen and exchange.formula is None:
                path = ("datasets", key, "exchanges", index)
                named = exchange.input or exchange.flow[0]
                text = say("the same exchange stands in the dataset twice: {named}", named=named)
                report(path, "E330", text, say("leave it out once, or write the sum in one line"))
            seen.add(same)
            if exchange.input in inventory.datasets:
                try:
                    conversion_factor(
                        exchange.unit, inventory.datasets[exchange.input].product.unit
                    )
                except QuantityError as error:
                    path = ("datasets", key, "exchanges", index)
                    text = say("unit of the exchange: {why}", why=error.message)
                    report(path, "E308", text, error.suggestion)
    for path, found in unusable(inventory):
        report(path, *found)
    return problems


def _links(inventory: Inventory) -> Iterator[tuple[tuple, str, Optional[str]]]:
    """Give the path of every link, the section that it leads to, and the id that it names."""
    for key, item in inventory.datasets.items():
        for index, exchange in enumerate(item.exchanges):
            yield ("datasets", key, "exchanges", index), "sources", exchange.source
            yield ("datasets", key, "exchanges", index), "datasets", exchange.input
        for name, result in item.results.items():
            yield ("datasets", key, "results", name), "sources", result.source
        for zero in item.zeros.values():
            yield ("datasets", key, "zeros"), "sources", zero.source
        for supplied in item.supplies:
            yield ("datasets", key, "supplies"), "fibres", supplied.fibre
        for step_id in item.passed:
            yield ("datasets", key, "passed"), "steps", step_id
        yield from _needs(("datasets", key, "needed"), item.needed)
    for key, step in inventory.steps.items():
        yield ("steps", key, "waste_to"), "datasets", step.waste_to
        for zero in step.zeros.values():
            yield ("steps", key, "zeros"), "sources", zero.source
        for name, figure in step.data():
            path: tuple = ("steps", key, name.split(".", 1)[0])
            yield path, "sources", figure.source
            yield path, "datasets", figure.input
            yield path, "datasets", figure.supply
            for other in figure.by_fibre.values():
                yield path, "sources", other.source
    for key, fibre in inventory.fibres.items():
        yield ("fibres", key, "regain"), "sources", fibre.regain.source
        for origin, supply in fibre.supplies.items():
            path = ("fibres", key, "supplies", origin)
            for dataset in (supply.dataset, *supply.handling.values()):
                yield path, "datasets", dataset
            for step_id in supply.steps:
                yield path, "steps", step_id
        yield ("fibres", key), "steps", fibre.dyeing
    for key, system in inventory.systems.items():
        for step_id in [*system.steps, *system.plied]:
            yield ("systems", key), "steps", step_id
        yield from _needs(("systems", key, "needed"), system.needed)
    for key, place in inventory.places.items():
        for index, leg in enumerate(place.legs):
            yield ("places", key, "legs", index), "sources", leg.source
    for key, cff in inventory.cff.items():
        yield ("cff", key), "sources", cff.source
    for key, datum in inventory.parameters.items():
        yield ("parameters", key), "sources", datum.source
    for key, value in inventory.literature.items():
        yield ("literature", key), "sources", value.source
        yield ("literature", key, "dataset"), "datasets", value.dataset
        yield ("literature", key, "fibre"), "fibres", value.fibre
        for step_id in value.steps:
            yield ("literature", key, "steps"), "steps", step_id
    for key, limit in inventory.limits.items():
        yield ("limits", key), "sources", limit.source
    for key, scarcity in inventory.scarcity.items():
        yield ("scarcity", key), "sources", scarcity.source
    for key, uncounted in inventory.uncounted.items():
        yield ("uncounted", key), "sources", uncounted.source
    for mode, wanted in inventory.transport_modes.items():
        yield ("transport_modes", mode), "datasets", wanted


def _places(inventory: Inventory) -> Iterator[tuple[tuple, Optional[str], tuple[str, ...]]]:
    """Give the path of every link to a dataset of a kind, the id that it names, and the kinds."""
    for key, step in inventory.steps.items():
        kind = "packaging" if step.stage == "packaging" else "chemical"
        yield ("steps", key, "waste_to"), step.waste_to, ("waste",)
        for name, figure in step.data():
            path = ("steps", key, name.split(".", 1)[0])
            yield path, figure.supply, ("water",)
            yield path, figure.input, (kind,)
    for key, fibre in inventory.fibres.items():
        for origin, supply in fibre.supplies.items():
            for dataset in (supply.dataset, *supply.handling.values()):
                yield ("fibres", key, "supplies", origin), dataset, ("fibre", "textile_waste")
    for mode, wanted in inventory.transport_modes.items():
        yield ("transport_modes", mode), wanted, ("transport",)


def _needs(path: tuple, needs: list[Need]) -> Iterator[tuple[tuple, str, Optional[str]]]:
    for index, need in enumerate(needs):
        for step_id in [*need.one_of, *need.when]:
            yield (*path, index), "steps", None if step_id == PLIED else step_id
        yield (*path, index), "sources", need.source
