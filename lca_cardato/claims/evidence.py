"""Criteria about evidence: traceability and measured impacts."""

from __future__ import annotations

from typing import Any

from lca_cardato.claims.outcome import CriterionResult
from lca_cardato.claims.packs_model import Criterion
from lca_cardato.model.structure import ProductModel, StepUse
from lca_cardato.text.number import largest


def traceability(criterion: Criterion, model: ProductModel) -> CriterionResult:
    """Traceability by lot, or by totals of the calendar year."""
    trace = model.scenario.traceability
    if trace is None:
        return CriterionResult(
            criterion, "not_proven", {}, [("trace_missing", {})], [("change_trace", {})]
        )
    if not trace.document:
        return CriterionResult(
            criterion, "not_proven", {}, [("trace_no_document", {})], [("change_trace", {})]
        )
    if trace.method == "calendar_year":
        if trace.year is None:
            return CriterionResult(
                criterion, "not_proven", {}, [("trace_no_year", {})], [("change_trace", {})]
            )
        return CriterionResult(criterion, "meets", {}, [("trace_year", {"year": str(trace.year)})])
    lines = [line for yarn in model.yarns for line in yarn.lines]
    open_lines = [line for line in lines if not line.entry.lot]
    if open_lines:
        return CriterionResult(
            criterion,
            "not_proven",
            {},
            [("trace_no_lot", {"fibres": [line.fibre.name for line in open_lines]})],
            [("change_lot", {})],
        )
    return CriterionResult(criterion, "meets", {}, [("trace_lots", {"count": len(lines)})])


def figures_to_prove(model: ProductModel) -> dict[str, list[tuple[StepUse, str, bool]]]:
    """List the energy and water figures of the mill's and its contractors' steps, by aspect.

    Returns
    -------
    dict
        ``energy`` and ``water`` -> list of (step, parameter key, proven).

    Notes
    -----
    The company's own steps need measured figures with period and document; a contracted step
    needs a measured or supplier figure with document. Steps at the supplier of the fibre
    (declared nowhere in the scenario) are counted with the contracted ones.
    """
    result: dict[str, list[tuple[StepUse, str, bool]]] = {"energy": [], "water": []}
    for use in model.all_steps():
        if use.step.level == "any":
            continue
        energy = [key for key in (use.electricity, *use.heat.values()) if key]
        water = [use.water_in] if use.water_in else []
        for aspect, keys in (("energy", energy), ("water", water)):
            for key in keys:
                result[aspect].append((use, key, proven(model, use, key)))
    return result


def proven(model: ProductModel, use: StepUse, key: str) -> bool:
    """Tell whether a figure proves a measured impact."""
    parameter = model.parameters[key]
    if parameter.evidenced:
        return True
    if use.operator == "own" and use.declared:
        return False
    return parameter.data_class in ("measured", "supplier") and bool(parameter.document)


def electricity_proven(model: ProductModel) -> bool:
    """Tell whether electricity other than the grid's has its document; the grid needs none."""
    contract = model.scenario.electricity
    other = contract.contract != "grid" or contract.photovoltaic > 0
    return not other or bool((contract.document or "").strip())


def _grouped(
    missing: list[tuple[StepUse, str]], weights: dict[str, float]
) -> list[tuple[Any, str, float]]:
    """Sum the open figures of a step over fibres, heaviest first."""
    groups: dict[tuple[str, str], tuple[Any, str, float]] = {}
    for use, key in missing:
        figure = key.removeprefix(f"{use.key}.").split(".")[0]
        _, _, before = groups.get((use.id, figure), (None, "", 0.0))
        groups[use.id, figure] = (use.step.name, figure, before + weights.get(key, 0.0))
    return sorted(groups.values(), key=lambda group: largest(group[2]))


def measured(
    criterion: Criterion, model: ProductModel, weights: dict[str, float]
) -> CriterionResult:
    """Energy and water of every step rest on measured figures with period and document."""
    figures = figures_to_prove(model)
    result = CriterionResult(criterion, "meets")
    everything = figures["energy"] + figures["water"]
    missing = [(use, key) for use, key, ok in everything if not ok]
    missing.sort(key=lambda item: (largest(weights.get(item[1], 0.0)), item[1]))
    if not everything:
        result.verdict = "not_proven"
        result.reasons.append(("measured_none", {}))
        return result
    if missing:
        result.verdict = "not_proven"
        arguments = {
            "done": len(everything) - len(missing),
            "all": len(everything),
            "weight": sum(weights.get(key, 0.0) for _, key in missing),
        }
        result.reasons.append(("measured_missing", arguments))
        listed = _grouped(missing, weights)
        result.changes.append(("change_measure", {"figures": listed}))
    bought = [use for use in model.all_steps() if use.operator == "supplier" and not use.document]
    if bought:
        result.verdict = "not_proven"
        steps = list({use.id: use.step.name for use in bought}.values())
        result.reasons.append(("step_bought", {"steps": steps}))
        result.changes.append(("change_bought", {}))
    if model.outside:
        result.verdict = "not_proven"
        result.reasons.append(("step_outside", {"steps": list(model.outside)}))
    if not electricity_proven(model):
        result.verdict = "not_proven"
        result.reasons.append(("electricity_unproven", {}))
        result.changes.append(("change_electricity", {}))
    if not figures["water"]:
        result.verdict = "not_proven"
        result.reasons.append(("water_missing", {}))
        result.changes.append(("change_water", {}))
    if result.verdict == "meets":
        result.reasons.append(("measured_all", {"count": len(everything)}))
    return result
