"""Which assumptions a result rests on, the heaviest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from lca_cardato.results.breakdown import exchange_class
from lca_cardato.text.number import largest

if TYPE_CHECKING:
    from lca_cardato.results.assessment import Assessment

NOISE = 1e-12
MAIN = ("climate_change", "energy", "water_consumed")


def assumptions(result: Assessment) -> list[dict[str, Any]]:
    """List the assumed figures behind a result with their share of each indicator.

    Returns
    -------
    list of dict
        ``kind`` (``"figure"`` of the foreground or ``"dataset"`` of the background), ``key``
        (parameter or dataset) and ``shares`` (ndarray, shape (indicators,)), ordered by the sum
        of the shares in climate change, energy and water consumed.

    Notes
    -----
    The shares of an indicator sum to the share that rests on assumed data: an assumed figure of
    the foreground carries all that enters through it; behind a figure that is not assumed, the
    burden belongs to the dataset where the first assumed figure on the way stands.
    """
    background, model = result.background, result.main.model
    values = np.abs(result.contributions())
    whole = values.sum(axis=0)
    whole = np.where(whole > 0, whole, 1.0)
    found: dict[tuple[str, str], Any] = {}

    def add(kind: str, key: str, amount: Any) -> None:
        if np.any(amount > NOISE * whole):
            found[kind, key] = found.get((kind, key), 0.0) + amount / whole

    names = [key for key in background.rows if isinstance(key, str)]
    behind = np.zeros(background.assumed_here.shape)
    taken: dict[int, Any] = {}
    for index, exchange in enumerate(result.main.system.exchanges):
        if exchange_class(exchange, model) == "assumed":
            add("figure", str(exchange.parameter), values[index])
            continue
        row = result.main.solution.rows[index]
        if row >= len(names):
            continue
        score = background.scores[row]
        part = np.divide(background.assumed[row], score, out=np.zeros_like(score), where=score != 0)
        part = np.clip(part, 0.0, 1.0) * values[index]
        taken[int(row)] = taken[int(row)] + part if int(row) in taken else part
    for row, part in taken.items():
        reached = np.flatnonzero(background.passed_on[row])
        passed_on = background.passed_on[row][reached]
        here = np.abs(passed_on[:, None] * background.assumed_here[reached])
        total = here.sum(axis=0)
        part = np.divide(part, total, out=np.zeros_like(total), where=total > 0)
        behind[reached] = behind[reached] + here * part
    for position, name in enumerate(names):
        add("dataset", name, behind[position])
    main = [background.indicators.index(name) for name in MAIN]
    ranked = sorted(found.items(), key=lambda item: (largest(item[1][main].sum()), item[0]))
    return [{"kind": kind, "key": key, "shares": shares} for (kind, key), shares in ranked]
