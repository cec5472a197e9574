"""Numbers as they are shown: digits, percent, signs, litres."""

from __future__ import annotations

from typing import Any

from lca_cardato.words.language import Language

HEADLINE = (
    "climate_change", "climate_change_fossil", "climate_change_biogenic",
    "climate_change_land_use", "energy", "energy_non_renewable", "energy_renewable",
    "water_withdrawn", "water_consumed", "water_scarcity",
    "water_scarcity_by_place",
)  # fmt: skip


MOST_DIGITS = 2
"""Decimals at most of a relative difference that is nearly a whole loss."""
THREE = ("climate_change", "energy", "water_consumed")
"""Indicators of the first answer."""
STAGE_COLUMNS = ("climate_change", "energy", "water_withdrawn", "water_consumed")


LITRES = {"water_withdrawn", "water_consumed"}


NAMED = {
    "disease incidence": "unit_disease_incidence", "points": "unit_points",
    "m3 world-eq": "unit_m3_world_eq", "fraction": "unit_fraction",
    "fibres": "unit_fibres",
}  # fmt: skip
"""Units that are words of a language: unit -> key of its name."""


def unit_name(words: Language, unit: str) -> str:
    """Name a unit in the language; signs such as ``kg`` are the same in all.

    Examples
    --------
    >>> unit_name(Language("it"), "points"), unit_name(Language("it"), "kg CO2-eq")
    ('punti', 'kg CO2-eq')
    """
    return words(NAMED[unit]) if unit in NAMED else unit


def display(name: str, value: float, unit: str) -> tuple[float, str]:
    """Show water volumes in litres, the unit of the floor."""
    return (value * 1000.0, "L") if name in LITRES else (value, unit)


def share(words: Language, value: float) -> str:
    """Write a share with at most two decimals."""
    text = f"{value * 100:.2f}".rstrip("0").rstrip(".")
    return words.decimal(text) + " %"


def percent(words: Language, share: float) -> str:
    """Write a share without decimals, but never round up to 100 %."""
    text = f"{share * 100:.0f}"
    if text == "100" and share < 0.9995:
        text = ">99"
    return f"{text} %"


def nearly(words: Language, value: float) -> str:
    """Write a share; one that is not quite whole or not quite nothing does not look so.

    Examples
    --------
    >>> [nearly(Language("it"), share) for share in (0.0004, 0.61, 0.99991, 1.0, 1.00004, 1.02)]
    ['< 0,1 %', '61,0 %', '> 99,9 %', '100,0 %', '100,0 %', '102,0 %']
    """
    percent = value * 100
    if 0 < percent < 0.1:
        return words.decimal("< 0.1 %")
    if 99.9 < percent < 100 - 1e-9:
        return words.decimal("> 99.9 %")
    return words.decimal(f"{percent:.1f} %")


def signed(words: Language, share: Any) -> str:
    """Write a relative difference with its sign; one that rounds to 0 has none."""
    return "" if share is None else f"{signed_whole(words, share)} %"


def signed_whole(words: Language, share: float, digits: int = 0) -> str:
    """Write a relative difference in percent, without the sign of percent.

    Parameters
    ----------
    words : Language
    share : float
        Difference as a share of 1.
    digits : int
        Decimals. Just above a whole loss there are as many more, up to two, as tell that
        something is left.

    Examples
    --------
    >>> [signed_whole(Language("en"), share) for share in (-0.214, -0.001, 0.004, 0.05)]
    ['-21', '0', '0', '+5']
    >>> [signed_whole(Language("it"), share) for share in (-1.0, -0.9983, -0.99983, -0.999983)]
    ['-100', '-99,8', '-99,98', '<-99,99']
    """
    text = f"{share * 100:+.{digits}f}"
    while share > -1 and float(text) <= -100:
        if digits == MOST_DIGITS:
            return words.decimal("<-99.99")
        digits += 1
        text = f"{share * 100:+.{digits}f}"
    return words.decimal(text if float(text) else "0")


def saved(words: Language, share: float) -> str:
    """Write what a relative difference saves, in percent, without the sign of percent.

    Examples
    --------
    >>> [saved(Language("en"), share) for share in (-0.214, -0.99983, -0.999983, -0.0043, 0.0)]
    ['21', '99.98', '>99.99', '0.4', '0']
    """
    texts = [signed_whole(words, share, digits) for digits in range(MOST_DIGITS + 1)]
    text = next((text for text in texts if text != "0"), "0")
    return text.replace("<-", ">").lstrip("-")
