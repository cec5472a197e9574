"""Which elementary flows the indicators count, and the name that they want in place of another."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Mapping

from lca_cardato.lcia.flows import Flow

Counted = Mapping[Flow, frozenset[str]]
"""Flow -> families of the indicators that have a factor other than 0 for it."""
_OXIDATION = re.compile(r",? (?:ion|[IVX]+)$")


@lru_cache(maxsize=1)
def counted_flows() -> dict[Flow, frozenset[str]]:
    """Flows that an indicator counts, with the families of those indicators."""
    from lca_cardato.lcia.factors import tables
    from lca_cardato.lcia.indicators import INDICATORS

    found: dict[Flow, set[str]] = {}
    for indicator, table in zip(INDICATORS, tables(INDICATORS)):
        for flow, factor in table.by_name.items():
            if factor:
                found.setdefault(flow, set()).add(indicator.family)
    return {flow: frozenset(families) for flow, families in found.items()}


def wanted(flow: Flow, counted: Counted) -> list[Flow]:
    """Flows that may be meant by one that no indicator counts.

    Parameters
    ----------
    flow : Flow
    counted : mapping
        See `counted_flows`.

    Returns
    -------
    list of Flow
        The substance in another state of oxidation in the same compartment (``Mercury II`` for
        ``Mercury``); else the same name in another part of it; else the other state there.
        Nothing where no indicator counts the substance.
    """
    name, categories = flow
    bare = _OXIDATION.sub("", name)
    alike = sorted(
        other for other in counted
        if other[1][0] == categories[0] and _OXIDATION.sub("", other[0]) == bare
    )  # fmt: skip
    here = [other for other in alike if other[1] == categories]
    same = [other for other in alike if other[0] == name]
    return here or same or [other for other in alike if len(other[1]) == 1]
