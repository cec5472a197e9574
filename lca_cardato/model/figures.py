"""Turn a mill's own figure into a parameter: totals over a period, gas volumes, units."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Optional

from lca_cardato.inventory.datum import Uncertainty
from lca_cardato.model.gas import lower_heating_value
from lca_cardato.model.parameters import Parameter
from lca_cardato.model.taken import Derivation, length_factor
from lca_cardato.scenario.figure import Figure
from lca_cardato.sentence import say
from lca_cardato.text.number import QuantityError
from lca_cardato.text.quantity import parse_quantity, parse_share

UNITS = {
    "electricity": "kWh/kg",
    "heat": "MJ/kg",
    "water_in": "L/kg",
    "water_out": "L/kg",
    "loss": "%",
    "reclaimed": "%",
    "chemicals": "kg/kg",
    "packaging": "kg/kg",
}
NARROWEST = Fraction(1, 10**12)  # of an interval, in the unit of the figure
AT_STANDARD, AT_METER = ("Sm3", "Smc"), ("m3", "mc", "m\u00b3")
"""Units of a volume of gas: at 15 °C and 1.01325 bar, and as the meter counts it."""
_UNIT = re.compile(r"[\s\d.,]([A-Za-z][A-Za-z0-9\u00b3]*)\s*(?:/\s*[A-Za-z]+)?\s*$")


def figure_parameter(
    key: str, kind: str, figure: Figure, file: str, line: int, lower_to_higher: Fraction,
    nm: Optional[Fraction] = None, derived: Optional[Derivation] = None,
) -> Parameter:  # fmt: skip
    """Convert a figure of the scenario.

    Parameters
    ----------
    key : str
        Key of the parameter to make.
    kind : str
        One of `UNITS`.
    figure : Figure
    file, line : str, int
        Where it was typed.
    lower_to_higher : Fraction
        Ratio of the lower to the higher heating value of natural gas.
    nm : Fraction, optional
        Count of the yarn, Nm; needed where a total is divided by length.
    derived : Derivation, optional
        How it follows from a reading, where it is not typed.

    Returns
    -------
    Parameter
        In the unit of `UNITS`; shares as fractions of 1.

    Raises
    ------
    QuantityError
        Unit, dimension or a missing heating value.
    """
    if derived is not None:
        amount = derived.value
    else:
        amount = _amount(kind, figure, lower_to_higher)
        amount *= length_factor(figure, nm) if nm is not None else 1
    source = f"reading:{figure.reading}" if figure.reading else figure.value
    spread: Optional[Uncertainty] = None
    if figure.plus_minus and amount:
        half = amount * Fraction(figure.plus_minus)
        if half < NARROWEST:
            raise QuantityError(
                "E109", say("`plus_minus` gives an interval too narrow to be drawn"),
                say("leave it out, or give a wider one"),
            )  # fmt: skip
        spread = Uncertainty.model_validate(
            {"distribution": "normal", "sd": str(float(half) / 1.96), "from": "scenario"}
        )
    return Parameter(
        key=key,
        amount=amount,
        unit=UNITS[kind],
        data_class=figure.class_,
        reading=figure.reading or "",
        origin="scenario",
        period=figure.period or "",
        document=figure.document or "",
        note=figure.note or "",
        file=file,
        line=line,
        uncertainty=spread,
        stream="|".join([key, source, figure.period or "", figure.document or ""]),
    )


def _amount(kind: str, figure: Figure, lower_to_higher: Fraction) -> Fraction:
    text = figure.value
    unit = UNITS[kind]
    if unit == "%":
        if not text.strip().endswith("%"):
            raise QuantityError(
                "E105", say("a share with % is expected"), say("write for instance 8 %")
            )
        return parse_share(text)
    if kind == "heat" and _symbol(text) in AT_STANDARD + AT_METER:
        return _gas(figure, lower_to_higher)
    if figure.output is not None or figure.load is not None:
        return _machine(kind, figure)
    if figure.for_ is not None:
        base = unit.split("/")[0]
        if figure.for_.amount <= 0:
            raise QuantityError("E103", say("`for` must be above 0 kg"))
        return parse_quantity(text, base).amount / figure.for_.amount
    try:
        return parse_quantity(text, unit).amount
    except QuantityError as error:
        if error.code == "E106" and "/" not in text:
            raise QuantityError(
                "E106",
                error.message,
                say(
                    "a total needs `for: ... kg` beside it, else write the figure per kg ({unit})",
                    unit=unit,
                ),
            ) from None
        raise


def _machine(kind: str, figure: Figure) -> Fraction:
    """Electricity per kg from the power of a machine, its load and its output per hour."""
    if kind != "electricity" or figure.output is None or figure.for_ is not None:
        raise QuantityError(
            "E106",
            say("`output` and `load` go with the power of a machine"),
            say("e.g. electricity: {{value: 45 kW, load: 70 %, output: 95 kg/h}}"),
        )
    if figure.output.amount <= 0:
        raise QuantityError("E103", say("`output` must be above 0 kg/h"))
    load = Fraction(1) if figure.load is None else Fraction(figure.load)
    return parse_quantity(figure.value, "kW").amount * load / figure.output.amount


def _symbol(text: str) -> str:
    """Unit of a typed value, without what it is per; empty where there is none."""
    found = _UNIT.search(text)
    return found.group(1) if found else ""


def _gas(figure: Figure, lower_to_higher: Fraction) -> Fraction:
    """Natural gas in Sm3, or in m3 of the meter with its coefficient C, to MJ of lower heating value."""
    at_meter = _symbol(figure.value) in AT_METER
    if at_meter and figure.coefficient is None:
        raise QuantityError(
            "E107",
            say("gas in m3 is what the meter counts; a bill goes by Smc (Sm3, at 15 °C and 1.01325 bar)"),
            say("write Smc in place of m3 if the bill says so; a reading of the meter gets the "
                "coefficient C of the bill beside it, e.g. coefficient: 1.027"),
        )  # fmt: skip
    if figure.coefficient is not None and not at_meter:
        raise QuantityError(
            "E206", say("`coefficient` goes with gas in m3 at the meter; Smc are corrected already"),
            say("leave it out, or write m3"),
        )  # fmt: skip
    if figure.heating_value is None or figure.heating_value_basis is None:
        raise QuantityError(
            "E107",
            say("gas in Sm3 needs `heating_value` and `heating_value_basis`"),
            say(
                "e.g. heating_value: 35.2 MJ/Sm3, heating_value_basis: lower (PCI; a bill states PCS: higher)"
            ),
        )
    value = lower_heating_value(
        figure.heating_value.amount, figure.heating_value_basis, lower_to_higher
    )
    if figure.coefficient is not None:
        value *= figure.coefficient
    unit = "m3" if at_meter else "Sm3"
    if figure.for_ is not None:
        if figure.for_.amount <= 0:
            raise QuantityError("E103", say("`for` must be above 0 kg"))
        return parse_quantity(figure.value, unit).amount / figure.for_.amount * value
    if "/" not in figure.value:
        raise QuantityError(
            "E106", say("a total of gas stands without the mass that it was burned for"),
            say("write `for: ... kg` beside it, else the gas per kg ({unit}/kg)", unit=unit),
        )  # fmt: skip
    return parse_quantity(figure.value, f"{unit}/kg").amount * value
