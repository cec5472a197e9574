"""Make the files of a store: matrices, and scores per unit that Brightway has checked."""

from __future__ import annotations

import io
import json
from typing import Any, Callable, Mapping, Optional

import numpy as np

from lca_cardato.brightway import process
from lca_cardato.brightway.condense import RESULT, Numbers, condense, full_matrices
from lca_cardato.brightway.exchanges import (
    UNIT_NAMES,
    Flow,
    dataset_amounts,
    published_results,
)
from lca_cardato.errors import CalculationError
from lca_cardato.inventory.placed import BY_PLACE, place_of, plain
from lca_cardato.inventory.records import Inventory
from lca_cardato.inventory.scarcity import WORLD
from lca_cardato.inventory.uncounted import doubts
from lca_cardato.lcia.counted import Counted
from lca_cardato.lcia.factors import bundled, correction_state, factors_by_code
from lca_cardato.lcia.flows import listed_flows, normal_compartment
from lca_cardato.lcia.indicators import INDICATOR_IDS, INDICATORS
from lca_cardato.lcia.methods import library
from lca_cardato.sentence import say

Progress = Callable[[int, int, str], None]
STEPS = 5
RTOL = 1e-9
Row = tuple[Flow, str]
"""A flow, and its code in Brightway's biosphere; of a published result, the id of its method."""


def build(inventory: Inventory, progress: Optional[Progress] = None) -> dict[str, bytes]:
    """Make the files of a store.

    Parameters
    ----------
    inventory : Inventory
    progress : callable, optional
        Called with (step, steps, text).

    Returns
    -------
    dict
        ``arrays.npz`` and ``index.json``.

    Raises
    ------
    CalculationError
        ``E402``: the inventories have no sound scores, or Brightway's are others.
    """
    process.start()
    try:
        with np.errstate(all="ignore"):
            return _build(inventory, progress or (lambda *_: None))
    except (ArithmeticError, LookupError, RuntimeError, ValueError) as error:
        raise CalculationError.one(
            "E402",
            say(
                "the inventories could not be installed: {kind}: {error}",
                kind=type(error).__name__,
                error=error,
            ),
        ) from None


def _build(inventory: Inventory, progress: Progress) -> dict[str, bytes]:
    progress(0, STEPS, say("elementary flows"))
    units = {flow: UNIT_NAMES.get(unit, unit) for _, flow, unit in listed_flows()}
    amounts = {
        key: dataset_amounts(inventory.datasets[key], inventory, units)
        for key in sorted(inventory.datasets)
    }
    rows = _rows(inventory, amounts)
    progress(1, STEPS, say("indicators"))
    further = library()
    wanted = [*INDICATORS, *further.values()]
    found = bundled(wanted)
    tables = factors_by_code(wanted, found)
    factors = np.array(
        [
            [
                _factor(row, name, table, inventory.water_factors)
                for name, table in zip([*INDICATOR_IDS, *further], tables)
            ]
            for row in rows
        ]
    )
    characterisation = factors[:, : len(INDICATORS)].copy()
    progress(2, STEPS, say("datasets"))
    matrices = _matrices(amounts, rows, characterisation)
    climate = characterisation[:, INDICATOR_IDS.index("climate_change")]
    arrays = condense(inventory, matrices, amounts, INDICATORS, climate)
    progress(3, STEPS, say("scores of the background by Brightway"))
    check_with_brightway(matrices, arrays["scores"])
    index = {
        "corrections": correction_state(found),
        "doubts": doubts(inventory, _counted(rows, characterisation)),
        "datasets": matrices.ids,
        "indicators": list(INDICATOR_IDS),
        "library": list(further),
        "flows": [[name, list(categories)] for (name, categories), _ in rows],
        "codes": ["" if flow[1] == RESULT else code for flow, code in rows],
        "units": [units.get(plain(flow), "") for flow, _ in rows],
    }
    packed = io.BytesIO()
    np.savez(
        packed,
        technosphere=matrices.technosphere,
        biosphere=matrices.biosphere,
        characterisation=characterisation,
        library=factors[:, len(INDICATORS) :],
        **arrays,
    )
    progress(4, STEPS, say("done"))
    text = json.dumps(index, ensure_ascii=False, sort_keys=True)
    return {"arrays.npz": packed.getvalue(), "index.json": text.encode("utf-8")}


def _counted(rows: list[Row], characterisation: Any) -> Counted:
    """Families that count each flow, wherever it is."""
    found: dict[Flow, frozenset[str]] = {}
    for (flow, _), values in zip(rows, characterisation):
        families = {one.family for one, value in zip(INDICATORS, values) if value}
        if families:
            found[plain(flow)] = found.get(plain(flow), frozenset()) | families
    return found


def _rows(inventory: Inventory, amounts: Mapping[str, list[Any]]) -> list[Row]:
    """Flows that a dataset or a step emits or takes, by code; then the published results."""
    codes = {flow: code for code, flow, _ in listed_flows()}
    wanted: set[Flow] = {("Water", ("air",))}
    for step in inventory.steps.values():
        for datum in step.emissions:
            wanted.add((str(datum.emission), normal_compartment(datum.compartment)))
    for exchanges in amounts.values():
        wanted.update(target for kind, target, *_ in exchanges if kind == "flow")
    known = sorted((codes[plain(flow)], flow) for flow in wanted)
    results = [((name, RESULT), name) for name in result_names(inventory)]
    return [*((flow, code) for code, flow in known), *results]


def result_names(inventory: Inventory) -> list[str]:
    """Indicators and methods for which there can be published results, in a fixed order."""
    found = {name for d in inventory.datasets.values() for name, _ in published_results(d)}
    return [*INDICATOR_IDS, *sorted(found - set(INDICATOR_IDS))]


def _factor(row: Row, name: str, table: Mapping[str, float], places: Mapping[str, float]) -> float:
    flow, code = row
    if flow[1] == RESULT:
        return float(code == name)
    factor = table.get(code, 0.0)
    if name == BY_PLACE and factor:
        factor *= places.get(place_of(flow), places[WORLD])
    return factor


def _matrices(amounts: Mapping[str, list[Any]], rows: list[Row], characterisation: Any) -> Numbers:
    """The background as dense matrices, in double precision."""
    flows = [flow for flow, _ in rows]
    position = {key: i for i, key in enumerate(amounts)}
    flow_row = {flow: i for i, flow in enumerate(flows)}
    technosphere = np.eye(len(amounts))
    biosphere = np.zeros((len(flows), len(amounts)))
    for key, exchanges in amounts.items():
        for kind, target, amount, _ in exchanges:
            if kind == "input":
                technosphere[position[target], position[key]] -= amount
            else:
                flow = target if kind == "flow" else (target, RESULT)
                biosphere[flow_row[flow], position[key]] += amount
    return Numbers(list(amounts), flows, technosphere, biosphere, characterisation)


def check_with_brightway(matrices: Numbers, scores: Any) -> None:
    """Hold the condensed scores against Brightway: one unit of every dataset at once.

    Raises
    ------
    ArithmeticError
        The two differ by more than 1e-9 relative.
    """
    expected = scores.sum(axis=0)
    demand = {i + 1: 1.0 for i in range(len(matrices.ids))}
    found = process.scores(full_matrices(matrices), demand)
    if not np.allclose(found, expected, rtol=RTOL, atol=0):
        raise ArithmeticError(f"Brightway and the condensed background differ: {found} {expected}")
