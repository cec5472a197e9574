"""What a stored run is about, in a few lines: product, company, result."""

from __future__ import annotations

from typing import Any

from lca_cardato.report.tables.cells import INVENTORIED, short
from lca_cardato.words.language import Language
from lca_cardato.words.said import NAME, one_line

MARKS = ("cardato", "cardato-recycled")


def run_lines(document: dict[str, Any], digest: str, words: Language) -> list[str]:
    """Name product, company, climate change and the verdicts on the marks.

    Parameters
    ----------
    document : dict
        Result document.
    digest : str
        SHA-256 of its file.
    words : Language
    """
    company = document.get("company") or {}
    who = ", ".join(
        words.quote(company[key], NAME) for key in ("name", "municipality") if company.get(key)
    )
    item = document["indicators"]["climate_change"]
    told = words("not_inventoried")
    if item["coverage"] >= INVENTORIED:
        sign = "≥ " if item["lower_bound"] else ""
        told = f"{sign}{words.number(item['value'])} {item['unit']}"
    verdicts = [
        f"{one_line(claim['name'])}: {words(claim['verdict'])}"
        for claim in document["claims"]
        if claim["id"] in MARKS
    ]
    product = words.quote(document["product"]["name"], NAME)
    rows = [
        (words("run_product"), product),
        (words("run_company"), who or words("sheet_no_company")),
        (short(words, "climate_change"), f"{told} ({document['declared_unit']['text']})"),
        (words("run_claims"), "; ".join(verdicts)),
        (words("rep_digest"), digest),
    ]
    return [f"{label}: {text}" for label, text in rows if text]
