import json
from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace

import jsonschema
import numpy as np
import pytest
from conftest import NAMES, ROOT, scenario_dict

from lca_cardato.calculation.solve import calculate
from lca_cardato.lcia.indicators import INDICATOR_IDS
from lca_cardato.model.resolve import resolve
from lca_cardato.results import breakdown
from lca_cardato.results.allocation import allocation
from lca_cardato.results.csv_tables import json_text, tables
from lca_cardato.scenario.load import load_scenario
from lca_cardato.studies.assess import assess

SCHEMA = json.loads((ROOT / "docs" / "result.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(params=NAMES)
def document(request, assessed):
    return assessed(request.param).to_dict()


def test_result_follows_its_schema(document):
    jsonschema.validate(document, SCHEMA)


def test_italian_result_follows_its_schema_and_has_the_same_figures(assessed):
    english = assessed("recycled-fabric").to_dict("en")
    italian = assessed("recycled-fabric").to_dict("it")
    jsonschema.validate(italian, SCHEMA)
    assert italian["indicators"] == english["indicators"]
    assert italian["claims"][0]["criteria"][0]["title"] == "Almeno 60 % di fibre cardate"


def test_stages_add_up_to_the_total(document):
    for name, item in document["indicators"].items():
        parts = sum(item["by_stage"].values())
        scale = sum(abs(v) for v in item["by_stage"].values())
        assert abs(parts - item["value"]) <= 1e-9 * scale, name


def test_data_classes_add_up_to_one(document):
    for name, item in document["indicators"].items():
        if item["value"]:
            assert sum(item["by_data_class"].values()) == pytest.approx(1, abs=1e-9), name


def test_mass_closes_in_every_step(document):
    mass = document["mass_balance"]
    assert mass["steps"]
    for row in mass["steps"]:
        assert abs(row["gap"]) < 1e-12 * max(row["in"], 1), row


def test_fresh_fibre_is_product_and_waste(assessed):
    """Over the whole route from the mixture on: what comes in leaves as product or as waste."""
    mass = assessed("recycled-wool-70").to_dict()["mass_balance"]
    after = [row for row in mass["steps"] if row["key"].count("/") == 1]
    waste = sum(row["waste"] for row in after)
    assert mass["fresh_fibre"] == pytest.approx(mass["product_conditioned"] + waste, rel=1e-9)


def test_every_figure_names_where_it_comes_from(document, inventory):
    for row in document["parameters"]:
        if row["origin"] == "default":
            assert row.get("source") in inventory.sources or row.get("reason"), row
        else:
            assert row["key"].startswith("electricity.") or row["line"] > 0


def test_every_dataset_names_its_sources(document, inventory):
    for row in document["datasets"]:
        dataset = inventory.datasets[row["id"]]
        defined = sum(e.class_ == "calculated" and not e.source for e in dataset.exchanges)
        assert row["sources"] or row["assumed_figures"] + defined == row["figures"], row["id"]
        assert set(row["sources"]) <= set(inventory.sources)


def test_ten_largest_contributors_are_sorted(document):
    rows = document["contributors"]["climate_change"]
    values = [abs(row["value"]) for row in rows]
    assert values == sorted(values, reverse=True)
    assert len(rows) <= 10


def test_climate_change_is_the_sum_of_its_parts_where_they_are_known(assessed):
    item = assessed("recycled-wool-70").to_dict()["indicators"]
    parts = sum(item[f"climate_change_{p}"]["value"] for p in ("fossil", "biogenic", "land_use"))
    assert parts <= item["climate_change"]["value"] * (1 + 1e-9)
    energy = item["energy_renewable"]["value"] + item["energy_non_renewable"]["value"]
    assert energy <= item["energy"]["value"] * (1 + 1e-9)


def test_cff_at_a_1_equals_the_cut_off_and_grows_as_a_falls(assessed):
    table = allocation(assessed("recycled-wool-70"), ["climate_change"])
    values = table["sensitivity"]["climate_change"]
    assert values["1"] == table["cut_off"]["climate_change"]
    assert values["0.2"] > values["0.5"] > values["0.8"] > values["1"]
    assert table["cff"]["climate_change"] == pytest.approx(values["0.8"])


def test_the_reference_is_the_same_product_from_virgin_fibre(assessed):
    document = assessed("recycled-wool-70").to_dict()
    reference = document["reference"]["indicators"]["climate_change"]
    assert reference["value"] > document["indicators"]["climate_change"]["value"]
    assert assessed("virgin-wool").to_dict()["reference"] is None


def test_location_based_is_shown_beside_the_contract(assessed):
    values = assessed("contract-spinner").to_dict()["electricity"]["climate_change"]
    assert values["location_based"] > values["market_based"]
    values = assessed("recycled-wool-70").to_dict()["electricity"]["climate_change"]
    assert values["location_based"] == values["market_based"]


def test_twice_the_surface_mass_is_twice_the_impact(store):
    def score(grams):
        product = {
            "type": "fabric", "name": "x", "count": "Nm 8", "construction": "woven",
            "surface_mass": f"{grams} g/m2",
        }  # fmt: skip
        return np.array(assess(scenario_dict(product=product)).scores)

    assert np.allclose(2 * score(200), score(400), rtol=1e-12)


def test_order_of_blend_lines_does_not_matter(store):
    data = scenario_dict()
    turned = scenario_dict(blend=data["blend"][::-1])
    assert np.allclose(assess(data).scores, assess(turned).scores, rtol=1e-12)


def test_gate_to_gate_leaves_out_the_fibre(assessed):
    document = assessed("contract-spinner").to_dict()
    assert "fibre_supply" not in document["indicators"]["climate_change"]["by_stage"]
    assert "gate_to_gate" in {w["code"] for w in document["warnings"]}


def test_document_holds_no_time_path_or_host(document):
    text = json_text(document)
    assert str(ROOT) not in text
    assert "/tmp" not in text


def test_indicators_are_all_there(document):
    assert list(document["indicators"]) == list(INDICATOR_IDS)


def test_tables_defuse_formulas(assessed):
    document = assessed("recycled-wool-70").to_dict()
    document["claims"][0]["criteria"][0]["reason"] = "=1+1"
    assert "'=1+1" in tables(document)["claims.csv"]


def test_coverage_by_climate_counts_what_a_step_emits_by_what_the_step_is_inventoried_for(
    inventory, store
):
    acid, *_ = inventory.steps["carbonising-dry"].emissions
    gas = acid.model_copy(update={"emission": "Carbon dioxide, fossil", "amount": Fraction(2)})

    def covered(families, emissions):
        update = {"inventoried_for": families, "emissions": emissions}
        steps = {**inventory.steps, "carding": inventory.steps["carding"].model_copy(update=update)}
        model = resolve(load_scenario(scenario_dict()), replace(inventory, steps=steps))
        main = calculate(model, store.background)
        found = breakdown.coverage_by_climate(
            SimpleNamespace(main=main, background=store.background)
        )
        return dict(zip(store.background.indicators, found))

    known = inventory.steps["carding"].inventoried_for
    assert covered(known, []) == covered(["energy"], [])
    whole, part = covered(known, [gas]), covered(["energy"], [gas])
    assert whole["climate_change"] > part["climate_change"]
    assert whole["energy"] == part["energy"]
    assert part["climate_change"] < covered(["energy"], [])["climate_change"]
