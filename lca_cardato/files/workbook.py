"""Read the cells of a workbook as text, after its container was looked at.

Only the plain format is read: no macros, no links to other files, no entities, nothing that
unpacks to much more than it is. Numbers come by their shortest text, formulas by the value that
the spreadsheet stored.
"""

from __future__ import annotations

import contextlib
import io
import warnings
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import Any, Iterator, Optional

from lca_cardato.errors import InputError
from lca_cardato.sentence import say

MAX_UNPACKED = 100_000_000
MAX_RATIO = 100
MAX_PARTS = 2_000
SMALL = 1_000_000
ERRORS = ("#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NUM!", "#NULL!")
_UNSOUND = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, LookupError, ValueError, TypeError,
    AttributeError, SyntaxError, ArithmeticError, NotImplementedError, RuntimeError,
    AssertionError,
)  # fmt: skip


def read_workbook(
    data: bytes, sheet: Optional[str], name: str, max_rows: int, max_columns: int
) -> list[list[Any]]:
    """Read a sheet.

    Parameters
    ----------
    data : bytes
        The file.
    sheet : str, optional
        Sheet; the first one when left out.
    name : str
        Name of the file, for messages.
    max_rows, max_columns : int
        One row more than `max_rows` is read at most; more columns are an error.

    Returns
    -------
    list of list
        Cells as text, empty ones None; every row has the same length.

    Raises
    ------
    InputError
        ``E211`` it unpacks to too much, ``E212`` macros, links or entities, ``E322`` not a sound
        workbook or no such sheet, ``E210`` too many columns.
    """
    check_container(data, name)
    with opened(data, name, data_only=True) as book:
        names = list(book.sheetnames)
        if sheet is not None and sheet not in names:
            raise InputError.one(
                "E322", say("there is no such sheet"), file=name, value=sheet,
                suggestion=say("sheets: {names}", names=names[:20]),
            )  # fmt: skip
        rows = _rows(book[sheet or names[0]], name, max_rows, max_columns)
    if any(cell is None for row in rows for cell in row):
        _refuse_formulas(data, sheet or names[0], rows, name)
    return rows


@dataclass
class Sheet:
    """A sheet that was read.

    Attributes
    ----------
    name : str
    rows : list of list
        Cells as they are stored: text, numbers, None; formulas by the value that was stored.
    wide : bool
        Whether it has more columns than were read.
    formulas : list of (row, column)
        Formulas without a stored value, counted from 1.
    """

    name: str
    rows: list[list[Any]]
    wide: bool = False
    formulas: list[tuple[int, int]] = field(default_factory=list)


def read_sheets(
    data: bytes, name: str, max_sheets: int, max_rows: int, max_columns: int
) -> list[Sheet]:
    """Read every sheet at once.

    Parameters
    ----------
    data : bytes
    name : str
        Name of the file, for messages.
    max_sheets, max_rows, max_columns : int
        Rows count over all sheets; of wider sheets the first columns are read.

    Raises
    ------
    InputError
        As `read_workbook`. Links to other files are no error: the values that were stored count.
    """
    check_container(data, name, links=True)
    sheets: list[Sheet] = []
    left = max_rows
    with opened(data, name, data_only=True) as book:
        if len(book.sheetnames) > max_sheets:
            raise InputError.one(
                "E210",
                say("at most {max_sheets} sheets are read", max_sheets=max_sheets),
                file=name,
            )
        for one in book.worksheets:
            sheet = Sheet(one.title, [])
            for row in one.iter_rows(values_only=True, max_col=max_columns + 1):
                if len(row) > max_columns:
                    sheet.wide = sheet.wide or row[max_columns] is not None
                    row = row[:max_columns]
                sheet.rows.append([_cell(cell) for cell in row])
                left -= 1
                if left < 0:
                    raise InputError.one(
                        "E210",
                        say("at most {max_rows} rows are read", max_rows=max_rows),
                        file=name,
                    )
            sheets.append(sheet)
    if _holds_formulas(data):
        _mark_formulas(data, name, sheets)
    return sheets


def _cell(cell: Any) -> Any:
    """Value of a cell as it is stored, an error such as ``#REF!`` as empty."""
    if isinstance(cell, str):
        return None if cell in ERRORS else _text(cell)
    return cell


def _holds_formulas(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.namelist():
            if "worksheets/" in part and part.endswith(".xml"):
                text = archive.read(part)
                if b"<f>" in text or b"<f " in text:
                    return True
    return False


def _mark_formulas(data: bytes, name: str, sheets: list[Sheet]) -> None:
    with opened(data, name) as book:
        for sheet in sheets:
            width = max((len(row) for row in sheet.rows), default=1)
            cells = book[sheet.name].iter_rows(
                values_only=True, max_row=len(sheet.rows) or 1, max_col=width
            )
            for number, (typed, stored) in enumerate(zip(cells, sheet.rows), start=1):
                for column, (text, value) in enumerate(zip(typed, stored), start=1):
                    if value is None and isinstance(text, str) and text.startswith("="):
                        sheet.formulas.append((number, column))


@contextlib.contextmanager
def opened(data: bytes, name: str, data_only: bool = False) -> Iterator[Any]:
    """Open a workbook whose container was looked at, for reading."""
    from openpyxl import load_workbook

    with sound(name), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions, which are not read
        book = load_workbook(
            io.BytesIO(data), read_only=True, data_only=data_only, keep_links=False
        )
        with contextlib.closing(book):
            yield book


def _refuse_formulas(data: bytes, sheet: str, rows: list[list[Any]], name: str) -> None:
    """Refuse a formula whose value the workbook does not hold; it would pass for an empty cell."""
    from openpyxl.utils import get_column_letter

    with opened(data, name) as book:
        cells = book[sheet].iter_rows(values_only=True, max_row=len(rows))
        for number, (row, values) in enumerate(zip(cells, rows), start=1):
            for column, (typed, value) in enumerate(zip(row, values), start=1):
                if value is None and typed is not None:
                    raise InputError.one(
                        "E322", say("a formula has no value in the workbook"), file=name, line=number,
                        key=f"{get_column_letter(column)}{number}", value=str(typed)[:80],
                        suggestion=say("open it in a spreadsheet program and save it, or paste values"),
                    )  # fmt: skip


def _rows(cells: Any, name: str, max_rows: int, max_columns: int) -> list[list[Any]]:
    rows: list[list[Any]] = []
    for row in cells.iter_rows(values_only=True, max_col=max_columns + 1):
        if len(row) > max_columns and row[max_columns] is not None:
            raise InputError.one(
                "E210",
                say("at most {max_columns} columns are read", max_columns=max_columns),
                file=name,
            )
        rows.append([_text(cell) for cell in row])
        if len(rows) > max_rows:
            break
    return rows


def _text(cell: Any) -> Optional[str]:
    if cell is None:
        return None
    if isinstance(cell, str):  # a workbook writes characters that XML can't hold as _x000D_
        from openpyxl.utils.escape import unescape

        return str(unescape(cell)) if "_x" in cell else cell
    return repr(cell) if isinstance(cell, (int, float)) else str(cell)


@contextlib.contextmanager
def sound(name: str) -> Iterator[None]:
    """Turn what openpyxl and zipfile raise for a broken file into an error for people."""
    try:
        yield
    except _UNSOUND as error:
        text = str(error) or type(error).__name__
        raise InputError.one(
            "E322",
            say("not a sound workbook: {text}", text=text[:200]),
            file=name,
            suggestion=say("open it in a spreadsheet program and save it as .xlsx"),
        ) from None


def check_container(data: bytes, name: str, links: bool = False) -> None:
    """Refuse a workbook by its list of parts, before anything is unpacked.

    Parameters
    ----------
    data : bytes
    name : str
        Name for messages.
    links : bool
        Whether links to other files may be there; they are never followed.

    Raises
    ------
    InputError
        ``E211``, ``E212`` or ``E322``.
    """
    with sound(name), zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        unpacked = sum(part.file_size for part in parts)
        swollen = any(
            part.file_size > SMALL and part.file_size > MAX_RATIO * part.compress_size
            for part in parts
        )
        if unpacked > MAX_UNPACKED or len(parts) > MAX_PARTS or swollen:
            raise InputError.one(
                "E211", say("the file unpacks to {unpacked} bytes in {count} parts", unpacked=unpacked, count=len(parts)), file=name,
                suggestion=say("at most {bytes} bytes, {parts} parts and {times} times the "
                    "packed size", bytes=MAX_UNPACKED, parts=MAX_PARTS, times=MAX_RATIO),
            )  # fmt: skip
        for part in parts:
            _check_part(archive, part, name, links)
        if not {"[Content_Types].xml", "mimetype"} & {part.filename for part in parts}:
            raise InputError.one(
                "E322", say("this is a zip archive, not a workbook"), file=name,
                suggestion=say("save it as .xlsx from a spreadsheet program"),
            )  # fmt: skip


def _check_part(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str, links: bool = False
) -> None:
    lower = part.filename.lower()
    what = ""
    if lower.endswith(("vbaproject.bin", "vbaprojectsignature.bin")) or "/macrosheets/" in lower:
        what = say("macros")
    elif not links and ("externallinks/" in lower or lower.endswith("connections.xml")):
        what = say("links to other files")
    elif part.flag_bits & 1:
        what = say("encrypted parts")
    elif lower.endswith((".xml", ".rels")):
        with archive.open(part) as stream:
            if b"<!doctype" in stream.read(4096).replace(b"\0", b"").lower():
                what = say("a document type or entities")
    if what:
        raise InputError.one(
            "E212", say("the file holds {what}", what=what), file=name, value=part.filename[:100],
            suggestion=say("save a plain .xlsx with values only, or a CSV"),
        )  # fmt: skip
