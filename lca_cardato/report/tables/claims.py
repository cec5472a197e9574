"""Claims, their criteria and what their verifier looks at, from a result document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Optional

from lca_cardato.report.parts import Block, Cell, Claim, Criterion, Table, Text
from lca_cardato.report.tables.cells import heads
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


def said_once(
    claims: Sequence[dict[str, Any]], words: Language
) -> tuple[list[dict[str, Any]], list[Text]]:
    """Take what several reasons say alike out of them, to be said once below.

    Parameters
    ----------
    claims : sequence of dict
        As they stand in a result document.
    words : Language

    Returns
    -------
    tuple of (list of dict, list of Text)
        The claims, and the sentence about own rework where it stood in two reasons or more.
    """
    sentence = words("rework_apart")
    found = sum(sentence in item["reason"] for claim in claims for item in claim["criteria"])
    if found < 2:
        return list(claims), []

    def without(item: dict[str, Any]) -> dict[str, Any]:
        parts = (part.strip() for part in item["reason"].split(sentence))
        return {**item, "reason": " ".join(part for part in parts if part)}

    kept = [{**claim, "criteria": [*map(without, claim["criteria"])]} for claim in claims]
    return kept, [Text(sentence, "note")]


def verifier(document: dict[str, Any], words: Language) -> Optional[Table]:
    """Make the table of the documents: what each is to prove, whether it counts, what to look at.

    Parameters
    ----------
    document : dict
        Result document.
    words : Language
    """
    rows = [
        [Cell(row["document"]), Cell(row["kind"]), Cell("; ".join(row["proves"])),
         Cell(" ".join(row["gaps"]) or words("ver_counts" if row["counts"] else "ver_nothing")),
         Cell("; ".join(row["look"]))]
        for row in document.get("verifier", [])
    ]  # fmt: skip
    if not rows:
        return None
    columns = heads(words, "doc_id", "doc_kind", "ver_proves", "ver_stands", "ver_look")
    return Table("verifier", words("tab_verifier"), columns, rows)


def verifier_list(document: dict[str, Any], words: Language) -> list[Block]:
    """Tell the same document by document, for a terminal."""
    rows = document.get("verifier", [])
    blocks: list[Block] = [Text(words("tab_verifier"), "lead")] if rows else []
    for row in rows:
        issuer = f", {words.quote(row['issuer'])}" if row["issuer"] else ""
        told = " ".join(row["gaps"]) or words("ver_counts" if row["counts"] else "ver_nothing")
        blocks.append(Text(f"- {row['document']} ({row['kind']}{issuer}): {told}"))
        if row["proves"]:
            blocks.append(Text(f"    {words('ver_proves')}: {'; '.join(row['proves'])}"))
        blocks.append(Text(f"    {words('ver_look')}: {'; '.join(row['look'])}", "note"))
    return blocks


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
