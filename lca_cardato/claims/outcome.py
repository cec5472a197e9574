"""What comes out of a criterion and of a claim."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from lca_cardato.claims.packs_model import Criterion, RulePack

ORDER = ("not_applicable", "meets", "not_proven", "not_met")
Message = tuple[str, dict[str, Any]]


@dataclass
class CriterionResult:
    """Outcome of a criterion.

    Attributes
    ----------
    verdict : str
    observed : dict
        Reading -> exact share, for numeric criteria.
    reasons, changes : list of (message key, arguments)
        Why, and what would change it; words are made in `lca_cardato.results.claims`.
    """

    criterion: Criterion
    verdict: str
    observed: dict[str, Fraction] = field(default_factory=dict)
    reasons: list[Message] = field(default_factory=list)
    changes: list[Message] = field(default_factory=list)


@dataclass
class ClaimResult:
    """Outcome of a claim."""

    pack: RulePack
    verdict: str
    criteria: list[CriterionResult]


def worst(verdicts: list[str]) -> str:
    """Give the worst of several verdicts."""
    return max(verdicts, key=ORDER.index)
