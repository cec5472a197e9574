"""The sheets of a workbook cell by cell: values as they are stored, with their formats.

Beside the cells come what a reader of values alone would miss: merged ranges, and formulas whose
value the workbook does not hold.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any, Iterator, Mapping
from xml.etree import ElementTree

from lca_cardato.errors import InputError
from lca_cardato.files.workbook import check_container, opened, sound
from lca_cardato.sentence import say

ENCRYPTED_OR_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the container of both begins: a workbook with a password, and one of before 2007."""
ERROR = "#error"
"""Stands in place of the format of a cell whose formula gives an error."""
ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Cell:
    """What a cell holds.

    Attributes
    ----------
    value : object
        Text, number, truth value, date or time, or None.
    format : str
        Number format.
    """

    value: Any
    format: str = "General"

    @property
    def percent(self) -> bool:
        """Whether a number is shown as a percentage."""
        return "%" in re.sub(r'"[^"]*"|\\.', "", self.format)

    @property
    def blank(self) -> bool:
        """Whether nothing stands in the cell."""
        return self.value is None or self.value == ""


@dataclass(frozen=True)
class Sheet:
    """A sheet.

    Attributes
    ----------
    name : str
    rows : list of list of Cell
        From row 1 and column A on; rows may differ in length.
    merged : list of (first row, first column, last row, last column)
        Counted from 1.
    unsaved : dict
        ``(row, column)`` -> formula, of formulas without a stored value.
    """

    name: str
    rows: list[list[Cell]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    unsaved: Mapping[tuple[int, int], str] = field(default_factory=dict)


def letters(at: int) -> str:
    """Give the letters of a column, counted from 0.

    Examples
    --------
    >>> letters(0), letters(25), letters(26)
    ('A', 'Z', 'AA')
    """
    text = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        text = chr(65 + rest) + text
    return text


def is_workbook(data: bytes) -> bool:
    """Whether a file is a workbook, or what people take for one, by how it begins."""
    return data.startswith((ZIP, ENCRYPTED_OR_OLD))


def read_sheets(data: bytes, name: str, max_rows: int, max_columns: int) -> list[Sheet]:
    """Read every sheet.

    Parameters
    ----------
    data : bytes
    name : str
        Name of the file, for messages.
    max_rows, max_columns : int
        A filled cell beyond them is an error.

    Returns
    -------
    list of Sheet

    Raises
    ------
    InputError
        As `lca_cardato.files.workbook.read_workbook`; ``E322`` for a workbook with a password and for
        other formats of spreadsheets.
    """
    if data.startswith(ENCRYPTED_OR_OLD):
        raise InputError.one(
            "E322", say("a workbook with a password, or an old .xls"), file=name,
            suggestion=say("save it as .xlsx without a password"),
        )  # fmt: skip
    check_container(data, name)
    with sound(name), zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "mimetype" in archive.namelist():
            raise InputError.one(
                "E322", say("this is an OpenDocument file, not an .xlsx"), file=name,
                suggestion=say("save it as .xlsx"),
            )  # fmt: skip
        found = []
        with opened(data, name, data_only=True) as book:
            for sheet in book.worksheets:
                raw = archive.read(sheet._worksheet_path)
                rows = list(_rows(sheet, name, max_rows, max_columns))
                found.append(Sheet(sheet.title, rows, list(_merged(raw)), _unsaved(raw)))
    return found


def _rows(sheet: Any, name: str, max_rows: int, max_columns: int) -> Iterator[list[Cell]]:
    sheet.reset_dimensions()
    blank = 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [_cell(cell) for cell in row]
        while cells and cells[-1].blank:
            cells.pop()
        if not cells:
            blank += 1
            continue
        if number > max_rows:
            text = say(
                "sheet {sheet}: at most {count} rows are read", sheet=sheet.title, count=max_rows
            )
            raise InputError.one("E210", text, file=name, key=f"{sheet.title}!A{number}",
                                 suggestion=say("leave out what does not belong here"))  # fmt: skip
        if len(cells) > max_columns:
            text = say("sheet {sheet}: at most {count} columns are read",
                       sheet=sheet.title, count=max_columns)  # fmt: skip
            raise InputError.one("E210", text, file=name, key=f"{sheet.title}!1",
                                 suggestion=say("leave out what does not belong here"))  # fmt: skip
        yield from ([] for _ in range(blank))
        blank = 0
        yield cells


def _cell(cell: Any) -> Cell:
    value = cell.value
    if cell.data_type == "e":
        return Cell(value, ERROR)
    if isinstance(value, (int, float, datetime.date, datetime.time)):
        return Cell(value, cell.number_format or "General")
    return Cell(value)


def _merged(raw: bytes) -> Iterator[tuple[int, int, int, int]]:
    from openpyxl.utils.cell import range_boundaries

    for ref in re.findall(rb'mergeCell\s+[^>]*ref="([A-Z0-9:]+)"', raw):
        first_column, first_row, last_column, last_row = range_boundaries(ref.decode())
        yield first_row, first_column, last_row, last_column


def _unsaved(raw: bytes) -> dict[tuple[int, int], str]:
    """Formulas without a stored value; an empty text is a value."""
    from openpyxl.utils.cell import coordinate_to_tuple

    if not re.search(rb"<(?:\w+:)?f[\s>/]", raw):
        return {}
    found = {}
    for _, node in ElementTree.iterparse(io.BytesIO(raw)):
        if not node.tag.endswith("}c"):
            continue
        parts = {child.tag.rpartition("}")[2]: child for child in node}
        if "f" in parts and node.get("t") != "str":
            value = parts.get("v")
            if value is None or not value.text:
                found[coordinate_to_tuple(node.get("r", "A1"))] = "=" + (parts["f"].text or "")
        node.clear()
    return found
