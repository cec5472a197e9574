"""One figure typed in other units is the same figure, as an exact fraction."""

from fractions import Fraction

import numpy as np
import pytest
from conftest import declared, scenario_dict
from hypothesis import given
from hypothesis import strategies as st
from properties.helpers import amounts
from properties.strategies import (
    Spelling,
    abstract_scenarios,
    area_mass_spelling,
    count_spelling,
    distance_spelling,
    electricity_spelling,
    examples,
    gas_spelling,
    heat_spelling,
    mass_spelling,
    percent_spelling,
    render,
    share_spelling,
    water_spelling,
)  # fmt: skip

from lca_cardato.errors import InputError
from lca_cardato.scenario.load import load_scenario
from lca_cardato.text.number import QuantityError
from lca_cardato.text.quantity import parse_share
from lca_cardato.text.yarncount import NE_TO_NM, parse_yarn_count


@examples(30)
@given(tree=abstract_scenarios(), seed=st.integers(0, 10**9))
def test_every_figure_in_another_unit(bench, tree, seed):
    """All figures of a scenario in other units give equal fractions, bit-identical scores.

    kWh or MJ, per kg or per t, totals of a period, power of a machine, gas by its lower or its
    higher heating value, L or m3, % or fraction, Nm or tex, g/m2 or kg/m2, km or m.
    """
    plain, other = declared(render(tree)), declared(render(tree, seed))
    one, two = bench.solved(plain), bench.solved(other)
    assert amounts(two.model) == amounts(one.model)
    assert two.model.declared_mass_kg == one.model.declared_mass_kg
    for a, b in zip(one.model.yarns, two.model.yarns):
        assert (b.share, b.shares, b.rework) == (a.share, a.shares, a.rework)
        assert (b.count.nm, b.count.plies) == (a.count.nm, a.count.plies)
        prices = [
            [line.entry.price and line.entry.price.amount for line in y.lines] for y in (a, b)
        ]
        assert prices[0] == prices[1]
    assert np.array_equal(two.scores, one.scores)
    assert bench.verdicts(other) == bench.verdicts(plain)


CASES = {
    "electricity": (electricity_spelling, lambda n: Fraction(n, 1000)),
    "heat": (heat_spelling, lambda n: Fraction(n * 36, 1000)),
    "gas": (gas_spelling, lambda n: Fraction(n * 36, 1000)),
    "water_in": (water_spelling, lambda n: Fraction(n, 1000)),
    "loss": (percent_spelling, lambda n: Fraction(n, 1000)),
    "chemicals": (mass_spelling, lambda n: Fraction(n, 10**6)),
}
KEYS = {"gas": "heat.natural_gas", "heat": "heat.natural_gas", "chemicals": "chemicals.detergent"}


@examples(60)
@given(kind=st.sampled_from(sorted(CASES)), number=st.integers(0, 999))
def test_every_way_to_type_a_figure(bench, kind, number):
    """Each way to type a figure gives exactly the amount that is meant."""
    spelling, meant = CASES[kind]
    for option in spelling(number).options:
        figure = {"detergent": option} if kind == "chemicals" else option
        entry = {"heat" if kind == "gas" else kind: figure}
        model = bench.model(scenario_dict(route={"carding": entry}))
        found = model.parameters[f"yarn/carding.{KEYS.get(kind, kind)}"]
        assert found.amount == meant(number), option
        assert isinstance(found.amount, Fraction)


@examples(60)
@given(number=st.integers(1, 300), plies=st.integers(1, 12))
def test_every_way_to_type_a_count(number, plies):
    """Nm, tex, dtex and den of one yarn are one count; Ne follows hanks of 840 yd to the lb.

    Plies before a slash that may be the count are refused.
    """
    options = count_spelling(number, plies).options
    two_readings = number != 1 and f"Nm {plies}/{number}" not in options  # 1 can only be the plies
    if plies > 1 and two_readings:
        with pytest.raises(QuantityError):
            parse_yarn_count(f"Nm {plies}/{number}")
    for option in options:
        count = parse_yarn_count(option)
        assert (count.nm, count.plies) == (number, plies), option
        assert count.resultant_nm == Fraction(number, plies)
    if number < 170:
        assert parse_yarn_count(f"Ne {number}").nm == number * NE_TO_NM
    assert Fraction(840 * 9144, 10_000) / Fraction(45359237, 10**5) == NE_TO_NM


@examples(40)
@given(number=st.integers(1, 20_000), parts=st.integers(0, 10_000))
def test_shares_distances_and_areas(bench, number, parts):
    """Shares as % or fraction, distances in km or m, surface masses in g/m2 or kg/m2."""
    for option in share_spelling(parts).options:
        assert parse_share(option) == Fraction(parts, 10_000), option
    for option in distance_spelling(number).options:
        data = scenario_dict()
        data["blend"][1]["transport"] = [{"mode": "lorry", "distance": option}]
        model = bench.model(data)
        assert model.parameters["yarn/1.transport.0"].amount == number
    product = {"type": "fabric", "name": "x", "count": "Nm 8", "construction": "woven"}
    for option in area_mass_spelling(number).options:
        scenario = load_scenario(
            scenario_dict(product={**product, "surface_mass": option})
        ).scenario
        assert scenario.product.surface_mass.amount == number


@pytest.mark.parametrize("kind", ["loss", "reclaimed"])
@pytest.mark.parametrize("text", ["0.08", "8", "0.08 kg/kg"])
def test_a_loss_without_percent_is_refused(bench, kind, text):
    """A loss of 0.08 might mean 8 % or 0.08 %: it is never guessed."""
    route = {"carding": {"loss": "8 %", kind: text}}
    with pytest.raises(InputError) as caught:
        bench.model(scenario_dict(route=route))
    assert {problem.code for problem in caught.value.problems} == {"E105"}


def test_spellings_are_more_than_one():
    """The strategies do offer a choice."""
    assert all(len(make(36).options) > 2 for make, _ in CASES.values())
    assert isinstance(count_spelling(8, 1), Spelling)
