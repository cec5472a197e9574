"""The best blend, or a front of blends, as it was found: the result of the verb ``optimise``."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any, Optional

from lca_cardato import __version__
from lca_cardato.claims.packs_model import pack_named
from lca_cardato.errors import CardatoError
from lca_cardato.optimise.answer import Answer
from lca_cardato.optimise.mixtures import rules
from lca_cardato.optimise.search import Best, Outcome, Search
from lca_cardato.optimise.specification import Specification
from lca_cardato.results.rounding import number
from lca_cardato.sentence import joined
from lca_cardato.space.load import LoadedSpace
from lca_cardato.studies.titles import chosen_text, varied_name
from lca_cardato.words.language import Language
from lca_cardato.words.told import tell

SCHEMA = "lca-cardato/optimise/1"
NOT_CHECKED: Any = {"claims": {}, "check": None}


@dataclass(repr=False)
class Found:
    """The best blend, or a front of blends.

    Attributes
    ----------
    space : LoadedSpace
    specification : Specification
    blends : list of Best
        One; of a front in the order of its first goal.
    outcome : Outcome or None
        Of a single goal.
    finished : bool
        Whether all of it is proven.
    search : Search
    answer : Answer
    checks : list of dict
        What the ordinary assessment says of each blend.
    count : int
        Blends in the space.
    digests : dict
    refused : dict
        Combination -> why it can't be calculated.
    verified : list of float
        With a probability: share of fresh draws in which all limits hold, by blend.
    """

    space: LoadedSpace
    specification: Specification
    blends: list[Best]
    outcome: Optional[Outcome]
    finished: bool
    search: Search
    answer: Answer
    checks: list[dict[str, Any]]
    count: int
    digests: dict[str, str]
    refused: dict[int, CardatoError] = field(default_factory=dict)
    verified: list[float] = field(default_factory=list)

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Give it as plain data, with its sentences in the language."""
        goals, words = self.specification, Language(lang)
        blends = []
        for best, check in zip_longest(self.blends, self.checks, fillvalue=NOT_CHECKED):
            item = self._named(self.answer.blend(best, lang), best, words)
            claims = {
                name: {**claim, "name": tell(pack_named(name).name, lang)}
                for name, claim in check["claims"].items()
            }
            blends.append({**item, "claims": claims, "check": check["check"]})
        if self.outcome is not None and self.outcome.best is not None:
            value, bound = float(self.outcome.best.value), float(self.outcome.bound)
            blends[0]["goal"] = number(value)
            blends[0]["bound"] = number(bound) if math.isfinite(bound) else None
            known = math.isfinite(bound) and value
            blends[0]["gap"] = number((value - bound) / abs(value)) if known else None
            blends[0]["alike"] = self.outcome.alike
        given = goals.goal.weights if goals.goal else []
        pair = [goal.weights[0][0].name for goal in goals.front or ()]
        return {
            "schema": SCHEMA,
            "tool": {"name": "lca-cardato", "version": __version__},
            "space": self.space.space.id,
            "note": self.space.space.note or "",
            "sha256": self.digests,
            "minimise": [{"name": q.name, "weight": number(w), "unit": q.unit} for q, w in given],
            "front": pair,
            "meets": goals.claims,
            "status": "optimal" if self.finished else "time_limit",
            "chance": self._chance(),
            "combinations": len(self.search.choices),
            "refused": [
                {"combination": key, "why": tell(_why(error), lang)}
                for key, error in sorted(self.refused.items())
            ],
            "blends_in_space": self.count,
            "solver": {"name": self.search.make.name, "programs": self.search.solves, "cuts": self.search.cuts},
            "properties": [
                {"name": m.name, "rule": m.rule, "source": m.source,
                 "formula": rules()["rules"][m.rule]["formula"]}
                for m in goals.mixtures
            ],
            "blends": blends,
        }  # fmt: skip

    def _chance(self) -> Optional[dict[str, Any]]:
        """Tell the probability, and what fresh draws say of it."""
        chance = self.search.chance
        if chance is None:
            return None
        from lca_cardato.calculation.sampling import SAMPLING
        from lca_cardato.optimise.chance import FRESH, FRESH_SEED

        return {
            "probability": number(chance.share),
            "draws": chance.draws,
            "seed": chance.seed,
            "given_up": chance.given_up,
            "fresh_draws": FRESH,
            "fresh_seed": chance.seed + FRESH_SEED,
            "verified": [number(share) for share in self.verified],
            "sampling": SAMPLING,
        }

    def _named(self, blend: dict[str, Any], best: Best, words: Language) -> dict[str, Any]:
        """Give fibres and choices of a blend the names that people have for them."""
        inventory, axes = self.search.choices.inventory, {a.name: a for a in self.space.axes}
        for item, column in zip(blend["lines"], best.choice.columns):
            fibre = getattr(column.line.fibre.name, words.lang)
            item["name"] = f"{fibre}, {words(column.line.entry.origin)}"
        for item in blend["chosen"]:
            axis = axes.get(item["path"])
            if axis is None:
                item["name"], item["told"] = words("column_variant"), item["value"]
                continue
            item["name"] = varied_name(axis.path, self.space, inventory, words)
            item["told"] = chosen_text(axis.path, item["value"], inventory, words)
        return blend

    def scenario(self, place: int = 0) -> Any:
        """Give the scenario of a blend as nested dicts and lists."""
        return self.answer.scenario(self.blends[place])


def _why(error: CardatoError) -> str:
    return joined(problem.sentence() for problem in error.problems[:3])
