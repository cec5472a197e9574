"""Brightway against our own solver, and properties of the product system."""

import numpy as np
import pytest
from conftest import NAMES, scenario_dict
from dense import foreground_matrix
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lca_cardato.calculation.brightway_check import brightway_scores, check_agreement
from lca_cardato.calculation.solve import UnitScores, calculate, evaluate, supplies
from lca_cardato.errors import CalculationError
from lca_cardato.model.resolve import resolve
from lca_cardato.model.system import parameter_values
from lca_cardato.scenario.load import load_scenario

SLOW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.parametrize("name", NAMES)
def test_brightway_agrees_on_shipped_scenarios(name, assessed):
    assert assessed(name).deviation <= 1e-9


@st.composite
def scenarios(draw):
    fibres = draw(
        st.lists(
            st.sampled_from(
                [
                    ("wool", "recycled_post_consumer"),
                    ("wool", "recycled_pre_consumer"),
                    ("wool", "virgin"),
                    ("cashmere", "virgin"),
                    ("polyamide", "virgin"),
                    ("polyester", "virgin"),
                    ("viscose", "virgin"),
                ]
            ),
            min_size=1, max_size=4, unique=True,
        )
    )  # fmt: skip
    parts = [draw(st.integers(1, 50)) for _ in fibres]
    rework = draw(st.sampled_from([0, 0, 2]))  # percent; carding below loses at least 6
    # exact shares whatever the parts: in units of 0.0001 %, the remainder to the first
    units = (100 - rework) * 10**4
    scaled = [p * units // sum(parts) for p in parts]
    scaled[0] += units - sum(scaled)
    blend = [
        {"fibre": f, "origin": o, "share": f"{s / 10**4:.4f} %"}
        for (f, o), s in zip(fibres, scaled)
    ]
    if rework:
        blend.append({"origin": "in_process_rework", "share": f"{rework} %"})
    count = draw(st.integers(2, 30))
    plies = draw(st.sampled_from(["", " x 2"]))
    route = {
        "carding": {
            "electricity": f"{draw(st.integers(1, 200)) / 100} kWh/kg",
            "loss": f"{draw(st.integers(6, 20))} %",
        }
    }
    return scenario_dict(
        product={"type": "yarn", "name": "x", "count": f"{count} Nm{plies}"},
        blend=blend,
        route=route,
    )


@SLOW
@given(data=scenarios())
def test_brightway_agrees_on_generated_scenarios(data, inventory, store):
    main = calculate(resolve(load_scenario(data), inventory), store.background)
    scores = brightway_scores(main.system, store)
    assert check_agreement(scores, main, store.background) <= 1e-9


@pytest.mark.parametrize("name", NAMES)
def test_solved_supply_equals_the_mass_flows(name, assessed):
    """The matrix, with its rework loop, gives the fresh fibre of the mass balance."""
    result = assessed(name)
    system, model = result.main.system, result.main.model
    supply = result.main.solution.supply[0]
    fabric = system.fabric_flows
    for index, yarn in enumerate(model.yarns):
        flows = system.yarn_flows[yarn.name]
        factor = system.mass * (float(fabric.fresh[index]) if fabric else 1.0)
        for line in yarn.lines:
            row = system.line_rows[line.key]
            assert supply[row] == pytest.approx(factor * float(flows.fresh[line.index]), rel=1e-12)


def test_scenario_axis_gives_what_single_runs_give(inventory, store):
    model = resolve(load_scenario(scenario_dict()), inventory)
    values = parameter_values(model)
    key = "yarn/carding.electricity"
    loss = "yarn/carding.loss" if "yarn/carding.loss" in values else None
    electricity = np.array([0.2, 0.4, 0.8])
    losses = np.array([0.02, 0.05, 0.1])
    many = {**values, key: electricity, **({loss: losses} if loss else {})}
    scored = UnitScores(store.background)
    scores = evaluate(model, many, scored).scores
    assert scores.shape == (len(store.background.indicators), 3)
    for k in range(3):
        one = {**values, key: electricity[k], **({loss: losses[k]} if loss else {})}
        single = evaluate(model, one, scored).scores[:, 0]
        assert np.array_equal(scores[:, k], single)


def test_more_electricity_means_more_impact(inventory, store):
    model = resolve(load_scenario(scenario_dict()), inventory)
    values = parameter_values(model)
    values["yarn/carding.electricity"] = np.linspace(0.1, 2, 6)
    scored = UnitScores(store.background, ["climate_change"])
    steps = np.diff(evaluate(model, values, scored).scores[0])
    assert np.all(steps > 0)
    assert np.allclose(steps, steps[0])  # linear


def test_kwh_and_mj_give_equal_results(inventory, store):
    def score(text):
        data = scenario_dict(route={"carding": {"electricity": text}})
        return calculate(resolve(load_scenario(data), inventory), store.background).scores

    assert np.array_equal(score("0.5 kWh/kg"), score("1.8 MJ/kg"))


def test_a_blend_is_the_mixture_of_its_parts(inventory, store):
    """With equal routes and losses, impacts are linear in the shares."""

    def score(first, second):
        route = {s: {"loss": "4 %", "reclaimed": "0 %"} for s in ("blending", "carding")}
        route |= {s: {"loss": "1 %", "reclaimed": "0 %"} for s in ("spinning-ring", "winding")}
        blend = [
            {"fibre": "polyamide", "origin": "virgin", "share": f"{first} %", "place": "Italy"},
            {"fibre": "viscose", "origin": "virgin", "share": f"{second} %", "place": "Italy"},
        ]
        data = scenario_dict(blend=[b for b in blend if b["share"] != "0 %"], route=route)
        return calculate(resolve(load_scenario(data), inventory), store.background).scores

    assert np.allclose(score(40, 60), 0.4 * score(100, 0) + 0.6 * score(0, 100), rtol=1e-12)


def test_a_loop_that_returns_more_than_it_takes_is_refused(inventory, store):
    model = resolve(load_scenario(scenario_dict()), inventory)
    (carding,) = (use for use in model.yarns[0].steps if use.id == "carding")
    losses = dict.fromkeys(carding.loss.values(), 0.5)
    values = {**parameter_values(model), **losses, carding.reclaimed: 4.0}
    with pytest.raises(CalculationError) as caught:
        calculate(model, store.background, values)
    assert caught.value.problems[0].code == "E304"
    many = evaluate(model, {**values, carding.reclaimed: np.array([0.2, 4.0])},
                    UnitScores(store.background))  # fmt: skip
    assert many.sound.tolist() == [True, False]


@pytest.mark.parametrize("name", NAMES)
def test_back_substitution_is_the_inverse_of_the_dense_matrix(name, assessed):
    """For the product and for 1 kg of every activity on the way to it."""
    system = assessed(name).main.system
    inverse = np.linalg.inv(foreground_matrix(system)[0])
    assert np.allclose(supplies(system), system.mass * inverse[:, system.demand], rtol=1e-12)
    for row in range(len(system.activities)):
        assert np.allclose(supplies(system, row), inverse[:, row], rtol=1e-12, atol=1e-15)


def test_what_is_not_in_the_background_is_named(inventory, store):
    with pytest.raises(CalculationError) as caught:
        UnitScores(store.background)({"no-such-dataset": 1.0})
    assert caught.value.problems[0].code == "E307"
    assert "'no-such-dataset'" in caught.value.problems[0].message
