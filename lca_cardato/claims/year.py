"""Mass balance of a calendar year by origin class, where lots are not managed (art. 1.4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Optional

from pydantic import AfterValidator, Field, ValidationError

from lca_cardato.claims.entries import LeftOut
from lca_cardato.claims.shares import fibre_parts
from lca_cardato.errors import DiskError, InputError, Problem, nearest
from lca_cardato.files.atomic import sha256
from lca_cardato.files.read import inside, read_bytes
from lca_cardato.inventory.records import Inventory
from lca_cardato.model.at_once import all_at_once
from lca_cardato.model.questions import Question
from lca_cardato.model.resolve import resolve
from lca_cardato.scenario.evidence import Evidence, read_documents
from lca_cardato.scenario.load import load_scenario
from lca_cardato.scenario.models import ORIGINS
from lca_cardato.sentence import say
from lca_cardato.text.fields import (
    Identifier,
    Number,
    StrictModel,
    choice,
    problems_of,
    quantity,
    refusal,
    refused,
    schema,
)
from lca_cardato.text.number import QuantityError
from lca_cardato.text.period import begun
from lca_cardato.text.yamltree import MAX_BYTES, Document, read_document
from lca_cardato.words.said import Said

SCHEMA = "lca-cardato/year/1"
FIRST, LAST = 1990, 2100
Text = Annotated[str, Field(max_length=300)]


class Stock(StrictModel):
    """Movements of an origin class in the year, conditioned fibre as it enters the mixture."""

    opening: quantity("kg") = Field("0 kg", validate_default=True)  # type: ignore[valid-type]
    opening_document: Optional[Text] = None
    purchased: quantity("kg")  # type: ignore[valid-type]
    sold: quantity("kg") = Field("0 kg", validate_default=True)  # type: ignore[valid-type]
    waste: quantity("kg") = Field("0 kg", validate_default=True)  # type: ignore[valid-type]
    closing: quantity("kg") = Field("0 kg", validate_default=True)  # type: ignore[valid-type]
    document: Optional[Text] = None

    @property
    def available(self) -> Fraction:
        """Opening stock + purchases - sales - waste - closing stock, kg."""
        moved = self.opening.amount + self.purchased.amount
        return Fraction(moved - self.sold.amount - self.waste.amount - self.closing.amount)

    @property
    def moved(self) -> bool:
        """Whether anything was there or moved."""
        parts = (self.opening, self.purchased, self.sold, self.waste, self.closing)
        return any(part.amount for part in parts)


class Made(StrictModel):
    """A product of the year."""

    scenario: Text
    mass: quantity("kg")  # type: ignore[valid-type]


class Previous(StrictModel):
    """The balance of the year before."""

    file: Text
    sha256: Optional[Annotated[str, Field(pattern="^[0-9a-f]{64}$")]] = None


def _whole_year(value: Fraction) -> int:
    if value.denominator != 1 or not FIRST <= value <= LAST:
        raise refusal(
            "E360",
            say("a calendar year is a whole number from {first} to {last}", first=FIRST, last=LAST),
            say("e.g. year: 2025"),
        )
    try:
        return begun(int(value))
    except QuantityError as error:
        raise refused(error) from None


class YearFile(StrictModel):
    """A file of the balance of a year."""

    schema_: schema(SCHEMA) = Field(alias="schema")  # type: ignore[valid-type]
    year: Annotated[Number, AfterValidator(_whole_year)]
    previous: Optional[Previous] = None
    stock: dict[choice(*ORIGINS), Stock]  # type: ignore[valid-type]
    products: list[Made] = Field(min_length=1, max_length=1000)
    documents: dict[Identifier, Evidence] = Field(default_factory=dict, max_length=500)


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


@dataclass
class YearBalance:
    """Balance of a year.

    Attributes
    ----------
    year : int
    origins : list of OriginBalance
        One per origin class that is bought or used; own rework is not a purchase and is left out.
    left : list of LeftOut
        What rests on no document, and products that claim nothing.
    asked : list of (str, Question)
        Scenario and what is questioned in it.
    """

    year: int
    origins: list[OriginBalance]
    left: list[LeftOut] = field(default_factory=list)
    asked: list[tuple[str, Question]] = field(default_factory=list)


def year_balance(path: Path, inventory: Inventory) -> YearBalance:
    """Work out the balance of a year.

    Parameters
    ----------
    path : Path
        Balance file; scenarios, documents and the balance of the year before are named relative
        to it.
    inventory : Inventory

    Returns
    -------
    YearBalance

    Raises
    ------
    InputError
        The file is not in the accepted shape (``E360`` for the year); a file lies outside its
        folder (``E214``); more left the stock than was there (``E310``); an opening stock rests
        on nothing (``E362``) or is not what the year before closed with (``E363``); a document is
        not declared (``E364``).
    """
    item, document = read_year(path)
    files, problems = read_documents(dict(item.documents), document, path.parent)
    result = YearBalance(int(item.year), [])
    found: dict[str, OriginBalance] = {}
    for origin, stock in item.stock.items():
        spot = ("stock", origin)
        if stock.available < 0:
            text = say("{kg:.6g} kg more left the stock than were in it", kg=-stock.available)
            problems.append(document.problem("E310", text, spot))
        if stock.opening.amount > 0 and item.previous is None and not stock.opening_document:
            problems.append(
                document.problem(
                    "E362",
                    say(
                        "an opening stock needs the balance of the year before (`previous`) or its own "
                        "document (`opening_document`)"
                    ),
                    (*spot, "opening"),
                    _kg(stock.opening.amount),
                    say("previous: {{file: the balance of the year before, sha256: its digest}}"),
                )
            )
        found[origin] = OriginBalance(origin, stock.available, {}, stock.document or "")
        where = f"{document.name}:{document.position(spot)[0]}"
        for key in ("document", "opening_document"):
            name = getattr(stock, key)
            if name and name not in item.documents:
                hint = nearest(name, list(item.documents))
                hint = hint or say(
                    "declare it: documents: {{register: {{kind: register, file: ...}}}}"
                )
                text = say("no such document is declared under `documents`")
                problems.append(document.problem("E364", text, (*spot, key), name, hint))
            elif name and name not in files and not item.documents[name].sha256:
                told = {"document": name}
                result.left.append(LeftOut(where, "left_register_unseen", told))
        if stock.moved and not stock.document:
            result.left.append(LeftOut(where, "left_no_register", {"origin": origin}))
    if item.previous is not None:
        problems += _closing_problems(item, document, path)
    for index, made in enumerate(item.products):
        key = f"products[{index}].scenario"
        try:
            place = inside(
                path.parent, made.scenario, str(path), key, say("in the folder of the balance")
            )
            with all_at_once(inventory):
                model = resolve(load_scenario(place), inventory)
        except InputError as error:
            problems += map(document.placed, error.problems)
            continue
        result.asked += [(made.scenario, question) for question in model.questions]
        if made.mass.amount <= 0:
            where = f"{document.name}:{document.position(('products', index))[0]}"
            result.left.append(LeftOut(where, "left_made_zero", {"product": Said(made.scenario)}))
        for part in fibre_parts(model):
            entry = found.setdefault(
                part.line.entry.origin, OriginBalance(part.line.entry.origin, Fraction(0))
            )
            taken = part.fresh * made.mass.amount
            entry.used[made.scenario] = entry.used.get(made.scenario, Fraction(0)) + taken
    if problems:
        raise InputError(problems)
    result.origins = list(found.values())
    return result


def read_year(path: Path) -> tuple[YearFile, Document]:
    """Read the balance of a year.

    Raises
    ------
    InputError
        It is not in the accepted shape.
    """
    document = read_document(path)
    try:
        return YearFile.model_validate(document.data), document
    except ValidationError as error:
        raise InputError(problems_of(error, document, YearFile)) from None


def _closing_problems(item: YearFile, document: Document, path: Path) -> list[Problem]:
    """Hold the opening stocks against what the balance of the year before closed with."""
    previous = item.previous
    assert previous is not None
    try:
        place = inside(
            path.parent,
            previous.file,
            str(path),
            "previous.file",
            say("in the folder of the balance"),
        )
        digest = sha256(read_bytes(place, MAX_BYTES))
        before, _ = read_year(place)
    except InputError as error:
        return [document.placed(problem) for problem in error.problems]
    except DiskError as error:
        told = error.problems[0].message
        return [document.problem("E363", told, ("previous", "file"), previous.file)]
    problems = []
    if previous.sha256 != digest:
        text = (
            say("is not the digest of that balance")
            if previous.sha256
            else say("the digest is missing")
        )
        problems.append(
            document.problem("E363", text, ("previous", "sha256"), previous.sha256 or "",
                             say("if it is the file that was closed: sha256: {digest}", digest=digest))
        )  # fmt: skip
    if before.year != item.year - 1:
        text = say(
            "that balance is of {year}; the year before is {wanted}",
            year=int(before.year), wanted=int(item.year) - 1,
        )  # fmt: skip
        problems.append(document.problem("E363", text, ("previous", "file"), previous.file))
    for origin in dict.fromkeys([*item.stock, *before.stock]):
        opened = item.stock[origin].opening.amount if origin in item.stock else Fraction(0)
        closed = before.stock[origin].closing.amount if origin in before.stock else Fraction(0)
        if opened != closed:
            text = say(
                "{origin}: {before} closed with {closed:.12g} kg, {year} opens with {opened:.12g} kg",
                origin=origin, before=int(before.year), closed=closed, year=int(item.year), opened=opened,
            )  # fmt: skip
            spot: tuple = ("stock", origin, "opening") if origin in item.stock else ("stock",)
            problems.append(document.problem("E363", text, spot))
    return problems


def _kg(amount: Fraction) -> str:
    return f"{float(amount):.12g} kg"
