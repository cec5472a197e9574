"""Condense the background: scores, assumed parts and coverage per unit of each dataset."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from lca_cardato.brightway.gaps import estimated, kinds_of
from lca_cardato.brightway.line import FLOW_OFFSET, Matrices
from lca_cardato.inventory.datum import Datum
from lca_cardato.inventory.records import Inventory
from lca_cardato.lcia.indicators import RESULT_ALIASES, Indicator

Array = NDArray[np.float64]
RESULT = ("indicator result",)
"""Categories of the flow that stands for a published result."""


@dataclass
class Numbers:
    """The background as dense matrices.

    Attributes
    ----------
    ids : list of str
        Datasets, in the order of rows and columns.
    flows : list
        Elementary flows (name and categories), in the order of rows.
    technosphere : ndarray, shape (datasets, datasets)
    biosphere : ndarray, shape (flows, datasets)
    characterisation : ndarray, shape (flows, indicators)
    """

    ids: list[str]
    flows: list[Any]
    technosphere: Array
    biosphere: Array
    characterisation: Array


def full_matrices(numbers: Numbers) -> Matrices:
    """Coordinate lists for Brightway, without a foreground."""

    def coordinates(matrix: Array, row: int, column: int) -> Any:
        rows, columns = np.nonzero(matrix)
        return rows + row, columns + column, matrix[rows, columns]

    factors = numbers.characterisation
    return Matrices(
        coordinates(numbers.technosphere, 1, 1),
        coordinates(numbers.biosphere, FLOW_OFFSET, 1),
        [
            (np.nonzero(factors[:, k])[0] + FLOW_OFFSET, factors[np.nonzero(factors[:, k])[0], k])
            for k in range(factors.shape[1])
        ],
    )


def condense(
    inventory: Inventory,
    numbers: Numbers,
    amounts: Mapping[str, list[tuple[str, Any, float, Datum]]],
    indicators: Sequence[Indicator],
    climate: Array,
) -> dict[str, Any]:
    """Scores of the background per unit of product.

    Parameters
    ----------
    inventory : Inventory
    numbers : Numbers
        With one column of characterisation factors for each indicator.
    amounts : mapping
        Exchanges of each dataset as `lca_cardato.brightway.exchanges.dataset_amounts` gives them.
    indicators : sequence of Indicator
    climate : ndarray, shape (flows,)
        Characterisation factors of climate change, from which gaps are estimated.

    Returns
    -------
    dict of ndarray
        ``scores``, ``assumed``, ``assumed_here``, ``covered``, ``weight`` and ``covered_climate``
        of shape (datasets, indicators), ``climate`` of shape (datasets,), ``typical`` of shape
        (indicators,), ``passed_on`` and ``used`` of shape (datasets, datasets).

    Notes
    -----
    With ``A`` the technosphere, ``s = inv(A)^T B^T C`` gives the scores. The assumed part solves
    the same system with the burdens that enter through an assumed figure counted whole:
    ``a = direct_assumed + U_assumed^T s + U_other^T a``, so that nothing is counted twice.
    ``assumed_here`` is the constant of that system, ``passed_on = inv(I - U_other^T)``: their
    product tells in which dataset the first assumed figure on the way stands. ``weight`` is what is
    booked and what is estimated to be missing, ``covered`` the part of it that is booked. A dataset that
    `lacks` something and has no climate change of its own gives nothing to estimate from: its gap is of
    unknown size, and the weight of whatever it stands behind is infinite.
    """
    count = len(numbers.ids)
    position = {key: i for i, key in enumerate(numbers.ids)}
    flow_row = {flow: i for i, flow in enumerate(numbers.flows)}
    direct = numbers.biosphere.T @ numbers.characterisation
    reached = reachable(numbers.technosphere)
    upstream = np.where(reached.T, np.linalg.inv(numbers.technosphere), 0.0)
    scores = upstream.T @ direct
    use = np.eye(count) - numbers.technosphere
    assumed_use = np.zeros((count, count))
    assumed_direct = np.zeros_like(direct)
    for key, rows in amounts.items():
        column = position[key]
        for kind, target, amount, datum in rows:
            if datum.class_ != "assumed":
                continue
            if kind == "input":
                assumed_use[position[target], column] += amount
            else:
                row = flow_row[target if kind == "flow" else (target, RESULT)]
                assumed_direct[column] += amount * numbers.characterisation[row]
    constant = assumed_direct + assumed_use.T @ scores
    other = np.eye(count) - (use - assumed_use)
    passed_on = np.where(reachable(other), np.linalg.inv(other.T), 0.0)
    known = np.array(
        [[covers_indicator(inventory, key, one) for one in indicators] for key in numbers.ids],
        dtype=bool,
    )
    emitted = numbers.biosphere.T @ climate
    datasets = [inventory.datasets[key] for key in numbers.ids]
    kinds, whole = kinds_of(inventory, numbers.ids, reached), upstream.T @ emitted
    missing, typical = estimated(datasets, kinds, direct, scores, emitted, whole, known)
    booked, own = np.abs(direct), np.abs(emitted)
    parts = [k for k, one in enumerate(indicators) if one.id.startswith("climate_change_")]
    left = own - np.where(known, booked, 0.0)[:, parts].sum(axis=1)
    missing[:, parts] = np.minimum(missing[:, parts], np.maximum(left, 0.0)[:, None])
    open_ = np.array([bool(one.lacks) for one in datasets]) & (own == 0.0)
    unknown = reached.astype(np.float64) @ (open_[:, None] & ~known) > 0
    return {
        "scores": scores,
        "assumed": passed_on @ constant,
        "passed_on": passed_on,
        "assumed_here": constant,
        "covered": upstream.T @ np.where(known, booked, 0.0),
        "weight": np.where(
            unknown, np.inf, upstream.T @ np.where(known, booked, np.maximum(booked, missing))
        ),
        "covered_climate": upstream.T @ np.where(known, own[:, None], 0.0),
        "climate": np.where(reached[:, open_].any(axis=1), np.inf, upstream.T @ own),
        "typical": typical,
        "used": reached,
    }


def reachable(technosphere: Array) -> NDArray[np.bool_]:
    """Tell which datasets stand behind which: ``[i, j]`` is true when i needs j.

    Taken from the links, not from the inverse, whose round-off would link everything.
    """
    links = (technosphere.T != 0) | np.eye(len(technosphere), dtype=bool)
    while True:
        wider = (links.astype(np.float64) @ links.astype(np.float64)) > 0
        if np.array_equal(wider, links):
            return links
        links = wider


def covers_indicator(inventory: Inventory, key: str, indicator: Indicator) -> bool:
    """Tell whether a dataset is inventoried for an indicator."""
    dataset = inventory.datasets[key]
    if not indicator.covered_by(dataset.inventoried_for):
        return False
    if dataset.kind == "unit_process":
        return True
    results = {RESULT_ALIASES.get(name, name) for name in dataset.results}
    return indicator.id in results or indicator.counts in results
