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
