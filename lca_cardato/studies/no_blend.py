"""Why no blend holds all limits."""

from __future__ import annotations

import time
from fractions import Fraction
from typing import Sequence

from lca_cardato.errors import InputError, Problem
from lca_cardato.optimise.conflict import smallest_conflict
from lca_cardato.optimise.limits import Limit, bounds_of
from lca_cardato.optimise.search import Search
from lca_cardato.optimise.shape import Shape
from lca_cardato.optimise.specification import Specification
from lca_cardato.sentence import joined, say


class NoBlend(InputError):
    """No blend holds all limits (``E329``).

    Attributes
    ----------
    conflict : list of Limit
        The smallest set that was found to contradict itself.
    """

    conflict: Sequence[Limit] = ()


def no_blend(
    search: Search,
    spec: Specification,
    shape: Shape,
    finished: bool,
    limit: float,
    refused: Sequence[str],
) -> None:
    """Say why there is none.

    Parameters
    ----------
    search : Search
    spec : Specification
    shape : Shape
    finished : bool
        Whether it is proven.
    limit : float
        Seconds that the search had.
    refused : sequence of str
        Why blends that hold all limits are refused as scenarios.

    Raises
    ------
    NoBlend
        Always.
    """
    file = shape.file
    if refused:
        raise NoBlend.one(
            "E329", say("blends that hold all limits are refused as scenarios of their own: {why}",
                        why=joined(refused)), file=file, key="optimise",
            suggestion=say("cure that in the base scenario, or narrow what varies"),
        )  # fmt: skip
    if not finished:
        raise NoBlend.one(
            "E329", say("no blend was found in {seconds:g} s, and none is proven not to be there",
                        seconds=limit), file=file, key="optimise",
            suggestion=say("give it more time: --time-limit"),
        )  # fmt: skip
    search.deadline = time.monotonic() + limit
    choice = next(iter(search.choices))
    names = {line.place: line.name for line in shape.lines}
    bounds = bounds_of(choice, names)
    conflict, smallest = smallest_conflict(search, spec.limits, bounds)
    if not conflict:
        room = choice.whole - sum((c.low for c in choice.columns), Fraction(0))
        raise NoBlend.one(
            "E329",
            say("what is left to share out is {room:.6g} %, no whole number of steps of {step:.6g} %",
                room=room * 100, step=shape.step * 100),
            file=file, key="simplex", suggestion=say("change `step` or the `min` of a line"),
        )  # fmt: skip
    told = [limit.told for limit in conflict]
    keys = [one.key for one in conflict]
    if search.chance is not None:  # they may well hold together as stated
        told.append(search.chance.told)
        keys.append(search.chance.key)
    if len(told) == 1:
        text = say("no blend holds this: {limits}", limits=joined(told))
    elif smallest:
        text = say("no blend holds all of these, the fewest that contradict each other: {limits}",
                   limits=joined(told))  # fmt: skip
    else:
        text = say("no blend holds all of these; without any one of them there is one: {limits}",
                   limits=joined(told))  # fmt: skip
    error = NoBlend([Problem("E329", text, file, key=", ".join(keys),
                             suggestion=say("loosen one of them, or add a fibre"))])  # fmt: skip
    error.conflict = conflict
    raise error
