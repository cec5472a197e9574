"""Add the lots of suppliers to a store that was read: a dataset of published results each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from lca_cardato.brightway.condense import RESULT
from lca_cardato.brightway.exchanges import published_results
from lca_cardato.brightway.store import Store, background_of
from lca_cardato.inventory.records import Inventory
from lca_cardato.inventory.supplied import Told

NOTHING = Told(0.0, 0.0, 0.0, 0.0)


def with_supplied(store: Store, inventory: Inventory) -> Store:
    """Give the store with a row for every lot of the inventory that it lacks.

    Parameters
    ----------
    store : Store
        With all further methods; one that was read without its matrices, which only Brightway
        needs, stays without them.
    inventory : Inventory
        See `Inventory.supplied`.

    Returns
    -------
    Store
        Scores, coverage and the part that is assumed of a lot are those of its sheet; the rows of
        the other datasets stay as they are, bit by bit.
    """
    new = [key for key in inventory.supplied if key not in store.datasets]
    if not new:
        return store
    results = {
        key: {name: float(one.amount or 0) for name, one in published_results(inventory.datasets[key])}
        for key in new
    }  # fmt: skip
    store = _with_flows(store, sorted({name for found in results.values() for name in found}))
    lots = np.zeros((len(store.flows), len(new)))
    row = {flow: place for place, flow in enumerate(store.flows)}
    for place, key in enumerate(new):
        for name, amount in results[key].items():
            lots[row[name, RESULT], place] = amount
    datasets = [*store.datasets, *new]
    arrays = _arrays(store, inventory, new, lots)
    background = background_of(
        datasets, store.flows, store.background.indicators, store.characterisation, arrays
    )
    technosphere, biosphere = store.technosphere, store.biosphere
    if technosphere is not None:
        count, more = len(store.datasets), len(new)
        technosphere = np.eye(count + more)
        technosphere[:count, :count] = store.technosphere
        biosphere = np.hstack([store.biosphere, lots])
    return replace(
        store, technosphere=technosphere, biosphere=biosphere, datasets=datasets,
        background=replace(background, further=store.background.further),
    )  # fmt: skip


def _with_flows(store: Store, names: list[str]) -> Store:
    """Give the store with a flow for each result of a method that it has none for yet."""
    new = [name for name in names if (name, RESULT) not in store.flows]
    if not new:
        return store
    factors = np.array(
        [[float(name == one) for one in store.background.indicators] for name in new]
    )
    library = {
        key: np.concatenate([values, [float(name == key) for name in new]])
        for key, values in store.library.items()
    }
    biosphere = store.biosphere
    if biosphere is not None:
        biosphere = np.vstack([biosphere, np.zeros((len(new), len(store.datasets)))])
    return replace(
        store,
        flows=[*store.flows, *((name, RESULT) for name in new)],
        codes=[*store.codes, *("" for _ in new)],
        units=[*store.units, *("" for _ in new)],
        biosphere=biosphere,
        characterisation=np.vstack([store.characterisation, factors]),
        library=library,
    )


def _arrays(store: Store, inventory: Inventory, new: list[str], lots: Any) -> dict[str, Any]:
    """Rows of all datasets, those of the lots last; `lots` has a column of flows for each."""
    before, count, more = store.background, len(store.datasets), len(new)
    scores = lots.T @ store.characterisation
    shape = scores.shape
    told = [[_of(inventory, store, key, name) for name in before.indicators] for key in new]
    share = {
        name: np.array([[getattr(one, name) for one in row] for row in told]).reshape(*shape)
        for name in ("coverage", "by_climate", "assumed")
    }
    booked = np.abs(scores)
    climate = booked[:, before.indicators.index("climate_change")]
    typical = climate[:, None] * before.typical
    known = share["coverage"] > 0
    weight = np.where(known, booked / np.where(known, share["coverage"], 1.0), typical)
    rows = {
        "scores": scores,
        "assumed": scores * share["assumed"],
        "assumed_here": scores * share["assumed"],
        "covered": np.where(known, booked, 0.0),
        "weight": weight,
        "covered_climate": climate[:, None] * share["by_climate"],
    }
    arrays = {name: np.vstack([getattr(before, name)[:count], rows[name]]) for name in rows}
    arrays["climate"] = np.concatenate([before.climate[:count], climate])
    arrays["typical"] = before.typical
    kinds: dict[str, type] = {"passed_on": float, "used": bool}
    for name, kind in kinds.items():
        wider: Any = np.zeros((count + more, count + more), dtype=kind)
        wider[:count, :count] = getattr(before, name)[:count]
        for place in range(count, count + more):
            wider[place, place] = kind(1)
        arrays[name] = wider
    return arrays


def _of(inventory: Inventory, store: Store, key: str, name: str) -> Told:
    """What a lot tells of an indicator, or of a method that is defined alike."""
    found = inventory.supplied[key]
    return found.get(name) or found.get(store.background.about(name).counts or "") or NOTHING
