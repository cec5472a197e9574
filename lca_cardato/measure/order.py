"""In which order measures are worth their cost, and whether another set would be better."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Callable, Mapping, Optional, Sequence

from lca_cardato.text.number import largest, nine

Narrowed = Callable[[Sequence[str]], float]
LEAST = 0.01
"""Narrowing below which a further measure is not told: it is noise of the draws."""
STEPS = 12
ENUMERATED = 5


@dataclass(frozen=True)
class Step:
    """A measure in the order.

    Attributes
    ----------
    name : str
    cost : float
        EUR, of it alone.
    narrowed : float
        Part of the width of the interval that goes with it and all before it.
    more : float
        What it adds to those before it.
    spent : float
        EUR, with all before it.
    """

    name: str
    cost: float
    narrowed: float
    more: float
    spent: float


@dataclass(frozen=True)
class Checked:
    """The best set of few measures for what the first ones of the order cost.

    Attributes
    ----------
    budget : float
        EUR.
    greedy, best : float
        Narrowing by the order, and by the best set.
    names : tuple of str
        The best set.
    """

    budget: float
    greedy: float
    best: float
    names: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether the order is as good as the best set, but for noise of the draws."""
        return self.best - self.greedy < LEAST


def greedy(
    narrowed: Narrowed, costs: Mapping[str, float], budget: Optional[float] = None
) -> list[Step]:
    """Take, again and again, the measure that narrows most per euro beside those taken.

    Parameters
    ----------
    narrowed : callable
        Names -> part of the width that goes.
    costs : mapping
        Name -> EUR; one that costs nothing comes first.
    budget : float, optional
        EUR that may be spent.

    Returns
    -------
    list of Step
        At most `STEPS`, while each adds `LEAST` or more. Ties are put in order by name.
    """
    taken: list[Step] = []
    rest = sorted(costs)
    before, spent = 0.0, 0.0
    while rest and len(taken) < STEPS:
        names = [step.name for step in taken]
        found = []
        for name in rest:
            if budget is not None and nine(spent + costs[name]) > nine(budget):
                continue
            more = narrowed([*names, name]) - before
            if more >= LEAST:
                worth = largest(more / costs[name]) if costs[name] else float("-inf")
                found.append((worth, largest(more), name, more))
        if not found:
            break
        _, _, name, more = min(found)
        rest.remove(name)
        before, spent = before + more, spent + costs[name]
        taken.append(Step(name, costs[name], before, more, spent))
    return taken


def enumerated(
    narrowed: Narrowed, costs: Mapping[str, float], steps: Sequence[Step]
) -> list[Checked]:
    """Hold the order against every set of its first five measures.

    Parameters
    ----------
    narrowed : callable
    costs : mapping
    steps : sequence of Step

    Returns
    -------
    list of Checked
        One for what each of the first steps has spent.
    """
    first = list(steps[:ENUMERATED])
    names = [step.name for step in first]
    sets = [some for count in range(len(names) + 1) for some in combinations(names, count)]
    worth = {some: narrowed(some) for some in sets}
    price = {some: sum(costs[name] for name in some) for some in sets}
    found = []
    for step in first:
        within = [some for some in sets if nine(price[some]) <= nine(step.spent)]
        best = min(within, key=lambda some: (largest(worth[some]), nine(price[some]), some))
        found.append(Checked(step.spent, step.narrowed, worth[best], best))
    return found
