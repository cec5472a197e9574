"""Evaluate rule packs: verdict, reason and what would change it, criterion by criterion.

A verdict is ``meets``, ``not_met`` or ``not_proven``. Missing evidence and readings that
disagree give *not proven*; the verdict of a claim is the worst of its criteria. Eligibility is
decided on exact fractions of the text that was typed, never on floats.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from lca_cardato.claims.packs_model import Criterion, RulePack
from lca_cardato.claims.shares import (
    BASES,
    POINTS,
    FibrePart,
    fibre_parts,
    replacement_needed,
    share,
    share_with_rework,
)
from lca_cardato.inventory.load import Inventory
from lca_cardato.model.structure import ProductModel, StepUse

ORDER = ("meets", "not_proven", "not_met")
Message = tuple[str, dict[str, Any]]


@dataclass
class CriterionResult:
    """Outcome of a criterion.

    Attributes
    ----------
    verdict : str
    observed : dict
        Reading -> exact share, for numeric criteria.
    reasons, changes : list of (message key, arguments)
        Why, and what would change it; words are made in `lca_cardato.report.text`.
    """

    criterion: Criterion
    verdict: str
    observed: dict[str, Fraction] = field(default_factory=dict)
    reasons: list[Message] = field(default_factory=list)
    changes: list[Message] = field(default_factory=list)


@dataclass
class ClaimResult:
    """Outcome of a claim."""

    pack: RulePack
    verdict: str
    criteria: list[CriterionResult]


def worst(verdicts: list[str]) -> str:
    """Give the worst of several verdicts."""
    return max(verdicts, key=ORDER.index)


def evaluate(
    pack: RulePack, model: ProductModel, inventory: Inventory, weights: dict[str, float]
) -> ClaimResult:
    """Evaluate a rule pack for a product.

    Parameters
    ----------
    pack : RulePack
    model : ProductModel
    inventory : Inventory
        For the list of the district's municipalities.
    weights : dict
        Parameter key -> its share of climate change; orders what should be measured first.

    Returns
    -------
    ClaimResult
    """
    parts = fibre_parts(model)
    results = []
    for criterion in pack.criteria:
        if criterion.kind == "carded_share":
            result = _carded(criterion, model, parts)
        elif criterion.kind == "recycled_share":
            result = _recycled(criterion, model, parts)
        elif criterion.kind == "district":
            result = _district(criterion, model, inventory)
        elif criterion.kind == "traceability":
            result = _traceability(criterion, model)
        else:
            result = _measured(criterion, model, weights)
        results.append(result)
    return ClaimResult(pack, worst([r.verdict for r in results]), results)


def _compare(observed: dict[str, Fraction], threshold: Fraction) -> str:
    passed = [value >= threshold for value in observed.values()]
    return "meets" if all(passed) else "not_proven" if any(passed) else "not_met"


def _processor(model: ProductModel) -> bool:
    return model.scenario.company.role == "contract_processor"


def _carded(criterion: Criterion, model: ProductModel, parts: list[FibrePart]) -> CriterionResult:
    threshold = Fraction(criterion.threshold or 0)
    observed = {}
    for basis in BASES:
        observed[f"C-60-A/{basis}"] = share(parts, lambda p: p.carded, "blend_input", basis)
        observed[f"C-60-B/{basis}"] = share(parts, lambda p: p.carded, "product", basis)
    result = CriterionResult(criterion, _compare(observed, threshold), observed)
    result.reasons.append(_share_reason(observed, threshold))
    if result.verdict != "meets":
        low = min(observed.values())
        result.changes.append(("change_carded", {"points": threshold - low}))
    return result


def _share_reason(observed: dict[str, Fraction], threshold: Fraction) -> Message:
    low, high = min(observed.values()), max(observed.values())
    arguments = {"low": low, "high": high, "threshold": threshold}
    if low < threshold <= high:
        below = [name for name, value in observed.items() if value < threshold]
        return "share_flips", {**arguments, "below": below}
    return ("share_range", arguments) if low != high else ("share_one", arguments)


def _recycled(criterion: Criterion, model: ProductModel, parts: list[FibrePart]) -> CriterionResult:
    threshold = Fraction(criterion.threshold or 0)
    observed = {
        f"R-65-{'PRODUCT' if point == 'product' else 'INPUT'}/{basis}": share(
            parts, lambda p: p.line.recycled, point, basis
        )
        for point in POINTS
        for basis in BASES
    }
    verdict = _compare(observed, threshold)
    result = CriterionResult(criterion, verdict, observed)
    result.reasons.append(_share_reason(observed, threshold))
    if any(part.declared_rework for part in parts):
        with_rework = {f"R-SRC-A/{basis}": share_with_rework(parts, basis) for basis in BASES}
        observed.update(with_rework)
        if verdict == "not_met" and any(v >= threshold for v in with_rework.values()):
            result.verdict = "not_proven"
            result.reasons.append(("rework_flips", {"high": max(with_rework.values())}))
        else:
            result.reasons.append(("rework_apart", {}))
    if result.verdict != "meets":
        needed = replacement_needed(parts, threshold)
        if needed is not None and needed[0] > 0:
            amount, away, grown = needed
            result.changes.append(
                ("change_recycled", {"points": amount, "away": away.fibre.name,
                                     "grown": grown.fibre.name})
            )  # fmt: skip
    undeclared = [p.line for p in parts if p.line.entry.origin == "undeclared"]
    unproven = [p.line for p in parts if p.line.recycled and not p.line.entry.document]
    if undeclared and result.verdict != "meets":
        open_share = observed["R-65-INPUT/conditioned"] + share(
            parts, lambda p: p.line.entry.origin == "undeclared", "blend_input", "conditioned"
        )
        if open_share >= threshold:
            result.verdict = "not_proven"
        result.reasons.append(("origin_missing", {"fibres": [u.fibre.name for u in undeclared]}))
        result.changes.append(("change_origin", {}))
    if unproven and result.verdict == "meets":
        result.verdict = "not_proven"
        result.reasons.append(("document_missing", {"fibres": [u.fibre.name for u in unproven]}))
        result.changes.append(("change_document", {}))
    if _processor(model) and result.verdict == "meets":
        result.verdict = "not_proven"
        result.reasons.append(("processor_content", {}))
    return result


def _district(criterion: Criterion, model: ProductModel, inventory: Inventory) -> CriterionResult:
    steps = [use for use in model.all_steps() if use.step.level != "any"]
    if not steps:
        return CriterionResult(criterion, "not_proven", {}, [("district_no_steps", {})])
    core = [use for use in steps if use.step.stage == "spinning"]
    where = {use.key: _in_district(use, inventory) for use in steps}
    readings = [_all_inside([where[u.key] for u in steps])]
    if core:
        readings.append(_all_inside([where[u.key] for u in core]))
    verdict = readings[0] if len(set(readings)) == 1 else "not_proven"
    result = CriterionResult(criterion, verdict)
    outside = [u for u in steps if where[u.key] is False]
    missing = [u for u in steps if where[u.key] is None]
    if outside:
        names = [(u.step.name, u.municipality) for u in outside]
        result.reasons.append(("district_outside", {"steps": names}))
    if missing:
        result.reasons.append(("district_missing", {"steps": [u.step.name for u in missing]}))
        result.changes.append(("change_municipality", {"steps": [u.step.name for u in missing]}))
    if not outside and not missing:
        result.reasons.append(("district_all", {"count": len(steps)}))
    if len(set(readings)) > 1:
        result.reasons.append(("district_readings", {}))
    if outside:
        result.changes.append(("change_district", {"steps": [u.step.name for u in outside]}))
    return result


def _in_district(use: StepUse, inventory: Inventory) -> Any:
    if not use.municipality:
        return None
    found = inventory.municipality_named(use.municipality)
    return None if found is None else found[1].district == "yes"


def _all_inside(states: list[Any]) -> str:
    if any(state is False for state in states):
        return "not_met"
    return "not_proven" if any(state is None for state in states) else "meets"


def _traceability(criterion: Criterion, model: ProductModel) -> CriterionResult:
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


def _grouped(
    missing: list[tuple[StepUse, str]], weights: dict[str, float]
) -> list[tuple[Any, str, float]]:
    """Sum the open figures of a step over fibres, heaviest first."""
    groups: dict[tuple[str, str], tuple[Any, str, float]] = {}
    for use, key in missing:
        figure = key.split(".")[1]
        _, _, before = groups.get((use.id, figure), (None, "", 0.0))
        groups[use.id, figure] = (use.step.name, figure, before + weights.get(key, 0.0))
    return sorted(groups.values(), key=lambda group: -group[2])


def _measured(
    criterion: Criterion, model: ProductModel, weights: dict[str, float]
) -> CriterionResult:
    figures = figures_to_prove(model)
    result = CriterionResult(criterion, "meets")
    everything = figures["energy"] + figures["water"]
    missing = [(use, key) for use, key, ok in everything if not ok]
    missing.sort(key=lambda item: (-weights.get(item[1], 0.0), item[1]))
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
    if not figures["water"]:
        result.verdict = "not_proven"
        result.reasons.append(("water_missing", {}))
        result.changes.append(("change_water", {}))
    if result.verdict == "meets":
        result.reasons.append(("measured_all", {"count": len(everything)}))
    return result
