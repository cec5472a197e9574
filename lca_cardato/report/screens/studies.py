"""Comparisons, batches, uncertainty and sensitivity on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional, Union

from rich.console import Console

from lca_cardato.report.formats.terminal import show
from lca_cardato.report.parts import VERDICTS, Block, Cell, Column, Fact, Facts, Table, Text
from lca_cardato.report.tables.assessment import background_line
from lca_cardato.report.tables.batch import titled
from lca_cardato.report.tables.cells import bound, name_of, shown, unit_of
from lca_cardato.report.tables.lopsided import edge_texts, lower_bound_texts
from lca_cardato.report.tables.moves import moved
from lca_cardato.report.tables.notices import notice_blocks, of_several
from lca_cardato.report.tables.studies import (
    comparison_note,
    difference_cells,
    draws_line,
    option_name,
    sensitivity_note,
    sentence,
    stages,
    unit_text,
)
from lca_cardato.words.language import Language
from lca_cardato.words.said import NAME
from lca_cardato.words.units import display, signed_whole

if TYPE_CHECKING:
    from lca_cardato.batch.columns import Column as BatchColumn
    from lca_cardato.batch.run import BatchResult

ROWS, HEADS, EACH = 10, 30, 9
"""Rows of a batch that are told at most, columns of the screen for their heads and for each."""
FIGURES = 12
WIDTH = 24
BARRED = 110
"""Columns of a screen from which indices are drawn as bars too, of so many columns."""
MARKS = ("recycled_product_dry", "cardato", "cardato-recycled")
MANY = 10
"""Relative difference from which its decimals say nothing."""
BLANK = Text("")


def _table(
    title: str, heads: list[str], rows: list[list[Union[str, Cell]]], left: bool = False
) -> Table:
    """Make a table of texts; ``left`` for columns that all stand at the left."""
    cells = [[cell if isinstance(cell, Cell) else Cell(cell) for cell in row] for row in rows]
    return Table("", title, [Column(head, left=left) for head in heads], cells)


def _gap(words: Language, value: Optional[float]) -> str:
    """Write a difference; one of ten times and more without decimals."""
    return "–" if value is None else f"{signed_whole(words, value, int(abs(value) < MANY))} %"


def _difference(words: Language, item: dict[str, Any], place: int) -> str:
    """Difference from the first product with its interval, or why there is none."""
    gap, interval, covered = difference_cells(words, item, place)
    if not item["comparable"][place]:
        return f"{gap.text}: {words('c_coverage')} {covered.text}"
    told = _gap(words, item["difference_relative"][place])
    return f"{told}; {interval.text}" if interval.text else told


def _first(blocks: list[Block]) -> list[Block]:
    """Put a blank line below what is shown before all else."""
    return [*blocks, BLANK] if blocks else []


# -- compare -----------------------------------------------------------------------------------


def render_comparison(document: dict[str, Any], words: Language, console: Console) -> None:
    """Print a comparison."""
    scenarios = document["scenarios"]
    names = [item["id"] for item in scenarios]
    blocks = notice_blocks(document["differences"], words)
    told = of_several([(item["id"], item["notices"]) for item in scenarios], words)
    blocks = _first([*blocks, *told])
    for item in scenarios:
        blocks.append(Facts([Fact(item["id"], words.quote(item["name"], NAME), "", "")]))
        if line := background_line(item, words):
            blocks.append(Text(f"  {line}"))
    blocks += [Text(unit_text(document, words)), BLANK]
    rows: list[list[Any]] = []
    for name, item in document["indicators"].items():
        cells: list[str] = []
        for place, (value, coverage) in enumerate(zip(item["values"], item["coverage"])):
            text = bound(words, name, {"coverage": coverage}, value).text
            cells.append(f"{text} ({_difference(words, item, place)})" if place else text)
        label = item.get("name") or name_of(words, name)
        rows.append([label, unit_of(words, name, item["unit"]), *cells])
    heads = [words("c_indicator"), words("c_unit"), *names]
    note = Text(comparison_note(document, words), "note")
    blocks += [_table(words("compare_title"), heads, rows), note, BLANK]
    for table in moved(document, words):
        blocks += [table, BLANK]
    blocks += [stages(document, words, next(iter(document["indicators"]))), BLANK]
    rows = [
        [claim["name"], *(Cell(words(v), None, v) for v in claim["verdicts"])]
        for claim in document["claims"].values()
    ]
    blocks += [_table(words("h_claims"), ["", *names], rows, left=True), BLANK]
    blocks += _pairs(document, names, words) if document["uncertainty"] else []
    show(blocks, words, console)


def _pairs(document: dict[str, Any], names: list[str], words: Language) -> list[Block]:
    found = document["uncertainty"]
    blocks: list[Block] = [Text(draws_line(found, words), "lead")]
    heads = ["", words("stated"), words("median"), words("interval_95")]
    for name, item in found["indicators"].items():
        stated = document["indicators"][name]
        rows: list[list[Any]] = [
            [label, *_interval(words, name, value, product)]
            for product, value, label in zip(item["products"], stated["values"], names)
        ]
        title = f"{words(name).strip()} ({unit_of(words, name, stated['unit'])})"
        blocks.append(_table(title, heads, rows))
        blocks += [*(Text(sentence(words, pair)) for pair in item["pairs"]), BLANK]
    edges = [
        (name, label, value, product)
        for name, item in found["indicators"].items()
        for product, value, label in zip(
            item["products"], document["indicators"][name]["values"], names
        )
    ]
    return [*blocks, *edge_texts(words, edges), Text(words("stated_differs"), "note")]


def _interval(
    words: Language, name: str, stated: float, item: dict[str, Any], lower_bound: bool = False
) -> list[str]:
    values = (stated, item["median"], item["low"], item["high"])
    first, median, low, high = (shown(words, name, value).text for value in values)
    sign = "≥ " if lower_bound else ""
    return [sign + first, sign + median, words("from_to", low=low, high=high)]


# -- uncertainty and sensitivity ---------------------------------------------------------------


def render_uncertainty(document: dict[str, Any], words: Language, console: Console) -> None:
    """Print the draws of a scenario."""
    rows: list[list[Any]] = [
        [name_of(words, name), unit_of(words, name, item["unit"]),
         *_interval(words, name, item["stated"], item, item["lower_bound"]),
         f"{item['stated_percentile'] * 100:.0f} %"]
        for name, item in document["indicators"].items()
    ]  # fmt: skip
    keys = ("c_indicator", "c_unit", "stated", "median", "interval_95", "stated_percentile")
    blocks: list[Block] = [
        *_first(notice_blocks(document["notices"], words)),
        Text(words.quote(document["scenario"]["name"], NAME), "lead"), Text(draws_line(document, words)), BLANK,
        _table(words("uncertainty_title"), [words(key) for key in keys], rows),
        *edge_texts(words, [(n, "", i["stated"], i) for n, i in document["indicators"].items()]),
        *lower_bound_texts(words, document),
        Text(words("stated_differs"), "note"), BLANK,
    ]  # fmt: skip
    told = [words(key) for key in ("figure", "variance_share", "figure_percentile")]
    for name, item in document["indicators"].items():
        rows = [
            [row["name"], words.decimal(f"{row['share'] * 100:.0f}") + " %",
             f"{row['stated_percentile'] * 100:.0f} %"]
            for row in item["drivers"]
        ]  # fmt: skip
        if rows:
            title = words("drivers_of", name=words(name).strip())
            blocks += [_table(title, told, rows), BLANK]
    show(blocks, words, console)


def render_sensitivity(document: dict[str, Any], words: Language, console: Console) -> None:
    """Print what a result hangs on."""
    name, rows, wide = document["indicator"], document["figures"], console.width >= BARRED
    told: list[list[Any]] = []
    for row in rows[:FIGURES]:
        ends = sorted([row["low"], row["high"]])
        low, high = (shown(words, name, value).text for value in ends)
        told.append([
            row["name"], words("from_to", low=low, high=high),
            shown(words, name, row["mu_star"]), shown(words, name, row["sigma"]),
            _index(words, row["s1"]), _index(words, row["st"]), *([bar(row["st"])] if wide else []),
        ])  # fmt: skip
    stated = shown(words, name, document["stated"]).text
    unit = unit_of(words, name, document["unit"])
    heads = [
        words("figure"),
        words("tornado"),
        "Morris μ*",
        "σ",
        "Sobol S1",
        "ST",
        *([""] if wide else []),
    ]
    blocks: list[Block] = [
        *_first(notice_blocks(document["notices"], words)),
        Text(words.quote(document["scenario"]["name"], NAME), "lead"),
        Text(f"{words(name).strip()}: {stated} {unit}  ({words('stated')})"), BLANK,
        _table(words("sensitivity_title"), heads, told),
    ]  # fmt: skip
    if len(rows) > FIGURES:
        blocks.append(Text(words("more_figures", count=str(len(rows) - FIGURES))))
    left = words.decimal(f"{document['screened_out'] * 100:.0f}") + " %"
    blocks += [Text(sensitivity_note(document, words, left), "note"), BLANK]
    show([*blocks, *_switches(document, words)], words, console)


def _index(words: Language, value: Optional[float]) -> str:
    return "–" if value is None else words.decimal(f"{value:.2f}")


def bar(value: Optional[float]) -> str:
    """Draw a share of 1 as a bar."""
    return "█" * round(max(0.0, min(1.0, value or 0.0)) * WIDTH)


def _switches(document: dict[str, Any], words: Language) -> list[Block]:
    if not document["switches"]:
        return []
    rows = []
    before = ""
    for row in document["switches"]:
        choice = words(f"choice_{row['choice']}")
        gap = (row["value"] / document["stated"] - 1) if document["stated"] else None
        option = option_name(words, row["option"]) + (" *" if row["stated"] else "")
        value = shown(words, document["indicator"], row["value"]).text
        cells = ["" if choice == before else choice, option, value, _gap(words, gap)]
        rows.append([Cell(cell) for cell in cells])
        before = choice
    columns = [Column(words("choice")), Column(words("option"), left=True), Column(""), Column("")]
    table = Table("", words("switches_title"), columns, rows)
    return [table, Text(words("switches_note"), "note")]


# -- batch -------------------------------------------------------------------------------------


def render_batch(result: BatchResult, words: Language, console: Console) -> None:
    """Print what a batch found."""
    summary, units = result.summary, {c.name: c.unit for c in result.columns}
    kinds = {column.name: column.kind for column in result.columns}
    counts = {"count": result.rows, "kept": summary.rows, "bad": summary.problem_count}
    told = words("batch_rows", **{name: str(count) for name, count in counts.items()})
    found = notice_blocks(result.notices.get(words.lang, []), words)
    blocks: list[Block] = [*_first(found), Text(told)]
    if result.checked:
        count, gap = len(result.checked["rows"]), result.checked["largest_relative_difference"]
        blocks.append(Text(words("batch_checked", count=str(count), gap=f"{gap:.1e}")))
    rows: list[list[Any]] = []
    for name, (low, at, high, there) in summary.ranges.items():
        if kinds[name] == "content" and low == high:
            continue
        least, largest = (words.number(display(name, end, "")[0], 4) for end in (low, high))
        first, last = (str(result.lines.get(place, place)) for place in (at, there))
        title, unit = titled(result, words, name), unit_of(words, name, units[name])
        rows.append([title, unit, least, first, largest, last])
    keys = ("column", "c_unit", "least", "row", "largest", "row")
    blocks += [BLANK, _table(words("batch_ranges"), [words(key) for key in keys], rows), BLANK]
    rows = [
        [titled(result, words, claim), *(str(found.get(verdict, 0)) for verdict in VERDICTS)]
        for claim, found in summary.verdicts.items()
    ]
    blocks.append(_table(words("h_claims"), ["", *(words(v) for v in VERDICTS)], rows))
    if result.selected is not None and result.selected.num_rows:
        blocks += [BLANK, *_selected(result, words, console.width)]
    if result.out is not None:
        blocks += [BLANK, Text(words("batch_written", file=str(result.out)), "code")]
    show(blocks, words, console)


def _selected(result: BatchResult, words: Language, width: int) -> list[Block]:
    """Tell the first of the rows that were kept, side by side; what is the same in all goes below."""
    assert result.selected is not None
    wanted = [
        c for c in result.columns
        if c.kind in ("line", "kept", "parameter", "indicator", "cost") or c.name in MARKS
    ]  # fmt: skip
    part = result.selected.slice(0, min(ROWS, max(3, (width - HEADS) // EACH)))
    rows = part.select(["row", *(c.name for c in wanted)]).to_pylist()
    same = {
        c.name for c in wanted if c.kind == "parameter" and len({row[c.name] for row in rows}) == 1
    }
    if all(row.get("cost") is None for row in rows):
        same.add("cost")
    if len(rows) == 1:
        same = set()
    title = words("batch_selected", shown=str(part.num_rows), count=str(result.selected.num_rows))
    cells: list[list[Any]] = [
        [_head(result, words, c), *(_cell(words, row[c.name], c) for row in rows)]
        for c in wanted if c.name not in same
    ]  # fmt: skip
    numbers = [str(row["row"]) for row in rows]
    blocks: list[Block] = [_table(title, [words("row"), *numbers], cells)]
    constant = [
        f"{_head(result, words, c)}: {_cell(words, rows[0][c.name], c).text}"
        for c in wanted
        if c.name in same and c.kind == "parameter"
    ]
    return [*blocks, Text("; ".join(constant), "note")] if constant else blocks


def _head(result: BatchResult, words: Language, column: BatchColumn) -> str:
    """Short head of a column: what varies, in words, with its unit."""
    label = titled(result, words, column.name, True)
    if column.kind == "verdict":
        return label
    unit = "%" if column.kind == "content" else unit_of(words, column.name, column.unit)
    return f"{label} {unit}".strip()


def _cell(words: Language, value: Any, column: BatchColumn) -> Cell:
    if value is None:
        return Cell("–")
    if column.kind == "verdict":
        return Cell("", None, value)
    if isinstance(value, float):
        return Cell(words.number(display(column.name, value, column.unit)[0], 4))
    return Cell(str(value))
