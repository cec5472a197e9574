"""Turn a mill's own figure into a parameter: totals over a period, gas volumes, units."""

from __future__ import annotations

from fractions import Fraction
from typing import Optional

from lca_cardato.inventory.datum import Uncertainty
from lca_cardato.model.parameters import Parameter
from lca_cardato.scenario.models import Figure
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


def figure_parameter(
    key: str, kind: str, figure: Figure, file: str, line: int, lower_to_higher: Fraction
) -> Parameter:
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

    Returns
    -------
    Parameter
        In the unit of `UNITS`; shares as fractions of 1.

    Raises
    ------
    QuantityError
        Unit, dimension or a missing heating value.
    """
    amount = _amount(kind, figure, lower_to_higher)
    spread: Optional[Uncertainty] = None
    if figure.plus_minus and amount:
        half = amount * Fraction(figure.plus_minus)
        if half < NARROWEST:
            raise QuantityError(
                "E109", "`plus_minus` gives an interval too narrow to be drawn",
                "leave it out, or give a wider one",
            )  # fmt: skip
        spread = Uncertainty.model_validate(
            {"distribution": "normal", "sd": str(float(half) / 1.96), "from": "scenario"}
        )
    return Parameter(
        key=key,
        amount=amount,
        unit=UNITS[kind],
        data_class=figure.class_,
        origin="scenario",
        period=figure.period or "",
        document=figure.document or "",
        note=figure.note or "",
        file=file,
        line=line,
        uncertainty=spread,
        stream="|".join([key, figure.value, figure.period or "", figure.document or ""]),
    )


def _amount(kind: str, figure: Figure, lower_to_higher: Fraction) -> Fraction:
    text = figure.value
    unit = UNITS[kind]
    if unit == "%":
        if not text.strip().endswith("%"):
            raise QuantityError("E105", "a share with % is expected", "write for instance 8 %")
        return parse_share(text)
    if kind == "heat" and "Sm3" in text:
        return _gas(figure, lower_to_higher)
    if figure.output is not None or figure.load is not None:
        return _machine(kind, figure)
    if figure.for_ is not None:
        base = unit.split("/")[0]
        if figure.for_.amount <= 0:
            raise QuantityError("E103", "`for` must be above 0 kg")
        return parse_quantity(text, base).amount / figure.for_.amount
    try:
        return parse_quantity(text, unit).amount
    except QuantityError as error:
        if error.code == "E106" and "/" not in text:
            raise QuantityError(
                "E106",
                str(error),
                f"a total needs `for: ... kg` beside it, else write the figure per kg ({unit})",
            ) from None
        raise


def _machine(kind: str, figure: Figure) -> Fraction:
    """Electricity per kg from the power of a machine, its load and its output per hour."""
    if kind != "electricity" or figure.output is None or figure.for_ is not None:
        raise QuantityError(
            "E106",
            "`output` and `load` go with the power of a machine",
            "e.g. electricity: {value: 45 kW, load: 70 %, output: 95 kg/h}",
        )
    if figure.output.amount <= 0:
        raise QuantityError("E103", "`output` must be above 0 kg/h")
    load = Fraction(1) if figure.load is None else Fraction(figure.load)
    return parse_quantity(figure.value, "kW").amount * load / figure.output.amount


def _gas(figure: Figure, lower_to_higher: Fraction) -> Fraction:
    """Natural gas in Sm3 to MJ of lower heating value."""
    if figure.heating_value is None or figure.heating_value_basis is None:
        raise QuantityError(
            "E107",
            "gas in Sm3 needs `heating_value` and `heating_value_basis`",
            "e.g. heating_value: 35.2 MJ/Sm3, heating_value_basis: lower",
        )
    value = figure.heating_value.amount
    if not 20 <= value <= 60:
        raise QuantityError("E107", "heating value of gas outside 20 to 60 MJ/Sm3")
    if figure.heating_value_basis == "higher":
        value *= lower_to_higher
    if figure.for_ is not None:
        if figure.for_.amount <= 0:
            raise QuantityError("E103", "`for` must be above 0 kg")
        return parse_quantity(figure.value, "Sm3").amount / figure.for_.amount * value
    return parse_quantity(figure.value, "Sm3/kg").amount * value
