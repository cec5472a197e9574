"""The sheet for a customer as a page of PDF, and as a page that needs nothing beside it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, Optional

from lca_cardato.charts.chart_style import CLASS_COLOURS
from lca_cardato.charts.picture import Picture
from lca_cardato.files.extra import load
from lca_cardato.report.formats.html import (
    SIGNS,
    TEMPLATES,
    environment,
    safe_svg,
    source_hash,
    tidy,
)
from lca_cardato.report.parts import VERDICTS
from lca_cardato.report.sheet import Sheet, code_svg
from lca_cardato.sentence import say
from lca_cardato.words.language import Language

PROGRAM = "lca-cardato"


def sheet_pdf(sheet: Sheet) -> bytes:
    """Write a sheet as PDF.

    Parameters
    ----------
    sheet : Sheet

    Returns
    -------
    bytes
        PDF/UA-1 (ISO 14289-1) of one page: the template takes the largest type at which all of it
        fits. The same sheet gives the same bytes.
    """
    typst = load("reports", "typst", say("a PDF document"))
    template = (TEMPLATES / "sheet.typ").read_bytes()
    found: Any = typst.compile(
        template, format="pdf", sys_inputs={"sheet": json.dumps(_plain(sheet))},
        ignore_system_fonts=True, pdf_standards=["ua-1"], timestamp=0,
    )  # fmt: skip
    return bytes(found)


def sheet_html(sheet: Sheet) -> str:
    """Write a sheet as a page; on A4 paper it is one page too.

    Parameters
    ----------
    sheet : Sheet

    Returns
    -------
    str
        HTML with its style inside and no script. Every text is escaped.
    """
    from markupsafe import Markup

    style = (TEMPLATES / "sheet.css").read_text(encoding="utf-8")
    return environment().get_template("sheet.html.j2").render(
        sheet=sheet, labels=sheet.labels, signs=SIGNS, verdicts=_verdicts(sheet),
        style=Markup(style), style_hash=source_hash(style), code=_code(sheet),
        svg=lambda picture: Markup(safe_svg(picture)),
    )  # fmt: skip


def _plain(sheet: Sheet) -> Any:
    """A sheet as plain data for the template."""
    figures = [
        {"label": f.label, "text": f.text, "unit": f.unit, "lines": f.lines, "shares": f.shares,
         "bar": _picture(f.bar)}
        for f in sheet.figures
    ]  # fmt: skip
    return tidy({
        "lang": sheet.lang, "labels": sheet.labels, "program": PROGRAM, "colours": CLASS_COLOURS,
        "verdicts": _verdicts(sheet), "company": sheet.company, "article": sheet.article,
        "alerts": sheet.alerts, "facts": sheet.facts, "figures": figures, "scope": sheet.scope,
        "chart": _picture(sheet.chart), "marks": [asdict(v) for v in sheet.marks],
        "others": [asdict(v) for v in sheet.others], "more": sheet.more, "careful": sheet.careful,
        "check": sheet.check, "code": _picture(_code(sheet)), "run": sheet.facts_of_run,
    })  # fmt: skip


def _code(sheet: Sheet) -> Picture:
    alt = Language(sheet.lang)("sheet_code", code=sheet.code)
    return Picture("code", "", alt, lambda _: code_svg(sheet.code))


def _verdicts(sheet: Sheet) -> dict[str, str]:
    words = Language(sheet.lang)
    return {verdict: words(verdict) for verdict in VERDICTS}


def _picture(picture: Optional[Picture]) -> Optional[dict[str, str]]:
    if picture is None:
        return None
    return {"title": picture.title, "alt": picture.alt, "svg": safe_svg(picture)}
