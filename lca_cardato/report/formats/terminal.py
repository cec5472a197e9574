"""Parts of a report on a terminal; a verdict reads without colour too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Optional

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.table import Table as Grid
from rich.text import Text as Line

from lca_cardato.report.parts import Block, Cell, Claim, Facts, Table, Text
from lca_cardato.words.language import Language
from lca_cardato.words.said import flat, tied

COLOURS = {"meets": "green", "not_met": "red", "not_proven": "yellow", "not_applicable": "dim"}
MARKS = {"meets": "+", "not_met": "x", "not_proven": "?", "not_applicable": "-"}
STYLES = {"lead": "bold", "note": "dim", "quote": "italic", "alert": "bold red", "notice": "yellow"}
BARS = {"quote": "> ", "notice": "! "}
"""What stands before every line of a text of that style."""
TIE = "\ue000"
"""Stands for a blank at which no line ends until the lines are laid out: the layout takes every
blank for a place to break."""
ROWS = {"open": "dim", "whole": "bold"}
"""Marks of the first cell of a row that change its style."""


def show(blocks: Iterable[Block], words: Language, console: Console) -> None:
    """Print parts.

    Parameters
    ----------
    blocks : iterable of Block
        Texts, headline figures, tables and claims; pictures have no place here.
    words : Language
    console : rich.console.Console
    """
    for block in blocks:
        if isinstance(block, Table):
            console.print(Tied(grid(block)))
        elif isinstance(block, Claim):
            for line in _claim(block, words):
                console.print(Tied(line))
        elif isinstance(block, Facts):
            for fact in block.facts:
                console.print(Line.assemble((fact.label, "bold"), f"  {fact.text}"))
        elif isinstance(block, Text):
            code = block.style == "code"
            line = Line(
                block.text if code else _tied(block.text), style=STYLES.get(block.style, "")
            )
            if block.style in BARS:
                line = _barred(line, BARS[block.style], console)
            console.print(line if code else Tied(line), soft_wrap=code)


def _tied(text: str) -> str:
    """Put a text on one line that is wrapped between words alone."""
    return tied(flat(text), TIE)


class Tied:
    """What is to be printed, its lines laid out before the blanks between number and unit return."""

    def __init__(self, inner: RenderableType) -> None:
        self.inner = inner

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterable[Segment]:
        """Give the laid-out parts."""
        for text, style, control in console.render(self.inner, options):
            yield Segment(text.replace(TIE, " "), style, control)


def _barred(line: Line, bar: str, console: Console) -> Line:
    """Put a sign before every line of a text, where it goes on too: no part stands alone."""
    parts = line.wrap(console, max(20, console.width - len(bar)))
    return Line("\n").join(Line(bar, style="dim") + part for part in parts)


def grid(table: Table) -> Grid:
    """Lay out a table: the first column at the left, numbers and units at the right."""
    made = Grid(
        title=table.title or None,
        title_justify="left",
        box=None,
        pad_edge=False,
        header_style="dim",
    )
    made.title_style = "bold"
    for index, column in enumerate(table.columns):
        left = index == 0 or column.left
        made.add_column(
            tied(column.title, TIE), justify="left" if left else "right", overflow="fold"
        )
    for number, row in enumerate(table.rows, 1):
        whole = table.total and number == len(table.rows)
        style: Optional[str] = ROWS.get("whole" if whole else row[0].mark)
        made.add_row(*(_cell(cell) for cell in row), style=style)
    return made


def listing(heads: Sequence[str], rows: Iterable[Iterable[str]]) -> Grid:
    """Lay out a plain list, all at the left; without a head where there is none."""
    made = Grid(*heads, box=None, pad_edge=False, show_header=bool(heads))
    for row in rows:
        made.add_row(*row)
    return made


def _cell(cell: Cell) -> Line:
    if cell.mark in MARKS:
        return verdict(cell.mark, cell.text)
    return Line("  " * cell.level + _tied(cell.text))


def verdict(mark: str, word: str) -> Line:
    """Write a verdict with sign and colour."""
    return Line(f"[{MARKS[mark]}] {word}".rstrip(), style=COLOURS[mark])


def _claim(claim: Claim, words: Language) -> Iterable[Line]:
    """A claim criterion by criterion; a folded one in a line."""
    head = verdict(claim.verdict, words(claim.verdict))
    if claim.folded:
        told = _tied(f"{claim.name}: {claim.criteria[0].reason}")
        yield Line("  ").append_text(head).append(f"  {told}")
        return
    line = Line(f"{claim.name} ", style="bold").append_text(head)
    yield line.append(f"  ({claim.rule_pack})", style="dim")
    if claim.scope:
        yield Line(f"  {claim.scope}", style="dim")
    for item in claim.criteria:
        found = verdict(item.verdict, words(item.verdict))
        yield Line("  ").append_text(found).append(f"  {_tied(item.title)}")
        yield Line(f"      {_tied(item.reason)}")
        if item.change:
            yield Line(f"      {words('to_change')}: {_tied(item.change)}", style="cyan")
