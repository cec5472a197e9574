"""Factors of EF 3.1 that the bundle of bw2io has otherwise are corrected, and nothing else."""

import io
import json
from dataclasses import replace

import numpy as np
import pytest
import yaml
from conftest import ROOT

from lca_cardato import api
from lca_cardato.brightway.build import build
from lca_cardato.lcia import corrections as module
from lca_cardato.lcia.corrections import FILE, corrected, corrections, corrections_of, state
from lca_cardato.lcia.factors import bundled, correction_state, factors_by_code, tables
from lca_cardato.lcia.flows import listed_flows
from lca_cardato.lcia.indicators import BY_ID, INDICATORS
from lca_cardato.lcia.methods import library, shipped_method
from lca_cardato.text.yamltree import LOADER

AIR, SOIL, WATER = ("air",), ("soil", "agricultural"), ("water", "surface water")
STACK = ("air", "non-urban air or from high stacks")
RIGHT = [
    ("human_toxicity_cancer", "Chromium III", AIR, 7.8078e-05, 0.0),
    ("human_toxicity_cancer", "Chromium III", STACK, 7.632e-05, 0.0),
    ("human_toxicity_non_cancer", "Chromium III", AIR, 4.1364e-06, 1.7697e-09),
    ("human_toxicity_non_cancer", "Chromium III", SOIL, 1.146e-07, 4.5969e-11),
    ("ecotoxicity_freshwater", "Chromium III", AIR, 4288.011, 333.4186),
    ("human_toxicity_non_cancer", "Vanadium V", AIR, 1.3532e-06, 1.3532e-05),
    ("ecotoxicity_freshwater", "Vanadium V", WATER, 0.0, 4775.291),
    ("ecotoxicity_freshwater", "Arsenic ion", WATER, 4740.144, 3263.327),
    ("ecotoxicity_freshwater", "Iron ion", WATER, 158.0383, 2108.502),
    ("ecotoxicity_freshwater", "Thiocyanate", WATER, 0.0, 8779.0),
    ("human_toxicity_non_cancer", "Amine oxides", AIR, 0.012599, 0.0),
    ("climate_change", "Monochloroethane", ("air", "low population density, long-term"), 0.0, 0.481),
]  # fmt: skip
UNTOUCHED = [
    ("human_toxicity_cancer", "Chromium VI", AIR, 7.8078e-05),
    ("ecotoxicity_freshwater", "Chromium VI", AIR, 4288.011),
    ("ecotoxicity_freshwater", "Chromium III", WATER, 952.2973),
    ("human_toxicity_non_cancer", "Arsenic ion", WATER, 0.002526),
    ("eutrophication_marine", "Nitrogen", WATER, 1.0),
    ("climate_change", "Sulfur hexafluoride", AIR, 25200.0),
]


@pytest.fixture(scope="module")
def raw():
    return dict(zip(BY_ID, bundled(INDICATORS)))


@pytest.fixture(scope="module")
def codes():
    return {flow: code for code, flow, _ in listed_flows()}


@pytest.mark.parametrize(("indicator", "name", "where", "before", "now"), RIGHT)
def test_factors_are_those_of_ef(raw, codes, indicator, name, where, before, now):
    """Figures read in ecoinvent's mapping of EF 3.1, not in the file of corrections."""
    code = codes[name, where]
    assert raw[indicator].get(code, 0.0) == pytest.approx(before, rel=1e-5, abs=0)
    [table] = tables([BY_ID[indicator]])
    assert table.of(code, "", ()) == pytest.approx(now, rel=1e-5, abs=0)
    assert table.of("", name, where) == pytest.approx(now, rel=1e-5, abs=0)


@pytest.mark.parametrize(("indicator", "name", "where", "value"), UNTOUCHED)
def test_other_factors_stay(codes, indicator, name, where, value):
    [found] = factors_by_code([BY_ID[indicator]])
    assert found[codes[name, where]] == pytest.approx(value, rel=1e-5)


def test_nothing_else_moves(raw):
    """Every factor that differs from the bundle's is listed, and every listed one differs."""
    own = [one for one in corrections() if "EF v3.1" in one.methods]
    listed = {(one.indicator, one.code): one.now for one in own}
    moved = {}
    for name, table in zip(BY_ID, factors_by_code(INDICATORS)):
        if BY_ID[name].method is None:
            continue
        for code in table.keys() | raw[name].keys():
            if table.get(code, 0.0) != raw[name].get(code, 0.0):
                moved[name, code] = table.get(code, 0.0)
    assert moved == listed
    assert len(own) == len(listed) == 100


def test_the_same_categories_of_en_15804_are_corrected():
    methods = list(library().values())
    counts = {one.id: len(corrections_of(one)) for one in methods if corrections_of(one)}
    assert counts == {
        "en15804_climate_change": 7, "en15804_climate_change_fossil": 2,
        "en15804_climate_change_biogenic": 5,
        "en15804_ecotoxicity_freshwater": 47, "en15804_human_toxicity_carcinogenic": 9,
        "en15804_human_toxicity_non_carcinogenic": 40,
    }  # fmt: skip
    assert not state(zip(methods, bundled(methods))).strange
    assert "47 factors corrected" in shipped_method("en15804_ecotoxicity_freshwater").source
    assert "corrected" not in shipped_method("recipe_2016_h_fetp").source


@pytest.mark.parametrize("place", [AIR, STACK, ("air", "lower stratosphere + upper troposphere")])
def test_methane_of_biogenic_carbon_counts_in_en_15804_with_the_carbon_dioxide_that_it_becomes(
    codes, place
):
    """29.8 as in ecoinvent's corrected mapping of EN 15804; EF 3.1 itself has 27.0."""
    code, methods = codes["Methane, non-fossil", place], library()
    wanted = {"en15804_climate_change": 29.8, "en15804_climate_change_biogenic": 29.8}
    for name, value in wanted.items():
        [table] = factors_by_code([methods[name]])
        assert table[code] == value
    for name in ("en15804_climate_change_fossil", "en15804_climate_change_land_use"):
        [table] = factors_by_code([methods[name]])
        assert not table.get(code)
    [ef, fossil] = tables([BY_ID["climate_change"], methods["en15804_climate_change"]])
    assert ef.of(code, "", ()) == 27.0
    assert fossil.of(codes["Methane, fossil", place], "", ()) == 29.8


def test_a_bundle_that_is_right_is_left_alone(raw):
    one = BY_ID["ecotoxicity_freshwater"]
    right = corrected(one, raw[one.id])
    # as printed with fewer digits, too
    rounded = {code: float(f"{value:.3g}") for code, value in right.items()}
    assert corrected(one, right) == right and corrected(one, rounded) == rounded
    found = state([(one, right)])
    assert (found.applied, found.strange, len(found.mended)) == ([], [], 47)


def test_a_third_value_stays_and_is_told(raw, codes):
    one, code = BY_ID["ecotoxicity_freshwater"], codes["Chromium III", AIR]
    table = {**raw[one.id], code: 1000.0}
    assert corrected(one, table)[code] == 1000.0
    found = state([(one, table)])
    assert len(found.applied) == 46
    assert found.to_dict()["strange"] == ["ecotoxicity_freshwater: Chromium III (air): 1000.0"]


def test_factors_next_to_nothing_are_not_taken_for_nothing():
    one = next(c for c in corrections() if 0 < c.now < 1e-15 and not c.before)
    found = state([(BY_ID[one.indicator], {one.code: one.now})])
    assert one in found.mended and one not in found.applied


def test_every_correction_has_source_reason_and_a_flow_of_ef():
    data = yaml.load(FILE.read_text(encoding="utf-8"), Loader=LOADER)
    assert all(item["reason"] and item["meant"] for item in data["corrections"])
    assert all(one["title"] and one["address"] and one["at"] for one in data["sources"])
    page = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
    assert [item["flow"] for item in data["corrections"] if item["flow"] not in page] == []
    assert f"{len(corrections())} factors" in page
    none = {one.flow[0] for one in corrections() if one.meant == "none"}
    assert all(not one.now for one in corrections() if one.flow[0] in none)


def test_the_result_tells_it(store):
    assert (
        store.corrections
        == correction_state(bundled(INDICATORS))
        == {"factors": 100, "strange": []}
    )
    result = api.assess(ROOT / "scenarios" / "recycled-wool-70.yaml")
    assert result.deviation < 1e-9
    told = result.to_dict()["characterisation"]
    assert told == {"method": "EF 3.1", "corrected": 100, "strange": []}
    strange = replace(result, corrections={"factors": 99, "strange": ["x: Iron ion (water): 7.0"]})
    codes = {w["code"]: w["text"] for w in strange.to_dict()["warnings"]}
    assert "Iron ion" in codes["factors_strange"]
    assert "factors_strange" not in {w["code"] for w in result.to_dict()["warnings"]}


def test_both_solvers_count_what_is_corrected(store, inventory, monkeypatch):
    """Brightway has agreed with the store of either build; they differ in the corrected flows alone."""
    monkeypatch.setattr(module, "corrections", lambda: ())
    files = build(inventory)
    index = json.loads(files["index.json"])
    assert index["corrections"] == {"factors": 0, "strange": []}
    with np.load(io.BytesIO(files["arrays.npz"])) as arrays:
        plain, scores = arrays["characterisation"], arrays["scores"]
    rows, columns = np.nonzero(plain != store.characterisation)
    moved = {(store.background.indicators[c], store.flows[r]) for r, c in zip(rows, columns)}
    monkeypatch.undo()
    listed = {(one.indicator, one.flow) for one in corrections()}
    assert ("human_toxicity_cancer", ("Chromium III", STACK)) in moved <= listed
    column = store.background.indicators.index("human_toxicity_cancer")
    coal = index["datasets"].index("electricity-it-coal")
    assert store.background.scores[coal, column] < scores[coal, column]
