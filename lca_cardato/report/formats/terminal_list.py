"""Plain lists on a terminal: an id stays whole, at the worst on a line of its own above its row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Union

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.padding import Padding
from rich.text import Text as Line

from lca_cardato.report.formats.terminal_grid import ROWS, TIE, Tied, grid, grids, room, shared
from lca_cardato.report.parts import Cell, Column, Table
from lca_cardato.words.said import flat, tied

PLAIN, HUNG = 2, 3
"""What a line counts in a table, and in rows of several lines: a table is read more easily."""
STEP = 2
"""Blanks by which what is told of a thing stands in below it."""


class Listing:
    """A list that is laid out by the width of the screen it is printed on.

    Parameters
    ----------
    heads : sequence of str
        Heads of the columns; none for a list without.
    rows : iterable of iterable of str or Cell
        As many cells as heads.
    right : collection of int
        Columns that stand at the right.
    title : str
        Line above it.
    """

    def __init__(
        self, heads: Sequence[str], rows: Iterable[Iterable[Union[str, Cell]]],
        right: Collection[int] = (), title: str = "",
    ) -> None:  # fmt: skip
        cells = [[cell if isinstance(cell, Cell) else Cell(cell) for cell in row] for row in rows]
        names = heads or [""] * max(map(len, cells), default=0)
        columns = [Column(name, left=n not in right) for n, name in enumerate(names)]
        self.headed = bool(heads)
        self.table = Table("list", title, columns, cells)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Tied]:
        """Give the laid-out parts."""
        yield from map(Tied, self._laid(options.max_width))

    def _laid(self, width: int) -> Iterator[RenderableType]:
        """Take the way of fewest lines that breaks no word; parts where there is none."""
        last = len(self.table.columns)
        ways: list[tuple[int, int]] = []
        if room(self.table, width, tight=True) >= 0:
            ways.append((PLAIN * _lines(self.table, width), 0))
        for end in range(last, max(1, last - 2), -1):
            inner, left = _between(self.table, end), width - self.step
            if last > 2 and room(inner, left, tight=True) >= 0:
                lines = _lines(inner, left) + self._beside(end, left)
                ways.append((HUNG * lines, end))
        if not ways:
            yield from grids(self.table, width)
        elif end := min(ways)[1]:
            yield from self._hung(width - self.step, end)
        else:
            yield grid(self.table, width, self.headed, _widths(self.table, width))

    @property
    def step(self) -> int:
        """Blanks by which a row stands in below its id."""
        return STEP * (1 + max((row[0].level for row in self.table.rows), default=0))

    def _beside(self, end: int, width: int) -> int:
        """Lines of the first cells and of those from an end."""
        texts = [cell.text for row in self.table.rows for cell in row[end:]]
        ids = sum(bool(row[0].text) for row in self.table.rows)
        return ids + sum(-(-cell_len(text) // (width - STEP)) for text in texts)

    def _hung(self, width: int, end: int) -> Iterator[RenderableType]:
        """Every row in lines: its first cell, those before an end, the others."""
        inner = _between(self.table, end)
        widths = _widths(inner, width)
        heads = [Cell(column.title) for column in self.table.columns]
        empty = [Cell("")] * len(inner.columns)
        if self.table.title:
            yield Line(self.table.title, style="bold")
        yield Line(heads[0].text, style="dim")
        yield _in(grid(replace(inner, rows=[]), widths=widths), self.step)
        for column in heads[end:]:
            yield _in(Line(column.text, style="dim"), self.step + STEP)
        for row, cells in zip(self.table.rows, inner.rows):
            if row[0].text:
                yield Line("  " * row[0].level + row[0].text, style=ROWS.get(row[0].mark, ""))
            if cells != empty:
                one = replace(inner, rows=[cells])
                yield _in(grid(one, headed=False, widths=widths), self.step)
            for cell in filter(lambda cell: cell.text, row[end:]):
                yield _in(Line(tied(flat(cell.text), TIE)), self.step + STEP)


def _widths(table: Table, width: int) -> list[int]:
    """Share out the width; texts are as narrow as their longest word where they have to be."""
    return shared(table, width, tight=room(table, width) < 0)


def _lines(table: Table, width: int) -> int:
    """Lines that the rows of a table take, near enough to choose by."""
    widths = _widths(table, width)
    return sum(
        max(-(-cell_len(cell.text) // wide) for cell, wide in zip(row, widths))
        for row in table.rows
    )


def _between(table: Table, end: int) -> Table:
    """Columns of a table after the first and before an end."""
    rows = [[replace(row[1], mark=row[0].mark), *row[2:end]] for row in table.rows]
    return replace(table, title="", columns=table.columns[1:end], rows=rows)


def _in(part: RenderableType, step: int) -> Padding:
    """Let a part stand in."""
    return Padding(part, (0, 0, 0, step))
