"""Digits in groups of three after a point: ``389.000 kg`` is 389 kg here and 389 t in Italy.

A number is never read as thousands; where both readings are possible, the reader asks. A number
that begins with 0 has one reading only, and so has a figure per kg: ``0.250 kWh/kg`` and
``1.234 kWh/kg`` stay what they are, unless nobody can mean them
(`lca_cardato.model.examine`).
"""

from __future__ import annotations

import re

from lca_cardato.sentence import say

GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
ONE_GROUP = re.compile(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}")
COUNTED = frozenset(
    ("g", "kg", "Wh", "kWh", "kJ", "MJ", "mL", "ml", "L", "l", "m3", "mc", "Sm3", "Smc", "m", "km")
)
"""Units in which a mill counts thousands; of ``t`` and ``MWh`` three decimals are usual."""


def two_readings(number: str) -> bool:
    """Whether a number may be meant in thousands: ``389.000``, not ``0.250`` or ``1234.567``."""
    return ONE_GROUP.fullmatch(number) is not None


def thousands(number: str) -> bool:
    """Whether a number can only be meant in thousands: ``1.234.567``."""
    return GROUPED.fullmatch(number) is not None and not two_readings(number)


def as_thousands(number: str) -> str:
    """Write a number of digits in groups without the points."""
    return number.replace(".", "")


def plain(number: str) -> str:
    """Write a decimal number so that no group of three can be seen in it.

    Examples
    --------
    >>> plain("389.000"), plain("5.200"), plain("12.345"), plain("0.250")
    ('389', '5.2', '12.3450', '0.250')
    """
    if not GROUPED.fullmatch(number):
        return number
    short = number.rstrip("0").removesuffix(".")
    return f"{short}0" if GROUPED.fullmatch(short) else short


def question(number: str, unit: str = "") -> tuple[str, str]:
    """Ask which of its two readings a number has.

    Parameters
    ----------
    number : str
        As typed, such as ``389.000``.
    unit : str

    Returns
    -------
    message, cure : str
    """
    low, high = f"{plain(number)} {unit}".strip(), f"{as_thousands(number)} {unit}".strip()
    return (
        say(
            "digits in groups of three after the point: is it {low} or {high}?", low=low, high=high
        ),
        say("write {low}, or {high}, whichever is meant", low=low, high=high),
    )
