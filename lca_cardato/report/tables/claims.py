"""Claims and their criteria, from a result document."""

from __future__ import annotations

from typing import Any

from lca_cardato.report.parts import Claim, Criterion
from lca_cardato.words.language import Language
from lca_cardato.words.units import share


def claim_block(claim: dict[str, Any], words: Language, folded: bool) -> Claim:
    """Make a claim of the report.

    Parameters
    ----------
    claim : dict
        As it stands in a result document.
    words : Language
    folded : bool
        Whether it is told in a line at first: neighbouring claims.

    Returns
    -------
    Claim
    """
    scope = words("scope_processing") if claim["scope"] == "processing" else ""
    criteria = [_criterion(item, words) for item in claim["criteria"]]
    return Claim(
        claim["name"], claim["rule_pack"], claim["verdict"], criteria, claim["grantor"],
        claim["unknown"], folded, scope,
    )  # fmt: skip


def _criterion(item: dict[str, Any], words: Language) -> Criterion:
    observed = []
    for key, value in item["observed"].items():
        reading, _, basis = key.partition("/")
        text = item["readings"].get(reading, reading)
        if basis:
            text = f"{text}, {words(basis)}"
        observed.append((text, share(words, value["percent"] / 100)))
    quotes = [(quote["text"], quote.get("url", "")) for quote in item["quotes"]]
    return Criterion(
        item["title"], item["verdict"], item["reason"], item["change"], item["note"], observed, quotes
    )  # fmt: skip
