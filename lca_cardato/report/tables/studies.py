"""Comparisons, batches, uncertainty and sensitivity in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from lca_cardato.report.tables.assessment import background_line
from lca_cardato.report.tables.screen import COLOURS, MARKS
from lca_cardato.words.language import Language
from lca_cardato.words.units import display

if TYPE_CHECKING:
    from lca_cardato.batch.columns import Column
    from lca_cardato.batch.run import BatchResult

ROWS = 10
FIGURES = 12
WIDTH = 24


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="dim")
    table.title_style = "bold"
    for index, column in enumerate(columns):
        table.add_column(column, justify="left" if index == 0 else "right", overflow="fold")
    return table


def _number(words: Language, name: str, value: float, unit: str) -> str:
    return words.number(display(name, value, unit)[0])


def _percent(words: Language, value: float | None) -> str:
    if value is None:
        return "–"
    return words.decimal(f"{value * 100:+.1f}") + " %"


def _verdict(words: Language, verdict: str) -> Text:
    return Text(f"[{MARKS[verdict]}] {words(verdict)}", style=COLOURS[verdict])


# -- compare -----------------------------------------------------------------------------------


def render_comparison(document: dict[str, Any], words: Language, console: Console) -> None:
    """Print a comparison."""
    scenarios = document["scenarios"]
    names = [item["id"] for item in scenarios]
    for item in scenarios:
        console.print(Text.assemble((item["id"], "bold"), f"  {item['name']}"))
        if line := background_line(item, words):
            console.print(f"  {line}")
    if document["per_kg"]:
        console.print(words("compare_per_kg"))
    else:
        console.print(f"{words('declared_unit')}: {scenarios[0]['declared_unit']['text']}")
    console.print()
    table = _table(words("compare_title"), words("c_indicator"), words("c_unit"), *names)
    for name, item in document["indicators"].items():
        unit = display(name, 0.0, item["unit"])[1]
        cells: list[str] = []
        for value, gap, coverage in zip(
            item["values"], item["difference_relative"], item["coverage"]
        ):
            low = "≥ " if coverage is not None and coverage < 0.9995 else ""
            text = low + _number(words, name, value, item["unit"])
            cells.append(text if not cells else f"{text} ({_percent(words, gap)})")
        table.add_row(item.get("name") or words(name).strip(), unit, *cells)
    console.print(table)
    console.print()
    for name, item in document["indicators"].items():
        _stages(name, item, names, words, console)
        break
    _claims(document, names, words, console)
    if document["uncertainty"]:
        _pairs(document, names, words, console)


def _stages(
    name: str, item: dict[str, Any], names: list[str], words: Language, console: Console
) -> None:
    unit = display(name, 0.0, item["unit"])[1]
    table = _table(f"{words('h_stages')}: {words(name).strip()} ({unit})", words("c_stage"), *names)
    for stage, values in item["by_stage"].items():
        table.add_row(words(stage), *(_number(words, name, v, item["unit"]) for v in values))
    console.print(table)
    console.print()


def _claims(document: dict[str, Any], names: list[str], words: Language, console: Console) -> None:
    table = _table(words("h_claims"), "", *names)
    for column in table.columns[1:]:
        column.justify = "left"
    for item in document["claims"].values():
        table.add_row(item["name"], *(_verdict(words, v) for v in item["verdicts"]))
    console.print(table)
    console.print()


def _pairs(document: dict[str, Any], names: list[str], words: Language, console: Console) -> None:
    found = document["uncertainty"]
    console.print(
        Text(
            words(
                "draws_head", samples=str(found["samples"]), figures=str(found["figures"]),
                seed=str(found["seed"]),
            ),
            style="bold",
        )
    )  # fmt: skip
    columns = (words("stated"), words("median"), words("interval_95"))
    for name, item in found["indicators"].items():
        stated = document["indicators"][name]
        unit = display(name, 0.0, stated["unit"])[1]
        table = _table(f"{words(name).strip()} ({unit})", "", *columns)
        for product, value, label in zip(item["products"], stated["values"], names):
            table.add_row(label, *_interval(words, name, value, product, stated["unit"]))
        console.print(table)
        for pair in item["pairs"]:
            console.print(Text(sentence(words, pair)))
        console.print()
    console.print(Text(words("stated_differs"), style="dim"))


def sentence(words: Language, pair: dict[str, Any]) -> str:
    """Say in words whether two products can be told apart."""
    share = pair["probability_first_lower"]
    first, second = pair["first"], pair["second"]
    if share < 0.5:
        first, second, share = second, first, 1 - share
    key = "pair_discernible" if pair["discernible"] else "pair_open"
    percent = words.decimal(f"{share * 100:.1f}") + " %"
    return words(key, first=first, second=second, percent=percent)


def _interval(
    words: Language, name: str, stated: float, item: dict[str, Any], unit: str
) -> list[str]:
    low, high = (_number(words, name, item[key], unit) for key in ("low", "high"))
    return [
        _number(words, name, stated, unit),
        _number(words, name, item["median"], unit),
        words("from_to", low=low, high=high),
    ]


# -- uncertainty -------------------------------------------------------------------------------


def render_uncertainty(document: dict[str, Any], words: Language, console: Console) -> None:
    """Print the draws of a scenario."""
    console.print(Text(document["scenario"]["name"], style="bold"))
    console.print(
        words(
            "draws_head", samples=str(document["samples"]), figures=str(document["figures"]),
            seed=str(document["seed"]),
        )
    )  # fmt: skip
    console.print()
    table = _table(
        words("uncertainty_title"), words("c_indicator"), words("c_unit"), words("stated"),
        words("median"), words("interval_95"), words("stated_percentile"),
    )  # fmt: skip
    for name, item in document["indicators"].items():
        unit = display(name, 0.0, item["unit"])[1]
        cells = _interval(words, name, item["stated"], item, item["unit"])
        table.add_row(words(name).strip(), unit, *cells, f"{item['stated_percentile'] * 100:.0f} %")
    console.print(table)
    console.print(Text(words("stated_differs"), style="dim"))
    console.print()
    for name, item in document["indicators"].items():
        if not item["drivers"]:
            continue
        table = _table(
            words("drivers_of", name=words(name).strip()), words("figure"), words("variance_share"),
            words("figure_percentile"),
        )  # fmt: skip
        for row in item["drivers"]:
            table.add_row(
                row["figure"], words.decimal(f"{row['share'] * 100:.0f}") + " %",
                f"{row['stated_percentile'] * 100:.0f} %",
            )  # fmt: skip
        console.print(table)
        console.print()


# -- sensitivity -------------------------------------------------------------------------------


def render_sensitivity(document: dict[str, Any], words: Language, console: Console) -> None:
    """Print what a result hangs on."""
    name, unit = document["indicator"], document["unit"]
    shown = display(name, 0.0, unit)[1]
    console.print(Text(document["scenario"]["name"], style="bold"))
    console.print(
        f"{words(name).strip()}: {_number(words, name, document['stated'], unit)} {shown}"
        f"  ({words('stated')})"
    )
    console.print()
    table = _table(
        words("sensitivity_title"), words("figure"), words("tornado"), "Morris μ*", "σ",
        "Sobol S1", "ST", "",
    )  # fmt: skip
    rows = document["figures"]
    for row in rows[:FIGURES]:
        ends = sorted([row["low"], row["high"]])
        low, high = (_number(words, name, value, unit) for value in ends)
        table.add_row(
            row["figure"], words("from_to", low=low, high=high),
            _number(words, name, row["mu_star"], unit), _number(words, name, row["sigma"], unit),
            _index(words, row["s1"]), _index(words, row["st"]), bar(row["st"]),
        )  # fmt: skip
    console.print(table)
    rest = len(rows) - FIGURES
    if rest > 0:
        console.print(words("more_figures", count=str(rest)))
    text = words(
        "sensitivity_note", trajectories=str(document["trajectories"]),
        points=str(document["points"]), seed=str(document["seed"]),
        left=words.decimal(f"{document['screened_out'] * 100:.0f}") + " %",
    )  # fmt: skip
    console.print(Text(text, style="dim"))
    console.print()
    _switches(document, words, console)


def _index(words: Language, value: float | None) -> str:
    return "–" if value is None else words.decimal(f"{value:.2f}")


def bar(value: float | None) -> str:
    """Draw a share of 1 as a bar."""
    return "█" * round(max(0.0, min(1.0, value or 0.0)) * WIDTH)


def _switches(document: dict[str, Any], words: Language, console: Console) -> None:
    if not document["switches"]:
        return
    table = _table(words("switches_title"), words("choice"), words("option"), "", "")
    for column in table.columns[1:2]:
        column.justify = "left"
    before = ""
    for row in document["switches"]:
        choice = words(f"choice_{row['choice']}")
        gap = (row["value"] / document["stated"] - 1) if document["stated"] else None
        table.add_row(
            "" if choice == before else choice,
            words(row["option"]) + (" *" if row["stated"] else ""),
            _number(words, document["indicator"], row["value"], document["unit"]),
            _percent(words, gap),
        )
        before = choice
    console.print(table)
    console.print(Text(words("switches_note"), style="dim"))


# -- batch -------------------------------------------------------------------------------------


def render_batch(result: BatchResult, words: Language, console: Console) -> None:
    """Print what a batch found."""
    summary = result.summary
    console.print(
        words(
            "batch_rows", rows=str(result.rows), kept=str(summary.rows),
            bad=str(summary.problem_count),
        )
    )  # fmt: skip
    if result.checked:
        console.print(
            words(
                "batch_checked", count=str(len(result.checked["rows"])),
                gap=f"{result.checked['largest_relative_difference']:.1e}",
            )
        )  # fmt: skip
    console.print()
    units = {column.name: column.unit for column in result.columns}
    kinds = {column.name: column.kind for column in result.columns}
    table = _table(
        words("batch_ranges"), words("column"), words("c_unit"), words("least"), words("row"),
        words("largest"), words("row"),
    )  # fmt: skip
    for name, (low, at, high, there) in summary.ranges.items():
        if kinds[name] == "content" and low == high:
            continue
        unit = display(name, 0.0, units[name])[1]
        low, high = display(name, low, unit)[0], display(name, high, unit)[0]
        table.add_row(name, unit, words.number(low, 4), str(at), words.number(high, 4), str(there))
    console.print(table)
    console.print()
    table = _table(words("h_claims"), "", *(words(v) for v in MARKS))
    for claim, counts in summary.verdicts.items():
        table.add_row(claim, *(str(counts.get(verdict, 0)) for verdict in MARKS))
    console.print(table)
    if result.selected is not None and result.selected.num_rows:
        console.print()
        _selected(result, words, console)
    if result.out is not None:
        console.print()
        console.print(words("batch_written", file=str(result.out)), soft_wrap=True)


def _selected(result: BatchResult, words: Language, console: Console) -> None:
    """Show the first of the rows that were kept; what is the same in all of them goes below."""
    assert result.selected is not None
    wanted = [
        c for c in result.columns
        if c.kind in ("row", "parameter", "indicator", "cost")
        or c.name in ("recycled_product_dry", "cardato", "cardato-recycled")
    ]  # fmt: skip
    part = result.selected.slice(0, ROWS)
    rows = part.select([c.name for c in wanted]).to_pylist()
    same = {
        c.name for c in wanted if c.kind == "parameter" and len({row[c.name] for row in rows}) == 1
    }
    if all(row.get("cost") is None for row in rows):
        same.add("cost")
    if len(rows) == 1:
        same = set()
    shown = [c for c in wanted if c.name not in same]
    table = _table(
        words("batch_selected", shown=str(part.num_rows), count=str(result.selected.num_rows)),
        *(_head(result, c) for c in shown),
    )
    for row in rows:
        table.add_row(*(_cell(words, row[c.name], c) for c in shown))
    console.print(table)
    constant = [
        f"{_head(result, c)}: {_cell(words, rows[0][c.name], c)}"
        for c in wanted
        if c.name in same and c.kind == "parameter"
    ]
    if constant:
        console.print(Text("; ".join(constant), style="dim"))


def _head(result: BatchResult, column: Column) -> str:
    """Short head of a column: what varies, in words, with its unit."""
    unit = display(column.name, 0.0, column.unit)[1]
    label = result.labels.get(column.name, column.name)
    if column.kind == "verdict":
        return label
    if column.kind == "content":
        return f"{label.replace('_', ' ')} %"
    return f"{label.replace('_', ' ')} {unit}".strip()


def _cell(words: Language, value: Any, column: Column) -> Any:
    if value is None:
        return "–"
    if column.kind == "verdict":
        return Text(f"[{MARKS[value]}]", style=COLOURS[value])
    if isinstance(value, float):
        return words.number(display(column.name, value, column.unit)[0], 4)
    return str(value)
