"""Charts as Vega-Lite specifications, made when they are looked at.

Each takes the language, then key, title and alternative text, then what its own text names, and
gives a `lca_cardato.report.parts.Picture`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Optional

from lca_cardato.charts.chart_style import DARK, PLAIN, WIDTH, clean, colour, ink
from lca_cardato.charts.pictures import chart, vega_svg
from lca_cardato.charts.rows import rows_svg
from lca_cardato.words.language import Language

ROOM = 6.0


def axis(title: str, largest: float) -> dict[str, Any]:
    """Axis with its unit; numbers without an exponent where that is readable."""
    plain = 1e-3 <= abs(largest) < 1e6
    return {"title": title, "format": ".4~r" if plain else ".2~e", "tickCount": 6}


def wide(values: list[float], share: float = 0.12) -> list[float]:
    """Domain with room for labels at both ends."""
    low, high = min(values), max(values)
    room = share * (high - low or abs(high) or 1.0)
    return [low - room, high + room]


def row_axis(labels: list[str]) -> dict[str, Any]:
    """Axis of the names of the rows."""
    return {
        "field": "label", "type": "nominal", "sort": None, "title": None,
        "axis": {"ticks": False, "domain": False},
        "scale": {"domain": labels},
    }  # fmt: skip


@chart(rows_svg)
def stacked_bars(
    words: Language,
    unit: str,
    bars: list[tuple[str, dict[str, float]]],
    order: list[str],
    names: dict[str, str],
) -> dict[str, Any]:
    """One bar per label, in parts.

    Parameters
    ----------
    words : Language
    unit : str
    bars : list of (str, dict)
        Label, and value by part.
    order : list of str
        Parts in their order.
    names : dict
        Part -> name.
    """
    names = {part: clean(name, 60) for part, name in names.items()}
    parts = [p for p in order if any(values.get(p) for _, values in bars)]
    reach = max((sum(v for v in values.values() if v > 0) for _, values in bars), default=0.0)
    values = []
    for label, found in bars:
        above = below = 0.0
        for part in parts:
            value = found.get(part, 0.0)
            if not value:
                continue
            start = above if value > 0 else below
            if value > 0:
                above += value
            else:
                below += value
            fits = reach > 0 and abs(value) / reach * 100 >= ROOM
            values.append({
                "label": clean(label), "part": names[part], "start": start, "end": start + value,
                "middle": start + value / 2, "text": words.number(value, 2) if fits else "",
                "ink": ink(colour(part)),
                "said": f"{clean(label)}, {names[part]}: {words.number(value)} {unit}",
            })  # fmt: skip
    labels = [clean(label) for label, _ in bars]
    scale = {"domain": [names[p] for p in parts], "range": [colour(p) for p in parts]}
    return {
        "width": WIDTH, "height": {"step": 34}, "data": {"values": values},
        "encoding": {"y": row_axis(labels)},
        "layer": [
            {"mark": {"type": "bar", "height": {"band": 0.72}, "stroke": "white", "strokeWidth": 1},
             "encoding": {
                 "x": {"field": "start", "type": "quantitative", "axis": axis(unit, reach),
                       "scale": {"nice": False}},
                 "x2": {"field": "end"},
                 "color": {"field": "part", "type": "nominal", "scale": scale},
                 "description": {"field": "said"}}},
            {"mark": {"type": "text", "aria": False, "fontSize": 11},
             "encoding": {"x": {"field": "middle", "type": "quantitative"}, "text": {"field": "text"},
                          "color": {"field": "ink", "type": "nominal", "scale": None}}},
        ],
    }  # fmt: skip


@chart(rows_svg)
def bars(words: Language, unit: str, rows: list[tuple[str, float]]) -> dict[str, Any]:
    """One bar per label with its value beside it.

    Parameters
    ----------
    words : Language
    unit : str
    rows : list of (str, float)
        Labels, no two alike.
    """
    values = [
        {"label": clean(label), "value": value, "text": words.number(value),
         "said": f"{clean(label)}: {words.number(value)} {unit}"}
        for label, value in rows
    ]  # fmt: skip
    return {
        "width": WIDTH, "height": {"step": 24}, "data": {"values": values},
        "encoding": {"y": row_axis([v["label"] for v in values]),
                     "x": {"field": "value", "type": "quantitative",
                           "axis": axis(unit, max((abs(v) for _, v in rows), default=1.0))}},
        "layer": [
            {"mark": {"type": "bar", "color": PLAIN},
             "encoding": {"description": {"field": "said"}}},
            {"mark": {"type": "text", "align": "left", "dx": 4, "aria": False, "color": DARK},
             "encoding": {"text": {"field": "text"}}},
        ],
    }  # fmt: skip


@chart(rows_svg)
def intervals(
    words: Language, unit: str, rows: Sequence[tuple[str, float, float, float, Optional[float]]]
) -> dict[str, Any]:
    """Intervals with their median, and the stated value where there is one.

    Parameters
    ----------
    words : Language
    unit : str
    rows : list of (str, float, float, float, float or None)
        Label, low, median, high, stated.
    """
    values = [
        {"label": clean(label), "low": low, "median": median, "high": high, "stated": stated,
         "text": f"{words.number(low)} … {words.number(high)}",
         "said": f"{clean(label)}: {words.number(median)} {unit} "
                 f"({words.number(low)} … {words.number(high)})"}
        for label, low, median, high, stated in rows
    ]  # fmt: skip
    return {
        "width": WIDTH, "height": {"step": 34}, "data": {"values": values},
        "encoding": {"y": row_axis([v["label"] for v in values])},
        "layer": [
            {"mark": {"type": "rule", "strokeWidth": 8, "color": "#88CCEE"},
             "encoding": {"x": {"field": "low", "type": "quantitative",
                                "axis": axis(unit, max(row[3] for row in rows)),
                                "scale": {"zero": False, "nice": False,
                                          "domain": wide([v[k] for v in values
                                                          for k in ("low", "high")])}},
                          "x2": {"field": "high"}, "description": {"field": "said"}}},
            {"mark": {"type": "tick", "thickness": 3, "size": 18, "color": "#332288", "aria": False},
             "encoding": {"x": {"field": "median", "type": "quantitative"}}},
            {"data": {"values": [v for v in values if v["stated"] is not None]},
             "mark": {"type": "point", "shape": "diamond", "filled": True, "size": 70,
                      "color": "#CC6677", "aria": False},
             "encoding": {"x": {"field": "stated", "type": "quantitative"}}},
            {"mark": {"type": "text", "align": "left", "dx": 6, "aria": False, "color": DARK},
             "encoding": {"x": {"field": "high", "type": "quantitative"},
                          "text": {"field": "text"}}},
        ],
    }  # fmt: skip


@chart(rows_svg)
def tornado(
    words: Language, unit: str, stated: float, rows: list[tuple[str, float, float]]
) -> dict[str, Any]:
    """Scores with one figure at its lower and at its upper end.

    Parameters
    ----------
    words : Language
    unit : str
    stated : float
        Score with every figure as stated.
    rows : list of (str, float, float)
        Label, score at the low end, score at the high end.
    """
    values = []
    for label, low, high in rows:
        for end, mark, side in ((low, "−", "low"), (high, "+", "high")):
            values.append({
                "label": clean(label), "start": stated, "end": end, "side": side, "mark": mark,
                "text": words.number(end), "left": end < stated,
                "said": f"{clean(label)} {mark}: {words.number(end)} {unit}",
            })  # fmt: skip
    said = f"{words('c_stated')}: {words.number(stated)} {unit}"
    labels = list(dict.fromkeys(clean(label) for label, _, _ in rows))
    ends = [stated, *(end for _, low, high in rows for end in (low, high))]
    x = {"field": "end", "type": "quantitative", "axis": axis(unit, max(ends)),
         "scale": {"zero": False, "nice": False, "domain": wide(ends)}}  # fmt: skip
    y = row_axis(labels)
    text = {"type": "text", "aria": False, "color": DARK, "fontSize": 10}
    return {
        "width": WIDTH, "height": {"step": 24}, "data": {"values": values},
                "layer": [
            {"mark": {"type": "bar", "height": {"band": 0.7}},
             "encoding": {"y": y, "x": x, "x2": {"field": "start"}, "description": {"field": "said"},
                          "color": {"field": "mark", "type": "nominal",
                                    "scale": {"domain": ["−", "+"], "range": ["#88CCEE", "#CC6677"]}}}},
            {"data": {"values": [v for v in values if v["left"]]},
             "mark": {**text, "align": "right", "dx": -3},
             "encoding": {"y": y, "x": x, "text": {"field": "text"}}},
            {"data": {"values": [v for v in values if not v["left"]]},
             "mark": {**text, "align": "left", "dx": 3},
             "encoding": {"y": y, "x": x, "text": {"field": "text"}}},
            {"data": {"values": [{"at": stated, "said": said}]}, "mark": {"type": "rule", "color": DARK},
             "encoding": {"x": {"field": "at", "type": "quantitative"},
                          "description": {"field": "said"}}},
        ],
    }  # fmt: skip


@chart(vega_svg)
def histogram(
    words: Language, unit: str, values: Any, marks: list[tuple[str, float]]
) -> dict[str, Any]:
    """Distribution of draws.

    Parameters
    ----------
    words : Language
    unit : str
    values : array_like
    marks : list of (str, float)
        Lines with a name.
    """
    import numpy as np

    found = np.asarray(values, dtype=float)
    counts, edges = np.histogram(found[np.isfinite(found)], bins=40)
    rows = [
        {"from": float(a), "to": float(b), "count": int(n),
         "said": f"{words.number(float(a))} … {words.number(float(b))} {unit}: {int(n)}"}
        for n, a, b in zip(counts, edges, edges[1:])
    ]  # fmt: skip
    lines = [{"at": at, "name": f"{clean(name)} {words.number(at)}"} for name, at in marks]
    return {
        "width": WIDTH + 120, "height": 200,
        "layer": [
            {"data": {"values": rows}, "mark": {"type": "bar", "color": PLAIN},
             "encoding": {
                 "x": {"field": "from", "type": "quantitative", "axis": axis(unit, float(np.abs(edges).max())),
                       "scale": {"zero": False, "nice": False}},
                 "x2": {"field": "to"}, "description": {"field": "said"},
                 "y": {"field": "count", "type": "quantitative", "axis": axis("n", 1.0)},
                 "y2": {"datum": 0}}},
            {"data": {"values": lines}, "mark": {"type": "rule", "color": DARK, "strokeDash": [4, 3]},
             "encoding": {"x": {"field": "at", "type": "quantitative"}}},
            {"data": {"values": lines},
             "mark": {"type": "text", "align": "left", "dx": 4, "y": -6, "color": DARK, "aria": False},
             "encoding": {"x": {"field": "at", "type": "quantitative"}, "text": {"field": "name"}}},
        ],
    }  # fmt: skip
