"""Criteria about where a product is made."""

from __future__ import annotations

from typing import Any

from lca_cardato.claims.outcome import CriterionResult
from lca_cardato.claims.packs_model import Criterion
from lca_cardato.inventory.records import Inventory
from lca_cardato.model.structure import ProductModel, StepUse


def district(criterion: Criterion, model: ProductModel, inventory: Inventory) -> CriterionResult:
    """Every step lies in the district, or carding and spinning do."""
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


def carded_in_region(
    criterion: Criterion, model: ProductModel, inventory: Inventory
) -> CriterionResult:
    """Every yarn is carded, in carded mills of the region that the criterion names."""
    bought = [yarn for yarn in model.yarns if not yarn.carded]
    if bought:
        return CriterionResult(
            criterion, "not_met", {}, [("not_carded", {"yarns": [y.name for y in bought]})]
        )
    steps = [use for use in model.all_steps() if use.id == "carding"]
    places = {use.key: _region(use, inventory) for use in steps}
    outside = [u for u in steps if places[u.key] not in ("", criterion.region)]
    missing = [u for u in steps if places[u.key] == ""]
    result = CriterionResult(criterion, "not_met" if outside else "meets")
    if outside:
        names = [(u.step.name, u.municipality) for u in outside]
        result.reasons.append(("region_outside", {"steps": names, "region": criterion.region}))
    elif missing or not steps:
        result.verdict = "not_proven"
        result.reasons.append(("region_missing", {"region": criterion.region}))
        result.changes.append(("change_municipality", {"steps": [u.step.name for u in missing]}))
    else:
        result.reasons.append(("region_inside", {"region": criterion.region}))
    return result


def _region(use: StepUse, inventory: Inventory) -> str:
    found = inventory.municipality_named(use.municipality) if use.municipality else None
    return found[1].region if found else ""
