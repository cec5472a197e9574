"""What is missing where a dataset is not inventoried for an indicator: an estimate."""

from __future__ import annotations

from typing import Sequence

import numpy as np
from numpy.typing import NDArray

from lca_cardato.inventory.models import Dataset

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
ENOUGH = 3
"""Datasets of a category from which on their own median is taken."""


def estimated(
    datasets: Sequence[Dataset],
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
    The climate change of the dataset, times what the datasets of its category that are
    inventoried for the indicator typically have per kg CO2-eq: the median of those that have
    some, times the share of them that do; of all such datasets where the category has fewer than
    `ENOUGH`. A published result stands for a whole chain, so its estimate rests on whole chains;
    that of a unit process on what such processes have of their own.
    """
    published = np.array([item.kind == "published_result" for item in datasets])
    counts = known & np.array([["climate_change" in item.inventoried_for] for item in datasets])
    alone = _typical(datasets, direct, own, counts & ~published[:, None])
    chains = _typical(datasets, scores, whole, counts)
    ratios = np.where(published[:, None], chains[:-1], alone[:-1])
    return np.abs(own)[:, None] * ratios, alone[-1]


def _typical(datasets: Sequence[Dataset], score: Array, climate: Array, counts: Mask) -> Array:
    """Score per kg CO2-eq that each dataset's category has; the last row is that of all."""
    score, climate = np.abs(score), np.abs(climate)[:, None]
    counts = counts & (climate > 0)
    ratio = np.divide(score, climate, out=np.zeros_like(score), where=counts)
    everything = _expected(ratio, counts)
    groups: dict[object, list[int]] = {}
    for place, item in enumerate(datasets):
        groups.setdefault(item.category, []).append(place)
    found = np.tile(everything, (len(datasets) + 1, 1))
    for category, places in groups.items():
        if category is not None:
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
