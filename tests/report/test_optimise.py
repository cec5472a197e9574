"""The report of an optimisation: the same figures in every format and in both languages."""

import io
import json

import openpyxl
import pytest
from conftest import ROOT

from lca_cardato import api
from lca_cardato.report.stories.optimise import optimise_report
from lca_cardato.words.language import Language

SPACE = ROOT / "scenarios" / "best.space.yaml"
FRONT = {"front": {"of": ["cost", "climate_change"], "points": "4"}}


@pytest.fixture(scope="module")
def front(store):
    return api.optimise(SPACE, changes=FRONT)


@pytest.mark.parametrize("lang", ["en", "it"])
def test_every_blend_is_told_with_shares_limits_and_verdicts(front, lang):
    document, words = front.to_dict(lang), Language(lang)
    report = optimise_report(document, lang)
    assert len(document["blends"]) > 2
    tables = {table.key: table for table in report.tables()}
    for place, blend in enumerate(document["blends"]):
        used = [line for line in blend["lines"] if line["fraction"] != "0"]
        rows = tables[f"blend_{place}"].rows
        assert [row[0].text for row in rows] == [line["name"] for line in used]
        assert sum(row[2].value for row in rows) == pytest.approx(100)
        assert len(tables[f"limits_{place}"].rows) == len(blend["limits"])
        verdicts = [row[1].text for row in tables[f"verdicts_{place}"].rows]
        assert verdicts == [words("meets")] * len(blend["claims"])
    values = [row[1].value for row in tables["front_points"].rows]
    assert values == [blend["values"]["cost"]["value"] for blend in document["blends"]]
    assert [picture.key for picture in report.pictures()] == ["front"]


def test_every_format_is_written(front, tmp_path):
    files = [tmp_path / f"front.{form}" for form in ("html", "pdf", "xlsx", "json")]
    assert api.report(front, *files, lang="it") == files
    document = json.loads(files[3].read_text(encoding="utf-8"))
    page = files[0].read_text(encoding="utf-8")
    assert all(line["name"] in page for line in document["blends"][0]["lines"])
    assert "<svg" in page and files[1].read_bytes().startswith(b"%PDF")
    book = openpyxl.load_workbook(io.BytesIO(files[2].read_bytes()))
    cells = [c.value for sheet in book for row in sheet.iter_rows() for c in row]
    assert document["blends"][1]["values"]["climate_change"]["value"] in cells


def test_a_front_is_a_table_and_a_chart(front):
    table = front.table()
    assert list(table["cost"]) == sorted(table["cost"]) and len(table) == len(front.blends)
    assert front.charts() == ["front"] and "blends" in repr(front)


def test_the_command_writes_the_report_and_no_passport(command, tmp_path):
    out = tmp_path / "best.html"
    done = command("optimise", SPACE, "--report", out, "--lang", "it")
    assert done.returncode == 0 and out.is_file()
    assert "Cardato Recycled" in out.read_text(encoding="utf-8")
    refused = command("optimise", SPACE, "--report", tmp_path / "best.jsonld")
    assert refused.returncode == 3 and "E215" in refused.stderr
    assert not (tmp_path / "best.jsonld").exists()


def test_limits_and_choices_are_said_in_the_language_and_keep_their_names_in_the_document(store):
    best = api.optimise(
        SPACE,
        changes={
            "limits": ["water_consumed <= 0.0125", "recycled_product_dry >= 60", "fibres >= 9"]
        },
    )
    told = {}
    for lang in ("en", "it"):
        document = best.to_dict(lang)
        report = optimise_report(document, lang)
        limits = next(table for table in report.tables() if table.key == "limits")
        told[lang] = {row[0].text: row[2].value for row in limits.rows}
        [blend] = document["blends"]
        named = {item["quantity"]: item for item in blend["limits"] if "quantity" in item}
        assert list(named) == ["water_consumed", "recycled_product_dry", "fibres"]
        water, content = named["water_consumed"], named["recycled_product_dry"]
        assert (water["number"], water["unit"], water["most"]) == (0.0125, "m3", True)
        assert water["told"] == "water_consumed <= 0.0125 m3"
        values = blend["values"]
        assert water["room"] == pytest.approx(0.0125 - values["water_consumed"]["value"])
        assert content["room"] == pytest.approx(values["recycled_product_dry"]["value"] - 60)
        said = {item["path"]: (item["value"], item["told"]) for item in blend["chosen"]}
        dyed = next(both for path, both in said.items() if path.endswith("colour"))
        assert dyed == ("to_dye", {"en": "to be dyed", "it": "da tingere"}[lang])
    assert "Water consumed ≤ 12.5 L" in told["en"] and "Acqua consumata ≤ 12,5 L" in told["it"]
    assert told["it"]["Acqua consumata ≤ 12,5 L"] == pytest.approx(1000 * water["room"])
    assert "riciclato nel prodotto, massa anidra ≥ 60 %" in told["it"]
    assert "viscosa: 900 kg in giacenza" in told["it"] and "fibres ≥ 9 fibre" in told["it"]
    assert not any("_" in text or "<=" in text for rows in told.values() for text in rows)


def test_the_screen_shows_no_key_of_a_file(command):
    shown = command("optimise", SPACE, "--lang", "it").stdout
    assert "; poliammide 6, colore: da tingere; " in shown
    assert "to_dye" not in shown and "climate_change" not in shown and "photovoltaic" not in shown
