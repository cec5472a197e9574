"""Rows of a batch as a pandas table: the same from memory and from any file that was written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from lca_cardato.batch.output import SHEET, unguarded

if TYPE_CHECKING:
    import pyarrow as pa

    from lca_cardato.batch.run import BatchResult


def frame_of(result: BatchResult) -> Any:
    """Rows as a pandas table, from memory or from the file.

    Parameters
    ----------
    result : BatchResult

    Returns
    -------
    pandas.DataFrame
        Words stay words, whatever they look like: ``00123``, ``null``, ``nan``.
    """
    if result.selected is not None:
        return _frame(result.selected)
    assert result.out is not None
    kind = result.out.suffix.lower()
    if kind == ".parquet":
        import pyarrow.parquet as pq

        return _frame(pq.read_table(result.out))
    read = _csv if kind == ".csv" else _xlsx
    return _frame(read(result.out, result.schema))


def _frame(table: pa.Table) -> Any:
    """Words as plain text: which of them stand in other rows is no part of a table."""
    import pyarrow as pa

    columns = [
        column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
        for column in table.columns
    ]
    return pa.table(columns, table.column_names).to_pandas()


def _plain(schema: pa.Schema) -> dict[str, Any]:
    import pyarrow as pa

    return {f.name: pa.string() if pa.types.is_dictionary(f.type) else f.type for f in schema}


def _csv(path: Path, schema: pa.Schema) -> pa.Table:
    import pyarrow as pa
    import pyarrow.csv as pc

    types = _plain(schema)
    table = pc.read_csv(
        path,
        parse_options=pc.ParseOptions(newlines_in_values=True),
        convert_options=pc.ConvertOptions(
            column_types=types, null_values=["", "nan"], strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )  # fmt: skip
    for place, (name, kind) in enumerate(types.items()):
        if kind == pa.string():
            table = table.set_column(place, name, unguarded(table.column(name)))
    return table


def _xlsx(path: Path, schema: pa.Schema) -> pa.Table:
    import pyarrow as pa
    from openpyxl import load_workbook
    from openpyxl.utils.escape import unescape

    book = load_workbook(path, read_only=True)
    try:
        named = [name for name in book.sheetnames if name.startswith(SHEET)]
        rows = list(
            book[named[-1] if named else "results"].iter_rows(
                min_row=2, max_col=len(schema), values_only=True
            )
        )
    finally:
        book.close()
    columns = []
    for place, (name, kind) in enumerate(_plain(schema).items()):
        cells = [row[place] for row in rows]
        if kind == pa.string():
            # a workbook has no empty text beside an empty cell; here only what varies has one
            empty = "" if schema.field(name).metadata[b"kind"] in (b"parameter", b"kept") else None
            cells = [empty if cell is None else unescape(cell) for cell in cells]
        columns.append(pa.array(cells, kind))
    return pa.table(columns, list(schema.names))
