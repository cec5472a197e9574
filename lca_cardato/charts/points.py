"""Points on two axes with their front: described once, and drawn as SVG without a browser's machinery.

`points_svg` reads the part of Vega-Lite that `points` writes where the points are of one kind.
"""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from typing import Any

from lca_cardato.charts.chart_style import (
    DARK,
    FONT,
    PLAIN,
    VERDICT_COLOURS,
    VERDICT_SHAPES,
    WIDTH,
    clean,
)
from lca_cardato.charts.charts import axis
from lca_cardato.charts.picture import Picture
from lca_cardato.charts.pictures import chart
from lca_cardato.charts.rows import GREY, GRID, PAD, SIZE, cut, step, width, written
from lca_cardato.words.language import Language

POINTS = 2000
BELOW = 42.0
"""Height of the lower axis with its title."""
TITLE = 20.0
"""Width of the title of the axis at the left."""


def verdicts(words: Language, groups: list[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Colour and shape by verdict, for those that occur."""
    there = [g for g in VERDICT_COLOURS if g in groups]
    names = [words(g) for g in there]
    colour = {"field": "group", "type": "nominal",
              "scale": {"domain": names, "range": [VERDICT_COLOURS[g] for g in there]}}  # fmt: skip
    shape = {"field": "group", "type": "nominal",
             "scale": {"domain": names, "range": [VERDICT_SHAPES[g] for g in there]}}  # fmt: skip
    return colour, shape


def thinned(items: list[Any], most: int) -> list[Any]:
    """At most so many items, evenly chosen."""
    if len(items) <= most:
        return items
    return [items[round(i * (len(items) - 1) / (most - 1))] for i in range(most)]


def points(
    words: Language, x_title: str, y_title: str, items: list[dict[str, Any]]
) -> dict[str, Any]:
    """Points with their Pareto front.

    Parameters
    ----------
    words : Language
    x_title, y_title : str
    items : list of dict
        ``x``, ``y``, ``label``, ``group`` (verdict) and ``front``.
    """
    x_title, y_title = clean(x_title, 80), clean(y_title, 80)
    front = sorted((p for p in items if p["front"]), key=lambda p: p["x"])
    drawn = thinned([p for p in items if not p["front"]], POINTS) + front
    values = [
        {"x": p["x"], "y": p["y"], "group": words(p["group"]) if p["group"] else "",
         "said": f"{clean(p['label'])}: {words.number(p['x'])} {x_title}, "
                 f"{words.number(p['y'])} {y_title}"}
        for p in drawn
    ]  # fmt: skip
    groups = [p["group"] for p in items if p["group"]]
    point: dict[str, Any] = {"type": "point", "filled": True, "size": 40, "opacity": 0.75}
    x = {"field": "x", "type": "quantitative", "scale": {"zero": False},
         "axis": axis(x_title, max((abs(p["x"]) for p in items), default=1.0))}  # fmt: skip
    y = {"field": "y", "type": "quantitative", "scale": {"zero": False},
         "axis": axis(y_title, max((abs(p["y"]) for p in items), default=1.0))}  # fmt: skip
    encoding: dict[str, Any] = {"x": x, "y": y, "description": {"field": "said"}}
    if groups:
        encoding["color"], encoding["shape"] = verdicts(words, groups)
    else:
        point["color"] = PLAIN
    steps = [{"x": p["x"], "y": p["y"], "order": i} for i, p in enumerate(front)]
    return {
        "width": WIDTH + 140, "height": 380,
        "layer": [
            {"data": {"values": steps}, "mark": {"type": "line", "color": DARK, "strokeWidth": 2},
             "encoding": {"x": x, "y": y, "order": {"field": "order"}}},
            {"data": {"values": values}, "mark": point, "encoding": encoding},
        ],
    }  # fmt: skip


# -- drawn -----------------------------------------------------------------------------------------


def points_svg(picture: Picture) -> str:
    """Draw points of one kind and their front.

    Parameters
    ----------
    picture : Picture
        With a specification by `points`.

    Returns
    -------
    str
        SVG without ids, styles or references.
    """
    assert picture.spec is not None
    spec = picture.spec
    line, dots = spec["layer"]
    decimal = spec["config"].get("locale", {}).get("number", {}).get("decimal", ".")
    wide, high = float(spec["width"]), float(spec["height"])
    values = dots["data"]["values"]
    x = _Axis(line["encoding"]["x"]["axis"], [v["x"] for v in values], 0.0, wide, decimal)
    y = _Axis(line["encoding"]["y"]["axis"], [v["y"] for v in values], high, 0.0, decimal)
    root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "role": "img"})
    left = TITLE + max(width(text) for _, text in y.marks) + 2 * PAD + 5
    area = ET.SubElement(root, "g", {"font-family": FONT, "font-size": str(SIZE)})
    area.set("transform", f"translate({left:.1f},{SIZE:.0f})")
    for at, text in x.marks:
        _line(area, at, 0, at, high, GRID)
        _text(area, at, high + 13, text, "middle")
    for at, text in y.marks:
        _line(area, 0, at, wide, at, GRID)
        _text(area, -PAD - 5, at, text, "end")
    _line(area, 0, high, wide, high, GREY)
    _line(area, 0, 0, 0, high, GREY)
    _text(area, wide / 2, high + 31, cut(x.title, wide), "middle")
    name = _text(area, 0, 0, cut(y.title, high), "middle")
    name.set("transform", f"translate({TITLE / 2 - left:.1f},{high / 2:.1f}) rotate(-90)")
    steps = [(x.place(v["x"]), y.place(v["y"])) for v in line["data"]["values"]]
    ET.SubElement(area, "polyline", {
        "points": " ".join(f"{a:.1f},{b:.1f}" for a, b in steps), "fill": "none",
        "stroke": line["mark"]["color"], "stroke-width": str(line["mark"]["strokeWidth"]),
    })  # fmt: skip
    for value in values:
        dot = {"cx": f"{x.place(value['x']):.1f}", "cy": f"{y.place(value['y']):.1f}", "r": "4",
               "fill": dots["mark"]["color"], "role": "img", "aria-label": value["said"]}  # fmt: skip
        ET.SubElement(area, "circle", dot)
    whole = f"{left + wide + 3 * SIZE:.0f}", f"{SIZE + high + BELOW:.0f}"
    root.attrib.update({
        "width": whole[0], "height": whole[1], "viewBox": f"0 0 {whole[0]} {whole[1]}",
        "aria-label": spec["description"],
    })  # fmt: skip
    return ET.tostring(root, encoding="unicode")


class _Axis:
    """An axis: from values to pixels, with round marks."""

    def __init__(
        self, axis: dict[str, Any], values: list[float], start: float, end: float, decimal: str
    ) -> None:
        low, high = min(values, default=0.0), max(values, default=1.0)
        if low == high:
            low, high = low - abs(low) / 2, high + (abs(high) / 2 or 1.0)
        grain = step(low, high, 10)
        self.low, self.high = math.floor(low / grain) * grain, math.ceil(high / grain) * grain
        self.start, self.end, self.title = start, end, axis["title"]
        size = step(self.low, self.high, axis["tickCount"])
        ends = math.ceil(self.low / size - 1e-9), math.floor(self.high / size + 1e-9)
        self.marks = [
            (self.place(number * size), written(number * size, axis["format"], decimal))
            for number in range(ends[0], ends[1] + 1)
        ]

    def place(self, value: float) -> float:
        """Place of a value, pixels."""
        part = (float(value) - self.low) / (self.high - self.low)
        return self.start + part * (self.end - self.start)


def _line(area: ET.Element, x: float, y: float, x2: float, y2: float, colour: str) -> None:
    ends = zip(("x1", "y1", "x2", "y2"), (x, y, x2, y2))
    found = {name: f"{at:.1f}" for name, at in ends}
    ET.SubElement(area, "line", {**found, "stroke": colour})


def _text(area: ET.Element, x: float, y: float, text: str, anchor: str) -> ET.Element:
    found = {"x": f"{x:.1f}", "y": f"{y + 0.35 * SIZE:.1f}", "text-anchor": anchor, "fill": DARK}
    item = ET.SubElement(area, "text", found)
    item.text = text
    return item


front = chart(points_svg)(points)
