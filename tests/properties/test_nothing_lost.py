"""What a mill types is used, or it is refused: nothing is left out without a word."""

import copy
from contextlib import suppress

import pytest
from conftest import scenario_dict
from hypothesis import given
from properties.helpers import FABRIC
from properties.strategies import examples, records, scenarios

from lca_cardato.errors import InputError

FIGURES = ("electricity", "water_in", "water_out", "loss", "reclaimed")


def typed_figures(data):
    """Path of every figure that a scenario states; a share of no loss at all is none."""
    found = []

    def step(entry, path):
        for name in FIGURES:
            nothing = (
                name == "reclaimed" and "loss" not in entry and not records().steps[path[-1]].loss
            )
            if name in entry and not nothing:
                found.append((*path, name))
        heat = entry.get("heat", [])
        listed = isinstance(heat, list)
        for index, _ in enumerate(heat if listed else [heat]):
            found.append((*path, "heat", index) if listed else (*path, "heat"))
        for name in entry.get("chemicals", {}):
            found.append((*path, "chemicals", name))

    def route(entries, path):
        for name, entry in entries.items():
            if entry.get("use") != "no":
                step(entry, (*path, name))

    def blend(lines, path):
        for index, line in enumerate(lines):
            route(line.get("steps", {}), (*path, index, "steps"))
            if isinstance(line.get("transport"), list):
                for number, _ in enumerate(line["transport"]):
                    found.append((*path, index, "transport", number, "distance"))

    route(data.get("route", {}), ("route",))
    blend(data.get("blend", []), ("blend",))
    for index, yarn in enumerate(data.get("yarns", [])):
        route(yarn.get("route", {}), ("yarns", index, "route"))
        blend(yarn["blend"], ("yarns", index, "blend"))
    found += [("packaging", name) for name in data.get("packaging", {})]
    return found


def keys_in_use(model):
    """Keys of the parameters that the product system reads."""
    keys = set()
    for use in model.all_steps():
        keys |= {*use.figure_keys(), *use.loss.values(), use.reclaimed, use.water_evaporated}
    for yarn in model.yarns:
        for line in yarn.lines:
            keys |= {key for _, key in line.legs}
    return keys - {None}


def left_out(bench, data):
    """Figures that were typed and read by nobody."""
    model = bench.model(data)
    used = keys_in_use(model) | {item.key.replace("evaporated", "out") for item in model.derived}
    return [path for path in typed_figures(data) if model.bound.get(path) not in used]


@examples(30)
@given(data=scenarios())
def test_every_typed_figure_is_used(bench, data):
    """Each figure of a scenario stands behind an amount of the product system."""
    assert left_out(bench, data) == []
    model = bench.model(data)
    assert set(model.parameters) >= keys_in_use(model)


def typed_twice():
    """Readings on the frame and on the mule in one yarn of several."""
    data = copy.deepcopy(FABRIC)
    data["yarns"][0]["route"] = {"spinning-mule": {}, "spinning-ring": {"electricity": "5 kWh/kg"}}
    return data


def packed_twice():
    """Packaging at the top and as chemicals of the packing step."""
    chemicals = {"chemicals": {"pp-cone": "90 g/kg"}}
    return scenario_dict(packaging={"pe-film": "1 g/kg"}, route={"packing-yarn": chemicals})


def rework_with_steps():
    """Steps and transport on a line of own rework."""
    blend = copy.deepcopy(scenario_dict()["blend"])
    blend[1]["share"] = "29 %"
    steps = {"tearing": {"electricity": "0.5 kWh/kg"}}
    blend.append({"origin": "in_process_rework", "share": "1 %", "steps": steps})
    return scenario_dict(blend=blend)


@pytest.mark.parametrize("make", [typed_twice, packed_twice, rework_with_steps])
def test_figures_that_find_no_place_are_refused(bench, make):
    """A figure that the product system does not read is a problem of the file."""
    with suppress(InputError):
        assert left_out(bench, make()) == []


def test_a_handling_beside_a_dataset_is_refused(bench):
    """The dataset decides how wool and meat share the burden, so a handling contradicts it."""
    data = scenario_dict()
    line = {"fibre": "wool", "origin": "virgin", "share": "30 %", "dataset": "wool-scoured-nz"}
    data["blend"][1] = {**line, "handling": "economic"}
    with pytest.raises(InputError):
        bench.model(data)


def test_a_dyeing_that_is_taken_out_is_out(bench):
    """`use: no` takes the dyeing out, or the file is refused because of the colour."""
    data = scenario_dict()
    data["blend"][1].update(colour="to_dye", steps={"dyeing-stock": {"use": "no"}})
    try:
        steps = bench.model(data).yarns[0].lines[1].steps
    except InputError:
        return
    assert "dyeing-stock" not in [use.id for use in steps]


def test_a_contracted_step_of_a_fibre_from_gate_to_gate(bench):
    """A contracted step of a fibre is accepted, or refused for what is wrong with it."""
    data = scenario_dict()
    data["product"]["boundary"] = "gate_to_gate"
    data["blend"][0]["steps"] = {"tearing": {"operator": "contract"}}
    try:
        bench.model(data)
    except InputError as error:
        assert "belongs to the fibre" not in str(error)
