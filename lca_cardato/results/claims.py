"""Outcomes of claims as plain data with their sentences."""

from __future__ import annotations

from typing import Any

from lca_cardato.claims.outcome import ClaimResult, CriterionResult
from lca_cardato.words.language import Language


def claim_document(result: ClaimResult, words: Language, own: bool = False) -> dict[str, Any]:
    """Give a claim as plain data with its sentences.

    Parameters
    ----------
    result : ClaimResult
    words : Language
    own : bool
        Whether its rules are the user's own; the name then says so.
    """
    pack = result.pack
    name = getattr(pack.name, words.lang)
    return {
        "id": pack.claim,
        "name": words("own_pack", name=words.quote(name)) if own else name,
        "rule_pack": pack.id,
        "family": pack.family,
        "verdict": result.verdict,
        "criteria": [criterion_document(item, words) for item in result.criteria],
        "grantor": getattr(pack.grantor, words.lang),
        "unknown": getattr(pack.unknown, words.lang),
    }


def criterion_document(result: CriterionResult, words: Language) -> dict[str, Any]:
    """Give a criterion as plain data with its sentences.

    Parameters
    ----------
    result : CriterionResult
    words : Language
    """
    item = result.criterion
    readings = {reading.id: getattr(reading.text, words.lang) for reading in item.readings}
    return {
        "id": item.id,
        "kind": item.kind,
        "title": getattr(item.title, words.lang),
        "verdict": result.verdict,
        "threshold": str(item.threshold) if item.threshold is not None else None,
        "observed": {
            name: {"fraction": str(value), "percent": float(f"{float(value * 100):.12g}")}
            for name, value in result.observed.items()
        },
        "readings": readings,
        "reason": " ".join(words(key, **arguments) for key, arguments in result.reasons),
        "change": " ".join(words(key, **arguments) for key, arguments in result.changes),
        "note": getattr(item.note, words.lang) if item.note else "",
        "quotes": [quote.model_dump() for quote in item.quotes],
    }
