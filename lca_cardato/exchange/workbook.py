"""A Brightway workbook as importers read it: each exchange names its database and product.

bw2io's own writer leaves out the reference product and, for exchanges that do not store it, the database; its
importer and that of Activity Browser then find none of the processes again.
"""

from __future__ import annotations

import math
from typing import Any, Iterable

SEPARATOR = "::"
FACTORS, CATEGORIES = "CFs", "Impact categories"
"""Sheets as Activity Browser's file of impact categories has them."""
FACTOR_HEADS = ("method", "flow", "amount", "database", "code")
CATEGORY_HEADS = ("method", "unit", "description")
Row = Iterable[Any]


def write_workbook(database: str, methods: dict[tuple[str, ...], Any], path: str) -> None:
    """Write a database of the current project, and methods, as a workbook.

    Parameters
    ----------
    database : str
    methods : dict
        Name of a method -> (unit, description, factors); the factors are pairs of the key of a
        flow and an amount.
    path : str
        New file.
    """
    import bw2data
    import xlsxwriter
    from bw2io.export.csv import CSVFormatter
    from bw2io.export.excel import create_valid_worksheet_name

    class Formatter(CSVFormatter):  # type: ignore[misc]
        def exchange_as_dict(self, exc: Any) -> dict[str, Any]:
            data, node = super().exchange_as_dict(exc), exc.input
            data["database"] = node["database"]
            if node.get("reference product"):
                data["reference product"] = node["reference product"]
            if exc["type"] == "biosphere" and node["database"] == database:
                data["input"] = SEPARATOR.join(node.key)  # importers look for flows elsewhere
            return dict(data)

    book = xlsxwriter.Workbook(path)
    rows = Formatter(database).get_formatted_data()
    _write(book, create_valid_worksheet_name(database), rows)
    factors: list[Row] = [FACTOR_HEADS]
    for name, (_, _, found) in methods.items():
        for key, amount in found:
            flow = bw2data.get_activity(key)
            title = SEPARATOR.join([flow["name"], *flow["categories"]])
            factors.append((SEPARATOR.join(name), title, amount, *key))
    _write(book, FACTORS, factors)
    about = [(SEPARATOR.join(name), unit, text) for name, (unit, text, _) in methods.items()]
    _write(book, CATEGORIES, [CATEGORY_HEADS, *about])
    book.close()


def _write(book: Any, name: str, rows: Iterable[Row]) -> None:
    sheet = book.add_worksheet(name)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, (int, float)):
                if math.isfinite(value):
                    sheet.write_number(number, column, value)
            elif value is not None:
                sheet.write_string(number, column, str(value))
