"""Units as other programs write them."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from lca_cardato.errors import nearest
from lca_cardato.sentence import say
from lca_cardato.text.number import QuantityError
from lca_cardato.text.quantity import SYMBOLS, conversion_factor, is_confused

NAMES = {
    "kilogram": "kg", "gram": "g", "milligram": "mg", "tonne": "t", "metric ton": "t",
    "megajoule": "MJ", "kilojoule": "kJ", "joule": "J", "gigajoule": "GJ",
    "kilowatt hour": "kWh", "watt hour": "Wh", "megawatt hour": "MWh",
    "cubic meter": "m3", "cubic metre": "m3", "cubic meters": "m3", "m³": "m3", "m²": "m2", "t.km": "tkm", "litre": "L", "liter": "L", "milliliter": "mL",
    "square meter": "m2", "square metre": "m2", "meter": "m", "metre": "m", "kilometer": "km",
    "kilometre": "km", "ton kilometer": "tkm", "t*km": "tkm", "metric ton*km": "tkm",
    "item(s)": "unit", "items": "unit", "piece": "unit", "number_of_items": "unit", "p": "unit", "m2*a": "m2*year",
    "m2a": "m2*year", "square meter-year": "m2*year", "square meter year": "m2*year",
    "m3*a": "m3*year", "cubic meter-year": "m3*year", "cubic meter year": "m3*year",
    "kilo becquerel": "kBq", "standard cubic meter": "Sm3", "hour": "h", "hr": "h", "kilowatt": "kW",
}  # fmt: skip
"""Names of Brightway, openLCA, ecoinvent and SimaPro -> ours. A bare ``ton`` stands for two masses
and is not here."""

_POUND, _MILE = Fraction("0.45359237"), Fraction("1.609344")
MULTIPLES: dict[str, tuple[str, Fraction]] = {
    "lb": ("kg", _POUND), "lb av": ("kg", _POUND), "pound": ("kg", _POUND),
    "oz av": ("kg", _POUND / 16), "sh tn": ("kg", 2000 * _POUND), "tn.sh": ("kg", 2000 * _POUND),
    "short ton": ("kg", 2000 * _POUND), "long tn": ("kg", 2240 * _POUND),
    "tn.lg": ("kg", 2240 * _POUND), "mg": ("kg", Fraction(1, 10**6)),
    "ug": ("kg", Fraction(1, 10**9)), "µg": ("kg", Fraction(1, 10**9)), "kt": ("kg", Fraction(10**6)),
    "gal (us fl)": ("m3", Fraction("0.003785411784")),
    "gal (us liq)": ("m3", Fraction("0.003785411784")), "gal*": ("m3", Fraction("0.003785411784")),
    "bbl": ("m3", Fraction("0.158987294928")), "cu ft": ("m3", Fraction("0.028316846592")),
    "cuft": ("m3", Fraction("0.028316846592")), "ft3": ("m3", Fraction("0.028316846592")),
    "hl": ("m3", Fraction(1, 10)), "dm3": ("m3", Fraction(1, 1000)), "cm3": ("m3", Fraction(1, 10**6)),
    "btu": ("MJ", Fraction("0.00105505585262")), "mmbtu": ("MJ", Fraction("1055.05585262")),
    "kcal": ("MJ", Fraction("0.004184")), "tj": ("MJ", Fraction(10**6)),
    "gwh": ("kWh", Fraction(10**6)), "ha": ("m2", Fraction(10_000)), "km2": ("m2", Fraction(10**6)),
    "cm2": ("m2", Fraction(1, 10_000)), "ft2": ("m2", Fraction("0.09290304")),
    "sq.ft": ("m2", Fraction("0.09290304")), "acre": ("m2", Fraction("4046.8564224")),
    "ac": ("m2", Fraction("4046.8564224")), "hectare": ("m2", Fraction(10_000)),
    "mi": ("km", _MILE), "kg*km": ("tkm", Fraction(1, 1000)), "kgkm": ("tkm", Fraction(1, 1000)),
    "kg km": ("tkm", Fraction(1, 1000)), "lb*mi": ("tkm", _POUND * _MILE / 1000),
    "t*mi": ("tkm", _MILE), "t*nmi": ("tkm", Fraction("1.852")),
    "p*km": ("person*km", Fraction(1)), "pkm": ("person*km", Fraction(1)),
    "personkm": ("person*km", Fraction(1)), "person kilometer": ("person*km", Fraction(1)),
    "person*km": ("person*km", Fraction(1)), "passenger-kilometer": ("person*km", Fraction(1)),
    "person-kilometer": ("person*km", Fraction(1)), "passenger kilometer": ("person*km", Fraction(1)), "v*km": ("km", Fraction(1)), "vkm": ("km", Fraction(1)),
    "vehicle kilometer": ("km", Fraction(1)), "bq": ("kBq", Fraction(1, 1000)),
    "dozen(s)": ("unit", Fraction(12)), "min": ("h", Fraction(1, 60)), "s": ("h", Fraction(1, 3600)), "d": ("h", Fraction(24)),
    "day": ("h", Fraction(24)), "m2*d": ("m2*year", 1 / Fraction("365.25")),
    "ha*a": ("m2*year", Fraction(10_000)), "hectare-year": ("m2*year", Fraction(10_000)),
    "ha a": ("m2*year", Fraction(10_000)), "km*a": ("km*year", Fraction(1)),
    "km*year": ("km*year", Fraction(1)), "meter-year": ("km*year", Fraction(1, 1000)),
    "m*a": ("km*year", Fraction(1, 1000)), "m*year": ("km*year", Fraction(1, 1000)),
}  # fmt: skip
"""Units that are not ours -> a unit of ours and the factor, by definition (NIST SP 811: the
avoirdupois pound, the US gallon of 231 cubic inches, the Btu of the International Table; the
kilocalorie is the thermochemical one, as in openLCA)."""

EXACT_CASE = {"mg": "mg", "Mg": "t", "MG": "MG", "kg": "kg", "Mt": "Mt"}
"""Symbols of mass that differ in their case alone."""

SERVICES = ("km", "h", "person*km", "m2*year", "m", "kW", "km*year")
"""Units of services and of plants. A dataset here counts one of them as 1 `unit`, and says so."""


@lru_cache(maxsize=4096)
def unit_of(text: str) -> str:
    """Our symbol of a unit; the text itself where none is known."""
    text = text.strip()
    if text in EXACT_CASE:
        return EXACT_CASE[text]
    return NAMES.get(text, NAMES.get(text.lower(), text))


def factor_to(unit: str, wanted: str) -> Fraction:
    """Factor from a unit of a file to one of ours, 1 where they are the same.

    Parameters
    ----------
    unit : str
        As the file writes it.
    wanted : str
        As we write it.

    Raises
    ------
    QuantityError
        ``E106`` for another dimension, ``E107`` for an unknown unit.
    """
    unit = unit_of(unit)
    if unit == wanted:
        return Fraction(1)
    if unit not in EXACT_CASE and unit.lower() in MULTIPLES:
        base, factor = MULTIPLES[unit.lower()]
        if base == wanted:
            return factor
        if "*" not in base + wanted:
            return factor * conversion_factor(base, wanted)
    if unit == "kBq" or wanted == "kBq" or "*" in unit or "*" in wanted:
        raise QuantityError(
            "E106", say("unit {unit} does not convert to {wanted}", unit=unit, wanted=wanted)
        )
    return conversion_factor(unit, wanted)


def own_unit(unit: str) -> bool:
    """Whether a unit is one that the file alone knows: a bike, a trip, not a slip for a unit of ours."""
    known = [*NAMES, *MULTIPLES, *SYMBOLS]
    return bool(unit) and not is_confused(unit) and not nearest(unit, known)


def converts(unit: str, wanted: str) -> bool:
    """Whether a unit of a file converts to one of ours."""
    try:
        factor_to(unit, wanted)
    except QuantityError:
        return False
    return True
