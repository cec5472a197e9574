from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lca_cardato.text.arithmetic import parse_expression
from lca_cardato.text.number import QuantityError, parse_number
from lca_cardato.text.quantity import (
    MASSES,
    _registry,
    check_quantity,
    conversion_factor,
    parse_quantity,
    parse_share,
)


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("1.5 kg", "kg", F(3, 2)),
        ("1500 g", "kg", F(3, 2)),
        ("0.45 kWh/kg", "kWh/kg", F(45, 100)),
        ("450 kWh/t", "kWh/kg", F(45, 100)),
        ("450 Wh/kg", "kWh/kg", F(45, 100)),
        ("3.6 MJ/kg", "kWh/kg", F(1)),
        ("1 kWh/kg", "MJ/kg", F(18, 5)),
        ("31 L/kg", "L/kg", F(31)),
        ("31 m3/t", "L/kg", F(31)),
        ("420 g/m2", "g/m2", F(420)),
        ("420 g/m²", "g/m2", F(420)),
        ("0.42 kg/m2", "g/m2", F(420)),
        ("35.2MJ/Sm3", "MJ/Sm3", F(352, 10)),
        ("1e3 km", "km", F(1000)),
    ],
)
def test_quantities_convert_exactly(text, unit, expected):
    assert parse_quantity(text, unit).amount == expected


@pytest.mark.parametrize(
    ("text", "unit", "code"),
    [
        ("1,5 kg", "kg", "E101"),
        ("1.234,5 kg", "kg", "E101"),
        ("nan kg", "kg", "E102"),
        ("inf kg", "kg", "E102"),
        ("-5 kg", "kg", "E103"),
        ("kg", "kg", "E104"),
        ("1_000 kg", "kg", "E101"),
        ("12", "kg", "E105"),
        ("12 kWh", "kg", "E106"),
        ("1 m", "kg", "E106"),
        ("1 ton", "kg", "E107"),
        ("1 mc", "Sm3", "E106"),
        ("5.200 Smc", "Sm3", "E115"),
        ("1 SMC", "Sm3", "E107"),
        ("1 mq", "m2", "E107"),
        ("1 Kg", "kg", "E107"),
        ("1 KWh", "kWh", "E107"),
        ("1 gr", "kg", "E107"),
        ("1 q", "kg", "E107"),
        ("1 T", "kg", "E107"),
        ("10 Nm", "kg", "E107"),
        ("1 degC", "kg", "E107"),
        ("1 kg**9**9", "kg", "E109"),
        ("9**9**9 kg", "kg", "E109"),
        ("1 kg/kg/kg", "kg", "E107"),
        ("1e400 kg", "kg", "E109"),
        ("9" * 65 + " kg", "kg", "E109"),
        ("true", "kg", "E111"),
    ],
)
def test_traps_are_refused_with_their_code(text, unit, code):
    with pytest.raises(QuantityError) as caught:
        parse_quantity(text, unit)
    assert caught.value.code == code


def test_a_decimal_comma_gets_the_spelling_with_a_point():
    with pytest.raises(QuantityError) as caught:
        parse_quantity("1.234,5 kg", "kg")
    assert "1234.5" in caught.value.suggestion


@pytest.mark.parametrize(
    ("text", "expected"), [("65 %", F(13, 20)), ("65%", F(13, 20)), ("0.65", F(13, 20)), ("1", 1)]
)
def test_shares(text, expected):
    assert parse_share(text) == expected


def test_a_share_without_percent_above_one_is_refused_with_a_hint():
    with pytest.raises(QuantityError) as caught:
        parse_share("65")
    assert caught.value.code == "E110"
    assert caught.value.suggestion == "write 65 %"


def test_shares_that_floats_get_wrong_are_exact():
    assert parse_share("30 %") + parse_share("35 %") >= parse_share("65 %")
    assert 0.30 + 0.35 < 0.65  # the trap


@given(st.decimals(min_value=0, max_value=10**6, places=6))
def test_numbers_keep_their_exact_value(value):
    assert parse_number(f"{value:f}") == F(value)


@given(st.text(max_size=80))
def test_no_text_escapes_the_parser(text):
    for parse in (lambda t: parse_quantity(t, "kWh/kg"), parse_number, parse_share):
        try:
            parse(text)
        except QuantityError as error:
            assert error.code.startswith("E1")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("= 118.59 / 267.56", F(11859, 26756)),
        ("= 1 / (1 - 0.2)", F(5, 4)),
        ("= -2 * (3 + 4)", F(-14)),
        ("0.5", F(1, 2)),
    ],
)
def test_arithmetic(text, expected):
    assert parse_expression(text) == expected


@pytest.mark.parametrize(
    "text", ["= 1 / 0", "= 2 ** 9", "= (1", "= 1 +", "= a", "= 1 2", "= __import__('os')", "="]
)
def test_other_than_arithmetic_is_refused(text):
    with pytest.raises(QuantityError):
        parse_expression(text)


def test_water_in_litres_is_not_counted_as_cubic_metres():
    assert conversion_factor("L", "m3") == F(1, 1000)


def refused(parse, *arguments):
    with pytest.raises(QuantityError) as caught:
        parse(*arguments)
    return caught.value


@pytest.mark.parametrize(
    ("typed", "unit", "is_", "needs"),
    [
        ("kWh", "kg", "energy", "mass"),
        ("kW", "kWh", "power", "energy"),
        ("m", "m2", "length", "length^2"),
        ("m3", "Sm3", "length^3", "gas volume at standard conditions"),
        ("h", "unit", "time", "count"),
        ("EUR", "EUR/kg", "money", "money · 1/mass"),
        ("kg/t", "tkm", "a pure ratio", "mass · length"),
    ],
)
def test_another_dimension_is_named_with_the_one_that_is_needed(typed, unit, is_, needs):
    told = refused(parse_quantity, f"12 {typed}", unit)
    assert told.code == "E106"
    assert str(told) == f"unit {typed} is {is_}, the field needs {needs}"
    assert told.suggestion == f"use {unit} or a unit that converts to it"


@pytest.mark.parametrize(
    ("text", "code", "suggestion"),
    [
        (12, "E105", ""),
        ("12", "E105", "write for instance 12 kWh/kg"),
        ("12 kg/kg/kg", "E107", "use kWh/kg"),
        ("12 kilowhat", "E107", "use kWh/kg"),
        ("12 MWhh", "E107", "did you mean 'MWh'?"),
        ("12 KWh/kg", "E107", "write kWh"),
        ("-12 kWh/kg", "E103", ""),
    ],
)
def test_what_is_wrong_with_a_quantity_has_its_cure(text, code, suggestion):
    told = refused(parse_quantity, text, "kWh/kg")
    assert (told.code, told.suggestion) == (code, suggestion)
    assert str(told)


def test_a_negative_amount_is_read_where_it_may_be():
    assert parse_quantity("-12 kg", "kg", negative=True).amount == -12


@pytest.mark.parametrize("text", ["0.5 kg", "0 kg", "12", "0 %", "100 %", " 65 % ", "12 kWh/kg"])
def test_a_quantity_of_no_field_yet_may_have_any_unit(text):
    assert check_quantity(text) is None


@pytest.mark.parametrize(
    ("text", "code", "suggestion"),
    [
        ("101 %", "E110", ""),
        ("-1 %", "E103", ""),
        ("-0.5 kg", "E103", ""),
        ("12 kilowhat", "E107", "use a unit such as kWh/kg, L/kg or %"),
        ("1,5 kg", "E101", "write 1.5 (decimal point, no separators)"),
    ],
)
def test_what_is_wrong_in_any_unit_is_told_before_the_field_is_known(text, code, suggestion):
    told = refused(check_quantity, text)
    assert (told.code, told.suggestion) == (code, suggestion)


@pytest.mark.parametrize(
    ("text", "code", "suggestion"),
    [
        ("-0.1", "E103", ""), ("-5 %", "E103", ""), ("100", "E110", "write 100 %"),
        ("101", "E110", ""), ("101 %", "E110", ""), ("100.5 %", "E110", ""),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_share_has_its_cure(text, code, suggestion):
    told = refused(parse_share, text)
    assert (told.code, told.suggestion) == (code, suggestion)
    assert str(told) in ("must not be negative",
                            "a share is at most 100 % (or a number from 0 to 1)")  # fmt: skip


@pytest.mark.parametrize("typed", MASSES)
@pytest.mark.parametrize("unit", MASSES)
def test_masses_convert_as_pint_converts_them(typed, unit):
    registry = _registry()
    asked = registry.Quantity(F(1), typed).to(unit).magnitude
    assert conversion_factor(typed, unit) == asked
