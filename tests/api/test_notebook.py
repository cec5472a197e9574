"""Results in a notebook: tables, charts, a line, a small table as HTML."""

import re

import pytest
from conftest import ROOT, scenario_dict

from lca_cardato import api
from lca_cardato.api.frames import FRAMES
from lca_cardato.api.notebook import Brief, html
from lca_cardato.errors import InputError, MissingError

HOSTILE = '<script>alert("x")</script>'


@pytest.fixture(scope="module")
def results(home, store):
    wool, virgin = api.example("recycled-wool-70"), api.example("virgin-wool")
    return {
        "assessment": api.assess(wool),
        "comparison": api.compare([wool, virgin], samples=200, seed=1),
        "batch": api.batch(api.example("blends.space")),
        "uncertainty": api.uncertainty(virgin, samples=200, seed=1),
        "sensitivity": api.sensitivity(virgin, points=16, screen=3, trajectories=4),
    }


KINDS = ("assessment", "comparison", "batch", "uncertainty", "sensitivity")


@pytest.mark.parametrize("kind", KINDS)
def test_a_line_says_what_it_is(results, kind):
    line = repr(results[kind])
    assert line.startswith(f"<{type(results[kind]).__name__} ")
    assert "\n" not in line and len(line) < 400
    assert "kg CO2-eq" in line


def test_the_line_of_an_assessment(results):
    line = repr(results["assessment"])
    assert "1 kg of conditioned yarn" in line
    value = results["assessment"].to_dict()["indicators"]["climate_change"]["value"]
    assert f"climate change {value:.2f} kg CO2-eq" in line
    assert "Cardato meets, Cardato Recycled meets" in line


@pytest.mark.parametrize("kind", KINDS)
def test_html_is_a_table_without_anything_from_outside(results, kind):
    text = results[kind]._repr_html_()
    assert "<table>" in text
    assert not re.search(r"<(script|style|link|img|iframe)|https?:", text)
    heads = re.search(r"<thead>(.*?)</thead>", text).group(1).count("<th ")
    for row in re.findall(r"<tr>(.*?)</tr>", text.split("<tbody>")[1]):
        assert len(re.findall(r"<t[hd][ >]", row)) == heads


def test_html_is_escaped(store):
    product = {"type": "yarn", "name": HOSTILE, "count": "Nm 8"}
    result = api.assess(scenario_dict(product=product))
    assert HOSTILE not in result._repr_html_() and "&lt;script&gt;" in result._repr_html_()
    brief = Brief(HOSTILE, [HOSTILE], [HOSTILE, HOSTILE], [[HOSTILE, HOSTILE]], HOSTILE)
    assert "<script" not in html(brief)
    assert "<script" not in html(Brief(HOSTILE, [HOSTILE]))


@pytest.mark.parametrize("kind", KINDS)
def test_every_chart_is_an_altair_chart(results, kind):
    altair = pytest.importorskip("altair")
    result = results[kind]
    assert result.charts()
    for name in result.charts():
        chart = result.chart(name)
        assert isinstance(chart, altair.TopLevelMixin)
        assert chart.to_dict()["config"]
    assert result.chart().to_dict() == result.chart(result.charts()[0]).to_dict()


def test_charts_by_kind_and_indicator(results):
    pytest.importorskip("altair")
    energy = results["assessment"].chart("contributors", "energy")
    assert energy.to_dict()["description"].startswith("Largest contributors: Energy")
    climate = results["comparison"].chart("difference")
    assert "Climate change" in climate.to_dict()["description"]
    italian = results["assessment"].chart("contributors", "energy", lang="it")
    assert italian.to_dict()["description"] != energy.to_dict()["description"]


def test_an_unknown_chart_names_the_nearest(results):
    pytest.importorskip("altair")
    with pytest.raises(InputError, match="did you mean 'stages'"):
        results["assessment"].chart("stage")


def test_without_altair_the_extra_is_named(results, bare):
    with pytest.raises(MissingError, match=r"E510: .*lca-cardato\[notebook\]"):
        results["batch"].chart()


def test_verbs_without_their_extras_name_them_before_anything_is_calculated(
    results, bare, tmp_path
):
    for call, name in (
        (lambda: api.batch("nowhere.yaml"), "batch"),
        (lambda: api.sensitivity("nowhere.yaml"), "sensitivity"),
        (lambda: api.report("nowhere", tmp_path / "x.pdf"), "reports"),
    ):
        with pytest.raises(MissingError, match=rf"E510: .*lca-cardato\[{name}\]"):
            call()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", FRAMES)
def test_tables_of_an_assessment(results, name):
    table = results["assessment"].table(name)
    assert len(table) and table.index.is_unique


def test_tables_hold_the_numbers_of_the_document(results):
    result = results["assessment"]
    document = result.to_dict()
    indicators = result.table()
    climate = document["indicators"]["climate_change"]
    assert indicators.loc["climate_change", "value"] == climate["value"]
    assert indicators.loc["climate_change", "unit"] == "kg CO2-eq"
    stages = result.table("stages")["climate_change"]
    assert stages.to_dict() == climate["by_stage"]
    assert result.table("data_classes")["energy"].sum() == pytest.approx(1)
    rows = result.table("contributions")
    assert rows["value"].sum() == pytest.approx(climate["value"], rel=1e-9)
    assert rows["share"].sum() == pytest.approx(1)
    mass = result.table("mass_balance")
    assert (mass["in"] - mass["out"] - mass["waste"] - mass["rework"]).abs().max() < 1e-9
    assert result.table("verdicts").loc["cardato", "verdict"] == "meets"


def test_further_methods_are_in_the_table(store):
    result = api.assess(api.example("recycled-wool-70"), methods=["ipcc-2021"])
    assert any(name.startswith("ipcc_") for name in result.table().index)


def test_an_unknown_table_names_the_nearest(results):
    with pytest.raises(InputError, match="did you mean 'stages'"):
        results["assessment"].table("stagess")


def test_names_of_the_api_are_described():
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    for name in api.__all__:
        assert f"lca_cardato.api.{name}\n" in text
        assert getattr(api, name).__doc__
