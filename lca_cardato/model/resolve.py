"""Resolve a scenario against the inventories: which steps, datasets and figures apply."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from fractions import Fraction
from typing import Any, Optional

from lca_cardato.errors import InputError
from lca_cardato.inventory.kinds import near
from lca_cardato.inventory.records import Inventory
from lca_cardato.model.carried import told_source
from lca_cardato.model.context import Context
from lca_cardato.model.contract import electricity_supply
from lca_cardato.model.examine import examine, reason_of
from lca_cardato.model.lots import (
    bare_step,
    bought_line,
    held_to_lots,
    known_steps,
    lot_warnings,
    with_lots,
    worked,
)
from lca_cardato.model.needs import missing, with_needed
from lca_cardato.model.parameters import Parameter
from lca_cardato.model.route import (
    enough_loss,
    merge_steps,
    needed,
    rework_line,
    unknown_step,
    unused_steps,
)
from lca_cardato.model.sourcing import fibre_dataset, legs, supply_of
from lca_cardato.model.steps import StepResolver
from lca_cardato.model.structure import Line, ProductModel, StepUse, YarnUse
from lca_cardato.model.taken_checks import taken_twice, warnings_of
from lca_cardato.model.unread import together, unread
from lca_cardato.scenario.load import LoadedScenario
from lca_cardato.scenario.lots import NamedLot, lot_places
from lca_cardato.scenario.models import BlendLine, StepEntry, Yarn
from lca_cardato.sentence import say


def resolve(loaded: LoadedScenario, inventory: Inventory, examined: bool = True) -> ProductModel:
    """Resolve a scenario.

    Parameters
    ----------
    loaded : LoadedScenario
    inventory : Inventory
    examined : bool
        Whether its figures are held against the limits of the inventory. The same product made in
        another way (from virgin fibre, by another mix) was examined as it stands.

    Returns
    -------
    ProductModel

    Raises
    ------
    InputError
        Every fibre, step, dataset or figure that can't be used, at once; figures that are refused
        unless the mill writes its reason (``E115``, ``E116``).
    """
    inventory = with_lots(inventory, loaded.document.lots)
    resolver = _Resolver(loaded.scenario, loaded.document, inventory, readings=loaded.readings)
    model = resolver.run()
    if resolver.problems:
        raise InputError(together(resolver.problems, unread(loaded.document, inventory)))
    assert model is not None
    model.files, model.varied = loaded.files, loaded.varied
    if loaded.document.cells:
        model.cells = {key: loaded.document.cell(path) for path, key in model.bound.items()}
    if examined:
        model.questions = examine(model, loaded.document, inventory)
        model.parameters.update(_with_reasons(model))
    return model


def _with_reasons(model: ProductModel) -> dict[str, Parameter]:
    """Figures of the scenario that the mill wrote a reason for, with it."""
    return {
        key: replace(model.parameters[key], reason=text)
        for path, key in model.bound.items()
        if (text := reason_of(model, path)) and key in model.parameters
    }


class _Resolver(Context):
    """Walks through a scenario; the steps are resolved by a `StepResolver`."""

    def step(
        self,
        key: str,
        name: str,
        entry: Optional[StepEntry],
        path: tuple,
        *more: Any,
        **options: Any,
    ) -> StepUse:
        """Resolve a step; the figures of one that a contract processor did stand in its sheet."""
        if entry is not None and entry.lot is not None:
            return worked(self, key, name, entry, path, *more[:3])
        return StepResolver(self).step(key, name, entry, path, *more, **options)

    def run(self) -> Optional[ProductModel]:
        scenario = self.scenario
        several = bool(scenario.yarns)
        yarns = [
            self.made_yarn(yarn, ("yarns", index) if several else (), several)
            for index, yarn in enumerate(scenario.all_yarns())
        ]
        known = {use.id for yarn in yarns for use in yarn.steps}
        fabric: list[StepUse] = []
        packing_system = "packed-yarn"
        mean_nm = 1 / sum((y.share / y.count.resultant_nm for y in yarns), Fraction(0))
        if scenario.product.type == "fabric":
            packing_system = "packed-fabric"
            system = self.inventory.systems[str(scenario.product.construction)]
            wanted = merge_steps(self, list(system.steps), scenario.route, ("fabric",), known)
            made = ("product", "construction")
            needed(self, missing(system.needed, wanted), scenario.route, ("route",), made)
            fabric = [
                self.step(f"fabric/{i}", i, scenario.route.get(i), ("route", i), mean_nm, None)
                for i in wanted
            ]
            if not fabric and not self.problems:
                self.problem(
                    "E316", say("every step of the fabric is off, so no fabric is made"), ("route",),
                    hint=say("leave one step of the fabric in, or describe a yarn"),
                )  # fmt: skip
        known |= {use.id for use in fabric}
        packing = [
            self.step(f"pack/{i}", i, scenario.route.get(i), ("route", i), mean_nm, None)
            for i in self.inventory.systems[packing_system].steps
            if scenario.route.get(i) is None or scenario.route[i].use == "yes"
        ]
        known |= {use.id for use in packing}
        self.packaging(packing)
        own = {use.id for use in [*fabric, *packing]}
        unused_steps(self, own if several else known)  # of several yarns each has its own steps
        grid, electricity = electricity_supply(self, scenario.electricity, ("electricity",))
        self.municipalities()
        taken_twice(self)
        if self.problems:
            return None
        self.warnings += warnings_of(self.readings, self.derivations)
        self.warnings += lot_warnings(self.document.lots)
        found = ProductModel(
            scenario, yarns, fabric, packing, self.parameters, electricity, grid, self.warnings,
            self.bound, self.derived, self.formulas, self.figures, outside=self.outside,
            readings=self.readings, derivations=self.derivations, lots=self.document.lots,
        )  # fmt: skip
        if found.lots:
            places = {typed: path for path, typed, _ in lot_places(self.document.data)}
            held_to_lots(self, found, places)
        return found

    # -- yarns and fibres ------------------------------------------------------------------

    def made_yarn(self, yarn: Yarn, path: tuple, several: bool) -> YarnUse:
        """Resolve a yarn by the company and the electricity of the mill that spun it."""
        source = yarn.yarn
        if yarn.lot is not None:
            return self.bought(yarn, path)
        if source is None:
            return self.yarn(yarn, path, several)
        self.maker = source.company
        made = self.yarn(yarn, path, several)
        self.maker = None
        if source.electricity is not None:
            place = (*path, "yarn", "electricity")
            grid, parts = electricity_supply(self, source.electricity, place, yarn.name)
            for use in [*made.steps, *(use for line in made.lines for use in line.steps)]:
                use.grid, use.contract = grid, parts
        self.warnings += told_source(source, self.inventory.digest, bool(self.document.kept))
        return made

    def bought(self, yarn: Yarn, path: tuple) -> YarnUse:
        """Resolve a yarn that is bought with its lot sheet."""
        typed = str(yarn.lot)
        found: NamedLot = self.document.lots[typed]
        combed = yarn.system == "worsted"
        lines = [
            bought_line(self, f"{yarn.name}/{i}", i, line, (*path, "blend", i), found, combed)
            for i, line in enumerate(yarn.blend)
        ]
        names = known_steps(self, yarn.route, (*path, "route"), ("yarn",))
        steps = [bare_step(self, f"{yarn.name}/{n}", n, yarn.route[n]) for n in names]
        return YarnUse(
            name=yarn.name, share=yarn.share, count=yarn.count, system=yarn.system,
            carded=self.inventory.systems[yarn.system].carded == "yes",
            lines=[line for line in lines if line is not None],
            shares=[line.share for line in yarn.blend], rework=None, steps=steps, lot=typed,
        )  # fmt: skip

    def yarn(self, yarn: Yarn, path: tuple, several: bool) -> YarnUse:
        system = self.inventory.systems[yarn.system]
        fresh = [b for b in yarn.blend if b.origin != "in_process_rework"]
        whole = sum((b.share for b in fresh), Fraction(0))
        rework = 1 - whole if len(fresh) < len(yarn.blend) else None
        for index, entry in enumerate(yarn.blend):
            if entry.origin == "in_process_rework":
                rework_line(self, entry, path + ("blend", index))
        lines = [
            self.line(f"{yarn.name}/{index}", position, entry, path + ("blend", index), yarn)
            for position, (index, entry) in enumerate(
                (i, b) for i, b in enumerate(yarn.blend) if b.origin != "in_process_rework"
            )
        ]
        names = list(system.steps)
        if yarn.count.read:
            self.warnings.append(
                ("count_turned", {"typed": yarn.count.text, "read": yarn.count.read})
            )
        if yarn.count.plies > 1 and system.plied:
            names += system.plied
        entries = dict(yarn.route)
        if not several:
            entries = {**self.scenario.route, **entries}
        route_path = path + ("route",)
        wanted = merge_steps(self, names, entries, ("yarn",), set())
        if "spinning-mule" in wanted and "spinning-mule" in entries:
            wanted = [w for w in wanted if w != "spinning-ring"]
            ring = entries.get("spinning-ring")
            if ring is not None and ring.use == "yes":
                self.problem(
                    "E316", say("a yarn is spun on one machine, and `spinning-mule` is named too"),
                    (route_path if several else ("route",)) + ("spinning-ring",),
                    hint=say("name the one that spins it"),
                )  # fmt: skip
        passed = [self.inventory.datasets[line.dataset].passed for line in lines]
        needed(
            self, missing(system.needed, wanted, passed, yarn.count.plies > 1), entries,
            route_path if several else ("route",),
            (*path, "system") if several else ("product", "system"),
        )  # fmt: skip
        steps = [
            self.step(
                f"{yarn.name}/{i}", i, entries.get(i), route_path + (i,), yarn.count.nm, lines
            )
            for i in wanted
        ]
        if several:
            for name in yarn.route:
                if name not in wanted and name not in names:
                    unknown_step(self, name, route_path + (name,), "yarn")
        if rework:
            enough_loss(self, rework, lines, steps, path + ("blend",))
            for name in wanted:
                stated = entries.get(name)
                if stated is not None and stated.reclaimed is not None:
                    self.problem(
                        "E316",
                        say(
                            "the mixture states its rework (in_process_rework), which says how much of the "
                            "losses goes back"
                        ),
                        (route_path if several else ("route",)) + (name, "reclaimed"),
                        stated.reclaimed.value,
                        say("state one of the two"),
                    )
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
            self.problem(
                "E307", say("fibre is not known"), path + ("fibre",), entry.fibre,
                near(entry.fibre, self.inventory.fibres),
            )  # fmt: skip
            fibre = next(iter(self.inventory.fibres.values()))
        supply = supply_of(self, entry, fibre, path)
        dataset = fibre_dataset(self, entry, supply, path)
        virgin = fibre.supplies.get("virgin")
        colour = entry.colour or supply.colour
        if colour == "shade_sorted" and entry.origin == "virgin":
            self.problem(
                "E316", say("virgin fibre can't be shade-sorted"), path + ("colour",), colour,
                say("use undyed, to_dye or bought_dyed"),
            )  # fmt: skip
        record = self.inventory.datasets[dataset]
        defaults = with_needed(supply.steps, record, entry.steps)
        names = merge_steps(self, defaults, entry.steps, ("fibre",), set())
        if self.scenario.product.boundary != "gate_to_gate":
            needed(self, missing(record.needed, names), entry.steps, path + ("steps",), path)
        if colour in ("to_dye", "bought_dyed") and fibre.dyeing:
            stated = entry.steps.get(fibre.dyeing)
            if stated is not None and stated.use == "no":
                self.problem(
                    "E316",
                    say("the dyeing is off, but the colour is {colour}", colour=colour),
                    path + ("steps", fibre.dyeing, "use"),
                    "no",
                    say(
                        "dyed before it was bought: colour: bought_dyed; not as fibre: colour: undyed, "
                        "and dyeing-yarn or dyeing-piece in the route"
                    ),
                )
            elif fibre.dyeing not in names:
                names = sorted([*names, fibre.dyeing], key=self.inventory.step_rank)
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
                        municipality=None if colour == "bought_dyed" else self.home,
                    )
            steps.append(
                self.step(
                    f"{key}/{name}", name, item, path + ("steps", name), yarn.count.nm, None,
                    entry.fibre, declared=name in entry.steps,
                )
            )  # fmt: skip
        for name in entry.steps:
            if name not in names and entry.steps[name].use == "yes":
                outside = self.scenario.product.boundary == "gate_to_gate"
                known = self.inventory.steps.get(name)
                if outside and known is not None and known.level == "fibre":
                    self.problem(
                        "E316", say("from gate to gate, a step that another company does lies outside"),
                        path + ("steps", name), entry.steps[name].operator,
                        say("leave it out, or state operator: own"),
                    )  # fmt: skip
                    continue
                unknown_step(self, name, path + ("steps", name), "fibre")
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
            legs=legs(self, key, entry, supply, path),
        )

    # -- the rest --------------------------------------------------------------------------

    def packaging(self, packing: list[StepUse]) -> None:
        own = self.scenario.packaging
        if not own or not packing:
            if own:
                self.problem(
                    "E316", say("packaging is given but the packing step is off"), ("packaging",)
                )
            return
        use = packing[0]
        stated = self.scenario.route.get(use.id)
        if stated is not None and stated.chemicals:
            self.problem(
                "E316", say("`packaging` says what the product is packed in, so the step can't"),
                ("route", use.id, "chemicals"), hint=say("move these amounts to `packaging`"),
            )  # fmt: skip
        for key in use.chemicals.values():
            self.parameters.pop(key, None)
        use.chemicals = {}
        for name, figure in own.items():
            path = ("packaging", name)
            if not self.of_kind(name, "packaging", path):
                continue
            key = f"{use.key}.chemicals.{name}"
            parameter = self.own(key, "packaging", figure, path)
            if parameter is not None:
                self.parameters[key] = parameter
                use.chemicals[name] = key

    def municipalities(self) -> None:
        """Warn about municipalities that the list does not hold (the district can't be told)."""
        entries = [(("route", n), e) for n, e in self.scenario.route.items()]
        names = {e.municipality for _, e in entries if e.municipality}
        names |= {one.municipality for one in self.scenario.companies() if one.municipality}
        for name in sorted(names):
            if self.inventory.municipality_named(name) is None:
                for like in get_close_matches(name, list(self.inventory.municipalities), n=1) or [
                    ""
                ]:
                    key = "municipality_near" if like else "municipality_unknown"
                    self.warnings.append((key, {"name": name, "nearest": like}))
