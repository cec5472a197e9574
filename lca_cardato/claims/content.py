"""Criteria about the content of a product: carded and recycled fibre, bands, declarations.

Eligibility is decided on exact fractions of the text that was typed, never on floats.
"""

from __future__ import annotations

from fractions import Fraction

from lca_cardato.claims.outcome import CriterionResult, Message
from lca_cardato.claims.packs_model import Criterion
from lca_cardato.claims.shares import (
    BASES,
    POINTS,
    FibrePart,
    replacement_needed,
    share,
    share_with_rework,
)
from lca_cardato.model.structure import Line, ProductModel


def compare(observed: dict[str, Fraction], threshold: Fraction) -> str:
    """Verdict of shares against a threshold, in every reading."""
    passed = [value >= threshold for value in observed.values()]
    return "meets" if all(passed) else "not_proven" if any(passed) else "not_met"


def is_processor(model: ProductModel) -> bool:
    """Whether the company works material of others."""
    return model.scenario.company.role == "contract_processor"


def carded_share(
    criterion: Criterion, model: ProductModel, parts: list[FibrePart]
) -> CriterionResult:
    """Share of carded fibre against the threshold, by both wordings and on both bases."""
    threshold = Fraction(criterion.threshold or 0)
    observed = {}
    for basis in BASES:
        observed[f"C-60-A/{basis}"] = share(parts, lambda p: p.carded, "blend_input", basis)
        observed[f"C-60-B/{basis}"] = share(parts, lambda p: p.carded, "product", basis)
    result = CriterionResult(criterion, compare(observed, threshold), observed)
    result.reasons.append(share_reason(observed, threshold))
    if result.verdict != "meets":
        low = min(observed.values())
        result.changes.append(("change_carded", {"points": threshold - low}))
    return result


def share_reason(observed: dict[str, Fraction], threshold: Fraction) -> Message:
    """Say where the shares lie and which readings fall below the threshold."""
    low, high = min(observed.values()), max(observed.values())
    arguments = {"low": low, "high": high, "threshold": threshold}
    if low < threshold <= high:
        below = [name for name, value in observed.items() if value < threshold]
        return "share_flips", {**arguments, "below": below}
    return ("share_range", arguments) if low != high else ("share_one", arguments)


def recycled_share(
    criterion: Criterion, model: ProductModel, parts: list[FibrePart]
) -> CriterionResult:
    """Share of recycled fibre against the threshold, at both points and on both bases."""
    threshold = Fraction(criterion.threshold or 0)
    observed = {
        f"{criterion.prefix}-{'PRODUCT' if point == 'product' else 'INPUT'}/{basis}": share(
            parts, lambda p: p.line.recycled, point, basis
        )
        for point in POINTS
        for basis in BASES
    }
    verdict = compare(observed, threshold)
    result = CriterionResult(criterion, verdict, observed)
    result.reasons.append(share_reason(observed, threshold))
    if any(part.declared_rework for part in parts) and criterion.rework == "open":
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
            result.changes.append(_exchange(model, parts, *needed))
    undeclared = [p.line for p in parts if p.line.entry.origin == "undeclared"]
    if undeclared and result.verdict != "meets":
        open_share = observed[f"{criterion.prefix}-INPUT/conditioned"] + share(
            parts, lambda p: p.line.entry.origin == "undeclared", "blend_input", "conditioned"
        )
        if open_share >= threshold:
            result.verdict = "not_proven"
        result.reasons.append(("origin_missing", {"fibres": [u.fibre.name for u in undeclared]}))
        result.changes.append(("change_origin", {}))
    _evidence(result, model, parts)
    return result


def _exchange(
    model: ProductModel, parts: list[FibrePart], amount: Fraction, away: Line, grown: Line
) -> Message:
    """Say how much recycled fibre has to take whose place, in kg where a batch is stated."""
    named = {"points": amount, "away": away.fibre.name, "grown": grown.fibre.name}
    batch = model.scenario.product.batch
    if batch is None:
        return "change_recycled", named
    fresh = sum((part.fresh for part in parts), Fraction(0)) * batch.amount
    kilograms = {"kg": f"{float(amount * fresh):.6g}", "batch": f"{float(batch.amount):.6g}"}
    return "change_recycled_kg", {**named, **kilograms}


def _readings(parts: list[FibrePart]) -> dict[str, Fraction]:
    """Recycled share at every point and on every basis, own rework excluded."""
    return {
        f"{'PRODUCT' if point == 'product' else 'INPUT'}/{basis}": share(
            parts, lambda p: p.line.recycled, point, basis
        )
        for point in POINTS
        for basis in BASES
    }


def document_gaps(model: ProductModel, parts: list[FibrePart]) -> list[Message]:
    """What the documents of recycled fibre leave open: mass, validity, lot.

    The mass that the batch takes in of all lines that name a document is held against the mass
    of the document; validity against the calendar year of the traceability.
    """
    scenario = model.scenario
    gaps: list[Message] = []
    needed: dict[str, Fraction] = {}
    for part in parts:
        key = part.line.entry.document or ""
        document = scenario.documents.get(key)
        if not part.line.recycled or document is None:
            continue
        if scenario.product.batch is not None:
            taken = part.fresh * scenario.product.batch.amount
            needed[key] = needed.get(key, Fraction(0)) + taken
        lot = part.line.entry.lot
        if document.lot and lot and document.lot != lot:
            gaps.append(("document_lot", {"document": key, "lot": lot, "other": document.lot}))
        year = scenario.traceability.year if scenario.traceability else None
        if document.valid_until and year and int(document.valid_until[:4]) < year:
            gaps.append(
                ("document_expired", {"document": key, "until": document.valid_until,
                                      "year": str(year)})
            )  # fmt: skip
    for key, kilograms in needed.items():
        mass = scenario.documents[key].mass
        if mass is not None and kilograms > mass.amount:
            gaps.append(
                ("document_mass", {"document": key, "needed": f"{float(kilograms):.6g}",
                                   "has": f"{float(mass.amount):.6g}"})
            )  # fmt: skip
    return gaps


def _evidence(result: CriterionResult, model: ProductModel, parts: list[FibrePart]) -> None:
    """Without a document for every recycled fibre nothing is proven."""
    unproven = [p.line for p in parts if p.line.recycled and not p.line.entry.document]
    if unproven and result.verdict == "meets":
        result.verdict = "not_proven"
        result.reasons.append(("document_missing", {"fibres": [u.fibre.name for u in unproven]}))
        result.changes.append(("change_document", {}))
    for reason, arguments in document_gaps(model, parts):
        if result.verdict == "meets":
            result.verdict = "not_proven"
        result.reasons.append((reason, arguments))
    if is_processor(model) and result.verdict == "meets":
        result.verdict = "not_proven"
        result.reasons.append(("processor_content", {}))


def declared_share(
    criterion: Criterion, model: ProductModel, parts: list[FibrePart]
) -> CriterionResult:
    """Recycled content as a figure to declare: no threshold, but evidence."""
    observed = _readings(parts)
    if not any(observed.values()):
        return CriterionResult(criterion, "not_applicable", {}, [("no_recycled", {})])
    result = CriterionResult(criterion, "meets", observed)
    low, high = min(observed.values()), max(observed.values())

    def of_origin(origin: str) -> Fraction:
        return share(parts, lambda p: p.line.entry.origin == origin, "blend_input", "conditioned")

    post, pre = of_origin("recycled_post_consumer"), of_origin("recycled_pre_consumer")
    result.reasons.append(
        ("declared_content", {"low": low, "high": high, "post": post, "pre": pre})
    )  # fmt: skip
    if any(part.declared_rework for part in parts):
        result.reasons.append(("rework_apart", {}))
    _evidence(result, model, parts)
    return result


def bands(criterion: Criterion, model: ProductModel, parts: list[FibrePart]) -> CriterionResult:
    """Band of recycled content; an edge that the text leaves open proves nothing."""
    observed = _readings(parts)
    result = CriterionResult(criterion, "meets", observed)
    edges = [Fraction(edge) for edge in criterion.bands]
    if any(value in edges for value in observed.values()):
        result.verdict = "not_proven"
        result.reasons.append(("band_edge", {}))
        return result
    levels = {sum(value > edge for edge in edges) for value in observed.values()}
    low, high = min(observed.values()), max(observed.values())
    if levels == {0}:
        result.verdict = "not_met"
        result.reasons.append(("band_below", {"high": high, "edge": edges[0]}))
        return result
    if len(levels) > 1:
        result.verdict = "not_proven"
        result.reasons.append(("band_flips", {"low": low, "high": high}))
        return result
    level = levels.pop()
    below, above = edges[level - 1], edges[level] if level < len(edges) else Fraction(1)
    result.reasons.append(
        ("band_inside", {"low": low, "high": high, "below": below, "above": above})
    )
    _evidence(result, model, parts)
    return result
