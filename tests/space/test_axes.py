from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lca_cardato.space.axes import FloatAxis, Part, StepAxis, TextAxis, percent_text
from lca_cardato.text.quantity import parse_share


def axis(values, *path):
    return TextAxis(path or ("route", "carding", "electricity"), "x", values)


def test_numbers_in_one_unit_are_numbers():
    found = axis(["0.45 kWh/kg", "1e-1 kWh/kg", ".5kWh/kg", "0.45 kWh/kg"])
    assert found.unit == "kWh/kg"
    assert found.numbers.tolist() == [0.45, 0.1, 0.5, 0.45]
    assert found.text(1) == "1e-1 kWh/kg"
    assert found.exact(3) == Fraction(45, 100)
    assert found.structure.tolist() == [0, 0, 0, 0]


def test_what_is_no_plain_number_stays_text():
    for values in (
        ["1 kWh/kg", "1 MJ/kg"],
        ["1 kWh/kg", None],
        ["1", "2"],
        ["-1 kWh/kg", "1 kWh/kg"],
        ["1e99 kWh/kg"],
        [{"value": "1 kWh/kg"}],
        ["yes", "no"],
        ["0,45 kWh/kg"],
    ):
        found = axis(values)
        assert found.numbers is None
        assert found.unit == ""
        assert len(set(found.structure)) == len(values)
        assert [found.text(i) for i in range(len(values))] == values


def test_shares_with_many_digits_are_text_without_a_unit():
    found = axis(["65.000000000001 %", "65 %"], "blend", 0, "share")
    assert found.numbers is None
    assert found.unit == ""
    assert axis(["65.0000000001 %", "65 %"], "blend", 0, "share").numbers is not None


def test_zero_and_full_need_another_product_system():
    assert axis(["0 %", "1 %", "0.0 %"], "blend", 0, "share").structure.tolist() == [1, 0, 1]
    found = axis(["0 %", "50 %", "100 %"], "electricity", "photovoltaic")
    assert found.structure.tolist() == [1, 0, 2]


def test_counts_are_metric_and_plies_are_structure():
    found = axis(["Nm 2/28", "100 tex", "Nm 10", "150 den"], "product", "count")
    assert found.unit == "Nm"
    assert found.numbers.tolist() == [28.0, 10.0, 10.0, 60.0]
    assert len(set(found.structure[[0, 1]])) == 2
    assert found.structure[1] == found.structure[2] == found.structure[3]
    assert axis(["Nm 10", "thick"], "product", "count").numbers is None


def test_sampled_text_gives_the_same_number():
    found = FloatAxis(("route",), "x", np.array([0.1 + 0.2, 1e-7, 12345.678]), "kWh/kg")
    for index in range(3):
        number, unit = found.text(index).split(" ")
        assert float(number) == found.numbers[index]
        assert unit == "kWh/kg"
        assert found.exact(index) == Fraction(number)
    assert FloatAxis(("product", "count"), "x", np.array([8.5]), "Nm").text(0) == "Nm 8.5"


@given(st.integers(0, 10**15), st.integers(0, 3))
def test_text_of_a_share_is_exact(number, digits):
    share = Fraction(number, 10 ** (15 + digits)) if number > 10**6 else Fraction(0)
    assert parse_share(percent_text(share)) == share


def test_steps_are_exact():
    counts = np.array([0, 1, 3])
    found = StepAxis(("blend", 0, "share"), "x", counts, Fraction("0.001"), Fraction("0.65"))
    assert [found.text(i) for i in range(3)] == ["65 %", "65.1 %", "65.3 %"]
    assert found.exact(2) == Fraction("65.3")
    assert found.numbers.tolist() == [65.0, 65.1, 65.3]
    fine = StepAxis(("blend", 0, "share"), "x", counts, Fraction(1, 10**16), Fraction(65, 100))
    assert fine.text(1) == "65.00000000000001 %"
    assert percent_text(Fraction(-5, 1000)) == "-0.5 %"


@given(st.lists(st.sampled_from(["0 %", "5 %", "10 %"]), min_size=1, max_size=30))
def test_like_gives_entries_of_the_same_structure(values):
    part = Part("grid", len(values), [axis(values, "blend", 0, "share")])
    for index in range(len(values)):
        same = np.flatnonzero(part.structure == part.structure[index])
        found = [part.like(index, place, 8) for place in range(8)]
        assert set(found) <= set(same)
        assert (found[0], found[-1]) == (same[0], same[-1])
