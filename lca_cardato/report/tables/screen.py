"""The result in the terminal, read at a glance."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from lca_cardato.report.tables.assessment import background_line
from lca_cardato.words.language import Language
from lca_cardato.words.units import HEADLINE, STAGE_COLUMNS, display, percent, share, signed

COLOURS = {"meets": "green", "not_met": "red", "not_proven": "yellow", "not_applicable": "dim"}
ASSUMPTIONS = 6
MARKS = {"meets": "+", "not_met": "x", "not_proven": "?", "not_applicable": "-"}


def render(document: dict[str, Any], console: Console) -> None:
    """Print a result document.

    Parameters
    ----------
    document : dict
        As `lca_cardato.results.document.result_document` makes it.
    console : rich.console.Console
    """
    words = Language(document["language"])
    _head(document, words, console)
    _indicators(document, words, console)
    _methods(document, words, console)
    _stages(document, words, console)
    _contributors(document, words, console)
    _mass(document, words, console)
    _classes(document, words, console)
    _assumptions(document, words, console)
    _allocation(document, words, console)
    _cost(document, words, console)
    _other(document, words, console)
    render_claims(document, words, console)
    _warnings(document, words, console)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="dim")
    table.title_style = "bold"
    for index, column in enumerate(columns):
        table.add_column(column, justify="left" if index == 0 else "right", overflow="fold")
    return table


def _head(document: dict[str, Any], words: Language, console: Console) -> None:
    product = document["product"]
    console.print(Text(product["name"], style="bold"))
    for yarn in product["yarns"]:
        blend = ", ".join(
            f"{share(words, line['share_percent'] / 100)} {line['name']} ({words(line['origin'])})"
            for line in yarn["blend"]
        )
        rework = yarn["rework_percent"]
        if rework:
            blend += f", {share(words, rework / 100)} {words('in_process_rework')}"
        console.print(Text(f"{yarn['count']}  {blend}"))
    console.print(Text(f"{words('declared_unit')}: {document['declared_unit']['text']}"))
    if line := background_line(document, words):
        console.print(Text(line, style="bold"))
    if document["scenario"]["note"]:
        console.print(Text(document["scenario"]["note"].strip(), style="italic"))
    console.print()


def _methods(document: dict[str, Any], words: Language, console: Console) -> None:
    """Scores of the further methods that were asked for."""
    if not document["methods"]:
        return
    columns = [words("c_method"), words("c_value"), words("c_unit"), words("c_coverage")]
    if document["reference"]:
        columns.append(words("c_reference"))
    table = _table(words("h_methods"), *columns)
    for item in document["methods"]:
        if item["coverage"] < 0.005:
            table.add_row(item["name"], words("not_inventoried"), "", "0 %", style="dim")
            continue
        sign = "≥ " if item["lower_bound"] else ""
        row = [
            item["name"], sign + words.number(item["value"]), item["unit"],
            percent(words, item["coverage"]),
        ]  # fmt: skip
        if "virgin_fibre" in item:
            row.append(words.number(item["virgin_fibre"]))
        table.add_row(*row)
    console.print(table)
    console.print()


def _indicators(document: dict[str, Any], words: Language, console: Console) -> None:
    reference = document["reference"]
    columns = [words("c_indicator"), words("c_value"), words("c_unit"), words("c_coverage")]
    if reference:
        columns += [words("c_reference"), words("c_difference")]
    table = _table(words("h_indicators"), *columns)
    for name in HEADLINE:
        item = document["indicators"][name]
        value, unit = display(name, item["value"], item["unit"])
        sign = "≥ " if item["lower_bound"] else ""
        row = [words(name), sign + words.number(value), unit, percent(words, item["coverage"])]
        if reference:
            other = reference["indicators"][name]
            shown, _ = display(name, other["value"], unit)
            row += [words.number(shown), signed(words, other["difference"])]
        table.add_row(*row, style=None if words(name).startswith(" ") else "bold")
    console.print(table)
    energy = document["final_energy"]
    if energy:
        parts = [
            f"{words(k)} "
            f"{words.number(v / 3.6 if k == 'electricity' else v)} "
            f"{'kWh' if k == 'electricity' else 'MJ'}"
            for k, v in energy.items()
        ]
        console.print(Text(f"{words('final_energy')}: " + ", ".join(parts)))
    values = document["electricity"]["climate_change"]
    if values["location_based"] != values["market_based"]:
        console.print(Text(words("location_based", value=words.number(values["location_based"]))))
    boundary = document["product"]["boundary"]
    what = words("cradle_to_gate" if boundary == "cradle_to_gate" else "gate_to_gate_short")
    console.print(Text(words("boundary", what=what), style="dim"))
    if reference:
        console.print(Text(words("reference_line", name=reference["name"]), style="dim"))
        console.print(Text(words("comparison_note"), style="dim"))
    console.print()


def _stages(document: dict[str, Any], words: Language, console: Console) -> None:
    heads = []
    for name in STAGE_COLUMNS:
        _, unit = display(name, 0.0, document["indicators"][name]["unit"])
        heads.append(f"{words(name).split(' (')[0]}\n{unit}")
    table = _table(words("h_stages"), words("c_stage"), *heads, "%")
    climate = document["indicators"]["climate_change"]
    for stage in climate["by_stage"]:
        row = [words(stage)]
        for name in STAGE_COLUMNS:
            item = document["indicators"][name]
            row.append(words.number(display(name, item["by_stage"][stage], "")[0]))
        share = climate["by_stage"][stage] / climate["value"] if climate["value"] else 0.0
        table.add_row(*row, f"{share * 100:.0f}")
    total = [words("total")]
    for name in STAGE_COLUMNS:
        total.append(words.number(display(name, document["indicators"][name]["value"], "")[0]))
    table.add_row(*total, "100", style="bold")
    console.print(table)
    console.print()


def _contributors(document: dict[str, Any], words: Language, console: Console) -> None:
    table = _table(
        words("h_contributors"), words("c_step"), words("c_input"), words("c_amount"),
        "kg CO2-eq", words("c_share"),
    )  # fmt: skip
    table.columns[1].justify = "left"
    for row in document["contributors"]["climate_change"]:
        table.add_row(
            row["step_name"],
            row["name"],
            f"{words.number(row['amount'])} {row['unit']}",
            words.number(row["value"]),
            f"{row['share'] * 100:.0f} %",
        )
    console.print(table)
    console.print()


def _mass(document: dict[str, Any], words: Language, console: Console) -> None:
    mass = document["mass_balance"]
    table = _table(
        words("h_mass"), words("c_step"), words("c_in"), words("c_out"), words("c_waste"),
        words("c_rework"),
    )  # fmt: skip
    for row in mass["steps"]:
        figures = [words.decimal(f"{row[c]:.4f}") for c in ("in", "out", "waste", "rework")]
        table.add_row(row["name"], *figures)
    console.print(table)
    for basis, key in (("conditioned", "share"), ("dry", "share_dry")):
        parts = [f"{share(words, item[key])} {item['name']}" for item in mass["fibres"]]
        console.print(Text(f"{words('composition')}, {words(basis)}: " + ", ".join(parts)))
    console.print()


def _classes(document: dict[str, Any], words: Language, console: Console) -> None:
    table = _table(words("h_classes"), words("c_indicator"),
                   *[words(c) for c in ("measured", "supplier", "published", "assumed")])  # fmt: skip
    for name in STAGE_COLUMNS:
        shares = document["indicators"][name]["by_data_class"]
        table.add_row(words(name), *[f"{v * 100:.0f} %" for v in shares.values()])
    console.print(table)
    console.print()


def _assumptions(document: dict[str, Any], words: Language, console: Console) -> None:
    rows = [row for row in document["assumptions"] if max(row["shares"].values()) >= 0.005]
    if not rows:
        return
    names = list(rows[0]["shares"])
    table = _table(
        words("h_assumptions"), words("c_assumption"), words("c_range"),
        *[words(name).split(" (")[0] for name in names],
    )  # fmt: skip
    for row in rows[:ASSUMPTIONS]:
        shown = row["reason"] if row["kind"] == "dataset" else ""
        if "min" in row:
            shown = f"{words.number(row['min'])} … {words.number(row['max'])} {row['unit']}"
        table.add_row(
            row["name"], shown, *[percent(words, row["shares"][name]) for name in names]
        )  # fmt: skip
    console.print(table)
    console.print()


def _allocation(document: dict[str, Any], words: Language, console: Console) -> None:
    allocation = document["allocation"]
    if not allocation["materials"]:
        return
    table = _table(words("h_allocation"), "", "kg CO2-eq")
    material = allocation["materials"][0]
    table.add_row(words("cut_off"), words.number(allocation["cut_off"]["climate_change"]))
    label = words("cff", a=words.decimal(f"{material['A']:g}"),
                  q=words.decimal(f"{material['Qsin/Qp']:g}"))  # fmt: skip
    table.add_row(label, words.number(allocation["cff"]["climate_change"]))
    for a, value in allocation["sensitivity"]["climate_change"].items():
        table.add_row("  " + words("cff_sensitivity", a=words.decimal(a)), words.number(value))
    console.print(table)
    console.print()


def _cost(document: dict[str, Any], words: Language, console: Console) -> None:
    """Cost of the fibres, where the scenario states prices."""
    cost = document["fibre_cost"]
    if cost is None:
        return
    if cost["value"] is None:
        console.print(words("fibre_cost_open"))
    else:
        console.print(words("fibre_cost", value=words.number(cost["value"])))
    console.print()


def _other(document: dict[str, Any], words: Language, console: Console) -> None:
    table = _table(
        words("h_other"), words("c_indicator"), words("c_value"), words("c_unit"),
        words("c_coverage"),
    )  # fmt: skip
    for name, item in document["indicators"].items():
        if name in HEADLINE:
            continue
        sign = "≥ " if item["lower_bound"] else ""
        if item["coverage"] < 0.005:
            table.add_row(words(name), words("not_inventoried"), "", "0 %", style="dim")
            continue
        table.add_row(
            words(name), sign + words.number(item["value"]), item["unit"],
            percent(words, item["coverage"]),
        )  # fmt: skip
    console.print(table)
    console.print()


def verdict_text(verdict: str, words: Language) -> Text:
    """Write a verdict with sign and colour; the word alone is enough without colour."""
    return Text(f"[{MARKS[verdict]}] {words(verdict)}", style=COLOURS[verdict])


def render_claims(
    document: dict[str, Any], words: Language, console: Console, full: bool = False
) -> None:
    """Print the marks criterion by criterion and the neighbouring claims in a line each."""
    console.print(Text(words("h_claims"), style="bold"))
    detailed = [claim for claim in document["claims"] if full or claim["family"] == "mark"]
    for claim in detailed:
        head = Text(f"{claim['name']} ", style="bold")
        head.append_text(verdict_text(claim["verdict"], words))
        head.append(f"  ({claim['rule_pack']})", style="dim")
        console.print(head)
        if claim["scope"] == "processing":
            console.print(Text(f"  {words('scope_processing')}", style="dim"))
        for item in claim["criteria"]:
            line = Text("  ")
            line.append_text(verdict_text(item["verdict"], words))
            line.append(f"  {item['title']}")
            console.print(line)
            console.print(Text(f"      {item['reason']}"))
            if item["change"]:
                console.print(Text(f"      {words('to_change')}: {item['change']}", style="cyan"))
    others = [claim for claim in document["claims"] if claim not in detailed]
    if others:
        console.print(Text(words("h_neighbours"), style="bold"))
    for claim in others:
        line = Text("  ")
        line.append_text(verdict_text(claim["verdict"], words))
        line.append(f"  {claim['name']}: {claim['criteria'][0]['reason']}")
        console.print(line)
    grantors = dict.fromkeys(claim["grantor"] for claim in detailed)
    for text in grantors:
        console.print(Text(text, style="dim"))
    console.print()


def _warnings(document: dict[str, Any], words: Language, console: Console) -> None:
    if not document["warnings"]:
        return
    console.print(Text(words("h_warnings"), style="bold"))
    for item in document["warnings"]:
        console.print(Text(f"- {item['text']}"))
