"""Evaluate rule packs: verdict, reason and what would change it, criterion by criterion.

A verdict is ``meets``, ``not_met``, ``not_proven`` or ``not_applicable``. Missing evidence and
readings that disagree give *not proven*; the verdict of a claim is the worst of its criteria.
"""

from __future__ import annotations

from lca_cardato.claims import content, evidence, names, territory
from lca_cardato.claims.outcome import ClaimResult, CriterionResult, worst
from lca_cardato.claims.packs_model import Criterion, RulePack
from lca_cardato.claims.shares import FibrePart, fibre_parts
from lca_cardato.inventory.records import Inventory
from lca_cardato.model.structure import ProductModel


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
    results = [
        criterion_result(criterion, model, inventory, parts, weights) for criterion in pack.criteria
    ]
    return ClaimResult(pack, worst([r.verdict for r in results]), results)


def criterion_result(
    criterion: Criterion,
    model: ProductModel,
    inventory: Inventory,
    parts: list[FibrePart],
    weights: dict[str, float],
) -> CriterionResult:
    """Evaluate one criterion by its kind."""
    kind = criterion.kind
    if kind == "district":
        return territory.district(criterion, model, inventory)
    if kind == "carded_in_region":
        return territory.carded_in_region(criterion, model, inventory)
    if kind == "traceability":
        return evidence.traceability(criterion, model)
    if kind == "measured":
        return evidence.measured(criterion, model, weights)
    if kind == "virgin_wool":
        return names.virgin_wool(criterion, model, parts)
    if kind == "composition":
        return names.composition(criterion, model, parts)
    by_content = {
        "carded_share": content.carded_share,
        "recycled_share": content.recycled_share,
        "declared_share": content.declared_share,
        "bands": content.bands,
    }
    return by_content[kind](criterion, model, parts)
