"""Reports of a comparison, of uncertainty and of sensitivity."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from lca_cardato.report.charts import charts
from lca_cardato.report.parts import (
    Block,
    Cell,
    Choice,
    Column,
    Picture,
    Report,
    Section,
    Table,
    Text,
)
from lca_cardato.report.tables.assessment import name_of, number
from lca_cardato.report.tables.studies import sentence
from lca_cardato.words.language import Language
from lca_cardato.words.units import display, percent, signed

if TYPE_CHECKING:
    from lca_cardato.studies.compare import Comparison
    from lca_cardato.studies.sensitivity import Sensitivity
    from lca_cardato.studies.uncertainty import Uncertainty

BARS = 15
ROWS = 60


def frame(
    kind: str, words: Language, title: str, subtitle: str, document: dict[str, Any],
    facts: list[tuple[str, str]], sections: list[Section],
) -> Report:  # fmt: skip
    """Put sections into a report; its digest is that of the document it was made from."""
    from lca_cardato.results.csv_tables import json_text

    digest = hashlib.sha256(json_text(document).encode()).hexdigest()
    tool = document["tool"]
    found = [
        *facts,
        (words("rep_program"), f"{tool['name']} {tool['version']}"),
        (words("dig_inventories"), document.get("inventory_sha256", "")),
        (words("rep_digest"), digest),
    ]
    limits = [
        Text(words(key)) for key in ("goal_method_text", "characterised_text", "limits_public")
    ]
    sections = [*sections, Section("method", words("sec_method"), list(limits))]
    return Report(
        kind, words.lang, title, subtitle, [(a, b) for a, b in found if b], "", digest,
        [s for s in sections if s.blocks],
    )  # fmt: skip


def short(words: Language, name: str) -> str:
    """Name of an indicator without its bracket."""
    return name_of(words, name).split(" (")[0]


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
    facts = [(s["id"], f"{s['name']} (SHA-256 {s['sha256'][:16]}…)") for s in document["scenarios"]]
    draws = document.get("uncertainty")
    if draws:
        facts.append((words("fact_draws"), _draws(words, draws)))
    sections = [
        Section("summary", words("sec_summary"), _compared(document, words, names)),
        Section("stages", words("sec_stages"), _stage_bars(document, words, names)),
        Section("claims", words("sec_claims"), [_claim_table(document, words, names)]),
    ]
    if draws:
        blocks = _pairs(document, comparison, words, names)
        sections.insert(1, Section("uncertainty", words("sec_uncertainty"), blocks))
    title = words("rep_comparison", count=str(len(names)))
    return frame("comparison", words, title, " · ".join(names), document, facts, sections)


def _draws(words: Language, found: dict[str, Any]) -> str:
    return words(
        "draws_head", samples=str(found["samples"]), figures=str(found["figures"]),
        seed=str(found["seed"]),
    )  # fmt: skip


def _compared(document: dict[str, Any], words: Language, names: list[str]) -> list[Block]:
    rows = []
    for name, item in document["indicators"].items():
        unit = display(name, 0.0, item["unit"])[1]
        row = [Cell(name_of(words, name)), Cell(unit)]
        for place, value in enumerate(item["values"]):
            row.append(number(words, display(name, value, "")[0]))
            if place:
                relative = item["difference_relative"][place]
                row.append(
                    Cell(signed(words, relative), None if relative is None else 100 * relative)
                )
        rows.append(row)
    columns = [Column(words("c_indicator")), Column(words("c_unit"))]
    for place, name in enumerate(names):
        columns.append(Column(name, numeric=True))
        if place:
            columns.append(Column(f"{words('c_difference')} {place + 1}", "%", numeric=True))
    unit_line = words("compare_per_kg") if document["per_kg"] else (
        f"{words('declared_unit')}: {document['scenarios'][0]['declared_unit']['text']}"
    )  # fmt: skip
    return [
        Text(unit_line), Table("indicators", words("compare_title"), columns, rows),
        Text(words("comparison_note"), "note"),
    ]  # fmt: skip


def _stage_bars(document: dict[str, Any], words: Language, names: list[str]) -> list[Block]:
    pictures, titles, tables = [], [], []
    for name, item in document["indicators"].items():
        order = list(item["by_stage"])
        unit = display(name, 0.0, item["unit"])[1]
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
        rows = [[Cell(words(k)), *[number(words, values[k]) for _, values in bars]] for k in order]
        columns = [Column(words("c_stage")), *[Column(s, unit, numeric=True) for s in names]]
        tables.append(Table(f"stages_of_{name}", title, columns, rows, folded=True))
    choice = Choice("stages", words("h_stages"), titles, pictures)
    return [choice, *tables]


def _claim_table(document: dict[str, Any], words: Language, names: list[str]) -> Table:
    rows = [
        [Cell(claim["name"]), *[Cell(words(v), None, v) for v in claim["verdicts"]]]
        for claim in document["claims"].values()
    ]
    columns = [Column(words("sec_claims")), *[Column(name) for name in names]]
    return Table("claims_table", words("sec_claims"), columns, rows, note=words("mean_self"))


def _pairs(
    document: dict[str, Any], comparison: Comparison, words: Language, names: list[str]
) -> list[Block]:
    blocks: list[Block] = []
    rows, pictures, titles, intervals = [], [], [], []
    simulation = comparison.simulation
    assert simulation is not None
    for place, (name, item) in enumerate(document["uncertainty"]["indicators"].items()):
        unit = display(name, 0.0, document["indicators"][name]["unit"])[1]
        for pair in item["pairs"]:
            text = sentence(words, pair)
            if name == "climate_change":
                blocks.append(Text(f"{short(words, name)}: {text}", "lead"))
            below = 100 * pair["probability_first_lower"]
            rows.append([Cell(short(words, name)), Cell(pair["first"]), Cell(pair["second"]),
                         Cell(words.decimal(f"{below:.1f}") + " %", below), Cell(text)])  # fmt: skip
        for i, scenario in enumerate(names):
            found = item["products"][i]
            values = [display(name, found[k], "")[0] for k in ("low", "median", "high")]
            stated = display(name, document["indicators"][name]["values"][i], "")[0]
            intervals.append((name, unit, scenario, values, stated))
            if i:
                gap = display(name, 1.0, "")[0] * (
                    simulation.scores[i, place] - simulation.scores[0, place]
                )
                title = f"{short(words, name)}: {scenario} − {names[0]}"
                pictures.append(
                    charts.histogram(words, f"difference_{name}_{i}", title,
                                     words("alt_difference", first=names[0], second=scenario), unit,
                                     gap, [("", 0.0)])
                )  # fmt: skip
                titles.append(title)
    columns = [Column(words("c_indicator")), Column("A"), Column("B"),
               Column(words("c_probability"), "%", True), Column(words("c_description"))]  # fmt: skip
    blocks.append(Table("pairs", words("tab_pairs"), columns, rows))
    blocks.append(_interval_choice(words, intervals))
    blocks.append(_interval_table(words, intervals))
    blocks.append(Choice("differences", words("pic_differences"), titles, pictures))
    blocks.append(Text(words("stated_differs"), "note"))
    return blocks


def _interval_choice(
    words: Language, found: list[tuple[str, str, str, list[float], float]]
) -> Choice:
    pictures, titles = [], []
    for name, unit in dict.fromkeys((name, unit) for name, unit, _, _, _ in found):
        rows = [(s, v[0], v[1], v[2], stated) for n, _, s, v, stated in found if n == name]
        title = f"{words('pic_intervals')}: {short(words, name)}"
        pictures.append(
            charts.intervals(words, f"interval_{name}", title, words("alt_interval"), unit, rows)
        )  # type: ignore[arg-type]
        titles.append(short(words, name))
    return Choice("intervals", words("pic_intervals"), titles, pictures)


def _interval_table(
    words: Language, found: list[tuple[str, str, str, list[float], float]]
) -> Table:
    rows = [
        [Cell(short(words, name)), Cell(scenario), number(words, stated),
         *[number(words, v) for v in values], Cell(unit)]
        for name, unit, scenario, values, stated in found
    ]  # fmt: skip
    columns = [Column(words("c_indicator")), Column("scenario"),
               *[Column(words(f"c_{k}"), numeric=True) for k in ("stated", "low", "median", "high")],
               Column(words("c_unit"))]  # fmt: skip
    return Table("intervals_table", words("interval_95"), columns, rows)


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
    words, document = Language(lang), result.to_dict()
    scenario = document["scenario"]["id"]
    found, pictures, drivers = [], [], []
    for place, (name, item) in enumerate(document["indicators"].items()):
        unit = display(name, 0.0, item["unit"])[1]
        values = [display(name, item[k], "")[0] for k in ("low", "median", "high")]
        stated = display(name, item["stated"], "")[0]
        found.append((name, unit, scenario, values, stated))
        scores = display(name, 1.0, "")[0] * result.simulation.scores[0, place]
        pictures.append(
            charts.histogram(words, f"draws_{name}", short(words, name), words("alt_draws"), unit,
                             scores, [(words("c_stated"), stated)])
        )  # fmt: skip
        for row in item["drivers"]:
            drivers.append([Cell(short(words, name)), Cell(row["figure"]),
                            Cell(percent(words, row["share"]), 100 * row["share"])])  # fmt: skip
    blocks: list[Block] = [
        _interval_table(words, found),
        Choice("draws", words("pic_draws"), [p.title for p in pictures], pictures),
        Text(words("stated_differs"), "note"),
    ]
    columns = [Column(words("c_indicator")), Column(words("figure")),
               Column(words("variance_share"), "%", True)]  # fmt: skip
    table = Table("drivers", words("tab_drivers"), columns, drivers)
    sections = [
        Section("uncertainty", words("sec_uncertainty"), blocks),
        Section("drivers_section", words("tab_drivers"), [table] if drivers else []),
    ]
    facts = [(words("rep_scenario"), scenario), (words("fact_draws"), _draws(words, document))]
    title = document["scenario"]["name"]
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
    words, document = Language(lang), result.to_dict()
    name = document["indicator"]
    unit = display(name, 0.0, document["unit"])[1]

    def shown(value: float) -> float:
        return display(name, value, "")[0]

    wide = sorted(document["figures"], key=lambda row: -abs(row["high"] - row["low"]))[:BARS]
    picture: Picture = charts.tornado(
        words, "tornado", words("pic_tornado"), words("pic_tornado_alt"), unit,
        shown(document["stated"]), [(r["figure"], shown(r["low"]), shown(r["high"])) for r in wide],
    )  # fmt: skip
    rows = []
    for row in document["figures"][:ROWS]:
        cells = [number(words, shown(row[k])) for k in ("low", "high", "mu_star", "sigma")]
        rows.append(
            [Cell(row["figure"]), *cells, number(words, row["s1"]), number(words, row["st"])]
        )
    columns = [
        Column(words("figure")), Column(words("c_low"), unit, True), Column(words("c_high"), unit, True),
        Column("Morris μ*", unit, True), Column("Morris σ", unit, True),
        Column("Sobol S1", numeric=True), Column("Sobol ST", numeric=True),
    ]  # fmt: skip
    note = words(
        "sensitivity_note", trajectories=str(document["trajectories"]),
        points=str(document["points"]), left=percent(words, document["screened_out"]),
        seed=str(document["seed"]),
    )  # fmt: skip
    table = Table("figures", words("sensitivity_title"), columns, rows, note=note, tool=True)
    switches = [
        [Cell(words(f"choice_{s['choice']}")), Cell(words(s["option"]) + (" *" if s["stated"] else "")),
         number(words, shown(s["value"]))]
        for s in document["switches"]
    ]  # fmt: skip
    heads = [
        Column(words("choice")),
        Column(words("option")),
        Column(short(words, name), unit, True),
    ]
    choices = Table(
        "switches", words("switches_title"), heads, switches, note=words("switches_note")
    )
    sections = [
        Section("sensitivity", words("sensitivity_title"), [picture, table]),
        Section("switches_section", words("switches_title"), [choices] if switches else []),
    ]
    facts = [(words("rep_scenario"), document["scenario"]["id"])]
    title, subtitle = (
        document["scenario"]["name"],
        f"{words('sensitivity_title')}: {short(words, name)}",
    )
    return frame("sensitivity", words, title, subtitle, document, facts, sections)
