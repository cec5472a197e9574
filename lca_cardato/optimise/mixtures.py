"""Properties of a mixture, such as its fineness, by the rules of ``mixtures.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from lca_cardato.errors import InputError
from lca_cardato.optimise.choices import Choice
from lca_cardato.optimise.shape import Shape, line_place
from lca_cardato.sentence import say
from lca_cardato.space.goals import Property
from lca_cardato.text.number import QuantityError, parse_number
from lca_cardato.text.yamltree import read_document

TEN_THOUSAND = 10_000
"""Nm (km/kg) times dtex (g per 10 km)."""


@lru_cache(maxsize=1)
def rules() -> Any:
    """Give the rules of mixture and their sources."""
    return read_document(Path(__file__).with_name("mixtures.yaml")).data


@dataclass(frozen=True)
class Mixture:
    """A property of the blend.

    Attributes
    ----------
    name : str
    rule : str
    unit : str
        Of the property of the blend.
    values : dict
        Line of the base scenario -> value of the fibre.
    source : str
        Where the values come from, as the user says.
    """

    name: str
    rule: str
    unit: str
    values: dict[int, Fraction]
    source: str

    def corners(self, choice: Choice) -> list[Fraction]:
        """Property of the pure fibres."""
        missing = [c.place for c in choice.columns if c.place not in self.values]
        if missing:
            raise InputError.one("E321", no_value(missing), key=f"optimise.properties.{self.name}")
        found = [self.values[column.place] for column in choice.columns]
        if self.rule != "fibres_in_section":
            return found
        single = TEN_THOUSAND / choice.yarn.count.nm
        return [single / value for value in found]


def mixture_of(
    name: str, item: Property, base: Any, shape: Shape, needed: list[int], at: str
) -> Mixture:
    """Read a property.

    Parameters
    ----------
    name : str
    item : Property
    base : tree
        Base scenario.
    shape : Shape
    needed : list of int
        Lines that need a value.
    at : str
        Key in the space file.

    Raises
    ------
    InputError
        ``E320``, ``E321``: a line that is not there, a value that is missing or no number.
    """
    rule = rules()["rules"][item.rule]
    unit = rule.get("value_unit", rule["unit"])
    values: dict[int, Fraction] = {}
    units = {unit} if unit else set()
    for line, text in item.values.items():
        place = line_place(line, base, shape.path, shape.file)
        number, _, typed = text.strip().partition(" ")
        try:
            values[place] = parse_number(number)
        except QuantityError as error:
            raise InputError.one(
                error.code, error.message, file=shape.file, key=f"{at}.values.{line}", value=text,
                suggestion=error.suggestion,
            ) from None  # fmt: skip
        units.add(typed.strip())
        zero = item.rule == "fibres_in_section" and not values[place]
        if len(units) > 1 or values[place] < 0 or zero:
            expected = unit or sorted(units)[-1]
            raise InputError.one(
                "E321", say("a number above 0 in {unit} is expected", unit=expected or "1"),
                file=shape.file, key=f"{at}.values.{line}", value=text,
            )  # fmt: skip
    missing = [place for place in needed if place not in values]
    if missing:
        raise InputError.one(
            "E321", no_value(missing), file=shape.file,
            key=f"{at}.values", suggestion=say("give one for every fibre of the blend"),
        )  # fmt: skip
    return Mixture(name, item.rule, rule["unit"] or units.pop(), values, item.source)


def no_value(lines: list[int]) -> str:
    """Say that a property can't be told."""
    return say("lines {lines} have no value", lines=lines)
