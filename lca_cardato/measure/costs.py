"""What a measure costs: the shipped table, and quotes of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Mapping, Optional

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, model_validator

from lca_cardato.errors import InputError, nearest
from lca_cardato.inventory.datum import Datum, Names, Source
from lca_cardato.sentence import say
from lca_cardato.text.fields import StrictModel, choice, problems_of, refusal, schema
from lca_cardato.text.number import QuantityError, parse_number
from lca_cardato.text.yamltree import read_document

SCHEMA = "lca-cardato/measure-costs/1"
UNIT = "EUR"
KINDS = (
    "electricity_meter", "heat_meter", "water_meter", "weighing", "dosing_record",
    "transport_record", "emission_analysis", "reading_paper", "contractor_statement",
    "supplier_data", "origin_paper", "register", "electricity_paper",
)  # fmt: skip


class Kind(StrictModel):
    """A kind of measure: its name and what it costs."""

    name: Names
    cost: Datum

    @model_validator(mode="after")
    def _money(self) -> Kind:
        if self.cost.unit != UNIT or self.cost.amount is None or self.cost.amount < 0:
            raise refusal("E103", say("a cost is an amount of 0 EUR or more"))
        return self


class Table(StrictModel):
    """The shipped table."""

    schema_: schema(SCHEMA) = Field(alias="schema")  # type: ignore[valid-type]
    sources: dict[str, Source]
    kinds: dict[choice(*KINDS), Kind]  # type: ignore[valid-type]


def _price(value: Any) -> Any:
    """Read a price: ``320``, ``320 EUR`` or ``€ 320``."""
    text = str(value).replace("€", "EUR").strip()
    text = text.removeprefix(UNIT).removesuffix(UNIT).strip()
    try:
        amount = parse_number(text)
    except QuantityError:
        amount = Fraction(-1)
    if amount < 0:
        raise refusal("E103", say("a cost is an amount of 0 EUR or more"), say("such as `320 EUR`"))
    return amount


Price = Annotated[Any, BeforeValidator(_price)]


def _named(text: str) -> str:
    kind = text.partition("/")[0]
    if kind not in KINDS:
        raise refusal(
            "E307", say("no measure of this kind"),
            nearest(kind, KINDS) or say("kinds: {kinds}", kinds=list(KINDS)),
        )  # fmt: skip
    return text


class Own(StrictModel):
    """Quotes of one's own: kind, or kind and what it is for (``electricity_meter/carding``)."""

    schema_: schema(SCHEMA) = Field(alias="schema")  # type: ignore[valid-type]
    note: Optional[str] = None
    costs: dict[Annotated[str, AfterValidator(_named)], Price] = Field(min_length=1)


@dataclass(frozen=True)
class Cost:
    """What one measure costs.

    Attributes
    ----------
    amount : float
        EUR, once.
    low, high : float, optional
        Ends of the range; None for a quote of one's own.
    class_, source, year, geography, note : str, str, int, str, str
        What the figure rests on; class ``supplier`` for a quote of one's own.
    """

    amount: float
    low: Optional[float]
    high: Optional[float]
    class_: str
    source: str = ""
    year: Optional[int] = None
    geography: str = ""
    note: str = ""


class Costs:
    """Costs of measures, by kind and by what they are for.

    Parameters
    ----------
    own : mapping, optional
        Kind, or kind and thing -> EUR, in place of the shipped figures.
    """

    def __init__(self, own: Optional[Mapping[str, Any]] = None) -> None:
        self.table, self.own = shipped_costs(), dict(own or {})

    def of(self, kind: str, thing: str) -> Cost:
        """Give the cost of a measure.

        Parameters
        ----------
        kind : str
            One of `KINDS`.
        thing : str
            Step, dataset or line that it is for.
        """
        for key in (f"{kind}/{thing}", kind):
            if key in self.own:
                return Cost(float(self.own[key]), None, None, "supplier")
        datum = self.table.kinds[kind].cost
        spread = datum.uncertainty
        return Cost(
            float(datum.amount or 0), float(spread.min or 0), float(spread.max or 0), datum.class_,
            datum.source or "", datum.year, datum.geography, datum.note or datum.reason,
        )  # fmt: skip


@lru_cache(maxsize=1)
def shipped_costs() -> Table:
    """Read the table that is shipped.

    Raises
    ------
    InputError
        It is not in the accepted shape.
    """
    document = read_document(Path(__file__).resolve().with_name("costs.yaml"))
    try:
        return Table.model_validate(document.data)
    except ValidationError as error:
        raise InputError(problems_of(error, document, Table)) from None


def load_costs(path: Optional[Path]) -> Costs:
    """Read quotes of one's own.

    Parameters
    ----------
    path : Path, optional
        YAML file; the shipped table alone when left out.

    Raises
    ------
    InputError
        All problems of the file at once; ``E307`` for a kind that is not known.
    """
    if path is None:
        return Costs()
    document = read_document(path)
    try:
        found = Own.model_validate(document.data)
    except ValidationError as error:
        raise InputError(problems_of(error, document, Own)) from None
    return Costs(found.costs)
