"""What a mill writes: one product, its blend, its route and its own meter readings.

What each key means is told in ``fields.yaml``; ``docs/scenario.md`` is generated from it.
"""

from __future__ import annotations

from typing import Annotated, Any, Optional

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from lca_cardato.scenario.evidence import Digest, Evidence
from lca_cardato.scenario.figure import CLASSES, FigureField, Reason, figure_list
from lca_cardato.scenario.readings import Reading
from lca_cardato.sentence import say
from lca_cardato.text.fields import (
    Count,
    Identifier,
    Named,
    Number,
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


def _not_blank(text: str) -> str:
    if not text.strip():
        raise refusal("E219", say("a name is expected; the text is empty"))
    return text


Name = Annotated[Text, AfterValidator(_not_blank)]


def _above_zero(mass: Quantity) -> Quantity:
    if mass.amount <= 0:
        raise refusal("E103", say("must be above 0 {unit}", unit=mass.unit))
    return mass


class StepEntry(StrictModel):
    """What a mill knows of one step; everything may be left out."""

    municipality: Optional[Text] = None
    operator: choice("own", "contract", "supplier") = "own"  # type: ignore[valid-type]
    company: Optional[Named] = None
    document: Optional[Text] = None
    use: choice("yes", "no") = "yes"  # type: ignore[valid-type]
    electricity: Optional[FigureField] = None
    heat: Annotated[list[FigureField], BeforeValidator(figure_list)] = Field(default_factory=list)
    water_in: Optional[FigureField] = None
    water_out: Optional[FigureField] = None
    loss: Optional[FigureField] = None
    reclaimed: Optional[FigureField] = None
    chemicals: dict[str, FigureField] = Field(default_factory=dict)
    lot: Optional[Text] = None


class TransportLeg(StrictModel):
    """One leg of a transport."""

    mode: choice("lorry", "lorry_rigid", "van", "ship", "rail", "air")  # type: ignore[valid-type]
    distance: quantity("km")  # type: ignore[valid-type]


def _number(text: str) -> str:
    if text.lower().endswith(".json"):
        raise refusal(
            "E386", say("this is the number of a lot of fibre, and a file is named"),
            say("a lot sheet stands beside the yarn, or at the step that a contract processor did"),
        )  # fmt: skip
    return text


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
    lot: Optional[Annotated[Named, AfterValidator(_number)]] = None
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


PATHS = ("national_trends", "distributed_energy", "global_ambition")
"""Published paths of the grid mix of a year to come; the first one where none is named."""


class Electricity(StrictModel):
    """Electricity contract of the company."""

    contract: choice("grid", "supplier_mix", "guarantees_of_origin") = "grid"  # type: ignore[valid-type]
    year: Optional[Year] = None
    path: Optional[choice(*PATHS)] = None  # type: ignore[valid-type]
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
    lot: Optional[Text] = None


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
    lot: Optional[Text] = None
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
        if self.lot is not None:  # written out, it stands in the yarn
            raise refusal("E386", say("a lot sheet in place of the blend is for a fabric"))
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
