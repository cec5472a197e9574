"""Evaluate rule packs: verdict, reason and what would change it, criterion by criterion.

A verdict is ``meets``, ``not_met``, ``not_proven`` or ``not_applicable``. Missing evidence and
readings that disagree give *not proven*; the verdict of a claim is the worst of its criteria.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping

import numpy as np
from numpy.typing import NDArray

from lca_cardato.claims import content, evidence, names, reasons, territory
from lca_cardato.claims.blend import MEETS, NOT_PROVEN, Content, pick
from lca_cardato.claims.outcome import ORDER, ClaimResult, CriterionResult, worst
from lca_cardato.claims.packs_model import Criterion, RulePack
from lca_cardato.claims.questioned import hold_back
from lca_cardato.claims.shares import fibre_parts
from lca_cardato.inventory.records import Inventory
from lca_cardato.model.structure import ProductModel

OF_CONTENT = {
    "carded_share": (content.carded_share, reasons.carded_share),
    "recycled_share": (content.recycled_share, reasons.recycled_share),
    "declared_share": (content.declared_share, reasons.declared_share),
    "bands": (content.bands, reasons.bands),
    "virgin_wool": (content.virgin_wool, reasons.virgin_wool),
}


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
    fibres = Content(model, fibre_parts(model))
    results = [criterion_result(item, fibres, inventory, weights) for item in pack.criteria]
    for result in results:
        hold_back(result, model.questions)
    return ClaimResult(pack, worst([r.verdict for r in results]), results)


def criterion_result(
    criterion: Criterion, fibres: Content, inventory: Inventory, weights: dict[str, float]
) -> CriterionResult:
    """Evaluate one criterion by its kind, for one blend with exact masses."""
    kind, model = criterion.kind, fibres.model
    if kind == "district":
        return territory.district(criterion, model, inventory)
    if kind == "carded_in_region":
        return territory.carded_in_region(criterion, model, inventory)
    if kind == "traceability":
        return evidence.traceability(criterion, model)
    if kind == "measured":
        return evidence.measured(criterion, model, weights)
    if kind == "composition":
        return names.composition(criterion, model, fibres.parts)
    verdict, explain = OF_CONTENT[kind]
    result = CriterionResult(criterion, ORDER[int(verdict(criterion, fibres))])
    explain(result, fibres)
    return result


@dataclass
class Standing:
    """Verdicts of the rule packs for blends of one shape of product system.

    Attributes
    ----------
    packs : list of RulePack
    fixed : dict
        Criterion (by pack and id) -> verdict that no share changes.
    """

    packs: list[RulePack]
    fixed: dict[tuple[str, str], int]

    def verdicts(
        self, fibres: Content, rows: int, held: Mapping[str, Any]
    ) -> dict[str, NDArray[np.int8]]:
        """Verdict of every pack.

        Parameters
        ----------
        fibres : Content
        rows : int
        held : mapping
            Kind of criterion -> where a figure that it rests on is questioned, bool or ndarray.

        Returns
        -------
        dict
            Pack id -> ndarray of shape (rows,), positions in `outcome.ORDER`.
        """
        found = {}
        memory: dict[Any, Any] = {}
        for pack in self.packs:
            worst: Any = 0
            for item in pack.criteria:
                verdict: Any = self.fixed.get((pack.id, item.id))
                if verdict is None:
                    key = (item.kind, item.threshold, tuple(item.bands), item.rework)
                    if key not in memory:
                        memory[key] = OF_CONTENT[item.kind][0](item, fibres)
                    verdict = memory[key]
                back = held.get(item.kind, False)
                if back is not False:
                    verdict = pick((verdict == MEETS) & back, NOT_PROVEN, verdict)
                worst = np.maximum(worst, verdict)
            found[pack.id] = np.broadcast_to(np.asarray(worst, dtype=np.int8), (rows,))
        return found


def standing(model: ProductModel, inventory: Inventory, packs: list[RulePack]) -> Standing:
    """Evaluate what no share changes, once for a product system.

    Parameters
    ----------
    model : ProductModel
        Any row of that shape; its shares and losses do not matter.
    inventory : Inventory
    packs : list of RulePack

    Returns
    -------
    Standing
    """
    fibres = Content(model, fibre_parts(model))
    return Standing(packs, {
        (pack.id, item.id): ORDER.index(criterion_result(item, fibres, inventory, {}).verdict)
        for pack in packs for item in pack.criteria if item.kind not in OF_CONTENT
    })  # fmt: skip
