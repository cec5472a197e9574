"""The verbs on run folders as functions."""

import json

import pytest
from conftest import scenario_dict

from lca_cardato import api
from lca_cardato.errors import DiskError, InputError


@pytest.fixture
def run(assessed, tmp_path):
    return api.save(assessed("recycled-wool-70"), tmp_path / "run")


def test_a_saved_run_is_sound_and_reproduces(run):
    found = api.verify(run)
    assert found.sound and not found.problems
    assert repr(found) == "<Verification run run: sound>"
    checks = "files manifest remade sums claims data program stated"
    assert list(found.table().index) == checks.split()
    again = api.reproduce(run)
    assert again.identical and again.table().empty
    assert repr(again) == "<Reproduction same result: byte by byte>"


def test_a_changed_file_is_told(run):
    path = run / "result.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    document["indicators"]["climate_change"]["value"] = 1.0
    path.write_text(json.dumps(document), encoding="utf-8")
    found = api.verify(str(run))
    assert not found.sound
    assert any("result.json" in text for text in found.problems)
    assert found.table().loc["files", "problems"] == 1
    assert "result.json" in repr(found) and "result.json" in found._repr_html_()
    again = api.reproduce(run)
    assert not again.identical
    assert "indicators.climate_change.value" in "".join(again.table()["path"])
    assert "another result" in repr(again)


def test_nothing_is_overwritten(run, assessed):
    with pytest.raises(DiskError, match="E503"):
        api.save(assessed("recycled-wool-70"), run)


def test_what_came_as_a_mapping_has_no_run_folder(store, tmp_path):
    with pytest.raises(DiskError, match="assess a file"):
        api.save(api.assess(scenario_dict()), tmp_path / "run")


def test_explain_is_the_same_from_a_run_and_from_a_result(run, assessed):
    one, other = api.explain(run), api.explain(assessed("recycled-wool-70"))
    assert one.table().equals(other.table())
    assert one.table()["value"].sum() == pytest.approx(one.value, rel=1e-9)
    told = one.table().dropna(subset=["typed"])
    assert "16.5 MJ/kg" in told.iloc[0]["typed"] and told.iloc[0]["line"] > 0
    assert "inputs/scenario.yaml" in one._repr_html_()
    with pytest.raises(InputError, match="energy"):
        api.explain(run, "enrgy")


def test_diff_names_what_changed(run, assessed, tmp_path):
    other = api.save(assessed("virgin-wool"), tmp_path / "other")
    found = api.diff(run, other)
    assert set(found.table()["part"]) >= {"scenario", "values", "results"}
    assert repr(found).startswith("<RunDiff run and other: scenario 1")
    assert repr(api.diff(run, run)) == "<RunDiff run and run: no difference>"
