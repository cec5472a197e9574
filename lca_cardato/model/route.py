"""Which steps a product goes through, and which it can't: named, needed, unknown, own rework."""

from __future__ import annotations

from fractions import Fraction

from lca_cardato.inventory.kinds import near
from lca_cardato.inventory.models import Need
from lca_cardato.model.context import Context
from lca_cardato.model.needs import report_missing
from lca_cardato.model.structure import Line, StepUse
from lca_cardato.scenario.models import BlendLine, StepEntry
from lca_cardato.sentence import say

LEVELS = {"fibre": say("fibre"), "yarn": say("yarn"), "fabric": say("fabric")}


def needed(
    context: Context, needs: list[Need], entries: dict[str, StepEntry], path: tuple, system: tuple
) -> None:
    """Refuse a product without a step that it needs; from gate to gate it lies outside."""
    if context.scenario.product.boundary == "gate_to_gate":
        context.outside += [context.inventory.steps[need.one_of[0]].name for need in needs]
    else:
        report_missing(context, needs, entries, path, system)


def merge_steps(
    context: Context,
    defaults: list[str],
    entries: dict[str, StepEntry],
    levels: tuple[str, ...],
    known: set[str],
) -> list[str]:
    """Default steps, less those switched off, plus those that the scenario names."""
    names = [n for n in defaults if n not in entries or entries[n].use == "yes"]
    for name, entry in entries.items():
        step = context.inventory.steps.get(name)
        if name in names or entry.use == "no" or step is None or step.level not in levels:
            continue
        if name not in known:
            names.append(name)
    return sorted(names, key=context.inventory.step_rank)


def unknown_step(context: Context, name: str, path: tuple, level: str) -> None:
    """Note a step that is not known, or that belongs elsewhere."""
    valid = {k: s for k, s in context.inventory.steps.items() if s.level == level}
    if name in context.inventory.steps:
        other = context.inventory.steps[name].level
        context.problem(
            "E316",
            say("step belongs to the {other}, not here", other=LEVELS.get(other, other)),
            path,
            name,
        )
    else:
        context.problem("E307", say("step is not known"), path, name, near(name, valid))


def unused_steps(context: Context, known: set[str]) -> None:
    """Report route steps that belong nowhere in this product."""
    for name, entry in context.scenario.route.items():
        if name in known or (entry.use == "no" and name in context.inventory.steps):
            continue
        step = context.inventory.steps.get(name)
        path = ("route", name)
        if step is None:
            context.problem(
                "E307", say("step is not known"), path, name,
                near(name, context.inventory.steps),
            )  # fmt: skip
        elif step.level == "fibre":
            context.problem(
                "E316", say("a step of a fibre stands under `blend: - steps:`"), path, name
            )
        elif context.scenario.yarns and step.level == "yarn":
            context.problem(
                "E316", say("with `yarns`, a yarn step stands in the yarn's `route`"), path
            )
        else:
            context.problem(
                "E316",
                say("step does not belong to a {type}", type=LEVELS[context.scenario.product.type]),
                path,
            )


def rework_line(context: Context, entry: BlendLine, path: tuple) -> None:
    """Refuse what a line of own rework states beside its share: it comes from this mill."""
    for name in ("place", "colour", "dataset", "handling", "steps", "transport", "price"):
        if getattr(entry, name):
            context.problem(
                "E316",
                say("own rework comes from the steps of this yarn and brings nothing of its own"),
                path + (name,),
                hint=say("leave it out; bought waste is recycled_pre_consumer"),
            )


def enough_loss(
    context: Context, rework: Fraction, lines: list[Line], steps: list[StepUse], path: tuple
) -> None:
    """Check that the steps of a yarn lose as much as the mill says it puts back."""
    for line in lines:
        kept = Fraction(1)
        for use in steps:
            key = use.loss.get(line.index, use.loss.get(-1))
            kept *= 1 - context.parameters[key].amount if key else 1
        if rework > 1 - kept:
            context.problem(
                "E310",
                say(
                    "rework is {rework:.4g} % of the mixture, but the steps lose only {loss:.4g} % of "
                    "{fibre}",
                    rework=rework * 100,
                    loss=(1 - kept) * 100,
                    fibre=line.entry.fibre,
                ),
                path,
                hint=say("lower the share of in_process_rework or state the measured losses"),
            )
            return
