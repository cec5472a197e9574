"""Charts and flow pictures: harmless, told apart, with the digits of the tables."""

import re
import xml.etree.ElementTree as ET

import pytest
from report.conftest import HOSTILE

from lca_cardato.charts import charts, charts_many, points
from lca_cardato.charts.chart_style import (
    CLASS_COLOURS,
    STAGE_COLOURS,
    VERDICT_COLOURS,
    clean,
    ink,
)
from lca_cardato.charts.flow import flow_picture, lanes
from lca_cardato.charts.picture import Picture
from lca_cardato.charts.pictures import as_altair, vega_svg
from lca_cardato.words.language import Language

EN, IT = Language("en"), Language("it")
NAMES = {"dyeing": "dyeing", "spinning": HOSTILE}


def stacked(words, key="k"):
    bars = [(HOSTILE, {"dyeing": 1.234, "spinning": 2.5}), ("b", {"dyeing": -0.5, "spinning": 1.0})]
    return charts.stacked_bars(words, key, "T", "A", "kg", bars, ["dyeing", "spinning"], NAMES)


def every(words):
    front = [
        {"x": i, "y": 9.5 - i, "label": HOSTILE, "group": "meets", "front": i < 3} for i in range(9)
    ]
    blends = [(a / 4, b / 4, (4 - a - b) / 4, a + 1.5, "meets" if a > 2 else "not_met")
              for a in range(5) for b in range(5 - a)]  # fmt: skip
    lines = [([1.0, 2.0 + i, 3.0 - i], "meets") for i in range(4)]
    return [
        stacked(words),
        charts.bars(words, "b", "T", "A", "kg", [(HOSTILE, 1.5), ("x", 0.25)]),
        charts.intervals(words, "i", "T", "A", "%", [(HOSTILE, 90.0, 100.0, 120.5, 99.0)]),
        charts.tornado(words, "t", "T", "A", "kg", 3.5, [(HOSTILE, 3.25, 4.75)]),
        charts.histogram(words, "h", "T", "A", "kg", [1.0, 1.5, 2.0, 2.5], [(HOSTILE, 1.5)]),
        charts_many.scatter(words, "s", "T", "A", "EUR", HOSTILE, front),
        charts_many.ternary(words, "y", "T", "A", (HOSTILE, "b", "c"), blends, "kg"),
        charts_many.parallel(words, "p", "T", "A", ["a", HOSTILE, "c"], lines),
    ]


def labels(picture):
    return [e.get("aria-label") for e in ET.fromstring(picture.svg).iter() if e.get("aria-label")]


@pytest.mark.parametrize("place", range(8))
def test_every_chart_is_plain_svg_and_a_specification_for_altair(place):
    picture = every(EN)[place]
    root = ET.fromstring(picture.svg)
    tags = {e.tag.rsplit("}", 1)[-1] for e in root.iter()}
    assert not tags & {"script", "image", "foreignObject", "style", "a"}
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert all(i.startswith(f"{picture.key}-") for i in ids)
    text = "".join(root.itertext())
    assert "\u202e" not in text and "\u202e" not in "".join(labels(picture))
    assert as_altair(picture).to_dict()["description"] == "T. A"


def test_marks_say_the_digits_of_the_tables():
    said = labels(stacked(IT))
    assert any(s and s.endswith("dyeing: 1,23 kg") for s in said)
    assert "b, dyeing: -0,500 kg" in said
    assert any(s and s.endswith("1.23 kg") for s in labels(stacked(EN)))


def test_a_stage_has_its_colour_in_every_chart(assessed):
    for picture in (stacked(EN), stacked(IT, "other")):
        assert STAGE_COLOURS["dyeing"].lower() in picture.svg.lower()


def test_colours_can_be_told_apart_and_carry_text():
    for colours in (STAGE_COLOURS, CLASS_COLOURS, VERDICT_COLOURS):
        assert len(set(colours.values())) == len(colours)
    assert (ink("#332288"), ink("#DDCC77")) == ("#FFFFFF", "#000000")


def test_long_names_are_cut_and_direction_marks_removed():
    assert clean("a\u202eb\x00c") == "a b c"
    assert len(clean("x" * 500)) == 300 and clean("x" * 500).endswith("…")


def test_the_region_of_the_ternary_is_that_of_the_claim():
    picture = every(EN)[6]
    region = picture.spec["layer"][3]["data"]["values"]
    corners = {(round(p["x"], 3), round(p["y"], 3)) for p in region}
    assert corners == {(0.0, 0.0), (0.25, 0.0), (0.125, 0.217)}


@pytest.mark.parametrize("name", ["recycled-wool-70", "recycled-fabric", "knit-polyester-blend"])
def test_flow_of_material_closes(assessed, name):
    document = assessed(name).to_dict()
    fibres, yarns, end = lanes(document)
    steps = document["mass_balance"]["steps"]
    found = [step for lane in [*fibres, *yarns, end] for step in lane.steps]
    assert sorted(s["key"] for s in found) == sorted(s["key"] for s in steps)
    for lane in [*fibres, *yarns, end]:
        for first, second in zip(lane.steps, lane.steps[1:]):
            assert second["in"] == pytest.approx(first["out"], rel=1e-9)
    for yarn in yarns:
        delivered = sum(p.steps[-1]["out"] if p.steps else p.start for p in yarn.parts)
        back = sum(s["rework"] for s in yarn.steps)
        assert yarn.start == pytest.approx(delivered + back, rel=1e-9)
    picture = flow_picture(EN, "f", "T", "A", document, "mass")
    said = " ".join(labels(picture))
    assert f"{steps[0]['in']:.4f} kg" in said
    root = ET.fromstring(picture.svg)
    places = [float(t.get("y")) for t in root.iter("{http://www.w3.org/2000/svg}text")]
    gaps = [b - a for a, b in zip(sorted(places), sorted(places)[1:])]
    assert min(gaps) >= 14  # no label on another


def test_flow_of_a_burden_adds_up(assessed):
    document = assessed("recycled-wool-70").to_dict("it")
    picture = flow_picture(IT, "c", "T", "A", document, "climate_change")
    bars = picture.spec["data"]["values"]
    total = document["indicators"]["climate_change"]["value"]
    assert bars[-1]["end"] == total
    assert bars[-2]["end"] == pytest.approx(total, rel=1e-9)
    assert f"totale: {total:.2f} kg CO2-eq".replace(".", ",") in labels(picture)


def rows_charts(words):
    shares = {"dyeing": 61.25, "spinning": 38.75}
    parts = {"dyeing": "dyeing", "spinning": "spinning"}
    order = list(parts)
    losses = [("Loss", 0.5, 0.65, 0.81, None), ("Oil", 0.55, 0.6, 0.7, 0.61)]
    return [
        charts.stacked_bars(words, "s", "T", "A", "%", [("Water", shares)], order, parts),
        charts.bars(words, "b", "T", "A", "kg", [("Wool", 2007.5), ("Oil", 0.25)]),
        charts.bars(words, "c", "T", "A", "kg", [("Wool", 3.2e-7), ("Oil", -1.5e-7)]),
        charts.intervals(words, "i", "T", "A", "%", losses),
        charts.tornado(words, "t", "T", "A", "kg", 3.5, [("Loss", 3.25, 4.75), ("Oil", 3.6, 3.41)]),
    ]


def bars_of(svg):
    """Left and right ends of the bars that say something, in their order."""
    found = []
    for item in ET.fromstring(svg).iter():
        if item.get("aria-label") and item.tag.endswith("rect"):
            start, wide = float(item.get("x")), float(item.get("width"))
            found.append((item.get("aria-label"), start, start + wide))
        elif item.get("aria-label") and item.get("d", "").count("h") == 2:
            start, wide = re.match(r"M([-\d.e]+),[-\d.e]+h([-\d.e]+)", item.get("d")).groups()
            found.append((item.get("aria-label"), float(start), float(start) + float(wide)))
    return sorted(found)


@pytest.mark.parametrize("words", [EN, IT], ids=["en", "it"])
@pytest.mark.parametrize("place", [0, 1, 2, 4])
def test_charts_of_rows_are_drawn_as_vega_draws_them(place, words):
    picture = rows_charts(words)[place]
    own, other = picture.svg, vega_svg(picture)
    pairs = list(zip(bars_of(own), bars_of(other)))
    assert len(pairs) == len(bars_of(other)) >= 2
    for (said, *ends), (expected, *places) in pairs:
        assert said == expected
        assert sorted(ends) == pytest.approx(sorted(places), abs=0.6)


@pytest.mark.parametrize("words", [EN, IT], ids=["en", "it"])
@pytest.mark.parametrize("place", range(5))
def test_charts_of_rows_hold_the_texts_that_vega_writes(place, words):
    picture = rows_charts(words)[place]
    texts = [sorted(t for t in ET.fromstring(svg).itertext() if t.strip())
             for svg in (picture.svg, vega_svg(picture))]  # fmt: skip
    assert texts[0] == texts[1]


def dots_of(svg):
    """Places of the points that say something, from the first."""
    found = {}
    for item in ET.fromstring(svg).iter():
        if item.tag.endswith("circle"):
            found[item.get("aria-label")] = float(item.get("cx")), float(item.get("cy"))
        elif item.get("aria-roledescription") == "point":
            place = re.match(r"translate\(([-\d.]+),([-\d.]+)\)", item.get("transform"))
            found[item.get("aria-label")] = tuple(float(one) for one in place.groups())
    return found


@pytest.mark.parametrize("words", [EN, IT], ids=["en", "it"])
@pytest.mark.parametrize("ends", [((1.55, 3.36), (10.2, 1.24)), ((0.31, 0.31), (2e-7, 9e-7))])
def test_a_front_is_drawn_as_vega_draws_it(words, ends):
    (x, x2), (y, y2) = ends
    dots = [
        {"x": x + (x2 - x) * i / 4, "y": y + (y2 - y) * (i / 4) ** 2, "label": f"Blend {i}",
         "group": "", "front": True}
        for i in range(5)
    ]  # fmt: skip
    picture = points.front(words, "f", "T", "A", "Cost, EUR", "Climate, kg", dots)
    own, other = dots_of(picture.svg), dots_of(vega_svg(picture))
    assert own.keys() == other.keys() and len(own) == 5
    first = next(iter(own))
    for name in own:
        for axis in (0, 1) if x != x2 else (1,):
            moved = own[name][axis] - own[first][axis]
            assert moved == pytest.approx(other[name][axis] - other[first][axis], abs=1.0)
    texts = {t for t in ET.fromstring(picture.svg).itertext() if t.strip()}
    assert x == x2 or texts == {t for t in ET.fromstring(vega_svg(picture)).itertext() if t.strip()}
    root = ET.fromstring(picture.svg)
    _, _, wide, high = map(float, root.get("viewBox").split())
    assert "id=" not in picture.svg and "style" not in picture.svg and wide > 600 and high > 400


def test_nothing_is_described_or_drawn_before_it_is_looked_at():
    made = []
    picture = Picture("k", "T", "A", lambda item: made.append("svg") or "<svg/>",
                      lambda: made.append("spec") or {})  # fmt: skip
    assert made == []
    assert picture.svg == picture.svg == "<svg/>" and picture.spec == picture.spec == {}
    assert made == ["svg", "spec"]


@pytest.mark.parametrize("lang", ["en", "it"])
def test_no_label_of_a_report_is_cut_and_no_two_bars_have_the_same(assessed, lang):
    from lca_cardato.report.stories.assessment import assessment_report
    from lca_cardato.studies.material import of_assessment

    for name in ("recycled-fabric", "knit-polyester-blend", "cashmere-blend"):
        material = of_assessment(assessed(name), lang, samples=100)
        for picture in assessment_report(material).pictures():
            if picture.spec is None:
                continue
            texts = list(ET.fromstring(picture.svg).itertext())
            assert not [text for text in texts if text.endswith("…")], picture.key
            first = picture.spec["layer"][0]["encoding"]
            labels = (picture.spec.get("encoding", {}).get("y") or first["y"])["scale"]["domain"]
            assert len(set(labels)) == len(labels), picture.key
