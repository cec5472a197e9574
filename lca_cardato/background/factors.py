"""Characterise the elementary flows of a user's database with the factors of our indicators."""

from __future__ import annotations

from typing import Any, Iterable, Sequence

import numpy as np

from lca_cardato.background.matrices import Flow
from lca_cardato.lcia.factors import tables
from lca_cardato.lcia.flows import flows_by_uuid
from lca_cardato.lcia.indicators import Indicator
from lca_cardato.lcia.methods import Method


def characterisation(
    flows: Sequence[Flow], indicators: Sequence[Indicator], methods: Sequence[Method]
) -> Any:
    """Characterisation factors of a user's flows.

    Parameters
    ----------
    flows : sequence of Flow
    indicators : sequence of Indicator
        Indicators and shipped methods.
    methods : sequence of Method
        Methods with factors of their own.

    Returns
    -------
    ndarray, shape (flows, indicators + methods)
    """
    found = [*tables(indicators), *(m.factors for m in methods if m.factors is not None)]
    return np.array(
        [[t.of(flow.key[1], flow.name, flow.categories) for t in found] for flow in flows]
    ).reshape(len(flows), len(found))


def strangers(flows: Iterable[Flow]) -> list[Flow]:
    """Flows that our lists know neither by code nor by name: no method of ours counts them."""
    known = flows_by_uuid()
    names = set(known.values())
    return [f for f in flows if f.key[1] not in known and (f.name, f.categories) not in names]
