"""Two cut-offs and the formula side by side."""

import pytest
from conftest import ROOT, declared, scenario_dict

from lca_cardato.model.cff import end_of_waste_step
from lca_cardato.report.tables.assessment import allocation as story_table
from lca_cardato.results.allocation import allocation
from lca_cardato.results.document import result_document
from lca_cardato.scenario.load import load_scenario
from lca_cardato.studies.assess import assess_loaded
from lca_cardato.words.language import Language

POST, PRE = "recycled_post_consumer", "recycled_pre_consumer"


def summed(result, keys):
    """Climate change of some activities, from the contributions one by one."""
    place = result.background.indicators.index("climate_change")
    values = result.contributions()[:, place]
    return sum(
        value
        for exchange, value in zip(result.main.system.exchanges, values)
        if result.main.system.activities[exchange.activity].key in keys
    )


@pytest.mark.parametrize("name", ["recycled-wool-70", "recycled-fabric", "recycled-threshold-65"])
def test_what_lies_before_the_end_of_waste_is_taken_off(assessed, name):
    """By hand: supply, delivery, and every step of the fibre before the dyeing."""
    result = assessed(name)
    keys, lines = set(), [line for yarn in result.main.model.yarns for line in yarn.lines]
    for line in lines:
        if line.recycled:
            assert end_of_waste_step(line).id == "tearing" == line.steps[-1].id
            keys |= {f"{line.key}/supply", f"{line.key}/delivery"}
            keys |= {use.key for use in line.steps}
    table = allocation(result, ["climate_change"])
    cut_off, ended = (table[key]["climate_change"] for key in ("cut_off", "end_of_waste"))
    assert cut_off == result.score("climate_change") > ended > 0
    assert cut_off - ended == pytest.approx(summed(result, keys), rel=1e-9)
    before = sum(row["climate_change_before_end_of_waste"] for row in table["materials"])
    assert cut_off - ended == pytest.approx(before, rel=1e-9)


def made(inventory, *blend):
    loaded = load_scenario(declared(scenario_dict(blend=list(blend))))
    return assess_loaded(loaded, inventory, ())


def test_dyeing_of_a_torn_fibre_stays(inventory, store):
    line = {"fibre": "wool", "share": "100 %", "origin": POST}
    sorted_, dyed = (made(inventory, {**line, "colour": c}) for c in ("shade_sorted", "to_dye"))
    tables = [allocation(result, ["climate_change"]) for result in (sorted_, dyed)]
    dyeing = summed(dyed, {"yarn/0/dyeing-stock"})
    assert dyeing > 0
    gaps = [t["cut_off"]["climate_change"] - t["end_of_waste"]["climate_change"] for t in tables]
    assert gaps[1] == pytest.approx(gaps[0], rel=0.03)  # the loss of the dyeing only
    assert tables[1]["end_of_waste"]["climate_change"] > dyeing


def test_fibre_bought_as_recycled_keeps_its_burden(inventory, store):
    line = {"fibre": "polyester", "share": "100 %", "origin": POST}
    table = allocation(made(inventory, line), ["climate_change"])
    assert table["end_of_waste"] == table["cut_off"]
    assert table["materials"][0]["end_of_waste_step"] is None


def test_virgin_fibre_has_no_end_of_waste(assessed):
    table = allocation(assessed("virgin-wool"), ["climate_change", "energy"])
    assert table["end_of_waste"] == table["cut_off"] and table["materials"] == []


@pytest.mark.parametrize(
    "lang, said", [("en", "end of waste"), ("it", "cessazione della qualifica")]
)
def test_three_ways_stand_in_every_output(command, tmp_path, lang, said):
    from openpyxl import load_workbook

    path = ROOT / "scenarios/recycled-wool-70.yaml"
    files = [one for name in ("r.html", "r.xlsx") for one in ("--report", tmp_path / name)]
    done = command("assess", path, "--full", "--lang", lang, *files)
    assert done.returncode == 0, done.stderr
    cells = [c.value for s in load_workbook(tmp_path / "r.xlsx") for row in s for c in row]
    for text in (done.stdout, (tmp_path / "r.html").read_text("utf-8"), " ".join(map(str, cells))):
        assert said in text and "Circular Footprint Formula" in text


@pytest.mark.parametrize(
    ("name", "lang", "said"),
    [
        ("recycled-wool-70", "en", "(A = 0.8, Qsin/Qp = 0.5)"),
        ("knit-polyester-blend", "en",
         "(wool: A = 0.8, Qsin/Qp = 0.5; polyester: A = 0.5, Qsin/Qp = 0.7)"),
        ("knit-polyester-blend", "it",
         "(lana: A = 0,8, Qsin/Qp = 0,5; poliestere: A = 0,5, Qsin/Qp = 0,7)"),
    ],
)  # fmt: skip
def test_the_formula_names_the_parameters_of_every_fibre(assessed, name, lang, said):
    document = result_document(assessed(name), lang)
    table = story_table(document, Language(lang), ["climate_change"])
    assert table.rows[2][0].text == f"Circular Footprint Formula {said}"


def test_the_formula_by_hand(assessed):
    """Cut-off + (1 - A) x mass x (virgin x Qsin/Qp - recycled), fibre by fibre."""
    item = allocation(assessed("knit-polyester-blend"), ["climate_change"])
    added = sum(
        (1 - row["A"]) * row["mass"]
        * (row["climate_change_virgin"] * row["Qsin/Qp"] - row["climate_change_recycled"])
        for row in item["materials"]
    )  # fmt: skip
    assert {row["A"] for row in item["materials"]} == {0.8, 0.5}
    by_hand = item["cut_off"]["climate_change"] + added
    assert item["cff"]["climate_change"] == pytest.approx(by_hand, rel=1e-9)


def test_the_document_names_the_step(assessed):
    item = result_document(assessed("recycled-wool-70"), "it")["allocation"]
    assert list(item["end_of_waste"]) == list(item["cut_off"])
    assert item["materials"][0]["end_of_waste_name"].startswith("Stracciatura")
