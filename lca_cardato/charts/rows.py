"""Charts with a name at the left of every row, drawn as SVG without a browser's machinery.

Reads the part of Vega-Lite that `lca_cardato.charts.charts` writes: one nominal axis of rows,
one quantitative axis, and layers of bars, rules, ticks, points and texts.
"""

from __future__ import annotations

import math
import unicodedata
import xml.etree.ElementTree as ET
from decimal import Decimal
from typing import Any

from lca_cardato.charts.chart_style import DARK, FONT, LABEL
from lca_cardato.charts.picture import Picture

GREY, GRID = "#888888", "#E4E4E4"
SIZE, GAP, PAD = 12, 6.0, 4.0
"""Size of the letters, space beside them, space around the picture."""
AXIS, KEY = 42.0, 19.0
"""Height of the axis with its title, and of a row of the legend."""
KEYS = 4
"""Entries of a row of the legend."""
WIDTHS = (
    [278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278]
    + [556] * 10
    + [278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667]
    + [556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278]
    + [469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556]
    + [556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584]
)
"""Widths of the letters from space to tilde in Helvetica, thousandths of the size (Adobe font
metrics, core 14 fonts)."""


def rows_svg(picture: Picture) -> str:
    """Draw a chart of rows.

    Parameters
    ----------
    picture : Picture
        With a specification.

    Returns
    -------
    str
        SVG without ids, styles or references.
    """
    assert picture.spec is not None
    return ET.tostring(_Drawing(picture.spec).root, encoding="unicode")


def width(text: str, size: float = SIZE) -> float:
    """Width of a text in Helvetica, pixels."""
    found = 0
    for letter in unicodedata.normalize("NFD", text):
        code = ord(letter)
        if 32 <= code < 127:
            found += WIDTHS[code - 32]
        elif not unicodedata.combining(letter):
            found += 1000 if unicodedata.east_asian_width(letter) in "WF" or letter == "…" else 584
    return found * size / 1000


def cut(text: str, most: float) -> str:
    """Cut a text with an ellipsis where it is wider than so many pixels."""
    if width(text) <= most:
        return text
    while text and width(text + "…") > most:
        text = text[:-1]
    return text.rstrip() + "…"


def step(low: float, high: float, count: int) -> float:
    """Distance of round marks, about so many of them: 1, 2 or 5 times a power of ten."""
    rough = (high - low) / count
    power = 10.0 ** math.floor(math.log10(rough))
    factor = next(
        (f for f, at in ((10, 50**0.5), (5, 10**0.5), (2, 2**0.5)) if rough / power >= at), 1
    )
    return float(f"{factor * power:.12g}")


def written(value: float, form: str, decimal: str) -> str:
    """Write the number of a mark: ``.4~r`` in full, ``.2~e`` with an exponent."""
    if form.endswith("e"):
        digits, _, exponent = f"{value:.2e}".partition("e")
        text = f"{_short(digits)}e{int(exponent):+d}"
    else:
        text = _short(f"{Decimal(f'{value:.3e}'):f}")
    return ("−" + text[1:] if text.startswith("-") else text).replace(".", decimal)


def _short(digits: str) -> str:
    """Take needless zeros from the end."""
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


class _Drawing:
    """A chart in the making; places are pixels from the corner of the area of the rows."""

    def __init__(self, spec: dict[str, Any]) -> None:
        self.spec = spec
        number = spec["config"].get("locale", {}).get("number", {})
        self.decimal = number.get("decimal", ".")
        shared = spec.get("encoding", {})
        self.layers = [
            {**layer, "encoding": {**shared, **layer["encoding"]},
             "data": layer.get("data", spec["data"])["values"]}
            for layer in spec["layer"]
        ]  # fmt: skip
        first = self.layers[0]["encoding"]
        self.labels = first["y"]["scale"]["domain"]
        self.band = float(spec["height"]["step"])
        self.wide, self.high = float(spec["width"]), self.band * len(self.labels)
        self.axis, self.scale = first["x"]["axis"], first["x"].get("scale", {})
        self.low, self.top = self.domain()
        entries = first.get("color", {}).get("scale") or {"domain": [], "range": []}
        self.keys = list(zip(entries["domain"], entries["range"]))
        self.root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "role": "img"})
        self.area = ET.SubElement(self.root, "g", {"font-family": FONT, "font-size": str(SIZE)})
        ends = [self.frame(), *(self.layer(layer) for layer in self.layers)]
        left = max((width(cut(label, LABEL)) for label in self.labels), default=0.0) + GAP + PAD
        beyond = max([self.wide + PAD, *ends])
        below = self.high + AXIS + KEY * -(-len(self.keys) // KEYS) + PAD
        whole = f"{left + beyond:.0f}", f"{PAD + below:.0f}"
        self.area.set("transform", f"translate({left:.1f},{PAD:.0f})")
        self.root.attrib.update(
            {"width": whole[0], "height": whole[1], "viewBox": f"0 0 {whole[0]} {whole[1]}",
             "aria-label": spec["description"]}
        )  # fmt: skip

    def domain(self) -> tuple[float, float]:
        """Ends of the axis: as given, or those of the data, with zero and rounded if wanted."""
        if "domain" in self.scale:
            low, high = self.scale["domain"]
            return float(low), float(high)
        found = [0.0]
        for layer in self.layers:
            names = [layer["encoding"][k]["field"] for k in ("x", "x2") if k in layer["encoding"]]
            found += [float(row[name]) for row in layer["data"] for name in names]
        low, high = min(found), max(found)
        if low == high:
            return low, low + 1.0
        if self.scale.get("nice", True):
            size = step(low, high, 10)
            low, high = math.floor(low / size) * size, math.ceil(high / size) * size
        return low, high

    def place(self, value: float) -> float:
        """Place of a value."""
        return (float(value) - self.low) / (self.top - self.low) * self.wide

    def line(
        self, x: float, y: float, x2: float, y2: float, colour: str, thick: float = 1
    ) -> ET.Element:
        """Draw a line."""
        ends = zip(("x1", "y1", "x2", "y2"), (x, y, x2, y2))
        found = {name: f"{at:.1f}" for name, at in ends}
        found.update({"stroke": colour, "stroke-width": f"{thick:g}"})
        return ET.SubElement(self.area, "line", found)

    def text(self, x: float, y: float, text: str, anchor: str, **more: str) -> None:
        """Write a text, its middle at a height."""
        size = float(more.get("font-size", SIZE))
        found = {
            "x": f"{x:.1f}",
            "y": f"{y + 0.35 * size:.1f}",
            "text-anchor": anchor,
            "fill": DARK,
        }
        ET.SubElement(self.area, "text", {**found, **more}).text = text

    def frame(self) -> float:
        """Draw both axes and the legend; returns where they end."""
        end = 0.0
        size = step(self.low, self.top, self.axis["tickCount"])
        for number in range(
            math.ceil(self.low / size - 1e-9), math.floor(self.top / size + 1e-9) + 1
        ):
            x = self.place(number * size)
            self.line(x, 0, x, self.high, GRID)
            self.line(x, self.high, x, self.high + 5, GREY)
            text = written(number * size, self.axis["format"], self.decimal)
            self.text(x, self.high + 13, text, "middle")
            end = x + width(text) / 2 + PAD
        self.line(0, self.high, self.wide, self.high, GREY)
        self.text(self.wide / 2, self.high + 31, self.axis["title"], "middle")
        for number, label in enumerate(self.labels):
            self.text(-GAP, self.band * (number + 0.5), cut(label, LABEL), "end")
        x = 0.0
        for column in range(KEYS):
            keys = self.keys[column::KEYS]
            for number, (name, colour) in enumerate(keys):
                y = self.high + AXIS + KEY * number + 8
                self.box(x, y - 5, x + 10, y + 5, colour)
                self.text(x + 14, y, name, "start")
            x += max((width(name) for name, _ in keys), default=0.0) + 28
            end = max(end, x - 10 if keys else end)
        return end

    def box(self, x: float, y: float, x2: float, y2: float, fill: str) -> ET.Element:
        """Draw a rectangle."""
        return ET.SubElement(self.area, "rect", {
            "x": f"{min(x, x2):.2f}", "y": f"{y:.2f}", "width": f"{abs(x2 - x):.2f}",
            "height": f"{y2 - y:.2f}", "fill": fill,
        })  # fmt: skip

    def layer(self, layer: dict[str, Any]) -> float:
        """Draw the marks of a layer; returns where its texts end."""
        mark, encoding, end = layer["mark"], layer["encoding"], 0.0
        for row in layer["data"]:
            y, row_high = 0.0, self.high
            if "y" in encoding:
                y = self.band * (self.labels.index(row[encoding["y"]["field"]]) + 0.5)
                row_high = self.band
            x = self.place(row[encoding["x"]["field"]])
            x2 = self.place(row[encoding["x2"]["field"]] if "x2" in encoding else 0.0)
            fill = mark.get("color", DARK)
            if "color" in encoding:
                fill = row[encoding["color"]["field"]]
                fill = dict(self.keys).get(fill, fill)
            item = None
            if mark["type"] == "text":
                end = max(end, self.label(mark, row[encoding["text"]["field"]], x, y, fill))
            elif mark["type"] == "bar":
                half = row_high * mark.get("height", {}).get("band", 0.8) / 2
                item = self.box(x, y - half, x2, y + half, fill)
                if "stroke" in mark:
                    item.attrib.update({"stroke": mark["stroke"], "stroke-width": "1"})
            elif mark["type"] == "tick":
                self.line(x, y - mark["size"] / 2, x, y + mark["size"] / 2, fill, mark["thickness"])
            elif mark["type"] == "point":
                d = f"M{x:.1f},{y - 6:.1f} l4,6 l-4,6 l-4,-6 Z"
                ET.SubElement(self.area, "path", {"d": d, "fill": fill})
            elif "y" in encoding:
                half = mark["strokeWidth"] / 2
                item = self.box(x, y - half, x2, y + half, fill)
            else:
                item = self.line(x, 0, x, self.high, fill)
            if item is not None and "description" in encoding:
                item.set("aria-label", row[encoding["description"]["field"]])
        return end

    def label(self, mark: dict[str, Any], text: str, x: float, y: float, fill: str) -> float:
        """Write a text of a layer; returns where it ends."""
        if not text:
            return 0.0
        size, at = mark.get("fontSize", SIZE), x + mark.get("dx", 0)
        anchor = {"left": "start", "right": "end"}.get(mark.get("align", ""), "middle")
        more = {"fill": fill, **({} if size == SIZE else {"font-size": f"{size:g}"})}
        self.text(at, y, text, anchor, **more)
        return float(at + width(text, size) + PAD) if anchor == "start" else 0.0
