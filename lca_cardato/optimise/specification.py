"""Read the section `optimise` of a space: goals, limits, and what they are called."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice
from typing import Any, Optional, Sequence

from lca_cardato.claims.packs_model import pack_named
from lca_cardato.errors import InputError, nearest
from lca_cardato.lcia.indicators import Indicator
from lca_cardato.optimise.choices import Choices
from lca_cardato.optimise.criteria import criteria_of
from lca_cardato.optimise.limits import Least, Limit, Number, Ratio, Stock, Together, percent
from lca_cardato.optimise.mixtures import Mixture, mixture_of
from lca_cardato.optimise.quantities import (
    COST,
    Goal,
    Quantity,
    add_price,
    no_price,
    quantities,
)
from lca_cardato.optimise.shape import line_place
from lca_cardato.sentence import say
from lca_cardato.space.goals import Optimise
from lca_cardato.space.paths import value_at
from lca_cardato.text.number import QuantityError, parse_number

_LIMIT = re.compile(r"\s*([\w.-]+)\s*(<=|>=)\s*(.+?)\s*")
MOST_POINTS = 201
LOOKED_AT = 50
"""Combinations whose prices and fibres are looked at before the search; others as they come up."""


@dataclass
class Specification:
    """What is looked for.

    Attributes
    ----------
    goal : Goal or None
        None where a front is asked for.
    front : tuple of two Goal, or None
    points : int
        Of the front.
    limits : list of Limit
    quantities : dict
        All that can be told of a blend, by name.
    claims : dict
        Claim -> reading.
    mixtures : list of Mixture
    """

    goal: Optional[Goal]
    front: Optional[tuple[Goal, Goal]]
    points: int
    limits: list[Limit]
    quantities: dict[str, Quantity]
    claims: dict[str, str]
    mixtures: list[Mixture] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """Names of the goals, each once."""
        goals = [self.goal] if self.goal else list(self.front or ())
        return list(dict.fromkeys(quantity.name for goal in goals for quantity, _ in goal.weights))


def specification(
    given: Optimise, choices: Choices, indicators: Sequence[Indicator]
) -> Specification:
    """Read goals and limits against a space.

    Parameters
    ----------
    given : Optimise
    choices : Choices
    indicators : sequence of Indicator
        In the order of the scores.

    Raises
    ------
    InputError
        All that can't be understood, at once.
    """
    reader = _Reader(given, choices)
    mixtures = reader.mixtures()
    known = quantities(indicators, mixtures)
    goal, front, points = reader.goals(known)
    limits = reader.limits(known)
    reader.probability()
    if reader.problems:
        raise InputError(reader.problems)
    return Specification(goal, front, points, limits, known, dict(given.meets), mixtures)


class _Reader:
    def __init__(self, given: Optimise, choices: Choices) -> None:
        self.given, self.choices, self.shape = given, choices, choices.shape
        self.base: Any = choices.space.base.document.data
        self.problems: list[Any] = []

    def problem(self, key: str, message: str, value: str = "", suggestion: str = "") -> None:
        """Note what is wrong with a key of the section."""
        error = InputError.one(
            "E321", message, file=self.shape.file, key=f"optimise.{key}", value=value,
            suggestion=suggestion,
        )  # fmt: skip
        self.problems += error.problems

    # -- goals -------------------------------------------------------------------------------

    def goals(
        self, known: dict[str, Quantity]
    ) -> tuple[Optional[Goal], Optional[tuple[Goal, Goal]], int]:
        """Give the goal, or the two of a front and the number of its points."""
        given = self.given
        if given.front is None:
            weights = []
            for name, weight in given.minimise.items():
                found = self.goal(known, name, f"minimise.{name}")
                if weight <= 0:
                    self.problem(
                        f"minimise.{name}", say("a weight is above 0"), str(weight),
                        say("leave the goal out, or limit it"),
                    )  # fmt: skip
                if found is not None:
                    weights.append((found, weight))
            return Goal(weights), None, 0
        two = [self.goal(known, name, "front.of") for name in given.front.of]
        points = given.front.points
        if points.denominator != 1 or not 2 <= points <= MOST_POINTS:
            self.problem(
                "front.points",
                say("a whole number from {least} to {most} is expected", least=2, most=MOST_POINTS),
                str(points),
            )
        if two[0] is not None and two[0] is two[1]:
            self.problem("front.of", say("two different goals make a front"), given.front.of[0])
        one = Fraction(1)
        return None, tuple(Goal([(q, one)] if q else []) for q in two), int(points)  # type: ignore[return-value]

    def goal(self, known: dict[str, Quantity], name: str, key: str) -> Optional[Quantity]:
        """Find a goal."""
        can = [n for n, quantity in known.items() if quantity.kind != "content"]
        if name in can:
            self.priced(known[name])
            return known[name]
        if name in known:
            self.problem(key, say("a content can be limited, not minimised"), name)
        else:
            self.problem(key, say("there is nothing of this name"), name, nearest(name, can))
        return None

    def priced(self, quantity: Quantity) -> None:
        """Ask for prices where cost is spoken of."""
        if quantity.name != COST or any("price" in str(p.message) for p in self.problems):
            return
        for choice in islice(self.choices, LOOKED_AT):
            missing = [p.line.entry.fibre for p in choice.corners[0] if p.line.entry.price is None]
            if missing:
                self.problem("", no_price(missing), "", add_price())
                return

    # -- limits ------------------------------------------------------------------------------

    def limits(self, known: dict[str, Quantity]) -> list[Limit]:
        """Give everything that has to hold, bounds of shares apart."""
        found: list[Limit] = []
        for claim, reading in self.given.meets.items():
            found += self.claim(claim, reading)
        for place, text in enumerate(self.given.limits):
            found += self.ratio(known, text, f"limits[{place}]")
        found += self.stocks()
        found += self.numbers()
        for name, groups in (("together", self.given.together), ("apart", self.given.apart)):
            for place, lines in enumerate(groups):
                key = f"{name}[{place}]"
                places = self.lines(lines, key)
                if len(set(places)) < 2:
                    self.problem(key, say("two different lines or more are expected"))
                    continue
                names = [self.named(line) for line in lines]
                told = (
                    say("{lines}: one at most", lines=names)
                    if name == "apart"
                    else say("{lines}: all or none", lines=names)
                )
                found.append(Together(key, told, tuple(places), name == "apart"))
        return found

    def claim(self, claim: str, reading: str) -> list[Limit]:
        """Criteria of a claim."""
        try:
            pack = pack_named(claim)
        except InputError as error:
            self.problem(
                f"meets.{claim}", error.problems[0].message, claim, error.problems[0].suggestion
            )
            return []
        return list(criteria_of(
            pack, reading, self.choices,
            lambda item: say("{claim}: {criterion}", claim=pack.name, criterion=item.title),
        ))  # fmt: skip

    def ratio(self, known: dict[str, Quantity], text: str, key: str) -> list[Limit]:
        """A limit of a quantity, such as ``climate_change <= 4``."""
        match = _LIMIT.fullmatch(text)
        if match is None:
            self.problem(
                key, say("limit not understood"), text,
                say("write e.g. 'climate_change <= 4' or 'recycled_product_dry >= 65'"),
            )  # fmt: skip
            return []
        name, sign, typed = match.groups()
        quantity = known.get(name)
        if quantity is None:
            self.problem(
                key, say("there is nothing of this name"), name, nearest(name, list(known))
            )
            return []
        self.priced(quantity)
        unit = quantity.unit
        number = typed[: -len(unit)].strip() if unit and typed.endswith(unit) else typed
        try:
            amount = parse_number(number)
        except QuantityError as error:
            self.problem(
                key, say("{name} is compared with a number ({unit})", name=name, unit=unit or "1"),
                text, error.suggestion,
            )  # fmt: skip
            return []
        if quantity.kind == "indicator" and not any(c.scores.size for c in self.choices):
            return []
        told = f"{name} {sign} {number} {unit}".strip()
        most = sign == "<="
        return [Ratio(
            key, told, quantity.above, quantity.below, amount * quantity.factor, most, name, unit,
            quantity.factor,
        )]  # fmt: skip

    def stocks(self) -> list[Limit]:
        """What lies in store, by line or lot."""
        found: list[Limit] = []
        if self.given.stock and "batch" not in (self.base.get("product") or {}):
            self.problem(
                "stock", say("a stock is for a batch, and the product states none"), "",
                say("add `batch: 1000 kg` to `product`"),
            )  # fmt: skip
            return found
        for name, mass in self.given.stock.items():
            lots = [
                i for i, line in enumerate(value_at(self.base, self.shape.path))
                if line.get("lot") == name
            ]  # fmt: skip
            key = f"stock.{name}"
            places = lots or self.lines([name], key)
            text = say(
                "{line}: {mass:.12g} kg in stock", line=self.named(name), mass=float(mass.amount)
            )
            found.append(Stock(key, text, tuple(places), mass.amount))
        return found

    def numbers(self) -> list[Limit]:
        """How many fibres, and the least share of one."""
        found: list[Limit] = []
        given = self.given.components
        for name, number in (("least", given.least), ("most", given.most)) if given else ():
            if number is None or (name == "least" and number == 1):
                continue
            if number.denominator != 1 or number < 1:
                self.problem(
                    f"components.{name}", say("a whole number from 1 is expected"), str(number)
                )
                continue
            told = (
                say("at most {count} fibres", count=int(number))
                if name == "most"
                else say("at least {count} fibres", count=int(number))
            )
            found.append(Number(f"components.{name}", told, int(number), name == "most"))
        if self.given.least:
            told = say("a fibre that is used: at least {share}", share=percent(self.given.least))
            found.append(Least("least", told, self.given.least))
        return found

    def named(self, line: str) -> Any:
        """Give the name of a fibre in each language, where a line is called by its id."""
        fibre = self.choices.inventory.fibres.get(line)
        return line if fibre is None else fibre.name

    def lines(self, names: Sequence[str], key: str) -> list[int]:
        """Find lines of the blend."""
        found = []
        for name in names:
            try:
                found.append(line_place(name, self.base, self.shape.path, self.shape.file))
            except InputError as error:
                problem = error.problems[0]
                self.problem(key, problem.message, name, problem.suggestion)
        return found

    # -- the rest ----------------------------------------------------------------------------

    def mixtures(self) -> list[Mixture]:
        """Give the properties of the blend."""
        needed = sorted(
            {
                column.place
                for choice in islice(self.choices, LOOKED_AT)
                for column in choice.columns
            }
        )
        found = []
        for name, item in self.given.properties.items():
            at = f"optimise.properties.{name}"
            try:
                found.append(mixture_of(name, item, self.base, self.shape, needed, at))
            except InputError as error:
                self.problems += error.problems
        return found

    def probability(self) -> None:
        """Look at the share of draws in which everything has to hold."""
        share = self.given.probability
        if share is not None and not Fraction(1, 2) <= share < 1:
            self.problem(
                "probability", say("a share from 50 % to below 100 % is expected"), percent(share)
            )
