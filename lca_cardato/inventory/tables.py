"""Shape of the reference tables, of the literature and of an inventory file as a whole."""

from __future__ import annotations

from fractions import Fraction
from typing import Optional

from pydantic import Field, ValidationError, model_validator

from lca_cardato.inventory.datum import DATA_CLASSES, Datum, Names, Source
from lca_cardato.inventory.limits import Limit
from lca_cardato.inventory.models import Dataset, Need, Step
from lca_cardato.inventory.scarcity import Scarcity
from lca_cardato.inventory.uncounted import Uncounted
from lca_cardato.sentence import say
from lca_cardato.text.fields import (
    Expression,
    Identifier,
    Number,
    Share,
    StrictModel,
    choice,
    refusal,
    schema,
)

SCHEMA = "lca-cardato/inventory/1"
MAX_REGAIN = Fraction(30, 100)
YEAR = 2025
"""Year of the distances."""


class Supply(StrictModel):
    """How a fibre of one origin class reaches the mill by default."""

    dataset: Identifier
    steps: list[Identifier] = Field(default_factory=list)
    place: Optional[str] = None
    colour: choice("undyed", "to_dye", "bought_dyed", "shade_sorted") = "undyed"  # type: ignore[valid-type]
    handling: dict[str, Identifier] = Field(default_factory=dict)
    note: str = ""


class Regain(StrictModel):
    """Agreed moisture allowance of a fibre, share of the dry mass."""

    carded: Share
    combed: Optional[Share] = None
    source: str
    at: str

    @model_validator(mode="after")
    def _possible(self) -> Regain:
        if max(self.carded, self.combed or self.carded) > MAX_REGAIN:
            raise refusal("E114", say("a regain is a share of the dry mass, at most 30 %"))
        return self


class Fibre(StrictModel):
    """A fibre: names, moisture, dyeing class and default supplies by origin."""

    name: Names
    label: Names
    regain: Regain
    dyeing: Optional[Identifier] = None
    keratin: choice("yes", "no") = "no"  # type: ignore[valid-type]
    cff: Optional[str] = None
    supplies: dict[str, Supply]


class Leg(StrictModel):
    """Default transport leg, with the range of its distance."""

    mode: choice("lorry", "lorry_rigid", "van", "ship", "rail", "air")  # type: ignore[valid-type]
    km: Number
    class_: choice(*DATA_CLASSES) = Field(alias="class")  # type: ignore[valid-type]
    source: Optional[str] = None
    at: str = ""
    reason: str = ""
    min: Number
    max: Number

    @model_validator(mode="after")
    def _traceable(self) -> Leg:
        if not (self.source or self.reason):
            raise refusal("E315", say("a distance needs `source` or `reason`"))
        if not 0 <= self.min <= self.km <= self.max:
            raise refusal("E305", say("the distance lies outside its own range, or below 0"))
        try:
            self.datum("")
        except ValidationError as error:  # what the calculation would stop at
            first = error.errors(include_url=False)[0]
            raise refusal(first["type"], first["ctx"]["message"]) from None
        return self

    def datum(self, country: str) -> Datum:
        """Give the distance as a figure of the inventory, a triangle over its range."""
        fixed = self.min == self.max and self.class_ != "assumed"
        spread = {"distribution": "none" if fixed else "triangular"}
        bounds = {} if fixed else {"min": self.min, "max": self.max}
        return Datum.model_validate(
            {
                "amount": self.km, "unit": "km", "source": self.source, "at": self.at,
                "year": YEAR, "geography": country, "class": self.class_,
                "reason": self.reason, "note": self.reason, "uncertainty": {**spread, **bounds},
            }
        )  # fmt: skip


class Place(StrictModel):
    """A place of origin with its default transport to Prato."""

    names: list[str]
    country: str
    legs: list[Leg]


class Municipality(StrictModel):
    """A municipality and whether the district's list holds it."""

    province: str
    region: str
    district: choice("yes", "no")  # type: ignore[valid-type]


class System(StrictModel):
    """Default steps of a spinning system or of a fabric construction."""

    name: Names
    steps: list[Identifier]
    plied: list[Identifier] = Field(default_factory=list)
    needed: list[Need] = Field(default_factory=list)
    carded: choice("yes", "no") = "no"  # type: ignore[valid-type]


class CffSet(StrictModel):
    """Parameters of the Circular Footprint Formula for one material."""

    name: Names
    a: Number
    quality: Number
    source: str
    at: str
    note: str = ""

    @model_validator(mode="after")
    def _bounded(self) -> CffSet:
        if not (0 <= self.a <= 1 and 0 <= self.quality <= 1):
            raise refusal("E311", say("`a` and `quality` lie between 0 and 1"))
        return self


class Literature(StrictModel):
    """A published value that ours is compared with; never an input of a calculation.

    It is about one subject: a `dataset` per unit of its product, a `fibre` as it reaches the
    mixture, the sum of some `steps` for a yarn count, a shipped `scenario` per kg of product,
    or a `formula` with worked `inputs`.
    """

    dataset: Optional[Identifier] = None
    fibre: Optional[Identifier] = None
    origin: Optional[Identifier] = None
    handling: Optional[Identifier] = None
    steps: list[Identifier] = Field(default_factory=list)
    count: Optional[str] = None
    scenario: Optional[str] = None
    formula: Optional[Identifier] = None
    inputs: dict[str, Expression] = Field(default_factory=dict)
    quantity: str
    amount: Optional[Expression] = None
    min: Optional[Expression] = None
    max: Optional[Expression] = None
    unit: str
    scope: str
    source: str
    at: str
    year: int
    geography: str
    taken: choice("yes", "no") = "no"  # type: ignore[valid-type]
    note: str

    @model_validator(mode="after")
    def _complete(self) -> Literature:
        subjects = (self.dataset, self.fibre, self.steps, self.scenario, self.formula)
        if sum(bool(subject) for subject in subjects) != 1:
            raise refusal(
                "E213", say("give one of `dataset`, `fibre`, `steps`, `scenario` and `formula`")
            )
        if self.fibre and not self.origin:
            raise refusal("E213", say("a fibre needs its `origin`"))
        if self.amount is None and (self.min is None or self.max is None):
            raise refusal("E213", say("give `amount`, or `min` and `max`"))
        given = [x for x in (self.min, self.amount, self.max) if x is not None]
        if given != sorted(given):
            raise refusal("E305", say("the published value lies outside its own range"))
        return self


class UncountedNote(StrictModel):
    """Elementary flows of a user's database that count in no indicator.

    Shares are of the mass of the elementary flows behind the datasets that were taken: the median
    over those datasets, and the largest.
    """

    flows: int
    strangers: int
    without_factor: int
    share_strangers: float
    share_without_factor: float
    most_strangers: float
    most_in: str = ""


class BackgroundNote(StrictModel):
    """What a computed background was taken from; see ``docs/background.md``."""

    title: str
    project: str
    database: str
    mapping: str
    mapping_sha256: str
    sha256: str
    taken: list[Identifier]
    kept: dict[Identifier, str]
    methods: dict[str, str] = Field(default_factory=dict)
    credit: str = ""
    uncounted: Optional[UncountedNote] = None


class InventoryFile(StrictModel):
    """One file below ``inventories/``."""

    schema_: schema(SCHEMA) = Field(alias="schema")  # type: ignore[valid-type]
    title: str = ""
    background: Optional[BackgroundNote] = None
    sources: dict[str, Source] = Field(default_factory=dict)
    datasets: dict[str, Dataset] = Field(default_factory=dict)
    steps: dict[str, Step] = Field(default_factory=dict)
    fibres: dict[str, Fibre] = Field(default_factory=dict)
    places: dict[str, Place] = Field(default_factory=dict)
    municipalities: dict[str, Municipality] = Field(default_factory=dict)
    systems: dict[str, System] = Field(default_factory=dict)
    cff: dict[str, CffSet] = Field(default_factory=dict)
    step_order: list[Identifier] = Field(default_factory=list)
    transport_modes: dict[str, Identifier] = Field(default_factory=dict)
    parameters: dict[str, Datum] = Field(default_factory=dict)
    literature: dict[str, Literature] = Field(default_factory=dict)
    limits: dict[str, Limit] = Field(default_factory=dict)
    scarcity: dict[str, Scarcity] = Field(default_factory=dict)
    uncounted: dict[str, Uncounted] = Field(default_factory=dict)
