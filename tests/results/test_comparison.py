"""A difference from virgin fibre: told where both sides are inventoried, with interval and range."""

import csv
import io

import numpy as np
import pytest
from conftest import ROOT, declared, scenario_dict

from lca_cardato import api
from lca_cardato.background.open import data_of
from lca_cardato.calculation.simulate import Products, simulate
from lca_cardato.calculation.solve import calculate
from lca_cardato.report.tables.reference import _range_line
from lca_cardato.results.breakdown import coverage, coverage_of
from lca_cardato.results.comparison import BESIDE, comparable, interval
from lca_cardato.results.csv_tables import tables
from lca_cardato.results.document import result_document
from lca_cardato.results.rounding import percentiles
from lca_cardato.results.versions import BEFORE, in_version
from lca_cardato.scenario.load import load_scenario
from lca_cardato.studies.assess import assess_loaded
from lca_cardato.studies.material import of_assessment
from lca_cardato.studies.paired import DRAWS, SEED
from lca_cardato.studies.references import Swap, _from_virgin, other_supplies, virgin_alternatives
from lca_cardato.words.language import Language

RECYCLED = ("recycled-wool-70", "recycled-fabric", "knit-polyester-blend", "recycled-threshold-65")


@pytest.mark.parametrize(
    "own, other, told",
    [
        (0.95, 0.95, True),
        (0.9499, 1.0, False),
        (1.0, 0.9499, False),
        (1.0, 1.0, True),
        (0, 0, False),
    ],
)
def test_both_sides_have_to_be_covered(own, other, told):
    assert comparable(own, other) is told


@pytest.mark.parametrize("name", RECYCLED)
def test_a_difference_is_told_only_where_both_sides_are_covered(assessed, name):
    result = assessed(name)
    own = coverage(result)
    theirs = coverage_of(result.reference, result.background)
    found = result_document(result)["reference"]["indicators"]
    told = set()
    for place, indicator in enumerate(result.background.indicators):
        item = found[indicator]
        assert item["coverage"] == pytest.approx(theirs[place])
        assert item["comparable"] == (min(own[place], theirs[place]) >= 0.95)
        if not item["comparable"]:
            assert item["difference"] is None and item["interval"] is None
            continue
        told.add(indicator)
        value = float(result.reference.scores[place])
        if value:
            gap = result.scores[place] / value - 1
            assert item["difference"] == pytest.approx(gap, abs=1e-9)
            assert item["interval"]["low"] <= item["interval"]["median"] <= item["interval"]["high"]
    assert ("climate_change" in told and len(told) < len(found)) or len(told) == len(found)


def test_the_interval_is_that_of_draws_made_apart(assessed):
    """Each product drawn alone, with the same seed: figures that both share have the same draws."""
    result = assessed("recycled-wool-70")
    store = data_of(result.inventory, ()).store
    made = []
    for model in (result.main.model, result.reference.model):
        products = Products([model], result.inventory, store, ["climate_change"])
        made.append(simulate(products, DRAWS, SEED).scores[0, 0])
    ends = np.percentile(made[0] / made[1] - 1, [2.5, 50, 97.5])
    found = result_document(result)["reference"]["indicators"]["climate_change"]["interval"]
    assert [found[k] for k in ("low", "median", "high")] == pytest.approx(list(ends), abs=1e-9)
    apart = np.percentile(made[0] / made[1][::-1] - 1, [2.5, 97.5])
    assert found["high"] - found["low"] < apart[1] - apart[0]


def test_an_interval_needs_something_to_divide_by():
    ones = np.ones(4)
    assert interval(ones, np.array([1.0, 0, 1, 1])) is None
    assert interval(ones, 2 * ones) == {"low": -0.5, "median": -0.5, "high": -0.5}
    assert interval(ones, -ones)["median"] == 2.0


def test_the_ends_of_the_range_are_products_of_their_own(assessed, inventory):
    """The yarn of recycled wool, written again with the virgin wools at both ends."""
    result = assessed("recycled-wool-70")
    document = result_document(result)
    found = document["reference"]["ranges"]["climate_change"]
    gaps = [
        row["indicators"]["climate_change"]["difference"]
        for row in document["reference"]["alternatives"]
        if row["same_label"]
    ]
    assert found["of"] == len(gaps) > 10
    ends = [found[end]["difference"] for end in ("least", "most")]
    assert ends == pytest.approx([max(gaps), min(gaps)], rel=1e-10)
    assert found["least"]["difference"] - found["most"]["difference"] > 0.2
    kinds = {row["undyed"] for row in document["reference"]["alternatives"] if row["same_label"]}
    assert kinds == {True, False}
    data = (ROOT / "scenarios/recycled-wool-70.yaml").read_text("utf-8")
    import yaml

    for end in ("least", "most"):
        [dataset] = found[end]["datasets"]
        text = yaml.safe_load(data)
        line = text["blend"][0]
        land = inventory.datasets[dataset].geography
        place = {"IT": "italy", "GB": "united-kingdom", "NZ": "new-zealand"}.get(land, "australia")
        undyed = found[end]["supply"].endswith("undyed")
        text["blend"][0] = {
            "fibre": "wool", "share": line["share"], "origin": "virgin", "dataset": dataset,
            "place": place, "colour": "undyed" if undyed else "to_dye",
        }  # fmt: skip
        for name in ("documents", "evidence"):
            text.pop(name, None)
        again = load_scenario(declared(text))
        value = calculate(_resolved(again, inventory), result.background).scores[
            result.background.indicators.index("climate_change")
        ]
        assert found[end]["value"] == pytest.approx(value, rel=1e-9)


def _resolved(loaded, inventory):
    from lca_cardato.model.resolve import resolve

    return resolve(loaded, inventory, examined=False)


def test_several_recycled_fibres_stand_at_the_same_end(assessed):
    result = assessed("knit-polyester-blend")
    loaded = load_scenario(ROOT / "scenarios/knit-polyester-blend.yaml")
    document = result_document(result)
    rows = [row for row in document["reference"]["alternatives"] if row["same_label"]]
    place = result.background.indicators.index("climate_change")
    for end, pick in (("least", min), ("most", max)):
        swaps = {}
        for name in dict.fromkeys(row["replaces"] for row in rows):
            some = [row for row in rows if row["replaces"] == name]
            row = pick(some, key=lambda row: row["indicators"]["climate_change"]["value"])
            default = result.inventory.fibres[row["fibre"]].supplies["virgin"].dataset
            dataset = None if row["dataset"] == default else row["dataset"]
            swaps[name] = Swap(row["fibre"], dataset, row["undyed"])
        assert len(swaps) == 2
        model = _from_virgin(loaded, result.inventory, swaps)
        value = calculate(model, result.background).scores[place]
        found = document["reference"]["ranges"]["climate_change"][end]
        assert found["value"] == pytest.approx(value, rel=2e-3)  # losses differ by fibre
        assert found["difference"] == pytest.approx(result.scores[place] / value - 1, abs=2e-3)


def test_other_supplies_reach_a_blend_without_a_step(inventory):
    found = other_supplies(inventory, "wool")
    assert {"wool-scoured-nz", "wool-scoured-it", "wool-scoured-au-biophysical"} <= set(found)
    assert not {"wool-top", "wool-scoured-au", "wool-greasy-nz"} & set(found)


def test_a_supply_comes_from_its_country(inventory):
    data = scenario_dict(
        blend=[{"fibre": "wool", "share": "100 %", "origin": "recycled_post_consumer"}]
    )
    found = {
        one.dataset: one.model.yarns[0].lines[0].legs
        for one in virgin_alternatives(load_scenario(declared(data)), inventory)
        if not one.undyed and one.fibre == "wool"
    }
    modes = {key: " ".join(map(str, legs)) for key, legs in found.items()}
    assert "ship" in modes["wool-scoured-nz"] and "ship" not in modes["wool-scoured-it"]


def told(result, lang):
    """What the terminal and the reports say of a result."""
    import io as streams

    from openpyxl import load_workbook
    from rich.console import Console

    from lca_cardato.report.formats.html import html_text
    from lca_cardato.report.formats.xlsx import xlsx_bytes
    from lca_cardato.report.screens.assessment import render
    from lca_cardato.report.stories.assessment import assessment_report

    material = of_assessment(result, lang, samples=0)
    report, screen = assessment_report(material), streams.StringIO()
    render(material.document, Console(file=screen, width=200), full=True)
    sheets = load_workbook(streams.BytesIO(xlsx_bytes(report)))
    cells = " ".join(str(c.value) for s in sheets for row in s for c in row)
    return [" ".join(text.split()) for text in (screen.getvalue(), html_text(report), cells)]


@pytest.mark.parametrize("lang", ["en", "it"])
def test_every_output_tells_range_interval_and_coverage(assessed, lang):
    result = assessed("recycled-wool-70")
    document = result_document(result, lang)
    found = document["reference"]["ranges"]["climate_change"]
    ends = [f"{-found[end]['difference'] * 100:.0f}" for end in ("least", "most")]
    said = {"en": "saves {} to {} %", "it": "risparmia da {} a {} %"}[lang].format(*ends)
    stated = document["reference"]["indicators"]["climate_change"]["interval"]
    for text in told(result, lang):
        assert said in text
        assert f"{stated['low'] * 100:+.0f}" in text and f"{stated['high'] * 100:+.0f} %" in text
    shown = told(result, lang)[0]
    assert shown.index(said) < shown.index("EF 3.1")  # beside the figure itself


@pytest.mark.parametrize("lang, word", [("en", "not comparable"), ("it", "non confrontabile")])
def test_every_output_says_where_nothing_is_told(assessed, lang, word, monkeypatch):
    """No side is covered to more than the whole: nothing is comparable, and no percentage is left."""
    result = assessed("recycled-wool-70")
    gap = result_document(result)["reference"]["indicators"]["climate_change"]["difference"]
    monkeypatch.setattr("lca_cardato.results.comparison.COVERED", 1.01)
    reference = result_document(result, lang)["reference"]
    assert not any(item["comparable"] for item in reference["indicators"].values())
    assert reference["ranges"] == {}
    for text in told(result, lang):
        assert word in text and f"{gap * 100:+.0f} %" not in text
        assert {"en": "saves ", "it": "risparmia "}[lang] not in text


@pytest.mark.parametrize(
    ("least", "most", "en", "it"),
    [
        (-0.21, -0.91, "saves 21 to 91 % against", "risparmia da 21 a 91 % rispetto"),
        (-0.979, -0.981, "saves 98 % against", "risparmia 98 % rispetto"),
        (-0.44, -0.9997, "saves 44 to 99.97 % against", "risparmia da 44 a 99,97 % rispetto"),
        (-0.44, -0.9988, "saves 44 to 99.9 % against", "risparmia da 44 a 99,9 % rispetto"),
        (0.0, -0.5, "saves 0 to 50 % against", "risparmia da 0 a 50 % rispetto"),
        (0.1, -0.5, ": -50 % to +10 % against", ": da -50 % a +10 % rispetto"),
    ],
)
def test_the_range_is_said_once_where_its_ends_are_alike(least, most, en, it):
    ends = {"least": {"difference": least}, "most": {"difference": most}}
    for lang, said in (("en", en), ("it", it)):
        text = _range_line(Language(lang), "climate_change", "virgin wool", ends).text
        assert said in text, text


def test_table_of_the_reference(assessed, monkeypatch):
    result = assessed("recycled-wool-70")
    document = result_document(result)
    rows = list(csv.DictReader(io.StringIO(tables(document)["reference.csv"])))
    stated = next(row for row in rows if row["supply"] == "virgin_fibre")
    item = document["reference"]["indicators"]["climate_change"]
    assert float(stated["low"]) == item["interval"]["low"] and stated["comparable"] == "True"
    inside = [
        row for row in rows if row["in_range"] == "True" and row["indicator"] == "climate_change"
    ]
    assert len(inside) == document["reference"]["ranges"]["climate_change"]["of"]
    frame = api.assess(ROOT / "scenarios/recycled-wool-70.yaml").table("reference")
    assert len(frame) == len(rows)
    assert "reference.csv" not in tables(result_document(assessed("virgin-wool")))
    monkeypatch.setattr("lca_cardato.results.comparison.COVERED", 1.01)
    text = tables(result_document(result))["reference.csv"]
    for row in csv.DictReader(io.StringIO(text)):
        assert row["comparable"] == "False" and row["difference"] == row["low"] == ""


def test_a_result_of_the_version_before_shows_no_difference(assessed):
    from lca_cardato.report.stories.assessment import assessment_report

    result = assessed("recycled-wool-70")
    material = of_assessment(result, "en", samples=0)
    material.document = in_version(material.document, BEFORE)
    old = material.document["reference"]["indicators"]["acidification"]
    assert old["difference"] < -0.9 and set(old) == {"value", "difference"}
    report = str(assessment_report(material))
    assert "-89 %" not in report and "-99 %" not in report


def test_draws_without_a_mass_balance_leave_the_difference(inventory, store):
    """A loss that can reach 95 % with rework beside it: the difference stands without interval."""
    import dataclasses

    loaded = load_scenario(ROOT / "scenarios/recycled-wool-70.yaml")
    result = assess_loaded(loaded, inventory, ())
    assert result.drawn is not None and result.drawn.scores.shape[2] == DRAWS
    bare = dataclasses.replace(result, drawn=None)
    found = result_document(bare)["reference"]
    assert found["draws"] is None
    item = found["indicators"]["climate_change"]
    assert item["difference"] is not None and item["interval"] is None
    assert set(found["ranges"]) <= set(BESIDE)


@pytest.mark.parametrize("count", [2, 39, 40, 1024])
def test_percentiles_are_those_of_numpy(count):
    values = np.random.default_rng(count).normal(size=count)
    ends = (0, 2.5, 50, 97.5, 100)
    assert percentiles(values, ends) == pytest.approx(np.percentile(values, ends), rel=1e-14)


def test_alternatives_are_drawn_for_what_is_told_of_them(assessed):
    """Their draws are those that they have when every indicator is drawn."""
    result = assessed("recycled-wool-70")
    drawn, names = result.drawn, list(result.drawn.indicators)
    told = [names.index(name) for name in BESIDE]
    assert np.isfinite(drawn.scores[:2]).all() and np.isfinite(drawn.scores[2:, told]).all()
    assert np.isnan(np.delete(drawn.scores[2:], told, axis=1)).all()
    last = result.alternatives[-1].calculated.model
    store = data_of(result.inventory, ()).store
    models = [result.main.model, result.reference.model, *[last] * 2]
    whole = simulate(Products(models, result.inventory, store, names), 1024, drawn.seed)
    assert drawn.scores[-1, told] == pytest.approx(whole.scores[-1, told], rel=1e-12)


@pytest.mark.parametrize(("least", "most", "en", "it"), [
    ((-0.02, -0.08, 0.07), (-0.32, -0.41, -0.23), "saves up to 32 %", "risparmia fino a 32 %"),
    ((-0.02, -0.08, 0.07), (-0.05, -0.2, 0.1), "no difference that can be told from 0",
     "nessuna differenza distinguibile da 0"),
    ((-0.004, -0.009, -0.001), (-0.9998, -0.9999, -0.9997), "saves 0.4 to 99.98 %",
     "risparmia da 0,4 a 99,98 %"),
    ((0.1, 0.05, 0.2), (-0.5, -0.6, -0.4), "-50 % to +10 %", "da -50 % a +10 %"),
])  # fmt: skip
def test_a_saving_that_cannot_be_told_from_nothing_is_not_told_as_one(least, most, en, it):
    from lca_cardato.report.tables.reference import range_told, unclear_ends

    def end(values, supply):
        gap, low, high = values
        return {"difference": gap, "supply": supply, "interval": {"low": low, "high": high}}

    found = {"least": end(least, "wool A"), "most": end(most, "wool B")}
    for lang, said in (("en", en), ("it", it)):
        assert range_told(Language(lang), found)[0] == said
    unclear = str(unclear_ends(Language("en"), "energy", found))
    for (_, low, high), name in ((least, "wool A"), (most, "wool B")):
        assert (name in unclear) == (low <= 0 <= high)
