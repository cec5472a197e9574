"""Write batch results: Parquet, CSV or XLSX; a file appears whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, Sequence

from lca_cardato.batch.columns import Column, legend
from lca_cardato.errors import CardatoError, DiskError, InputError
from lca_cardato.files.inject import with_sheets
from lca_cardato.files.read import read_bytes
from lca_cardato.files.runs import outside_runs
from lca_cardato.sentence import SOURCE, say

if TYPE_CHECKING:
    import pyarrow as pa

FORMATS = (".parquet", ".csv", ".xlsx")
XLSX_ROWS = 1_048_575
RECORD = ".json"
MAX_RECORD = 100_000_000


class Writer(Protocol):
    """Takes batches of rows and closes the file."""

    def write(self, batch: pa.RecordBatch) -> None:
        """Append rows."""

    def close(self) -> None:
        """Finish the file."""


def open_writer(
    path: Path, kind: str, schema: pa.Schema, columns: list[Column], table: bytes = b"",
    heads: Sequence[str] = (), lang: str = SOURCE,
) -> Writer:  # fmt: skip
    """Open the writer of a format.

    Parameters
    ----------
    path : Path
    kind : str
        ``.parquet``, ``.csv`` or ``.xlsx``.
    schema : Schema
    columns : list of Column
    table : bytes
        Workbook that the rows came from; the sheets of an .xlsx are put behind its own.
    heads : sequence of str
        Heads of the rows in a workbook; the names of the columns when left out.
    lang : str
        Language of what the columns mean there.
    """
    notes = legend(columns, heads or [column.name for column in columns], lang)
    if kind == ".parquet":
        return ParquetWriter(path, schema)
    if kind == ".xlsx" and table:
        return BesideWriter(path, notes, table)
    return CsvWriter(path, schema) if kind == ".csv" else XlsxWriter(path, notes)


def check_format(path: Path, rows: int) -> str:
    """Give the format by the ending of the file name.

    Raises
    ------
    InputError
        ``E324`` for another ending, or more rows than a sheet holds.
    """
    kind = path.suffix.lower()
    if kind not in FORMATS:
        raise InputError.one(
            "E324", say("the ending of the file tells the format"), value=path.name,
            suggestion=say("valid: .parquet, .csv, .xlsx"),
        )  # fmt: skip
    if kind == ".xlsx" and rows > XLSX_ROWS:
        raise InputError.one(
            "E324",
            say("{rows} rows; a sheet holds {most}", rows=rows, most=XLSX_ROWS),
            value=path.name,
            suggestion=say(
                "write .parquet or .csv, or choose rows with --filter, --top or --pareto"
            ),
        )
    return kind


def check_place(path: Path, inputs: Sequence[Path], job: str, force: bool) -> None:
    """Refuse a result file that would take the place of something else.

    Parameters
    ----------
    path : Path
        Result file.
    inputs : sequence of Path
        Files that the batch reads; they are never overwritten.
    job : str
        Digest of the batch; a result of the same one may be replaced.
    force : bool
        Whether any other file may be replaced, too.

    Raises
    ------
    DiskError
        ``E503``; ``E504`` for a place in a run folder.
    """
    outside_runs(path)
    record = path.with_name(path.name + RECORD)
    for place in (path, record):
        for file in inputs:
            if place.exists() and file.exists() and place.samefile(file):
                raise DiskError.one(
                    "E503", say("this is an input of the batch; it is never overwritten"),
                    file=str(place), suggestion=say("name another file"),
                )  # fmt: skip
    if path.exists() and not force and _job_of(record) != job:
        raise DiskError.one(
            "E503", say("the file exists and is not a result of this batch; nothing is overwritten"),
            file=str(path), suggestion=say("name another file, or --force"),
        )  # fmt: skip


def _job_of(record: Path) -> str:
    """Digest of the batch that a record is of, empty when it is no record."""
    try:
        return str(json.loads(read_bytes(record, MAX_RECORD))["sha256"]["job"])
    except (CardatoError, ValueError, LookupError, TypeError, RecursionError):
        return ""


class ParquetWriter:
    """Row groups as they come; words by dictionary, numbers plain."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        words = [f.name for f in schema if not pa.types.is_floating(f.type) and f.name != "row"]
        self.writer = pq.ParquetWriter(
            path, schema, compression="lz4", use_dictionary=words, write_statistics=False
        )

    def write(self, batch: pa.RecordBatch) -> None:
        """Append rows as a row group."""
        self.writer.write_batch(batch)

    def close(self) -> None:
        """Write the footer."""
        self.writer.close()


class CsvWriter:
    """Comma-separated, UTF-8, decimal point.

    A spreadsheet takes a text that begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage
    return for a formula; it gets an apostrophe in front, and one more where apostrophes lead to
    such a sign already, so that `unguarded` gives every text back.
    """

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        import pyarrow as pa
        import pyarrow.csv as pc

        self.schema = pa.schema([pa.field(f.name, _plain(f.type)) for f in schema])
        self.writer = pc.CSVWriter(path, self.schema)

    def write(self, batch: pa.RecordBatch) -> None:
        """Append rows."""
        import pyarrow as pa

        columns = [_guarded(column) for column in batch.columns]
        self.writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=self.schema))

    def close(self) -> None:
        """Close the file."""
        self.writer.close()


def _plain(kind: Any) -> Any:
    import pyarrow as pa

    return pa.string() if pa.types.is_dictionary(kind) else kind


def _guarded(column: Any) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_dictionary(column.type):
        words = _guarded(column.dictionary)
        return pa.DictionaryArray.from_arrays(column.indices, words).cast(pa.string())
    if column.type != pa.string() or column.null_count == len(column):
        return column
    return pc.replace_substring_regex(column, r"\A('*[=+\-@\t\r])", r"'\1")


def unguarded(column: Any) -> Any:
    """Texts of a column of a CSV as they were before they were written."""
    import pyarrow.compute as pc

    return pc.replace_substring_regex(column, r"\A'('*[=+\-@\t\r])", r"\1")


class XlsxWriter:
    """A workbook with the rows and a sheet that explains the columns; text never is a formula."""

    def __init__(self, path: Path, notes: list[list[str]]) -> None:
        import xlsxwriter

        options = {
            "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
            "strings_to_numbers": False, "nan_inf_to_errors": True,
        }  # fmt: skip
        self.book = xlsxwriter.Workbook(str(path), options)
        bold = self.book.add_format({"bold": True})
        self.sheet = self.book.add_worksheet("results")
        self.sheet.write_row(0, 0, [head for head, *_ in notes[1:]], bold)
        self.sheet.freeze_panes(1, 1)
        self.row = 1
        columns = self.book.add_worksheet("columns")
        for number, row in enumerate(notes):
            columns.write_row(number, 0, row, None if number else bold)

    def write(self, batch: pa.RecordBatch) -> None:
        """Append rows."""
        if self.row + batch.num_rows > XLSX_ROWS + 1:
            raise InputError.one(
                "E324", say("more rows than the {most} that a sheet holds", most=XLSX_ROWS),
                suggestion=say("write .parquet or .csv, or choose fewer rows"),
            )  # fmt: skip
        lists = [column.to_pylist() for column in batch.columns]
        for cells in zip(*lists):
            for place, cell in enumerate(cells):
                if isinstance(cell, str):
                    self.sheet.write_string(self.row, place, cell)
                elif cell is not None and cell == cell:
                    self.sheet.write_number(self.row, place, cell)
            self.row += 1

    def close(self) -> None:
        """Write the workbook."""
        from xlsxwriter.exceptions import FileCreateError

        try:
            self.book.close()
        except FileCreateError as error:
            raise OSError(str(error)) from None


SHEET = "lca-cardato"


class BesideWriter:
    """Rows and their legend as further sheets of the workbook that they came from."""

    def __init__(self, path: Path, notes: list[list[str]], table: bytes) -> None:
        self.path, self.notes, self.table = path, notes, table
        self.rows: list[list[Any]] = [[head for head, *_ in notes[1:]]]

    def write(self, batch: pa.RecordBatch) -> None:
        """Append rows."""
        lists = [column.to_pylist() for column in batch.columns]
        self.rows += [
            [cell if isinstance(cell, str) or _finite(cell) else None for cell in cells]
            for cells in zip(*lists)
        ]

    def close(self) -> None:
        """Write the workbook."""
        sheets = [(f"columns of {SHEET}", self.notes), (SHEET, self.rows)]
        self.path.write_bytes(with_sheets(self.table, sheets, self.path.name))


def _finite(cell: Any) -> bool:
    return cell is not None and cell - cell == 0
