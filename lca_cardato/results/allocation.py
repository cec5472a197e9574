"""Three ways to share the burden of recycling: two cut-offs, and the Circular Footprint Formula."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Iterable, Optional

import numpy as np

from lca_cardato.calculation.solve import UnitScores, solve
from lca_cardato.model.cff import cff_material, end_of_waste_step

if TYPE_CHECKING:
    from lca_cardato.results.assessment import Assessment

A_SENSITIVITY = (0.2, 0.5, 0.8, 1.0)


def allocation(result: Assessment, indicators: Iterable[str]) -> dict[str, Any]:
    """Cut-off at collection, cut-off at the end of waste, and the Circular Footprint Formula.

    For every recycled fibre the cut-off burden of 1 kg at the mixture (supply, transport and its
    steps, dyeing left out) is replaced by ``A * Erec + (1 - A) * Qsin/Qp * Ev``; with no change
    at ``A = 1``. At the end of waste the burden of 1 kg of torn fibre (collection, transport,
    sorting, carbonising, tearing, and the waste of these steps) belongs to the life before, and is
    taken off; what follows (a washing of the torn fibre, dyeing, blending) stays.

    Returns
    -------
    dict
        ``cut_off``, ``end_of_waste`` and ``cff``: indicator -> value; ``materials``: parameters and
        burdens of each recycled fibre; ``sensitivity``: indicator -> {A: value}.
    """
    system, model, background = result.main.system, result.main.model, result.background
    scored = UnitScores(background)
    supply = result.main.solution.supply[0]
    delta_default = np.zeros(len(background.indicators))
    earlier = np.zeros(len(background.indicators))
    deltas = {a: np.zeros(len(background.indicators)) for a in A_SENSITIVITY}
    materials = []
    column = background.indicators.index("climate_change")
    inside = model.scenario.product.boundary == "cradle_to_gate"
    for yarn in model.yarns:
        for line in yarn.lines:
            if not (line.recycled and inside and line.virgin_dataset and line.fibre.cff):
                continue
            row = material_row(system, line)
            e_rec = solve(system, scored, row).scores[:, 0]
            e_v = background.scores[background.rows[line.virgin_dataset]]
            mass = float(supply[row])
            parameters = result.inventory.cff[line.fibre.cff]
            a, quality = float(parameters.a), float(parameters.quality)
            delta_default += mass * (cff_material(1.0, a, quality, e_v, e_rec) - e_rec)
            for option in A_SENSITIVITY:
                changed = cff_material(1.0, option, quality, e_v, e_rec)
                deltas[option] += mass * (changed - e_rec)
            ended = end_of_waste_step(line)
            before = np.zeros(len(background.indicators))
            if ended is not None:
                place = _activity(system, ended.key)
                before = float(supply[place]) * solve(system, scored, place).scores[:, 0]
                earlier += before
            materials.append(
                {
                    "line": line.key, "fibre": line.entry.fibre, "set": line.fibre.cff, "A": a,
                    "Qsin/Qp": quality, "mass": mass, "source": parameters.source,
                    "virgin_dataset": line.virgin_dataset,
                    "climate_change_recycled": float(e_rec[column]),
                    "climate_change_virgin": float(e_v[column]),
                    "end_of_waste_step": ended.id if ended else None,
                    "climate_change_before_end_of_waste": float(before[column]),
                }
            )  # fmt: skip
    index = {name: background.indicators.index(name) for name in indicators}
    scores = np.array(result.scores)

    def told(values: Any) -> dict[str, float]:
        return {name: float(values[i]) for name, i in index.items()}

    return {
        "cut_off": told(scores),
        "end_of_waste": told(scores - earlier),
        "cff": told(scores + delta_default),
        "materials": materials,
        "sensitivity": {
            name: {f"{a:g}": float(scores[i] + deltas[a][i]) for a in A_SENSITIVITY}
            for name, i in index.items()
        },
    }


def material_row(system: Any, line: Any) -> int:
    """Activity that delivers a recycled fibre before any dyeing: the output of its material stage."""
    keys = [use.key for use in line.steps if use.step.stage != "dyeing"]
    found = _activity(system, keys[-1] if keys else f"{line.key}/delivery")
    return int(system.line_rows[line.key]) if found is None else found


def _activity(system: Any, key: str) -> Optional[int]:
    return next((i for i, one in enumerate(system.activities) if one.key == key), None)
