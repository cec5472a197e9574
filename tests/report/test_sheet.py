"""The sheet for a customer: one page whatever is on it, all of it readable, nothing promised."""

import base64
import io
import json

import pytest
from conftest import NAMES
from pypdf import PdfReader
from report.browser import Browser, browser_only

from lca_cardato.files.atomic import sha256
from lca_cardato.report.formats.sheet import sheet_html, sheet_pdf
from lca_cardato.report.make import is_sheet
from lca_cardato.report.sheet import code_svg
from lca_cardato.report.stories.sheet import LOTS, OTHERS, code_of, sheet
from lca_cardato.studies.material import of_assessment

LONG = "Lanificio e Rifinizione Fratelli Esempio di Sopra & Figli S.p.A. <b>#x</b> " * 4
SMALLEST = 5.0
"""Points below which nobody reads a page at arm's length; fine print of the digest line aside."""


def made(assessed, name="recycled-wool-70", lang="en", samples=50, change=None):
    material = of_assessment(assessed(name), lang, samples)
    material.document = json.loads(json.dumps(material.document))
    material.run, material.folder, material.written = "0123456789abcdef", "run", "2026-01-02"
    if change:
        change(material.document)
    return sheet(material)


def read(data):
    reader = PdfReader(io.BytesIO(data))
    text = " ".join(page.extract_text() for page in reader.pages)
    return reader, " ".join(text.split())


def tight(text):
    return "".join(str(text).split())


@pytest.mark.parametrize("lang", ["en", "it"])
@pytest.mark.parametrize("name", NAMES)
def test_one_page_that_says_what_the_result_says(assessed, name, lang):
    found = made(assessed, name, lang)
    reader, text = read(sheet_pdf(found))
    assert len(reader.pages) == 1
    box = reader.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (595, 842)
    assert str(reader.trailer["/Root"]["/Lang"]).startswith(lang)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    page = tight(text)
    document = of_assessment(assessed(name), lang, 0).document
    label = document["product"]["label"]
    wanted = [found.company, found.article, *([label[lang]] if label else [])]
    wanted += [row["lot"] for row in document["lots"]] + [
        f"{f.text}{f.unit}" for f in found.figures
    ]
    wanted += [v.name for v in [*found.marks, *found.others]] + [found.figures[0].shares[3][2]]
    for part in wanted:
        assert tight(part) in page, part
    for item, shown in zip(("climate_change", "energy", "water_consumed"), found.figures):
        assert shown.text.startswith("≥") is document["indicators"][item]["lower_bound"]


def crowded(document):
    """Long names, a page of fibres and lots, twelve claims and more, all questioned."""
    document["company"]["name"] = LONG
    document["product"]["name"] = LONG
    label = ", ".join(f"{3 if i else 13} % fibra numero {i}" for i in range(30))
    document["product"]["label"] = {"en": label, "it": label}
    row = document["lots"][0]
    document["lots"] = [{**row, "lot": f"LOTTO-MOLTO-LUNGO-2025-{i:06d}"} for i in range(40)]
    claim = next(c for c in document["claims"] if c["id"] == "cam-tessili")
    for number in range(14):
        document["claims"].append(
            {**claim, "id": f"own-{number}", "name": f"{claim['name']} {number}"}
        )
    document["notices"] = [
        {"kind": "question", "level": "questioned", "code": "E", "text": "x"} for _ in range(9)
    ]


def test_a_crowded_page_is_one_page_and_can_be_read(assessed):
    found = made(assessed, change=crowded)
    reader, text = read(sheet_pdf(found))
    assert len(reader.pages) == 1
    page, low, right, sizes = tight(text), [], [], []

    def seen(text, whole, place, _font, size):
        if text.strip() and size:
            low.append(whole[5] + whole[3] * place[5])
            right.append(whole[4] + whole[0] * place[4])
            sizes.append(size * abs(place[0] * whole[0]))

    reader.pages[0].extract_text(visitor_text=seen)
    assert min(low) > 25 and max(right) < 595 and min(sizes) > SMALLEST, (min(low), min(sizes))
    assert tight(LONG) in page and "fibranumero29" in page
    assert "LOTTO-MOLTO-LUNGO-2025-000011" in page and f"{40 - LOTS}more" in page
    assert tight(f"{len(found.others)}") and len(found.others) == OTHERS and "morein" in page


def test_nothing_is_promised_of_nobody(assessed):
    def nameless(document):
        document["company"] = {"name": "", "municipality": "", "role": "producer"}
        document["lots"], document["traceability"] = [], None

    found = made(assessed, change=nameless)
    _, text = read(sheet_pdf(found))
    assert "not named" in text and "not stated" in text
    assert "certifies nothing" in text and "grants the mark" in text
    assert found.code == code_of(found.check[1].split()[-1]) and "verify run --digest" in text


def test_without_a_run_folder_it_says_that_nobody_can_verify_it(assessed):
    text = sheet_html(sheet(of_assessment(assessed("virgin-wool"), "en", 0)))
    assert "nobody can verify it" in text and "lca-cardato verify" not in text


def test_the_page_escapes_and_needs_nothing(assessed):
    page = sheet_html(made(assessed, lang="it", change=crowded))
    assert "&lt;b&gt;#x&lt;/b&gt;" in page and "<b>" not in page and "<script" not in page
    assert "http:" not in page.replace("http://www.w3.org/", "") and "https:" not in page
    assert page.count("<svg") == 5 and 'class="dense"' in page


def test_the_same_sheet_gives_the_same_bytes(assessed):
    assert sheet_pdf(made(assessed)) == sheet_pdf(made(assessed))


def test_the_code_holds_the_name_of_the_result():
    """Finder patterns, quiet zone and size of a code of 85 letters with error correction M."""
    svg = code_svg(code_of("ab" * 32))
    assert 'viewBox="0 0 49 49"' in svg
    dark = {
        tuple(map(int, part.split("h")[0].split())) for part in svg.split('d="')[1].split("M")[1:]
    }
    for x, y in ((4, 4), (38, 4), (4, 38)):
        assert {(x + i, y) for i in range(7)} <= dark and (x + 1, y + 1) not in dark
    assert all(4 <= x < 45 and 4 <= y < 45 for x, y in dark)


@pytest.mark.parametrize("file", ["sheet.pdf", "Scheda lotto 7.html", "SHEET-1.PDF"])
def test_the_name_of_a_file_asks_for_the_sheet(file, tmp_path):
    assert is_sheet(tmp_path / file) and not is_sheet(tmp_path / "report.pdf")


def test_the_command_writes_it(command, tmp_path):
    run = tmp_path / "run"
    assert command("assess", "scenarios/virgin-wool.yaml", "--out", run).returncode == 0
    files = [tmp_path / name for name in ("scheda.pdf", "report.pdf", "mine.html")]
    assert command("report", run, *files[:2], "--lang", "it").returncode == 0
    assert len(PdfReader(files[0]).pages) == 1 < len(PdfReader(files[1]).pages)
    assert command("report", run, files[2], "--sheet").returncode == 0
    assert "How to check this sheet" in files[2].read_text("utf-8")
    sheet_text = "".join(page.extract_text() for page in PdfReader(files[0]).pages)
    digest = sha256((run / "result.json").read_bytes())
    assert digest in tight(sheet_text)
    for name in (digest, code_of(digest), digest.upper()):
        done = command("verify", run, "--digest", name, "--lang", "it")
        assert done.returncode == 0 and "quello indicato dalla scheda" in done.stdout
    assert "Prodotto: «" in done.stdout and "Cardato: non dimostrato" in done.stdout
    for other in (digest[:-1], "0" * 64, ""):
        done = command("verify", run, "--digest", other)
        assert done.returncode == 6 and "is not the one that the sheet names" in done.stdout
    done = command("report", run, tmp_path / "sheet.xlsx", "--sheet")
    assert done.returncode == 2 + 1 and ".html, .pdf" in done.stderr


@browser_only
def test_the_page_is_one_sheet_of_paper_and_reads_on_a_phone(assessed, tmp_path):
    browser = Browser()
    try:
        for number, change in enumerate((None, crowded)):
            file = tmp_path / f"{number}.html"
            file.write_text(sheet_html(made(assessed, lang="it", change=change)), "utf-8")
            browser.resize(390)
            browser.open(file.as_uri())
            wide = browser.page.execute_script("return document.documentElement.scrollWidth")
            assert wide <= 390 and browser.axe() == []
            found = browser.page.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
            assert len(PdfReader(io.BytesIO(base64.b64decode(found["data"]))).pages) == 1
            assert browser.errors() == []
    finally:
        browser.close()
