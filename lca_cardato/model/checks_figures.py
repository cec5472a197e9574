"""Figures of the steps against the ranges of their defaults, and against physics."""

from __future__ import annotations

from typing import Any, Iterator, Optional

import numpy as np

from lca_cardato.inventory.datum import Datum
from lca_cardato.inventory.models import StepDatum
from lca_cardato.model.checks import MEAN_COUNT, Check, Makers, constant, count_key
from lca_cardato.model.ranges import Ends, Values, asked, mixed, range_of, summed
from lca_cardato.model.steps import loss_group
from lca_cardato.model.structure import Line, StepUse, YarnUse
from lca_cardato.model.system import share_key
from lca_cardato.scenario.figure import Figure
from lca_cardato.text.quantity import parse_quantity
from lca_cardato.words.language import Word


class OfFigures(Makers):
    """Makes the checks of the mill's figures, step by step."""

    def all(self) -> Iterator[Check]:
        """Give the checks in the order of the scenario."""
        for yarn in self.model.yarns:
            for line in yarn.lines:
                for use in line.steps:
                    yield from self.step(use, count_key(yarn), line=line)
            for use in yarn.steps:
                yield from self.step(use, count_key(yarn), yarn=yarn)
        for use in [*self.model.fabric_steps, *self.model.packing]:
            yield from self.step(use, MEAN_COUNT)

    def step(
        self, use: StepUse, count: str, line: Optional[Line] = None, yarn: Optional[YarnUse] = None
    ) -> Iterator[Check]:
        """Figures of a step against the ranges of its defaults, or against what any step takes."""
        figures = use.step.figures
        for key in self.own(use.electricity):
            yield from self.figure(use, "electricity", [key], _range(figures.electricity, count))
            yield from self.machine(use, self.model.figures[key], self.paths[key])
        heats = self.own(*use.heat.values())
        if heats:
            known = [range_of(datum, count) for datum in figures.heat]
            ends = self.warmed(use, summed(known)) if known else None
            yield from self.figure(use, "heat", heats, ends)
            for key in heats:
                yield from self.gas(use, self.model.figures[key], self.paths[key])
        for key in self.own(use.water_in):
            yield from self.figure(use, "water_in", [key], _range(figures.water_in, count))
        yield from self.evaporated(use, count)
        for key in self.own(use.loss.get(-1)):
            yield from self.figure(use, "loss", [key], _loss(use, count, line, yarn))
        for key in self.own(use.reclaimed):
            yield from self.figure(use, "reclaimed", [key], _range(use.step.reclaimed, count))
        for name, key in use.chemicals.items():
            if self.own(key):
                datum = next((d for d in use.step.chemicals if d.input == name), None)
                kind = "packaging" if use.step.stage == "packaging" else "chemicals"
                what = self.inventory.datasets[name].name
                yield from self.figure(use, kind, [key], _range(datum, count), what)

    def warmed(self, use: StepUse, ends: Ends) -> Ends:
        """Let the range of a heat reach as far as what warms the water that the step takes in."""
        key = use.water_in
        limits = [limit for _, limit in self.limits.get("warmed_water", ()) if use.id in limit.of]
        if key is None or not limits:
            return ends
        each = max(float(limit.high or 0) for limit in limits)

        def reaching(values: Values) -> tuple[Any, Any]:
            low, high = ends(values)
            return low, np.maximum(high, each * values[key])

        return reaching

    def figure(
        self, use: StepUse, quantity: str, keys: list[str], ends: Optional[Ends], what: Any = None
    ) -> Iterator[Check]:
        """Hold a figure, or the sum of several, against the limits of its kind.

        A limit that is for no step in particular counts where the step has no default.
        """
        uses = frozenset([*keys, *(asked(ends) if ends else ())])
        about = {"step": use.step.name, "figure": what or Word(quantity)}

        def value(values: Values) -> Any:
            return sum((values[key] for key in keys[1:]), values[keys[0]])

        for name, limit in self.limits.get(quantity, ()):
            relative = limit.relative == "yes"
            general = not limit.of and not relative
            if (limit.of and use.id not in limit.of) or (general if ends else relative):
                continue
            yield Check(
                keys[0], self.paths[keys[0]], name, limit, value, ends if relative else None, uses,
                about=about,
            )  # fmt: skip

    def evaporated(self, use: StepUse, count: str) -> Iterator[Check]:
        """Water that comes in and does not go out, where the mill states both."""
        key, out = use.water_evaporated, f"{use.key}.water_out"
        if key is None or not self.own(out):
            return
        self.paths[key] = self.paths[out]
        ends = _range(use.step.figures.water_evaporated, count)
        if ends is not None:
            yield from self.figure(use, "water_evaporated", [key], ends)
        taken = str(use.water_in)

        def share(values: Values) -> Any:
            return values[key] / (values[taken] + 1e-300)

        about = {"step": use.step.name, "figure": Word("water_evaporated")}
        yield from self.absolute(
            "evaporated_share", use.id, self.paths[key], share, (key, taken), key=key, about=about,
            slips=False,
        )  # fmt: skip

    def machine(self, use: StepUse, figure: Figure, path: tuple) -> Iterator[Check]:
        """Power, output and load of a machine."""
        if figure.output is None:
            return
        parts = {
            "power": (float(parse_quantity(figure.value, "kW").amount), "value"),
            "output": (float(figure.output.amount), "output"),
            "load": (1.0 if figure.load is None else float(figure.load), "load"),
        }
        for quantity, (number, part) in parts.items():
            about = {"step": use.step.name, "figure": Word(quantity)}
            yield from self.absolute(
                quantity, use.id, (*path, part), constant(number), about=about,
                key=self.model.bound[path],
            )  # fmt: skip

    def gas(self, use: StepUse, figure: Figure, path: tuple) -> Iterator[Check]:
        """Heating value of gas, on the basis of the lower one."""
        if figure.heating_value is None:
            return
        number = float(figure.heating_value.amount)
        if figure.heating_value_basis == "higher":
            ratio = self.inventory.parameters["lower-to-higher-heating-value"].amount
            number *= float(ratio or 1)
        about = {"step": use.step.name, "figure": Word("heating_value")}
        yield from self.absolute(
            "heating_value", use.id, (*path, "heating_value"), constant(number), about=about,
            key=self.model.bound[path], slips=False,
        )  # fmt: skip


def _range(datum: Optional[StepDatum], count: str) -> Optional[Ends]:
    return None if datum is None else range_of(datum, count)


def _loss(
    use: StepUse, count: str, line: Optional[Line], yarn: Optional[YarnUse]
) -> Optional[Ends]:
    """Range of a loss that the mill states for all fibres together."""
    if use.step.loss is None:
        return None
    special: dict[str, Datum] = use.step.loss.by_fibre
    if line is not None:
        return range_of(special.get(line.entry.fibre, use.step.loss), count)
    if yarn is None:
        return range_of(use.step.loss, count)
    parts = []
    for item in yarn.lines:
        group = loss_group(yarn.lines, item.index, item.entry.fibre, special)
        parts.append((share_key(item), range_of(special.get(group, use.step.loss), count)))
    return mixed(parts)
