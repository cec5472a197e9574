"""The way of the material, and of the burden, as pictures."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from typing import Any

from lca_cardato.charts.chart_style import DARK, FONT, clean, colour
from lca_cardato.charts.charts import axis, row_axis
from lca_cardato.charts.picture import Picture
from lca_cardato.charts.pictures import chart
from lca_cardato.charts.rows import rows_svg
from lca_cardato.words.language import Language
from lca_cardato.words.said import NAME
from lca_cardato.words.units import display

ROW = 44
TOP = 34
TRUNK = 250.0
GAP = 16.0
TEXT = 330
LOSS = "#BBBBBB"
REWORK = "#AA3377"
BLEND = "#77AADD"
FIBRES = ("#4477AA", "#CCBB44", "#228833", "#EE6677", "#66CCEE", "#AA3377", "#999933", "#882255")


@dataclass
class Lane:
    """A chain of steps with one stream: a fibre, a yarn, or the fabric.

    Attributes
    ----------
    key : str
        Start of the keys of its steps.
    name : str
    start : float
        Mass at its beginning, kg per declared unit.
    steps : list of dict
        Steps of the mass balance.
    parts : list of Lane
        Lanes that flow into it.
    colour : str
    x : float
        Middle of the stream in the picture.
    """

    key: str
    name: str
    start: float
    steps: list[dict[str, Any]] = field(default_factory=list)
    parts: list[Lane] = field(default_factory=list)
    colour: str = BLEND
    x: float = 0.0


def lanes(document: dict[str, Any]) -> tuple[list[Lane], list[Lane], Lane]:
    """Read the streams of a product from its mass balance.

    Returns
    -------
    tuple of (list of Lane, list of Lane, Lane)
        Fibres, yarns, and what becomes the product.

    Notes
    -----
    A stream begins with what enters its first step; a fibre without steps of its own with what goes
    into the mixture.
    """
    steps = document["mass_balance"]["steps"]
    fibres: list[Lane] = []
    yarns: list[Lane] = []
    count: dict[str, int] = {}
    for item in document["mass_balance"]["fibres"]:
        number = count.get(item["yarn"], 0)
        count[item["yarn"]] = number + 1
        key = f"{item['yarn']}/{number}/"
        own = [step for step in steps if step["key"].startswith(key)]
        start = own[0]["in"] if own else item["fresh"]
        hue = FIBRES[len(fibres) % len(FIBRES)]
        fibres.append(Lane(key, item["name"], start, own, [], hue))
    for name in count:
        own = [s for s in steps if s["key"].startswith(f"{name}/") and s["key"].count("/") == 1]
        parts = [lane for lane in fibres if lane.key.startswith(f"{name}/")]
        start = own[0]["in"] if own else sum(part.start for part in parts)
        yarns.append(Lane(f"{name}/", name, start, own, parts))
    known = {id(s) for lane in [*fibres, *yarns] for s in lane.steps}
    rest = [s for s in steps if id(s) not in known]
    end = Lane(
        "",
        Language(document["language"]).quote(document["product"]["name"], NAME),
        rest[0]["in"] if rest else yarns[0].start,
        rest,
        yarns,
    )
    return fibres, yarns, end


def flow_picture(
    words: Language, key: str, title: str, alt: str, document: dict[str, Any], what: str
) -> Picture:
    """Draw the way of the material or of a burden.

    Parameters
    ----------
    words : Language
    key, title, alt : str
    document : dict
        Result document.
    what : str
        ``mass``, or an indicator.

    Returns
    -------
    Picture
    """
    if what == "mass":
        return Picture(key, title, alt, lambda item: mass_svg(words, item.title, document))
    return climb(words, key, title, alt, document, what)


def mass_svg(words: Language, title: str, document: dict[str, Any]) -> str:
    """Draw the streams from top to bottom: a row per step, width by mass."""
    fibres, yarns, end = lanes(document)
    rows = [*[(f, s) for f in fibres for s in f.steps], *[(y, s) for y in yarns for s in y.steps],
            *[(end, s) for s in end.steps]]  # fmt: skip
    place = {id(step): float(TOP + ROW * i) for i, (_, step) in enumerate(rows, len(fibres))}
    whole = sum(f.start for f in fibres) or 1.0
    scale = (TRUNK - GAP * (len(fibres) - 1)) / max(whole, *(y.start for y in yarns))
    x = 20.0
    for lane in fibres:
        lane.x = x + lane.start * scale / 2
        x += lane.start * scale + GAP
    for yarn in yarns:
        yarn.x = sum(p.x for p in yarn.parts) / len(yarn.parts)
    end.x = sum(y.x for y in yarns) / len(yarns)
    height = TOP + ROW * (len(fibres) + len(rows)) + 40

    def entry(lane: Lane) -> tuple[float, float]:
        """Middle and row where a stream flows into the next one."""
        onto = next((t for t in (*yarns, end) if lane in t.parts), end)
        below = onto if onto.steps else end
        row = place[id(below.steps[0])] if below.steps else height - 34.0
        return onto.x + _offset(onto, lane) * scale, row

    svg = ET.Element("svg", {
        "xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 720 {height}", "width": "720",
        "height": str(height), "role": "img", "aria-label": clean(title), "font-family": FONT,
        "font-size": "12",
    })  # fmt: skip
    pen = _Pen(svg, words, scale)
    for number, lane in enumerate(fibres):
        y = float(TOP + ROW * number)
        pen.text(TEXT, y + 4, f"{clean(lane.name, 44)}: {pen.kg(lane.start)}", bold=True)
        pen.line(lane.x, y, TEXT - 6, y)
        bottom, x = place.get(id(lane.steps[0]) if lane.steps else 0, 0.0), lane.x
        if not lane.steps:
            x, bottom = entry(lane)
            pen.band(lane, lane.x, y, lane.x, bottom - ROW, lane.start, lane.start, lane.colour)
            y = bottom - ROW
        pen.band(lane, lane.x, y, x, bottom, lane.start, lane.start, lane.colour)
    for lane in [*fibres, *yarns, end]:
        for number, step in enumerate(lane.steps):
            y = place[id(step)]
            pen.step(lane, step, y)
            following = lane.steps[number + 1] if number + 1 < len(lane.steps) else None
            if following is not None:
                pen.band(lane, lane.x, y + ROW / 2, lane.x, place[id(following)], step["out"],
                         following["in"] if following["in"] <= step["out"] else step["out"],
                         lane.colour)  # fmt: skip
            elif lane is not end:
                x, bottom = entry(lane)
                pen.band(
                    lane, lane.x, y + ROW / 2, x, bottom, step["out"], step["out"], lane.colour
                )
    last = rows[-1][1]["out"] if rows else end.start
    bottom = height - 34
    pen.band(end, end.x, place[id(rows[-1][1])] + ROW / 2 if rows else TOP, end.x, bottom, last, last,
             BLEND)  # fmt: skip
    pen.text(TEXT, bottom + 4, f"{clean(end.name, 44)}: {pen.kg(last)}", bold=True)
    pen.line(end.x, bottom, TEXT - 6, bottom)
    return ET.tostring(svg, encoding="unicode")


def _offset(onto: Lane, lane: Lane) -> float:
    """Where a part lies in the stream that it flows into, kg from the middle."""
    masses = [part.steps[-1]["out"] if part.steps else part.start for part in onto.parts]
    before = sum(masses[: onto.parts.index(lane)])
    return before + masses[onto.parts.index(lane)] / 2 - sum(masses) / 2


class _Pen:
    """Draws bands, labels and lines."""

    def __init__(self, svg: ET.Element, words: Language, scale: float) -> None:
        self.svg, self.words, self.scale = svg, words, scale

    def kg(self, mass: float) -> str:
        """A mass with the digits of the mass balance."""
        return self.words.decimal(f"{mass:.4f}") + " kg"

    def text(self, x: float, y: float, text: str, bold: bool = False, fill: str = DARK) -> None:
        """Write."""
        item = ET.SubElement(self.svg, "text", {"x": f"{x:.1f}", "y": f"{y:.1f}", "fill": fill})
        if bold:
            item.set("font-weight", "bold")
        item.text = text

    def line(self, x: float, y: float, x2: float, y2: float) -> None:
        """Draw a thin line from a stream to its label."""
        ET.SubElement(self.svg, "line", {
            "x1": f"{x:.1f}", "y1": f"{y:.1f}", "x2": f"{x2:.1f}", "y2": f"{y2:.1f}",
            "stroke": "#999999", "stroke-width": "0.7", "stroke-dasharray": "2 3",
        })  # fmt: skip

    def band(
        self, lane: Lane, x: float, y: float, x2: float, y2: float, mass: float, mass2: float,
        fill: str,
    ) -> None:  # fmt: skip
        """Draw a stream from one height to another."""
        a, b, middle = mass * self.scale / 2, mass2 * self.scale / 2, (y + y2) / 2
        path = (
            f"M{x - a:.1f},{y:.1f} C{x - a:.1f},{middle:.1f} {x2 - b:.1f},{middle:.1f} "
            f"{x2 - b:.1f},{y2:.1f} L{x2 + b:.1f},{y2:.1f} C{x2 + b:.1f},{middle:.1f} "
            f"{x + a:.1f},{middle:.1f} {x + a:.1f},{y:.1f} Z"
        )
        ET.SubElement(self.svg, "path", {
            "d": path, "fill": fill, "fill-opacity": "0.85",
            "aria-label": f"{clean(lane.name)}: {self.kg(mass)}",
        })  # fmt: skip

    def step(self, lane: Lane, step: dict[str, Any], y: float) -> None:
        """Draw a step: what goes through, what is lost to the right, and its label."""
        half = ROW / 2
        self.band(lane, lane.x, y, lane.x, y + half, step["in"], step["out"], lane.colour)
        right = lane.x + step["in"] * self.scale / 2
        notes = []
        for name, fill in (("waste", LOSS), ("rework", REWORK)):
            if step[name] > 5e-5:
                notes.append(f"{self.words(f'c_{name}')} {self.kg(step[name])}")
                thick = max(1.0, step[name] * self.scale)
                ET.SubElement(self.svg, "path", {
                    "d": f"M{right - thick:.1f},{y:.1f} q{thick:.1f},{half * 0.8:.1f} "
                         f"{thick + 14:.1f},{half * 0.8:.1f} l0,-{thick:.1f} "
                         f"q-{14:.1f},0 -14,-{max(half * 0.8 - thick, 0):.1f} Z",
                    "fill": fill, "aria-label": f"{clean(step['name'])}: {notes[-1]}",
                })  # fmt: skip
                right -= thick
        self.line(lane.x, y, TEXT - 6, y)
        self.text(TEXT, y + 4, clean(step["name"].split(" (")[0], 46))  # its lane says of what
        detail = f"{self.kg(step['in'])[:-3]} → {self.kg(step['out'])}"
        self.text(TEXT, y + 19, "; ".join([detail, *notes]), fill="#555555")


@chart(rows_svg)
def climb(words: Language, document: dict[str, Any], name: str) -> dict[str, Any]:
    """How the stages add up to the total."""
    item = document["indicators"][name]
    unit = display(name, 0.0, item["unit"])[1]
    values, at = [], 0.0
    for stage, raw in item["by_stage"].items():
        value = display(name, raw, "")[0]
        if value:
            values.append({"label": words(stage), "start": at, "end": at + value, "colour": colour(stage),
                           "text": ("+" if value > 0 else "") + words.number(value),
                           "said": f"{words(stage)}: {words.number(value)} {unit}"})  # fmt: skip
            at += value
    total = display(name, item["value"], "")[0]
    values.append({"label": words("total"), "start": 0.0, "end": total, "colour": DARK,
                   "text": words.number(total),
                   "said": f"{words('total')}: {words.number(total)} {unit}"})  # fmt: skip
    x = {"field": "start", "type": "quantitative", "axis": axis(unit, total)}
    return {
        "width": 480, "height": {"step": 28}, "data": {"values": values},
        "encoding": {"y": row_axis([v["label"] for v in values])},
        "layer": [
            {"mark": {"type": "bar", "height": {"band": 0.75}},
             "encoding": {"x": x, "x2": {"field": "end"}, "description": {"field": "said"},
                          "color": {"field": "colour", "type": "nominal", "scale": None}}},
            {"mark": {"type": "text", "align": "left", "dx": 4, "color": DARK, "aria": False},
             "encoding": {"x": {"field": "end", "type": "quantitative"},
                          "text": {"field": "text"}}},
        ],
    }  # fmt: skip
