"""The PDF: all words as they are, tagged, the same bytes for the same report."""

import io
import re

import pytest
from conftest import NAMES
from pypdf import PdfReader

from lca_cardato.charts.rows import width
from lca_cardato.report.formats.pdf import pdf_bytes
from lca_cardato.report.formats.pdf_tables import BREAK, LANDSCAPE, PORTRAIT, broken, laid_out
from lca_cardato.report.parts import Cell, Column, Table
from lca_cardato.report.stories.assessment import assessment_report
from lca_cardato.report.stories.signed import body_and_annex
from lca_cardato.studies.material import of_assessment
from lca_cardato.words.language import Language


def words(data):
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    return [" ".join(text.split()) for text in pages]


@pytest.fixture(scope="module")
def made(hostile):
    return pdf_bytes(hostile)


def test_names_are_data(made):
    text = "".join(words(made)).replace(" ", "")
    for part in (
        "<script>alert(1)</script>",
        "#import$x$*bold*",
        "=cmd|'/CcalcC'!A0".replace("C'", "'"),
    ):
        assert part in text, part
    assert "xxxxxxxxxx" in text


def test_tagged_with_title_language_and_embedded_fonts(made):
    reader = PdfReader(io.BytesIO(made))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("en")
    assert "<script>" in reader.metadata.title
    assert b"pdfuaid:part" in made or "pdfuaid" in str(root["/Metadata"].get_object().get_data())
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            found = font.get_object()
            below = (
                found["/DescendantFonts"][0].get_object() if "/DescendantFonts" in found else found
            )
            keys = below["/FontDescriptor"].get_object().keys()
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(keys)


def test_same_report_same_bytes(hostile, made):
    assert pdf_bytes(hostile) == made


def test_run_and_digest_on_every_page(assessed):
    material = of_assessment(assessed("virgin-wool"), "it", 200)
    material.run = "0123456789abcdef"
    report = assessment_report(material)
    pages = words(pdf_bytes(report))
    assert len(pages) > 5
    for number, text in enumerate(pages, 1):
        assert report.digest in text.replace(" ", "") and "0123456789abcdef" in text
        assert f"Pagina {number} di {len(pages)}" in text


def test_no_digest_leaves_the_margin(assessed):
    """Every digest of documents and copies is on the page whole, also where it takes four lines."""
    result = assessed("recycled-wool-70")
    reader = PdfReader(io.BytesIO(pdf_bytes(assessment_report(of_assessment(result, "en")))))
    shown, ends = "", []
    for page in reader.pages:
        edge = float(page.mediabox.width) - 20 / 25.4 * 72

        def seen(text, _matrix, place, _font, size, edge=edge):
            nonlocal shown
            if text.strip():
                shown += text.strip()
                if re.fullmatch("[0-9a-f]{16}|[0-9a-f]{64}", text.strip()):
                    ends.append(place[4] + len(text.strip()) * 0.602 * size - edge)

        page.extract_text(visitor_text=seen)
    for item in result.documents.values():
        assert item.sha256 in shown
    assert len(ends) >= 4 * len(result.documents) and max(ends) < 0.5, sorted(ends)[-5:]


@pytest.mark.parametrize("lang", ["en", "it"])
@pytest.mark.parametrize("name", NAMES)
def test_what_is_signed_has_ten_pages_at_most(assessed, name, lang):
    """The body names those behind the product; the annex lies across, and no page is lost."""
    material = of_assessment(assessed(name), lang, 50)
    reader = PdfReader(io.BytesIO(pdf_bytes(assessment_report(material))))
    across = [page.mediabox.width > page.mediabox.height for page in reader.pages]
    body = across.index(True)
    assert body <= 10 and all(across[body:])
    text = "".join(" ".join(page.extract_text() for page in reader.pages[:body]).split())
    document = material.document
    wanted = [document["company"]["name"], *(row["lot"] for row in document["lots"])]
    wanted += [row["name"] for row in document["contractors"]]
    wanted += [row["issuer"] for row in document["documents"]]
    for part in wanted:
        assert "".join(part.split()) in text, part
    assert Language(lang)("frame_signature") in text and Language(lang)("frame_annex") in text


@pytest.mark.parametrize("name", NAMES)
def test_no_cell_reaches_the_next(assessed, name):
    """Every word and number has room in its column, on the page of its table."""
    report = assessment_report(of_assessment(assessed(name), "it", 50))
    for sections, room in zip(body_and_annex(report), (PORTRAIT, LANDSCAPE)):
        for table in [b for section in sections for b in section.blocks if isinstance(b, Table)]:
            made = laid_out(table, room)
            assert sum(made["widths"]) == pytest.approx(room), table.key
            for at, wide in enumerate(made["widths"]):
                for cell in (row[at] for row in table.rows):
                    if re.search("[0-9a-f]{64}", cell.text):
                        assert wide >= 60, table.key
                        continue
                    parts = (
                        [cell.text]
                        if table.columns[at].numeric
                        else re.split(f"[{BREAK} ]", broken(cell.text))
                    )
                    assert max(width(part, made["size"]) for part in parts) <= wide, (
                        table.key,
                        cell.text,
                    )


def test_a_table_that_is_too_wide_still_fits_the_page():
    columns = [Column(f"a very long head of column {i}", "kg CO2-eq") for i in range(16)]
    rows = [[Cell("x" * 40 + "/" + "y" * 40) for _ in columns] for _ in range(3)]
    made = laid_out(Table("wide", "Wide", columns, rows), LANDSCAPE)
    assert sum(made["widths"]) == pytest.approx(LANDSCAPE) and min(made["widths"]) > 20


def test_every_section_is_in_body_or_annex_once(assessed):
    report = assessment_report(of_assessment(assessed("recycled-fabric"), "en", 50))
    body, annex = body_and_annex(report)
    shown = [id(block) for section in [*body, *annex] for block in section.blocks]
    assert len(shown) == len(set(shown))
    whole = [block for section in report.sections if section.formal for block in section.blocks]
    assert {id(block) for block in whole} <= set(shown)
    made = [b.key for s in [*body, *annex] for b in s.blocks if id(b) not in {id(w) for w in whole}]
    assert made == ["neighbours", "papers"]
