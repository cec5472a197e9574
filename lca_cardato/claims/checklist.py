"""The papers and figures that a mill needs for a claim, before any calculation."""

from __future__ import annotations

from typing import Any

from lca_cardato.claims.packs_model import Criterion, RulePack
from lca_cardato.words.language import Language

PAPERS: dict[str, tuple[str, ...]] = {
    "carded_share": ("paper_route", "paper_composition"),
    "recycled_share": ("paper_origin", "paper_composition", "paper_rework"),
    "declared_share": ("paper_origin", "paper_composition", "paper_rework"),
    "bands": ("paper_origin", "paper_composition"),
    "virgin_wool": ("paper_wool", "paper_composition"),
    "composition": ("paper_composition",),
    "carded_in_region": ("paper_route", "paper_places"),
    "district": ("paper_places",),
    "traceability": ("paper_lots", "paper_register"),
    "measured": ("paper_meters_energy", "paper_meters_water", "paper_contractors"),
}


def checklist(pack: RulePack, words: Language) -> list[dict[str, Any]]:
    """List what to collect for a claim, criterion by criterion.

    Parameters
    ----------
    pack : RulePack
    words : Language

    Returns
    -------
    list of dict
        ``criterion``, ``title``, ``papers`` (what to collect), ``key`` (where it goes in a
        scenario), ``open`` (how many readings the wording leaves).
    """
    return [
        {
            "criterion": item.id,
            "title": getattr(item.title, words.lang),
            "papers": [words(key) for key in papers(item)],
            "keys": [words(f"{key}_at") for key in papers(item)],
            "readings": [getattr(reading.text, words.lang) for reading in item.readings],
        }
        for item in pack.criteria
    ]


def papers(criterion: Criterion) -> tuple[str, ...]:
    """Keys of the texts that name the papers of a criterion."""
    return PAPERS[criterion.kind]
