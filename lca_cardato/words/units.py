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


STAGE_COLUMNS = ("climate_change", "energy", "water_withdrawn", "water_consumed")


LITRES = {"water_withdrawn", "water_consumed"}


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


def signed(words: Language, share: Any) -> str:
    """Write a relative difference with its sign; one that rounds to 0 has none."""
    return "" if share is None else f"{signed_whole(share)} %"


def signed_whole(share: float) -> str:
    """Write a relative difference in whole percent, without the sign of percent.

    Examples
    --------
    >>> [signed_whole(share) for share in (-0.214, -0.001, 0.004, 0.05)]
    ['-21', '0', '0', '+5']
    """
    text = f"{share * 100:+.0f}"
    return "0" if text in ("-0", "+0") else text
