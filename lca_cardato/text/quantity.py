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
from typing import TYPE_CHECKING, Any

from lca_cardato.errors import nearest

if TYPE_CHECKING:
    from pint import UnitRegistry

MAX_LENGTH = 64
_BLANKS = " \t\r\n\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?")
_POWER = re.compile(r"\d\s*(?:\*\*|\^)")
_EXPRESSION = re.compile(r"[0-9eE+\-*/(). ]{1,200}")

UNIT_DEFINITIONS = """
metre = [length] = m
kilometre = 1000 * metre = km
square_metre = metre ** 2 = m2
cubic_metre = metre ** 3 = m3
litre = cubic_metre / 1000 = L = l
millilitre = litre / 1000 = mL = ml
kilogram = [mass] = kg
gram = kilogram / 1000 = g
milligram = gram / 1000 = mg
tonne = 1000 * kilogram = t
joule = [energy] = J
kilojoule = 1000 * joule = kJ
megajoule = 1000000 * joule = MJ
gigajoule = 1000000000 * joule = GJ
watt_hour = 3600 * joule = Wh
kilowatt_hour = 1000 * watt_hour = kWh
megawatt_hour = 1000000 * watt_hour = MWh
hour = [time] = h
kilowatt = kilowatt_hour / hour = kW
watt = kilowatt / 1000 = W
standard_cubic_metre = [gas_volume] = Sm3
tonne_kilometre = tonne * kilometre = tkm
piece = [count] = unit
euro = [currency] = EUR
"""

SYMBOLS = (
    "m", "km", "m2", "m3", "L", "l", "mL", "ml", "kg", "g", "mg", "t", "J", "kJ", "MJ", "GJ",
    "Wh", "kWh", "MWh", "W", "kW", "h", "Sm3", "tkm", "unit", "EUR",
)  # fmt: skip

CONFUSED = {
    "ton": "write t (tonne, 1000 kg)",
    "tonne": "write t",
    "tons": "write t (tonne, 1000 kg)",
    "mc": "write m3",
    "mq": "write m2",
    "smc": "write Sm3, with a heating value",
    "Smc": "write Sm3, with a heating value",
    "SMC": "write Sm3, with a heating value",
    "Nm3": "write Sm3 (15 °C), with a heating value",
    "Kg": "write kg",
    "KG": "write kg",
    "kG": "write kg",
    "kgs": "write kg",
    "kwh": "write kWh",
    "Kwh": "write kWh",
    "KWh": "write kWh",
    "KWH": "write kWh",
    "kWH": "write kWh",
    "mwh": "write MWh",
    "gr": "write g",
    "q": "write kg (1 quintale = 100 kg)",
    "lt": "write L",
    "lit": "write L",
    "gsm": "write g/m2",
    "T": "write t",
    "€": "write EUR",
    "euro": "write EUR",
    "Euro": "write EUR",
    "USD": "prices are in EUR",
    "$": "prices are in EUR",
    "degC": "temperatures are not used here",
}


class QuantityError(ValueError):
    """A typed number or quantity that can't be accepted.

    Attributes
    ----------
    code : str
        Stable error code (``E101`` to ``E114``).
    suggestion : str
        The cure.
    """

    def __init__(self, code: str, message: str, suggestion: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.suggestion = suggestion


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


@lru_cache(maxsize=4096)
def parse_number(text: str) -> Fraction:
    """Read a plain decimal number exactly.

    Parameters
    ----------
    text : str
        For instance ``"1.5"``, ``"-0.2"`` or ``"3e-4"``.

    Returns
    -------
    Fraction

    Raises
    ------
    QuantityError
        Decimal comma or thousands separators (``E101``), not finite (``E102``), empty or not
        a number (``E104``), too long or out of range (``E109``), a truth value (``E111``).
    """
    if not isinstance(text, str):
        raise QuantityError("E104", "a number is expected")
    stripped = text.strip(_BLANKS)
    if len(stripped) > MAX_LENGTH:
        raise QuantityError("E109", f"longer than {MAX_LENGTH} characters")
    if stripped.lower() in ("nan", ".nan", "inf", "-inf", "+inf", ".inf", "-.inf", "infinity"):
        raise QuantityError("E102", "the number must be finite")
    if stripped.lower() in ("true", "false", "yes", "no", "on", "off"):
        raise QuantityError("E111", "a number is expected, not a truth value")
    if re.fullmatch(r"[+-]?[\d.,'\s]*,[\d.,'\s]*", stripped) and re.search(r"\d", stripped):
        raise QuantityError(
            "E101",
            "decimal comma or thousands separator",
            f"write {_point(stripped)} (decimal point, no separators)",
        )
    _refuse_powers(stripped)
    if not _NUMBER.fullmatch(stripped) or not stripped.isascii():
        raise QuantityError("E104", "not a number", "write digits with a decimal point, e.g. 1.5")
    value = Fraction(stripped)
    if value and not Fraction(1, 10**15) <= abs(value) <= 10**15:
        raise QuantityError("E109", "outside the range 1e-15 to 1e15")
    return value


def _refuse_powers(text: str) -> None:
    """Refuse a power of numbers, which a few characters can make too large for any machine."""
    if _POWER.search(text):
        raise QuantityError("E109", "powers are not read", "write the number itself")


def _point(text: str) -> str:
    """Propose the decimal-point spelling of an Italian number."""
    digits = text.replace(" ", "").replace("'", "")
    head, _, tail = digits.rpartition(",")
    return f"{head.replace('.', '').replace(',', '')}.{tail}"


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
        (``E106``), unit unknown or ambiguous (``E107``).
    """
    if not isinstance(text, str):
        raise QuantityError("E105", f"a number with a unit is expected, e.g. 1.5 {unit}")
    amount, number, typed = _split(text)
    if not typed:
        raise QuantityError("E105", "the unit is missing", f"write for instance {number} {unit}")
    factor = conversion_factor(typed, unit)
    if amount < 0 and not negative:
        raise QuantityError("E103", "must not be negative")
    return Quantity(amount * factor, unit, text.strip(_BLANKS))


def check_quantity(text: str) -> None:
    """Check the number and the unit of a quantity whose field is not known yet.

    Raises
    ------
    QuantityError
        As `parse_quantity`, but for a missing unit and the dimension.
    """
    if text.strip(_BLANKS).endswith("%"):
        parse_share(text)
        return
    amount, _, typed = _split(text)
    if typed:
        _unit(typed, "a unit such as kWh/kg, L/kg or %")
    if amount < 0:
        raise QuantityError("E103", "must not be negative")


def _split(text: str) -> tuple[Fraction, str, str]:
    """Number, its text and the unit as typed."""
    stripped = text.strip(_BLANKS)
    if len(stripped) > MAX_LENGTH:
        raise QuantityError("E109", f"longer than {MAX_LENGTH} characters")
    _refuse_powers(stripped)
    match = re.match(r"([+-]?[\d.,'eE]*\d[\d.,']*|[+-]?\.?\w*)\s*(.*)$", stripped, re.DOTALL)
    number, typed = (match.group(1), match.group(2).strip(_BLANKS)) if match else (stripped, "")
    parsed = re.match(_NUMBER, stripped)
    if parsed and not re.match(r"[\d.,']", stripped[parsed.end() : parsed.end() + 1] or " "):
        number, typed = parsed.group(0), stripped[parsed.end() :].strip(_BLANKS)
    amount = parse_number(number)
    return amount, number, typed


def parse_share(text: str) -> Fraction:
    """Read a share: ``65 %``, ``65%`` or a number from 0 to 1, as an exact fraction.

    Raises
    ------
    QuantityError
        As `parse_number`; ``E110`` when outside 0 to 1.
    """
    stripped = text.strip(_BLANKS) if isinstance(text, str) else ""
    percent = stripped.endswith("%")
    value = parse_number(stripped[:-1] if percent else stripped)
    if percent:
        value /= 100
    if value < 0:
        raise QuantityError("E103", "must not be negative")
    if value > 1:
        hint = f"write {stripped} %" if not percent and value <= 100 else ""
        raise QuantityError("E110", "a share is at most 100 % (or a number from 0 to 1)", hint)
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
    typed = typed.strip(_BLANKS).replace("²", "2").replace("³", "3")
    if typed == unit:
        return Fraction(1)
    return _factor(typed, unit)


@lru_cache(maxsize=4096)
def _factor(typed: str, unit: str) -> Fraction:
    source, target = _unit(typed, unit), _unit(unit, unit)
    registry = _registry()
    quantity = registry.Quantity(Fraction(1), source)
    if quantity.dimensionality != registry.Quantity(Fraction(1), target).dimensionality:
        raise QuantityError(
            "E106",
            f"unit {typed} is {_dimension(typed)}, the field needs {_dimension(unit)}",
            f"use {unit} or a unit that converts to it",
        )
    return Fraction(quantity.to(target).magnitude)


def _unit(typed: str, wanted: str) -> Any:
    """Turn ``a`` or ``a/b`` into a pint unit, every symbol from the closed list."""
    parts = [part.strip(_BLANKS) for part in typed.split("/")]
    if len(parts) > 2:
        raise QuantityError("E107", f"unit {typed[:30]} is not known", f"use {wanted}")
    for part in parts:
        if part in CONFUSED:
            raise QuantityError("E107", f"unit {part} is not accepted", CONFUSED[part])
        if part not in SYMBOLS:
            hint = nearest(part, SYMBOLS)
            raise QuantityError("E107", f"unit {part[:30]} is not known", hint or f"use {wanted}")
    registry = _registry()
    result = registry.Unit(parts[0])
    return result / registry.Unit(parts[1]) if len(parts) == 2 else result


def _dimension(unit: str) -> str:
    names = {
        "[length]": "length", "[mass]": "mass", "[energy]": "energy",
        "[gas_volume]": "gas volume at standard conditions", "[count]": "count", "[time]": "time",
        "[currency]": "money",
    }  # fmt: skip
    dimensionality = dict(_registry().Quantity(1, _unit(unit, unit)).dimensionality)
    if dimensionality == {"[energy]": 1, "[time]": -1}:
        return "power"
    words = []
    for name, power in dimensionality.items():
        word = names.get(name, name)
        words.append(word if power == 1 else f"1/{word}" if power == -1 else f"{word}^{power}")
    return " · ".join(words) or "a pure ratio"


@lru_cache(maxsize=1)
def _registry() -> UnitRegistry:
    """Build the closed registry; exact, without pint's own unit list."""
    import pint

    registry: Any = pint.UnitRegistry(None, non_int_type=Fraction)
    for line in UNIT_DEFINITIONS.strip().splitlines():
        registry.define(line.strip())
    return registry


@lru_cache(maxsize=4096)
def parse_expression(text: str) -> Fraction:
    """Evaluate arithmetic written as text: numbers, ``+ - * /`` and parentheses only.

    Parameters
    ----------
    text : str
        A number, or ``= 118.59 / 267.56``; at most 200 characters.

    Returns
    -------
    Fraction

    Raises
    ------
    QuantityError
        ``E104`` when it is not such arithmetic, ``E109`` when too long.
    """
    stripped = text.strip(_BLANKS)
    if not stripped.startswith("="):
        return parse_number(stripped)
    body = stripped[1:].strip(_BLANKS)
    _refuse_powers(body)
    if not _EXPRESSION.fullmatch(body):
        raise QuantityError(
            "E104", "arithmetic may hold numbers, + - * / and parentheses (200 characters)"
        )
    tokens = re.findall(r"\d+\.?\d*(?:[eE][+-]?\d{1,2})?|\.\d+|[+\-*/()]", body)
    if "".join(tokens) != body.replace(" ", ""):
        raise QuantityError("E104", "not arithmetic")
    value, rest = _sum(tokens, 0, 0)
    if rest != len(tokens):
        raise QuantityError("E104", "not arithmetic: something is left over")
    return value


def _sum(tokens: list[str], at: int, depth: int) -> tuple[Fraction, int]:
    value, at = _product(tokens, at, depth)
    while at < len(tokens) and tokens[at] in "+-":
        sign = tokens[at]
        other, at = _product(tokens, at + 1, depth)
        value = value + other if sign == "+" else value - other
    return value, at


def _product(tokens: list[str], at: int, depth: int) -> tuple[Fraction, int]:
    value, at = _atom(tokens, at, depth)
    while at < len(tokens) and tokens[at] in "*/":
        sign = tokens[at]
        other, at = _atom(tokens, at + 1, depth)
        if sign == "/" and other == 0:
            raise QuantityError("E104", "division by zero")
        value = value * other if sign == "*" else value / other
    return value, at


def _atom(tokens: list[str], at: int, depth: int) -> tuple[Fraction, int]:
    if at >= len(tokens) or depth > 10:
        raise QuantityError("E104", "not arithmetic: it ends too early or nests too deeply")
    token = tokens[at]
    if token == "-":
        value, at = _atom(tokens, at + 1, depth + 1)
        return -value, at
    if token == "(":
        value, at = _sum(tokens, at + 1, depth + 1)
        if at >= len(tokens) or tokens[at] != ")":
            raise QuantityError("E104", "not arithmetic: a parenthesis is not closed")
        return value, at + 1
    if token in "+*/)":
        raise QuantityError("E104", "not arithmetic")
    return parse_number(token), at + 1
