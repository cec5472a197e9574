"""A report as PDF, for signature and filing."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from typing import Any

from lca_cardato.charts.picture import Picture
from lca_cardato.files.extra import load
from lca_cardato.report.formats.html import TEMPLATES, safe_svg, tidy
from lca_cardato.report.formats.pdf_tables import LANDSCAPE, PORTRAIT, broken, laid_out
from lca_cardato.report.parts import Block, Choice, Report, Section, Table, Text
from lca_cardato.report.stories.signed import body_and_annex
from lca_cardato.sentence import say
from lca_cardato.words.said import flat, tied

PICTURES = 3
COLUMNS = {PORTRAIT: 9, LANDSCAPE: 13}
"""Columns of a table that a page holds side by side, by the width of the page."""
TALLEST = {PORTRAIT: 560.0, LANDSCAPE: 370.0}
"""Height of a picture, points, by the width of the page."""
VIEW = re.compile(r'viewBox="[-0-9.]+ [-0-9.]+ ([0-9.]+) ([0-9.]+)"')


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
    typst = load("reports", "typst", say("a PDF document"))
    template = TEMPLATES / "report.typ"
    found: Any = typst.compile(
        template.read_bytes(), format="pdf", sys_inputs={"report": json.dumps(tidy(plain(report)))},
        ignore_system_fonts=True, pdf_standards=["ua-1"], timestamp=0,
    )  # fmt: skip
    return bytes(found)


def plain(report: Report) -> dict[str, Any]:
    """A report as plain data for the template."""
    body, annex = body_and_annex(report)
    return {
        "lang": report.lang, "title": report.title, "subtitle": report.subtitle,
        "facts": report.facts, "run": report.run, "digest": report.digest,
        "labels": report.labels, "program": "lca-cardato",
        "sections": [_section(section, PORTRAIT) for section in body],
        "annex": [_section(section, LANDSCAPE) for section in annex],
    }  # fmt: skip


def _section(section: Section, room: float) -> dict[str, Any]:
    return {"title": section.title, "blocks": [
        _block(part, room) for block in section.blocks for part in fitting(block, room)
    ]}  # fmt: skip


def fitting(block: Block, room: float) -> list[Block]:
    """Give a table that is too wide for a page in parts, each with the names of the rows.

    Parameters
    ----------
    block : Block
    room : float
        Width of the page, points.
    """
    most = COLUMNS[room]
    if not isinstance(block, Table) or len(block.columns) <= most:
        return [block]
    starts = range(1, len(block.columns), most - 1)
    parts: list[Block] = []
    for start in starts:
        places = [0, *range(start, min(start + most - 1, len(block.columns)))]
        last = start == starts[-1]
        parts.append(replace(
            block, title=block.title if start == 1 else "", note=block.note if last else "",
            columns=[block.columns[place] for place in places],
            rows=[[row[place] for place in places] for row in block.rows],
        ))  # fmt: skip
    return parts


def _block(block: Block, room: float) -> dict[str, Any]:
    kind = type(block).__name__
    if isinstance(block, Table):
        made = {"kind": kind, **_flat(asdict(block)), **laid_out(block, room)}
        for cells in (*made["rows"], made["columns"]):
            for cell in cells:
                key = "text" if "text" in cell else "title"
                cell[key] = broken(cell[key])
        return made
    if isinstance(block, Picture):
        return {"kind": kind, **_picture(block, room)}
    if isinstance(block, Choice):
        few = block.pictures if len(block.pictures) <= PICTURES else block.pictures[:1]
        return {"kind": kind, "pictures": [_picture(picture, room) for picture in few]}
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


def _picture(picture: Picture, room: float) -> dict[str, Any]:
    svg = safe_svg(picture)
    return {"title": picture.title, "alt": picture.alt, "svg": svg, "width": _width(svg, room)}


def _width(svg: str, room: float) -> float:
    """Width of a picture, points, so that it fits the page with its title."""
    found = VIEW.search(svg)
    wide, high = (float(part) for part in found.groups()) if found else (1.0, 1.0)
    return min(room, TALLEST[room] * wide / high)
