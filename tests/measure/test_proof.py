"""What would prove a claim: the claims' own rules decide, and a real paper does what was said."""

import copy
import hashlib

import pytest
import yaml
from conftest import ROOT, declared, scenario_dict

from lca_cardato.background.open import prepare
from lca_cardato.calculation.simulate import Products
from lca_cardato.claims.evaluate import evaluate
from lca_cardato.claims.packs_model import pack_named
from lca_cardato.measure.costs import Costs
from lca_cardato.measure.measures import open_measures, pieces_of
from lca_cardato.measure.proof import turned
from lca_cardato.measure.settled import settled


@pytest.fixture(scope="module")
def found(store):
    """Claims that are not proven of a scenario, by their names."""

    def get(source, *claims, costs=None):
        setting = prepare([source])
        products = Products(setting.models, setting.inventory, setting.store, ["climate_change"])
        measures = open_measures(products, setting.inventory)
        table = Costs(costs)
        prices = {m.order: table.of(m.kind, m.thing).amount for m in measures}
        packs = [pack_named(claim) for claim in claims]
        items = turned(setting.models[0], 0, packs, setting.inventory, measures, prices)
        return setting, measures, {item.pack.claim: item for item in items}

    return get


def shipped(name):
    return yaml.load((ROOT / "scenarios" / f"{name}.yaml").read_text("utf-8"), yaml.BaseLoader)


def test_every_measure_that_is_named_is_needed(found):
    setting, _, items = found(ROOT / "scenarios/virgin-wool.yaml", "cardato")
    item, model = items["cardato"], setting.models[0]
    assert item.reached and item.best and len(item.needed) == 4
    pack, inventory = pack_named("cardato"), setting.inventory

    def verdict(some):
        return evaluate(pack, settled(model, pieces_of(some, 0)), inventory, {}).verdict

    assert verdict(item.needed) == "meets"
    for one in item.needed:
        assert verdict([m for m in item.needed if m is not one]) == "not_proven"
    assert evaluate(pack, model, inventory, {}).verdict == "not_proven"


def test_the_papers_in_the_file_do_what_was_said(found, tmp_path):
    """The same scenario with real entries for what was named meets the claim."""
    _, _, items = found(ROOT / "scenarios/virgin-wool.yaml", "cardato")
    assert {m.key for m in items["cardato"].needed} == {
        "contractor_statement/dyeing-stock", "electricity_meter/blending",
        "electricity_meter/winding", "water_meter/blending",
    }  # fmt: skip
    data = shipped("virgin-wool")
    for paper in data["documents"].values():
        del paper["file"]
    for key, paper in data["documents"].items():
        paper["sha256"] = hashlib.sha256(key.encode()).hexdigest()

    def of(value, class_):
        return {"value": value, "class": class_, "period": "2025", "document": f"{class_}.pdf"}

    data["route"]["blending"] = {
        "electricity": of("0.05 kWh/kg", "measured"),
        "water_in": of("0.05 L/kg", "measured"),
    }
    data["route"]["winding"] = {"electricity": of("0.1 kWh/kg", "measured")}
    data["blend"][0]["steps"] = {"dyeing-stock": {
        "operator": "contract", "municipality": "Prato", "electricity": of("0.6 kWh/kg", "supplier"),
        "heat": of("12 MJ/kg", "supplier"), "water_in": of("40 L/kg", "supplier"),
    }}  # fmt: skip
    _, _, items = found(declared(data), "cardato")
    assert items == {}


def test_a_missing_origin_is_one_paper(found):
    data = scenario_dict()
    bare = copy.deepcopy(data)
    del bare["blend"][0]["document"]
    _, _, items = found(bare, "rcs-content")
    item = items["rcs-content"]
    assert item.reached and [m.kind for m in item.needed] == ["origin_paper"]
    _, _, items = found(data, "rcs-content")
    assert items == {}


def test_of_two_papers_the_cheaper_one_that_reaches_the_threshold(found):
    data = scenario_dict(blend=[
        {"fibre": "wool", "share": "50 %", "origin": "recycled_post_consumer", "colour": "shade_sorted"},
        {"fibre": "cashmere", "share": "30 %", "origin": "recycled_post_consumer", "colour": "shade_sorted"},
        {"fibre": "polyamide", "share": "20 %", "origin": "virgin"},
    ])  # fmt: skip
    _, _, items = found(data, "grs-content")  # 20 %: either of them does
    assert [m.thing for m in items["grs-content"].needed] == ["cashmere"]  # same cost: by name
    _, _, items = found(
        data, "grs-content", costs={"origin_paper/cashmere": 100, "origin_paper/wool": 60}
    )
    assert [m.thing for m in items["grs-content"].needed] == ["wool"] and items["grs-content"].best
    assert items["grs-content"].state == ["company.name", "product.batch", "traceability.year"]


def test_what_no_paper_cures_is_said(found):
    _, _, items = found(ROOT / "scenarios/recycled-wool-70.yaml", "cam-tessili")
    item = items["cam-tessili"]
    assert not item.reached and item.needed == []
    assert [one.verdict for one in item.left.criteria].count("not_proven") == 1


def test_masses_and_figures_stay_as_they_are(found):
    setting, measures, _ = found(ROOT / "scenarios/cashmere-blend.yaml")
    model = setting.models[0]
    after = settled(model, pieces_of(measures, 0))
    assert after.parameters == model.parameters and after.scenario.blend == model.scenario.blend
    assert model.scenario.documents == setting.loaded[0].scenario.documents  # itself untouched
