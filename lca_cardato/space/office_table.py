"""Read the table of an office: heads that people wrote, cells as they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterable, Mapping, Optional, Sequence

from lca_cardato.errors import MAX_PROBLEMS, InputError, Problem, shorten
from lca_cardato.files.read import inside, read_bytes
from lca_cardato.files.sheets import ERROR, Cell, Sheet, letters, read_sheets
from lca_cardato.sentence import say
from lca_cardato.space.axes import Part, TextAxis
from lca_cardato.space.grouped import grouped
from lca_cardato.space.heads import tied
from lca_cardato.space.models import TableFile
from lca_cardato.space.office import Column, cell_text, kept_text
from lca_cardato.space.readings import one_reading
from lca_cardato.text.number import QuantityError
from lca_cardato.text.table import MAX_BYTES, MAX_CELL, MAX_COLUMNS, MAX_ROWS, SEPARATORS, csv_rows
from lca_cardato.text.yamltree import HIDDEN, decode, dotted, hidden_text


@dataclass(frozen=True)
class OfficeTable:
    """A table as it was read.

    Attributes
    ----------
    heads : list of str
    rows : list of list of Cell
        Below the head; empty ones are left out.
    lines : list of int
        Row of the spreadsheet of each.
    data : bytes
    """

    heads: list[str]
    rows: list[list[Cell]]
    lines: list[int]
    data: bytes


def read_office(path: Path, table: TableFile) -> OfficeTable:
    """Read heads and cells.

    Parameters
    ----------
    path : Path
    table : TableFile

    Raises
    ------
    InputError
        ``E209`` for heads that are missing or stand twice, ``E321`` for a table without rows,
        ``E322`` for a workbook that can't be read or a formula without a value.
    DiskError
        The file can't be read.
    """
    data = read_bytes(path, MAX_BYTES, table.file)
    if path.suffix.lower() == ".xlsx":
        sheet = _sheet(read_sheets(data, table.file, MAX_ROWS + 10, MAX_COLUMNS), table)
        rows, unsaved = sheet.rows, sheet.unsaved
    else:
        rows, unsaved = _csv(data, table), {}
    top = next((i for i, row in enumerate(rows) if sum(not c.blank for c in row) > 1), None)
    if top is None:
        raise InputError.one(
            "E321", say("the table has no head"), file=table.file, line=1, column=1
        )
    heads = [kept_text(cell).strip() for cell in rows[top]]
    problems = list(_heads(heads, table.file, top + 1))
    for (line, column), formula in sorted(unsaved.items()):
        if line > top + 1 and column <= len(heads):
            problems.append(
                Problem(
                    "E322", say("a formula has no value in the workbook"), table.file, line, column,
                    f"{letters(column - 1)}{line}", formula[:80],
                    say("open it in a spreadsheet program and save it, or paste values"),
                )
            )  # fmt: skip
    if problems:
        raise InputError(problems[:MAX_PROBLEMS])
    body, lines = [], []
    for number, row in enumerate(rows[top + 1 :], start=top + 2):
        if any(not cell.blank for cell in row):
            body.append([*row, *([Cell(None)] * (len(heads) - len(row)))])
            lines.append(number)
    if not body:
        raise InputError.one(
            "E321", say("the table has no rows"), file=table.file, line=1, column=1
        )
    return OfficeTable(heads, body, lines, data)


def _sheet(sheets: Sequence[Sheet], table: TableFile) -> Sheet:
    names = [sheet.name for sheet in sheets]
    if table.sheet is not None and table.sheet not in names:
        raise InputError.one(
            "E322", say("there is no such sheet"), file=table.file, value=table.sheet,
            suggestion=say("sheets: {names}", names=names[:20]),
        )  # fmt: skip
    return sheets[names.index(table.sheet) if table.sheet is not None else 0]


def _heads(heads: Sequence[str], file: str, line: int) -> Iterable[Problem]:
    for index, head in enumerate(heads):
        if not head:
            text = say("column {index} has no head", index=letters(index))
            yield Problem("E209", text, file, line, index + 1)
        elif head in heads[:index]:
            text = say("two columns share a head")
            yield Problem("E209", text, file, line, index + 1, value=head)


def _csv(data: bytes, table: TableFile) -> list[list[Cell]]:
    """Cells of a CSV, by the sign that separates most cells of its first full line."""
    text = decode(data, table.file)
    separator = table.separator
    if separator is None:
        lines = [line for line in text.splitlines()[:20] if line.strip()]
        counts = {name: max((line.count(s) for line in lines), default=0)
                  for name, s in SEPARATORS.items()}  # fmt: skip
        separator = max(("semicolon", "tab", "comma"), key=lambda name: counts[name] > 0)
    return [[Cell(cell) for cell in row] for row in csv_rows(text, separator, table.file)]


def office_part(source: TableFile, base: Any, folder: Path, file: str) -> tuple[Part, bytes]:
    """Make the part of a space of a table whose heads the space file ties to paths.

    Parameters
    ----------
    source : TableFile
        With `columns`.
    base : tree
    folder : Path
        Folder of the space file; the table lies inside.
    file : str
        Space file, for messages.

    Raises
    ------
    InputError
        Every problem of the table; equal ones are told once, with their rows.
    """
    path = inside(folder, source.file, file, "table.file", say("beside the space file"))
    table = read_office(path, source)
    columns = tied(table.heads, source.columns, base, source.file, complete=True)
    return part_of(table, columns, source.file), table.data


def part_of(table: OfficeTable, columns: Sequence[Column], file: str) -> Part:
    """Make the part of a space: what varies and what is kept; rows that vary nothing go."""
    problems: list[Problem] = []
    texts: dict[int, list[Optional[str]]] = {}
    for column in columns:
        cells = [row[column.place] for row in table.rows]
        if column.path:
            texts[column.place] = _texts(cells, column, table, file, problems)
        else:
            texts[column.place] = [kept_text(cell) for cell in cells]
        for line, cell in zip(table.lines, texts[column.place]):
            if cell and (len(cell) > MAX_CELL or HIDDEN.search(cell.replace("\r\n", "\n"))):
                found = HIDDEN.search(cell)
                text = hidden_text(found.group()) if found else say(
                    "a cell has more than {most} characters", most=MAX_CELL
                )  # fmt: skip
                code = "E221" if found else "E210"
                problems.append(Problem(code, text, file, line, 1, column.head, shorten(cell)))
    if problems:
        raise InputError(grouped(problems)[:MAX_PROBLEMS])
    varied = [column for column in columns if column.path]
    if not varied:
        raise InputError.one(
            "E321", say("no column of the table stands for something that varies"), file=file,
            line=1, column=1,
        )  # fmt: skip
    here = [
        index for index in range(len(table.rows))
        if any(texts[column.place][index] is not None for column in varied)
    ]  # fmt: skip
    axes = []
    for column in varied:
        cells_ = [texts[column.place][index] for index in here]
        one_reading(cells_, file, column.head)
        axis = TextAxis(column.path, dotted(column.path), cells_)
        axis.head = column.head
        axes.append(axis)
    kept = [
        (column.head, [str(texts[column.place][index]) for index in here])
        for column in columns
        if not column.path
    ]
    return Part("table", len(here), list(axes), lines=[table.lines[i] for i in here], kept=kept)


def _texts(
    cells: Sequence[Cell], column: Column, table: OfficeTable, file: str, problems: list[Problem]
) -> list[Optional[str]]:
    found: list[Optional[str]] = []
    for line, cell in zip(table.lines, cells):
        text = None
        try:
            if cell.format == ERROR:
                raise QuantityError("E322", say("the formula of this cell gives an error"))
            text = cell_text(cell, column)
        except QuantityError as error:
            problems.append(
                Problem(
                    error.code, error.message, file, line, column.place + 1, column.head,
                    shorten(kept_text(cell)), error.suggestion,
                )
            )  # fmt: skip
        found.append(text)
    return found


def proposed(table: OfficeTable, typed: Mapping[str, str], base: Any, file: str) -> dict[str, str]:
    """Say what every column of a table stands for, in the form that a space file keeps.

    Raises
    ------
    InputError
        ``E320`` for each column that is not known.
    """
    columns = tied(table.heads, typed, base, file)
    found = dict.fromkeys(table.heads, "ignore")
    for column in columns:
        place = dotted(column.path) if column.path else "keep"
        found[column.head] = f"{place} [{column.unit}]" if column.path and column.unit else place
    return found
