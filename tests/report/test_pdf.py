"""The PDF: all words as they are, tagged, the same bytes for the same report."""

import io
import re

import pytest
from pypdf import PdfReader

from lca_cardato.report.formats.pdf import pdf_bytes
from lca_cardato.report.stories.assessment import assessment_report
from lca_cardato.studies.material import of_assessment


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
