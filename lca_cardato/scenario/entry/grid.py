"""One sheet of a workbook by the names of its columns: which cell holds what, and what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Iterator, Optional

from lca_cardato.errors import Problem, nearest
from lca_cardato.files.sheets import ERROR, Cell, Sheet, letters
from lca_cardato.scenario.entry.cells import Unclear, said
from lca_cardato.scenario.entry.layout import FORMS, Column, sheets
from lca_cardato.sentence import say
from lca_cardato.text.yamltree import HIDDEN, hidden_text
from lca_cardato.words.entry import folded
from lca_cardato.words.language import LANGUAGES

HEAD_ROWS = 12
"""Rows in which the heads of a sheet are looked for; a mill may put its name above them."""
PROMPTS = {
    "blend": {"@number"},
    "readings": {"@yarn", "@of_fibre", "@step", "@reading", "@substance", "@unit", "class"},
}
"""Columns that stand there to be filled in: a row with nothing beside them says nothing yet."""
_UNIT = re.compile(r"(.*?)\s*\(([^()]*)\)\s*\*?\s*", re.DOTALL)


@dataclass(frozen=True)
class Typed:
    """What a cell says.

    Attributes
    ----------
    text : str or None
        As a file holds it; None for an empty cell.
    cell : str
        Sheet, cell and label, for messages.
    """

    text: Optional[str]
    cell: str


@dataclass
class Row:
    """An entry of a sheet: column -> what its cell says."""

    sheet: str
    number: int
    cells: dict[str, Typed]

    def text(self, key: str) -> Optional[str]:
        """Give the text of a column; None where it is empty, or not there."""
        return self.cells[key].text if key in self.cells else None

    def place(self, key: str) -> str:
        """Give the cell of a column, or the row."""
        return self.cells[key].cell if key in self.cells else f"{self.sheet}!A{self.number}"


@dataclass
class Grid:
    """A sheet whose heads were found."""

    title: str
    key: str
    file: str
    cells: list[list[Cell]]
    problems: list[Problem]
    places: dict[int, tuple[Column, str, str]] = field(default_factory=dict)
    begin: int = 0

    def rows(self) -> Iterator[Row]:
        """Give the rows in which anything stands beside what numbers them, from above."""
        for number, cells in enumerate(self.cells[self.begin :], start=self.begin + 1):
            filled = {at for at, cell in enumerate(cells) if not cell.blank and at in self.places}
            keys = {self.places[at][0].key for at in filled}
            if keys - PROMPTS.get(self.key, set()):
                yield self._row(number, cells)

    def row(self, number: int) -> Row:
        """Give a row, whatever stands in it."""
        return self._row(number, self.cells[number - 1] if number <= len(self.cells) else [])

    def _row(self, number: int, cells: list[Cell]) -> Row:
        row = Row(self.title, number, {})
        units = {column.key: at for at, (column, _, _) in self.places.items()}
        beside = units.get("@unit")
        for at, (column, unit, label) in self.places.items():
            cell = cells[at] if at < len(cells) else Cell(None)
            if column.kind == "figure" and beside is not None and beside < len(cells):
                unit = str(cells[beside].value or "").strip()
            row.cells[column.key] = self.typed(cell, column, unit, number, at, label)
        return row

    def typed(
        self, cell: Cell, column: Column, unit: str, number: int, at: int, label: str
    ) -> Typed:
        """Read a cell; what it can't say is noted, and the cell taken as it stands."""
        place = f'{self.title}!{letters(at)}{number} "{label}"'
        try:
            text = said(cell, column.kind, unit)
        except Unclear as error:
            text = error.high
            self.problem(
                "E115", say("is it {low} or {high}?", low=error.low, high=error.high), place,
                str(cell.value), say("give the cell the format of a percentage, or write the sign %"),
            )  # fmt: skip
        if text is not None and (hidden := HIDDEN.search(text)):
            self.problem("E221", hidden_text(hidden.group()), place, "", "")
            text = None
        if cell.format == ERROR:
            self.problem(
                "E322", say("the formula of this cell gives an error"), place, cell.value,
                say("mend the formula, or write the value"),
            )  # fmt: skip
        return Typed(text, place)

    def problem(self, code: str, message: str, place: str, value: str, cure: str) -> None:
        """Note a problem of a cell."""
        self.problems.append(
            Problem(code, message, self.file, key=place, value=value, suggestion=cure)
        )


def grid_of(sheet: Sheet, key: str, file: str, problems: list[Problem]) -> Grid:
    """Find the heads of a sheet, and note what none of its cells may be."""
    grid = Grid(sheet.name, key, file, sheet.rows, problems)
    if key not in FORMS:
        _find_heads(grid)
    _refuse(sheet, grid)
    return grid


def head_of(text: str, columns: tuple[Column, ...]) -> Optional[tuple[Column, str]]:
    """Tell which column has such a head, and the unit that it names."""
    cut = _UNIT.fullmatch(text)
    for said_, unit in ((text, None), (cut[1], cut[2]) if cut else (text, None)):
        wanted = folded(said_.strip(" *"))
        for column in columns:
            if wanted in column.heard():
                return column, column.unit if unit is None else unit.strip()
    return None


def _find_heads(grid: Grid) -> None:
    """Take the row in which most columns are known; unknown heads above filled cells are told."""
    columns = sheets()[grid.key]
    best: dict[int, tuple[Column, str, str]] = {}
    for number, cells in enumerate(grid.cells[:HEAD_ROWS]):
        found: dict[int, tuple[Column, str, str]] = {}
        for at, cell in enumerate(cells):
            head = head_of(cell.value, columns) if isinstance(cell.value, str) else None
            if head and head[0] not in [column for column, _, _ in found.values()]:
                found[at] = (*head, str(cell.value).partition("(")[0].strip(" *"))
        if len(found) > len(best):
            best, grid.begin = found, number + 1
    grid.places = best
    wanted = [column for column in columns if column.required]
    known = [column for column, _, _ in best.values()]
    for column in [column for column in wanted if column not in known]:
        told = " / ".join(dict.fromkeys(column.head(lang) for lang in LANGUAGES))
        grid.problem(
            "E322", say("the sheet has no column {head}", head=told),
            f"{grid.title}!A{max(grid.begin, 1)}", "",
            say("write that head again above its column, or make a new workbook"),
        )  # fmt: skip
    _strangers(grid, columns)


def _strangers(grid: Grid, columns: tuple[Column, ...]) -> None:
    """Tell of columns with an unknown head in which something stands."""
    heads = grid.cells[grid.begin - 1] if grid.begin else []
    for at, head in enumerate(heads):
        if at in grid.places or head.blank:
            continue
        if any(len(row) > at and not row[at].blank for row in grid.cells[grid.begin :]):
            names = [column.label(lang) for lang in LANGUAGES for column in columns]
            grid.problem(
                "E206", say("no column of this sheet is called so"),
                f"{grid.title}!{letters(at)}{grid.begin}", str(head.value),
                nearest(str(head.value), names) or say("put your own notes on a sheet of your own"),
            )  # fmt: skip


def _refuse(sheet: Sheet, grid: Grid) -> None:
    """Note merged cells among the entries, and formulas whose value is not stored."""
    begin = max(grid.begin, 1)
    for top, left, bottom, right in sheet.merged:
        within = any(at + 1 in range(left, right + 1) for at in grid.places or (0, 1))
        if bottom >= begin and within:
            place = _labelled(grid, top, left - 1)
            grid.problem(
                "E322", say("merged cells: {first} to {last}", first=f"{letters(left - 1)}{top}",
                            last=f"{letters(right - 1)}{bottom}"),
                place, "", say("undo the merging and fill in each cell"),
            )  # fmt: skip
    for (row, column), formula in sheet.unsaved.items():
        if not grid.places or column - 1 in grid.places:
            grid.problem(
                "E322", say("a formula has no value in the workbook"),
                _labelled(grid, row, column - 1), formula[:80],
                say("open it in a spreadsheet program and save it, or paste values"),
            )  # fmt: skip


def _labelled(grid: Grid, row: int, at: int) -> str:
    """Name a cell as its entry does: with the head of its column, or of its row in a form."""
    cells = grid.cells[row - 1] if row <= len(grid.cells) else []
    label = grid.places[at][2] if at in grid.places else ""
    if not grid.places and at == 1 and cells:
        label = str(cells[0].value or "").partition("(")[0].strip(" *")
    place = f"{grid.title}!{letters(at)}{row}"
    return f'{place} "{label}"' if label else place
