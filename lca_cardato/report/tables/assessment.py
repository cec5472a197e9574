"""Tables of the report of one assessment, from its result document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Optional

from lca_cardato.claims.kinds import kinds_table
from lca_cardato.report.parts import Cell, Column, Table
from lca_cardato.report.tables.cells import (
    bound,
    heads,
    indicator_heads,
    name_of,
    number,
    score_row,
    share_cell,
    short,
    shown,
)
from lca_cardato.report.tables.reference import comparison_cells, comparison_heads
from lca_cardato.results.contributions import explain_rows
from lca_cardato.words.language import Language
from lca_cardato.words.said import Said, one_line
from lca_cardato.words.units import HEADLINE, share, unit_name

CLASSES = ("measured", "supplier", "published", "assumed")
COVERAGES = ("coverage", "coverage_by_climate")
FOLD = 15


def blend(words: Language, yarn: dict[str, Any]) -> str:
    """Write the blend of a yarn."""
    parts = [
        f"{share(words, line['share_percent'] / 100)} {line['name']} ({words(line['origin'])})"
        for line in yarn["blend"]
    ]
    if yarn["rework_percent"]:
        part = share(words, yarn["rework_percent"] / 100)
        parts.append(f"{part} {words('in_process_rework')}")
    return ", ".join(parts)


def indicators(document: dict[str, Any], words: Language, headline: bool) -> Table:
    """Impact per declared unit: the headline indicators, or the others."""
    reference = document["reference"] if headline else None
    columns = heads(words, "c_indicator", "#c_value", "c_unit", "#c_coverage %")
    if reference:
        columns += comparison_heads(words)
    rows = []
    for name, item in document["indicators"].items():
        if (name in HEADLINE) != headline:
            continue
        level = int(words(name).startswith(" "))
        first = Cell(words(name).strip(), None, "whole" if headline and not level else "", level)
        row = score_row(words, first, name, item, len(columns))
        if reference and len(row) < len(columns):
            row += comparison_cells(words, name, reference["indicators"][name])
        rows.append(row)
    title = words("h_indicators" if headline else "h_other")
    return Table("indicators" if headline else "other_indicators", title, columns, rows)


def coverage(document: dict[str, Any], words: Language) -> Table:
    """How far each indicator and method is inventoried: by what is booked, and by climate change."""
    found = [(name_of(words, name), item) for name, item in document["indicators"].items()]
    found += [(item["name"], item) for item in document["methods"]]
    rows = [
        [Cell(name), *(share_cell(words, item[key]) for key in COVERAGES if key in item)]
        for name, item in found
    ]
    columns = heads(words, "c_indicator", "#c_coverage %", "#c_by_climate %")
    columns = columns[: 1 + sum(key in found[0][1] for key in COVERAGES)]
    return Table("coverage", words("tab_coverage"), columns, rows, note=words("coverage_text"))


def methods(document: dict[str, Any], words: Language) -> Table:
    """Scores of the further methods."""
    columns = heads(words, "c_method", "#c_value", "c_unit", "#c_coverage %")
    if document["reference"]:
        columns += heads(words, "#c_reference")
    rows = []
    for item in document["methods"]:
        row = score_row(words, Cell(item["name"]), "", item, len(columns))
        if len(row) < len(columns):
            row.append(number(words, item["virgin_fibre"]))
        rows.append(row)
    return Table("methods", words("h_methods"), columns, rows)


def stages(document: dict[str, Any], words: Language, names: Iterable[str]) -> Table:
    """Impact by stage."""
    found = {name: document["indicators"][name] for name in names}
    rows = [
        [Cell(words(stage)), *(shown(words, n, i["by_stage"][stage]) for n, i in found.items())]
        for stage in next(iter(found.values()))["by_stage"]
    ]
    rows.append([Cell(words("total")), *(bound(words, n, i, i["value"]) for n, i in found.items())])
    units = {name: item["unit"] for name, item in found.items()}
    columns = [*heads(words, "c_stage"), *indicator_heads(words, units)]
    return Table("stages", words("h_stages"), columns, rows, total=True, drawn=1)


def mass(document: dict[str, Any], words: Language) -> Table:
    """Mass balance by step."""
    keys = ("in", "out", "waste", "rework")
    columns = heads(words, "c_step", *(f"#c_{key} kg" for key in keys))
    rows = [
        [Cell(row["name"]), *[Cell(words.decimal(f"{row[k]:.4f}"), row[k]) for k in keys]]
        for row in document["mass_balance"]["steps"]
    ]
    return Table("mass_balance", words("h_mass"), columns, rows)


def fibres(document: dict[str, Any], words: Language) -> Table:
    """Composition on both bases."""
    rows = [
        [
            Cell(item["name"]), Cell(words(item["origin"])),
            Cell(share(words, item["share"]), item["share"] * 100),
            Cell(share(words, item["share_dry"]), item["share_dry"] * 100),
            number(words, item["fresh"]),
        ]
        for item in document["mass_balance"]["fibres"]
    ]  # fmt: skip
    columns = heads(
        words, "c_fibre", "c_origin_short", "#c_conditioned %", "#c_dry %", "#c_fresh kg"
    )
    return Table("composition", words("tab_fibres"), columns, rows)


def classes(document: dict[str, Any], words: Language, names: Iterable[str]) -> Table:
    """How much of an indicator rests on which class of data."""
    rows = []
    for name in names:
        item = document["indicators"][name]["by_data_class"]
        cells = [Cell(f"{item[kind] * 100:.0f} %", item[kind] * 100, kind) for kind in CLASSES]
        rows.append([Cell(name_of(words, name)), *cells])
    columns = heads(words, "c_indicator", *(f"#{kind} %" for kind in CLASSES))
    return Table("data_classes", words("h_classes"), columns, rows)


def assumptions(document: dict[str, Any], words: Language) -> Optional[Table]:
    """The heaviest assumptions with their range."""
    found = [row for row in document["assumptions"] if max(row["shares"].values()) >= 0.005]
    if not found:
        return None
    names = list(found[0]["shares"])
    rows = []
    for row in found:
        reach = row["reason"] if row["kind"] == "dataset" else ""
        if "min" in row:
            unit = unit_name(words, row["unit"])
            reach = f"{words.number(row['min'])} … {words.number(row['max'])} {unit}"
        cells = [share_cell(words, row["shares"][name]) for name in names]
        rows.append([Cell(row["name"]), Cell(reach), *cells])
    columns = [
        *heads(words, "c_assumption", "c_range"),
        *[Column(short(words, name), "%", True) for name in names],
    ]  # fmt: skip
    title = words("tab_assumptions")
    return Table("assumptions", title, columns, rows, folded=len(rows) > FOLD)


def allocation(
    document: dict[str, Any], words: Language, names: Optional[list[str]] = None
) -> Optional[Table]:
    """Two cut-offs beside the Circular Footprint Formula, for its values of A; all indicators, or some."""
    item = document["allocation"]
    if not item["materials"]:
        return None
    names = names or list(item["cut_off"])
    label = words("cff", sets=_cff_sets(document, words))
    ways = [(words("cut_off"), item["cut_off"], 0)]
    if "end_of_waste" in item:  # results of earlier versions have none
        ways.append((words("end_of_waste", step=_last_steps(item, words)), item["end_of_waste"], 0))
    ways.append((label, item["cff"], 0))
    for a in item["sensitivity"][names[0]]:
        values = {name: item["sensitivity"][name][a] for name in names}
        ways.append((words("cff_sensitivity", a=words.decimal(a)), values, 1))
    rows = [
        [Cell(text.strip(), level=level), *(shown(words, n, values[n]) for n in names)]
        for text, values, level in ways
    ]
    units = {name: document["indicators"][name]["unit"] for name in names}
    columns = [*heads(words, "c_way"), *indicator_heads(words, units)]
    note = words("end_of_waste_note") if "end_of_waste" in item else ""
    return Table("allocation", words("h_allocation"), columns, rows, note=note)


def _cff_sets(document: dict[str, Any], words: Language) -> str:
    """Parameters of the Circular Footprint Formula; by fibre, where they are not all alike."""
    fibres = {
        line["fibre"]: line["name"]
        for yarn in document["product"]["yarns"]
        for line in yarn["blend"]
    }
    found: dict[str, dict[str, None]] = {}
    for row in document["allocation"]["materials"]:
        a, q = (words.decimal(f"{row[key]:g}") for key in ("A", "Qsin/Qp"))
        name = one_line(fibres.get(row["fibre"], row["fibre"]))
        found.setdefault(words("cff_set", a=a, q=q), {})[name] = None
    if len(found) == 1:
        return next(iter(found))
    return "; ".join(f"{', '.join(names)}: {told}" for told, names in found.items())


def _last_steps(item: dict[str, Any], words: Language) -> str:
    """Names of the steps at which the fibres are no longer waste."""
    found = dict.fromkeys(row["end_of_waste_name"] for row in item["materials"])
    return ", ".join(name or words("end_of_waste_bought") for name in found)


def parameters(document: dict[str, Any], words: Language, sources: dict[str, Any]) -> Table:
    """Every figure of the route with where it comes from."""
    rows = []
    for row in document["parameters"]:
        where = [words("origin_default" if row["origin"] == "default" else "origin_scenario_bare")]
        if row.get("cell"):
            where = [one_line(str(row["cell"]))]
        elif row.get("line"):
            where = [words("origin_scenario", line=str(row["line"]))]
        where += [one_line(str(row[k])) for k in ("period", "document", "at") if row.get(k)]
        source = row.get("source", "")
        if source:
            where.append(f"{getattr(sources.get(source), 'title', source)} [{source}]")
        if row.get("reason") and row["origin"] == "scenario":
            where.append(words("said_reason", text=Said(row["reason"])))
        elif row.get("reason") and not source:
            where.append(row["reason"])
        rows.append([
            Cell(row["key"]), number(words, row["value"]), Cell(unit_name(words, row["unit"])),
            Cell(words(row["class"]), None, row["class"]), Cell("; ".join(where)),
        ])  # fmt: skip
    columns = heads(words, "c_key", "#c_value", "c_unit", "c_class", "c_where")
    title = words("tab_parameters")
    return Table("parameters", title, columns, rows, folded=True, tool=True)


def datasets(document: dict[str, Any], words: Language) -> Table:
    """Datasets of the inventory behind the product."""
    rows = [
        [
            Cell(row["name"]), Cell(words(f"kind_{row['kind']}")), Cell(row["geography"]),
            Cell(str(row["year"])), Cell(row["unit"]),
            Cell(f"{row['assumed_figures']} / {row['figures']}"), Cell(", ".join(row["sources"])),
        ]
        for row in document["datasets"]
    ]  # fmt: skip
    keys = ("name", "kind", "geography", "year", "unit", "assumed_of", "source")
    columns = heads(words, *(f"c_{key}" for key in keys))
    return Table("datasets", words("tab_datasets"), columns, rows, folded=True, tool=True)


def documents(rows_: list[dict[str, Any]], words: Language) -> Table:
    """Documents of the scenario, with the digest of the file that was read."""
    keys = ("id", "kind", "issuer", "date", "valid_until", "lot", "mass_kg", "file", "sha256")
    rows = [[_document_cell(row, key, words) for key in keys] for row in rows_]
    columns = heads(words, *(f"doc_{key}" for key in keys))
    return Table("documents", words("tab_documents"), columns, rows)


def _document_cell(row: dict[str, Any], key: str, words: Language) -> Cell:
    text = str(row.get(key, ""))
    if key == "kind":  # as the list for the verifier calls it
        text = words.show(kinds_table().kinds.get(text, text))
    return Cell(words.quote(text) if text and key in ("issuer", "lot", "note") else one_line(text))


def source_list(document: dict[str, Any], words: Language, sources: dict[str, Any]) -> Table:
    """Sources of datasets and of default figures."""
    used = {s for row in document["datasets"] for s in row["sources"]}
    used |= {row["source"] for row in document["parameters"] if row.get("source")}
    rows = []
    for key in sorted(used):
        source = sources.get(key)
        texts = ["", "", ""]
        if source is not None:
            address = source.url or (f"https://doi.org/{source.doi}" if source.doi else "")
            texts = [f"{source.authors}: {source.title}", str(source.year), address]
        rows.append([Cell(key), *map(Cell, texts)])
    columns = heads(words, "c_id", "c_title", "c_year", "c_address")
    return Table("sources", words("tab_sources"), columns, rows, folded=True)


def contributions(document: dict[str, Any], words: Language, indicator: str) -> Table:
    """Every exchange with the formula that gives its part of an indicator.

    Parameters
    ----------
    document : dict
        As `lca_cardato.results.contributions.contributions` makes it.
    words : Language
    indicator : str
    """
    rows = []
    for row in explain_rows(document, indicator):
        made, per, score, value = (
            words.number(row[k]) for k in ("made_kg", "per_kg", "score", "value")
        )
        formula = f"{made} kg × {per} {row['unit']}/kg × {score} kg CO2-eq/{row['unit']} = {value}"
        rows.append([
            Cell(words(row["stage"])), Cell(row["step_name"]), Cell(row["name"]),
            number(words, row["made_kg"]), number(words, row["per_kg"]), Cell(row["unit"]),
            number(words, row["score"]), number(words, row["value"]), Cell(formula),
        ])  # fmt: skip
    columns = heads(
        words, "c_stage", "c_step", "c_input", "#c_made kg", "#c_per_kg", "c_unit", "#c_per_unit",
        "#climate_change kg CO2-eq", "c_formula",
    )  # fmt: skip
    columns[7] = replace(columns[7], product=(3, 4, 6))
    title = words("tab_contributions")
    return Table("contributions", title, columns, rows, folded=True, tool=True)


def warnings(document: dict[str, Any]) -> list[dict[str, str]]:
    """List the warnings, without the one that a notice before the figures tells better."""
    told = {item["code"] for item in document.get("notices", [])} & {"own_inventory"}
    return [item for item in document["warnings"] if item["code"] not in told]


def background_line(document: dict[str, Any], words: Language) -> str:
    """Say which background of the user's own a result rests on; nothing for the shipped one."""
    found = document["background"]
    if found["kind"] == "open":
        return ""
    line = words(
        "background_line", title=found["title"], database=found["database"],
        project=found["project"], taken=str(len(found["taken"])), kept=str(len(found["kept"])),
    )  # fmt: skip
    return f"{line}. {found['credit']}" if found.get("credit") else line
