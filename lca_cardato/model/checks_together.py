"""Figures of a mill against each other: masses of one year, energy of neighbouring steps."""

from __future__ import annotations

import math
import statistics
from dataclasses import replace
from functools import partial
from typing import Any, Callable, Iterator, Optional

import numpy as np

from lca_cardato.model.checks import CLOSE, Check, Makers, constant, count_key
from lca_cardato.model.ranges import Values, asked, middle_of
from lca_cardato.model.structure import StepUse, YarnUse
from lca_cardato.scenario.figure import Figure

LEAST = 1e-300
"""Added to what is divided by, which an inventory may hold at 0."""


class OfFiguresTogether(Makers):
    """Makes the checks of figures that must fit each other."""

    def all(self) -> Iterator[Check]:
        """Give the checks in the order of the scenario."""
        for yarn in self.model.yarns:
            for line in yarn.lines:
                yield from self.chain(line.steps)
            yield from self.chain(yarn.steps)
            yield from self.energy(yarn)
        yield from self.chain(self.model.fabric_steps)

    # -- masses ------------------------------------------------------------------------------

    def weighed(self, use: StepUse) -> list[tuple[str, Figure]]:
        """Figures of a step that are totals, with the mass of the step."""
        keys = [use.electricity, *use.heat.values(), use.water_in, *use.chemicals.values()]
        figures = [(key, self.model.figures[key]) for key in self.own(*keys)]
        return [(key, figure) for key, figure in figures if figure.for_ is not None]

    def chain(self, steps: list[StepUse]) -> Iterator[Check]:
        """Masses of steps that follow each other at one company in one period."""
        before: Optional[tuple[StepUse, Figure]] = None
        usual = self.usual(steps)
        for use in steps:
            found = self.weighed(use)
            if not found:
                if use.operator != "own" or self.own(*use.figure_keys()):
                    before = None
                continue
            key, first = found[0]
            for other, figure in found[1:]:
                if same_period(first, figure):
                    yield from self.compared(
                        "mass_of_step", other, figure, first, use, use,
                        self.farther(key, first, figure, usual),
                    )  # fmt: skip
            if before is not None and use.operator == before[0].operator == "own":
                if same_period(before[1], first):
                    base = self.weighed(before[0])[0][0]
                    yield from self.compared(
                        "mass_passed", key, first, before[1], use, before[0],
                        self.farther(base, before[1], first, usual),
                    )  # fmt: skip
            before = (use, first)

    def usual(self, steps: list[StepUse]) -> dict[str, float]:
        """Middle mass of the steps of each period, as a logarithm."""
        found: dict[str, list[float]] = {}
        for use in steps:
            for _, figure in self.weighed(use)[:1]:
                found.setdefault(figure.period or "", []).append(math.log(mass(figure)))
        return {period: statistics.median(masses) for period, masses in found.items()}

    def farther(
        self, key: str, base: Figure, figure: Figure, usual: dict[str, float]
    ) -> tuple[tuple[tuple, Callable[[Values], Any]], ...]:
        """Say whether the mass of a figure is farther from the others than one it is held against."""
        middle = usual[base.period or ""]
        one, other = (abs(math.log(mass(item)) - middle) for item in (base, figure))
        outlier = one > other + CLOSE
        return (((*self.paths[key], "for"), lambda values: outlier),)

    def compared(
        self,
        quantity: str,
        key: str,
        figure: Figure,
        base: Figure,
        use: StepUse,
        other: StepUse,
        causes: tuple[tuple[tuple, Callable[[Values], Any]], ...],
    ) -> Iterator[Check]:
        """Hold a mass against another: that of the step before, less the loss, or of the same."""
        ratio = float(mass(figure) / mass(base))
        losses = list(dict.fromkeys(use.loss.values())) if quantity == "mass_passed" else []

        def value(values: Values) -> Any:
            lost: Any = max((values[name] for name in losses), default=0.0)
            return ratio / (1 - lost + LEAST)

        about = {"step": use.step.name, "other": other.step.name}
        yield from self.absolute(
            quantity, use.id, (*self.paths[key], "for"), value if len(losses) == 1 else
            constant(ratio), losses if len(losses) == 1 else (), key=key,
            code=f"question_{quantity}", about=about, slips=False, causes=causes,
        )  # fmt: skip

    # -- energy ------------------------------------------------------------------------------

    def energy(self, yarn: YarnUse) -> Iterator[Check]:
        """Electricity of the steps of a yarn: of neighbours, and of all own ones together."""
        count = count_key(yarn)
        found = []
        for use in yarn.steps:
            datum = use.step.figures.electricity
            for key in self.own(use.electricity):
                if datum is not None:
                    found.append((use, key, middle_of(datum, count)))
        for (use, key, own), (other, base, its) in zip(found[1:], found):

            def ratio(values: Values, key=key, own=own, base=base, its=its) -> Any:  # type: ignore[no-untyped-def]
                here = values[key] / (own(values) + LEAST)
                beside = values[base] / (its(values) + LEAST)
                nothing = ((here == 0) | (beside == 0)) * 1e30  # what is 0 has questions enough
                return (here + nothing) / (beside + nothing)

            def farther(values: Values, key=key, own=own, base=base, its=its) -> Any:  # type: ignore[no-untyped-def]
                one, two = (
                    np.abs(np.log((values[name] + LEAST) / (middle(values) + LEAST)))
                    for name, middle in ((base, its), (key, own))
                )
                return one > two + CLOSE

            about = {"step": use.step.name, "other": other.step.name}
            yield from self.absolute(
                "energy_neighbours", use.id, self.paths[key], ratio,
                {key, base, *asked(own), *asked(its)}, key=key, code="question_energy_neighbours",
                about=about, slips=False, causes=((self.paths[base], farther),),
            )  # fmt: skip
        if len(found) < 3:
            return

        def whole(values: Values, but: str = "") -> Any:
            kept = [(key, middle) for _, key, middle in found if key != but]
            stated = sum(values[key] for key, _ in kept)
            return stated / (sum(middle(values) for _, middle in kept) + LEAST)

        use, key, _ = found[-1]
        uses = {name for _, key, own in found for name in (key, *asked(own))}
        for check in self.absolute(
            "energy_yarn", use.id, self.paths[key], whole, uses, key=key,
            code="question_energy_yarn", slips=False,
            about={"steps": [item.step.name for item, _, _ in found]},
        ):  # fmt: skip

            def alone(values: Values, name: str, check: Check = check) -> Any:
                rest = replace(check, value=lambda values: whole(values, name))
                return np.logical_not(rest.outside(values))

            yield replace(
                check,
                causes=tuple((self.paths[k], partial(alone, name=k)) for _, k, _ in found[:-1]),
            )


def mass(figure: Figure) -> Any:
    """Mass that a total is for, kg."""
    assert figure.for_ is not None
    return figure.for_.amount


def same_period(one: Figure, other: Figure) -> bool:
    """Whether two totals are about the same period, as far as they say."""
    return (one.period or "") == (other.period or "")
