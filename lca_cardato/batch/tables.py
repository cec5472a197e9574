"""Read a table of overrides from CSV or XLSX, as text."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any, Optional

from lca_cardato.errors import DiskError, InputError

MAX_BYTES = 100_000_000
MAX_ROWS = 2_000_000
MAX_COLUMNS = 200


def read_table(
    folder: Path, name: str, sheet: Optional[str], file: str
) -> tuple[list[str], list[list[Any]]]:
    """Read heads and rows; an empty cell stays None.

    Parameters
    ----------
    folder : Path
        Folder of the space file; the table lies inside.
    name : str
        File name, ``.csv`` or ``.xlsx``.
    sheet : str, optional
        Sheet of a workbook.
    file : str
        Space file, for messages.

    Returns
    -------
    heads : list of str
    rows : list of list

    Raises
    ------
    InputError
        Not inside the folder, too large, not UTF-8, heads missing or twice, rows too long.
    DiskError
        The file can't be read.
    """
    path = inside(folder, name, file, "table.file")
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError.one("E210", f"larger than {MAX_BYTES} bytes", file=name)
        rows = _xlsx(path, sheet, name) if path.suffix.lower() == ".xlsx" else _csv(path, name)
    except OSError as error:
        raise DiskError.one("E501", f"can't be read: {error.strerror}", file=str(path)) from None
    if not rows:
        raise InputError.one("E321", "the table has no head", file=name)
    heads = [str(head or "").strip() for head in rows[0]]
    while heads and not heads[-1]:
        heads.pop()
    for index, head in enumerate(heads):
        if not head or head in heads[:index]:
            what = f"column {index + 1} has no head" if not head else "head used twice"
            raise InputError.one("E201", what, file=name, line=1, value=head)
    body = []
    for number, row in enumerate(rows[1:], start=2):
        cells = [cell if cell not in ("", None) else None for cell in row]
        if not any(cell is not None for cell in cells):
            continue
        if any(cell is not None for cell in cells[len(heads) :]):
            raise InputError.one("E322", "more cells than heads", file=name, line=number)
        cells += [None] * (len(heads) - len(cells))
        body.append(cells[: len(heads)])
    if not heads or not body:
        raise InputError.one("E321", "the table has no rows", file=name)
    if len(body) > MAX_ROWS or len(heads) > MAX_COLUMNS:
        raise InputError.one(
            "E210", f"at most {MAX_ROWS} rows and {MAX_COLUMNS} columns are read", file=name
        )
    return heads, body


def inside(folder: Path, name: str, file: str, key: str) -> Path:
    """Give the path of a file that must lie in a folder or below."""
    path = folder / name
    if (
        "\0" in name
        or Path(name).is_absolute()
        or not path.resolve().is_relative_to(folder.resolve())
    ):
        raise InputError.one(
            "E214", "the file must lie beside the space file or below", file=file, key=key,
            value=name,
        )  # fmt: skip
    return path


def _csv(path: Path, name: str) -> list[list[Any]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError.one(
            "E207", "not UTF-8", file=name, suggestion="save it as CSV UTF-8"
        ) from None
    head = text.split("\n", 1)[0]
    separator = max(",;\t", key=head.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise InputError.one("E322", f"not a sound CSV: {error}", file=name) from None


def _xlsx(path: Path, sheet: Optional[str], name: str) -> list[list[Any]]:
    import zipfile
    import zlib

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(path) as archive:
            if sum(item.file_size for item in archive.infolist()) > 10 * MAX_BYTES:
                raise InputError.one("E210", "unpacks to too many bytes", file=name)
        book = load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, zlib.error, InvalidFileException, LookupError, ValueError, TypeError,
            AttributeError, SyntaxError) as error:  # fmt: skip
        raise InputError.one("E322", f"not a sound workbook: {error}", file=name) from None
    if sheet is not None and sheet not in book.sheetnames:
        raise InputError.one(
            "E322", "there is no such sheet", file=name, value=sheet,
            suggestion="sheets: " + ", ".join(book.sheetnames[:20]),
        )  # fmt: skip
    rows = []
    try:
        for row in book[sheet or book.sheetnames[0]].iter_rows(values_only=True):
            rows.append(
                [cell if cell is None or isinstance(cell, str) else _plain(cell) for cell in row]
            )
            if len(rows) > MAX_ROWS + 1:
                break
    except (zipfile.BadZipFile, zlib.error, LookupError, ValueError, TypeError, AttributeError,
            SyntaxError) as error:  # fmt: skip
        raise InputError.one("E322", f"not a sound workbook: {error}", file=name) from None
    finally:
        book.close()
    return rows


def _plain(cell: Any) -> str:
    return repr(cell) if isinstance(cell, (int, float)) else str(cell)
