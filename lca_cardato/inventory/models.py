"""Shape of the processes: background datasets and the step templates of the mill.

Two kinds of dataset exist: a *unit process* with technosphere and biosphere exchanges, and a
*published result* that carries indicator values of a cited study because no open inventory
exists. Every figure is a `Datum`: amount, unit, where it was read, class and uncertainty.
"""

from __future__ import annotations

from typing import Any, Optional

from pydantic import Field, model_validator

from lca_cardato.inventory.datum import Datum, Names
from lca_cardato.lcia.flows import FAMILIES, normal_compartment
from lca_cardato.sentence import say
from lca_cardato.text.fields import Expression, Identifier, StrictModel, choice, refusal

FIGURE_UNITS = {
    "loss": "%", "reclaimed": "%", "electricity": "kWh/kg", "heat": "MJ/kg", "water_in": "L/kg",
    "water_evaporated": "L/kg", "chemicals": "kg/kg", "emissions": "kg/kg",
}  # fmt: skip
"""Kind of a step's figure -> unit that it is calculated in; of chemicals, kg is the product's."""
STAGES = (
    "fibre_supply", "fibre_preparation", "dyeing", "blending", "spinning", "twisting_winding",
    "fabric_forming", "finishing", "packaging", "transport", "waste",
)  # fmt: skip
PRODUCT_UNITS = ("kg", "MJ", "kWh", "m3", "tkm", "m2", "unit")
CATEGORIES = (
    "fibre", "textile_waste", "electricity", "heat", "fuel", "water", "wastewater", "waste",
    "chemical", "packaging", "transport", "material", "comparison",
)  # fmt: skip
"""What a dataset is: a scenario takes it only where one of its kind belongs."""
CATEGORY_OF_UNIT = {"kWh": "electricity", "tkm": "transport"}
PLIED = "plied"
CARRIER_DATASETS = {
    "natural_gas": "natural-gas-burned",
    "lpg": "lpg-burned",
    "diesel": "diesel-burned",
    "fuel_oil": "fuel-oil-burned",
    "wood_chips": "wood-chips-burned",
    "steam": "steam-industrial",
    "steam_wood": "steam-wood-chips",
    "cogeneration": "heat-chp-natural-gas",
    "heat_pump": "heat-pump-industrial",
    "district_heat": "heat-district-natural-gas",
}


class Exchange(Datum):
    """A flow into or out of a unit process: technosphere input, emission or resource."""

    input: Optional[Identifier] = None
    emission: Optional[str] = None
    resource: Optional[str] = None
    compartment: str = ""

    @model_validator(mode="after")
    def _one_flow(self) -> Exchange:
        if sum(x is not None for x in (self.input, self.emission, self.resource)) != 1:
            raise refusal("E213", say("give one of `input`, `emission` and `resource`"))
        if self.input is None and not self.compartment:
            raise refusal("E213", say("an elementary flow needs `compartment`"))
        if self.amount is not None and self.amount < 0 and self.emission != "Water":
            raise refusal(
                "E314",
                say("an amount below 0: credits and offsets are no part of a product footprint"),
            )
        return self

    @property
    def flow(self) -> tuple[str, tuple[str, ...]]:
        """Name and categories of the elementary flow in biosphere3."""
        return (self.emission or self.resource or "", normal_compartment(self.compartment))


def _with_defaults(value: Any, *keys: str) -> Any:
    """Merge the ``defaults`` of a dataset or step into its figures, which stand below `keys`."""
    if not isinstance(value, dict) or not isinstance(value.get("defaults"), dict):
        return value
    value = dict(value)
    defaults = value.pop("defaults")
    for key in keys:
        part = value.get(key)
        if isinstance(part, dict) and not ("unit" in part or "amount" in part):
            value[key] = {name: _merged(item, defaults) for name, item in part.items()}
        elif part is not None:
            value[key] = _merged(part, defaults)
    return value


def _merged(item: Any, defaults: dict) -> Any:
    if isinstance(item, list):
        return [_merged(one, defaults) for one in item]
    if not isinstance(item, dict):
        return item
    own = ("source", "at") if item.get("class") == "assumed" else ()
    result = {**{k: v for k, v in defaults.items() if k not in own}, **item}
    if isinstance(item.get("by_fibre"), dict):
        shared = {k: v for k, v in result.items() if k != "by_fibre"}
        result["by_fibre"] = {
            k: {**shared, **v} if isinstance(v, dict) else v for k, v in item["by_fibre"].items()
        }
    return result


class ReferenceProduct(StrictModel):
    """What a process makes 1 of."""

    name: str
    unit: choice(*PRODUCT_UNITS)  # type: ignore[valid-type]


class Need(StrictModel):
    """Steps of which a product or a material needs one, and why.

    With `when` it is needed only where one of those steps is in the route, or where the yarn is
    plied (`PLIED`).
    """

    one_of: list[Identifier] = Field(min_length=1)
    when: list[Identifier] = Field(default_factory=list)
    reason: Names
    source: Optional[str] = None
    at: str = ""


class Supplies(StrictModel):
    """A fibre that a dataset delivers, by origin; any fibre of that origin without `fibre`."""

    fibre: Optional[Identifier] = None
    origin: choice("virgin", "recycled_post_consumer", "recycled_pre_consumer")  # type: ignore[valid-type]


class Unbooked(StrictModel):
    """Mass that enters or leaves a process and is no exchange: oxygen, grease, moisture."""

    what: str
    enters: Optional[Expression] = None
    leaves: Optional[Expression] = None

    @model_validator(mode="after")
    def _one_way(self) -> Unbooked:
        if (self.enters is None) == (self.leaves is None):
            raise refusal("E213", say("give either `enters` or `leaves`, in kg"))
        return self


class Zero(StrictModel):
    """Why a process has no exchange of its own that a family of indicators counts."""

    reason: str
    source: Optional[str] = None
    at: str = ""


class Dataset(StrictModel):
    """A background dataset."""

    name: Names
    kind: choice("unit_process", "published_result")  # type: ignore[valid-type]
    category: Optional[choice(*CATEGORIES)] = None  # type: ignore[valid-type]
    supplies: list[Supplies] = Field(default_factory=list)
    needed: list[Need] = Field(default_factory=list)
    passed: list[Identifier] = Field(default_factory=list)
    product: ReferenceProduct
    geography: str
    year: int
    technology: str = ""
    inventoried_for: list[choice(*FAMILIES)]  # type: ignore[valid-type]
    zeros: dict[choice(*FAMILIES), Zero] = Field(default_factory=dict)  # type: ignore[valid-type]
    note: str = ""
    lacks: list[str] = Field(default_factory=list)
    unbooked: list[Unbooked] = Field(default_factory=list)
    exchanges: list[Exchange] = Field(default_factory=list)
    results: dict[str, Datum] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _defaults(cls, value: Any) -> Any:
        return _with_defaults(value, "exchanges", "results")

    def known_as(self, before: Optional[Dataset]) -> Dataset:
        """Give the dataset with what it leaves unsaid: from the one that it replaces, or its unit."""
        found: dict[str, Any] = {}
        for name in ("category", "supplies", "needed", "passed") if before is not None else ():
            if name not in self.model_fields_set:
                found[name] = getattr(before, name)
        if before is None and self.category is None:
            found["category"] = CATEGORY_OF_UNIT.get(self.product.unit)
        return self.model_copy(update=found) if found else self

    @model_validator(mode="after")
    def _kind(self) -> Dataset:
        if self.kind == "unit_process" and self.results:
            raise refusal("E317", say("a unit process has `exchanges` and no `results`"))
        if self.kind == "unit_process" and not self.exchanges:
            if not self.lacks:
                raise refusal(
                    "E317",
                    say("a unit process without `exchanges` says in `lacks` what it has not"),
                )
            if self.inventoried_for:
                raise refusal(
                    "E317",
                    say(
                        "a dataset without `exchanges` is inventoried for nothing: `inventoried_for: []`"
                    ),
                )
        if self.kind == "published_result" and not self.results:
            raise refusal("E317", say("a published result needs `results`"))
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
    zeros: dict[choice(*FAMILIES), Zero] = Field(default_factory=dict)  # type: ignore[valid-type]
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
        return _with_defaults(value, "chemicals", "emissions", "figures", "loss", "reclaimed")

    @model_validator(mode="after")
    def _in_the_mixture(self) -> Step:
        if self.reclaimed is not None and self.level != "yarn":
            raise refusal(
                "E316",
                say("a loss goes back into the mixture (`reclaimed`) from steps of a yarn only"),
            )
        return self

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
