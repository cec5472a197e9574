"""Parts of the result document: the background that it rests on, and further methods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from lca_cardato.results import breakdown
from lca_cardato.results.coverage import told_coverage
from lca_cardato.results.rounding import number

if TYPE_CHECKING:
    from lca_cardato.brightway.condensed import Background
    from lca_cardato.calculation.solve import Calculated
    from lca_cardato.results.assessment import Assessment


def background(result: Assessment) -> dict[str, Any]:
    """Tell which background a result rests on.

    Returns
    -------
    dict
        ``kind`` is ``open`` or ``own``; with a database of the user's also its names and digests,
        the share of climate change that comes from it, and the datasets behind this product
        that were taken from it, or kept with the reason.
    """
    note = result.inventory.background
    if note is None:
        return {"kind": "open"}
    used = used_datasets(result)
    return {
        "kind": "own",
        "title": note.title,
        "project": note.project,
        "database": note.database,
        "mapping": note.mapping,
        "mapping_sha256": note.mapping_sha256,
        "sha256": note.sha256,
        **({"credit": note.credit} if note.credit else {}),
        **({"uncounted": note.uncounted.model_dump()} if note.uncounted else {}),
        "share_of_climate_change": number(result.background_share or 0.0),
        "taken": {
            key: result.inventory.datasets[key].technology for key in note.taken if key in used
        },
        "kept": {key: reason for key, reason in note.kept.items() if key in used},
    }


def characterisation(result: Assessment) -> dict[str, Any]:
    """Tell the method of the indicators, and how many of its factors are corrected.

    Returns
    -------
    dict
        ``method``; ``corrected``, factors that the bundle of bw2io has otherwise than the method;
        ``strange``, those for which it has a third value, which stays.
    """
    state = result.corrections
    return {
        "method": "EF 3.1",
        "corrected": int(state.get("factors", 0)),
        "strange": list(state.get("strange", [])),
    }


def methods(result: Assessment) -> list[dict[str, Any]]:
    """Scores of the further methods, in the order in which they were asked for."""
    covered, by_climate = breakdown.coverage(result), breakdown.coverage_by_climate(result)
    stages = breakdown.by_stage(result)
    mass = float(result.main.model.declared_mass_kg)
    rows = []
    for method in result.methods:
        one = method.indicator
        column = result.background.indicators.index(one.id)
        value = result.scores[column]
        row: dict[str, Any] = {
            "id": one.id,
            "name": one.name,
            "unit": one.unit,
            "value": number(value),
            "per_kg": number(value / mass),
            **told_coverage(covered[column], by_climate[column]),
            "by_stage": {stage: number(values[column]) for stage, values in stages.items()},
            "source": method.source,
        }
        if one.method:
            row["method"] = list(one.method)
        if result.reference is not None:
            row["virgin_fibre"] = number(result.reference.scores[column])
        rows.append(row)
    return rows


def used_datasets(result: Assessment) -> set[str]:
    """Background datasets that stand behind a result."""
    return datasets_behind(result.main, result.background)


def datasets_behind(main: Calculated, background: Background) -> set[str]:
    """Background datasets that stand behind a calculated product."""
    taken = np.abs(main.solution.amounts[0]) > 0
    used = background.used[main.solution.rows[taken]].any(axis=0)
    return {key for key, row in background.rows.items() if isinstance(key, str) and used[row]}
