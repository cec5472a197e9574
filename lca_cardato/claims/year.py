"""Mass balance of a calendar year by origin class, where lots are not managed (art. 1.4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Optional

from pydantic import Field, ValidationError

from lca_cardato.claims.shares import fibre_parts
from lca_cardato.errors import InputError, Problem
from lca_cardato.files.read import inside
from lca_cardato.inventory.records import Inventory
from lca_cardato.model.resolve import resolve
from lca_cardato.scenario.load import load_scenario
from lca_cardato.scenario.models import ORIGINS
from lca_cardato.text.fields import Number, StrictModel, choice, problems_of, quantity, schema
from lca_cardato.text.yamltree import read_document

SCHEMA = "lca-cardato/year/1"
Text = Annotated[str, Field(max_length=300)]


class Stock(StrictModel):
    """Movements of an origin class in the year, conditioned fibre as it enters the mixture."""

    opening: quantity("kg") = Field("0 kg", validate_default=True)  # type: ignore[valid-type]
    purchased: quantity("kg")  # type: ignore[valid-type]
    sold: quantity("kg") = Field("0 kg", validate_default=True)  # type: ignore[valid-type]
    waste: quantity("kg") = Field("0 kg", validate_default=True)  # type: ignore[valid-type]
    closing: quantity("kg") = Field("0 kg", validate_default=True)  # type: ignore[valid-type]
    document: Optional[Text] = None


class Made(StrictModel):
    """A product of the year."""

    scenario: Text
    mass: quantity("kg")  # type: ignore[valid-type]


class YearFile(StrictModel):
    """A file of the balance of a year."""

    schema_: schema(SCHEMA) = Field(alias="schema")  # type: ignore[valid-type]
    year: Number
    stock: dict[choice(*ORIGINS), Stock]  # type: ignore[valid-type]
    products: list[Made] = Field(min_length=1, max_length=1000)


@dataclass
class OriginBalance:
    """Kilograms of an origin class.

    Attributes
    ----------
    origin : str
    available : Fraction
        Opening stock + purchases - sales - waste - closing stock, kg.
    used : dict
        Product -> kg of fibre of the class that it took in.
    document : str
        Register of the stock.
    """

    origin: str
    available: Fraction
    used: dict[str, Fraction] = field(default_factory=dict)
    document: str = ""

    @property
    def left(self) -> Fraction:
        """Kilograms without a product; negative when more is claimed than was there."""
        return self.available - sum(self.used.values(), Fraction(0))


def year_balance(path: Path, inventory: Inventory) -> tuple[str, list[OriginBalance]]:
    """Work out the balance of a year.

    Parameters
    ----------
    path : Path
        Balance file; scenarios are named relative to it.
    inventory : Inventory

    Returns
    -------
    year : str
    balances : list of OriginBalance
        One per origin class that is bought or used; own rework is not a purchase and is left out.

    Raises
    ------
    InputError
        The file is not in the accepted shape; a scenario lies outside its folder (``E214``);
        more left the stock than was there (``E310``).
    """
    document = read_document(path)
    try:
        item = YearFile.model_validate(document.data)
    except ValidationError as error:
        raise InputError(problems_of(error, document, YearFile)) from None
    found: dict[str, OriginBalance] = {}
    problems: list[Problem] = []
    for origin, stock in item.stock.items():
        moved = stock.opening.amount + stock.purchased.amount
        available = moved - stock.sold.amount - stock.waste.amount - stock.closing.amount
        if available < 0:
            text = f"{float(-available):.6g} kg more left the stock than were in it"
            problems.append(document.problem("E310", text, ("stock", origin)))
        found[origin] = OriginBalance(origin, available, {}, stock.document or "")
    for index, made in enumerate(item.products):
        key = f"products[{index}].scenario"
        try:
            place = inside(
                path.parent, made.scenario, str(path), key, "in the folder of the balance"
            )
        except InputError as error:
            problems += map(document.placed, error.problems)
            continue
        model = resolve(load_scenario(place), inventory)
        for part in fibre_parts(model):
            entry = found.setdefault(
                part.line.entry.origin, OriginBalance(part.line.entry.origin, Fraction(0))
            )
            taken = part.fresh * made.mass.amount
            entry.used[made.scenario] = entry.used.get(made.scenario, Fraction(0)) + taken
    if problems:
        raise InputError(problems)
    return str(item.year), list(found.values())
