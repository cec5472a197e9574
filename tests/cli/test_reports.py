"""`report`, `open` and `--report` as commands."""

import hashlib
import io
import json
import re
import shutil

import pytest
from conftest import ROOT

WOOL = ROOT / "scenarios" / "recycled-wool-70.yaml"
VIRGIN = ROOT / "scenarios" / "virgin-wool.yaml"
FORMATS = ("html", "pdf", "xlsx", "json", "jsonld")


@pytest.fixture(scope="module")
def run(command, tmp_path_factory):
    """A run folder, and its report in every format in both languages."""
    folder = tmp_path_factory.mktemp("reports")
    done = command("assess", WOOL, "--out", folder / "run")
    assert done.returncode == 0, done.stderr
    for lang in ("en", "it"):
        files = [folder / f"{lang}.{form}" for form in FORMATS]
        done = command("report", folder / "run", *files, "--lang", lang)
        assert done.returncode == 0, done.stderr
    return folder


def plain(html):
    """Text of a page."""
    from html import unescape

    html = re.sub(r"<(script|style)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.mark.parametrize("lang", ["en", "it"])
def test_the_same_digits_in_every_format(run, lang):
    from openpyxl import load_workbook
    from pypdf import PdfReader

    document = json.loads((run / f"{lang}.json").read_text(encoding="utf-8"))
    assert document["language"] == lang
    html = plain((run / f"{lang}.html").read_text(encoding="utf-8"))
    pages = PdfReader(run / f"{lang}.pdf").pages
    pdf = " ".join(" ".join(page.extract_text() for page in pages).split())
    book = load_workbook(run / f"{lang}.xlsx")
    cells = [c.value for sheet in book for row in sheet.iter_rows() for c in row]
    for name in ("climate_change", "energy", "acidification"):
        item = document["indicators"][name]
        shown = f"{item['value']:.3g}" if item["value"] > 0.01 else f"{item['value']:.5f}"
        shown = shown.replace(".", ",") if lang == "it" else shown
        assert shown in html and shown in pdf, (name, shown)
        assert any(isinstance(c, float) and abs(c - item["value"]) < 1e-12 for c in cells)
    live = [c.value for s in book for row in s.iter_rows() for c in row if c.data_type == "f"]
    sums = r"=(SUM\([A-Z]2:[A-Z]\d+\)|[A-Z]\d+(\*[A-Z]\d+)+)"  # no word of a scenario is one
    assert live and all(re.fullmatch(sums, text) for text in live)


def test_run_and_digest_stand_in_every_report(run):
    manifest = json.loads((run / "run" / "manifest.json").read_text(encoding="utf-8"))
    digest = hashlib.sha256((run / "run" / "result.json").read_bytes()).hexdigest()
    html = (run / "en.html").read_text(encoding="utf-8")
    assert manifest["id"] in html and digest in html
    passport = (run / "en.jsonld").read_text(encoding="utf-8")
    assert manifest["id"] in passport and digest in passport
    assert (run / "en.json").read_bytes() == (run / "run" / "result.json").read_bytes()


def test_page_is_one_small_file_without_network(run):
    page = (run / "en.html").read_bytes()
    assert len(page) < 3_000_000
    assert b"Content-Security-Policy" in page
    assert not re.search(rb"(src|href)=[\"']?(https?:)?//[^\"'>]*\.(js|css|png|woff)", page)


def test_reports_are_made_again_byte_by_byte(command, run, tmp_path):
    files = [tmp_path / f"again.{form}" for form in FORMATS]
    done = command("report", run / "run", *files)
    assert done.returncode == 0, done.stderr
    for file in files:
        assert file.read_bytes() == (run / f"en{file.suffix}").read_bytes(), file.suffix


def test_nothing_is_overwritten_without_force(command, run, tmp_path):
    target = tmp_path / "a.html"
    target.write_text("mine", encoding="utf-8")
    done = command("report", run / "run", target, tmp_path / "b.xlsx")
    assert done.returncode == 5 and "E503" in done.stderr
    assert target.read_text(encoding="utf-8") == "mine" and not (tmp_path / "b.xlsx").exists()
    assert command("report", run / "run", target, "--force").returncode == 0
    assert "<html" in target.read_text(encoding="utf-8")


def test_all_wrong_endings_are_told_at_once(command, run, tmp_path):
    done = command(
        "report", run / "run", tmp_path / "a.doc", tmp_path / "b.txt", tmp_path / "c.pdf"
    )
    assert done.returncode == 3
    assert done.stderr.count("E215") == 2 and ".html" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_changed_inputs_make_no_report(command, run, tmp_path):
    shutil.copytree(run / "run", tmp_path / "run")
    scenario = tmp_path / "run" / "inputs" / "scenario.yaml"
    scenario.write_text(scenario.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    done = command("report", tmp_path / "run", tmp_path / "a.html")
    assert done.returncode == 6 and "E606" in done.stderr
    assert not (tmp_path / "a.html").exists()


def test_a_folder_that_is_no_run(command, tmp_path):
    done = command("report", tmp_path, tmp_path / "a.html")
    assert done.returncode == 5 and "E501" in done.stderr


def test_report_with_assess_and_charts(command, tmp_path):
    done = command(
        "assess", VIRGIN, "--lang", "it", "--report", tmp_path / "a.html", "--report",
        tmp_path / "a.pdf", "--charts", tmp_path / "charts",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    names = {path.name for path in (tmp_path / "charts").iterdir()}
    assert {"stages.svg", "stages.png", "flow_mass.svg", "tornado.png"} <= names
    png = (tmp_path / "charts" / "stages.png").read_bytes()
    assert png.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "arguments",
    [
        ("compare", WOOL, VIRGIN, "--samples", "200"),
        ("compare", WOOL, VIRGIN),
        ("uncertainty", WOOL, "--samples", "200"),
        ("sensitivity", WOOL, "--trajectories", "4", "--points", "32", "--screen", "3"),
        ("batch", ROOT / "scenarios" / "blends.space.yaml"),
    ],
    ids=["compare with draws", "compare", "uncertainty", "sensitivity", "batch"],
)
def test_reports_of_the_other_commands(command, tmp_path, arguments):
    files = [tmp_path / f"r.{form}" for form in ("html", "pdf", "xlsx", "json")]
    options = [part for file in files for part in ("--report", file)]
    done = command(*arguments, *options, "--lang", "it")
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert 'lang="it"' in page and "<svg" in page
    json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert io.BytesIO((tmp_path / "r.pdf").read_bytes()).read(4) == b"%PDF"


def test_open_makes_the_page_in_the_data_folder(process, run, home):
    done = process("open", run / "run", BROWSER="true %s")
    assert done.returncode == 0, done.stderr
    made = list((home / "reports").glob("*-en.html"))
    assert made and "<html" in made[0].read_text(encoding="utf-8")
