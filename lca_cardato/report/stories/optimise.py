"""Report of the best blend of a space, or of a front of blends."""

from __future__ import annotations

from typing import Any

from lca_cardato.charts import points
from lca_cardato.charts.picture import Picture
from lca_cardato.report.parts import Block, Cell, Column, Report, Section, Table, Text
from lca_cardato.report.stories.many import frame
from lca_cardato.report.tables import optimise as tables
from lca_cardato.report.tables.cells import heads
from lca_cardato.words.language import Language
from lca_cardato.words.said import NAME


def optimise_report(document: dict[str, Any], lang: str) -> Report:
    """Make the report of an optimisation.

    Parameters
    ----------
    document : dict
        As `lca_cardato.studies.optimise.Found.to_dict` gives it in the language.
    lang : str

    Returns
    -------
    Report
        What was asked for and how sure it is, the front as chart and table, then blend by blend
        shares, lots and kg, values, limits with their room, verdicts.
    """
    words = Language(lang)
    asked = tables.asked(document, words)
    first = [Text(tables.proof(document, words), "lead"), Text(tables.check_line(document, words))]
    if document["chance"]:
        first.insert(1, Text(tables.chance_line(document["chance"], words)))
    sections = [Section("summary", words("sec_summary"), [*first, *_refused(document, words)])]
    if document["front"]:
        blocks: list[Block] = [front_chart(document, words), tables.front_table(document, words)]
        sections.append(Section("front", words("sec_front"), blocks))
    for place, blend in enumerate(document["blends"]):
        sections.append(_blend(blend, place, bool(document["front"]), words))
    sections.append(
        Section("properties", words("optimise_properties"), _properties(document, words))
    )
    facts = [
        (words("rep_space"), document["space"]),
        (words("optimise_space_digest"), document["sha256"]["space"]),
        (words("dig_inventories"), document["sha256"]["inventory"]),
    ]
    subtitle = words.quote(document["note"], NAME) if document["note"] else ""
    return frame("optimisation", words, asked, subtitle, document, facts, sections)


def _blend(blend: dict[str, Any], place: int, several: bool, words: Language) -> Section:
    """Tell a blend; of several each has a number, which its tables carry too."""
    key = f"_{place}" if several else ""
    blocks: list[Block] = [tables.blend_table(blend, words, f"blend{key}")]
    if told := tables.chosen_line(blend, words):
        blocks.append(Text(told))
    blocks.append(tables.values_table(blend, words, f"values{key}"))
    if blend["limits"]:
        blocks.append(tables.limits_table(blend, words, f"limits{key}"))
    if blend["claims"]:
        blocks.append(_verdicts(blend, words, f"verdicts{key}"))
    title = words("optimise_point", number=str(place)) if several else words("optimise_blend")
    return Section(f"best{key}", title, blocks)


def _verdicts(blend: dict[str, Any], words: Language, key: str) -> Table:
    rows = [
        [Cell(claim["name"]), Cell(words(claim["verdict"]), None, claim["verdict"]),
         Cell(tables.reading_name(claim["reading"], words))]
        for claim in blend["claims"].values()
    ]  # fmt: skip
    columns = heads(words, "sec_claims", "optimise_verdict", "optimise_reading")
    return Table(key, words("sec_claims"), columns, rows)


def front_chart(document: dict[str, Any], words: Language) -> Picture:
    """Draw the front of two goals."""
    names = document["front"]
    dots = []
    for place, blend in enumerate(document["blends"]):
        x, y = (tables.quantity(name, blend["values"][name], words)[0].value for name in names)
        label = words("optimise_point", number=str(place))
        dots.append({"x": x, "y": y, "label": label, "front": True, "group": ""})
    axes = []
    for name in names:
        unit = tables.quantity(name, document["blends"][0]["values"][name], words)[1]
        axes.append(f"{tables.goal_name(document, name, words).split(' (')[0]}, {unit}")
    alt = words("optimise_front_alt")
    return points.front(words, "front", words("sec_front"), alt, axes[0], axes[1], dots)


def _refused(document: dict[str, Any], words: Language) -> list[Block]:
    if not document["refused"]:
        return []
    rows = [
        [Cell(str(r["combination"]), r["combination"]), Cell(r["why"])] for r in document["refused"]
    ]
    columns = heads(words, "#optimise_combination", "c_description")
    return [Table("refused", words("optimise_refused_title"), columns, rows, folded=True)]


def _properties(document: dict[str, Any], words: Language) -> list[Block]:
    if not document["properties"]:
        return []
    rows = [
        [
            Cell(item["name"]),
            Cell(words(f"mixture_{item['rule']}")),
            Cell(item["formula"]),
            Cell(item["source"]),
        ]
        for item in document["properties"]
    ]
    columns = [
        Column(words(key)) for key in ("optimise_property", "optimise_rule", "optimise_formula", "c_source")
    ]  # fmt: skip
    return [Table("properties", words("optimise_properties"), columns, rows)]
