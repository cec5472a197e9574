"""Brightway against our own solver, and properties of the product system."""

import numpy as np
import pytest
from conftest import NAMES, scenario_dict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lca_cardato.calculation.brightway_check import brightway_scores, check_agreement
from lca_cardato.calculation.solve import calculate, foreground_matrix, solve, solve_demand
from lca_cardato.errors import CalculationError
from lca_cardato.model.resolve import resolve
from lca_cardato.model.system import build_system, parameter_values
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
    plies = draw(st.sampled_from(["", "2/"]))
    route = {
        "carding": {
            "electricity": f"{draw(st.integers(1, 200)) / 100} kWh/kg",
            "loss": f"{draw(st.integers(6, 20))} %",
        }
    }
    return scenario_dict(
        product={"type": "yarn", "name": "x", "count": f"Nm {plies}{count}"},
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
    scores = solve(build_system(model, many), store.background).scores
    assert scores.shape == (3, len(store.background.indicators))
    for k in range(3):
        one = {**values, key: electricity[k], **({loss: losses[k]} if loss else {})}
        single = solve(build_system(model, one), store.background).scores[0]
        assert np.allclose(scores[k], single, rtol=1e-12)


def test_more_electricity_means_more_impact(inventory, store):
    model = resolve(load_scenario(scenario_dict()), inventory)
    values = parameter_values(model)
    values["yarn/carding.electricity"] = np.linspace(0.1, 2, 6)
    scores = solve(build_system(model, values), store.background).scores
    column = store.background.indicators.index("climate_change")
    steps = np.diff(scores[:, column])
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


def test_a_closed_loop_of_gain_one_is_refused():
    matrix = np.array([[[1.0, -1.0], [-1.0, 1.0]]])
    with pytest.raises(CalculationError) as caught:
        solve_demand(matrix, np.array([0.0, 1.0]))
    assert caught.value.problems[0].code == "E304"


def test_foreground_matrix_keeps_the_scenario_axis(inventory):
    model = resolve(load_scenario(scenario_dict()), inventory)
    values = {**parameter_values(model), "yarn/carding.electricity": np.ones(4)}
    assert foreground_matrix(build_system(model, values)).shape[0] == 4
