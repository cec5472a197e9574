"""Check rows of a batch against Brightway and the single evaluation of the claims."""

from __future__ import annotations

from typing import Any

import numpy as np

from lca_cardato.batch.run import Chunks
from lca_cardato.brightway.store import Store
from lca_cardato.calculation.brightway_check import brightway_scores
from lca_cardato.claims.evaluate import evaluate
from lca_cardato.claims.outcome import ORDER
from lca_cardato.errors import CardatoError, IntegrityError
from lca_cardato.model.resolve import resolve
from lca_cardato.model.system import build_system, parameter_values
from lca_cardato.sentence import say

RTOL = 1e-9


def check_rows(chunks: Chunks, store: Store, count: int, seed: int = 0) -> dict[str, Any]:
    """Calculate random rows a second time, as scenarios of their own, with Brightway.

    Parameters
    ----------
    chunks : Chunks
        The vectorised way.
    store : Store
    count : int
        Rows to check.
    seed : int
        Chooses the rows.

    Returns
    -------
    dict
        ``rows`` that were checked, ``largest_relative_difference``, ``refused`` (rows without a
        result in either way).

    Raises
    ------
    IntegrityError
        ``E601`` when a score differs by more than 1e-9 relative, or a verdict at all.
    """
    evaluator = chunks.evaluator
    generator = np.random.default_rng(np.random.SeedSequence(seed))
    size = evaluator.space.size
    chosen = np.unique(generator.integers(0, size, min(count, size)))
    columns = [store.background.indicators.index(name) for name in evaluator.indicators]
    worst, refused = 0.0, 0
    for row in (int(r) for r in chosen):
        # the neighbours come along, so that the row goes the way of many rows
        start, stop = max(0, row - 1), min(size, row + 2)
        found = evaluator.rows(start, stop)
        scores = found.scores[:, row - start]
        try:
            model = resolve(evaluator.space.scenario(row), evaluator.inventory)
        except CardatoError:
            if not np.isnan(scores).all():
                raise IntegrityError.one(
                    "E601", say("row {row} has a result but can't be calculated", row=row)
                ) from None
            refused += 1
            continue
        system = build_system(model, parameter_values(model))
        expected = np.array(brightway_scores(system, store))[columns]
        scale = np.where(expected != 0, np.abs(expected), 1.0)
        gap = float(np.max(np.abs(scores - expected) / scale))
        if not gap <= RTOL:
            raise IntegrityError.one(
                "E601",
                say(
                    "row {row}: Brightway gives {expected}, the batch {found}",
                    row=row,
                    expected=expected.tolist(),
                    found=scores.tolist(),
                ),
            )
        worst = max(worst, gap)
        verdicts = [
            ORDER.index(evaluate(pack, model, evaluator.inventory, {}).verdict)
            for pack in evaluator.packs
        ]
        if verdicts != found.verdicts[:, row - start].tolist():
            raise IntegrityError.one(
                "E601", say("row {row}: a verdict differs from that of `assess`", row=row)
            )
    return {
        "rows": [int(r) for r in chosen],
        "largest_relative_difference": worst,
        "refused": refused,
    }
