"""Heating values of natural gas, as bills state them and as a boiler counts them."""

from __future__ import annotations

from fractions import Fraction

from lca_cardato.sentence import say
from lca_cardato.text.number import QuantityError


def lower_heating_value(value: Fraction, basis: str, lower_to_higher: Fraction) -> Fraction:
    """Give the lower heating value (PCI) of natural gas, MJ/Sm3.

    Parameters
    ----------
    value : Fraction
        As stated, MJ/Sm3.
    basis : str
        ``lower`` or ``higher`` (PCS).
    lower_to_higher : Fraction
        Ratio of the two.

    Raises
    ------
    QuantityError
        ``E107``: no natural gas has it.
    """
    if not 20 <= value <= 60:
        raise QuantityError(
            "E107", say("heating value of gas outside 20 to 60 MJ/Sm3"),
            say("a bill states it in MJ/Smc or, divided by 1000, in GJ/Smc"),
        )  # fmt: skip
    return value * lower_to_higher if basis == "higher" else value
