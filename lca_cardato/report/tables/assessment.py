"""Tables of the report of one assessment, from its result document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Optional

from lca_cardato.report.parts import Cell, Column, Table
from lca_cardato.words.language import Language
from lca_cardato.words.units import HEADLINE, display, percent, share, signed

CLASSES = ("measured", "supplier", "published", "assumed")
FOLD = 15


def number(words: Language, value: Optional[float], mark: str = "") -> Cell:
    """Write a number, or nothing."""
    return Cell("", None, mark) if value is None else Cell(words.number(value), value, mark)


def name_of(words: Language, indicator: str) -> str:
    """Name of an indicator without indentation."""
    text = words(indicator)
    return (
        text.strip() if not text.startswith(" ") else f"{parent(words, indicator)}, {text.strip()}"
    )


def parent(words: Language, indicator: str) -> str:
    """Name of the indicator that one is a part of."""
    whole = "energy" if indicator.startswith("energy") else "climate_change"
    return words(whole).split(" (")[0]


def indicators(document: dict[str, Any], words: Language, headline: bool) -> Table:
    """Impact per declared unit: the headline indicators, or the others."""
    reference = document["reference"] if headline else None
    columns = [Column(words("c_indicator")), Column(words("c_value"), numeric=True),
               Column(words("c_unit")), Column(words("c_coverage"), "%", numeric=True)]  # fmt: skip
    if reference:
        columns += [Column(words("c_reference"), numeric=True),
                    Column(words("c_difference"), "%", numeric=True)]  # fmt: skip
    rows = []
    for name, item in document["indicators"].items():
        if (name in HEADLINE) != headline:
            continue
        value, unit = display(name, item["value"], item["unit"])
        level = int(words(name).startswith(" "))
        if item["coverage"] < 0.005:
            row = [Cell(words(name).strip(), level=level), Cell(words("not_inventoried")), Cell(""),
                   Cell("0 %", 0.0)]  # fmt: skip
            rows.append(row + [Cell("")] * (len(columns) - len(row)))
            continue
        sign = "≥ " if item["lower_bound"] else ""
        row = [
            Cell(words(name).strip(), level=level), Cell(sign + words.number(value), value),
            Cell(unit), Cell(percent(words, item["coverage"]), item["coverage"] * 100),
        ]  # fmt: skip
        if reference:
            other = reference["indicators"][name]
            difference = other["difference"]
            row += [
                number(words, display(name, other["value"], unit)[0]),
                Cell(signed(words, difference), None if difference is None else difference * 100),
            ]
        rows.append(row)
    title = words("h_indicators" if headline else "h_other")
    return Table("indicators" if headline else "other_indicators", title, columns, rows)


def methods(document: dict[str, Any], words: Language) -> Table:
    """Scores of the further methods."""
    columns = [Column(words("c_method")), Column(words("c_value"), numeric=True),
               Column(words("c_unit")), Column(words("c_coverage"), "%", numeric=True)]  # fmt: skip
    if document["reference"]:
        columns.append(Column(words("c_reference"), numeric=True))
    rows = []
    for item in document["methods"]:
        if item["coverage"] < 0.005:
            row = [Cell(item["name"]), Cell(words("not_inventoried")), Cell(""), Cell("0 %", 0.0)]
            rows.append(row + [Cell("")] * (len(columns) - len(row)))
            continue
        sign = "≥ " if item["lower_bound"] else ""
        row = [
            Cell(item["name"]), Cell(sign + words.number(item["value"]), item["value"]),
            Cell(item["unit"]), Cell(percent(words, item["coverage"]), item["coverage"] * 100),
        ]  # fmt: skip
        if document["reference"]:
            row.append(number(words, item["virgin_fibre"]))
        rows.append(row)
    return Table("methods", words("h_methods"), columns, rows)


def stages(document: dict[str, Any], words: Language, names: Iterable[str]) -> Table:
    """Impact by stage."""
    names = list(names)
    columns = [Column(words("c_stage"))]
    for name in names:
        unit = display(name, 0.0, document["indicators"][name]["unit"])[1]
        columns.append(Column(name_of(words, name).split(" (")[0], unit, numeric=True))
    rows = []
    for stage in document["indicators"][names[0]]["by_stage"]:
        values = [document["indicators"][n]["by_stage"][stage] for n in names]
        cells = [number(words, display(n, v, "")[0]) for n, v in zip(names, values)]
        rows.append([Cell(words(stage)), *cells])
    totals = [display(n, document["indicators"][n]["value"], "")[0] for n in names]
    rows.append([Cell(words("total")), *[number(words, value) for value in totals]])
    return Table("stages", words("h_stages"), columns, rows, total=True)


def contributors(document: dict[str, Any], words: Language, indicator: str) -> Table:
    """The largest contributors to an indicator."""
    unit = display(indicator, 0.0, document["indicators"][indicator]["unit"])[1]
    rows = [
        [
            Cell(row["step_name"]), Cell(row["name"]), number(words, row["amount"]),
            Cell(row["unit"]), number(words, display(indicator, row["value"], "")[0]),
            Cell(f"{row['share'] * 100:.0f} %", row["share"] * 100),
        ]
        for row in document["contributors"][indicator]
    ]  # fmt: skip
    columns = [
        Column(words("c_step")), Column(words("c_input")), Column(words("c_amount"), numeric=True),
        Column(words("c_unit")), Column(name_of(words, indicator).split(" (")[0], unit, True),
        Column(words("c_share"), "%", numeric=True),
    ]  # fmt: skip
    title = f"{words('pic_contributors')}: {name_of(words, indicator)}"
    return Table(f"contributors_{indicator}", title, columns, rows)


def mass(document: dict[str, Any], words: Language) -> Table:
    """Mass balance by step."""
    keys = ("in", "out", "waste", "rework")
    columns = [Column(words("c_step")), *[Column(words(f"c_{k}"), "kg", True) for k in keys]]
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
    columns = [
        Column(words("c_fibre")), Column(words("c_origin_short")),
        Column(words("c_conditioned"), "%", True), Column(words("c_dry"), "%", True),
        Column(words("c_fresh"), "kg", True),
    ]  # fmt: skip
    return Table("composition", words("tab_fibres"), columns, rows)


def classes(document: dict[str, Any], words: Language, names: Iterable[str]) -> Table:
    """How much of an indicator rests on which class of data."""
    rows = []
    for name in names:
        item = document["indicators"][name]["by_data_class"]
        cells = [Cell(f"{item[kind] * 100:.0f} %", item[kind] * 100, kind) for kind in CLASSES]
        rows.append([Cell(name_of(words, name)), *cells])
    columns = [Column(words("c_indicator")), *[Column(words(k), "%", True) for k in CLASSES]]
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
            reach = f"{words.number(row['min'])} … {words.number(row['max'])} {row['unit']}"
        cells = [Cell(percent(words, row["shares"][n]), row["shares"][n] * 100) for n in names]
        rows.append([Cell(row["name"]), Cell(reach), *cells])
    columns = [
        Column(words("c_assumption")), Column(words("c_range")),
        *[Column(name_of(words, n).split(" (")[0], "%", True) for n in names],
    ]  # fmt: skip
    title = words("tab_assumptions")
    return Table("assumptions", title, columns, rows, folded=len(rows) > FOLD)


def allocation(document: dict[str, Any], words: Language) -> Optional[Table]:
    """Cut-off beside the Circular Footprint Formula, for its values of A."""
    item = document["allocation"]
    if not item["materials"]:
        return None
    names = list(item["cut_off"])
    material = item["materials"][0]
    label = words("cff", a=words.decimal(f"{material['A']:g}"),
                  q=words.decimal(f"{material['Qsin/Qp']:g}"))  # fmt: skip
    ways = [(words("cut_off"), item["cut_off"], 0), (label, item["cff"], 0)]
    for a in item["sensitivity"][names[0]]:
        values = {name: item["sensitivity"][name][a] for name in names}
        ways.append((words("cff_sensitivity", a=words.decimal(a)), values, 1))
    rows = [
        [Cell(text.strip(), level=level),
         *[number(words, display(n, values[n], "")[0]) for n in names]]
        for text, values, level in ways
    ]  # fmt: skip
    columns = [Column(words("c_way"))]
    for name in names:
        unit = display(name, 0.0, document["indicators"][name]["unit"])[1]
        columns.append(Column(name_of(words, name).split(" (")[0], unit, numeric=True))
    return Table("allocation", words("h_allocation"), columns, rows)


def parameters(document: dict[str, Any], words: Language, sources: dict[str, Any]) -> Table:
    """Every figure of the route with where it comes from."""
    rows = []
    for row in document["parameters"]:
        where = [words("origin_default" if row["origin"] == "default" else "origin_scenario_bare")]
        if row.get("line"):
            where = [words("origin_scenario", line=str(row["line"]))]
        where += [str(row[k]) for k in ("period", "document", "at") if row.get(k)]
        source = row.get("source", "")
        if source:
            where.append(f"{getattr(sources.get(source), 'title', source)} [{source}]")
        elif row.get("reason"):
            where.append(row["reason"])
        rows.append(
            [
                Cell(row["key"]), number(words, row["value"]), Cell(row["unit"]),
                Cell(words(row["class"]), None, row["class"]), Cell("; ".join(where)),
            ]
        )  # fmt: skip
    columns = [
        Column(words("c_key")), Column(words("c_value"), numeric=True), Column(words("c_unit")),
        Column(words("c_class")), Column(words("c_where")),
    ]  # fmt: skip
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
    columns = [
        Column(words("c_name")), Column(words("c_kind")), Column(words("c_geography")),
        Column(words("c_year")), Column(words("c_unit")), Column(words("c_assumed_of")),
        Column(words("c_source")),
    ]  # fmt: skip
    return Table("datasets", words("tab_datasets"), columns, rows, folded=True, tool=True)


def documents(rows_: list[dict[str, Any]], words: Language) -> Table:
    """Documents of the scenario, with the digest of the file that was read."""
    keys = ("id", "kind", "issuer", "date", "valid_until", "lot", "mass_kg", "file", "sha256")
    rows = [[Cell(str(row.get(key, ""))) for key in keys] for row in rows_]
    columns = [Column(words(f"doc_{key}")) for key in keys]
    return Table("documents", words("tab_documents"), columns, rows)


def source_list(document: dict[str, Any], words: Language, sources: dict[str, Any]) -> Table:
    """Sources of datasets and of default figures."""
    used = {s for row in document["datasets"] for s in row["sources"]}
    used |= {row["source"] for row in document["parameters"] if row.get("source")}
    rows = []
    for key in sorted(used):
        source = sources.get(key)
        if source is None:
            rows.append([Cell(key), Cell(""), Cell(""), Cell("")])
            continue
        address = source.url or (f"https://doi.org/{source.doi}" if source.doi else "")
        rows.append(
            [Cell(key), Cell(f"{source.authors}: {source.title}"), Cell(str(source.year)),
             Cell(address)]
        )  # fmt: skip
    columns = [Column(words("c_id")), Column(words("c_title")), Column(words("c_year")),
               Column(words("c_address"))]  # fmt: skip
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
    from lca_cardato.results.contributions import explain_rows

    rows = []
    for row in explain_rows(document, indicator):
        made, per, score, value = (
            words.number(row[k]) for k in ("made_kg", "per_kg", "score", "value")
        )
        formula = f"{made} kg × {per} {row['unit']}/kg × {score} kg CO2-eq/{row['unit']} = {value}"
        rows.append(
            [
                Cell(words(row["stage"])), Cell(row["step_name"]), Cell(row["name"]),
                number(words, row["made_kg"]), number(words, row["per_kg"]), Cell(row["unit"]),
                number(words, row["score"]), number(words, row["value"]), Cell(formula),
            ]
        )  # fmt: skip
    columns = [
        Column(words("c_stage")), Column(words("c_step")), Column(words("c_input")),
        Column(words("c_made"), "kg", True), Column(words("c_per_kg"), numeric=True),
        Column(words("c_unit")), Column(words("c_per_unit"), numeric=True),
        Column(words("climate_change"), "kg CO2-eq", True), Column(words("c_formula")),
    ]  # fmt: skip
    title = words("tab_contributions")
    return Table("contributions", title, columns, rows, folded=True, tool=True)


def background_line(document: dict[str, Any], words: Language) -> str:
    """Say which background of the user's own a result rests on; nothing for the shipped one."""
    found = document["background"]
    if found["kind"] == "open":
        return ""
    return words(
        "background_line", title=found["title"], database=found["database"],
        project=found["project"], taken=str(len(found["taken"])), kept=str(len(found["kept"])),
    )  # fmt: skip
