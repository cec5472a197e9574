"""Datasets that a supplier's lot sheet stands for: published results with their own coverage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Mapping


@dataclass(frozen=True)
class Told:
    """What a supplier tells of an indicator, per kg.

    Attributes
    ----------
    value : float
    coverage, by_climate : float
        Shares that are booked, see `lca_cardato.results.coverage`.
    assumed : float
        Share that rests on assumed figures.
    """

    value: float
    coverage: float
    by_climate: float
    assumed: float


Supplied = Mapping[str, Told]
"""Indicator -> what is told of it."""
