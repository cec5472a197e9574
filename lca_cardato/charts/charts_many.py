"""Charts of many scenarios: Pareto front, simplex of three fibres, parallel coordinates."""

from __future__ import annotations

from typing import Any

from lca_cardato.charts.chart_style import (
    DARK,
    PLAIN,
    WIDTH,
    clean,
)
from lca_cardato.charts.pictures import chart, vega_svg
from lca_cardato.charts.points import POINTS, points, thinned, verdicts
from lca_cardato.words.language import Language

LINES = 300


scatter = chart(vega_svg)(points)


def _place(shares: tuple[float, float, float]) -> tuple[float, float]:
    """Corner coordinates (0, 0), (1, 0), (1/2, sqrt(3)/2)."""
    _, second, third = shares
    return second + third / 2, third * 3**0.5 / 2


def _hull(points: list[tuple[float, float]]) -> list[dict[str, float]]:
    """Outline of the points; a line or nothing where they do not span an area."""
    from scipy.spatial import ConvexHull, QhullError

    distinct = sorted(set(points))
    if len(distinct) < 3:
        return [{"x": x, "y": y, "order": i} for i, (x, y) in enumerate(distinct)]
    try:
        ring = [distinct[i] for i in ConvexHull(distinct).vertices]
    except QhullError:
        ring = [distinct[0], distinct[-1]]
    return [{"x": x, "y": y, "order": i} for i, (x, y) in enumerate([*ring, ring[0]])]


@chart(vega_svg)
def ternary(
    words: Language,
    corners: tuple[str, str, str],
    points: list[tuple[float, float, float, float, str]],
    unit: str,
) -> dict[str, Any]:
    """Blends of three fibres in a triangle, with the region that meets a claim.

    Parameters
    ----------
    words : Language
    corners : tuple of str
        Fibres.
    points : list of (float, float, float, float, str)
        Three shares, value, verdict.
    unit : str
        Of the value.
    """
    values = []
    for a, b, c, value, group in thinned(points, POINTS):
        across, up = _place((a, b, c))
        parts = ", ".join(
            f"{clean(n, 60)} {words.decimal(f'{100 * s:.4g}')} %"
            for n, s in zip(corners, (a, b, c))
        )
        values.append({"x": across, "y": up, "value": value, "meets": group == "meets",
                       "said": f"{parts}: {words.number(value)} {unit}, {words(group)}"})  # fmt: skip
    grid = []
    for share in (0.2, 0.4, 0.6, 0.8):
        for first, second in (((share, 1 - share, 0), (share, 0, 1 - share)),
                              ((1 - share, share, 0), (0, share, 1 - share)),
                              ((1 - share, 0, share), (0, 1 - share, share))):  # fmt: skip
            (x1, y1), (x2, y2) = _place(first), _place(second)
            grid.append({"x": x1, "y": y1, "x2": x2, "y2": y2})
    edge = [{"x": x, "y": y, "order": i}
            for i, (x, y) in enumerate([(0, 0), (1, 0), (0.5, 3**0.5 / 2), (0, 0)])]  # fmt: skip
    region = _hull([_place((a, b, c)) for a, b, c, _, group in points if group == "meets"])
    names = [{"x": x, "y": y, "name": clean(name, 40)}
             for name, (x, y) in zip(corners, ((0, -0.05), (1, -0.05), (0.5, 0.92)))]  # fmt: skip
    x: dict[str, Any] = {"field": "x", "type": "quantitative", "axis": None,
                         "scale": {"domain": [-0.1, 1.1]}}  # fmt: skip
    y: dict[str, Any] = {"field": "y", "type": "quantitative", "axis": None,
                         "scale": {"domain": [-0.1, 0.98]}}  # fmt: skip
    point = {"type": "point", "filled": True, "size": 90, "opacity": 1}
    scale = {"field": "value", "type": "quantitative", "scale": {"scheme": "viridis", "reverse": True},
             "legend": {"title": unit, "orient": "right", "gradientLength": 200}}  # fmt: skip
    return {
        "width": 520, "height": 450,
        "layer": [
            {"data": {"values": grid}, "mark": {"type": "rule", "color": "#D8D8D8"},
             "encoding": {"x": x, "y": y, "x2": {"field": "x2"}, "y2": {"field": "y2"}}},
            {"data": {"values": edge}, "mark": {"type": "line", "color": DARK, "strokeWidth": 1},
             "encoding": {"x": x, "y": y, "order": {"field": "order"}}},
            {"data": {"values": values}, "mark": point,
             "encoding": {"x": x, "y": y, "color": scale, "description": {"field": "said"},
                          "stroke": {"condition": {"test": "datum.meets", "value": "#000000"},
                                     "value": None}}},
            {"data": {"values": region}, "mark": {"type": "line", "color": "#AA3377", "strokeWidth": 3},
             "encoding": {"x": x, "y": y, "order": {"field": "order"}}},
            {"data": {"values": names}, "mark": {"type": "text", "color": DARK, "fontWeight": "bold"},
             "encoding": {"x": x, "y": y, "text": {"field": "name"}}},
        ],
    }  # fmt: skip


@chart(vega_svg)
def parallel(
    words: Language, axes: list[str], lines: list[tuple[list[float], str]]
) -> dict[str, Any]:
    """Parallel coordinates, each axis from its smallest to its largest value.

    Parameters
    ----------
    words : Language
    axes : list of str
    lines : list of (list of float, str)
        One value per axis, and the verdict.
    """
    ends = [(min(v[i] for v, _ in lines), max(v[i] for v, _ in lines)) for i in range(len(axes))]
    names = [clean(name, 40) for name in axes]
    values, groups = [], []
    for number, (line, group) in enumerate(thinned(lines, LINES)):
        groups.append(group)
        for name, value, (low, high) in zip(names, line, ends):
            values.append({"axis": name, "line": number, "group": words(group) if group else "",
                           "at": (value - low) / (high - low) if high > low else 0.5})  # fmt: skip
    labels = [
        {"axis": name, "at": at, "text": words.number(end)}
        for name, (low, high) in zip(names, ends) for at, end in ((-0.05, low), (1.05, high))
    ]  # fmt: skip
    x = {"field": "axis", "type": "nominal", "sort": None, "title": None,
         "scale": {"domain": names, "type": "point"},
         "axis": {"grid": True, "domain": False, "ticks": False, "labelAngle": 0, "labelLimit": 110,
                  "labelPadding": 14}}  # fmt: skip
    y = {"field": "at", "type": "quantitative", "axis": None, "scale": {"domain": [-0.1, 1.1]}}
    mark: dict[str, Any] = {"type": "line", "opacity": 0.6, "strokeWidth": 1.2, "aria": False}
    encoding: dict[str, Any] = {"x": x, "y": y, "detail": {"field": "line"}}
    if any(groups):
        encoding["color"] = verdicts(words, groups)[0]
    else:
        mark["color"] = PLAIN
    return {
        "width": WIDTH + 140, "height": 320,
        "layer": [
            {"data": {"values": values}, "mark": mark, "encoding": encoding},
            {"data": {"values": labels}, "mark": {"type": "text", "color": DARK},
             "encoding": {"x": x, "y": y, "text": {"field": "text"}}},
        ],
    }  # fmt: skip
