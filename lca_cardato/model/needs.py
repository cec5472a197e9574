"""Steps that a product or a material can't do without: none of them can be off.

Which they are is data: `needed` of systems and datasets in the inventories.
"""

from __future__ import annotations

from typing import Iterable, Mapping, Sequence

from lca_cardato.inventory.models import PLIED, Dataset, Need
from lca_cardato.model.context import Context
from lca_cardato.scenario.models import StepEntry
from lca_cardato.sentence import either, say

CURES = say(
    "where another company does it: `operator: contract`; where the material was bought with it "
    "done: `operator: supplier` and the supplier's declaration as `document`"
)


def with_needed(
    defaults: Sequence[str], dataset: Dataset, entries: Mapping[str, StepEntry]
) -> list[str]:
    """Give the default steps of a fibre, less what its dataset holds, plus what it still needs.

    Parameters
    ----------
    defaults : sequence of str
        Steps that the fibre's supply names.
    dataset : Dataset
        What the fibre comes from.
    entries : mapping
        Steps that the scenario names; where one of them answers a need, no default is added.
    """
    names = [name for name in defaults if name not in dataset.passed]
    for need in dataset.needed:
        if not any(name in names or name in entries for name in need.one_of):
            names.append(need.one_of[0])
    return names


def missing(
    needs: Iterable[Need], names: Sequence[str], passed: Sequence[Iterable[str]] = (),
    plied: bool = False,
) -> list[Need]:  # fmt: skip
    """Find the needs that a route does not answer.

    Parameters
    ----------
    needs : iterable of Need
    names : sequence of str
        Steps of the route.
    passed : sequence of iterable
        For each material, the steps that its dataset holds already.
    plied : bool
        Whether the yarn is plied.
    """
    there = {*names, PLIED} if plied else set(names)
    found = []
    for need in needs:
        if need.when and not there.intersection(need.when):
            continue
        done = bool(passed) and all(set(need.one_of).intersection(steps) for steps in passed)
        if not done and not there.intersection(need.one_of):
            found.append(need)
    return found


def report_missing(
    context: Context, needs: Sequence[Need], entries: Mapping[str, StepEntry], path: tuple,
    system: tuple,
) -> None:  # fmt: skip
    """Note each need that is not answered, at the step that is off where there is one.

    Parameters
    ----------
    context : Context
    needs : sequence of Need
        Those that `missing` found.
    entries : mapping
        Steps that the scenario names.
    path, system : tuple
        Where they stand, and where it is said what is made.
    """
    for need in needs:
        off = [name for name in need.one_of if name in entries]
        spot = (*path, off[0], "use") if off else system
        others = [name for name in need.one_of if name not in off]
        cure = say("{cures}; or another step that does it: {others}", cures=CURES, others=others)
        context.problem(
            "E346",
            say(
                "this can't be made without {steps}: {why}",
                steps=either(need.one_of),
                why=need.reason,
            ),
            spot,
            "no" if off else "",
            cure if off and others else CURES,
        )
