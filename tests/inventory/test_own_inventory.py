"""A folder of one's own extends or replaces the shipped inventories, and the result says so."""

import pytest
from conftest import scenario_dict

from lca_cardato.api import assess
from lca_cardato.errors import DiskError, InputError
from lca_cardato.inventory.load import load_inventory

TEXT = """schema: lca-cardato/inventory/1
datasets:
  {key}:
    name: {{en: own viscose, it: viscosa propria}}
    kind: published_result
    product: {{name: viscose, unit: kg}}
    geography: AT
    year: 2025
    inventoried_for: [climate_change]
    results:
      climate_change:
        {{amount: {amount}, unit: kg, year: 2025, geography: AT, class: assumed, reason: a test,
         uncertainty: {{distribution: uniform, min: 0.5, max: 9}}}}
"""


@pytest.fixture
def folder(tmp_path):
    def write(key, amount="2"):
        (tmp_path / "own.yaml").write_text(TEXT.format(key=key, amount=amount), encoding="utf-8")
        return tmp_path

    return write


def test_a_record_of_ones_own_is_added(folder, inventory):
    own = load_inventory(extra=folder("viscose-own"))
    assert own.added == [("datasets", "viscose-own")]
    assert own.overridden == []
    assert own.digest != inventory.digest
    assert len(own.datasets) == len(inventory.datasets) + 1


def test_an_override_changes_the_result_and_is_shown(folder, home):
    blend = [{"fibre": "viscose", "origin": "virgin", "share": "100 %", "place": "Italy"}]
    data = scenario_dict(blend=blend)
    plain = assess(data)
    document = assess(data, folder("viscose-fibre", "9")).to_dict()
    assert document["scenario"]["own_inventory"]["overridden"] == ["datasets/viscose-fibre"]
    assert "own_inventory" in {w["code"] for w in document["warnings"]}
    assert document["indicators"]["climate_change"]["value"] > plain.score("climate_change")


def test_the_same_checks_hold(folder, tmp_path):
    folder("x", "not-a-number")
    with pytest.raises(InputError) as caught:
        load_inventory(extra=tmp_path)
    problem = caught.value.problems[0]
    assert problem.code == "E104"
    assert problem.file.endswith("own.yaml")
    assert problem.line > 10


def test_the_same_id_twice_in_the_own_folder_is_refused(folder, tmp_path):
    path = folder("x")
    (path / "second.yaml").write_text(TEXT.format(key="x", amount="3"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_inventory(extra=path)
    assert caught.value.problems[0].code == "E201"


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(DiskError):
        load_inventory(extra=tmp_path / "none")
