"""Write a scenario as a workbook to fill in: lists to choose from, units in the heads, notes."""

from __future__ import annotations

import datetime
import io
from typing import Any, Sequence

from lca_cardato.files.sheets import Cell, letters
from lca_cardato.inventory.records import Inventory
from lca_cardato.scenario.entry.cells import DATE, GENERAL, TEXT
from lca_cardato.scenario.entry.choices import names_in
from lca_cardato.scenario.entry.fields import FIGURE_UNITS
from lca_cardato.scenario.entry.layout import FORMS, LINES, LISTS, MORE, Column, sheets
from lca_cardato.scenario.entry.names import TAKEN
from lca_cardato.scenario.entry.rows import Apart, Row
from lca_cardato.text.yamltree import Tree
from lca_cardato.words.entry import choice_name, label, reading_name, section_name
from lca_cardato.words.language import Language

YELLOW, HEAD, PALE = "#FFF2CC", "#37474F", "#ECEFF1"
WIDTHS = {"name": 30, "fibres": 24, "steps": 34, "file": 34, "choice": 24, "text": 22, "figure": 12,
          "date": 13, "quantity": 13, "share": 11, "count": 11}  # fmt: skip
REFERS = {
    "@yarn": ("yarns", "name"),
    "@of_fibre": ("blend", "fibre"),
    "@meter": ("meters", "@name"),
    "reading": ("meters", "@name"),
    "part": ("parts", "@name"),
    "documents": ("documents", "@name"),
}
"""Columns and lists whose choices stand on another sheet of the file: sheet, column."""
GROUPS = {"Company": "company", "Product": "product", "Traceability": "traceability"}
INVENTORY_LISTS = (*TAKEN, "places", "municipalities")


def workbook_bytes(
    tree: Tree, lang: str, inventory: Inventory, prompts: Sequence[Row] = ()
) -> bytes:
    """Make the workbook of a scenario.

    Parameters
    ----------
    tree : dict
        Text tree of a scenario, with the ids of the inventories.
    lang : str
        Language of sheets, heads, notes and lists.
    inventory : Inventory
        Gives the lists.
    prompts : sequence of Row
        Rows of the sheet of readings in which a value is still to be filled in.

    Returns
    -------
    bytes
        A plain ``.xlsx``, without formulas and macros.
    """
    import xlsxwriter

    shown = {names: names_in(inventory, names, lang) for names in INVENTORY_LISTS}
    apart = Apart(tree, lang, shown)
    apart.rows["readings"] += prompts
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        work = _Book(book, lang, apart, shown)
        for name in sheets():
            if name in FORMS:
                work.form(name)
            elif name != MORE or apart.rows[MORE]:
                work.table(name)
        work.finish()
    return stream.getvalue()


class _Book:
    """The workbook while it is written."""

    def __init__(
        self, book: Any, lang: str, apart: Apart, shown: dict[str, dict[str, str]]
    ) -> None:
        self.book, self.lang, self.apart, self.shown = book, lang, apart, shown
        self.words = Language(lang)
        self.formats: dict[tuple, Any] = {}
        self.lists: dict[tuple[str, ...], str] = {}
        self.pages = {
            name: book.add_worksheet(section_name(name, lang))
            for name in sheets() if name != MORE or apart.rows[MORE]
        }  # fmt: skip
        self.listed = book.add_worksheet(section_name(LISTS, lang))
        self.listed.hide()
        self.pages["product"].activate()

    def format(self, number: str = GENERAL, **more: Any) -> Any:
        """Give a format, made once."""
        key = (number, *sorted(more.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(
                {"num_format": number, "valign": "top", **more}
            )
        return self.formats[key]

    def form(self, name: str) -> None:
        """Write a sheet with one field a row: name, what is filled in, what it means."""
        page, columns = self.pages[name], sheets()[name]
        row = self.apart.rows[name][0]
        page.set_column(0, 0, 30)
        page.set_column(1, 1, 44)
        page.set_column(2, 2, 90)
        page.write_string(0, 0, section_name(name, self.lang), self.format(bold=True, font_size=14))
        page.write_string(1, 0, self.words("workbook_how"), self.format(italic=True))
        at, group = 3, None
        for column in columns:
            field = column.field
            assert field is not None
            if field.model != group and field.model in GROUPS:
                title = f"{list(GROUPS).index(field.model) + 1}. " + label(
                    "Scenario", GROUPS[field.model], self.lang
                )
                at += group is not None
                page.write_string(at, 0, title, self.format(bold=True, font_color=HEAD))
                at += 1
            group = field.model
            page.write_string(at, 0, column.head(self.lang), self.format(bg_color=PALE, border=1,
                              border_color="#B0BEC5"))  # fmt: skip
            look = {"bg_color": YELLOW} if self._wanted(column, row) else {}
            cell = row.get(".".join(field.path), Cell(None))
            self.cell(
                page, at, 1, cell, column, border=1, border_color="#B0BEC5", align="left", **look
            )
            self.choose(page, at, at, 1, column)
            page.write_string(at, 2, column.comment(self.lang), self.format(font_color="#546E7A",
                              text_wrap=True))  # fmt: skip
            at += 1
        self._page(page, at)

    def _wanted(self, column: Column, row: Row) -> bool:
        """Whether a field of a form is to be filled in, for the product that it is about."""
        field = column.field
        assert field is not None
        fabric = row.get("product.type", Cell("")).value == choice_name("type", "fabric", self.lang)
        if field.model == "Traceability":
            return False
        by_product = {"count": not fabric or not self.apart.rows["yarns"],
                      "surface_mass": fabric, "construction": fabric}  # fmt: skip
        return field.required or (field.model == "Product" and by_product.get(field.key, False))

    def table(self, name: str) -> None:
        """Write a sheet with one entry a row."""
        page, columns, rows = self.pages[name], sheets()[name], self.apart.rows[name]
        last = max(len(rows), LINES[name])
        for at, column in enumerate(columns):
            page.set_column(at, at, self._width(column), self.format(_format(column)))
            head: dict[str, Any] = {
                "bold": True,
                "font_color": "white",
                "bg_color": HEAD,
                "text_wrap": True,
                "border": 1,
            }
            page.write_string(0, at, column.head(self.lang) + (" *" if column.required else ""),
                              self.format(**head))  # fmt: skip
            if told := column.comment(self.lang):
                page.write_comment(0, at, told, {"x_scale": 2.2, "y_scale": 1.2, "visible": False})
            self.choose(page, 1, last, at, column)
            if column.required or column.key == "fibre":
                page.conditional_format(1, at, last, at, {
                    "type": "formula", "format": self.format(bg_color=YELLOW),
                    "criteria": f"=AND({_begun(name, columns)},ISBLANK({letters(at)}2))",
                })  # fmt: skip
        for number in range(len(rows), last if name == "blend" else 0):
            page.write_number(number + 1, 0, number + 1, self.format(font_color="#90A4AE"))
        for number, row in enumerate(rows, start=1):
            for at, column in enumerate(columns):
                self.cell(page, number, at, row.get(column.key, Cell(None)), column)
        page.set_row(0, 32)
        page.freeze_panes(1, 3 if name == "readings" else 0)
        self._page(page, len(rows) + 3)

    def _page(self, page: Any, last: int) -> None:
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.print_area(0, 0, max(last, 12), 2 if page.name in map(self._title, FORMS) else 10)

    def _title(self, name: str) -> str:
        return section_name(name, self.lang)

    def cell(self, page: Any, row: int, at: int, cell: Cell, column: Column, **look: Any) -> None:
        """Write a cell by its kind: numbers, dates and texts stay what they are."""
        value, shown = cell.value, cell.format
        if shown == GENERAL:
            shown = _format(column)
        if isinstance(value, str):
            look = {"indent": 1, **look}
            quoted = {"quote_prefix": True} if value[:1] in "=+-@'" else {}
            page.write_string(row, at, value, self.format(TEXT, **look, **quoted))
        elif isinstance(value, datetime.date):
            page.write_datetime(row, at, datetime.datetime.combine(value, datetime.time()),
                                self.format(DATE, **look))  # fmt: skip
        elif value is not None:
            shown = GENERAL if shown == TEXT else shown
            page.write_number(row, at, value, self.format(shown, **look))
        elif look:
            page.write_blank(row, at, None, self.format(_format(column), **look))

    def choose(self, page: Any, first: int, last: int, at: int, column: Column) -> None:
        """Give a cell its list; other texts are asked about, not refused."""
        source = self._source(column)
        if source and last >= first:
            page.data_validation(first, at, last, at, {
                "validate": "list", "source": source, "error_type": "warning",
                "error_title": column.label(self.lang)[:32], "show_error": column.key != "place",
                "error_message": self.words("workbook_not_listed"),
            })  # fmt: skip

    def _source(self, column: Column) -> str:
        """Give the range of a column's list, written on the sheet of lists where it is new."""
        field = column.field
        refers = REFERS.get(column.key) or REFERS.get(field.names if field else "")
        if refers:
            return self._elsewhere(*refers)
        if column.key == "@step":
            return self._list(tuple(self.shown["steps"].values()))
        if column.key == "@reading":
            return self._list(tuple(reading_name(kind, self.lang) for kind in FIGURE_UNITS))
        if column.key == "@substance":
            both = (
                *self.shown["chemical_datasets"].values(),
                *self.shown["packaging_datasets"].values(),
            )
            return self._list(both)
        if column.key == "@unit":
            return self._list(tuple(dict.fromkeys(u for us in FIGURE_UNITS.values() for u in us)))
        if field is None:
            return ""
        if field.words:
            return self._list(tuple(field.choices(self.lang).values()))
        return self._list(tuple(self.shown[field.names].values())) if field.names else ""

    def _elsewhere(self, sheet: str, key: str) -> str:
        at = [column.key for column in sheets()[sheet]].index(key)
        title, letter = section_name(sheet, self.lang), letters(at)
        return f"='{title}'!${letter}$2:${letter}${LINES[sheet] + 1}"

    def _list(self, texts: tuple[str, ...]) -> str:
        if texts not in self.lists:
            at = len(self.lists)
            for number, text in enumerate(texts):
                self.listed.write_string(number, at, text)
            letter = letters(at)
            title = section_name(LISTS, self.lang)
            self.lists[texts] = f"='{title}'!${letter}$1:${letter}${len(texts)}"
        return self.lists[texts]

    def _width(self, column: Column) -> int:
        by_key = {"@number": 5, "@unit": 10, "@step": 38, "@substance": 30, "@of_fibre": 20, "@yarn": 12,
                  "@text": 60, "@content": 60, "@place": 30, "@path": 40, "sha256": 20, "fibre": 24}  # fmt: skip
        return by_key.get(column.key, WIDTHS.get(column.kind, 18))

    def finish(self) -> None:
        """Set what the whole file has."""
        self.book.set_properties(
            {"title": self._title("product"), "comments": "lca-cardato/scenario/1"}
        )


def _format(column: Column) -> str:
    """Format of an empty cell, so that what is typed stays what it is: lots, counts, shares."""
    if column.kind in ("quantity", "number", "figure", "year") or column.key == "@number":
        return GENERAL
    return {"share": "0.##########%", "date": DATE}.get(column.kind, TEXT)


def _begun(name: str, columns: tuple[Column, ...]) -> str:
    """Give the condition that a row is begun; the first fibre of the blend is always wanted."""
    first = next(at for at, column in enumerate(columns) if column.key != "@number")
    filled = f"COUNTA(${letters(first)}2:${letters(len(columns) - 1)}2)>0"
    return f"OR(ROW()=2,{filled})" if name == "blend" else filled
