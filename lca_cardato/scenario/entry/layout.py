"""The sheets of a scenario's workbook: which columns they have, and where a cell stands in the file."""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Optional

from lca_cardato.scenario.entry.fields import SECTIONS, Field
from lca_cardato.words.entry import (
    column_heads,
    column_name,
    column_told,
    folded,
    section_name,
)
from lca_cardato.words.language import LANGUAGES

LINES = {"yarns": 10, "blend": 30, "transport": 30, "route": 60, "readings": 150, "documents": 100,
         "meters": 30, "parts": 60, "reasons": 30, "more": 0}  # fmt: skip
"""Sheet with one entry a row -> rows that are made ready for it."""
FORMS = ("product", "electricity")
"""Sheets with one field a row."""
MORE = "more"
"""Sheet of what no other sheet has a cell for; made only where there is such."""
_CELL = re.compile(r"(.+)!([A-Z]{1,3})([0-9]{1,7})\b")
MAX_TITLES = 100_000
_TITLE = re.compile(rb'<(?:\w+:)?sheet\s[^>]*?name="([^"]*)"')
OPTIONAL = ("meters", "parts", MORE)
"""Sheets that may be missing: what they hold is used by few."""
LISTS = "lists"
"""Hidden sheet of the lists to choose from; never read."""
_FIRST = {
    "yarns": ("name", "share", "count", "system"),
    "blend": ("@number", "@yarn", "fibre", "share", "origin", "place", "colour", "lot", "document"),
    "transport": ("@yarn", "@of_fibre", "mode", "distance"),
    "route": ("@yarn", "@of_fibre", "@step", "use", "operator", "company", "municipality", "document"),
    "readings": ("@yarn", "@of_fibre", "@step", "@reading", "@substance", "value", "@unit", "for",
                 "class", "period", "document"),
    "documents": ("@name", "kind", "file", "issuer", "date"),
    "meters": ("@name", "document", "meter", "period", "by"),
    "parts": ("@meter", "@name"),
    "reasons": ("@place", "@text"),
    "more": ("@path", "@content"),
}  # fmt: skip
_ORDER = ("product", "blend", "readings", "route", "documents", "electricity", "transport", "yarns", "meters",
          "parts", "reasons", "more")  # fmt: skip
_NEEDED = {"@step", "@reading", "@meter", "@name", "@place", "@text", "@path", "@content"}
"""Columns that a row can't do without; a reading of packaging has no step."""


@dataclass(frozen=True)
class Column:
    """A column of a sheet with one entry a row, or a row of a form.

    Attributes
    ----------
    key : str
        Key of the field; with ``@`` before it a column that refers to another sheet or names the
        row.
    field : Field or None
    """

    key: str
    field: Optional[Field] = None

    @property
    def kind(self) -> str:
        """Kind of what is filled in: that of the field, or ``figure`` for the value of a reading."""
        if self.field is None:
            return "text"
        if (self.field.model, self.field.key) == ("Figure", "value"):
            return "figure"
        return self.field.kind

    @property
    def unit(self) -> str:
        """Unit in the head."""
        return self.field.unit if self.field else ""

    @property
    def required(self) -> bool:
        """Whether an entry needs it."""
        return self.field.required if self.field else self.key in _NEEDED

    def label(self, lang: str) -> str:
        """Name, without the unit."""
        return self.field.label(lang) if self.field else column_name(self.key[1:], lang)

    def head(self, lang: str) -> str:
        """Name with the unit."""
        return self.field.head(lang) if self.field else self.label(lang)

    def comment(self, lang: str) -> str:
        """Give the sentence on it."""
        if self.field:
            return self.field.comment(lang)
        return column_told(self.key[1:], lang).replace("`", "")

    def heard(self) -> set[str]:
        """Every name that its head may have, as `folded`, without a unit."""
        if self.field is None:
            return column_heads(self.key[1:])
        return {folded(self.field.label(lang)) for lang in LANGUAGES} | {folded(self.key)}


@lru_cache(maxsize=1)
def sheets() -> dict[str, tuple[Column, ...]]:
    """Every sheet of a workbook with its columns, in their order; a form with its rows."""
    found: dict[str, tuple[Column, ...]] = {}
    for section in SECTIONS:
        by_key = {field.key: field for field in section.fields()}
        if section.name in FORMS:
            found[section.name] = tuple(Column(field.key, field) for field in section.fields())
            continue
        first = _FIRST[section.name]
        rest = [key for key in by_key if key not in first]
        found[section.name] = tuple(Column(key, by_key.get(key)) for key in (*first, *rest))
    for name in ("reasons", MORE):
        found[name] = tuple(Column(key) for key in _FIRST[name])
    return {name: found[name] for name in _ORDER}


def sheet_named(title: str) -> Optional[str]:
    """Tell which sheet has such a title, in either language."""
    wanted = folded(title)
    for name in (*sheets(), LISTS):
        if wanted in {folded(name), *(folded(section_name(name, lang)) for lang in LANGUAGES)}:
            return name
    return None


def rank(place: str) -> tuple[int, int, int, str]:
    """Give what the cells of messages are sorted by: sheet, row, column.

    Examples
    --------
    >>> rank('Mischia e lotti!C2 "Fibra"') < rank("Letture!A1")
    True
    """
    cell = _CELL.match(place)
    sheet = sheet_named(cell[1]) if cell else None
    at = [*sheets()].index(sheet) if sheet in sheets() else len(sheets())
    return (at, int(cell[3]), len(cell[2]), cell[2]) if cell else (at, 0, 0, "")


def is_scenario_workbook(path: Path) -> bool:
    """Tell by the titles of its sheets whether a file is the workbook of a scenario; never raises."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open("xl/workbook.xml") as part:
            titles = {folded(t.decode()) for t in _TITLE.findall(part.read(MAX_TITLES))}
    except (
        OSError,
        LookupError,
        ValueError,
        EOFError,
        RuntimeError,
        zlib.error,
        zipfile.BadZipFile,
    ):
        return False
    return all(
        any(folded(section_name(name, lang)) in titles for lang in LANGUAGES)
        for name in ("product", "blend", "readings")
    )
