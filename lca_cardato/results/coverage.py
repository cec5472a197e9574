"""Coverage: how much of each indicator is booked, of what is booked and known to be missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from lca_cardato.results.rounding import FULL, number

if TYPE_CHECKING:
    from lca_cardato.brightway.condensed import Background
    from lca_cardato.calculation.solve import Calculated

OwnFlow = tuple[Any, float, Any]
"""Scores, climate change, and for which indicators the step behind it is inventoried."""


def coverage_of(main: Calculated, background: Background) -> Any:
    """Share of each indicator that is booked.

    Parameters
    ----------
    main : Calculated
        The product, or what it is compared with.
    background : Background

    Returns
    -------
    ndarray, shape (indicators,)

    Notes
    -----
    A dataset or step that is inventoried for an indicator counts with its own score; one that is
    not is a gap, and counts with an estimate of its score (`lca_cardato.brightway.gaps`), or with
    what it has booked where that is more. Where nothing is known of either, the share is that by
    climate change. Where a dataset stands behind whose gap is of unknown size, it is 0.
    """
    rows, amounts = _taken(main)
    covered, weight = amounts @ background.covered[rows], amounts @ background.weight[rows]
    flows = _own_flows(main, background)
    for scores, climate, known in flows:
        covered = covered + np.where(known, scores, 0.0)
        weight = weight + np.where(known, scores, np.maximum(scores, climate * background.typical))
    share = np.divide(covered, weight, out=_by_climate(main, background, flows), where=weight > 0)
    return np.minimum(share, 1.0)


def climate_coverage_of(main: Calculated, background: Background) -> Any:
    """Share of climate change that comes from datasets and steps inventoried for each indicator.

    Parameters
    ----------
    main : Calculated
    background : Background

    Returns
    -------
    ndarray, shape (indicators,)
    """
    return _by_climate(main, background, _own_flows(main, background))


def _taken(main: Calculated) -> tuple[Any, Any]:
    """Rows of the background that are taken, and how much (absolute)."""
    amounts = np.abs(main.solution.amounts[0])
    return main.solution.rows[amounts > 0], amounts[amounts > 0]


def _by_climate(main: Calculated, background: Background, flows: list[OwnFlow]) -> Any:
    rows, amounts = _taken(main)
    covered = amounts @ background.covered_climate[rows]
    weight = float(amounts @ background.climate[rows])
    for _, climate, known in flows:
        covered, weight = covered + np.where(known, climate, 0.0), weight + climate
    return np.minimum(covered / weight, 1.0) if weight else np.ones(covered.shape)


def told_coverage(share: float, by_climate: float) -> dict[str, Any]:
    """Write both shares, and whether a value is a lower bound: where either is not whole."""
    whole, climate = number(share), number(by_climate)
    return {
        "coverage": whole, "coverage_by_climate": climate,
        "lower_bound": min(whole, climate) < FULL,
    }  # fmt: skip


def _own_flows(main: Calculated, background: Background) -> list[OwnFlow]:
    """Flows that steps exchange with nature: scores, climate change, what the step is known for."""
    steps = {use.key: use.step for use in main.model.all_steps()}
    column = background.indicators.index("climate_change")
    found = []
    for place, exchange in enumerate(main.system.exchanges):
        if isinstance(exchange.target, str):
            continue
        amount = main.solution.amounts[0, place]
        scores = np.abs(amount * background.scores[main.solution.rows[place]])
        families = steps[main.system.activities[exchange.activity].key].inventoried_for
        found.append((scores, float(scores[column]), background.known_for(tuple(families))))
    return found
