"""Resolve one step of the route: its default figures and those of the scenario."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any, Optional, Union

from lca_cardato.inventory.datum import Datum
from lca_cardato.inventory.models import Step, StepDatum
from lca_cardato.lcia.flows import normal_compartment
from lca_cardato.model.context import Context
from lca_cardato.model.formulas import evaluate, within_validity
from lca_cardato.model.parameters import Parameter, from_datum, scale_of
from lca_cardato.model.structure import CountFormula, Derived, Line, StepUse
from lca_cardato.scenario.figure import Figure
from lca_cardato.scenario.models import StepEntry
from lca_cardato.sentence import say


class StepResolver:
    """Resolves steps within a `Context`."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def step(
        self,
        key: str,
        name: str,
        entry: Optional[StepEntry],
        path: tuple,
        nm: Fraction,
        lines: Optional[list[Line]],
        fibre: str = "",
        declared: Optional[bool] = None,
    ) -> StepUse:
        """Resolve a step: its figures from the scenario, else from the inventory."""
        step = self.context.inventory.steps[name]
        where = self.context.inventory.where[("steps", name)]
        item = entry or StepEntry()
        home = self.context.home if fibre == "" or declared else None
        use = StepUse(
            key=key,
            id=name,
            step=step,
            municipality=item.municipality or (home if item.operator == "own" else None),
            operator=item.operator,
            company=item.company,
            declared=entry is not None if declared is None else declared,
            document=item.document,
        )
        use.electricity = self.figure(
            use, "electricity", item.electricity, step.figures.electricity, path, where, nm
        )
        self.heat(use, item, step, path, where, nm)
        self.water(use, item, step, path, where, nm)
        self.losses(use, item, step, path, where, nm, lines, fibre)
        for datum in step.chemicals:
            chemical = str(datum.input)
            found = self.figure(
                use, "chemicals", item.chemicals.get(chemical), datum,
                path + ("chemicals", chemical), where, nm, suffix=chemical,
            )  # fmt: skip
            if found:
                use.chemicals[chemical] = found
        for chemical, figure in item.chemicals.items():
            if chemical in use.chemicals:
                continue
            place = "packaging" if step.stage == "packaging" else "chemical"
            if not self.context.of_kind(chemical, place, path + ("chemicals", chemical)):
                continue
            found = self.figure(
                use, "chemicals", figure, None, path + ("chemicals", chemical), where, nm,
                suffix=chemical,
            )  # fmt: skip
            if found:
                use.chemicals[chemical] = found
        for index, datum in enumerate(step.emissions):
            name_ = f"{key}.emissions.{index}"
            self.context.parameters[name_] = from_datum(
                name_, datum, where, stream=f"{name}.emissions.{index}"
            )
            use.emissions.append(
                ((str(datum.emission), normal_compartment(datum.compartment)), name_)
            )
        if item.document is not None and item.operator != "supplier":
            self.context.problem(
                "E316",
                say(
                    "the document of a step is the declaration of the supplier who did it; other "
                    "documents stand beside their figures"
                ),
                path + ("document",),
                item.document,
                say("operator: supplier, or move it to a figure"),
            )
        if use.operator != "own" and step.level != "any":
            name_ = f"{key}.transport"
            datum_ = self.context.inventory.parameters["contract-transport"]
            spot = self.context.inventory.where[("parameters", "contract-transport")]
            self.context.parameters[name_] = from_datum(
                name_, datum_, spot, stream="contract-transport"
            )
            use.transport = name_
        return use

    def figure(
        self,
        use: StepUse,
        kind: str,
        own: Optional[Figure],
        default: Optional[StepDatum],
        path: tuple,
        where: tuple[str, int],
        nm: Fraction,
        suffix: str = "",
    ) -> Optional[str]:
        """Make one parameter, from the scenario or else from the inventory."""
        key = f"{use.key}.{kind}" + (f".{suffix}" if suffix else "")
        if own is not None:
            full = path if suffix else path + (kind,)
            parameter = self.context.own(key, kind, own, full, nm)
            if parameter is None:
                return None
            self.context.parameters[key] = parameter
            return key
        if default is None:
            return None
        name = f"{use.id}.{kind}" + (f".{suffix}" if suffix else "")
        parameter = self.default(key, default, where, nm, name)
        if default.per == "input":
            use.per_input.add(key)
        self.context.parameters[key] = parameter
        return key

    def default(
        self,
        key: str,
        datum: Union[Datum, StepDatum],
        where: tuple[str, int],
        nm: Fraction,
        stream: str,
    ) -> Parameter:
        """Turn an inventory figure into a parameter; a formula is evaluated for the count."""
        amount = datum.amount
        if datum.formula is not None:
            values = {k: float(v) for k, v in datum.formula.parameters.items()}
            result = evaluate(datum.formula.name, values, float(nm), datum.formula.outside)
            amount = Fraction(repr(float(result)))
            if not within_validity(values, float(nm)):
                self.context.warnings.append(
                    ("formula_outside", {"key": key, "valid": datum.formula.valid or ""})
                )
        parameter = from_datum(key, datum, where, amount, stream)
        wanted, factor = scale_of(parameter.unit)
        if datum.formula is not None:
            self.context.formulas.append(CountFormula(key, datum.formula, factor))
        return parameter if factor == 1 else parameter.scaled(factor, wanted)

    def heat(
        self, use: StepUse, item: StepEntry, step: Step, path: tuple, where: Any, nm: Fraction
    ) -> None:
        """Resolve the heat by carrier."""
        if item.heat:
            for index, figure in enumerate(item.heat):
                carrier = figure.carrier or "natural_gas"
                spot = path + ("heat",)
                if spot + (index,) in self.context.document.positions:
                    spot += (index,)
                key = f"{use.key}.heat.{carrier}"
                if carrier in use.heat:
                    self.context.problem(
                        "E316", say("heat by this carrier is given twice for the step"), spot, carrier,
                        say("write the sum of both readings"),
                    )  # fmt: skip
                    continue
                parameter = self.context.own(key, "heat", figure, spot, nm)
                if parameter is not None:
                    self.context.parameters[key] = parameter
                    use.heat[carrier] = key
            return
        for datum in step.figures.heat:
            carrier = datum.carrier or "natural_gas"
            key = f"{use.key}.heat.{carrier}"
            self.context.parameters[key] = self.default(
                key, datum, where, nm, f"{use.id}.heat.{carrier}"
            )
            if datum.per == "input":
                use.per_input.add(key)
            use.heat[carrier] = key

    def water(
        self, use: StepUse, item: StepEntry, step: Step, path: tuple, where: Any, nm: Fraction
    ) -> None:
        """Resolve water taken in and evaporated."""
        template = step.figures.water_in
        use.water_in = self.figure(use, "water_in", item.water_in, template, path, where, nm)
        if use.water_in is None:
            return
        if item.water_in is not None and item.water_in.supply:
            use.water_supply = item.water_in.supply
        elif template is not None and template.supply:
            use.water_supply = template.supply
        self.context.of_kind(use.water_supply, "water supply", path + ("water_in", "supply"))
        key = f"{use.key}.water_evaporated"
        taken = self.context.parameters[use.water_in]
        if item.water_out is not None:
            out = self.context.own(
                f"{use.key}.water_out", "water_out", item.water_out, path + ("water_out",), nm
            )
            if out is None:
                return
            if out.amount > taken.amount:
                self.context.problem(
                    "E310",
                    say("more water out than in"),
                    path + ("water_out",),
                    item.water_out.value,
                )
                return
            self.context.parameters[key] = replace(out, key=key, amount=taken.amount - out.amount)
            self.context.derived.append(Derived(key, use.water_in, less=out))
        elif item.water_in is None and step.figures.water_evaporated is not None:
            self.context.parameters[key] = self.default(
                key, step.figures.water_evaporated, where, nm, f"{use.id}.water_evaporated"
            )
            if step.figures.water_evaporated.per == "input":
                use.per_input.add(key)
        else:
            evaporated, template_in = step.figures.water_evaporated, template
            if evaporated and template_in and evaporated.amount and template_in.amount:
                share = min(Fraction(1), evaporated.amount / template_in.amount)
                base = from_datum(key, evaporated, where)
            else:
                datum = self.context.inventory.parameters["evaporated-share"]
                share = datum.amount or Fraction(1, 10)
                spot = self.context.inventory.where[("parameters", "evaporated-share")]
                base = from_datum(key, datum, spot)
            self.context.parameters[key] = replace(
                base, amount=taken.amount * share, unit="L/kg", uncertainty=None
            )
            self.context.derived.append(Derived(key, use.water_in, share=share))
        use.water_evaporated = key

    def losses(
        self,
        use: StepUse,
        item: StepEntry,
        step: Step,
        path: tuple,
        where: Any,
        nm: Fraction,
        lines: Optional[list[Line]],
        fibre: str,
    ) -> None:
        """Resolve the loss, by fibre where the inventory tells fibres apart, and its rework."""
        common = f"{use.key}.loss"
        if item.loss is not None:
            parameter = self.context.own(common, "loss", item.loss, path + ("loss",))
            if parameter is not None:
                if parameter.amount >= 1:
                    self.context.problem(
                        "E303", say("a step can't lose all that enters it"), path + ("loss",),
                        item.loss.value,
                    )  # fmt: skip
                    return
                self.context.parameters[common] = parameter
                use.loss[-1] = common
        elif step.loss is not None:
            wanted = {-1: fibre} if fibre else {}
            wanted |= {line.index: line.entry.fibre for line in lines or []}
            special = step.loss.by_fibre
            for index, name in wanted.items():
                group = loss_group(lines, index, name, special)
                datum = special.get(group)
                if datum is not None:
                    key = f"{common}.{name}" if index < 0 else f"{common}.{index}"
                    self.context.parameters[key] = self.default(
                        key, datum, where, nm, f"{use.id}.loss.{group}"
                    )
                    use.loss[index] = key
            if -1 not in use.loss:
                self.context.parameters[common] = self.default(
                    common, step.loss, where, nm, f"{use.id}.loss"
                )
                use.loss[-1] = common
        if item.reclaimed is not None and step.level != "yarn":
            self.context.problem(
                "E316", say("a loss goes back into the mixture from the steps of a yarn only"),
                path + ("reclaimed",), item.reclaimed.value,
                say("state the loss alone; what is torn again comes in as pre-consumer fibre"),
            )  # fmt: skip
        elif use.loss and (item.reclaimed is not None or step.reclaimed is not None):
            use.reclaimed = self.figure(
                use, "reclaimed", item.reclaimed, step.reclaimed, path, where, nm
            )


def loss_group(
    lines: Optional[list[Line]], index: int, fibre: str, special: dict[str, Datum]
) -> str:
    """Name the entry of ``by_fibre`` that applies: origin first (``recycled-wool``), then fibre."""
    if lines is not None and index >= 0:
        line = next(item for item in lines if item.index == index)
        prefix = "recycled" if line.recycled else "virgin"
        if f"{prefix}-{fibre}" in special:
            return f"{prefix}-{fibre}"
    return fibre
