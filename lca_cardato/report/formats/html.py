"""A report as one page that needs nothing beside it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lca_cardato.charts.chart_style import without_marks
from lca_cardato.charts.picture import Picture
from lca_cardato.charts.pictures import can_draw
from lca_cardato.report.parts import Report
from lca_cardato.words.said import tied

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
SIGNS = {"meets": "✓", "not_met": "✗", "not_proven": "?", "not_applicable": "–"}
WORDS = ("filter", "sort", "at_most", "shown_of", "rows", "limits")
SVG = "{http://www.w3.org/2000/svg}"
FORBIDDEN = {"script", "foreignObject", "iframe", "image", "use", "style", "animate", "set", "a"}


def html_text(report: Report) -> str:
    """Write a report as a page.

    Parameters
    ----------
    report : Report

    Returns
    -------
    str
        HTML with style and script inside. Every text is escaped; a content security policy allows
        this style and this script alone, and no network. In place of a picture that can't be drawn
        here stands a sentence that says what brings it.
    """
    from markupsafe import Markup

    folder = TEMPLATES
    style = (folder / "report.css").read_text(encoding="utf-8")
    script = script_of(report.labels)
    return environment().get_template("report.html.j2").render(
        report=report, sections=[s for s in report.sections if s.screen], labels=report.labels,
        signs=SIGNS, style=Markup(style), script=Markup(script), style_hash=source_hash(style),
        script_hash=source_hash(script), svg=lambda picture: Markup(safe_svg(picture)),
        drawn=can_draw,
    )  # fmt: skip


def script_of(labels: Mapping[str, str]) -> str:
    """Write the script of a report, with the words that it shows."""
    words = json.dumps({key: labels[key] for key in WORDS}, ensure_ascii=True)
    script = (TEMPLATES / "report.js").read_text(encoding="utf-8")
    return script.replace(
        'JSON.parse(document.currentScript.dataset.words || "{}")', words.replace("<", "\\u003c")
    )


def environment() -> Any:
    """Environment of the templates: it escapes every text, and knows no name that is not given."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined,
        finalize=_plain,
    )  # fmt: skip


def _plain(value: Any) -> Any:
    """Take marks out of plain text that would change its direction, and tie numbers to units."""
    return tied(without_marks(value)) if type(value) is str else value


def tidy(value: Any) -> Any:
    """Do the same to all text of plain data."""
    if isinstance(value, str):
        return tied(without_marks(value))
    if isinstance(value, dict):
        return {key: tidy(item) for key, item in value.items()}
    return [tidy(item) for item in value] if isinstance(value, (list, tuple)) else value


def source_hash(text: str) -> str:
    """Source expression of an inline style or script (CSP level 3)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def safe_svg(picture: Picture) -> str:
    """Check a picture, and write style attributes as plain attributes.

    Parameters
    ----------
    picture : Picture

    Returns
    -------
    str
        SVG without declaration.

    Raises
    ------
    ValueError
        It holds a script, a handler or a reference to something outside.
    """
    ET.register_namespace("", "http://www.w3.org/2000/svg")
    ET.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    root = ET.fromstring(picture.svg)
    if root.tag != f"{SVG}svg":
        raise ValueError(f"{picture.key}: not an SVG")
    for item in root.iter():
        if item.tag.replace(SVG, "") in FORBIDDEN:
            raise ValueError(f"{picture.key}: {item.tag} is not accepted in a picture")
        for name in list(item.attrib):
            _check(picture.key, name, item.attrib[name])
            if name == "style":
                _unstyle(item)
        if item.tag == f"{SVG}g" and "aria-label" in item.attrib:
            del item.attrib["aria-label"]
        if "aria-roledescription" in item.attrib:
            del item.attrib["aria-roledescription"]
        role = item.attrib.get("role", "")
        if role.startswith("graphics-"):
            item.attrib["role"] = "img" if "aria-label" in item.attrib else "presentation"
        elif "aria-label" in item.attrib and item is not root:
            item.attrib["role"] = "img"
    root.attrib.pop("aria-label", None)
    root.attrib.pop("role", None)
    return ET.tostring(root, encoding="unicode")


def _check(key: str, name: str, value: str) -> None:
    plain = name.rsplit("}", 1)[-1].lower()
    outside = re.search(r"url\(\s*['\"]?(?!#)", value) or "javascript:" in value.lower()
    if plain.startswith("on") or (plain == "href" and not value.startswith("#")):
        raise ValueError(f"{key}: attribute {plain} is not accepted in a picture")
    if outside and not plain.startswith("aria"):
        raise ValueError(f"{key}: a reference to something outside")


def _unstyle(item: Any) -> None:
    """Write the declarations of a style attribute as presentation attributes."""
    for part in item.attrib.pop("style").split(";"):
        name, _, value = part.partition(":")
        if value.strip():
            item.attrib.setdefault(name.strip(), value.strip())
