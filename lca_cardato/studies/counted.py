"""How much of what the inventories book has a characterisation factor, for each method."""

from __future__ import annotations

from typing import Any, Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from lca_cardato.background.open import Data
from lca_cardato.brightway.condense import RESULT
from lca_cardato.brightway.extend import factors_of
from lca_cardato.inventory.placed import plain
from lca_cardato.lcia.flows import Flow
from lca_cardato.lcia.indicators import INDICATORS, Indicator
from lca_cardato.lcia.methods import Method, library

Array = NDArray[np.float64]
ALMOST = 0.9995
SHOWN = 5
"""Flows without a factor that are named for a method."""
RESOURCE = "natural resource"
GROUPS: dict[str, Callable[[Flow, str], bool]] = {
    "resource_mass": lambda flow, unit: flow[1][0] == RESOURCE and unit == "kilogram",
    "resource_water": lambda flow, unit: flow[1][0] == RESOURCE and flow[0].startswith("Water"),
    "resource_land": lambda flow, unit: flow[1][0] == RESOURCE and unit == "square meter-year",
    "air_mass": lambda flow, unit: flow[1][0] == "air" and unit == "kilogram",
    "air_water": lambda flow, unit: flow[1][0] == "air" and unit == "cubic meter",
    "air_radiation": lambda flow, unit: flow[1][0] == "air" and unit == "kilo Becquerel",
    "water_mass": lambda flow, unit: flow[1][0] == "water" and unit == "kilogram",
    "water_radiation": lambda flow, unit: flow[1][0] == "water" and unit == "kilo Becquerel",
    "soil_mass": lambda flow, unit: flow[1][0] == "soil" and unit == "kilogram",
}
"""Kind of elementary flows -> whether a flow is of it; their amounts can be added up."""
ENERGY = "resource_energy"
"""Resources by what they hold of energy, whatever their unit."""


def counted_shares(data: Data, words: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Tell for indicators and methods how much of the booked flows they count.

    Parameters
    ----------
    data : Data
        Inventories with the further methods of the user's.
    words : sequence of str
        Words that the id or name of a shipped method holds; without any, the indicators.

    Returns
    -------
    list of dict
        ``id``, ``name`` (empty for an indicator), ``family``, and ``groups``: for every kind of
        flows of which methods of the family count some, ``group``, ``booked`` (share of all that
        is booked of it), ``of_family`` (share of what any method of the family counts of it) and
        ``without``: flows of the family that have no factor here, with their share.

    Notes
    -----
    Amounts are those that each dataset exchanges with nature itself, as a share of all that it
    exchanges of this kind; every dataset weighs alike. Flows that stand in ``uncounted`` are left
    out.
    """
    flows = [plain(flow) for flow in data.store.flows]
    kinds = _amounts(data, flows)
    methods = _factors(data)
    rows = []
    for one, column in methods:
        own = one.id in {method.indicator.id for method in data.methods}
        if not (own or _named(one, words)):
            continue
        alike = [
            values for other, values in methods if not one.family or other.family == one.family
        ]
        family = np.any(alike, axis=0)
        groups = []
        for group, amounts in kinds.items():
            theirs = float(amounts[family].sum())
            if not theirs:
                continue
            missing = np.where(family & ~column, amounts, 0.0)
            groups.append({
                "group": group,
                "booked": float(amounts[column].sum() / amounts.sum()),
                "of_family": 1.0 - float(missing.sum()) / theirs,
                "without": _largest(flows, missing / theirs),
            })  # fmt: skip
        rows.append({"id": one.id, "name": one.name, "family": one.family, "groups": groups})
    return rows


def _largest(flows: Sequence[Flow], shares: Array) -> list[dict[str, Any]]:
    """Name the largest flows, whatever part of the compartment they go to."""
    found: dict[str, float] = {}
    for place in map(int, np.flatnonzero(shares)):
        found[flows[place][0]] = found.get(flows[place][0], 0.0) + float(shares[place])
    ranked = sorted(found, key=lambda name: (-round(found[name], 9), name))
    return [{"flow": name, "share": found[name]} for name in ranked[:SHOWN]]


def _named(one: Indicator, words: Sequence[str]) -> bool:
    text = f"{one.id} {one.name}".lower()
    return all(word.lower() in text for word in words) if words else not one.name


def _factors(data: Data) -> list[tuple[Indicator, NDArray[np.bool_]]]:
    """Every indicator and method, with which flow it counts."""
    store, further = data.store, {method.indicator.id for method in data.methods}
    names = store.background.indicators
    known = {name: store.characterisation[:, place] != 0 for place, name in enumerate(names)}
    shipped = [
        (one, factors_of(store, Method(one, None, "")) != 0)
        for key, one in library().items()
        if key not in further
    ]
    return [
        *((one, known[one.id]) for one in INDICATORS),
        *shipped,
        *((method.indicator, known[method.indicator.id]) for method in data.methods),
    ]


def _amounts(data: Data, flows: Sequence[Flow]) -> dict[str, Array]:
    """Amounts of each kind of flows, every dataset alike; the flows of a kind sum to 1."""
    store = data.store
    energy = store.characterisation[:, store.background.indicators.index("energy")]
    meant = [any(item.names(f) for item in data.inventory.uncounted.values()) for f in flows]
    weights = {ENERGY: np.where([f[1][0] == RESOURCE for f in flows], energy, 0.0)}
    for group, belongs in GROUPS.items():
        fits = [f[1] != RESULT and belongs(f, unit) for f, unit in zip(flows, store.units)]
        weights[group] = np.array(fits, dtype=float)
    found = {}
    for group, weight in weights.items():
        part = np.abs(store.biosphere) * np.where(meant, 0.0, weight)[:, None]
        whole = part.sum(axis=0)
        shares = np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
        found[group] = shares.sum(axis=1) / max(int((whole > 0).sum()), 1)
    return found
