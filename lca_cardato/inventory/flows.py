"""Names and units of elementary flows and indicator results, checked before Brightway is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lca_cardato.errors import Problem, nearest
from lca_cardato.lcia.flows import Flow, elementary_flows, normal_compartment
from lca_cardato.sentence import either, say
from lca_cardato.text.number import QuantityError
from lca_cardato.text.quantity import conversion_factor

if TYPE_CHECKING:
    from lca_cardato.inventory.records import Inventory


def _state(flow: Flow) -> str:
    """Name the states of oxidation that the methods count where a substance is named without one.

    The name that is spelled most like it may be another substance: ``Zinc-65`` is a radionuclide.
    """
    from lca_cardato.lcia.counted import counted_flows, wanted

    found = [f"'{name}'" for name, where in wanted(flow, counted_flows()) if where == flow[1]]
    return say("did you mean {choices}?", choices=either(found[:2])) if found else ""


def flow_problems(inventory: Inventory) -> list[Problem]:
    """Find elementary flows that do not exist, and units that do not fit.

    Returns
    -------
    list of Problem
        ``E307`` for an unknown flow or indicator, with the nearest one, ``E308`` for a unit.
    """
    from lca_cardato.lcia.indicators import BY_ID, RESULT_ALIASES
    from lca_cardato.lcia.methods import describe

    computed = inventory.background.methods if inventory.background else {}
    flows = elementary_flows()
    names: dict[tuple[str, ...], list[str]] = {}
    for name, categories in flows:
        names.setdefault(categories, []).append(name)
    problems: list[Problem] = []

    def report(section: str, key: str, tail: str, code: str, text: str, hint: str = "") -> None:
        file, line = inventory.where[(section, key)]
        problems.append(Problem(code, text, file, line, 0, f"{section}.{key}.{tail}", "", hint))

    def check(section: str, key: str, tail: str, flow: Flow, unit: str) -> None:
        if flow not in flows:
            hint = _state(flow) or nearest(flow[0], names.get(flow[1], []))
            if flow[1] not in names:
                hint = nearest("/".join(flow[1]), ["/".join(c) for c in names])
            what = say(
                "no elementary flow '{flow}' in '{place}'", flow=flow[0], place="/".join(flow[1])
            )
            report(section, key, tail, "E307", what, hint)
            return
        try:
            conversion_factor(unit, flows[flow])
        except QuantityError as error:
            text = say("unit of {what}: {why}", what=flow[0], why=error.message)
            report(section, key, tail, "E308", text)

    for key, dataset in inventory.datasets.items():
        for index, exchange in enumerate(dataset.exchanges):
            if exchange.input is None:
                check("datasets", key, f"exchanges[{index}]", exchange.flow, exchange.unit)
        for name, datum in dataset.results.items():
            indicator = describe(RESULT_ALIASES.get(name, name))
            if name in computed:
                continue
            if indicator is None:
                hint = nearest(name, [*BY_ID, *RESULT_ALIASES])
                report("datasets", key, f"results.{name}", "E307", say("no such indicator"), hint)
            elif datum.unit not in (indicator.unit, indicator.unit.split(" ", 1)[0]):
                text = say(
                    "a result of {name} is in {unit}, not in {typed}",
                    name=name,
                    unit=indicator.unit,
                    typed=datum.unit,
                )
                report("datasets", key, f"results.{name}", "E308", text)
    for key, step in inventory.steps.items():
        for emission in step.emissions:
            flow = (str(emission.emission), normal_compartment(emission.compartment))
            unit = emission.unit.partition("/")[0]
            check("steps", key, f"emissions.{emission.emission}", flow, unit)
    return problems
