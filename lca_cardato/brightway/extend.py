"""Add further methods to a store that was read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Sequence

import numpy as np

from lca_cardato.brightway.condense import RESULT, Numbers, condense
from lca_cardato.brightway.exchanges import dataset_amounts
from lca_cardato.brightway.store import Store, background_of
from lca_cardato.inventory.placed import plain
from lca_cardato.inventory.records import Inventory
from lca_cardato.lcia.methods import Method


def with_methods(store: Store, inventory: Inventory, methods: Sequence[Method]) -> Store:
    """Give the store with further methods as its last indicators.

    Parameters
    ----------
    store : Store
    inventory : Inventory
        The inventories of the store.
    methods : sequence of Method

    Returns
    -------
    Store
        The scores of the indicators are those of the store, bit by bit.
    """
    if not methods:
        return store
    chosen = [method.indicator for method in methods]
    columns = np.column_stack([factors_of(store, method) for method in methods])
    numbers = Numbers(store.datasets, store.flows, store.technosphere, store.biosphere, columns)
    units = dict(zip(store.flows, store.units))
    amounts = {
        key: dataset_amounts(inventory.datasets[key], inventory, units) for key in store.datasets
    }
    background = store.background
    climate = store.characterisation[:, background.indicators.index("climate_change")]
    arrays = condense(inventory, numbers, amounts, chosen, climate)
    extra = background_of(store.datasets, store.flows, [one.id for one in chosen], columns, arrays)
    stacked: dict[str, Any] = {
        name: np.hstack([getattr(background, name), getattr(extra, name)])
        for name in (
            "scores",
            "assumed",
            "assumed_here",
            "covered",
            "weight",
            "covered_climate",
            "typical",
        )
    }
    names = [*background.indicators, *extra.indicators]
    further = {one.id: one for one in chosen}
    return replace(
        store,
        background=replace(background, indicators=names, further=further, **stacked),
        characterisation=np.hstack([store.characterisation, columns]),
    )


def factors_of(store: Store, method: Method) -> np.ndarray:
    """Factors of a method for the flows of a store, shape (flows,)."""
    if method.factors is None:
        return np.asarray(store.library[method.indicator.id])
    values = np.zeros(len(store.flows))
    for place, (code, (name, categories)) in enumerate(zip(store.codes, store.flows)):
        if categories == RESULT:
            values[place] = float(name == method.indicator.id)
        else:
            values[place] = method.factors.of(code, *plain((name, categories)))
    return values
