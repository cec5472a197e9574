"""The report of one assessment, from its result document."""

from __future__ import annotations

import math
from typing import Any, Optional

from lca_cardato.report.parts import Block, Cell, Column, Fact, Facts, Report, Section, Table, Text
from lca_cardato.report.stories import sections, short
from lca_cardato.report.stories.parties import parties_section
from lca_cardato.report.stories.sheet import sheet
from lca_cardato.report.tables import assessment as story_tables
from lca_cardato.report.tables.cells import INVENTORIED, heads, name_of
from lca_cardato.report.tables.claims import claim_block, said_once, verifier
from lca_cardato.report.tables.notices import notice_blocks, notice_section, questions
from lca_cardato.report.tables.readings import readings
from lca_cardato.report.tables.reference import electricity_line
from lca_cardato.results.material import Material
from lca_cardato.words.language import Language
from lca_cardato.words.said import NAME, Said
from lca_cardato.words.units import STAGE_COLUMNS, THREE, display, percent, share


def assessment_report(material: Material) -> Report:
    """Make the report of one assessment.

    Parameters
    ----------
    material : Material

    Returns
    -------
    Report
        In the language of the result document.
    """
    document = material.document
    words = Language(document["language"])
    product = document["product"]
    subtitle = "; ".join(
        f"{yarn['count']}, {story_tables.blend(words, yarn)}" for yarn in product["yarns"]
    )
    tool = document["tool"]
    facts = [
        (words("rep_unit"), document["declared_unit"]["text"]),
        (words("rep_scenario"), document["scenario"]["id"]),
        (words("rep_run"), material.run),
        (words("rep_written"), material.written),
        (words("rep_program"), f"{tool['name']} {tool['version']}"),
        (words("rep_digest"), material.digest),
    ]
    if line := story_tables.background_line(document, words):
        facts.append((words("rep_background"), line.partition(": ")[2]))
    found = document.get("notices", [])
    names = [n for n in STAGE_COLUMNS if document["indicators"][n]["coverage"] >= INVENTORIED]
    chapters = [
        notice_section([*notice_blocks(found, words), *questions(found, words)], words),
        _summary(document, words),
        sections.stages_section(document, words, names),
        _claims(material, words),
        parties_section(document, words),
        sections.contributors_section(document, words),
        sections.quality_section(document, words, names),
        sections.flow_section(document, words),
        sections.allocation_section(document, words),
        sections.uncertainty_section(material, words),
        _goal(document, words),
        sections.data_section(material, words),
        _method(document, words),
        _reproduce(material, words),
    ]
    return Report(
        "assessment", words.lang, words.quote(product["name"], NAME), subtitle,
        [(label, text) for label, text in facts if text], material.run, material.digest,
        [section for section in chapters if section.blocks], sheet(material),
    )  # fmt: skip


def _summary(document: dict[str, Any], words: Language) -> Section:
    climate = document["indicators"]["climate_change"]
    parts = {k: v for k, v in climate["by_stage"].items() if v > 0}
    inside = document["product"]["boundary"] == "cradle_to_gate"
    blocks: list[Block] = []
    if parts and climate["value"] > 0:
        stage = max(parts, key=lambda name: parts[name])
        lead = words(
            "sum_lead" if inside else "sum_lead_gate", unit=document["declared_unit"]["text"],
            value=words.number(climate["value"]), stage=words(stage),
            share=percent(words, parts[stage] / climate["value"]),
        )  # fmt: skip
        blocks.append(Text(lead[0].upper() + lead[1:], "lead"))
    facts = [_fact(document, words, name) for name in THREE]
    facts += [*short.verdict_facts(document, words), _recycled(document, words)]
    blocks.append(Facts([fact for fact in facts if fact is not None]))
    blocks += [short.scope(document, words), *short.figure_notes(document, words)]
    blocks += [*short.contributors(document, words), *short.to_measure(document, words)]
    blocks += [Text(item["text"], "warning") for item in story_tables.warnings(document)]
    if note := document["scenario"]["note"]:
        blocks.append(Text(words("said_note", text=Said(note)), "quote"))
    return Section("summary", words("sec_summary"), blocks)


def _fact(document: dict[str, Any], words: Language, name: str) -> Optional[Fact]:
    item = document["indicators"][name]
    if item["coverage"] < INVENTORIED:
        return None
    value, unit = display(name, item["value"], item["unit"])
    sign, meaning = "", []
    if item["lower_bound"]:
        sign = "≥ "
        meaning.append(words("mean_bound", share=percent(words, item["coverage"])))
    if between := short.reach(words, name, item):
        meaning.append(words("mean_interval", between=between))
    if document["reference"]:
        told = short.against(document, words, name)
        told = told[:1].upper() + told[1:]
        known = document["reference"]["indicators"][name].get("comparable")
        meaning.append(words("mean_against", told=told) if known else f"{told}.")
    if item["value"] > 0:
        stage = max(item["by_stage"], key=lambda key: item["by_stage"][key])
        part = percent(words, item["by_stage"][stage] / item["value"])
        meaning.append(words("mean_most", stage=words(stage), share=part))
    label = name_of(words, name)
    return Fact(label, sign + words.number(value), unit, " ".join(meaning), value)


def _recycled(document: dict[str, Any], words: Language) -> Optional[Fact]:
    fibres = document["mass_balance"]["fibres"]
    if not fibres:
        return None
    parts = [f for f in fibres if f["origin"].startswith("recycled")]
    value, dry = (math.fsum(f[key] for f in parts) for key in ("share", "share_dry"))
    return Fact(
        words("fact_recycled"), share(words, value), "", words("mean_recycled", dry=share(words, dry)),
        value * 100,
    )  # fmt: skip


def _claims(material: Material, words: Language) -> Section:
    document = material.document
    blocks: list[Block] = []
    claims, once = said_once(document["claims"], words)
    for claim in sorted(claims, key=lambda item: item["family"] != "mark"):
        blocks.append(claim_block(claim, words, claim["family"] != "mark"))
    blocks += once
    if material.documents:
        blocks.append(story_tables.documents(material.documents, words))
    blocks += readings(document, words)
    if (looked := verifier(document, words)) is not None:
        blocks.append(looked)
    return Section("claims", words("sec_claims"), blocks)


def _goal(document: dict[str, Any], words: Language) -> Section:
    boundary = document["product"]["boundary"]
    electricity = document["electricity"]
    contract = f"{electricity['contract']}: {', '.join(electricity['datasets'])}"
    contract = ". ".join(filter(None, (contract, electricity_line(document, words))))
    rows = [
        ("goal_goal", words("goal_goal_text")),
        ("goal_audience", words("goal_audience_text")),
        ("goal_product", words.quote(document["product"]["name"], NAME)),
        ("rep_unit", document["declared_unit"]["text"]),
        ("goal_boundary", words(f"goal_boundary_{boundary}")),
        ("goal_cut_off", words("goal_cut_off_text")),
        ("goal_allocation", words("goal_allocation_text")),
        ("goal_electricity", contract),
        ("goal_method", " ".join([words("goal_method_text"), *_corrected(document, words)])),
        ("goal_review", words("goal_review_text")),
    ]
    cells = [[Cell(words(key)), Cell(text)] for key, text in rows]
    table = Table("goal", words("sec_goal"), heads(words, "c_subject", "c_description"), cells)
    return Section("goal", words("sec_goal"), [table])


def _method(document: dict[str, Any], words: Language) -> Section:
    texts = ["goal_method_text", "agreement_text", "characterised_text", "comparison_limits",
             "goal_review_text"]  # fmt: skip
    told = [words(key) for key in texts]
    told[1:1] = _corrected(document, words)
    return Section("method", words("sec_method"), [Text(text) for text in told])


def _corrected(document: dict[str, Any], words: Language) -> list[str]:
    """Tell how many factors are corrected; nothing where none is, or the result is older."""
    count = document.get("characterisation", {}).get("corrected", 0)
    return [words("corrected_text", count=str(count))] if count else []


def _reproduce(material: Material, words: Language) -> Section:
    scenario = material.document["scenario"]["id"]
    told, typed = "reproduce_no_run", f"lca-cardato assess {scenario}.yaml"
    if run := material.folder:
        told, typed = "reproduce_text", f"lca-cardato verify {run}\nlca-cardato reproduce {run}"
    rows = [[Cell(what), Cell(digest)] for what, digest in material.digests]
    rows.append([Cell(words("dig_result")), Cell(material.digest)])
    columns = [*heads(words, "c_what"), Column("SHA-256")]
    digests = Table("digests", words("tab_digests"), columns, rows)
    blocks: list[Block] = [Text(words(told)), Text(typed, "code"), digests]
    return Section("reproduce", words("sec_reproduce"), blocks)
