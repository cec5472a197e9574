"""Sections of the report of one assessment that hold pictures and tables."""

from __future__ import annotations

from typing import Any

from lca_cardato.charts import charts
from lca_cardato.charts.flow import flow_picture
from lca_cardato.report.parts import Block, Cell, Choice, Section, Table, Text
from lca_cardato.report.tables import assessment as story_tables
from lca_cardato.report.tables import contributors as contributor_tables
from lca_cardato.report.tables.cells import heads, name_of, number, short, unit_of
from lca_cardato.report.tables.labels import figure_labels
from lca_cardato.report.tables.lopsided import edge_texts
from lca_cardato.report.tables.reference import (
    alternatives,
    comparison_lines,
    draws_line,
)
from lca_cardato.results.material import Material
from lca_cardato.words.language import Language
from lca_cardato.words.units import display


def stages_section(document: dict[str, Any], words: Language, names: list[str]) -> Section:
    """All indicators, what they are compared with, and impact by stage."""
    blocks: list[Block] = [story_tables.indicators(document, words, True)]
    blocks += _beside(document, words)
    if document["methods"]:
        blocks.append(story_tables.methods(document, words))
    blocks.append(story_tables.indicators(document, words, False))
    blocks.append(story_tables.coverage(document, words))
    bars = []
    for name in names:
        item = document["indicators"][name]
        if item["value"]:
            parts = {k: 100 * v / item["value"] for k, v in item["by_stage"].items()}
            bars.append((short(words, name), parts))
    order = list(document["indicators"][names[0]]["by_stage"])
    if bars:
        blocks.append(
            charts.stacked_bars(
                words, "stages", words("pic_stages"), words("pic_stages_alt"), "%", bars, order,
                {key: words(key) for key in order},
            )
        )  # fmt: skip
    blocks.append(story_tables.stages(document, words, names))
    return Section("stages", words("sec_impact"), blocks)


def _beside(document: dict[str, Any], words: Language) -> list[Block]:
    """Median and interval, and the same product from virgin fibre."""
    line = draws_line(document, words)
    blocks: list[Block] = [Text(line)] if line else []
    if reference := document["reference"]:
        told = words.number(reference["indicators"]["climate_change"]["value"])
        text = words("sum_reference", name=reference["name"], value=told)
        first, then = comparison_lines(document, words)
        blocks += [*first, *then, Text(text[0].upper() + text[1:])]
        blocks.append(Text(words("comparison_note"), "note"))
        blocks += alternatives(document, words)
    return blocks


def flow_section(document: dict[str, Any], words: Language) -> Section:
    """The way of the material, and of its burden."""
    blocks: list[Block] = [
        flow_picture(words, "flow_mass", words("pic_mass"), words("pic_mass_alt"), document, "mass"),
        story_tables.mass(document, words),
        story_tables.fibres(document, words),
        flow_picture(
            words, "flow_climate", words("pic_climate"), words("pic_climate_alt"), document,
            "climate_change",
        ),
    ]  # fmt: skip
    return Section("flow", words("sec_flow"), blocks)


def contributors_section(document: dict[str, Any], words: Language) -> Section:
    """What weighs most."""
    names = [n for n, rows in document["contributors"].items() if rows]
    pictures, titles = [], []
    for name in names:
        title = short(words, name)
        unit = unit_of(words, name, document["indicators"][name]["unit"])
        found = contributor_tables.bars(document, words, name)
        rows = [(label, display(name, value, "")[0]) for label, value in found]
        alt = words("pic_contributors_alt", indicator=title)
        heading = f"{words('pic_contributors')}: {title}"
        pictures.append(charts.bars(words, f"contributors_{name}", heading, alt, unit, rows))
        titles.append(title)
    blocks: list[Block] = []
    if pictures:
        blocks.append(Choice("contributors", words("pic_contributors"), titles, pictures))
    blocks += [contributor_tables.contributors(document, words, name) for name in names]
    return Section("contributors", words("sec_contributors"), blocks)


def quality_section(document: dict[str, Any], words: Language, names: list[str]) -> Section:
    """What the figures rest on."""
    bars = [
        (short(words, name),
         {k: 100 * v for k, v in document["indicators"][name]["by_data_class"].items()})
        for name in names
    ]  # fmt: skip
    picture = charts.stacked_bars(
        words, "data_classes", words("pic_classes"), words("pic_classes_alt"), "%", bars,
        list(story_tables.CLASSES), {k: words(k) for k in story_tables.CLASSES},
    )  # fmt: skip
    blocks: list[Block] = [picture, story_tables.classes(document, words, names)]
    heavy = story_tables.assumptions(document, words)
    if heavy:
        blocks.append(heavy)
    return Section("quality", words("sec_quality"), blocks)


def allocation_section(document: dict[str, Any], words: Language) -> Section:
    """Cut-off beside the Circular Footprint Formula."""
    table = story_tables.allocation(document, words)
    return Section("allocation", words("sec_allocation"), [table] if table else [])


def uncertainty_section(material: Material, words: Language) -> Section:
    """Intervals, and one figure at a time."""
    found = material.uncertainty
    if found is None:
        text = [Text(words("no_uncertainty"), "note")] if material.run else []
        return Section("uncertainty", words("sec_uncertainty"), list(text))
    rows, reach = [], []
    for name, item in found["indicators"].items():
        values = [
            display(name, item[k], item["unit"])[0] for k in ("stated", "low", "median", "high")
        ]
        unit = unit_of(words, name, item["unit"])
        rows.append(
            [Cell(name_of(words, name)),
             *[number(words, value) for value in values], Cell(unit)]
        )  # fmt: skip
        stated, low, median, high = values
        if stated > 0:
            label = short(words, name)
            part = 100 / stated
            reach.append((label, low * part, median * part, high * part, 100.0))
    columns = heads(words, "c_indicator", "#c_stated", "#c_low", "#c_median", "#c_high", "c_unit")
    title = words("tab_unc", samples=str(found["samples"]), seed=str(found["seed"]))
    blocks: list[Block] = [
        *edge_texts(words, [(n, "", i["stated"], i) for n, i in found["indicators"].items()])
    ]
    if reach:
        blocks.append(
            charts.intervals(words, "intervals", words("pic_intervals"), words("pic_intervals_alt"),
                             "%", reach)
        )  # fmt: skip
    blocks.append(Table("uncertainty", title, columns, rows, note=words("tab_unc_note")))
    if material.tornado:
        stated = material.document["indicators"]["climate_change"]["value"]
        named = figure_labels(material.tornado)
        ends = [(name, row["low"], row["high"]) for name, row in zip(named, material.tornado)]
        blocks.append(
            charts.tornado(words, "tornado", words("pic_tornado"), words("pic_tornado_alt"),
                           "kg CO2-eq", stated, ends)
        )  # fmt: skip
    return Section("uncertainty", words("sec_uncertainty"), blocks)


def data_section(material: Material, words: Language) -> Section:
    """Every exchange, figure, dataset and source."""
    document = material.document
    blocks: list[Block] = [
        story_tables.contributions(material.contributions, words, "climate_change"),
        story_tables.parameters(document, words, material.sources),
        story_tables.datasets(document, words),
        story_tables.source_list(document, words, material.sources),
    ]
    return Section("data", words("sec_data"), blocks)
