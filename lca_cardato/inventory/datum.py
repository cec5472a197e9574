"""Figures of the inventories and where they were read: amount, source, class, distribution."""

from __future__ import annotations

from typing import Any, Optional

from pydantic import Field, model_validator

from lca_cardato.sentence import say
from lca_cardato.text.fields import Expression, StrictModel, choice, refusal

DATA_CLASSES = ("measured", "supplier", "published", "calculated", "assumed")
BASES = ("measured", "calculated", "compiled")


class Names(StrictModel):
    """A name in both languages of the program."""

    en: str
    it: str


class Source(StrictModel):
    """Where a figure was read.

    ``basis`` tells where the source itself has its figures from: ``measured`` by its authors, or
    by the plants that report in it (monitoring, meters, weighings, trials); ``calculated`` by them
    (life cycle assessments, models); ``compiled`` from others (guidelines, statistics, reviews,
    transcriptions), and wherever it can't be told. ``read`` tells how much of it was read here.
    """

    title: str
    authors: str
    year: int
    publisher: str = ""
    url: str = ""
    doi: str = ""
    licence: str
    kind: choice(  # type: ignore[valid-type]
        "article", "report", "dataset", "thesis", "datasheet", "standard", "law", "web_page"
    )
    read: choice("full", "excerpt", "secondary")  # type: ignore[valid-type]
    basis: choice(*BASES) = "compiled"  # type: ignore[valid-type]
    note: str = ""


class Uncertainty(StrictModel):
    """Probability distribution of a figure.

    ``lognormal`` by geometric standard deviation, ``normal`` by standard deviation (absolute),
    ``triangular`` and ``uniform`` by minimum and maximum. The amount is the median of a
    ``triangular``: a best estimate, as often exceeded as not, between its farthest ends.
    """

    distribution: choice("none", "lognormal", "normal", "triangular", "uniform")  # type: ignore[valid-type]
    gsd: Optional[Expression] = None
    sd: Optional[Expression] = None
    min: Optional[Expression] = None
    max: Optional[Expression] = None
    reason: str = ""
    from_: str = Field("", alias="from")

    @model_validator(mode="after")
    def _complete(self) -> Uncertainty:
        kind = self.distribution
        if kind == "lognormal" and not (self.gsd and self.gsd > 1):
            raise refusal("E305", say("a lognormal needs `gsd` above 1"))
        if kind == "normal" and not (self.sd and self.sd > 0):
            raise refusal("E305", say("a normal needs `sd` above 0"))
        if kind in ("triangular", "uniform"):
            if self.min is None or self.max is None or not self.min < self.max:
                raise refusal("E305", say("a {kind} needs `min` below `max`", kind=kind))
        return self


FORMULAS = {"power_law_dtex": ("a", "b"), "linear_nm": ("slope",)}
"""Formula -> parameters that it can't do without; `lca_cardato.model.formulas` holds them."""
MAY = ("factor", "constant", "nm_min", "nm_max", "dtex_min", "dtex_max")
MOST, STEEPEST = 10**9, 10


class Formula(StrictModel):
    """A published formula in place of an amount; see `lca_cardato.model.formulas`."""

    name: choice(*FORMULAS)  # type: ignore[valid-type]
    parameters: dict[str, Expression] = Field(default_factory=dict)
    outside: choice("", "clamp", "extend") = ""  # type: ignore[valid-type]
    valid: str = ""

    @model_validator(mode="after")
    def _computable(self) -> Formula:
        needed = FORMULAS[self.name]
        for key in (*needed, *self.parameters):
            if key not in self.parameters:
                raise refusal("E213", say("the formula needs `{key}`", key=key))
            if key not in (*needed, *MAY) or (key == "factor" and "a" not in needed):
                raise refusal("E206", say("the formula has no parameter `{key}`", key=key))
            value, steep = self.parameters[key], key == "b"
            if abs(value) > (STEEPEST if steep else MOST) or (
                value < 0 and key not in ("b", "constant")
            ):
                raise refusal("E103", say("`{key}` gives no energy of a step", key=key))
        return self

    @model_validator(mode="before")
    @classmethod
    def _flat(cls, value: Any) -> Any:
        if not isinstance(value, dict) or "parameters" in value:
            return value
        own = {k: v for k, v in value.items() if k in ("name", "outside", "valid")}
        return {**own, "parameters": {k: v for k, v in value.items() if k not in own}}


class Datum(StrictModel):
    """A figure and everything that an auditor asks about it."""

    amount: Optional[Expression] = None
    formula: Optional[Formula] = None
    unit: str
    source: Optional[str] = None
    at: str = ""
    year: int
    geography: str
    class_: choice(*DATA_CLASSES) = Field(alias="class")  # type: ignore[valid-type]
    reason: str = ""
    uncertainty: Uncertainty
    pedigree: Optional[list[int]] = Field(None, min_length=5, max_length=5)
    note: str = ""

    @model_validator(mode="after")
    def _traceable(self) -> Datum:
        if (self.amount is None) == (self.formula is None):
            raise refusal("E213", say("give either `amount` or `formula`"))
        spread = self.uncertainty
        ranged = spread.distribution in ("triangular", "uniform")
        calculated = self.class_ == "calculated"
        defined = calculated and spread.distribution == "none" and self.note  # 1 m3 per m3
        if self.class_ == "assumed":
            if not self.reason or not ranged:
                raise refusal(
                    "E315", say("an assumption needs `reason` and a range (uniform or triangular)")
                )
        elif not self.source and not defined:
            raise refusal("E315", say("a figure that is not assumed needs `source`"))
        elif calculated and not self.note:
            raise refusal("E315", say("a calculated figure shows its arithmetic in `note`"))
        if self.pedigree and not all(1 <= score <= 5 for score in self.pedigree):
            raise refusal("E305", say("pedigree scores run from 1 to 5"))
        if ranged and self.amount is not None:
            if not spread.min <= self.amount <= spread.max:  # type: ignore[operator]
                raise refusal("E305", say("the amount lies outside its own range"))
        if spread.distribution == "lognormal" and self.amount == 0:
            raise refusal("E305", say("a lognormal can't stand on an amount of 0"))
        return self
