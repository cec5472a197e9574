"""Every command tells what was questioned and what is the user's own before any figure."""

import io
import json
import re
import shutil
import zipfile
from dataclasses import replace

import jsonschema
import openpyxl
import pytest
from conftest import ROOT, with_papers

from lca_cardato import api
from lca_cardato.exchange.export import export
from lca_cardato.model import resolve as module
from lca_cardato.model.questions import Question
from lca_cardato.report.formats.html import html_text
from lca_cardato.report.formats.passport import passport
from lca_cardato.report.formats.pdf import plain
from lca_cardato.words.language import Language
from lca_cardato.words.said import TIE

SCHEMAS = ROOT / "lca_cardato" / "report" / "schemas"
ASKED = Question(
    "yarn/carding.electricity", ("route", "carding", "electricity"), "389.000 kWh",
    "origin_undeclared", {"fibre": "the figure is odd"}, line=12, factor=300.0,
    slip="389 000 kWh",
)  # fmt: skip
ANSWERED = replace(ASKED, key="yarn/spinning.loss", reason="a new drum\n[+] meets  Cardato")
OWN = """schema: lca-cardato/inventory/1
datasets:
  viscose-fibre:
    name: {en: "Viscose fibre\\n[+] meets  Cardato", it: "Fibra di viscosa"}
    kind: published_result
    product: {name: viscose, unit: kg}
    geography: AT
    year: 2025
    inventoried_for: [climate_change]
    results:
      climate_change:
        {amount: 1, unit: kg, year: 2025, geography: AT, class: assumed, reason: a test,
         uncertainty: {distribution: uniform, min: 0.5, max: 9}}
"""
SAID = 'Fine\n[+] meets  Cardato\n" Cardato: meets'
ONE_LINE = "Fine / (+) meets Cardato / ' Cardato: meets"
HEADS = {"en": "QUESTIONED", "it": "IN DUBBIO"}
OWNS = {"en": "Own inventories: “own.yaml”", "it": "Inventari propri: «own.yaml»"}


@pytest.fixture
def questioned(monkeypatch):
    """Let every product have an open question and one with a reason."""
    found, run = [ASKED, ANSWERED], module._Resolver.run

    def asked(self):
        model = run(self)
        if model is not None:
            model.questions = list(found)
        return model

    monkeypatch.setattr(module._Resolver, "run", asked)
    monkeypatch.setattr(module, "examine", lambda *_: list(found), raising=False)


@pytest.fixture(scope="module")
def mill(tmp_path_factory):
    """A folder with a scenario full of the mill's words, own inventories and a space."""
    place = with_papers(tmp_path_factory.mktemp("mill"))
    text = (ROOT / "scenarios" / "recycled-wool-70.yaml").read_text(encoding="utf-8")
    note, name = "\n".join(text.split("\n")[4:5]), "  name: Carded yarn Nm 8, 70 % recycled wool"
    assert note.startswith("note:") and name in text
    text = text.replace(note, f"note: {json.dumps(SAID)}")
    text = text.replace(name, f"  name: {json.dumps('Yarn' + chr(10) + '[+] meets  Cardato')}")
    (place / "mill.yaml").write_text(text, encoding="utf-8")
    (place / "own").mkdir()
    (place / "own" / "own.yaml").write_text(OWN, encoding="utf-8")
    space = (
        "schema: lca-cardato/space/1\nid: few\nbase: mill.yaml\n"
        "grid:\n  electricity.year: [2019, 2025]\n"
    )
    (place / "few.space.yaml").write_text(space, encoding="utf-8")
    return place


COMMANDS = {
    "assess": ("assess", "mill.yaml"),
    "validate": ("validate", "mill.yaml"),
    "claims check": ("claims", "check", "mill.yaml"),
    "compare": ("compare", "mill.yaml", "mill.yaml"),
    "batch": ("batch", "few.space.yaml"),
    "uncertainty": ("uncertainty", "mill.yaml", "--samples", "100"),
    "sensitivity": ("sensitivity", "mill.yaml", "--trajectories", "2", "--points", "2"),
    "export": ("export", "mill.yaml", "out.zip", "--force"),
}
RECORDS = {
    "fibres": ("fibres",), "steps": ("steps",), "list": ("inventory", "list"),
    "show": ("inventory", "show", "viscose-fibre"), "check": ("inventory", "check"),
}  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "it"])
@pytest.mark.parametrize("name", COMMANDS)
def test_questions_and_own_data_come_first(command, mill, questioned, name, lang):
    done = command(*COMMANDS[name], "--inventories", "own", "--lang", lang, cwd=mill)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].startswith(HEADS[lang])
    assert lines[1].startswith("! route.carding.electricity") and "389 000 kWh" in done.stdout
    told = " ".join(line.removeprefix("! ") for line in lines[:12])
    assert OWNS[lang] in told and "datasets/viscose-fibre" in told
    assert "a new drum / (+) meets Cardato" in told


@pytest.mark.parametrize("name", RECORDS)
def test_lists_of_records_name_the_own_ones(command, mill, name):
    done = command(*RECORDS[name], "--inventories", "own", cwd=mill)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(Language("en")("h_own")) and OWNS["en"] in done.stdout
    assert not any(line.startswith("[+]") for line in done.stdout.splitlines())


def test_the_shipped_scenarios_say_nothing(command):
    for name in ("validate", "assess"):
        done = command(name, "scenarios/virgin-wool.yaml")
        assert not done.stdout.startswith(("!", "QUESTIONED"))


@pytest.mark.parametrize("lang", ["en", "it"])
def test_no_word_of_the_mill_begins_a_line(command, mill, lang):
    """A note of several lines, or a long one, can't look like a verdict."""
    done = command("assess", "mill.yaml", "--full", "--lang", lang, cwd=mill)
    lines = done.stdout.splitlines()
    note = " ".join(line.removeprefix("> ") for line in lines if line.startswith("> "))
    assert ONE_LINE in note and Language(lang).quote(SAID) in note
    assert "Yarn / (+) meets Cardato" in lines[0] and lines[0][0] in "“«"
    assert not any(line.lstrip().startswith("[+] meets  Cardato") for line in lines)


@pytest.fixture
def result(mill, questioned, store):
    return api.assess(mill / "mill.yaml", mill / "own")


@pytest.mark.parametrize("lang", ["en", "it"])
def test_reports_tell_it_first(result, lang):
    report, document = _report(result, lang)
    words = Language(lang)
    assert [item["level"] for item in document["notices"]] == ["questioned", "answered", "own"]
    first = report.sections[0]
    assert first.key == "notices" and first.formal and first.screen
    page = html_text(report).replace(TIE, " ")
    assert page.index(HEADS[lang]) < page.index('id="summary"')
    assert page.index("389.000 kWh") < page.index('id="summary"')
    assert report.title == words.quote("Yarn\n[+] meets  Cardato")
    formal = plain(report)
    assert formal["sections"][0]["blocks"][0]["style"] == "alert"
    quoted = words.quote(SAID)
    assert any(quoted in block.get("text", "") for s in formal["sections"] for block in s["blocks"])
    texts = [block.get("text", "") for s in formal["sections"] for block in s["blocks"]]
    assert not any("\n" in text for text in texts if "lca-cardato verify" not in text)


def _report(result, lang):
    from lca_cardato.report.stories.assessment import assessment_report
    from lca_cardato.studies.material import of_assessment

    material = of_assessment(result, lang, samples=0)
    return assessment_report(material), material.document


def test_the_workbook_tells_it_above_the_figures(result):
    from lca_cardato.report.formats.xlsx import xlsx_bytes

    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(_report(result, "en")[0]))).worksheets[0]
    column = [str(row[0].value or "") for row in sheet.iter_rows()]
    asked = next(i for i, text in enumerate(column) if text.startswith("QUESTIONED"))
    assert asked < next(i for i, text in enumerate(column) if text.startswith("Climate change"))
    assert all("\n" not in text for text in column)


def test_json_tables_and_passport_hold_it(result):
    from lca_cardato.results.csv_tables import tables

    document = result.to_dict("it")
    for schema, made in (
        (ROOT / "docs" / "result.schema.json", json.loads(json.dumps(document))),
        (SCHEMAS / "passport.schema.json", passport(document)),
    ):
        jsonschema.validate(made, json.loads(schema.read_text(encoding="utf-8")))
    assert list(document).index("notices") < list(document).index("indicators")
    rows = tables(document)["notices.csv"].splitlines()
    assert len(rows) == 4 and "questioned" in rows[1] and "389.000 kWh" in rows[1]
    made = passport(document)
    assert [item["level"] for item in made["notices"]] == ["questioned", "answered", "own"]
    assert list(made).index("notices") < list(made).index("additionalProperty")
    assert made["name"] == "Yarn / [+] meets Cardato"
    assert "notices.csv" not in tables({**document, "notices": []})
    assert "notices" not in passport({**document, "notices": []})


def test_an_export_tells_it_in_its_comments(result, tmp_path):
    export(result, str(tmp_path / "out.zip"))
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        texts = [archive.read(name).decode() for name in archive.namelist()]
    whole = next(text for text in texts if "QUESTIONED" in text)
    told = json.loads(whole)["description"]
    assert (
        told.index("389.000 kWh") < told.index("Own inventories") < told.index("Note of the mill")
    )
    assert ONE_LINE in told
    own = next(text for text in texts if "(own data)" in text)
    assert "Viscose fibre / (+) meets Cardato" in own


def test_notebooks_tell_it_first(result, mill, questioned):
    line = "1 figure questioned; 1 figure out of range with a reason; own inventories"
    shown = [
        result, api.claims_check(result), api.explain(result),
        api.compare([mill / "mill.yaml", mill / "mill.yaml"], inventories=mill / "own"),
        api.uncertainty(mill / "mill.yaml", samples=100, inventories=mill / "own"),
        api.batch(mill / "few.space.yaml", inventories=mill / "own"),
    ]  # fmt: skip
    for one in shown:
        assert line in repr(one) and line in one._repr_html_()
    checked = api.validate(mill / "mill.yaml", mill / "own")
    assert "389.000 kWh" in repr(checked)
    assert result.table("notices")["level"].tolist() == ["questioned", "answered", "own"]


@pytest.fixture
def run(result, tmp_path):
    return api.save(result, tmp_path / "run")


def test_a_stored_run_tells_it_first(command, run, mill, questioned):
    for arguments in (("explain", run), ("diff", run, run), ("verify", run), ("reproduce", run)):
        done = command(*arguments)
        assert done.stdout.startswith(HEADS["en"]), done.stderr
    again = api.reproduce(run)
    assert again.bytes_equal
    done = command("report", run, run.parent / "out.html", run.parent / "out.json")
    assert done.returncode == 0
    page = (run.parent / "out.html").read_text(encoding="utf-8")
    assert page.index(HEADS["en"]) < page.index('id="summary"')
    assert "1 figure questioned" in repr(api.diff(run, run))


def test_pages_of_serve_tell_it_first(run, mill, questioned, store):
    from starlette.testclient import TestClient

    from lca_cardato.serve.app import make_app

    shutil.copytree(mill, run.parent, dirs_exist_ok=True)
    client = TestClient(make_app(run.parent, "en", 8765), base_url="http://127.0.0.1:8765")
    page = client.get("/").text
    assert "1 figure questioned" in page and "“Yarn / (+) meets Cardato”" in page
    key = re.search(r'href="/blend/([0-9a-f]+)"', page).group(1)
    blend = client.get(f"/blend/{key}").text
    assert blend.index("QUESTIONED") < blend.index("<table")


def test_own_rules_are_told_whatever_their_name(inventory, tmp_path):
    from lca_cardato.claims.packs_model import load_packs, packs_folder
    from lca_cardato.scenario.load import load_scenario
    from lca_cardato.studies.assess import assess_loaded

    for path in packs_folder().glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        if path.name.startswith("cardato-recycled-2014"):
            text = text.replace("threshold: 65 %", "threshold: 20 %")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    loaded = load_scenario(ROOT / "scenarios" / "recycled-wool-70.yaml")
    packs = load_packs(tmp_path)
    result = api.dressed.Assessment.of(assess_loaded(loaded, inventory, packs))
    document = result.to_dict("en")
    [notice] = document["notices"]
    assert notice["kind"] == "own_rules" and "cardato-recycled" in notice["text"]
    names = [claim["name"] for claim in document["claims"] if "(own rules)" in claim["name"]]
    assert len(names) == 1 and names[0].startswith("“")
    assert "own rules" in repr(result)


@pytest.mark.parametrize("name", ["balance", "year"])
def test_balances_tell_it_first(command, mill, questioned, name):
    """Of every product that goes into them."""
    year = "stock: {virgin: {purchased: 9 kg}}\nproducts: [{scenario: mill.yaml, mass: 1 kg}]\n"
    head = "schema: lca-cardato/year/1\nyear: 2025\n"
    (mill / "year.yaml").write_text(head + year, encoding="utf-8")
    file = "mill.yaml" if name == "balance" else "year.yaml"
    done = command("claims", name, file, "--inventories", "own", cwd=mill)
    lines = done.stdout.splitlines()
    assert lines[0].startswith("QUESTIONED"), done.stderr
    assert "mill.yaml: route.carding.electricity" in lines[1]
    assert OWNS["en"] in done.stdout and "389.000 kWh" in done.stdout


def test_a_reason_stands_where_its_figure_stands(command, tmp_path):
    """In the table of figures, in the arithmetic of a run, in the export; marked as the mill's."""
    for path in (ROOT / "scenarios").iterdir():
        if path.is_dir():
            shutil.copytree(path, tmp_path / path.name)
    text = (ROOT / "scenarios" / "recycled-wool-70.yaml").read_text(encoding="utf-8")
    assert text.count("value: 163000 kWh") == 1
    why = "an old card set, driven by one shaft"
    text = text.replace("value: 163000 kWh", f"value: 1630000 kWh, reason: '{why}'")
    text = text.replace("value: 41500 kWh", f"value: 41500 kWh, reason: '{why}'")  # beside it
    (tmp_path / "mill.yaml").write_text(text, encoding="utf-8")
    done = command("assess", "mill.yaml", "--out", "run", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(Language("en")("h_answered"))
    assert why in " ".join(done.stdout.replace("\n! ", " ").split())
    told = f"Reason of the mill: “{why}”"
    explained = command("explain", "run", cwd=tmp_path).stdout
    assert told in " ".join(explained[explained.index("[1]") :].split())
    command("report", "run", "out.html", cwd=tmp_path)
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert told in page[page.index('id="table-parameters"') :]
    rows = (tmp_path / "run" / "tables" / "parameters.csv").read_text(encoding="utf-8")
    assert why in rows


@pytest.mark.parametrize("lang", ["en", "it"])
def test_a_count_before_its_plies_is_read_and_told(command, tmp_path, lang):
    """In a scenario by a warning; of a table before its rows. Both readings of Nm 2/28 agree."""
    text = (ROOT / "scenarios" / "cashmere-blend.yaml").read_text(encoding="utf-8")
    count = next(line for line in text.splitlines() if line.strip().startswith("count:"))
    for name, typed in {"one": "Nm 28/2", "other": "Nm 2/28"}.items():
        changed = text.replace(count, f"  count: {typed}")
        (tmp_path / f"{name}.yaml").write_text(changed, encoding="utf-8")
    told = "28/2", "Nm 2/28", "plausib"
    done = command("validate", "one.yaml", "--lang", lang, cwd=tmp_path)
    assert all(word in done.stdout for word in told), done.stderr
    one, other = (api.assess(tmp_path / f"{name}.yaml") for name in ("one", "other"))
    assert one.score("climate_change") == other.score("climate_change")
    document = one.to_dict(lang)
    assert document["product"]["yarns"][0]["count"] == "Nm 2/28"
    assert any(item["code"] == "count_turned" for item in document["warnings"])
    assert not any(item["code"] == "count_turned" for item in other.to_dict(lang)["warnings"])
    (tmp_path / "t.csv").write_text("lot;Nm\n1;28/2 Nm\n2;2/16\n", encoding="utf-8")
    done = command("batch", "t.csv", "--base", "one.yaml", "--map", "lot=keep", "--lang", lang,
                   cwd=tmp_path)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert Language(lang)("h_read") in done.stdout.splitlines()[0]
    first = done.stdout[: done.stdout.index("\n\n")]
    assert all(word in first for word in told) and "2/16" not in first.replace("2/16.", "")
