"""Tables on a terminal: no word is broken and no number wrapped; what is too wide is told in parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Optional

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.table import Table as Grid
from rich.text import Text as Line

from lca_cardato.report.parts import Cell, Table
from lca_cardato.words.said import flat, tied

COLOURS = {"meets": "green", "not_met": "red", "not_proven": "yellow", "not_applicable": "dim"}
MARKS = {"meets": "+", "not_met": "x", "not_proven": "?", "not_applicable": "-"}
TIE = "\ue000"
"""Stands for a blank at which no line ends until the lines are laid out: the layout takes every
blank for a place to break."""
ROWS = {"open": "dim", "whole": "bold"}
"""Marks of the first cell of a row that change its style."""
NAME, PROSE, NUMBER = 26, 22, 18
"""Width that names of rows and other texts keep at least, where they are so long; width up to
which the text of a right-hand column is not wrapped."""
HEAD = 1
"""Room beyond the half of a head by which it comes to two lines."""
GAP = 2
"""Blanks between columns."""


class Tied:
    """What is to be printed, its lines laid out before the blanks between number and unit return."""

    def __init__(self, inner: RenderableType) -> None:
        self.inner = inner

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterable[Segment]:
        """Give the laid-out parts."""
        for text, style, control in console.render(self.inner, options):
            yield Segment(text.replace(TIE, " "), style, control)


def prose(*parts: tuple[str, str]) -> Tied:
    """Make a paragraph of texts with their styles; no line ends between a number and its unit."""
    return Tied(Line.assemble(*((tied(text, TIE), style) for text, style in parts)))


def grids(table: Table, width: int) -> Iterator[Grid]:
    """Lay out a table in as many parts as the width takes, each with the names of the rows.

    Parameters
    ----------
    table : Table
    width : int
        Columns of the screen.
    """
    least = [_least(table, index) for index in range(len(table.columns))]
    parts, used = [[0]], least[0]
    for index in range(1, len(least)):
        if used + GAP + least[index] > width and len(parts[-1]) > 1:
            parts.append([0])
            used = least[0]
        parts[-1].append(index)
        used += GAP + least[index]
    for number, part in enumerate(parts):
        columns = [table.columns[index] for index in part]
        rows = [[row[index] for index in part] for row in table.rows]
        title = "" if number else table.title
        yield grid(replace(table, title=title, columns=columns, rows=rows), width)


def grid(
    table: Table, width: int = 10_000, headed: bool = True, widths: Optional[Sequence[int]] = None
) -> Grid:
    """Lay out a table: the first column at the left, numbers and units at the right.

    Parameters
    ----------
    table : Table
    width : int
        Columns of the screen.
    headed : bool
        Whether it has heads.
    widths : sequence of int, optional
        Columns of the screen for every column; shared out when left out.
    """
    made = Grid(
        title=table.title or None, title_justify="left", box=None, pad_edge=False, padding=0,
        header_style="dim", title_style="bold", show_header=headed,
    )  # fmt: skip
    for index, (column, wide) in enumerate(zip(table.columns, widths or shared(table, width))):
        if index:  # a column of its own: versions of rich count the padding of a width differently
            made.add_column("", width=GAP)
        made.add_column(
            tied(column.title, TIE), justify="left" if index == 0 or column.left else "right",
            overflow="fold", width=wide,
        )  # fmt: skip
    for number, row in enumerate(table.rows, 1):
        whole = table.total and number == len(table.rows)
        style: Optional[str] = ROWS.get("whole" if whole else row[0].mark)
        cells = [part for cell in row for part in (Line(" "), _cell(cell))]
        made.add_row(*cells[1:], style=style)
    return made


def room(table: Table, width: int, tight: bool = False) -> int:
    """Columns of the screen that are left when no word of a table breaks; below 0 for none."""
    places = range(len(table.columns))
    return width - GAP * (len(places) - 1) - sum(_least(table, index, tight) for index in places)


def shared(table: Table, width: int, tight: bool = False) -> list[int]:
    """Share out the width: what each column needs, heads of few lines, names of rows, the rest.

    Parameters
    ----------
    table : Table
    width : int
        Columns of the screen.
    tight : bool
        Whether texts may be as narrow as their longest word.
    """
    places = range(len(table.columns))
    made, whole = [_least(table, i, tight) for i in places], [_wanted(table, i) for i in places]
    left = room(table, width, tight)
    heads = [min(whole[i], HEAD + cell_len(table.columns[i].title) // 2) for i in places]
    for wanted, some in ((heads, places[1:]), (whole, places[:1]), (whole, places[1:])):
        for index in sorted(some, key=lambda i: wanted[i] - made[i]):
            more = max(0, min(left, wanted[index] - made[index]))
            made[index] += more
            left -= more
    return made


def _wanted(table: Table, index: int) -> int:
    """Width at which nothing of a column is wrapped."""
    texts = [*table.columns[index].title.split("\n"), *_texts(table, index)]
    return max(1, *map(cell_len, texts))


def _least(table: Table, index: int, tight: bool = False) -> int:
    """Width below which words or numbers of a column would break."""
    column, texts = table.columns[index], _texts(table, index)
    whole = max([cell_len(text) for text in texts], default=0)
    words = [cell_len(word) for text in texts for word in tied(text, TIE).split(" ")]
    head = [cell_len(word) for word in tied(column.title, TIE).split()]
    prose = index == 0 or column.left
    if prose:
        kept = 0 if tight else min(whole, NAME if index == 0 else PROSE)
    else:
        kept = whole if whole <= NUMBER else PROSE
    return max(1, kept, *(word for word in (*words, *head) if word <= 2 * NAME))


def _texts(table: Table, index: int) -> list[str]:
    """Cells of a column as they are printed."""
    return [_cell(row[index]).plain for row in table.rows]


def _cell(cell: Cell) -> Line:
    if cell.mark in MARKS:
        return verdict(cell.mark, cell.text)
    return Line("  " * cell.level + tied(flat(cell.text), TIE))


def verdict(mark: str, word: str) -> Line:
    """Write a verdict with sign and colour."""
    return Line(f"[{MARKS[mark]}] {word}".rstrip(), style=COLOURS[mark])
