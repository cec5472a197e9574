"""A blend that the program proposes, calculated as an ordinary scenario."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from lca_cardato.brightway.condensed import Background
from lca_cardato.calculation.solve import calculate
from lca_cardato.claims.evaluate import evaluate
from lca_cardato.claims.outcome import CriterionResult
from lca_cardato.claims.packs_model import pack_named
from lca_cardato.claims.questioned import rests_on, subject
from lca_cardato.errors import CardatoError, IntegrityError
from lca_cardato.model.resolve import resolve
from lca_cardato.model.structure import ProductModel
from lca_cardato.optimise.choices import Choice, Choices, Shares, scenario_of
from lca_cardato.optimise.criteria import EVERY, NUMERIC
from lca_cardato.sentence import say
from lca_cardato.text.yamltree import dotted

CLOSE = 1e-9


@dataclass(eq=False)
class Confirm:
    """Asks the ordinary calculation, once for each blend.

    Parameters
    ----------
    choices : Choices
    claims : dict
        Claim -> reading.
    background : Background
    columns : list of int
        Indicators of the background, in the order of the scores of a `Choice`.

    Attributes
    ----------
    refused : dict
        Why blends were refused: code of the error, or claim -> what a scenario says, of the first.
    """

    choices: Choices
    claims: dict[str, str]
    background: Background
    columns: list[int]
    refused: dict[str, str] = field(default_factory=dict)
    _known: dict[Any, bool] = field(default_factory=dict)

    def __call__(self, choice: Choice, shares: Shares) -> bool:
        """Whether the blend can be calculated and has its claims as a scenario of its own.

        Raises
        ------
        IntegrityError
            ``E601``: the ordinary calculation gives another score.
        """
        key = (choice.number, shares)
        if key not in self._known:
            self._known[key] = self._ask(choice, shares)
        return self._known[key]

    def _ask(self, choice: Choice, shares: Shares) -> bool:
        try:
            model = self.model(choice, shares)
            found = calculate(model, self.background).scores[self.columns]
        except CardatoError as error:
            return self._refuse(error.problems[0].code, error.problems[0].sentence())
        self._agree(choice, shares, found)
        for claim, reading in self.claims.items():
            if not self._met(claim, reading, model):
                return self._refuse(claim, self._not_met(claim, model))
        return True

    def model(self, choice: Choice, shares: Shares) -> ProductModel:
        """Resolve the scenario of a blend, its figures examined."""
        typed = {c.place: x for c, x in zip(choice.columns, shares) if c.varied}
        loaded = scenario_of(self.choices.space, self.choices.shape, choice.number, typed)
        return resolve(loaded, self.choices.inventory)

    @staticmethod
    def _not_met(claim: str, model: ProductModel) -> str:
        name, asked = pack_named(claim).name, [dotted(q.path) for q in model.questions if q.open]
        if not asked:
            return say("{claim} is not met", claim=name)
        return say(
            "{claim} is not proven, for figures are questioned: {paths}", claim=name, paths=asked
        )

    def _refuse(self, why: str, told: str) -> bool:
        self.refused.setdefault(why, told)
        return False

    def _agree(self, choice: Choice, shares: Shares, found: Any) -> None:
        expected = np.array([choice.score(i, shares) for i in range(len(self.columns))])
        scale = np.where(found != 0, np.abs(found), 1.0)
        if not np.all(np.abs(expected - found) <= CLOSE * scale):
            raise IntegrityError.one(
                "E601",
                say(
                    "the blend gives {found} as a scenario, and {expected} in the program",
                    found=found.tolist(),
                    expected=expected.tolist(),
                ),
            )

    def _met(self, claim: str, reading: str, model: ProductModel) -> bool:
        result = evaluate(pack_named(claim), model, self.choices.inventory, {})
        if reading == EVERY:
            return result.verdict == "meets"
        return all(self._criterion(item, model) for item in result.criteria)

    @staticmethod
    def _criterion(item: CriterionResult, model: ProductModel) -> bool:
        """Whether a criterion is met, its reading apart: that was decided by the limit."""
        if item.criterion.kind not in NUMERIC:
            return item.verdict in ("meets", "not_applicable")
        asked = [subject(q.path) for q in model.questions if q.open]
        return not rests_on(item.criterion.kind, asked)
