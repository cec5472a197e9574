"""Numbers and quantities typed by people, read exactly.

The number is read by a regular expression into a `fractions.Fraction`; the unit must be on
a closed list and is converted by `pint` with exact rational factors. Nothing else of the
text reaches pint, so neither arithmetic bombs nor look-alike units (``ton`` the short ton,
``mc`` the milli-speed-of-light) can change a meaning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lca_cardato.errors import nearest
from lca_cardato.sentence import Sentence, joined, say
from lca_cardato.text.number import (
    BLANKS,
    MAX_LENGTH,
    NUMBER,
    PER_MILLE,
    QuantityError,
    parse_number,
    refuse_groups,
    refuse_lookalikes,
    refuse_powers,
)
from lca_cardato.text.thousands import COUNTED, plain, question, two_readings

if TYPE_CHECKING:
    from pint import UnitRegistry


UNITS = Path(__file__).with_name("units.txt")
SYMBOLS = tuple(
    symbol
    for line in UNITS.read_text(encoding="utf-8").splitlines()
    for symbol in line.split(" = ")[2:]
)

MASSES = {"t": Fraction(1000), "kg": Fraction(1), "g": Fraction(1, 1000), "mg": Fraction(1, 10**6)}
"""Kilograms in a unit of mass: the shipped inventories need no other conversion, and pint takes 0.2 s
to come up."""

DIMENSIONS = {
    "[length]": say("length"), "[mass]": say("mass"), "[energy]": say("energy"),
    "[gas_volume]": say("gas volume at standard conditions"), "[count]": say("count"),
    "[time]": say("time"), "[currency]": say("money"),
}  # fmt: skip


@dataclass(frozen=True)
class Quantity:
    """An exact amount in a stated unit.

    Attributes
    ----------
    amount : Fraction
        Amount in `unit`.
    unit : str
        Unit that was asked for, for instance ``"kWh/kg"``.
    text : str
        The value as typed.
    """

    amount: Fraction
    unit: str
    text: str

    def __float__(self) -> float:
        return float(self.amount)


def parse_quantity(text: str, unit: str, *, negative: bool = False) -> Quantity:
    """Read ``number unit`` and convert it to the unit of the field.

    Parameters
    ----------
    text : str
        For instance ``"0.45 kWh/kg"``.
    unit : str
        Unit of the field; the typed unit must have its dimension.
    negative : bool
        Whether a negative amount is accepted.

    Returns
    -------
    Quantity

    Raises
    ------
    QuantityError
        As `parse_number`, and negative (``E103``), unit missing (``E105``), other dimension
        (``E106``), unit unknown or ambiguous (``E107``), a total that may be meant in thousands
        (``E115``).
    """
    if not isinstance(text, str):
        raise QuantityError(
            "E105", say("a number with a unit is expected, e.g. 1.5 {unit}", unit=unit)
        )
    amount, number, typed = _split(text)
    if not typed:
        example: str = say(
            "write for instance {text}", text=f"{plain(number) if amount else 1} {unit}"
        )
        if two_readings(number):  # the cure takes neither reading for granted
            example = question(number, unit)[1]
        raise QuantityError("E105", say("the unit is missing"), example)
    factor = conversion_factor(typed, unit)
    refuse_two_readings(number, typed)
    if amount < 0 and not negative:
        raise QuantityError("E103", say("must not be negative"))
    return Quantity(amount * factor, unit, text.strip(BLANKS))


def check_quantity(text: str) -> None:
    """Check the number and the unit of a quantity whose field is not known yet.

    Raises
    ------
    QuantityError
        As `parse_quantity`, but for a missing unit and the dimension.
    """
    if text.strip(BLANKS).endswith("%"):
        parse_share(text)
        return
    amount, number, typed = _split(text)
    if typed:
        _unit(typed, say("a unit such as kWh/kg, L/kg or %"))
        refuse_two_readings(number, typed)
    if amount < 0:
        raise QuantityError("E103", say("must not be negative"))


def refuse_two_readings(number: str, unit: str) -> None:
    """Refuse a mass, energy, volume or distance that may be meant in thousands.

    Raises
    ------
    QuantityError
        ``E115`` with both readings.
    """
    if two_readings(number) and unit.replace("\u00b3", "3") in COUNTED:
        message, cure = question(number, unit)
        raise QuantityError("E115", message, cure)


def _split(text: str) -> tuple[Fraction, str, str]:
    """Number, its text and the unit as typed."""
    stripped = text.strip(BLANKS)
    if len(stripped) > MAX_LENGTH:
        raise QuantityError("E109", say("longer than {count} characters", count=MAX_LENGTH))
    refuse_powers(stripped)
    refuse_groups(stripped)
    refuse_lookalikes(stripped)
    match = re.match(r"([+-]?[\d.,'eE]*\d[\d.,']*|[+-]?\.?\w*)\s*(.*)$", stripped, re.DOTALL)
    number, typed = (match.group(1), match.group(2).strip(BLANKS)) if match else (stripped, "")
    parsed = re.match(NUMBER, stripped)
    if parsed and not re.match(r"[\d.,']", stripped[parsed.end() : parsed.end() + 1] or " "):
        number, typed = parsed.group(0), stripped[parsed.end() :].strip(BLANKS)
        if re.match(r"(?:[-\u2010-\u2015\u2212\u00b1/_]|\+|x\s?)?\s*\d", typed):
            raise QuantityError(
                "E104", say("one number and its unit are expected"),
                say("write one value; how far it may lie off goes into `plus_minus`"),
            )  # fmt: skip
    amount = parse_number(number)
    return amount, number, typed


FRACTION = re.compile("([0-9]{1,300})/([1-9][0-9]{0,299})")
"""A share that no decimal number gives exactly."""


def parse_share(text: str) -> Fraction:
    """Read a share: ``65 %``, ``65%``, a number from 0 to 1 or ``2/3``, as an exact fraction.

    Raises
    ------
    QuantityError
        As `parse_number`; ``E110`` when outside 0 to 1.
    """
    stripped = text.strip(BLANKS) if isinstance(text, str) else ""
    percent = stripped.endswith("%")
    parts = FRACTION.fullmatch(stripped)
    value = (
        Fraction(int(parts[1]), int(parts[2]))
        if parts
        else parse_number(stripped[:-1] if percent else stripped)
    )
    if percent:
        value /= 100
    if value < 0:
        raise QuantityError("E103", say("must not be negative"))
    if value > 1:
        hint = say("write {text}", text=f"{stripped} %") if not percent and value <= 100 else ""
        raise QuantityError("E110", say("a share is at most 100 % (or a number from 0 to 1)"), hint)
    return value


def conversion_factor(typed: str, unit: str) -> Fraction:
    """Give the exact factor from a typed unit to the unit of a field.

    Parameters
    ----------
    typed : str
        Unit as typed, one symbol or ``symbol/symbol``.
    unit : str
        Unit of the field.

    Returns
    -------
    Fraction
        ``amount_in_unit = amount_typed * factor``.

    Raises
    ------
    QuantityError
        ``E106`` or ``E107``.
    """
    typed = typed.strip(BLANKS).replace("²", "2").replace("³", "3")
    if typed == unit:
        return Fraction(1)
    return _factor(typed, unit)


@lru_cache(maxsize=4096)
def _factor(typed: str, unit: str) -> Fraction:
    if typed in MASSES and unit in MASSES:
        return MASSES[typed] / MASSES[unit]
    source, target = _unit(typed, unit), _unit(unit, unit)
    registry = _registry()
    quantity = registry.Quantity(Fraction(1), source)
    if quantity.dimensionality != registry.Quantity(Fraction(1), target).dimensionality:
        raise QuantityError(
            "E106",
            say(
                "unit {typed} is {one}, the field needs {other}",
                typed=typed,
                one=_dimension(typed),
                other=_dimension(unit),
            ),
            say("use {unit} or a unit that converts to it", unit=unit),
        )
    return Fraction(quantity.to(target).magnitude)


def _unit(typed: str, wanted: str) -> Any:
    """Turn ``a`` or ``a/b`` into a pint unit, every symbol from the closed list."""
    parts = [part.strip(BLANKS) for part in typed.split("/")]
    if len(parts) > 2:
        raise QuantityError(
            "E107",
            say("unit {typed} is not known", typed=typed[:30]),
            say("use {wanted}", wanted=wanted),
        )
    for part in parts:
        if part not in SYMBOLS:
            if part in _confused():
                raise QuantityError(
                    "E107", say("unit {typed} is not accepted", typed=part), _confused()[part]
                )
            hint = nearest(part, SYMBOLS)
            raise QuantityError(
                "E107",
                say("unit {typed} is not known", typed=part[:30]),
                hint or say("use {wanted}", wanted=wanted),
            )
    registry = _registry()
    result = registry.Unit(parts[0])
    return result / registry.Unit(parts[1]) if len(parts) == 2 else result


def is_confused(unit: str) -> bool:
    """Whether people type it for another unit, so that it is refused with what was meant."""
    return unit in _confused()


def _dimension(unit: str) -> str:
    dimensionality = dict(_registry().Quantity(1, _unit(unit, unit)).dimensionality)
    if dimensionality == {"[energy]": 1, "[time]": -1}:
        return say("power")
    words = []
    for name, power in dimensionality.items():
        word = DIMENSIONS.get(name, name)
        if power == -1:
            word = say("1/{dimension}", dimension=word)
        elif power != 1:
            word = say("{dimension}^{power}", dimension=word, power=power)
        words.append(word)
    return joined(words, " · ") or say("a pure ratio")


@lru_cache(maxsize=1)
def _confused() -> dict[str, str]:
    """Give units that people type and that are not read, with the cure."""
    import yaml

    cures = yaml.safe_load(UNITS.with_name("units_refused.yaml").read_text(encoding="utf-8"))
    told: dict[str, str] = {unit: Sentence(cure, "", {}) for unit, cure in cures.items()}
    return {**told, "\u2030": PER_MILLE}


@lru_cache(maxsize=1)
def _registry() -> UnitRegistry:
    """Build the closed registry; exact, without pint's own unit list."""
    import pint

    return pint.UnitRegistry(UNITS, non_int_type=Fraction)
