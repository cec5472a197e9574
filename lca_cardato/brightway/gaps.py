"""What is missing where a dataset is not inventoried for an indicator: an estimate."""

from __future__ import annotations

from typing import Sequence

import numpy as np
from numpy.typing import NDArray

from lca_cardato.inventory.kinds import supplied
from lca_cardato.inventory.models import Dataset
from lca_cardato.inventory.records import Inventory

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
ENOUGH = 3
"""Datasets of a kind from which on their own median is taken."""


def estimated(
    datasets: Sequence[Dataset],
    kinds: Sequence[str],
    direct: Array,
    scores: Array,
    own: Array,
    whole: Array,
    known: Mask,
) -> tuple[Array, Array]:
    """Estimate the score that each dataset would have of its own if it were inventoried.

    Parameters
    ----------
    datasets : sequence of Dataset
    kinds : sequence of str
        Kind of each, see `kinds_of`; empty where it is not known.
    direct, scores : ndarray, shape (datasets, indicators)
        Scores of the dataset itself, and of its whole chain.
    own, whole : ndarray, shape (datasets,)
        Climate change of the dataset itself, and of its whole chain.
    known : ndarray of bool, shape (datasets, indicators)
        Which dataset is inventoried for which indicator.

    Returns
    -------
    tuple of ndarray, shapes (datasets, indicators) and (indicators,)
        The estimates, and the typical score per kg CO2-eq that a process has of its own.

    Notes
    -----
    The climate change of the dataset, times what the datasets of its kind that are
    inventoried for the indicator typically have per kg CO2-eq: the median of those that have
    some, times the share of them that do; of all such datasets where the kind has fewer than
    `ENOUGH`. A published result stands for a whole chain, so its estimate rests on whole chains;
    that of a unit process on what such processes have of their own.
    """
    published = np.array([item.kind == "published_result" for item in datasets])
    counts = known & np.array([["climate_change" in item.inventoried_for] for item in datasets])
    alone = _typical(kinds, direct, own, counts & ~published[:, None])
    chains = _typical(kinds, scores, whole, counts)
    ratios = np.where(published[:, None], chains[:-1], alone[:-1])
    return np.abs(own)[:, None] * ratios, alone[-1]


def kinds_of(inventory: Inventory, keys: Sequence[str], needs: Mask) -> list[str]:
    """Give the kind of each dataset: its category; wool and hair are fibres of a kind of their own.

    Parameters
    ----------
    inventory : Inventory
    keys : sequence of str
    needs : ndarray of bool, shape (datasets, datasets)
        Which dataset stands behind which, see `lca_cardato.brightway.condense.reachable`.
    """
    animal = {
        key
        for name, fibre in inventory.fibres.items()
        if fibre.keratin == "yes"
        for key in supplied(inventory, name, "virgin")
    }
    rows = [place for place, key in enumerate(keys) if key in animal]
    found = []
    for place, key in enumerate(keys):
        hair = bool(needs[rows, place].any())
        category = inventory.datasets[key].category or ""
        found.append("hair" if hair and category == "fibre" else category)
    return found


def _typical(kinds: Sequence[str], score: Array, climate: Array, counts: Mask) -> Array:
    """Score per kg CO2-eq that each dataset's kind has; the last row is that of all."""
    score, climate = np.abs(score), np.abs(climate)[:, None]
    counts = counts & (climate > 0)
    ratio = np.divide(score, climate, out=np.zeros_like(score), where=counts)
    everything = _expected(ratio, counts)
    groups: dict[str, list[int]] = {}
    for place, kind in enumerate(kinds):
        groups.setdefault(kind, []).append(place)
    found = np.tile(everything, (len(kinds) + 1, 1))
    for kind, places in groups.items():
        if kind:
            enough = counts[places].sum(axis=0) >= ENOUGH
            found[places] = np.where(enough, _expected(ratio[places], counts[places]), everything)
    return found


def _expected(ratio: Array, counts: Mask) -> Array:
    """Median of each column over those that have some, times the share of them; else 0."""
    some = counts & (ratio > 0)
    return _median(ratio, some) * some.sum(axis=0) / np.maximum(counts.sum(axis=0), 1)


def _median(values: Array, use: Mask) -> Array:
    """Median of each column over the rows in use; 0 where there is none."""
    count = use.sum(axis=0)
    ranked = np.sort(np.where(use, values, np.inf), axis=0)
    last = len(values) - 1
    low, high = np.minimum(np.maximum(count - 1, 0) // 2, last), np.minimum(count // 2, last)
    columns = np.arange(values.shape[1])
    return np.where(count > 0, (ranked[low, columns] + ranked[high, columns]) / 2, 0.0)
