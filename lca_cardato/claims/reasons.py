"""Why a criterion about content has its verdict, and what would change it, for one blend."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from lca_cardato.claims.blend import READINGS, TESTS, Content, is_processor
from lca_cardato.claims.content import VIRGIN_SHARE, has_rework, has_spun_rework
from lca_cardato.claims.names import label_parts
from lca_cardato.claims.outcome import CriterionResult, Message
from lca_cardato.claims.proven import (
    proven_share,
    short_documents,
    undocumented,
    unfit_documents,
)
from lca_cardato.claims.shares import BASES, replacement_needed, share, share_with_rework
from lca_cardato.model.structure import Line
from lca_cardato.words.language import Beside, Digits

PLACES = {"product": "PRODUCT", "blend_input": "INPUT"}
MISSING = {
    "recycled": ("document_missing", "change_document"),
    "wool": ("document_missing_wool", "change_document_wool"),
}


def carded_share(result: CriterionResult, content: Content) -> None:
    """Tell where the carded share lies, and how far it is from the threshold."""
    threshold = Fraction(result.criterion.threshold or 0)
    for basis in BASES:
        result.observed[f"C-60-A/{basis}"] = content.share("carded", "blend_input", basis)
        result.observed[f"C-60-B/{basis}"] = content.share("carded", "product", basis)
    result.reasons.append(share_reason(result.observed, threshold))
    if result.verdict != "meets":
        low = min(result.observed.values())
        result.changes.append(("change_carded", {"points": threshold - low}))


def share_reason(observed: dict[str, Fraction], threshold: Fraction) -> Message:
    """Say where the shares lie and which readings fall below the threshold."""
    low, high = min(observed.values()), max(observed.values())
    edge = (threshold,)
    arguments: dict[str, Any] = {
        "low": Beside(low, edge), "high": Beside(high, edge), "threshold": threshold,
    }  # fmt: skip
    if low < threshold <= high:
        below = [name for name, value in observed.items() if value < threshold]
        return "share_flips", {**arguments, "below": below}
    return ("share_range", arguments) if low != high else ("share_one", arguments)


def _proven_part(result: CriterionResult, content: Content, threshold: Fraction) -> None:
    """Say how much is proven where not all that is declared recycled is."""
    found = [proven_share(content, *reading) for reading in READINGS]
    whole = [content.share("recycled", *reading) for reading in READINGS]
    if found != whole and any(found):
        edge = (threshold,)
        arguments = {"low": Beside(min(found), edge), "high": Beside(max(found), edge)}
        result.reasons.append(("proven_part", arguments))


def _readings(content: Content, prefix: str = "") -> dict[str, Fraction]:
    """Recycled share at every point and on every basis, own rework excluded."""
    return {
        f"{prefix}{PLACES[point]}/{basis}": content.share("recycled", point, basis)
        for point, basis in READINGS
    }


def recycled_share(result: CriterionResult, content: Content) -> None:
    """Tell where the recycled share lies, what rework and open origins do, what is not proven."""
    criterion, parts = result.criterion, content.parts
    threshold = Fraction(criterion.threshold or 0)
    observed = result.observed
    observed.update(_readings(content, f"{criterion.prefix}-"))
    low, high = min(observed.values()), max(observed.values())
    result.reasons.append(share_reason(observed, threshold))
    if has_rework(content) and criterion.rework == "open":
        with_rework = {f"R-SRC-A/{basis}": share_with_rework(parts, basis) for basis in BASES}
        observed.update(with_rework)
        reached = max(with_rework.values())
        if high < threshold <= reached:
            beside = Beside(reached, (threshold,))
            result.reasons.append(("rework_flips", {"high": beside}))
        else:
            result.reasons.append(("rework_apart", {}))
    _proven_part(result, content, threshold)
    if low < threshold:
        needed = replacement_needed(parts, threshold)
        if needed is not None and needed[0] > 0:
            result.changes.append(_exchange(content, *needed))
        unknown = [p.line.fibre.name for p in parts if p.line.entry.origin == "undeclared"]
        if unknown:
            result.reasons.append(("origin_missing", {"fibres": unknown}))
            result.changes.append(("change_origin", {}))
    _evidence(result, content, low >= threshold and result.verdict != "meets")


def _exchange(content: Content, amount: Fraction, away: Line, grown: Line) -> Message:
    """Say how much recycled fibre has to take whose place, in kg where a batch is stated."""
    named = {
        "points": Beside(amount, (Fraction(0),), up=True),
        "away": away.fibre.name,
        "grown": grown.fibre.name,
    }
    batch = content.model.scenario.product.batch
    if batch is None:
        return "change_recycled", named
    fresh = sum((part.fresh for part in content.parts), Fraction(0)) * batch.amount
    kilograms = {
        "kg": Digits(f"{float(amount * fresh):.6g}"),
        "batch": Digits(f"{float(batch.amount):.6g}"),
    }
    return "change_recycled_kg", {**named, **kilograms}


def _evidence(
    result: CriterionResult, content: Content, meets: bool = True, kind: str = "recycled"
) -> None:
    """Tell what the documents leave open; `meets` says whether it costs the verdict."""
    missing = undocumented(content, kind)
    if missing and meets:
        fibres = [part.line.fibre.name for part in missing]
        why, change = MISSING[kind]
        result.reasons.append((why, {"fibres": fibres}))
        result.changes.append((change, {}))
    gaps = unfit_documents(content, kind) + short_documents(content, kind)
    result.reasons += gaps
    if gaps and meets:
        result.changes.append(("change_papers", {}))
    if kind == "recycled" and is_processor(content.model) and meets and not missing and not gaps:
        result.reasons.append(("processor_content", {}))


def declared_share(result: CriterionResult, content: Content) -> None:
    """Tell the figure to declare, by the origin of the fibre."""
    if result.verdict == "not_applicable":
        result.reasons.append(("no_recycled", {}))
        return
    result.observed = _readings(content)
    _proven_part(result, content, Fraction(0))

    def of_origin(origin: str) -> Fraction:
        return Fraction(
            share(
                content.parts, lambda p: p.line.entry.origin == origin, "blend_input", "conditioned"
            )
        )

    arguments = {
        "low": min(result.observed.values()), "high": max(result.observed.values()),
        "post": of_origin("recycled_post_consumer"), "pre": of_origin("recycled_pre_consumer"),
    }  # fmt: skip
    result.reasons.append(("declared_content", arguments))
    if has_rework(content):
        result.reasons.append(("rework_apart", {}))
    _evidence(result, content, result.verdict != "meets")


def bands(result: CriterionResult, content: Content) -> None:
    """Tell the band, or why there is none."""
    result.observed = _readings(content)
    values = [proven_share(content, *reading) for reading in READINGS]
    if not any(values):
        values = list(result.observed.values())
    edges = [Fraction(edge) for edge in result.criterion.bands]
    least, most = min(values), max(values)
    low, high = Beside(least, tuple(edges)), Beside(most, tuple(edges))
    level = sum(least > edge for edge in edges)
    if any(value in edges for value in values):
        result.reasons.append(("band_edge", {}))
    elif most <= edges[0]:
        result.reasons.append(("band_below", {"high": high, "edge": edges[0]}))
        _evidence(result, content, result.verdict == "not_proven")
    elif level != sum(most > edge for edge in edges):
        result.reasons.append(("band_flips", {"low": low, "high": high}))
    else:
        below, above = edges[level - 1], edges[level] if level < len(edges) else Fraction(1)
        result.reasons.append(
            ("band_inside", {"low": low, "high": high, "below": below, "above": above})
        )
        _evidence(result, content, result.verdict != "meets")


def virgin_wool(result: CriterionResult, content: Content) -> None:
    """Tell what stands against the name *virgin wool*, or for it."""
    wool = [part.line for part in content.parts if TESTS["wool"](part)]
    if not wool:
        result.reasons.append(("no_wool", {}))
        return
    found = content.share("wool", "product", "conditioned")
    result.observed["PRODUCT/conditioned"] = found
    if any(line.recycled for line in wool):
        result.reasons.append(("wool_recycled", {}))
        return
    others = len(label_parts(content.parts)) - 1
    if others and found < VIRGIN_SHARE:
        beside = Beside(found, (VIRGIN_SHARE,))
        result.reasons.append(("wool_too_little", {"share": beside, "least": VIRGIN_SHARE}))
    if others > 1 and content.any("carded"):
        result.reasons.append(("wool_mixture", {"count": str(others)}))
    if has_spun_rework(content):
        result.reasons.append(("wool_spun", {}))
    elif has_rework(content):
        result.reasons.append(("wool_soft", {}))
    unknown = [line.fibre.name for line in wool if line.entry.origin != "virgin"]
    if unknown and result.verdict == "not_proven":
        result.reasons.append(("origin_missing", {"fibres": unknown}))
    if result.verdict == "not_proven":
        _evidence(result, content, True, "wool")
    if result.verdict == "meets":
        result.reasons.append(("wool_virgin", {"share": found}))
