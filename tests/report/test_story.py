"""The report of one assessment says what the result document says."""

import pytest
from conftest import NAMES

from lca_cardato.report.parts import Claim, Facts, Table, Text
from lca_cardato.report.stories.assessment import assessment_report
from lca_cardato.studies.material import of_assessment
from lca_cardato.words.language import Language
from lca_cardato.words.units import display


@pytest.fixture(scope="module")
def made(assessed):
    cache = {}

    def get(name, lang="en"):
        if (name, lang) not in cache:
            material = of_assessment(assessed(name), lang, samples=200)
            cache[name, lang] = material, assessment_report(material)
        return cache[name, lang]

    return get


def read(text, lang="en"):
    """Number that a text shows; the bound sign is left out."""
    text = text.replace("≥ ", "")
    return float(text.replace(",", ".") if lang == "it" else text)


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_scenario_has_a_whole_report(made, name):
    _, report = made(name)
    for keys in ([t.key for t in report.tables()], [p.key for p in report.pictures()]):
        assert len(set(keys)) == len(keys)
    for table in report.tables():
        assert table.rows and table.title
        assert {len(row) for row in table.rows} == {len(table.columns)}, table.key
    for picture in report.pictures():
        assert picture.alt and "<svg" in picture.svg
    wanted = {"summary", "claims", "goal", "stages", "flow", "uncertainty", "data", "reproduce"}
    assert wanted <= {section.key for section in report.sections}


@pytest.mark.parametrize("lang", ["en", "it"])
def test_numbers_are_those_of_the_document(made, lang):
    material, report = made("recycled-wool-70", lang)
    words, document = Language(lang), material.document
    tables = {table.key: table for table in report.tables()}
    shown = {row[0].text: row for row in tables["indicators"].rows}
    for name in ("climate_change", "energy", "water_consumed"):
        item = document["indicators"][name]
        value, unit = display(name, item["value"], item["unit"])
        row = shown[words(name)]
        assert row[1].value == value and row[2].text == unit
        assert read(row[1].text, lang) == pytest.approx(value, rel=5e-3)
    stages = tables["stages"]
    assert stages.total
    climate = [row[1].value for row in stages.rows]
    assert sum(climate[:-1]) == pytest.approx(climate[-1], rel=1e-9)
    exchanges = [row[7].value for row in tables["contributions"].rows]
    assert sum(exchanges) == pytest.approx(climate[-1], rel=1e-9)
    for row in tables["contributions"].rows:
        made_kg, per_kg, score, value = (row[i].value for i in (3, 4, 6, 7))
        assert made_kg * per_kg * score == pytest.approx(value, rel=1e-9, abs=1e-15)
        assert row[8].text.endswith(f"= {row[7].text}")


def test_claims_are_told_criterion_by_criterion(made):
    material, report = made("recycled-wool-70")
    claims = [block for block in report.blocks() if isinstance(block, Claim)]
    assert len(claims) == len(material.document["claims"])
    assert [c.name for c in claims[:2]] == ["Cardato", "Cardato Recycled"]
    assert not claims[0].folded and claims[-1].folded
    facts = [f for block in report.blocks() if isinstance(block, Facts) for f in block.facts]
    assert {f.label: f.mark for f in facts if f.mark} == {
        "Cardato": "meets", "Cardato Recycled": "meets",
    }  # fmt: skip
    quotes = [q for c in claims for criterion in c.criteria for q in criterion.quotes]
    assert (
        "almeno 60% di fibre cardate",
        "https://cardato.it/it/marchi/marchio-cardato/",
    ) in quotes


def test_what_a_third_party_report_must_say(made):
    """ISO 14044, 5.2: goal, scope, unit, boundary, allocation, data, limits, review."""
    _, report = made("recycled-wool-70")
    goal = next(t for t in report.tables() if t.key == "goal")
    subjects = {row[0].text for row in goal.rows}
    assert {
        "Goal",
        "For whom",
        "Declared unit",
        "System boundary",
        "Allocation",
        "Review",
    } <= subjects
    words = " ".join(b.text for b in report.blocks() if isinstance(b, Text))
    assert "relative expressions" in words and "critical review" in words


def test_digest_is_that_of_the_result(made, assessed):
    import hashlib

    from lca_cardato.results.csv_tables import json_text

    material, report = made("virgin-wool")
    text = json_text(assessed("virgin-wool").to_dict())
    assert report.digest == hashlib.sha256(text.encode()).hexdigest()
    digests = next(t for t in report.tables() if t.key == "digests")
    assert digests.rows[-1][1].text == report.digest
    assert material.digests[0][1] == assessed("virgin-wool").scenario_digest


def test_intervals_hold_the_draws(made):
    material, report = made("virgin-wool")
    table = next(t for t in report.tables() if t.key == "uncertainty")
    assert isinstance(table, Table) and len(table.rows) == len(material.uncertainty["indicators"])
    for row in table.rows:
        low, median, high = (row[i].value for i in (2, 3, 4))
        assert low < median < high
    spans = [abs(row["high"] - row["low"]) for row in material.tornado]
    assert spans == sorted(spans, reverse=True) and spans[0] > 0


@pytest.mark.parametrize("lang", ["en", "it"])
def test_own_rework_is_told_once(made, lang):
    """In the page, the workbook and on the screen; the result holds it with every reason."""
    material, report = made("recycled-wool-70", lang)
    sentence = Language(lang)("rework_apart")
    assert str(material.document["claims"]).count(sentence) > 2
    section = next(s for s in report.sections if s.key == "claims")
    assert str(section.blocks).count(sentence) == 1


def test_the_whole_of_a_table_is_a_lower_bound_where_a_part_is(made):
    from lca_cardato.report.tables.assessment import stages
    from lca_cardato.report.tables.studies import compared
    from lca_cardato.report.tables.studies import stages as stages_of_several

    document = made("recycled-wool-70")[0].document
    name = "eutrophication_freshwater"
    item = document["indicators"][name]
    bound = {**document, "indicators": {name: {**item, "coverage": 0.6, "lower_bound": True}}}
    assert stages(bound, Language("en"), [name]).rows[-1][1].text.startswith("≥ ")
    several = {
        "scenarios": [{"id": "a"}, {"id": "b"}],
        "indicators": {name: {
            "unit": "kg P-eq", "values": [1.0, 2.0], "coverage": [0.6, 1.0], "by_stage": {},
            "comparable": [True, False], "difference_relative": [0.0, None],
            "difference_interval": [None, None],
        }},
    }  # fmt: skip
    last = stages_of_several(several, Language("en"), name).rows[-1]
    row = compared(several, Language("en"), ["a", "b"]).rows[0]
    assert [cell.text for cell in (*last[1:], *row[2:4])] == ["≥ 1.00", "2.00"] * 2
