"""Circular Footprint Formula beside the cut-off."""

from fractions import Fraction

import numpy as np
from conftest import scenario_dict
from hypothesis import given
from hypothesis import strategies as st
from properties.helpers import assert_close, supplied
from properties.strategies import examples, scenarios

from lca_cardato.model.cff import cff_material
from lca_cardato.results.allocation import A_SENSITIVITY, allocation

share = st.fractions(0, 1, max_denominator=1000)
burden = st.fractions(-100, 100, max_denominator=1000)


@examples(60)
@given(r1=share, quality=share, e_v=burden, e_rec=burden)
def test_the_formula_at_a_1_is_the_cut_off(r1, quality, e_v, e_rec):
    """At A = 1 it is (1 - R1) Ev + R1 Erec: for every R1, every quality and any two burdens.

    The term with the quality and the virgin burden of the recycled part carries 1 - A = 0.
    """
    assert cff_material(r1, Fraction(1), quality, e_v, e_rec) == (1 - r1) * e_v + r1 * e_rec


@examples(60)
@given(r1=share, a=share, quality=share, e_v=burden, e_rec=burden)
def test_the_formula_elsewhere(r1, a, quality, e_v, e_rec):
    """It equals the cut-off too where nothing is recycled or Erec = Q Ev, and is linear in A."""
    cut_off = (1 - r1) * e_v + r1 * e_rec
    value = cff_material(r1, a, quality, e_v, e_rec)
    assert cff_material(Fraction(0), a, quality, e_v, e_rec) == e_v
    assert value == cut_off + (1 - a) * r1 * (quality * e_v - e_rec)
    even = quality * e_v
    assert cff_material(r1, a, quality, e_v, even) == (1 - r1) * e_v + r1 * even


@examples(30)
@given(data=scenarios())
def test_the_result_at_a_1_is_the_cut_off(bench, data):
    """At A = 1 a product has its cut-off scores, bit for bit, for every indicator and quality.

    Dyeing and the steps after the mixture stay outside the formula and so in both. In between
    the score is linear in A, it is the default at the A of the inventory where all recycled
    fibres share one set of parameters, and without recycled fibre both are the same.
    """
    result = bench.broken_down(data)
    names = bench.indicators
    table = allocation(result, names)
    whole = bench.scale(result.main)
    cut_off = np.array([table["cut_off"][n] for n in names])
    assert np.array_equal(cut_off, result.scores)
    at = {a: np.array([table["sensitivity"][n][f"{a:g}"] for n in names]) for a in A_SENSITIVITY}
    assert np.array_equal(at[1.0], cut_off)
    slope = at[0.2] - cut_off
    reach = whole + np.abs(slope)
    for a in A_SENSITIVITY:
        assert_close(at[a], cut_off + (1 - a) / 0.8 * slope, reach)
    default = np.array([table["cff"][n] for n in names])
    factors = {row["A"] for row in table["materials"]}
    if not factors:
        assert np.array_equal(default, cut_off)
    if len(factors) == 1:
        assert_close(default, cut_off + (1 - factors.pop()) / 0.8 * slope, reach)


@examples(25)
@given(
    fibre=st.sampled_from(["wool", "cashmere", "polyamide", "polyester", "cotton"]),
    origin=st.sampled_from(["recycled_post_consumer", "recycled_pre_consumer"]),
    colour=st.sampled_from(["shade_sorted", "to_dye"]),
    percent=st.integers(1, 99),
)
def test_the_formula_moves_a_product_by_its_recycled_mass(bench, fibre, origin, colour, percent):
    """The step from A = 1 to A is mass (1 - A) (Q Ev - Erec), with Erec of the undyed fibre.

    Erec is what the cut-off counts for the fibre up to its last step before dyeing.
    """
    blend = [
        {"fibre": fibre, "share": f"{percent} %", "origin": origin, "colour": colour},
        {"fibre": "viscose", "share": f"{100 - percent} %", "origin": "virgin"},
    ]
    result = bench.broken_down(scenario_dict(blend=blend))
    system = result.main.system
    line = result.main.model.yarns[0].lines[0]
    inside = [f"{line.key}/supply", f"{line.key}/delivery"]
    inside += [use.key for use in line.steps if use.step.stage != "dyeing"]
    contributions = result.contributions()
    burden = sum(
        values
        for exchange, values in zip(system.exchanges, contributions)
        if system.activities[exchange.activity].key in inside
    )
    mass = supplied(result.main, inside[-1])
    factors = bench.inventory.cff[line.fibre.cff]
    virgin = bench.scores(line.virgin_dataset)
    names = bench.indicators
    table = allocation(result, names)
    found = np.array([table["cff"][n] - table["cut_off"][n] for n in names])
    a, quality = float(factors.a), float(factors.quality)
    expected = (1 - a) * (mass * quality * virgin - burden)
    assert_close(found, expected, bench.scale(result.main) + mass * np.abs(virgin), 1e-11)
