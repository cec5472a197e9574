"""A report as PDF, for signature and filing."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from lca_cardato.charts.picture import Picture
from lca_cardato.report.formats.html import TEMPLATES, safe_svg, tidy
from lca_cardato.report.parts import Block, Choice, Report, Text
from lca_cardato.words.said import flat, tied

PICTURES = 3


def pdf_bytes(report: Report) -> bytes:
    """Write the formal sections of a report as PDF.

    Parameters
    ----------
    report : Report

    Returns
    -------
    bytes
        PDF/UA-1 (ISO 14289-1): tagged, with title, language and alternative texts; fonts embedded.
        The same report gives the same bytes.

    Notes
    -----
    The template reads everything as data, so no text is taken for markup. Fonts are those that
    come with typst; nothing of the machine's is used.
    """
    import typst

    template = TEMPLATES / "report.typ"
    found: Any = typst.compile(
        template.read_bytes(), format="pdf", sys_inputs={"report": json.dumps(tidy(plain(report)))},
        ignore_system_fonts=True, pdf_standards=["ua-1"], timestamp=0,
    )  # fmt: skip
    return bytes(found)


def plain(report: Report) -> dict[str, Any]:
    """A report as plain data for the template."""
    sections = [
        {"title": s.title, "blocks": [_block(b) for b in s.blocks]}
        for s in report.sections if s.formal
    ]  # fmt: skip
    return {
        "lang": report.lang, "title": report.title, "subtitle": report.subtitle,
        "facts": report.facts, "run": report.run, "digest": report.digest,
        "labels": report.labels, "sections": sections, "program": "lca-cardato",
    }  # fmt: skip


def _block(block: Block) -> dict[str, Any]:
    kind = type(block).__name__
    if isinstance(block, Picture):
        return {"kind": kind, **_picture(block)}
    if isinstance(block, Choice):
        few = block.pictures if len(block.pictures) <= PICTURES else block.pictures[:1]
        return {"kind": kind, "pictures": [_picture(picture) for picture in few]}
    if isinstance(block, Text) and block.style == "code":
        return {"kind": kind, **asdict(block)}
    return {"kind": kind, **_flat(asdict(block))}


def _flat(value: Any) -> Any:
    """Put every text on one line, which does not end between a number and its unit."""
    if isinstance(value, str):
        return tied(flat(value))
    if isinstance(value, dict):
        return {key: _flat(item) for key, item in value.items()}
    return [_flat(item) for item in value] if isinstance(value, (list, tuple)) else value


def _picture(picture: Picture) -> dict[str, Any]:
    return {"title": picture.title, "alt": picture.alt, "svg": safe_svg(picture)}
