"""Why a product's impact moves when another background is put behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Sequence

import numpy as np

from lca_cardato.brightway.exchanges import dataset_amounts
from lca_cardato.lcia.flows import elementary_flows
from lca_cardato.results.naming import dataset_name
from lca_cardato.results.rounding import number
from lca_cardato.text.number import largest

if TYPE_CHECKING:
    from lca_cardato.results.assessment import Assessment

COUNT = 3
"""Datasets that are told for each indicator."""
NOISE = 1e-9


def moves(
    first: Assessment, second: Assessment, indicators: Sequence[str], lang: str
) -> dict[str, Any]:
    """Tell by how much each indicator moves between two backgrounds, and through which datasets.

    Parameters
    ----------
    first, second : Assessment
        The same product on two backgrounds.
    indicators : sequence of str
    lang : str

    Returns
    -------
    dict
        Indicator -> ``difference`` per declared unit, ``relative`` to the first, and ``datasets``:
        those whose contributions differ most, with both scores per unit, the ``amount`` behind the
        product, and the ``process`` of the second background. ``inventoried`` and ``coverage`` tell
        whether the first background has its inventory for this indicator, and how much is booked.

    Notes
    -----
    Only datasets that are taken from a database differ; the others pass on what they take. So the
    difference is the sum, over the datasets that are taken, of the amount that is reached before
    any other such dataset, times the difference of the scores.
    """
    taken = sorted({key for one in (first, second) for key in _taken(one)})
    amounts = reached(second, set(taken))
    return {
        name: {
            **_whole(first.score(name), second.score(name)),
            "datasets": _largest(first, second, name, taken, amounts, lang),
        }
        for name in indicators
    }


def reached(result: Assessment, ends: set[str]) -> dict[str, float]:
    """Units of each dataset behind a product, where nothing behind `ends` is followed."""
    keys = list(result.inventory.datasets)
    row, units = {key: place for place, key in enumerate(keys)}, elementary_flows()
    system, wanted = np.eye(len(keys)), np.zeros(len(keys))
    for key in keys:
        if key in ends:
            continue
        for kind, target, amount, _ in dataset_amounts(
            result.inventory.datasets[key], result.inventory, units
        ):
            if kind == "input":
                system[row[target], row[key]] -= amount
    for exchange, amount in zip(result.main.system.exchanges, result.main.solution.amounts[0]):
        if isinstance(exchange.target, str):
            wanted[row[exchange.target]] += float(amount)
    return dict(zip(keys, np.linalg.solve(system, wanted).tolist()))


def _largest(
    first: Assessment, second: Assessment, name: str, taken: list[str],
    amounts: dict[str, float], lang: str,
) -> list[dict[str, Any]]:  # fmt: skip
    rows = []
    for key in taken:
        scores = [_at(one, key, name) for one in (first, second)]
        rows.append((amounts[key] * (scores[1] - scores[0]), key, scores))
    rows.sort(key=lambda row: (largest(abs(row[0])), row[1]))
    noise = NOISE * max(abs(first.score(name)), abs(second.score(name)))
    return [
        {
            "dataset": key,
            "name": dataset_name(first, key, lang),
            "unit": first.inventory.datasets[key].product.unit,
            "amount": number(amounts[key]),
            "scores": [number(one) for one in scores],
            "difference": number(gap),
            "process": _taken(second).get(key) or _taken(first).get(key, ""),
            **_known(first, key, name),
        }
        for gap, key, scores in rows[:COUNT]
        if abs(gap) > noise
    ]


def _whole(before: float, after: float) -> dict[str, Any]:
    gap = after - before
    return {
        "difference": number(gap), "relative": number(gap / abs(before)) if before else None,
    }  # fmt: skip


def _at(result: Assessment, key: str, name: str) -> float:
    background = result.background
    return float(background.scores[background.rows[key], background.indicators.index(name)])


def _known(result: Assessment, key: str, name: str) -> dict[str, Any]:
    background = result.background
    row, column = background.rows[key], background.indicators.index(name)
    whole = float(background.weight[row, column])
    families = result.inventory.datasets[key].inventoried_for
    return {
        "inventoried": background.about(name).covered_by(families),
        "coverage": number(min(1.0, background.covered[row, column] / whole)) if whole else None,
    }


def _taken(result: Assessment) -> dict[str, str]:
    """Datasets that come from a database, each with the name of its process."""
    note = result.inventory.background
    records = result.inventory.datasets
    return {} if note is None else {key: records[key].technology for key in note.taken}
