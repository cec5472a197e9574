"""What a mill writes: one product, its blend, its route and its own meter readings.

What each key means is told in ``fields.yaml``; ``docs/scenario.md`` is generated from it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, Optional

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from lca_cardato.inventory.models import CARRIER_DATASETS
from lca_cardato.scenario.evidence import Digest, Evidence
from lca_cardato.scenario.readings import Reading
from lca_cardato.sentence import say
from lca_cardato.text.fields import (
    Count,
    Identifier,
    Named,
    Number,
    Period,
    Share,
    StrictModel,
    Text,
    Year,
    choice,
    quantity,
    refusal,
    refused,
    schema,
)
from lca_cardato.text.number import QuantityError
from lca_cardato.text.period import begun
from lca_cardato.text.quantity import Quantity

SCHEMA = "lca-cardato/scenario/1"
CLASSES = ("measured", "supplier", "published", "assumed")
ORIGINS = (
    "virgin",
    "recycled_post_consumer",
    "recycled_pre_consumer",
    "in_process_rework",
    "undeclared",
)
RECYCLED_ORIGINS = ("recycled_post_consumer", "recycled_pre_consumer")
COLOURS = ("undyed", "to_dye", "bought_dyed", "shade_sorted")
SYSTEMS = ("woollen", "worsted", "bought_yarn")
CARRIERS = tuple(CARRIER_DATASETS)


def _not_blank(text: str) -> str:
    if not text.strip():
        raise refusal("E219", say("a name is expected; the text is empty"))
    return text


Name = Annotated[Text, AfterValidator(_not_blank)]


def _in_words(text: str) -> str:
    if sum(letter.isalpha() for letter in text) < 10:
        raise refusal(
            "E118", say("a reason says in words why the figure is right (at least 10 letters)")
        )
    return text


Reason = Annotated[Text, AfterValidator(_in_words)]


def _coefficient(value: Fraction) -> Fraction:
    """Accept a coefficient C: below 1 in the hills, above it where the meter is under pressure."""
    if not Fraction(1, 2) <= value <= 100:
        raise refusal(
            "E109",
            say("the coefficient C of gas lies between 0.5 and 100"),
            say("it stands on the bill, near 1 for gas at low pressure"),
        )
    return value


def _above_zero(mass: Quantity) -> Quantity:
    if mass.amount <= 0:
        raise refusal("E103", say("must be above 0 {unit}", unit=mass.unit))
    return mass


class Figure(StrictModel):
    """A figure of the mill, with the evidence behind it.

    The short form ``electricity: 0.45 kWh/kg`` is accepted too; it counts as *assumed* because
    it names no evidence.
    """

    value: str = ""
    reading: Optional[Identifier] = None
    part: Optional[Identifier] = None
    for_: Optional[quantity("kg")] = Field(None, alias="for")  # type: ignore[valid-type]
    lots: Optional[Identifier] = None
    by: choice("mass", "length") = "mass"  # type: ignore[valid-type]
    mean_count: Optional[Count] = None
    output: Optional[quantity("kg/h")] = None  # type: ignore[valid-type]
    load: Optional[Share] = None
    class_: choice(*CLASSES) = Field("assumed", alias="class")  # type: ignore[valid-type]
    period: Optional[Period] = None
    document: Optional[Text] = None
    plus_minus: Optional[Share] = None
    note: Optional[Text] = None
    reason: Optional[Reason] = None
    carrier: Optional[choice(*CARRIERS)] = None  # type: ignore[valid-type]
    heating_value: Optional[quantity("MJ/Sm3")] = None  # type: ignore[valid-type]
    heating_value_basis: Optional[choice("lower", "higher")] = None  # type: ignore[valid-type]
    coefficient: Optional[Annotated[Number, AfterValidator(_coefficient)]] = None
    supply: Optional[Identifier] = None

    @model_validator(mode="after")
    def _one_source(self) -> Figure:
        if not self.value and self.reading is None:
            raise refusal("E213", say("key 'value' is missing"), say("or name a `reading`"))
        if self.value and self.reading is not None:
            raise refusal(
                "E375", say("`value` and `reading` both stand here"),
                say("keep the one that counts; what is typed for control goes into `note`"),
            )  # fmt: skip
        if self.reading is None and (self.part or self.lots):
            raise refusal(
                "E375", say("`part` and `lots` go with a `reading`"), say("leave them out")
            )
        if self.lots and self.for_ is not None:
            raise refusal(
                "E375", say("`for` and `lots` both say what the step made"), say("keep one of them")
            )
        if self.by == "length" and self.mean_count is None and self.lots is None:
            raise refusal(
                "E375", say("by length, the counts of all that was made are needed"),
                say("mean_count: Nm 12 (mean by kg) beside `for`, or `lots: ...` with a column of counts"),
            )  # fmt: skip
        if self.mean_count is not None and (self.by != "length" or self.lots):
            raise refusal(
                "E375", say("`mean_count` goes with `by: length` and `for`"), say("leave it out")
            )
        return self

    @property
    def evidence_class(self) -> str:
        """Class of the figure; one that is read from a file is measured where nothing else is said."""
        stated = "class_" in self.model_fields_set or self.reading is None
        return self.class_ if stated else "measured"


def _figure(value: Any) -> Any:
    """Let the short form stand for a figure without evidence."""
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return {"value": str(value)}
    return value


FigureField = Annotated[Figure, BeforeValidator(_figure)]


def _figures(value: Any) -> Any:
    """Let one heat figure stand for a list of one."""
    return value if isinstance(value, list) else [_figure(value)]


class StepEntry(StrictModel):
    """What a mill knows of one step; everything may be left out."""

    municipality: Optional[Text] = None
    operator: choice("own", "contract", "supplier") = "own"  # type: ignore[valid-type]
    company: Optional[Named] = None
    document: Optional[Text] = None
    use: choice("yes", "no") = "yes"  # type: ignore[valid-type]
    electricity: Optional[FigureField] = None
    heat: Annotated[list[FigureField], BeforeValidator(_figures)] = Field(default_factory=list)
    water_in: Optional[FigureField] = None
    water_out: Optional[FigureField] = None
    loss: Optional[FigureField] = None
    reclaimed: Optional[FigureField] = None
    chemicals: dict[str, FigureField] = Field(default_factory=dict)


class TransportLeg(StrictModel):
    """One leg of a transport."""

    mode: choice("lorry", "lorry_rigid", "van", "ship", "rail", "air")  # type: ignore[valid-type]
    distance: quantity("km")  # type: ignore[valid-type]


class BlendLine(StrictModel):
    """One fibre of the blend."""

    fibre: Identifier = "same-blend"
    share: Share
    origin: choice(*ORIGINS) = "undeclared"  # type: ignore[valid-type]
    place: Optional[Text] = None
    colour: Optional[choice(*COLOURS)] = None  # type: ignore[valid-type]
    dataset: Optional[Identifier] = None
    handling: Optional[choice("biophysical", "protein_mass", "economic")] = None  # type: ignore[valid-type]
    steps: dict[str, StepEntry] = Field(default_factory=dict)
    transport: Optional[list[TransportLeg]] = None
    price: Optional[quantity("EUR/kg")] = None  # type: ignore[valid-type]
    lot: Optional[Named] = None
    document: Optional[Text] = None


class Product(StrictModel):
    """The product that leaves the gate."""

    type: choice("yarn", "fabric")  # type: ignore[valid-type]
    name: Name
    count: Optional[Count] = None
    twist: Optional[Number] = None
    system: choice(*SYSTEMS) = "woollen"  # type: ignore[valid-type]
    construction: Optional[choice("woven", "flat_knit", "circular_knit")] = None  # type: ignore[valid-type]
    surface_mass: Optional[quantity("g/m2")] = None  # type: ignore[valid-type]
    batch: Optional[Annotated[quantity("kg"), AfterValidator(_above_zero)]] = None  # type: ignore[valid-type]
    boundary: choice("cradle_to_gate", "gate_to_gate") = "cradle_to_gate"  # type: ignore[valid-type]


class Company(StrictModel):
    """Who makes the claim."""

    name: Optional[Named] = None
    municipality: Optional[Text] = None
    role: choice("producer", "contract_processor") = "producer"  # type: ignore[valid-type]


class Electricity(StrictModel):
    """Electricity contract of the company."""

    contract: choice("grid", "supplier_mix", "guarantees_of_origin") = "grid"  # type: ignore[valid-type]
    year: Optional[Year] = None
    dataset: Optional[Identifier] = None
    photovoltaic: Share = Field("0 %", validate_default=True)  # type: ignore[assignment]
    class_: choice(*CLASSES) = Field("assumed", alias="class")  # type: ignore[valid-type]
    document: Optional[Text] = None

    @property
    def from_grid(self) -> bool:
        """Whether all of it is the grid's."""
        return self.contract == "grid" and not self.photovoltaic


class YarnSource(StrictModel):
    """The file that a yarn was carried over from; the program writes it in place of its name.

    The company and the electricity are given where they are not those of the fabric.
    """

    file: Text
    id: Identifier
    sha256: Digest
    run: Optional[Annotated[str, Field(pattern="^[0-9a-f]{16}$")]] = None
    version: Optional[Annotated[str, Field(max_length=60)]] = None
    inventory_sha256: Optional[Digest] = None
    company: Optional[Company] = None
    electricity: Optional[Electricity] = None


def _carried_over(value: Any) -> Any:
    if isinstance(value, str):
        raise refusal("E365", say("the file or the run folder of a yarn was not read"))
    return value


YarnFileName = Annotated[
    YarnSource,
    BeforeValidator(_carried_over),
    WithJsonSchema({"type": "string", "examples": ["../yarns/nm12.yaml"]}),
]


class Yarn(StrictModel):
    """One of the yarns of a fabric that is made of several."""

    name: Identifier
    share: Share
    yarn: Optional[YarnFileName] = None
    count: Count
    system: choice(*SYSTEMS) = "woollen"  # type: ignore[valid-type]
    blend: list[BlendLine] = Field(min_length=1, max_length=30)
    route: dict[str, StepEntry] = Field(default_factory=dict)


def _begun(year: int) -> int:
    """Accept a year of production that has begun."""
    try:
        return begun(year)
    except QuantityError as error:
        raise refused(error) from None


class Traceability(StrictModel):
    """How production is traced (regulation of the mark, art. 1.4)."""

    method: choice("lots", "calendar_year")  # type: ignore[valid-type]
    year: Optional[Annotated[Year, AfterValidator(_begun)]] = None
    document: Optional[Text] = None


class Scenario(StrictModel):
    """A scenario file."""

    schema_: schema(SCHEMA) = Field(alias="schema")  # type: ignore[valid-type]
    id: Identifier
    note: Optional[Annotated[str, Field(max_length=2000)]] = None
    company: Company = Field(default_factory=Company)
    product: Product
    blend: list[BlendLine] = Field(default_factory=list, max_length=30)
    yarn: Optional[YarnFileName] = None
    yarns: list[Yarn] = Field(default_factory=list, max_length=10)
    route: dict[str, StepEntry] = Field(default_factory=dict)
    electricity: Electricity = Field(default_factory=Electricity)
    packaging: dict[str, FigureField] = Field(default_factory=dict)
    traceability: Optional[Traceability] = None
    documents: dict[Identifier, Evidence] = Field(default_factory=dict, max_length=500)
    readings: dict[Identifier, Reading] = Field(default_factory=dict, max_length=100)
    reasons: dict[str, Reason] = Field(default_factory=dict, max_length=100)

    @model_validator(mode="after")
    def _one_form(self) -> Scenario:
        if self.yarn is not None:  # carried over, it stands among the yarns
            raise refusal("E365", say("the file or the run folder of a yarn is expected"))
        if bool(self.blend) == bool(self.yarns):
            raise refusal("E301", say("give either `blend` (one yarn) or `yarns`, not both"))
        if self.yarns and self.product.type == "yarn":
            raise refusal("E316", say("a product of type yarn has a `blend`, not `yarns`"))
        if self.blend and self.product.count is None:
            raise refusal("E213", say("`product.count` is missing (e.g. count: Nm 10)"))
        if self.yarns and self.product.count is not None:
            raise refusal("E316", say("with `yarns`, the count stands in each yarn"))
        if self.product.type == "fabric":
            if self.product.surface_mass is None:
                raise refusal("E113", say("a fabric needs `product.surface_mass` in g/m2"))
            if self.product.surface_mass.amount <= 0:
                raise refusal("E113", say("`product.surface_mass` must be above 0"))
            if self.product.construction is None:
                raise refusal("E213", say("a fabric needs `product.construction`"))
        elif self.product.surface_mass is not None or self.product.construction is not None:
            raise refusal("E316", say("surface mass and construction belong to a fabric"))
        return self

    @property
    def from_grid(self) -> bool:
        """Whether all electricity is the grid's, that of yarns made elsewhere too."""
        return all(contract.from_grid for contract in self.contracts())

    def contracts(self) -> list[Electricity]:
        """Contract of the company, and those of yarns that have another."""
        sources = [yarn.yarn for yarn in self.yarns if yarn.yarn]
        return [self.electricity, *(one.electricity for one in sources if one.electricity)]

    def companies(self) -> list[Company]:
        """Company that makes the claim, and those that made its yarns."""
        sources = [yarn.yarn for yarn in self.yarns if yarn.yarn]
        return [self.company, *(one.company for one in sources if one.company)]

    @property
    def production_year(self) -> Optional[int]:
        """Year of production, where it is stated."""
        return self.traceability.year if self.traceability else None

    def all_yarns(self) -> list[Yarn]:
        """Give the yarns in one form; a scenario with one `blend` has one yarn called ``yarn``."""
        if self.yarns:
            return list(self.yarns)
        assert self.product.count is not None
        return [
            Yarn(name="yarn", share="100 %", count=self.product.count,  # type: ignore[arg-type]
                 system=self.product.system, blend=self.blend, route={})
        ]  # fmt: skip
