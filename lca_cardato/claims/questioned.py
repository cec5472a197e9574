"""A claim does not meet while a figure that it rests on is questioned and has no reason."""

from __future__ import annotations

from typing import Iterable

from lca_cardato.claims.outcome import CriterionResult
from lca_cardato.model.questions import Question

MASSES = frozenset({"loss", "reclaimed", "blend", "batch", "documents"})
METERED = frozenset({"electricity", "heat", "water_in", "water_out", "photovoltaic"})
PAPERS = frozenset({"issuer", "lot", "name"})
"""Names that a document, and what rests on it, stands or falls with."""
PROVEN = MASSES | PAPERS
RESTS_ON = {
    "carded_share": MASSES | {"count", "twist"},
    "recycled_share": PROVEN,
    "declared_share": PROVEN,
    "bands": PROVEN,
    "virgin_wool": PROVEN,
    "composition": MASSES,
    "traceability": PAPERS,
    "measured": METERED | PAPERS | {"company"},
}
"""Kind of criterion -> what it rests on, as `subject` names it."""
_OTHERS = frozenset({"chemicals", "packaging", "surface_mass", "price", "distance"})
SUBJECTS = MASSES | METERED | PAPERS | _OTHERS | {"company", "count", "twist"}


def subject(path: tuple) -> str:
    """Name what a value of the scenario is about: the last word of its path that says so."""
    return next((str(part) for part in reversed(path) if part in SUBJECTS), "")


def rests_on(kind: str, subjects: Iterable[str]) -> bool:
    """Whether a criterion of a kind rests on one of some subjects."""
    return not RESTS_ON.get(kind, frozenset()).isdisjoint(subjects)


def hold_back(result: CriterionResult, questions: Iterable[Question]) -> None:
    """Turn *meets* into *not proven*, with the list of the figures that stand in the way.

    Figures out of range that have a reason are listed too: they are for the verifier to look at.
    """
    about = RESTS_ON.get(result.criterion.kind, frozenset())
    found = [item for item in questions if subject(item.path) in about]
    if not found or result.verdict != "meets":
        return
    for code, is_open in (("figures_questioned", True), ("figures_reasoned", False)):
        figures = [f"{q.place} ({q.typed})" for q in found if q.open == is_open]
        if figures:
            result.reasons.append((code, {"figures": figures, "count": len(figures)}))
    if any(item.open for item in found):
        result.verdict = "not_proven"
        result.changes.append(("change_questioned", {}))
