"""Resolve a scenario against the inventories: which steps, datasets and figures apply."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any, Optional, Union

from lca_cardato.errors import InputError, Problem, nearest
from lca_cardato.inventory.load import Inventory
from lca_cardato.inventory.models import Datum, Fibre, Step, StepDatum, Supply
from lca_cardato.model.figures import figure_parameter
from lca_cardato.model.formulas import evaluate, within_validity
from lca_cardato.model.parameters import Parameter, from_datum
from lca_cardato.model.structure import Line, ProductModel, StepUse, YarnUse
from lca_cardato.scenario.load import LoadedScenario
from lca_cardato.scenario.models import BlendLine, Figure, StepEntry, Yarn
from lca_cardato.text.quantity import QuantityError, conversion_factor

GRID = "electricity-it-mv"
PHOTOVOLTAIC = "electricity-photovoltaic-own"


def resolve(loaded: LoadedScenario, inventory: Inventory) -> ProductModel:
    """Resolve a scenario.

    Parameters
    ----------
    loaded : LoadedScenario
    inventory : Inventory

    Returns
    -------
    ProductModel

    Raises
    ------
    InputError
        Every fibre, step, dataset or figure that can't be used, at once.
    """
    resolver = _Resolver(loaded, inventory)
    model = resolver.run()
    if resolver.problems:
        raise InputError(resolver.problems)
    assert model is not None
    return model


class _Resolver:
    """Collects parameters, warnings and problems on the way through a scenario."""

    def __init__(self, loaded: LoadedScenario, inventory: Inventory) -> None:
        self.scenario = loaded.scenario
        self.document = loaded.document
        self.inventory = inventory
        self.parameters: dict[str, Parameter] = {}
        self.problems: list[Problem] = []
        self.warnings: list[tuple[str, dict[str, str]]] = []
        gas = inventory.parameters.get("lower-to-higher-heating-value")
        self.lower_to_higher = gas.amount if gas and gas.amount else Fraction(9, 10)

    def run(self) -> Optional[ProductModel]:
        scenario = self.scenario
        several = bool(scenario.yarns)
        yarns = [
            self.yarn(yarn, ("yarns", index) if several else (), several)
            for index, yarn in enumerate(scenario.all_yarns())
        ]
        known = {use.id for yarn in yarns for use in yarn.steps}
        fabric: list[StepUse] = []
        packing_system = "packed-yarn"
        mean_nm = 1 / sum(
            (y.share / y.count.resultant_nm for y in yarns), Fraction(0)
        )
        if scenario.product.type == "fabric":
            packing_system = "packed-fabric"
            system = self.inventory.systems[str(scenario.product.construction)]
            wanted = self.merge_steps(list(system.steps), scenario.route, ("fabric",), known)
            fabric = [
                self.step(f"fabric/{i}", i, scenario.route.get(i), ("route", i), mean_nm, None)
                for i in wanted
            ]
        known |= {use.id for use in fabric}
        packing = [
            self.step(f"pack/{i}", i, scenario.route.get(i), ("route", i), mean_nm, None)
            for i in self.inventory.systems[packing_system].steps
            if scenario.route.get(i) is None or scenario.route[i].use == "yes"
        ]
        known |= {use.id for use in packing}
        self.packaging(packing)
        self.unused_steps(known)
        electricity = self.electricity()
        self.municipalities()
        if self.problems:
            return None
        return ProductModel(
            scenario, yarns, fabric, packing, self.parameters, electricity, GRID, self.warnings
        )

    def problem(
        self, code: str, message: str, path: tuple, value: str = "", hint: str = ""
    ) -> None:
        self.problems.append(self.document.problem(code, message, path, value, hint))

    # -- yarns and fibres ------------------------------------------------------------------

    def yarn(self, yarn: Yarn, path: tuple, several: bool) -> YarnUse:
        system = self.inventory.systems[yarn.system]
        fresh = [b for b in yarn.blend if b.origin != "in_process_rework"]
        whole = sum((b.share for b in fresh), Fraction(0))
        rework = 1 - whole if len(fresh) < len(yarn.blend) else None
        lines = [
            self.line(f"{yarn.name}/{index}", position, entry, path + ("blend", index), yarn)
            for position, (index, entry) in enumerate(
                (i, b) for i, b in enumerate(yarn.blend) if b.origin != "in_process_rework"
            )
        ]
        names = list(system.steps)
        if yarn.count.plies > 1 and system.plied:
            names += system.plied
        entries = dict(yarn.route)
        if not several:
            entries = {**self.scenario.route, **entries}
        route_path = path + ("route",)
        wanted = self.merge_steps(names, entries, ("yarn",), set())
        if "spinning-mule" in wanted and "spinning-mule" in entries:
            wanted = [w for w in wanted if w != "spinning-ring"]
        steps = [
            self.step(
                f"{yarn.name}/{i}", i, entries.get(i), route_path + (i,), yarn.count.nm, lines
            )
            for i in wanted
        ]
        if several:
            for name in yarn.route:
                if name not in wanted and not (name in names):
                    self.unknown_step(name, route_path + (name,), "yarn")
        return YarnUse(
            name=yarn.name,
            share=yarn.share,
            count=yarn.count,
            system=yarn.system,
            carded=system.carded == "yes",
            lines=lines,
            shares=[b.share / whole for b in fresh],
            rework=rework,
            steps=steps,
        )

    def line(self, key: str, position: int, entry: BlendLine, path: tuple, yarn: Yarn) -> Line:
        fibre = self.inventory.fibres.get(entry.fibre)
        if fibre is None:
            names = list(self.inventory.fibres)
            self.problem(
                "E307", "fibre is not known", path + ("fibre",), entry.fibre,
                nearest(entry.fibre, names),
            )  # fmt: skip
            fibre = next(iter(self.inventory.fibres.values()))
        supply = self.supply(entry, fibre, path)
        dataset = self.fibre_dataset(entry, supply, path)
        virgin = fibre.supplies.get("virgin")
        colour = entry.colour or supply.colour
        if colour == "shade_sorted" and entry.origin == "virgin":
            self.problem(
                "E316", "virgin fibre can't be shade-sorted", path + ("colour",), colour,
                "use undyed, to_dye or bought_dyed",
            )  # fmt: skip
        names = self.merge_steps(list(supply.steps), entry.steps, ("fibre",), set())
        if colour in ("to_dye", "bought_dyed") and fibre.dyeing:
            if fibre.dyeing not in names:
                names.append(fibre.dyeing)
        if self.scenario.product.boundary == "gate_to_gate":
            names = [n for n in names if n in entry.steps and entry.steps[n].operator == "own"]
        steps = []
        for name in names:
            item = entry.steps.get(name)
            if item is None and name not in entry.steps:
                item = StepEntry(operator="contract") if name != fibre.dyeing else None
                if name == fibre.dyeing:
                    item = StepEntry(
                        operator="contract",
                        municipality=None if colour == "bought_dyed" else self.home(),
                    )
            steps.append(
                self.step(
                    f"{key}/{name}", name, item, path + ("steps", name), yarn.count.nm, None,
                    entry.fibre, declared=name in entry.steps,
                )
            )  # fmt: skip
        for name in entry.steps:
            if name not in names and entry.steps[name].use == "yes":
                self.unknown_step(name, path + ("steps", name), "fibre")
        combed = yarn.system == "worsted"
        regain = fibre.regain.combed if combed and fibre.regain.combed else fibre.regain.carded
        return Line(
            key=key,
            index=position,
            entry=entry,
            fibre=fibre,
            supply=supply,
            dataset=dataset,
            virgin_dataset=virgin.dataset if virgin else None,
            colour=colour,
            regain=Fraction(regain),
            steps=steps,
            legs=self.legs(key, entry, supply, path),
        )

    def supply(self, entry: BlendLine, fibre: Fibre, path: tuple) -> Supply:
        origin = "virgin" if entry.origin == "undeclared" else entry.origin
        if entry.origin == "undeclared":
            self.warnings.append(("origin_undeclared", {"fibre": entry.fibre}))
        found = fibre.supplies.get(origin)
        if found is None:
            if entry.dataset and entry.dataset in self.inventory.datasets:
                return Supply(dataset=entry.dataset)
            self.problem(
                "E307", f"no supply of {entry.fibre} with origin {origin}", path + ("origin",),
                entry.origin, "known: " + ", ".join(fibre.supplies) + "; or name a `dataset`",
            )  # fmt: skip
            found = next(iter(fibre.supplies.values()))
        return found

    def fibre_dataset(self, entry: BlendLine, supply: Supply, path: tuple) -> str:
        if entry.dataset is not None:
            if entry.dataset not in self.inventory.datasets:
                self.problem(
                    "E307", "dataset is not in the inventories", path + ("dataset",),
                    entry.dataset, nearest(entry.dataset, list(self.inventory.datasets)),
                )  # fmt: skip
            elif self.inventory.datasets[entry.dataset].product.unit != "kg":
                self.problem(
                    "E308", "a fibre dataset must be per kg", path + ("dataset",), entry.dataset
                )
            return entry.dataset
        if entry.handling is not None:
            chosen = supply.handling.get(entry.handling)
            if chosen is None:
                self.problem(
                    "E307", "no dataset for this co-product handling", path + ("handling",),
                    entry.handling, "known: " + (", ".join(supply.handling) or "none"),
                )  # fmt: skip
                return supply.dataset
            return chosen
        return supply.dataset

    def legs(
        self, key: str, entry: BlendLine, supply: Supply, path: tuple
    ) -> list[tuple[str, str]]:
        modes = self.inventory.transport_modes
        result = []
        if entry.transport is not None:
            for index, leg in enumerate(entry.transport):
                name = f"{key}.transport.{index}"
                line = self.document.position(path + ("transport", index))[0]
                self.parameters[name] = Parameter(
                    name, leg.distance.amount, "km", "supplier", "scenario",
                    file=self.document.name, line=line,
                )  # fmt: skip
                result.append((modes[leg.mode], name))
            return result
        wanted = entry.place or supply.place
        if wanted is None:
            return []
        found = self.inventory.place_named(wanted)
        if found is None and self.inventory.municipality_named(wanted):
            found = self.inventory.place_named("tuscany")
        if found is None:
            names = [n for p in self.inventory.places.values() for n in p.names]
            self.problem(
                "E307", "place is not known; give `transport` (mode, distance)",
                path + ("place",), wanted, nearest(wanted, names),
            )  # fmt: skip
            return []
        for index, stage in enumerate(found[1].legs):
            name = f"{key}.transport.{index}"
            spread = {"distribution": "triangular", "min": str(stage.min), "max": str(stage.max)}
            where = self.inventory.where[("places", found[0])]
            datum = Datum.model_validate(
                {
                    "amount": str(stage.km), "unit": "km", "source": stage.source, "at": stage.at,
                    "year": 2025, "geography": found[1].country, "class": stage.class_,
                    "reason": stage.reason, "uncertainty": spread,
                }
            )  # fmt: skip
            self.parameters[name] = from_datum(name, datum, where)
            result.append((modes[stage.mode], name))
        return result

    # -- steps -----------------------------------------------------------------------------

    def merge_steps(
        self,
        defaults: list[str],
        entries: dict[str, StepEntry],
        levels: tuple[str, ...],
        known: set[str],
    ) -> list[str]:
        """Default steps, less those switched off, plus those that the scenario names."""
        names = [n for n in defaults if n not in entries or entries[n].use == "yes"]
        order = list(self.inventory.steps)
        for name, entry in entries.items():
            step = self.inventory.steps.get(name)
            if name in names or entry.use == "no" or step is None or step.level not in levels:
                continue
            if name in known:
                continue
            rank = order.index(name)
            at = sum(1 for n in names if order.index(n) < rank)
            names.insert(at, name)
        return names

    def unknown_step(self, name: str, path: tuple, level: str) -> None:
        valid = [k for k, s in self.inventory.steps.items() if s.level == level]
        if name in self.inventory.steps:
            other = self.inventory.steps[name].level
            self.problem("E316", f"step belongs to the {other}, not here", path, name)
        else:
            self.problem("E307", "step is not known", path, name, nearest(name, valid))

    def unused_steps(self, known: set[str]) -> None:
        """Report route steps that belong nowhere in this product."""
        for name, entry in self.scenario.route.items():
            if name in known or (entry.use == "no" and name in self.inventory.steps):
                continue
            step = self.inventory.steps.get(name)
            path = ("route", name)
            if step is None:
                self.problem(
                    "E307", "step is not known", path, name,
                    nearest(name, list(self.inventory.steps)),
                )  # fmt: skip
            elif step.level == "fibre":
                self.problem(
                    "E316", "a step of a fibre stands under `blend: - steps:`", path, name
                )
            elif self.scenario.yarns and step.level == "yarn":
                self.problem("E316", "with `yarns`, a yarn step stands in the yarn's `route`", path)
            else:
                self.problem("E316", f"step does not belong to a {self.scenario.product.type}", path)

    def home(self) -> Optional[str]:
        return self.scenario.company.municipality

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
        step = self.inventory.steps[name]
        where = self.inventory.where[("steps", name)]
        item = entry or StepEntry()
        home = self.home() if fibre == "" or declared else None
        use = StepUse(
            key=key,
            id=name,
            step=step,
            municipality=item.municipality or (home if item.operator == "own" else None),
            operator=item.operator,
            company=item.company,
            declared=entry is not None if declared is None else declared,
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
            if chemical not in self.inventory.datasets:
                self.problem(
                    "E307", "dataset is not in the inventories", path + ("chemicals", chemical),
                    chemical, nearest(chemical, list(self.inventory.datasets)),
                )  # fmt: skip
                continue
            found = self.figure(
                use, "chemicals", figure, None, path + ("chemicals", chemical), where, nm,
                suffix=chemical,
            )  # fmt: skip
            if found:
                use.chemicals[chemical] = found
        for index, datum in enumerate(step.emissions):
            name_ = f"{key}.emissions.{index}"
            self.parameters[name_] = from_datum(name_, datum, where)
            from lca_cardato.inventory.models import normal_compartment

            use.emissions.append(
                ((str(datum.emission), normal_compartment(datum.compartment)), name_)
            )
        if use.operator == "contract" and step.level != "any":
            name_ = f"{key}.transport"
            datum_ = self.inventory.parameters["contract-transport"]
            spot = self.inventory.where[("parameters", "contract-transport")]
            self.parameters[name_] = from_datum(name_, datum_, spot)
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
            parameter = self.own(key, kind, own, full)
            if parameter is None:
                return None
            self.parameters[key] = parameter
            return key
        if default is None:
            return None
        parameter = self.default(key, default, where, nm)
        if default.per == "input":
            use.per_input.add(key)
        self.parameters[key] = parameter
        return key

    def own(self, key: str, kind: str, figure: Figure, path: tuple) -> Optional[Parameter]:
        line = self.document.position(path)[0]
        try:
            return figure_parameter(
                key, kind, figure, self.document.name, line, self.lower_to_higher
            )
        except QuantityError as error:
            spot = path + ("value",) if path + ("value",) in self.document.positions else path
            self.problem(error.code, str(error), spot, figure.value, error.suggestion)
            return None

    def default(
        self, key: str, datum: Union[Datum, StepDatum], where: tuple[str, int], nm: Fraction
    ) -> Parameter:
        target = {"kWh/kg": "kWh/kg", "MJ/kg": "MJ/kg"}.get(datum.unit, "")
        amount = datum.amount
        if datum.formula is not None:
            values = {k: float(v) for k, v in datum.formula.parameters.items()}
            result = evaluate(datum.formula.name, values, float(nm), datum.formula.outside)
            amount = Fraction(repr(float(result)))
            if not within_validity(values, float(nm)):
                self.warnings.append(
                    ("formula_outside", {"key": key, "valid": datum.formula.valid or ""})
                )
        parameter = from_datum(key, datum, where, amount)
        unit = parameter.unit
        if unit == "%":
            return replace(parameter, amount=parameter.amount / 100)
        wanted = target or ("L/kg" if unit.startswith(("L", "l", "m3")) else unit)
        if "kg/kg" not in unit and unit in ("g/kg", "kg/t"):
            wanted = "kg/kg"
        if wanted != unit:
            factor = conversion_factor(unit, wanted)
            parameter = replace(parameter, amount=parameter.amount * factor, unit=wanted)
        return parameter

    def heat(
        self, use: StepUse, item: StepEntry, step: Step, path: tuple, where: Any, nm: Fraction
    ) -> None:
        if item.heat:
            for index, figure in enumerate(item.heat):
                carrier = figure.carrier or "natural_gas"
                spot = path + ("heat",)
                if spot + (index,) in self.document.positions:
                    spot += (index,)
                key = f"{use.key}.heat.{carrier}"
                parameter = self.own(key, "heat", figure, spot)
                if parameter is not None:
                    self.parameters[key] = parameter
                    use.heat[carrier] = key
            return
        for datum in step.figures.heat:
            carrier = datum.carrier or "natural_gas"
            key = f"{use.key}.heat.{carrier}"
            self.parameters[key] = self.default(key, datum, where, nm)
            if datum.per == "input":
                use.per_input.add(key)
            use.heat[carrier] = key

    def water(
        self, use: StepUse, item: StepEntry, step: Step, path: tuple, where: Any, nm: Fraction
    ) -> None:
        template = step.figures.water_in
        use.water_in = self.figure(use, "water_in", item.water_in, template, path, where, nm)
        if use.water_in is None:
            return
        if item.water_in is not None and item.water_in.supply:
            use.water_supply = item.water_in.supply
        elif template is not None and template.supply:
            use.water_supply = template.supply
        if use.water_supply not in self.inventory.datasets:
            self.problem(
                "E307", "dataset of the water supply is not known", path + ("water_in",),
                use.water_supply, nearest(use.water_supply, list(self.inventory.datasets)),
            )  # fmt: skip
        key = f"{use.key}.water_evaporated"
        taken = self.parameters[use.water_in]
        if item.water_out is not None:
            out = self.own(f"{use.key}.water_out", "water_out", item.water_out, path + ("water_out",))
            if out is None:
                return
            if out.amount > taken.amount:
                self.problem(
                    "E310", "more water out than in", path + ("water_out",), item.water_out.value
                )
                return
            self.parameters[key] = replace(out, key=key, amount=taken.amount - out.amount)
        elif item.water_in is None and step.figures.water_evaporated is not None:
            self.parameters[key] = self.default(key, step.figures.water_evaporated, where, nm)
            if step.figures.water_evaporated.per == "input":
                use.per_input.add(key)
        else:
            evaporated, template_in = step.figures.water_evaporated, template
            if evaporated and template_in and evaporated.amount and template_in.amount:
                share = min(Fraction(1), evaporated.amount / template_in.amount)
                base = from_datum(key, evaporated, where)
            else:
                datum = self.inventory.parameters["evaporated-share"]
                share = datum.amount or Fraction(1, 10)
                spot = self.inventory.where[("parameters", "evaporated-share")]
                base = from_datum(key, datum, spot)
            self.parameters[key] = replace(
                base, amount=taken.amount * share, unit="L/kg", uncertainty=None
            )
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
        common = f"{use.key}.loss"
        if item.loss is not None:
            parameter = self.own(common, "loss", item.loss, path + ("loss",))
            if parameter is not None:
                if parameter.amount >= 1:
                    self.problem(
                        "E303", "a step can't lose all that enters it", path + ("loss",),
                        item.loss.value,
                    )  # fmt: skip
                    return
                self.parameters[common] = parameter
                use.loss[-1] = common
        elif step.loss is not None:
            wanted = {-1: fibre} if fibre else {}
            wanted |= {line.index: line.entry.fibre for line in lines or []}
            special = step.loss.by_fibre
            for index, name in wanted.items():
                datum = special.get(loss_group(lines, index, name, special))
                if datum is not None:
                    key = f"{common}.{name}" if index < 0 else f"{common}.{index}"
                    self.parameters[key] = self.default(key, datum, where, nm)
                    use.loss[index] = key
            if -1 not in use.loss:
                self.parameters[common] = self.default(common, step.loss, where, nm)
                use.loss[-1] = common
        if use.loss and (item.reclaimed is not None or step.reclaimed is not None):
            use.reclaimed = self.figure(
                use, "reclaimed", item.reclaimed, step.reclaimed, path, where, nm
            )

    # -- the rest --------------------------------------------------------------------------

    def packaging(self, packing: list[StepUse]) -> None:
        own = self.scenario.packaging
        if not own or not packing:
            if own:
                self.problem("E316", "packaging is given but the packing step is off", ("packaging",))
            return
        use = packing[0]
        for key in use.chemicals.values():
            self.parameters.pop(key, None)
        use.chemicals = {}
        for name, figure in own.items():
            path = ("packaging", name)
            if name not in self.inventory.datasets:
                self.problem(
                    "E307", "dataset is not in the inventories", path, name,
                    nearest(name, list(self.inventory.datasets)),
                )  # fmt: skip
                continue
            key = f"{use.key}.chemicals.{name}"
            parameter = self.own(key, "packaging", figure, path)
            if parameter is not None:
                self.parameters[key] = parameter
                use.chemicals[name] = key

    def electricity(self) -> list[tuple[str, str]]:
        contract = self.scenario.electricity
        path = ("electricity",)
        dataset = contract.dataset
        if contract.contract == "grid":
            if dataset is not None:
                self.problem(
                    "E316", "with contract `grid` no dataset is given", path + ("dataset",), dataset
                )
            dataset = GRID
        elif dataset is None:
            self.problem("E213", "this contract needs `electricity.dataset`", path)
            dataset = GRID
        elif dataset not in self.inventory.datasets:
            self.problem(
                "E307", "dataset is not in the inventories", path + ("dataset",), dataset,
                nearest(dataset, [d for d in self.inventory.datasets if "electricity" in d]),
            )  # fmt: skip
        elif self.inventory.datasets[dataset].product.unit != "kWh":
            self.problem("E308", "an electricity dataset is per kWh", path + ("dataset",), dataset)
        if contract.contract == "guarantees_of_origin" and not contract.document:
            self.warnings.append(("guarantee_without_document", {}))
        share = Fraction(contract.photovoltaic)
        result = []
        line = self.document.position(path)[0]
        for name, part in ((dataset, 1 - share), (PHOTOVOLTAIC, share)):
            if part:
                key = f"electricity.{name}"
                self.parameters[key] = Parameter(
                    key, part, "kWh/kWh", contract.class_, "scenario",
                    document=contract.document or "", file=self.document.name, line=line,
                )  # fmt: skip
                result.append((name, key))
        return result

    def municipalities(self) -> None:
        """Warn about municipalities that the list does not hold (the district can't be told)."""
        entries = [(("route", n), e) for n, e in self.scenario.route.items()]
        names = {e.municipality for _, e in entries if e.municipality}
        if self.scenario.company.municipality:
            names.add(self.scenario.company.municipality)
        for name in sorted(names):
            if self.inventory.municipality_named(name) is None:
                hint = nearest(name, list(self.inventory.municipalities))
                hint = hint if hint.startswith("did") else ""
                self.warnings.append(("municipality_unknown", {"name": name, "hint": hint}))


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
