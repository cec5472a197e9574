"""What a mill writes: one product, its blend, its route and its own meter readings.

The descriptions of the fields are the schema reference: ``docs/scenario.md`` is generated
from them.
"""

from __future__ import annotations

from typing import Annotated, Any, Optional

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from lca_cardato.inventory.models import CARRIER_DATASETS
from lca_cardato.scenario.evidence import Evidence
from lca_cardato.text.fields import (
    Count,
    Identifier,
    Number,
    Share,
    StrictModel,
    choice,
    quantity,
    schema,
)
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

Text = Annotated[str, Field(max_length=300)]


def _not_blank(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("E219", "a name is expected; the text is empty")
    return text


Name = Annotated[Text, AfterValidator(_not_blank)]


class Figure(StrictModel):
    """A figure of the mill, with the evidence behind it.

    The short form ``electricity: 0.45 kWh/kg`` is accepted too; it counts as *assumed* because
    it names no evidence.
    """

    value: str = Field(
        description="Amount with unit: per kg (`0.45 kWh/kg`), or a total over a period "
        "(`152000 kWh`) together with `for`."
    )
    for_: Optional[quantity("kg")] = Field(  # type: ignore[valid-type]
        None, alias="for", description="Product of the step over the same period, e.g. `310000 kg`."
    )
    output: Optional[quantity("kg/h")] = Field(  # type: ignore[valid-type]
        None,
        description="For electricity from the power of a machine (`value: 45 kW`): what it makes "
        "per hour, e.g. `95 kg/h`.",
    )
    load: Optional[Share] = Field(
        None, description="With `output`: mean load of the machine, share of its power."
    )
    class_: choice(*CLASSES) = Field(  # type: ignore[valid-type]
        "assumed",
        alias="class",
        description="`measured` (meter or weighing, with period and document), `supplier` "
        "(stated by the supplier), `published` (literature), `assumed`.",
    )
    period: Optional[Text] = Field(
        None, description="Period that was measured, e.g. `2025` or `2025-01/2025-06`."
    )
    document: Optional[Text] = Field(
        None, description="Document that proves the figure (file name or number)."
    )
    plus_minus: Optional[Share] = Field(
        None, description="Relative 95 % interval of the figure, e.g. `5 %`."
    )
    note: Optional[Text] = Field(None, description="Free text, carried to the result.")
    carrier: Optional[choice(*CARRIERS)] = Field(  # type: ignore[valid-type]
        None,
        description="For heat: the fuel burned in the own boiler (lower heating value), or the "
        "heat that arrives: `steam` and `steam_wood` (boiler of the site), `cogeneration`, "
        "`heat_pump`, `district_heat`.",
    )
    heating_value: Optional[quantity("MJ/Sm3")] = Field(  # type: ignore[valid-type]
        None, description="For gas in Sm3: heating value, e.g. `35.2 MJ/Sm3`."
    )
    heating_value_basis: Optional[choice("lower", "higher")] = Field(  # type: ignore[valid-type]
        None, description="For gas in Sm3: `lower` (PCI) or `higher` (PCS) heating value."
    )
    supply: Optional[Identifier] = Field(
        None, description="For water: dataset of the supply, e.g. `water-well` or `water-tap`."
    )


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

    municipality: Optional[Text] = Field(None, description="Municipality where the step is done.")
    operator: choice("own", "contract") = Field(  # type: ignore[valid-type]
        "own", description="`own`: done by the company that makes the claim; `contract`: terzista."
    )
    company: Optional[Text] = Field(None, description="Who does a contracted step.")
    use: choice("yes", "no") = Field(  # type: ignore[valid-type]
        "yes", description="`no` takes a step of the default route out."
    )
    electricity: Optional[FigureField] = Field(
        None, description="Electricity, `kWh/kg` of the step's product."
    )
    heat: Annotated[list[FigureField], BeforeValidator(_figures)] = Field(
        default_factory=list,
        description="Fuel energy at the boiler (lower heating value) or steam, `MJ/kg`, `kWh/kg`, "
        "`Sm3/kg` (with `heating_value`), each with its `carrier`.",
    )
    water_in: Optional[FigureField] = Field(None, description="Water taken in, `L/kg`.")
    water_out: Optional[FigureField] = Field(
        None, description="Water discharged to treatment, `L/kg`; the rest counts as consumed."
    )
    loss: Optional[FigureField] = Field(None, description="Loss in `%` of the step's input mass.")
    reclaimed: Optional[FigureField] = Field(
        None, description="Share of the loss that is put back in the same mixture, `%`."
    )
    chemicals: dict[str, FigureField] = Field(
        default_factory=dict,
        description="Chemicals and auxiliaries by dataset id, `g/kg`; replaces the default amount.",
    )


class TransportLeg(StrictModel):
    """One leg of a transport."""

    mode: choice(  # type: ignore[valid-type]
        "lorry", "lorry_rigid", "van", "ship", "rail", "air"
    ) = Field(description="Means of transport.")
    distance: quantity("km") = Field(description="Distance, e.g. `120 km`.")  # type: ignore[valid-type]


class BlendLine(StrictModel):
    """One fibre of the blend."""

    fibre: Identifier = Field(
        "same-blend", description="Fibre name, e.g. `wool`, `polyamide`; see `lca-cardato fibres`."
    )
    share: Share = Field(description="Share of the mixture in conditioned mass, e.g. `70 %`.")
    origin: choice(*ORIGINS) = Field(  # type: ignore[valid-type]
        "undeclared",
        description="`virgin`, `recycled_post_consumer`, `recycled_pre_consumer`, "
        "`in_process_rework` (own fly and waste put back), `undeclared`.",
    )
    place: Optional[Text] = Field(
        None, description="Where the fibre comes from; a known place gives the transport."
    )
    colour: Optional[choice(*COLOURS)] = Field(  # type: ignore[valid-type]
        None,
        description="`undyed`, `to_dye` (loose stock dyed for this product), `bought_dyed`, "
        "`shade_sorted` (recycled fibre sorted by shade, not dyed).",
    )
    dataset: Optional[Identifier] = Field(
        None, description="Inventory dataset to take instead of the default of the fibre."
    )
    handling: Optional[
        choice("biophysical", "protein_mass", "economic")  # type: ignore[valid-type]
    ] = Field(None, description="For wool: how the farm's burden is shared between wool and meat.")
    steps: dict[str, StepEntry] = Field(
        default_factory=dict,
        description="Steps of this fibre before blending (e.g. `tearing`, `carbonising`, "
        "`dyeing-stock`) with own figures; naming a step adds it.",
    )
    transport: Optional[list[TransportLeg]] = Field(
        None, description="Transport to the mill; replaces the default of `place`."
    )
    price: Optional[quantity("EUR/kg")] = Field(  # type: ignore[valid-type]
        None,
        description="Price of the fibre ready for blending, what its own `steps` cost included, "
        "e.g. `4.20 EUR/kg`.",
    )
    lot: Optional[Text] = Field(None, description="Lot number.")
    document: Optional[Text] = Field(
        None, description="Document that proves origin and composition."
    )


class Yarn(StrictModel):
    """One of the yarns of a fabric that is made of several."""

    name: Identifier = Field(description="Short name, e.g. `warp`.")
    share: Share = Field(description="Share of the fabric's yarn mass.")
    count: Count = Field(description="Yarn count, e.g. `Nm 10` or `Nm 2/28`.")
    system: choice(*SYSTEMS) = Field(  # type: ignore[valid-type]
        "woollen", description="`woollen` (carded), `worsted` (combed), `bought_yarn` (filament)."
    )
    blend: list[BlendLine] = Field(min_length=1, max_length=30, description="Fibres of this yarn.")
    route: dict[str, StepEntry] = Field(
        default_factory=dict, description="Steps of this yarn with own figures."
    )


class Product(StrictModel):
    """The product that leaves the gate."""

    type: choice("yarn", "fabric") = Field(description="`yarn` or `fabric`.")  # type: ignore[valid-type]
    name: Name = Field(description="Commercial name.")
    count: Optional[Count] = Field(
        None, description="Yarn count: `Nm 10`, `Nm 2/28`, `100 tex`. Not with `yarns`."
    )
    twist: Optional[Number] = Field(None, description="Turns per metre of the single yarn.")
    system: choice(*SYSTEMS) = Field(  # type: ignore[valid-type]
        "woollen", description="Spinning system when there is one yarn."
    )
    construction: Optional[choice("woven", "flat_knit", "circular_knit")] = Field(  # type: ignore[valid-type]
        None, description="For a fabric: how it is made."
    )
    surface_mass: Optional[quantity("g/m2")] = Field(  # type: ignore[valid-type]
        None, description="For a fabric: mass per area, e.g. `420 g/m2`."
    )
    batch: Optional[quantity("kg")] = Field(  # type: ignore[valid-type]
        None,
        description="Mass of product that a claim covers, e.g. `1200 kg`; compared with the "
        "masses of the documents.",
    )
    boundary: choice("cradle_to_gate", "gate_to_gate") = Field(  # type: ignore[valid-type]
        "cradle_to_gate",
        description="`gate_to_gate` leaves out the fibre: for a contract processor who works "
        "material of others.",
    )


class Company(StrictModel):
    """Who makes the claim."""

    name: Optional[Text] = Field(None, description="Company name.")
    municipality: Optional[Text] = Field(
        None, description="Municipality; steps without their own take this one."
    )
    role: choice("producer", "contract_processor") = Field(  # type: ignore[valid-type]
        "producer", description="`contract_processor`: terzista."
    )


class Electricity(StrictModel):
    """Electricity contract of the company."""

    contract: choice("grid", "supplier_mix", "guarantees_of_origin") = Field(  # type: ignore[valid-type]
        "grid",
        description="`grid` (location-based mix), `supplier_mix` (give `dataset`), "
        "`guarantees_of_origin` (cancelled certificates, with document).",
    )
    year: Optional[Number] = Field(
        None, description="Year of the grid mix; the inventories' default year when left out."
    )
    dataset: Optional[Identifier] = Field(
        None, description="Dataset of the supplier's mix or of the certified source."
    )
    photovoltaic: Share = Field(
        "0 %",  # type: ignore[assignment]
        validate_default=True,
        description="Share of own photovoltaic electricity used on site.",
    )
    class_: choice(*CLASSES) = Field(  # type: ignore[valid-type]
        "assumed", alias="class", description="Evidence for the contract."
    )
    document: Optional[Text] = Field(None, description="Contract, bill or cancellation statement.")


class Traceability(StrictModel):
    """How production is traced (regulation of the mark, art. 1.4)."""

    method: choice("lots", "calendar_year") = Field(  # type: ignore[valid-type]
        description="`lots`, or totals of the `calendar_year` when lots are not managed."
    )
    year: Optional[Number] = Field(None, description="Year of production.")
    document: Optional[Text] = Field(None, description="Register or system that holds the trace.")


class Scenario(StrictModel):
    """A scenario file."""

    schema_: schema(SCHEMA) = Field(alias="schema", description=f"Always `{SCHEMA}`.")  # type: ignore[valid-type]
    id: Identifier = Field(description="Identifier of the scenario.")
    note: Optional[Annotated[str, Field(max_length=2000)]] = Field(
        None, description="Free text, printed with the result."
    )
    company: Company = Field(default_factory=Company, description="Who makes the claim.")
    product: Product = Field(description="The product.")
    blend: list[BlendLine] = Field(
        default_factory=list, max_length=30, description="Fibres, when there is one yarn."
    )
    yarns: list[Yarn] = Field(
        default_factory=list, max_length=10, description="Yarns, when a fabric has several."
    )
    route: dict[str, StepEntry] = Field(
        default_factory=dict, description="Steps by name, with place, operator and own figures."
    )
    electricity: Electricity = Field(
        default_factory=Electricity, description="Electricity contract."
    )
    packaging: dict[str, FigureField] = Field(
        default_factory=dict,
        description="Packaging by dataset id, `g/kg`; replaces the default packaging.",
    )
    traceability: Optional[Traceability] = Field(None, description="How production is traced.")
    documents: dict[Identifier, Evidence] = Field(
        default_factory=dict,
        max_length=500,
        description="Documents by a short name that `document:` refers to.",
    )

    @model_validator(mode="after")
    def _one_form(self) -> Scenario:
        if bool(self.blend) == bool(self.yarns):
            raise PydanticCustomError("E301", "give either `blend` (one yarn) or `yarns`, not both")
        if self.yarns and self.product.type == "yarn":
            raise PydanticCustomError("E316", "a product of type yarn has a `blend`, not `yarns`")
        if self.blend and self.product.count is None:
            raise PydanticCustomError("E213", "`product.count` is missing (e.g. count: Nm 10)")
        if self.yarns and self.product.count is not None:
            raise PydanticCustomError("E316", "with `yarns`, the count stands in each yarn")
        if self.product.type == "fabric":
            if self.product.surface_mass is None:
                raise PydanticCustomError("E113", "a fabric needs `product.surface_mass` in g/m2")
            if self.product.surface_mass.amount <= 0:
                raise PydanticCustomError("E113", "`product.surface_mass` must be above 0")
            if self.product.construction is None:
                raise PydanticCustomError("E213", "a fabric needs `product.construction`")
        elif self.product.surface_mass is not None or self.product.construction is not None:
            raise PydanticCustomError("E316", "surface mass and construction belong to a fabric")
        return self

    def all_yarns(self) -> list[Yarn]:
        """Give the yarns in one form; a scenario with one `blend` has one yarn called ``yarn``."""
        if self.yarns:
            return list(self.yarns)
        assert self.product.count is not None
        return [
            Yarn(
                name="yarn",
                share="100 %",  # type: ignore[arg-type]
                count=self.product.count,
                system=self.product.system,
                blend=self.blend,
                route={},
            )
        ]


__all__ = [
    "BlendLine", "Company", "Electricity", "Figure", "Product", "Quantity", "Scenario",
    "StepEntry", "Traceability", "TransportLeg", "Yarn",
]  # fmt: skip
