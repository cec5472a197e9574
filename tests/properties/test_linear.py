"""The declared unit scales everything, and a blend is the mixture of its parts."""

import copy
from fractions import Fraction

import numpy as np
from conftest import declared, scenario_dict
from hypothesis import given
from hypothesis import strategies as st
from properties.helpers import (
    assert_close,
    assert_stages_close,
    blend_of,
    exact_flows,
    percent,
)
from properties.strategies import (
    entries,
    examples,
    lines,
    render,
    scenarios,
    share_spelling,
    shares,
    text_of,
)  # fmt: skip

from lca_cardato.calculation.brightway_check import brightway_scores
from lca_cardato.calculation.solve import calculate
from lca_cardato.model.massflow import blend_allowance, dry_shares
from lca_cardato.model.system import MASS, parameter_values
from lca_cardato.text.quantity import parse_share


def scaled(bench, model, factor):
    """Solve a product for `factor` declared units."""
    mass = float(model.declared_mass_kg) * factor
    return calculate(model, bench.background, {**parameter_values(model), MASS: mass})


@examples(25)
@given(data=scenarios(), factor=st.floats(1e-3, 1e4))
def test_twice_the_declared_unit_is_twice_every_score(bench, data, factor):
    """Two declared units have exactly twice every score in every stage; any factor likewise."""
    model = bench.model(data)
    once, twice = scaled(bench, model, 1.0), scaled(bench, model, 2.0)
    assert np.array_equal(twice.scores, 2 * once.scores)
    assert np.array_equal(twice.solution.supply, 2 * once.solution.supply)
    doubled = bench.stages(twice)
    for stage, values in bench.stages(once).items():
        assert np.array_equal(doubled[stage], 2 * values), stage
    whole = bench.scale(once) * factor
    assert_close(scaled(bench, model, factor).scores, factor * once.scores, whole)


@examples(8)
@given(data=scenarios())
def test_twice_the_demand_is_twice_every_score_in_brightway(bench, data):
    """The demand of Brightway scales its scores as well."""
    model = bench.model(data)
    once, twice = scaled(bench, model, 1.0), scaled(bench, model, 2.0)
    expected = 2 * np.array(brightway_scores(once.system, bench.store))
    assert_close(brightway_scores(twice.system, bench.store), expected, bench.scale(twice), 1e-9)


@examples(30)
@given(data=scenarios(kind="fabric"), grams=st.integers(40, 900))
def test_twice_the_surface_mass_is_twice_every_score(bench, data, grams):
    """A fabric of twice the mass per square metre has twice every score in every stage."""
    found = []
    for mass in (grams, 2 * grams):
        data["product"]["surface_mass"] = f"{mass} g/m2"
        found.append(bench.solved(data))
    whole = bench.scale(found[1])
    assert_close(found[1].scores, 2 * found[0].scores, whole)
    doubled = {stage: 2 * values for stage, values in bench.stages(found[0]).items()}
    assert_stages_close(bench.stages(found[1]), doubled, whole)


@examples(25)
@given(data=scenarios(), number=st.integers(0, 2))
def test_a_blend_is_the_mixture_of_its_parts(bench, data, number):
    """The score of a blend is the mean of the pure yarns, weighted by the share in the product.

    A pure yarn keeps the count, the route and the share of rework of the blend. The weights are
    conditioned shares in the yarn as made: fibres with higher losses weigh less there than in
    the mixture. Where all fibres lose the same, they are the typed shares of the fresh mixture.
    """
    number %= len(data.get("yarns", [0]))
    blended = bench.solved(data)
    flows, _ = exact_flows(blended.model)
    yarn = blended.model.yarns[number]
    weights = [float(weight) for weight in flows[yarn.name].product]
    blend = blend_of(data, number)
    rework = [line for line in blend if line.get("origin") == "in_process_rework"]
    rest = 1 - sum((parse_share(line["share"]) for line in rework), Fraction(0))
    mean, by_stage = 0.0, {}
    for line, weight in zip((b for b in blend if b not in rework), weights):
        pure = copy.deepcopy(data)
        blend_of(pure, number)[:] = [{**line, "share": percent(rest)}, *rework]
        found = bench.solved(pure)
        mean = mean + weight * found.scores
        for stage, values in bench.stages(found).items():
            by_stage[stage] = by_stage.get(stage, 0.0) + weight * values
    whole = bench.scale(blended)
    assert_close(blended.scores, mean, whole, 1e-11)
    assert_stages_close(bench.stages(blended), by_stage, whole, 1e-11)


@st.composite
def same_routes(draw):
    """A blend whose fibres all lose the same in every step."""
    fibres = draw(st.lists(lines(), min_size=2, max_size=4))
    parts = draw(shares(len(fibres)))
    route = {n: draw(entries("yarn")) for n in ("blending", "carding", "spinning-ring", "winding")}
    for entry in route.values():
        entry["loss"] = f"{draw(st.integers(0, 200))}e-1 %"
    blend = [{**line, "share": share_spelling(p)} for line, p in zip(fibres, parts)]
    return declared(render(scenario_dict(blend=blend, route=route))), [
        Fraction(p, 10_000) for p in parts
    ]


@examples(40)
@given(drawn=same_routes())
def test_with_equal_losses_the_typed_shares_are_the_weights(bench, drawn):
    """Score per conditioned kg: weights are the typed shares. Per dry kg: the dry shares.

    A kilogram of dry matter is 1 + allowance kilograms of conditioned yarn, with the allowance
    of the blend, the mean of the allowances weighted by dry shares.
    """
    data, typed = drawn
    blended = bench.solved(data)
    assert list(exact_flows(blended.model)[0]["yarn"].product) == typed
    pure = [
        bench.solved({**data, "blend": [{**line, "share": "100 %"}]}).scores
        for line in data["blend"]
    ]
    whole = bench.scale(blended)
    assert_close(blended.scores, sum(float(w) * s for w, s in zip(typed, pure)), whole, 1e-11)
    allowances = [line.regain for line in blended.model.yarns[0].lines]
    dry = dry_shares(typed, allowances)
    per_dry = blended.scores * float(1 + blend_allowance(dry, allowances))
    mean = sum(float(d * (1 + r)) * s for d, r, s in zip(dry, allowances, pure))
    assert_close(per_dry, mean, whole * 1.2, 1e-11)


@examples(30)
@given(data=scenarios(), part=st.integers(1, 99), number=st.integers(0, 8))
def test_a_line_may_be_split_in_two(bench, data, part, number):
    """Two lots of one fibre are the same product as one: scores, verdicts, exact readings."""
    blend = blend_of(data)
    number %= len(blend)
    share = parse_share(blend[number]["share"])
    first = share * Fraction(part, 100)
    halves = [{**blend[number], "share": percent(s)} for s in (first, share - first)]
    split = copy.deepcopy(data)
    blend_of(split)[number : number + 1] = halves
    one, two = bench.solved(data), bench.solved(split)
    assert_close(two.scores, one.scores, bench.scale(one), 1e-11)
    assert bench.verdicts(split) == bench.verdicts(data)


@examples(30)
@given(data=scenarios(kind="fabric"), nm=st.integers(1, 40))
def test_a_fabric_is_the_mixture_of_its_yarns(bench, data, nm):
    """With one count for all yarns a fabric is the mean of the fabrics of each, by yarn share."""
    if "yarns" not in data:
        return
    for yarn in data["yarns"]:
        yarn["count"] = f"Nm {nm}"
    mixed = bench.solved(data)
    mean = 0.0
    for yarn in data["yarns"]:
        alone = bench.solved({**data, "yarns": [{**yarn, "share": "100 %"}]})
        mean = mean + float(parse_share(yarn["share"])) * alone.scores
    assert_close(mixed.scores, mean, bench.scale(mixed), 1e-11)


def test_text_of_is_exact():
    """The tests type what they mean."""
    assert [text_of(1, -4), text_of(1200, -2), text_of(0, -2), text_of(7, 2)] == [
        "0.0001", "12", "0", "700",
    ]  # fmt: skip
