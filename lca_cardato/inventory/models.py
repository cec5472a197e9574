"""Shape of the inventory files: sources, datasets, step templates and reference tables.

Two kinds of dataset exist: a *unit process* with technosphere and biosphere exchanges, and a
*published result* that carries indicator values of a cited study because no open inventory
exists. Every figure is a `Datum`: amount, unit, where it was read, class and uncertainty.
"""

from __future__ import annotations

from typing import Any, Optional

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from lca_cardato.text.fields import Expression, Identifier, Number, Share, StrictModel, choice

SCHEMA = "lca-cardato/inventory/1"
DATA_CLASSES = ("measured", "supplier", "published", "calculated", "assumed")
FAMILIES = (
    "climate_change", "energy", "water", "acidification", "eutrophication_freshwater",
    "eutrophication_marine", "eutrophication_terrestrial", "ecotoxicity_freshwater",
    "human_toxicity_cancer", "human_toxicity_non_cancer", "ionising_radiation", "land_use",
    "ozone_depletion", "particulate_matter", "photochemical_ozone_formation",
    "resource_use_minerals_metals", "resource_use_fossils",
)  # fmt: skip
STAGES = (
    "fibre_supply", "fibre_preparation", "dyeing", "blending", "spinning", "twisting_winding",
    "fabric_forming", "finishing", "packaging", "transport", "waste",
)  # fmt: skip
PRODUCT_UNITS = ("kg", "MJ", "kWh", "m3", "tkm", "m2", "unit")
CARRIER_DATASETS = {
    "natural_gas": "natural-gas-burned",
    "lpg": "lpg-burned",
    "diesel": "diesel-burned",
    "fuel_oil": "fuel-oil-burned",
    "wood_chips": "wood-chips-burned",
    "steam": "steam-industrial",
}


class Names(StrictModel):
    """A name in both languages of the program."""

    en: str
    it: str


class Source(StrictModel):
    """Where a figure was read."""

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
    note: str = ""


class Uncertainty(StrictModel):
    """Probability distribution of a figure.

    ``lognormal`` by geometric standard deviation, ``normal`` by standard deviation (absolute),
    ``triangular`` and ``uniform`` by minimum and maximum.
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
            raise PydanticCustomError("E305", "a lognormal needs `gsd` above 1")
        if kind == "normal" and not (self.sd and self.sd > 0):
            raise PydanticCustomError("E305", "a normal needs `sd` above 0")
        if kind in ("triangular", "uniform"):
            if self.min is None or self.max is None or not self.min < self.max:
                raise PydanticCustomError("E305", f"a {kind} needs `min` below `max`")
        return self


class Formula(StrictModel):
    """A published formula in place of an amount; see `lca_cardato.model.formulas`."""

    name: str
    parameters: dict[str, Expression] = Field(default_factory=dict)
    outside: str = ""
    valid: str = ""

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

    def _definition(self) -> bool:
        """Whether the figure follows from a definition (1 m3 per m3), told in the note."""
        exact = self.uncertainty.distribution == "none"
        return self.class_ == "calculated" and exact and bool(self.note)

    @model_validator(mode="after")
    def _traceable(self) -> Datum:
        if (self.amount is None) == (self.formula is None):
            raise PydanticCustomError("E213", "give either `amount` or `formula`")
        if self.class_ == "assumed":
            ranged = self.uncertainty.distribution in ("triangular", "uniform")
            if not self.reason or not ranged:
                raise PydanticCustomError(
                    "E315", "an assumption needs `reason` and a range (uniform or triangular)"
                )
        elif not self.source and not self._definition():
            raise PydanticCustomError("E315", "a figure that is not assumed needs `source`")
        elif self.class_ == "calculated" and not self.note:
            raise PydanticCustomError("E315", "a calculated figure shows its arithmetic in `note`")
        if self.pedigree and not all(1 <= score <= 5 for score in self.pedigree):
            raise PydanticCustomError("E305", "pedigree scores run from 1 to 5")
        if self.amount is not None and self.uncertainty.distribution in ("triangular", "uniform"):
            low, high = self.uncertainty.min, self.uncertainty.max
            assert low is not None and high is not None
            if not low <= self.amount <= high:
                raise PydanticCustomError("E305", "the amount lies outside its own range")
        if self.uncertainty.distribution == "lognormal" and self.amount is not None:
            if self.amount == 0:
                raise PydanticCustomError("E305", "a lognormal can't stand on an amount of 0")
        return self


class Exchange(Datum):
    """A flow into or out of a unit process: technosphere input, emission or resource."""

    input: Optional[Identifier] = None
    emission: Optional[str] = None
    resource: Optional[str] = None
    compartment: str = ""

    @model_validator(mode="after")
    def _one_flow(self) -> Exchange:
        if sum(x is not None for x in (self.input, self.emission, self.resource)) != 1:
            raise PydanticCustomError("E213", "give one of `input`, `emission` and `resource`")
        if self.input is None and not self.compartment:
            raise PydanticCustomError("E213", "an elementary flow needs `compartment`")
        return self

    @property
    def flow(self) -> tuple[str, tuple[str, ...]]:
        """Name and categories of the elementary flow in biosphere3."""
        return (self.emission or self.resource or "", normal_compartment(self.compartment))


def normal_compartment(text: str) -> tuple[str, ...]:
    """Split ``air/urban air close to ground``; an *unspecified* sub-compartment is dropped."""
    parts = tuple(part.strip() for part in text.split("/", 1))
    return parts[:1] if len(parts) == 2 and parts[1] == "unspecified" else parts


def _with_defaults(value: Any, lists: tuple[str, ...], maps: tuple[str, ...]) -> Any:
    """Merge the ``defaults`` of a dataset or step into its figures."""
    if not isinstance(value, dict):
        return value
    defaults = value.get("defaults")
    if not isinstance(defaults, dict):
        return value
    value = {k: v for k, v in value.items() if k != "defaults"}

    def merged(item: Any) -> Any:
        if not isinstance(item, dict):
            return item
        base = dict(defaults)
        if item.get("class") == "assumed":
            for key in ("source", "at"):
                base.pop(key, None)
        result = {**base, **item}
        if isinstance(item.get("by_fibre"), dict):
            result["by_fibre"] = {
                k: {**{a: b for a, b in result.items() if a != "by_fibre"}, **v}
                if isinstance(v, dict)
                else v
                for k, v in item["by_fibre"].items()
            }
        return result

    for key in lists:
        if isinstance(value.get(key), list):
            value[key] = [merged(item) for item in value[key]]
    for key in maps:
        part = value.get(key)
        if isinstance(part, dict):
            if "unit" in part or "amount" in part:
                value[key] = merged(part)
            else:
                value[key] = {
                    k: [merged(i) for i in v] if isinstance(v, list) else merged(v)
                    for k, v in part.items()
                }
    return value


class ReferenceProduct(StrictModel):
    """What a process makes 1 of."""

    name: str
    unit: choice(*PRODUCT_UNITS)  # type: ignore[valid-type]


class Dataset(StrictModel):
    """A background dataset."""

    name: Names
    kind: choice("unit_process", "published_result")  # type: ignore[valid-type]
    product: ReferenceProduct
    geography: str
    year: int
    technology: str = ""
    inventoried_for: list[choice(*FAMILIES)]  # type: ignore[valid-type]
    note: str = ""
    exchanges: list[Exchange] = Field(default_factory=list)
    results: dict[str, Datum] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _defaults(cls, value: Any) -> Any:
        return _with_defaults(value, ("exchanges",), ("results",))

    @model_validator(mode="after")
    def _kind(self) -> Dataset:
        if self.kind == "unit_process" and (self.results or not self.exchanges):
            raise PydanticCustomError("E317", "a unit process has `exchanges` and no `results`")
        if self.kind == "published_result" and not self.results:
            raise PydanticCustomError("E317", "a published result needs `results`")
        return self


class StepDatum(Datum):
    """A default figure of a step, per kg of the step's output (or input)."""

    per: choice("output", "input") = "output"  # type: ignore[valid-type]
    carrier: Optional[choice(*CARRIER_DATASETS)] = None  # type: ignore[valid-type]
    supply: Optional[Identifier] = None
    input: Optional[Identifier] = None
    emission: Optional[str] = None
    compartment: str = ""
    by_fibre: dict[str, Datum] = Field(default_factory=dict)


class StepFigures(StrictModel):
    """Energy and water of a step."""

    electricity: Optional[StepDatum] = None
    heat: list[StepDatum] = Field(default_factory=list)
    water_in: Optional[StepDatum] = None
    water_evaporated: Optional[StepDatum] = None

    @model_validator(mode="before")
    @classmethod
    def _one_heat(cls, value: Any) -> Any:
        if isinstance(value, dict) and isinstance(value.get("heat"), dict):
            value = {**value, "heat": [value["heat"]]}
        return value


class Step(StrictModel):
    """Template of a foreground step: the inventory's defaults for the mill's own process."""

    name: Names
    level: choice("fibre", "yarn", "fabric", "any")  # type: ignore[valid-type]
    stage: choice(*STAGES)  # type: ignore[valid-type]
    inventoried_for: list[choice(*FAMILIES)]  # type: ignore[valid-type]
    technology: str = ""
    note: str = ""
    loss: Optional[StepDatum] = None
    reclaimed: Optional[StepDatum] = None
    waste_to: Optional[Identifier] = None
    figures: StepFigures = Field(default_factory=StepFigures)
    chemicals: list[StepDatum] = Field(default_factory=list)
    emissions: list[StepDatum] = Field(default_factory=list)

    @model_validator(mode="before")
    @classmethod
    def _defaults(cls, value: Any) -> Any:
        return _with_defaults(value, ("chemicals", "emissions"), ("figures", "loss", "reclaimed"))

    def data(self) -> list[tuple[str, StepDatum]]:
        """List every figure with its key."""
        pairs: list[tuple[str, Optional[StepDatum]]] = [
            ("loss", self.loss),
            ("reclaimed", self.reclaimed),
            ("electricity", self.figures.electricity),
            ("water_in", self.figures.water_in),
            ("water_evaporated", self.figures.water_evaporated),
        ]
        pairs += [(f"heat.{datum.carrier}", datum) for datum in self.figures.heat]
        pairs += [(f"chemicals.{datum.input}", datum) for datum in self.chemicals]
        pairs += [(f"emissions.{datum.emission}", datum) for datum in self.emissions]
        return [(key, datum) for key, datum in pairs if datum is not None]


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
            raise PydanticCustomError("E315", "a distance needs `source` or `reason`")
        if not self.min <= self.km <= self.max:
            raise PydanticCustomError("E305", "the distance lies outside its own range")
        return self


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
    carded: choice("yes", "no") = "no"  # type: ignore[valid-type]


class CffSet(StrictModel):
    """Parameters of the Circular Footprint Formula for one material."""

    name: Names
    a: Number
    quality: Number
    source: str
    at: str
    note: str = ""


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
            raise PydanticCustomError(
                "E213", "give one of `dataset`, `fibre`, `steps`, `scenario` and `formula`"
            )
        if self.fibre and not self.origin:
            raise PydanticCustomError("E213", "a fibre needs its `origin`")
        if self.amount is None and (self.min is None or self.max is None):
            raise PydanticCustomError("E213", "give `amount`, or `min` and `max`")
        low = self.min if self.min is not None else self.amount
        high = self.max if self.max is not None else self.amount
        middle = self.amount if self.amount is not None else low
        assert low is not None and high is not None and middle is not None
        if not low <= middle <= high:
            raise PydanticCustomError("E305", "the published value lies outside its own range")
        return self


class InventoryFile(StrictModel):
    """One file below ``inventories/``."""

    schema_: choice(SCHEMA) = Field(alias="schema")  # type: ignore[valid-type]
    title: str = ""
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
