"""Read a table of overrides from CSV or XLSX, as text.

A CSV is read with the separator and the decimal mark that the space file declares; comma and
point when it declares none. Nothing is guessed, so that a table of an Italian spreadsheet can't
change its meaning.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Optional

from lca_cardato.errors import MAX_PROBLEMS, InputError, Problem, shorten
from lca_cardato.files.read import inside, read_bytes
from lca_cardato.sentence import say
from lca_cardato.space.models import TableFile
from lca_cardato.text.table import MAX_BYTES, MAX_CELL, MAX_COLUMNS, MAX_ROWS, csv_rows
from lca_cardato.text.thousands import plain
from lca_cardato.text.yamltree import HIDDEN, decode, hidden_text

_COUNT = r"(?:(?:Nm|Ne)\s*(?:\d{1,2}\s*/\s*)?)?"
_ITALIAN = re.compile(
    rf"\s*({_COUNT})([+-]?(?:\d{{1,3}}(?:\.\d{{3}})+|\d+)(?:,\d+)?)(?![\d.,])(.*)"
)
_NUMERIC = re.compile(rf"\s*{_COUNT}[+-]?\d")

Rows = list[list[Optional[str]]]


def read_table(
    folder: Path, table: TableFile, file: str
) -> tuple[list[str], Rows, list[int], bytes]:
    """Read heads and rows; an empty cell stays None.

    Parameters
    ----------
    folder : Path
        Folder of the space file; the table lies inside.
    table : TableFile
        Name of the file, ``.csv`` or ``.xlsx``, and how it is written.
    file : str
        Space file, for messages.

    Returns
    -------
    heads : list of str
    rows : list of list
    lines : list of int
        Row of the spreadsheet of each row; empty ones are left out.
    data : bytes
        The file, as it was read.

    Raises
    ------
    InputError
        Every problem of the table, at most 50.
    DiskError
        The file can't be read.
    """
    path = inside(folder, table.file, file, "table.file", say("beside the space file"))
    data = read_bytes(path, MAX_BYTES, table.file)
    if path.suffix.lower() == ".xlsx":
        from lca_cardato.files.workbook import read_workbook

        rows = read_workbook(data, table.sheet, table.file, MAX_ROWS + 1, MAX_COLUMNS)
    else:
        rows = _csv(data, table)
    heads, body, lines = _checked(rows, table.file)
    if table.decimal == "comma":
        body = _points(body, lines, table.file)
    return heads, body, lines, data


def _checked(rows: list[list[Any]], name: str) -> tuple[list[str], Rows, list[int]]:
    """Check heads, length of rows and limits; leave out empty rows and columns at the end."""
    if not rows:
        raise InputError.one("E321", say("the table has no head"), file=name, line=1, column=1)
    problems: list[Problem] = []

    def report(code: str, text: str, line: int, value: str = "") -> None:
        problems.append(Problem(code, text, name, line, 1, value=value))

    heads = [str(head or "").strip() for head in rows[0]]
    while heads and not heads[-1]:
        heads.pop()
    for index, head in enumerate(heads):
        if not head:
            report("E209", say("column {index} has no head", index=index + 1), 1)
        elif head in heads[:index]:
            report(
                "E209",
                say(
                    "columns {index} and {other} share a head",
                    index=heads.index(head) + 1,
                    other=index + 1,
                ),
                1,
                head,
            )
    if len(heads) > MAX_COLUMNS or len(rows) > MAX_ROWS + 1:
        raise InputError.one(
            "E210",
            say(
                "at most {max_rows} rows and {max_columns} columns are read",
                max_rows=MAX_ROWS,
                max_columns=MAX_COLUMNS,
            ),
            file=name,
            line=1,
            column=1,
        )
    body: Rows = []
    lines: list[int] = []
    for number, row in enumerate(rows[1:], start=2):
        cells = [cell if cell not in ("", None) else None for cell in row]
        if not any(cell is not None for cell in cells):
            continue
        if any(cell is not None for cell in cells[len(heads) :]):
            report(
                "E209",
                say("row {number} has more cells than there are heads", number=number),
                number,
            )
        for cell in cells:
            if cell is not None and len(cell) > MAX_CELL:
                report(
                    "E210",
                    say(
                        "a cell of row {number} has more than {most} characters",
                        number=number,
                        most=MAX_CELL,
                    ),
                    number,
                )
            found = HIDDEN.search(cell.replace("\r\n", "\n")) if cell is not None else None
            if found:
                report("E221", hidden_text(found.group()), number, shorten(str(cell)))
        if len(problems) > MAX_PROBLEMS:
            break
        cells += [None] * (len(heads) - len(cells))
        body.append(cells[: len(heads)])
        lines.append(number)
    if problems:
        raise InputError(problems)
    if not heads or not body:
        raise InputError.one("E321", say("the table has no rows"), file=name, line=1, column=1)
    return heads, body, lines


def _csv(data: bytes, table: TableFile) -> list[list[Any]]:
    text = decode(data, table.file)
    head = text.lstrip("\r\n").split("\n", 1)[0].strip("\r")
    separator = table.separator or "comma"
    if table.separator is None and max(head.count(";"), head.count("\t")) > head.count(","):
        seen = "semicolon" if head.count(";") >= head.count("\t") else "tab"
        raise InputError.one(
            "E208",
            say(
                "cells are separated by a {seen} here, and `table.separator` does not say so",
                seen=say("semicolon" if seen == "semicolon" else "tab"),
            ),
            file=table.file,
            line=1,
            column=1,
            value=head,
            suggestion=say(
                "add `separator: {seen}`, and `decimal: comma` for numbers like 1,5", seen=seen
            ),
        )
    return csv_rows(text, separator, table.file)


def _points(body: Rows, lines: list[int], name: str) -> Rows:
    """Write numbers of the Italian form, ``1.234,5``, with a decimal point."""
    problems = []
    found: Rows = []
    for number, row in zip(lines, body):
        cells: list[Optional[str]] = []
        for cell in row:
            match = _ITALIAN.fullmatch(cell) if cell else None
            if match:
                before, digits, after = match.groups()
                cell = before + plain(digits.replace(".", "").replace(",", ".")) + after
            elif cell and _NUMERIC.match(cell):
                problems.append(
                    Problem(
                        "E101", say("not a number with a decimal comma, as `table.decimal` declares"),
                        name, number, 1, value=shorten(cell),
                        suggestion=say("write 1234,5 or 1.234,5"),
                    )
                )  # fmt: skip
            cells.append(cell)
        found.append(cells)
    if problems:
        raise InputError(problems)
    return found
