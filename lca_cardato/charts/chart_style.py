"""Colours and frame of all charts.

Colours are those of Paul Tol's qualitative schemes "muted" and "bright" (P. Tol, Colour schemes,
SRON/EPS/TN/09-002, issue 3.2, 2021), which readers with any colour vision deficiency can tell apart.
"""

from __future__ import annotations

import re
from typing import Any

from lca_cardato.words.language import Language

MARKS = re.compile("[\x00-\x09\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
STAGE_COLOURS = {
    "fibre_supply": "#332288",
    "fibre_preparation": "#88CCEE",
    "dyeing": "#CC6677",
    "blending": "#DDCC77",
    "spinning": "#117733",
    "twisting_winding": "#44AA99",
    "fabric_forming": "#AA4499",
    "finishing": "#882255",
    "packaging": "#999933",
    "transport": "#777777",
    "waste": "#BBBBBB",
}
CLASS_COLOURS = {
    "measured": "#117733",
    "supplier": "#88CCEE",
    "published": "#DDCC77",
    "assumed": "#CC6677",
}
VERDICT_COLOURS = {
    "meets": "#117733",
    "not_met": "#CC6677",
    "not_proven": "#DDCC77",
    "not_applicable": "#999999",
}
VERDICT_SHAPES = {
    "meets": "circle",
    "not_met": "cross",
    "not_proven": "triangle-up",
    "not_applicable": "square",
}
PLAIN = "#4477AA"
DARK = "#222222"
WIDTH = 460
FONT = "Helvetica, Arial, sans-serif"
LABEL = 330
LOCALE_IT = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " €"]}


def colour(key: str) -> str:
    """Colour of a stage, a class of data or a verdict."""
    for colours in (STAGE_COLOURS, CLASS_COLOURS, VERDICT_COLOURS):
        if key in colours:
            return colours[key]
    return PLAIN


def ink(background: str) -> str:
    """Text colour on a background: the one with more contrast (WCAG 2.2, relative luminance)."""
    parts = [int(background[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "#FFFFFF" if 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05 else "#000000"


def frame(words: Language, title: str, alt: str) -> dict[str, Any]:
    """Frame of a specification: schema, description, fonts, number format of the language."""
    config: dict[str, Any] = {
        "font": FONT, "background": "transparent", "view": {"stroke": None},
        "axis": {"labelLimit": LABEL, "labelFontSize": 12, "titleFontSize": 12, "gridColor": "#E4E4E4",
                 "titleFontWeight": "normal", "labelColor": DARK, "titleColor": DARK},
        "legend": {"labelFontSize": 12, "titleFontSize": 12, "orient": "bottom", "columns": 4,
                   "labelLimit": 180, "title": None},
        "text": {"font": FONT, "fontSize": 12},
    }  # fmt: skip
    if words.lang == "it":
        config["locale"] = {"number": LOCALE_IT}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "description": f"{title}. {alt}",
        "padding": 4,
        "config": config,
    }


def without_marks(text: str) -> str:
    """Text without control characters and marks that change its direction; line ends stay."""
    return MARKS.sub(" ", text)


def clean(text: str, limit: int = 300) -> str:
    """Text of a label: one line, no marks, cut with an ellipsis."""
    plain = " ".join(without_marks(text).split())
    return plain if len(plain) <= limit else plain[: limit - 1].rstrip() + "…"
