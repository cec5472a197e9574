import pytest
from conftest import scenario_dict

from lca_cardato.errors import InputError
from lca_cardato.model.resolve import resolve
from lca_cardato.scenario.load import load_scenario


def codes(data, inventory):
    with pytest.raises(InputError) as caught:
        resolve(load_scenario(data), inventory)
    return {p.code: p for p in caught.value.problems}


def test_unknown_names_get_the_nearest_choice(inventory):
    data = scenario_dict(route={"cardng": {}, "weaving": {}})
    data["blend"][0]["fibre"] = "wol"
    data["blend"][1]["place"] = "Atlantis"
    found = codes(data, inventory)
    assert {"E307", "E316"} <= set(found)
    with pytest.raises(InputError) as caught:
        resolve(load_scenario(data), inventory)
    texts = " ".join(p.suggestion for p in caught.value.problems)
    assert "wool (lana)" in texts
    assert "carding (Cardatura)" in texts


def test_several_problems_of_the_figures_at_once(inventory):
    route = {
        "carding": {"electricity": "1,5 kWh/kg", "loss": "100 %"},
        "spinning-ring": {"heat": "0.2 Sm3/kg", "water_in": "1 L/kg", "water_out": "2 L/kg"},
    }
    assert {"E101", "E303", "E107", "E310"} <= set(codes(scenario_dict(route=route), inventory))


def test_a_carrier_given_twice_is_refused_and_two_carriers_count_both(inventory):
    twice = [{"value": "1 MJ/kg"}, {"value": "2 MJ/kg", "carrier": "natural_gas"}]
    data = scenario_dict(route={"carding": {"heat": twice}})
    assert set(codes(data, inventory)) == {"E316"}
    twice[1]["carrier"] = "steam"
    model = resolve(load_scenario(scenario_dict(route={"carding": {"heat": twice}})), inventory)
    (use,) = (u for u in model.yarns[0].steps if u.id == "carding")
    assert [float(model.parameters[use.heat[c]].amount) for c in ("natural_gas", "steam")] == [1, 2]


def test_a_step_of_a_fibre_belongs_to_the_blend(inventory):
    assert "E316" in codes(scenario_dict(route={"tearing": {}}), inventory)


def test_what_is_left_out_is_a_default_and_what_is_given_is_not(inventory):
    data = scenario_dict(route={"carding": {"electricity": "0.4 kWh/kg"}})
    model = resolve(load_scenario(data), inventory)
    given = model.parameters["yarn/carding.electricity"]
    left = model.parameters["yarn/blending.electricity"]
    assert (given.origin, given.data_class, float(given.amount)) == ("scenario", "assumed", 0.4)
    assert left.origin == "default"
    assert left.source or left.reason


def test_steps_can_be_switched_off_and_added(inventory):
    plain = resolve(load_scenario(scenario_dict()), inventory)
    data = scenario_dict(route={"winding": {"use": "no"}, "twisting": {}})
    changed = resolve(load_scenario(data), inventory)
    assert "winding" in [u.id for u in plain.yarns[0].steps]
    ids = [u.id for u in changed.yarns[0].steps]
    assert "winding" not in ids
    assert "twisting" in ids


def test_plied_yarn_is_twisted(inventory):
    data = scenario_dict(product={"type": "yarn", "name": "x", "count": "Nm 2/16"})
    model = resolve(load_scenario(data), inventory)
    assert "twisting" in [u.id for u in model.yarns[0].steps]


def test_shade_sorted_fibre_is_not_dyed_and_fibre_to_dye_is(inventory):
    data = scenario_dict()
    data["blend"][1]["colour"] = "to_dye"
    lines = resolve(load_scenario(data), inventory).yarns[0].lines
    assert not [u for u in lines[0].steps if u.step.stage == "dyeing"]
    assert [u.id for u in lines[1].steps if u.step.stage == "dyeing"]


def test_virgin_fibre_can_not_be_shade_sorted(inventory):
    data = scenario_dict()
    data["blend"][1]["colour"] = "shade_sorted"
    assert "E316" in codes(data, inventory)


def test_rework_can_not_exceed_what_the_steps_lose(inventory):
    blend = [
        {"fibre": "wool", "share": "60 %", "origin": "virgin"},
        {"origin": "in_process_rework", "share": "40 %"},
    ]
    assert "E310" in codes(scenario_dict(blend=blend), inventory)


def test_added_steps_take_their_place_in_the_process(inventory):
    data = scenario_dict(route={"dyeing-yarn": {}, "twisting": {}})
    data["blend"][0]["steps"] = {"carbonising": {}}
    model = resolve(load_scenario(data), inventory)
    ids = [u.id for u in model.yarns[0].steps]
    assert ids == ["blending", "carding", "spinning-ring", "twisting", "dyeing-yarn", "winding"]
    assert [u.id for u in model.yarns[0].lines[0].steps] == ["sorting", "carbonising", "tearing"]
