from fractions import Fraction as F

import pytest

from lca_cardato.model.figures import figure_parameter
from lca_cardato.scenario.figure import Figure
from lca_cardato.text.number import QuantityError


def amount(kind, **fields):
    figure = Figure.model_validate(fields)
    return figure_parameter("k", kind, figure, "f", 1, F(9, 10)).amount


def test_per_kg_and_totals_agree():
    per_kg = amount("electricity", value="0.45 kWh/kg")
    assert amount("electricity", value="45000 kWh", **{"for": "100 t"}) == per_kg
    assert amount("electricity", value="162 GJ", **{"for": "100000 kg"}) == per_kg
    assert amount("electricity", value="1.62 MJ/kg") == per_kg


def test_gas_by_lower_and_higher_heating_value():
    lower = amount(
        "heat", value="0.2 Sm3/kg", heating_value="36 MJ/Sm3", heating_value_basis="lower"
    )
    higher = amount(
        "heat", value="200 Sm3", heating_value="40 MJ/Sm3", heating_value_basis="higher",
        **{"for": "1000 kg"},
    )  # fmt: skip
    assert lower == higher == F(72, 10)


def test_gas_as_bills_and_meters_write_it():
    """Smc are Sm3, and m3 of the meter times the coefficient C are Sm3 too."""
    billed = {"heating_value": "0.03852 GJ/Smc", "heating_value_basis": "lower", "for": "1027 kg"}
    by_bill = amount("heat", value="5135 Smc", **billed)
    by_meter = amount("heat", value="5000 mc", coefficient="1.027", **billed)
    assert by_bill == by_meter == F(5135, 1027) * F("38.52")
    assert amount("water_in", value="12 mc", **{"for": "3000 kg"}) == 4


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"value": "5200 m3", "for": "100 kg"}, "coefficient: 1.027"),
        ({"value": "0.2 mc/kg"}, "coefficient: 1.027"),
        ({"value": "0.2 Smc/kg", "coefficient": "1.02"}, "leave it out, or write m3"),
        ({"value": "5200 Smc", "heating_value": "38 MJ/Smc", "heating_value_basis": "higher"}, "for:"),
    ],
)  # fmt: skip
def test_gas_that_is_not_standard_is_told(fields, told):
    with pytest.raises(QuantityError) as caught:
        amount("heat", **fields)
    assert told in caught.value.suggestion


@pytest.mark.parametrize(
    ("kind", "fields", "code"),
    [
        ("heat", {"value": "0.2 Sm3/kg"}, "E107"),
        ("heat", {"value": "0.2 Sm3/kg", "heating_value": "36 MJ/Sm3"}, "E107"),
        ("electricity", {"value": "45000 kWh"}, "E106"),
        ("electricity", {"value": "3 L/kg"}, "E106"),
        ("electricity", {"value": "5 kWh", "for": "0 kg"}, "E103"),
        ("loss", {"value": "0.05"}, "E105"),
        ("loss", {"value": "105 %"}, "E110"),
        ("water_in", {"value": "5"}, "E105"),
    ],
)
def test_refused(kind, fields, code):
    with pytest.raises(QuantityError) as caught:
        amount(kind, **fields)
    assert caught.value.code == code
