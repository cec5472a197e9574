"""Why there is no blend: the smallest set of limits that contradict each other."""

from __future__ import annotations

import itertools
import math
import time
from typing import Sequence

from lca_cardato.optimise.limits import Bound, Limit
from lca_cardato.optimise.search import Search, loosened_by

MOST_SETS = 400
"""Smaller sets that are tried after deletion filtering."""


def smallest_conflict(
    search: Search, limits: Sequence[Limit], bounds: Sequence[Bound]
) -> tuple[list[Limit], bool]:
    """Find the smallest set of limits that no blend holds together.

    Parameters
    ----------
    search : Search
    limits : sequence of Limit
    bounds : sequence of Bound
        Bounds of the shares.

    Returns
    -------
    limits : list of Limit
        Without any one of them there is a blend. Empty where the step and the least shares leave
        no blend by themselves.
    smallest : bool
        Whether no set of fewer limits was found to contradict itself, all being tried.

    Notes
    -----
    Deletion filtering (Chinneck and Dravnieks 1991): a limit without which there is still no blend
    is dropped for good. Then sets of fewer limits are tried, the smallest first.
    """
    everything: list[Limit] = [*limits, *bounds]

    def contradict(kept: Sequence[Limit]) -> bool:
        inner = [limit for limit in kept if not isinstance(limit, Bound)]
        return not search.possible(inner, loosened_by(bounds, kept))

    kept = list(everything)
    for limit in everything:
        fewer = [other for other in kept if other is not limit]
        if contradict(fewer):
            kept = fewer
    tried = 0
    for size in range(1, len(kept)):
        if tried + math.comb(len(everything), size) > MOST_SETS:
            return kept, False
        for some in itertools.combinations(everything, size):
            tried += 1
            if time.monotonic() > search.deadline:
                return kept, False
            if contradict(some):
                return list(some), True
    return kept, True
