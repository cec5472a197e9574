"""Which of our factors belong to the elementary flows of a user's database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Optional

import numpy as np
from numpy.typing import NDArray

from lca_cardato.background.matrices import Flow
from lca_cardato.background.search import long_unit
from lca_cardato.lcia import flows as lcia_flows
from lca_cardato.lcia.factors import tables
from lca_cardato.lcia.flows import flows_by_uuid, listed_flows
from lca_cardato.lcia.indicators import BY_ID, INDICATORS, Indicator
from lca_cardato.lcia.methods import Factors, Method

EF_FILE = Path(lcia_flows.__file__).resolve().parent / "ef31_flows.csv"
"""Codes of flows of EF 3.1 and of the flow of ecoinvent 3.9 that is the same: randonneur_data 0.7.2,
mapping ecoinvent-3.9.1-biosphere-EF-3.1-biosphere (Chris Mutel and the UNEP mapping taskforce),
CC BY 4.0. Of several flows that become one, that of the same name is taken, in surface water."""
FUEL = "resource_use_fossils"
"""Its factor is the energy per unit of a fuel; EF 3.1 counts fuels in MJ, our flows in kg or m3."""
ENERGY = "megajoule"
MASS = "kilogram"
UNIT_ALIASES = {"m2*a": "square meter-year", "m3*a": "cubic meter-year"}


@lru_cache(maxsize=1)
def ef_flows() -> dict[str, str]:
    """Code of a flow of EF 3.1 -> code of the same flow among ours."""
    lines = EF_FILE.read_text(encoding="utf-8").splitlines()[1:]
    return dict(line.split(",") for line in lines)


def factors_of(flow: Flow, found: Sequence[Factors]) -> Optional[list[float]]:
    """Factors of a flow, or None where it is no flow that we know.

    Parameters
    ----------
    flow : Flow
    found : sequence of Factors

    Returns
    -------
    list of float or None
        By code or by name and compartment; a flow of EF 3.1 takes those of our same flow.
    """
    code, named = flow.key[1], (flow.name, flow.categories)
    ours, known = ef_flows().get(code), flows_by_uuid()
    if ours is None:
        row = [table.of(code, *named) for table in found]
        return row if any(row) or code in known or named in _names() else None
    scale = _scale(flow, ours)
    if scale is None:
        return None
    return [
        t.by_code[code] if code in t.by_code else t.of(ours, *known[ours]) * scale for t in found
    ]


def characterisation(
    flows: Sequence[Flow], indicators: Sequence[Indicator], methods: Sequence[Method]
) -> NDArray[np.float64]:
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
    rows = [factors_of(flow, found) or [0.0] * len(found) for flow in flows]
    return np.array(rows, dtype=float).reshape(len(flows), len(found))


@dataclass(frozen=True)
class Uncounted:
    """Elementary flows that count in no indicator.

    Attributes
    ----------
    strangers : tuple of str
        Flows that are none of ours.
    without : ndarray of bool, shape (flows,)
        Flows without a factor in any indicator, strangers among them.
    mass : ndarray, shape (flows, 3)
        1 for each flow in kg: of all, of those without a factor, of the strangers.
    """

    strangers: tuple[str, ...]
    without: NDArray[np.bool_]
    mass: NDArray[np.float64]


def uncounted(flows: Sequence[Flow]) -> Uncounted:
    """Tell which flows of a user's database count nowhere."""
    found = tables(INDICATORS)
    rows = [factors_of(flow, found) for flow in flows]
    strange = np.array([row is None for row in rows], dtype=bool)
    without = np.array([row is None or not any(row) for row in rows], dtype=bool)
    weighed = np.array([_long(flow.unit) == MASS for flow in flows], dtype=float)
    names = sorted(
        f"{flow.name} / {'/'.join(flow.categories)}"
        for flow, row in zip(flows, rows)
        if row is None
    )
    mass = np.column_stack([weighed, weighed * without, weighed * strange])
    return Uncounted(tuple(names), without, mass.reshape(len(flows), 3))


def told(left: Uncounted, masses: NDArray[np.float64], keys: Sequence[str]) -> dict[str, Any]:
    """Say how much of what is booked counts nowhere.

    Parameters
    ----------
    left : Uncounted
    masses : ndarray, shape (datasets, 3)
        Scores of the datasets that are taken in `Uncounted.mass`.
    keys : sequence of str
        Those datasets.

    Returns
    -------
    dict
        As `lca_cardato.inventory.tables.UncountedNote`.
    """
    whole = np.where(masses[:, 0] != 0, masses[:, 0], 1.0)
    shares = np.abs(masses[:, 1:] / whole[:, None]) if len(keys) else np.zeros((1, 2))
    most = int(np.argmax(shares[:, 1]))
    return {
        "flows": len(left.without),
        "strangers": len(left.strangers),
        "without_factor": int(left.without.sum()),
        "share_strangers": number(float(np.median(shares[:, 1]))),
        "share_without_factor": number(float(np.median(shares[:, 0]))),
        "most_strangers": number(float(shares[most, 1])),
        "most_in": keys[most] if shares[most, 1] else "",
    }


def number(value: float) -> float:
    """Six significant digits, so that the last bit decides nothing."""
    return float(f"{value:.6g}")


@lru_cache(maxsize=1)
def _names() -> frozenset[tuple[str, tuple[str, ...]]]:
    return frozenset(flows_by_uuid().values())


@lru_cache(maxsize=1)
def _units() -> dict[str, str]:
    return {code: _long(unit) for code, _, unit in listed_flows()}


@lru_cache(maxsize=1)
def _fuels() -> Any:
    return tables([BY_ID[FUEL]])[0].by_code


def _scale(flow: Flow, ours: str) -> Optional[float]:
    """Units of our flow per unit of the user's; None where they can't be told."""
    unit, wanted = _long(flow.unit), _units()[ours]
    if not unit or unit == wanted:
        return 1.0
    energy = float(_fuels().get(ours, 0.0))
    return 1.0 / energy if unit == ENERGY and energy else None


def _long(unit: str) -> str:
    return UNIT_ALIASES.get(unit, long_unit(unit))
