"""Elementary flows and indicator results are checked by name and unit before Brightway is asked."""

import pytest

from lca_cardato.brightway.store import open_store
from lca_cardato.errors import InputError
from lca_cardato.inventory.flows import flow_problems
from lca_cardato.inventory.load import load_inventory
from lca_cardato.inventory.placed import plain
from lca_cardato.lcia.flows import elementary_flows

FIGURE = """\
        amount: 1
        year: 2025
        geography: IT
        class: assumed
        reason: made up for this test
        uncertainty: {distribution: uniform, min: 0, max: 2}
"""
HEAD = """\
schema: lca-cardato/inventory/1
datasets:
  made-up:
    name: {en: "made up", it: "inventato"}
    product: {name: thing, unit: kg}
    geography: IT
    year: 2025
    inventoried_for: [climate_change]
"""


def process(tmp_path, flow, compartment, unit):
    text = f"""{HEAD}    kind: unit_process
    exchanges:
      - emission: "{flow}"
        compartment: {compartment}
        unit: {unit}
{FIGURE}"""
    (tmp_path / "own.yaml").write_text(text, encoding="utf-8")
    return load_inventory(extra=tmp_path)


def result(tmp_path, indicator, unit):
    text = f"""{HEAD}    kind: published_result
    results:
      {indicator}:
        unit: {unit}
{FIGURE}"""
    (tmp_path / "own.yaml").write_text(text, encoding="utf-8")
    return load_inventory(extra=tmp_path)


def test_the_shipped_flows_all_exist(inventory):
    assert flow_problems(inventory) == []


def test_names_are_those_of_the_brightway_project(store):
    assert len(elementary_flows()) > 4000
    ours = {plain(flow) for flow in store.flows if flow[1][0] in ("air", "water", "soil")}
    assert ours <= set(elementary_flows())


@pytest.mark.parametrize(
    ("flow", "compartment", "unit", "code", "hint"),
    [
        ("Carbon dioxide, fosil", "air", "kg", "E307", "Carbon dioxide, fossil"),
        ("Nitrate", "water/surface watr", "kg", "E307", "water/surface water"),
        ("Carbon dioxide, fossil", "air", "MJ", "E308", ""),
    ],
)
def test_a_wrong_flow_is_told_with_the_nearest(tmp_path, flow, compartment, unit, code, hint):
    problem = flow_problems(process(tmp_path, flow, compartment, unit))[0]
    assert problem.code == code
    assert hint in problem.suggestion
    assert problem.file.endswith("own.yaml") and problem.line == 3
    assert "made-up.exchanges[0]" in problem.key


@pytest.mark.parametrize(
    ("indicator", "unit", "code"),
    [("climate_chnge", "kg", "E307"), ("climate_change", "MJ", "E308"),
     ("water_consumed", "L", "E308")],
)  # fmt: skip
def test_a_wrong_result_is_told(tmp_path, indicator, unit, code):
    assert [p.code for p in flow_problems(result(tmp_path, indicator, unit))] == [code]


def test_a_unit_that_converts_is_taken(tmp_path):
    assert flow_problems(process(tmp_path, "Carbon dioxide, fossil", "air", "g")) == []


def test_nothing_is_built_from_a_wrong_flow(tmp_path, home):
    wrong = process(tmp_path, "Carbon dioxide, fosil", "air", "kg")
    before = sorted(home.iterdir())
    with pytest.raises(InputError):
        open_store(wrong)
    assert sorted(home.iterdir()) == before
