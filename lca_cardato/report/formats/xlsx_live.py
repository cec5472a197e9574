"""What is alive in a workbook: sums and products as formulas with their values, and native charts."""

from __future__ import annotations

import math
from typing import Any, Optional

from lca_cardato.charts.chart_style import PLAIN
from lca_cardato.report.formats.xlsx_text import clean
from lca_cardato.report.parts import Table

NEAR = 1e-9
"""Relative difference up to which a formula gives the number of the report."""
BARS = 20
"""Bars of a chart at most."""
HEIGHT, BAR = 90, 26
"""Height of a chart without bars, and of a bar, pixels."""


def live(table: Table, row: int, column: int, places: list[int]) -> Optional[tuple[str, float]]:
    """Give the formula of a cell and what it comes to.

    Parameters
    ----------
    table : Table
    row, column : int
        Place in the table, from 0.
    places : list of int
        Columns of the sheet in which the columns of the table stand, up to this one.

    Returns
    -------
    tuple of (str, float) or None
        None where the cell is no sum or product, or where it would not come to the number of the
        report.
    """
    value, factors = table.rows[row][column].value, table.columns[column].product
    if value is None or not math.isfinite(value):
        return None
    if table.total and row == len(table.rows) - 1 and row:
        values = [cells[column].value for cells in table.rows[:row]]
        name = column_name(places[column])
        formula = f"=SUM({name}2:{name}{row + 1})"
        found = [one for one in values if one is not None]
        return _agreeing(formula, sum(found), value) if len(found) == len(values) else None
    if factors:
        parts = [table.rows[row][factor].value for factor in factors]
        known = [part for part in parts if part is not None]
        if len(known) == len(parts):
            formula = "=" + "*".join(f"{column_name(places[one])}{row + 2}" for one in factors)
            return _agreeing(formula, math.prod(known), value)
    return None


def _agreeing(formula: str, found: float, value: float) -> Optional[tuple[str, float]]:
    """Give a formula and its value where that is the number of the report."""
    near = math.isfinite(found) and abs(found - value) <= NEAR * abs(value)
    return (formula, found) if near else None


def column_name(place: int) -> str:
    """Letters of a column of a sheet.

    Examples
    --------
    >>> column_name(0), column_name(26)
    ('A', 'AA')
    """
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(place))


def add_chart(book: Any, sheet: Any, name: str, table: Table, places: list[int]) -> None:
    """Draw a column of a table as bars below it; the chart follows its cells.

    Parameters
    ----------
    book, sheet : xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet
    name : str
        Of the sheet.
    table : Table
        Its ``drawn`` names the column.
    places : list of int
        Columns of the sheet in which the columns of the table stand.
    """
    if table.drawn is None:
        return
    last = min(len(table.rows) - int(table.total), BARS)
    if last < 1:
        return
    column = table.columns[table.drawn]
    chart = book.add_chart({"type": "bar"})
    at = places[table.drawn]
    chart.add_series(
        {"name": clean(column.title), "categories": [name, 1, 0, last, 0],
         "values": [name, 1, at, last, at], "fill": {"color": PLAIN}, "gap": 40,
         "data_labels": {"value": True}}
    )  # fmt: skip
    title = clean(table.title)
    if column.title not in title:
        title = f"{title}: {clean(column.title)}"
    chart.set_title({"name": title, "name_font": {"size": 12}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 10}})
    unit = {"name": clean(column.unit), "name_font": {"bold": False}} if column.unit else {}
    grid = {"visible": True, "line": {"color": "#E4E4E4"}}
    chart.set_x_axis({**unit, "major_gridlines": grid, "label_position": "high"})
    chart.set_size({"width": 720, "height": HEIGHT + BAR * last})
    told = {"description": f"{title}, {clean(column.unit)}".rstrip(", ")}
    sheet.insert_chart(len(table.rows) + 2, 0, chart, told)
