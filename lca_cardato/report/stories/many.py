"""Reports of a comparison, of uncertainty and of sensitivity."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from lca_cardato.charts import charts
from lca_cardato.charts.picture import Picture
from lca_cardato.report.parts import (
    Block,
    Choice,
    Report,
    Section,
    Text,
)
from lca_cardato.report.tables import studies as tables
from lca_cardato.report.tables.cells import short, unit_of
from lca_cardato.report.tables.labels import figure_labels
from lca_cardato.report.tables.lopsided import edge_texts, lower_bound_texts
from lca_cardato.report.tables.moves import moved
from lca_cardato.report.tables.notices import notice_blocks, notice_section, of_several
from lca_cardato.report.tables.studies import draws_line, sentence, unit_text
from lca_cardato.text.number import gap, largest
from lca_cardato.words.language import Language
from lca_cardato.words.said import NAME
from lca_cardato.words.units import display

if TYPE_CHECKING:
    from lca_cardato.studies.compare import Comparison
    from lca_cardato.studies.sensitivity import Sensitivity
    from lca_cardato.studies.uncertainty import Uncertainty

BARS = 15
METHOD = ("goal_method_text", "characterised_text", "limits_public")
"""Sentences on the method of an assessment."""


def frame(
    kind: str, words: Language, title: str, subtitle: str, document: dict[str, Any],
    facts: list[tuple[str, str]], sections: list[Section], method: Sequence[str] = METHOD,
) -> Report:  # fmt: skip
    """Put sections into a report; its digest is that of the document it was made from.

    Parameters
    ----------
    kind : str
    words : Language
    title, subtitle : str
    document : dict
    facts : list of (str, str)
        What it is of, beside program and digests.
    sections : list of Section
        Those without a block are left out.
    method : sequence of str
        Keys of the sentences on the method, which end the report.
    """
    from lca_cardato.results.csv_tables import json_text

    digest = hashlib.sha256(json_text(document).encode()).hexdigest()
    tool = document["tool"]
    found = [
        *facts,
        (words("rep_program"), f"{tool['name']} {tool['version']}"),
        (words("dig_inventories"), document.get("inventory_sha256", "")),
        (words("rep_digest"), digest),
    ]
    limits = Section("method", words("sec_method"), [Text(words(key)) for key in method])
    return Report(
        kind, words.lang, title, subtitle, [(a, b) for a, b in found if b], "", digest,
        [s for s in [*sections, limits] if s.blocks],
    )  # fmt: skip


def comparison_report(comparison: Comparison, lang: str) -> Report:
    """Make the report of a comparison.

    Parameters
    ----------
    comparison : Comparison
    lang : str

    Returns
    -------
    Report
    """
    words, document = Language(lang), comparison.to_dict(lang)
    names = [s["id"] for s in document["scenarios"]]
    facts = [
        (s["id"], f"{words.quote(s['name'], NAME)} (SHA-256 {s['sha256'][:16]}…)")
        for s in document["scenarios"]
    ]
    draws = document.get("uncertainty")
    if draws:
        facts.append((words("fact_draws"), draws_line(draws, words)))
    told = notice_blocks(document["differences"], words)
    told += of_several([(s["id"], s["notices"]) for s in document["scenarios"]], words)
    sections = [
        notice_section(told, words),
        Section("summary", words("sec_summary"), _compared(document, words, names)),
        Section("moves", words("moves_section"), [*moved(document, words)]),
        Section("stages", words("sec_stages"), _stage_bars(document, words, names)),
        Section("claims", words("sec_claims"), [tables.claim_table(document, words, names)]),
    ]
    if draws:
        blocks = _pairs(document, comparison, words, names)
        sections.insert(2, Section("uncertainty", words("sec_uncertainty"), blocks))
    title = words("rep_comparison", count=str(len(names)))
    return frame("comparison", words, title, " · ".join(names), document, facts, sections)


def _compared(document: dict[str, Any], words: Language, names: list[str]) -> list[Block]:
    unit_line = unit_text(document, words)
    note = Text(tables.comparison_note(document, words), "note")
    return [Text(unit_line), tables.compared(document, words, names), note]


def _stage_bars(document: dict[str, Any], words: Language, names: list[str]) -> list[Block]:
    pictures, titles, found = [], [], []
    for name, item in document["indicators"].items():
        order = list(item["by_stage"])
        unit = unit_of(words, name, item["unit"])
        bars = [
            (scenario, {k: display(name, item["by_stage"][k][i], "")[0] for k in order})
            for i, scenario in enumerate(names)
        ]
        title = f"{words('h_stages')}: {short(words, name)}"
        pictures.append(
            charts.stacked_bars(words, f"stages_{name}", title, words("alt_stage_bars"), unit, bars,
                                order, {k: words(k) for k in order})
        )  # fmt: skip
        titles.append(short(words, name))
        found.append(tables.stages(document, words, name, f"stages_of_{name}"))
    return [Choice("stages", words("h_stages"), titles, pictures), *found]


def _pairs(
    document: dict[str, Any], comparison: Comparison, words: Language, names: list[str]
) -> list[Block]:
    blocks: list[Block] = []
    pictures, titles, intervals = [], [], []
    edges: list[tuple[str, str, float, dict[str, Any]]] = []
    simulation, drawn = comparison.simulation, document["uncertainty"]
    assert simulation is not None
    for pair in drawn["indicators"].get("climate_change", {"pairs": []})["pairs"]:
        blocks.append(Text(f"{short(words, 'climate_change')}: {sentence(words, pair)}", "lead"))
    for place, (name, item) in enumerate(drawn["indicators"].items()):
        unit = unit_of(words, name, document["indicators"][name]["unit"])
        for i, scenario in enumerate(names):
            stated = document["indicators"][name]["values"][i]
            edges.append((name, scenario, stated, item["products"][i]))
            intervals.append(_interval(name, unit, scenario, item["products"][i], stated))
            if i:
                gap = display(name, 1.0, "")[0] * (
                    simulation.scores[i, place] - simulation.scores[0, place]
                )
                title = f"{short(words, name)}: {scenario} − {names[0]}"
                alt = words("alt_difference", first=names[0], second=scenario)
                key = f"difference_{name}_{i}"
                pictures.append(charts.histogram(words, key, title, alt, unit, gap, [("", 0.0)]))
                titles.append(title)
    return [
        *blocks, *edge_texts(words, edges), tables.pairs(drawn, words), _interval_choice(words, intervals),
        tables.intervals(words, intervals),
        Choice("differences", words("pic_differences"), titles, pictures),
        Text(words("stated_differs"), "note"),
    ]  # fmt: skip


def _interval(
    name: str, unit: str, scenario: str, item: dict[str, Any], stated: float
) -> tables.Interval:
    values = [display(name, item[key], "")[0] for key in ("low", "median", "high")]
    return name, unit, scenario, values, display(name, stated, "")[0]


def _interval_choice(words: Language, found: list[tables.Interval]) -> Choice:
    pictures, titles = [], []
    for name, unit in dict.fromkeys((name, unit) for name, unit, _, _, _ in found):
        rows = [(s, v[0], v[1], v[2], stated) for n, _, s, v, stated in found if n == name]
        title = f"{words('pic_intervals')}: {short(words, name)}"
        alt = words("alt_interval")
        pictures.append(charts.intervals(words, f"interval_{name}", title, alt, unit, rows))
        titles.append(short(words, name))
    return Choice("intervals", words("pic_intervals"), titles, pictures)


def uncertainty_report(result: Uncertainty, lang: str) -> Report:
    """Make the report of the draws of one product.

    Parameters
    ----------
    result : Uncertainty
    lang : str

    Returns
    -------
    Report
    """
    words, document = Language(lang), result.to_dict(lang)
    scenario = document["scenario"]["id"]
    found, pictures = [], []
    for place, (name, item) in enumerate(document["indicators"].items()):
        found.append(
            _interval(name, unit_of(words, name, item["unit"]), scenario, item, item["stated"])
        )
        _, unit, _, _, stated = found[-1]
        scores = display(name, 1.0, "")[0] * result.simulation.scores[0, place]
        mark = [(words("c_stated"), stated)]
        pictures.append(
            charts.histogram(words, f"draws_{name}", short(words, name), words("alt_draws"), unit,
                             scores, mark)
        )  # fmt: skip
    blocks: list[Block] = [
        *edge_texts(words, [(n, "", i["stated"], i) for n, i in document["indicators"].items()]),
        tables.intervals(words, found),
        Choice("draws", words("pic_draws"), [p.title for p in pictures], pictures),
        *lower_bound_texts(words, document),
        Text(words("stated_differs"), "note"),
    ]
    table = tables.drivers(document, words)
    sections = [
        notice_section(notice_blocks(document["notices"], words), words),
        Section("uncertainty", words("sec_uncertainty"), blocks),
        Section("drivers_section", words("tab_drivers"), [table] if table.rows else []),
    ]
    facts = [(words("rep_scenario"), scenario), (words("fact_draws"), draws_line(document, words))]
    title = words.quote(document["scenario"]["name"], NAME)
    return frame("uncertainty", words, title, words("uncertainty_title"), document, facts, sections)


def sensitivity_report(result: Sensitivity, lang: str) -> Report:
    """Make the report of what a result hangs on.

    Parameters
    ----------
    result : Sensitivity
    lang : str

    Returns
    -------
    Report
    """
    words, document = Language(lang), result.to_dict(lang)
    name = document["indicator"]
    unit = unit_of(words, name, document["unit"])

    def score(value: float) -> float:
        return display(name, value, "")[0]

    wide = sorted(
        document["figures"], key=lambda row: (largest(gap(row["low"], row["high"])), row["figure"])
    )[:BARS]
    labels = figure_labels(wide)
    picture: Picture = charts.tornado(
        words, "tornado", words("pic_tornado"), words("pic_tornado_alt"), unit,
        score(document["stated"]), [(label, score(r["low"]), score(r["high"])) for label, r in zip(labels, wide)],
    )  # fmt: skip
    blocks: list[Block] = [picture, tables.figures(document, words)]
    choices: list[Block] = [tables.switches(document, words)] if document["switches"] else []
    sections = [
        notice_section(notice_blocks(document["notices"], words), words),
        Section("sensitivity", words("sensitivity_title"), blocks),
        Section("switches_section", words("switches_title"), choices),
    ]
    facts = [(words("rep_scenario"), document["scenario"]["id"])]
    subtitle = f"{words('sensitivity_title')}: {short(words, name)}"
    title = words.quote(document["scenario"]["name"], NAME)
    return frame("sensitivity", words, title, subtitle, document, facts, sections)
