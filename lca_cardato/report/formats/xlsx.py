"""A report as a workbook: a sheet per table, numbers as numbers, sums as formulas.

Numbers are there in full and read as in the other formats, by their number format. Formulas have
their values with them; texts are never taken for formulas.
"""

from __future__ import annotations

import io
import math
from typing import Any, Optional

from lca_cardato.errors import InputError
from lca_cardato.report.formats.xlsx_live import add_chart, live
from lca_cardato.report.formats.xlsx_numbers import number_format
from lca_cardato.report.formats.xlsx_text import LINE, clean, created, height, sheet_name, width
from lca_cardato.report.parts import Cell, Claim, Column, Criterion, Facts, Report, Table, Text
from lca_cardato.sentence import say
from lca_cardato.words.language import Language

ROWS = 1_048_575
FORMATS = 150
"""Number formats at most; a spreadsheet takes some 200 of its own."""
A4 = 9
SIZES = (40, 20, 14, 62)
"""Widths of the columns of the first sheet."""
FIRST = 40
"""Width up to which the first column stays in view."""
COLOURS = {
    "meets": "#DDF0DD", "not_met": "#F6D9D5", "not_proven": "#FBEFCB", "not_applicable": "#E8E8E8",
}  # fmt: skip


def xlsx_bytes(report: Report) -> bytes:
    """Write a report as a workbook.

    Parameters
    ----------
    report : Report

    Returns
    -------
    bytes
        The same for the same report.

    Raises
    ------
    InputError
        ``E324``: a table has more rows than a sheet holds.
    """
    return _Workbook(report).write()


class _Workbook:
    """A workbook in the making."""

    def __init__(self, report: Report) -> None:
        import xlsxwriter

        self.report = report
        self.words = Language(report.lang)
        self.buffer = io.BytesIO()
        options = {
            "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
            "strings_to_numbers": False, "nan_inf_to_errors": False,
        }  # fmt: skip
        self.book = xlsxwriter.Workbook(self.buffer, options)
        self.styles: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.formats: set[str] = set()
        self.names = [self.words("x_overview")]

    def style(self, **properties: Any) -> Any:
        """Give a cell format, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self.styles:
            self.styles[key] = self.book.add_format({"valign": "top", **properties})
        return self.styles[key]

    def write(self) -> bytes:
        """Write all sheets."""
        report = self.report
        self.book.set_properties(
            {"title": clean(report.title)[:255], "subject": clean(report.subtitle)[:255],
             "author": "lca-cardato", "comments": report.digest, "created": created(report)}
        )  # fmt: skip
        overview = self.book.add_worksheet(self.names[0])
        claims = [block for block in report.blocks() if isinstance(block, Claim)]
        sheets: list[tuple[str, Table]] = []
        if claims:
            sheets.append(self.sheet(self.claims(claims)))
        sheets += [self.sheet(table) for table in report.tables()]
        self.overview(overview, sheets)
        self.book.close()
        return self.buffer.getvalue()

    def string(self, sheet: Any, row: int, column: int, text: str, **properties: Any) -> None:
        """Write a text that stays a text; an empty cell stays empty."""
        style, kept = self.style(text_wrap=True, **properties), clean(text)
        if kept:
            sheet.write_string(row, column, kept, style)
        else:
            sheet.write_blank(row, column, None, style)

    def overview(self, sheet: Any, sheets: list[tuple[str, Table]]) -> None:
        """Write head, headline figures, sentences and the list of the sheets."""
        report = self.report
        head = {"bold": True, "bottom": 1}
        sheet.write_string(0, 0, clean(report.title), self.style(bold=True, font_size=16))
        sheet.set_row(0, 24)
        sheet.write_string(1, 0, clean(report.subtitle), self.style(italic=True))
        row = 3
        for label, text in report.facts:
            self.string(sheet, row, 0, label, bold=True)
            sheet.write_string(row, 1, clean(text), self.style())
            row += 1
        blocks = list(report.blocks())
        first = [(b.text, b.style == "alert") for b in blocks
                 if isinstance(b, Text) and b.style in ("alert", "notice")]  # fmt: skip
        row = self.sentences(sheet, row, first)
        facts = [f for block in blocks if isinstance(block, Facts) for f in block.facts]
        if facts:
            row += 1
            for place, key in enumerate(("x_figure", "x_value", "x_unit", "x_meaning")):
                self.string(sheet, row, place, self.words(key), **head)
            for fact in facts:
                row += 1
                self.string(sheet, row, 0, fact.label)
                form = self.number(fact.text, fact.value)
                if fact.value is not None and form:
                    sheet.write_number(
                        row, 1, fact.value, self.style(num_format=form, align="left")
                    )
                else:
                    self.string(sheet, row, 1, fact.text, **self.fill(fact.mark))
                self.string(sheet, row, 2, fact.unit)
                self.string(sheet, row, 3, fact.meaning)
                texts = (fact.label, "" if form else fact.text, fact.unit, fact.meaning)
                sheet.set_row(row, height(zip(texts, SIZES)))
            row += 1
        said = [(b.text, b.style == "lead") for b in blocks
                if isinstance(b, Text) and b.style in ("lead", "warning", "quote")]  # fmt: skip
        said += [(b.grantor, False) for b in blocks if isinstance(b, Claim) and not b.folded]
        said += [
            (b.text, False) for section in report.sections if section.key == "claims"
            for b in section.blocks if isinstance(b, Text)
        ]  # fmt: skip
        row = self.sentences(sheet, row, said) + 2
        for place, key in enumerate(("x_sheet", "x_rows", "x_unit", "x_note")):
            if key != "x_unit":
                self.string(sheet, row, place, self.words(key), **head)
        for name, table in sheets:
            row += 1
            link = self.style(text_wrap=True, font_color="#1F4E79", underline=1)
            address = "internal:'" + name.replace("'", "''") + "'!A1"
            sheet.write_url(row, 0, address, link, clean(table.title)[:255])
            sheet.write_number(row, 1, len(table.rows), self.style(align="left"))
            self.string(sheet, row, 3, table.note)
            sheet.set_row(row, height([(table.title, SIZES[0]), (table.note, SIZES[3])]))
        for place, size in enumerate(SIZES):
            sheet.set_column(place, place, size)
        self.print_setup(sheet, report.title)

    def sentences(self, sheet: Any, row: int, texts: list[tuple[str, bool]]) -> int:
        """Write sentences over the whole width below a row, each once; give the last row."""
        for text, bold in dict.fromkeys(texts):
            row += 1
            sheet.merge_range(row, 0, row, 3, "", self.style(text_wrap=True))
            self.string(sheet, row, 0, text, bold=bold)
            sheet.set_row(row, height([(text, sum(SIZES))]))
        return row

    def claims(self, claims: list[Any]) -> Table:
        """Make the table of claims, a row per criterion."""
        keys = ("claim", "rule_pack", "claim_verdict", "criterion", "verdict", "reason", "change",
                "readings")  # fmt: skip
        rows = []
        for claim in claims:
            for item in claim.criteria or [Criterion("", claim.verdict, "")]:
                readings = "\n".join(f"{reading}: {found}" for reading, found in item.observed)
                texts = (item.reason, item.change, readings)
                rows.append(
                    [Cell(claim.name), Cell(claim.rule_pack),
                     Cell(self.words(claim.verdict), mark=claim.verdict), Cell(item.title),
                     Cell(self.words(item.verdict), mark=item.verdict), *map(Cell, texts)]
                )  # fmt: skip
        columns = [Column(self.words(f"x_{key}")) for key in keys]
        return Table("claims", self.words("x_claims"), columns, rows)

    def number(self, text: str, value: Optional[float]) -> Optional[str]:
        """Number format of a text, as long as there is room for another one."""
        if value is None or not math.isfinite(value):
            return None
        form = number_format(text, value, self.words.decimal("."))
        if form is None or (form not in self.formats and len(self.formats) >= FORMATS):
            return None
        self.formats.add(form)
        return form

    @staticmethod
    def fill(mark: str) -> dict[str, Any]:
        """Colour of a verdict; the word stands in the cell."""
        return {"bg_color": COLOURS[mark]} if mark in COLOURS else {}

    def sheet(self, table: Table) -> tuple[str, Table]:
        """Write a table onto a sheet of its own."""
        if len(table.rows) > ROWS:
            raise InputError.one(
                "E324",
                say("{count} rows; a sheet holds {rows}", count=len(table.rows), rows=ROWS),
                value=table.title,
                suggestion=say("choose fewer rows, or write another format"),
            )
        name = sheet_name(table.title, self.names)
        self.names.append(name)
        sheet = self.book.add_worksheet(name)
        place, first, places = 0, 0.0, []
        texts: list[list[tuple[str, float]]] = [[] for _ in range(len(table.rows) + 1)]
        for index, column in enumerate(table.columns):
            places.append(place)
            place = self.column(sheet, table, index, column, places, texts)
            first = first or texts[0][0][1]
        for row, wrapped in enumerate(texts):
            if height(wrapped) > LINE:
                sheet.set_row(row, height(wrapped))
        sheet.freeze_panes(1, int(first <= FIRST))
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        if place:
            sheet.autofilter(0, 0, len(table.rows) - int(table.total), place - 1)
        add_chart(self.book, sheet, name, table, places)
        sheet.repeat_rows(0)
        self.print_setup(sheet, table.title)
        return name, table

    def column(
        self, sheet: Any, table: Table, index: int, column: Column, places: list[int],
        texts: list[list[tuple[str, float]]],
    ) -> int:  # fmt: skip
        """Write a column, and its texts beside it where a number can't read as its text."""
        cells, place = [row[index] for row in table.rows], places[index]
        forms = [self.number(cell.text, cell.value) for cell in cells]
        beside = any(
            form is None and cell.value is not None and math.isfinite(cell.value)
            for form, cell in zip(forms, cells)
        )
        title = column.title
        if column.unit and not title.endswith(column.unit):
            title = f"{title} [{column.unit}]"
        self.head(sheet, place, title, column.numeric)
        for row, (cell, form) in enumerate(zip(cells, forms), start=1):
            last = table.total and row == len(cells)
            formula = live(table, row - 1, index, places)
            self.cell(sheet, row, place, cell, form, column.numeric, last, formula)
        self.fit(sheet, place, [title, *(cell.text for cell in cells)], texts)
        if not beside:
            return place + 1
        written = self.words("x_written", title=column.title)
        self.head(sheet, place + 1, written, False)
        for row, cell in enumerate(cells, start=1):
            self.string(sheet, row, place + 1, cell.text)
        self.fit(sheet, place + 1, [written, *(cell.text for cell in cells)], texts)
        return place + 2

    @staticmethod
    def fit(
        sheet: Any, place: int, column: list[str], texts: list[list[tuple[str, float]]]
    ) -> None:
        """Set the width of a column, and note its texts for the heights of the rows."""
        wide = width(column)
        sheet.set_column(place, place, wide)
        for row, text in zip(texts, column):
            row.append((text, wide))

    def head(self, sheet: Any, place: int, title: str, numeric: bool) -> None:
        """Write a cell of the header row."""
        align = "right" if numeric else "left"
        self.string(sheet, 0, place, title, bold=True, bottom=1, align=align, bg_color="#EFEFEF")

    def cell(
        self, sheet: Any, row: int, place: int, cell: Cell, form: Optional[str],
        numeric: bool, last: bool, formula: Optional[tuple[str, float]] = None,
    ) -> None:  # fmt: skip
        """Write a cell."""
        properties: dict[str, Any] = self.fill(cell.mark)
        if last:
            properties.update(bold=True, top=1)
        if cell.level:
            properties.update(indent=min(cell.level, 15), align="left")
        if numeric and not cell.level:
            properties["align"] = "right"
        if cell.value is None or not math.isfinite(cell.value):
            self.string(sheet, row, place, cell.text, **properties)
            return
        style = self.style(num_format=form or "General", **properties)
        if formula:
            sheet.write_formula(row, place, formula[0], style, formula[1])
        else:
            sheet.write_number(row, place, cell.value, style)

    def print_setup(self, sheet: Any, title: str) -> None:
        """Landscape, as wide as a page, with title and page number."""
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        sheet.set_header("&L" + clean(title)[:100].replace("&", "&&"))
        sheet.set_footer("&R&P / &N")
