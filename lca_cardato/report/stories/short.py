"""The first answer: three figures, verdicts, what weighs most, what to measure first.

Described once; a terminal and a page show it in the same order, above all else.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lca_cardato.report.parts import Block, Cell, Column, Fact, Table, Text
from lca_cardato.report.tables import assessment as tables
from lca_cardato.report.tables.cells import INVENTORIED, heads, short, shown
from lca_cardato.report.tables.labels import contributor_labels, step_labels
from lca_cardato.report.tables.lopsided import edge_texts
from lca_cardato.report.tables.reference import (
    costlier,
    electricity_line,
    interval_text,
    range_told,
    reference_label,
    unclear_ends,
)
from lca_cardato.words.language import Language
from lca_cardato.words.units import THREE, display, signed

FEW = 3
"""Contributors and assumptions that are told."""
LEAST = 0.005
"""Share of an indicator from which an assumption is told."""
MISSING = 130
"""Characters of what is missing for a claim."""
COMMON = ("defaults_used", "lower_bounds")
"""Warnings of nearly every result: the first is told, the second stands in the figures."""


def figures(document: dict[str, Any], words: Language) -> Table:
    """Climate change, energy and water consumed, with interval and saving."""
    reference = document["reference"]
    rows = []
    for name in THREE:
        item = document["indicators"][name]
        first = Cell(short(words, name), None, "whole")
        if item["coverage"] < INVENTORIED:
            rows.append(
                [first, Cell(words("not_inventoried")), *[Cell("")] * (4 if reference else 2)]
            )
            continue
        value, unit = display(name, item["value"], item["unit"])
        sign = "≥ " if item["lower_bound"] else ""
        row = [
            first,
            Cell(sign + words.number(value), value),
            Cell(unit),
            Cell(reach(words, name, item)),
        ]
        if reference:
            row.append(Cell(against(document, words, name)))
        rows.append(row)
    columns = heads(words, "sec_impact", "#c_value", "c_unit", "#short_interval")
    if reference:
        columns.append(Column(words("short_against"), left=True))
    return Table("answer", "", columns, rows)


def reach(words: Language, name: str, item: dict[str, Any]) -> str:
    """95 % interval of the draws of an indicator; empty where there is none."""
    if not (found := item.get("interval")):
        return ""
    low, high = (shown(words, name, found[end]).text for end in ("low", "high"))
    return words("from_to", low=low, high=high)


def against(document: dict[str, Any], words: Language, name: str) -> str:
    """Saving against virgin fibre, as a range where there is one; else the difference as stated."""
    reference = document["reference"]
    if found := reference.get("ranges", {}).get(name):
        return range_told(words, found)[0]
    stated = reference["indicators"][name]
    if not stated.get("comparable") or stated["difference"] is None:
        return words("not_comparable")
    told, between = signed(words, stated["difference"]), interval_text(words, stated)
    return f"{told} ({between})" if between else told


def figure_notes(document: dict[str, Any], words: Language) -> list[Text]:
    """Say what the figures are compared with, and which of them are to be read with care.

    Electricity by contract has the mix of the grid beside it, and a costly fibre that was named the
    others of its family, where one of them would save less than the range.
    """
    line = electricity_line(document, words)
    texts = [Text(line)] if line else []
    if reference := document["reference"]:
        texts.append(Text(words("short_label", label=reference_label(document, words)), "note"))
        for name, found in reference.get("ranges", {}).items():
            texts += unclear_ends(words, name, found)
        texts += costlier(document, words)
    drawn = {name: document["indicators"][name] for name in THREE}
    found = [(n, "", i["value"], i["interval"]) for n, i in drawn.items() if i.get("interval")]
    return [*texts, *edge_texts(words, found)]


def missing(claim: dict[str, Any], words: Language) -> str:
    """Tell the first thing that a claim lacks; empty where it lacks nothing."""
    found = [item for item in claim["criteria"] if item["verdict"] == claim["verdict"]]
    if claim["verdict"] in ("meets", "not_applicable") or not found:
        return ""
    text = shortened(found[0]["change"] or found[0]["reason"])
    return words("short_claim", title=found[0]["title"], text=text)


def shortened(text: str, most: int = MISSING) -> str:
    """Cut a text at the end of a sentence or of a part of a list.

    Examples
    --------
    >>> shortened("Measure, first: dyeing: heat (1 %), carding: heat (2 %), oil (3 %).", 45)
    'Measure, first: dyeing: heat (1 %) …'
    """
    if len(text) <= most:
        return text
    start = text[:most]
    for sign, keep in ((". ", 1), ("), ", 1), ("; ", 0), (", ", 0), (" ", 0)):
        at = start.rfind(sign)
        if at > 0:
            return start[: at + keep] + ("" if sign == ". " else " …")
    return start + "…"


def verdicts(document: dict[str, Any], words: Language) -> Table:
    """Verdicts of the marks, with the first thing that each lacks."""
    rows = [
        [Cell(claim["name"]), Cell(words(claim["verdict"]), None, claim["verdict"]),
         Cell(missing(claim, words))]
        for claim in document["claims"] if claim["family"] == "mark"
    ]  # fmt: skip
    told = any(row[-1].text for row in rows)
    columns = [*heads(words, "x_claim", "x_claim_verdict")]
    columns[1] = replace(columns[1], left=True)
    if told:
        columns.append(Column(words("short_missing"), left=True))
    return Table("verdicts", words("h_claims"), columns, [row[: len(columns)] for row in rows])


def verdict_facts(document: dict[str, Any], words: Language) -> list[Fact]:
    """The same as headline figures."""
    return [
        Fact(claim["name"], words(claim["verdict"]), "", missing(claim, words) or words("mean_self"),
             None, claim["verdict"])
        for claim in document["claims"] if claim["family"] == "mark"
    ]  # fmt: skip


def contributors(document: dict[str, Any], words: Language) -> list[Table]:
    """The largest contributors to climate change; none where nothing contributes."""
    found = document["contributors"]["climate_change"]
    names = contributor_labels(found, document["product"], words)
    rows = [
        [Cell(name), shown(words, "climate_change", row["value"]),
         Cell(f"{row['share'] * 100:.0f} %", row["share"] * 100)]
        for name, row in zip(names[:FEW], found)
    ]  # fmt: skip
    columns = heads(words, "c_step", "#climate_change kg CO2-eq", "#c_share %")
    return [Table("largest", words("h_contributors"), columns, rows)] if rows else []


def to_measure(document: dict[str, Any], words: Language) -> list[Table]:
    """The heaviest assumptions: what to measure or document first; none where none weighs."""
    found = [row for row in document["assumptions"] if max(row["shares"].values()) >= LEAST][:FEW]
    names = assumption_names(document, words, found)
    rows = [
        [Cell(name), *(Cell(f"{row['shares'][n] * 100:.0f} %", row["shares"][n] * 100) for n in THREE)]
        for name, row in zip(names, found)
    ]  # fmt: skip
    columns = heads(words, "c_assumption")
    columns += [Column(short(words, n), "%", True) for n in THREE]
    return [Table("measure", words("short_measure"), columns, rows)] if rows else []


def assumption_names(
    document: dict[str, Any], words: Language, rows: list[dict[str, Any]]
) -> list[str]:
    """Name assumptions shortly: the step with its fibre, and the figure."""
    names = []
    for row in rows:
        owner, _, _ = row["key"].partition(".")
        step, between, what = row["name"].rpartition(": ")
        if row["kind"] == "figure" and "/" in owner and between:
            stage = "dyeing" if "/dyeing" in owner else ""
            told = step_labels([(owner, step, stage)], document["product"], words)
            names.append(f"{told[0][0]}: {what}")
        else:
            names.append(row["name"])
    return names


def warnings(document: dict[str, Any]) -> list[Text]:
    """What to know before the figures are used, but for what stands in the figures already."""
    return [
        Text(f"- {item['text']}")
        for item in tables.warnings(document)
        if item["code"] != "lower_bounds"
    ]


def scope(document: dict[str, Any], words: Language) -> Text:
    """Say what the figures reach over, and what the sign of a lower bound means."""
    inside = document["product"]["boundary"] == "cradle_to_gate"
    what = words("cradle_to_gate" if inside else "gate_to_gate_short")
    return Text(words("boundary", what=what), "note")


def blocks(document: dict[str, Any], words: Language) -> list[Block]:
    """Give the first answer for a terminal, below the head of the product."""
    blank = Text("")
    found: list[Block] = [figures(document, words), scope(document, words)]
    marks = headed(verdicts(document, words))
    marks.columns[1] = replace(marks.columns[1], title="")
    grantors = dict.fromkeys(c["grantor"] for c in document["claims"] if c["family"] == "mark")
    found += [*figure_notes(document, words), blank, marks]
    found += [*(Text(grantor, "note") for grantor in grantors), blank]
    for part in (contributors(document, words), to_measure(document, words)):
        found += [*map(headed, part), blank] if part else []
    return [*found, *warnings(document)]


def headed(table: Table) -> Table:
    """Put the title of a table into its head, with the unit of each column: a line less."""
    first, *others = table.columns
    units = [replace(c, title=c.unit if "CO2" in c.unit else c.title) for c in others]
    kept = [replace(c, title="") if c.title == table.title else c for c in units]
    return replace(table, title="", columns=[replace(first, title=table.title), *kept])
