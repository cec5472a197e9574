"""A table of an office with its columns by role, and the problems of its cells."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Callable, Optional, Sequence

from lca_cardato.errors import MAX_PROBLEMS, InputError, Problem, shorten
from lca_cardato.files.sheets import ERROR, Cell
from lca_cardato.sentence import say
from lca_cardato.space.models import TableFile
from lca_cardato.space.office import Column, bare, cell_text, kept_text, unit_of
from lca_cardato.space.office_table import OfficeTable, read_office
from lca_cardato.text.number import QuantityError
from lca_cardato.text.yamltree import read_document
from lca_cardato.words.find import plain

NEEDED = {"lots": ("id", "kg", "fibre", "origin", "cost"), "orders": ("id", "kg")}
NUMBERS = {
    "kg": "batch",
    "cost": "price",
    "price": "price",
    "loss": "loss",
    "count": "count",
    "finest": "count",
}
"""Role of a column -> key of a scenario whose cells are read alike."""


@lru_cache(maxsize=1)
def heads() -> dict[str, dict[str, list[str]]]:
    """Table -> role -> words of its heads."""
    data: Any = read_document(Path(__file__).with_name("heads.yaml")).data
    return dict(data)


class Table:
    """A table with its columns by role, and the problems of its cells."""

    def __init__(self, path: Path, kind: str, sheet: Optional[str]) -> None:
        self.file, self.kind = str(path), kind
        self.table: OfficeTable = read_office(path, TableFile(file=path.name, sheet=sheet))
        self.problems: list[Problem] = []
        self.columns = self._columns()

    def _columns(self) -> dict[str, int]:
        found: dict[str, int] = {}
        known = heads()[self.kind]
        for place, head in enumerate(self.table.heads):
            word = " ".join(plain(bare(head))) or " ".join(plain(head))
            role = next((role for role, words in known.items() if word in words), None)
            if role is None:
                continue
            if role in found:
                self.add(
                    "E209", say("two columns hold the same: {one} and {other}",
                                one=self.table.heads[found[role]], other=head),
                    1, place, cure=say("rename one of them, or take it out"),
                )  # fmt: skip
                continue
            found[role] = place
        missing = [role for role in NEEDED[self.kind] if role not in found]
        for role in missing:
            self.add(
                "E320", say("no column for {role}", role=role), 1, 0,
                cure=say("its head is one of: {heads}", heads=known[role]),
            )  # fmt: skip
        if missing:
            raise InputError(self.problems)
        return found

    def add(
        self, code: str, text: str, line: int, place: int, typed: str = "", cure: str = ""
    ) -> None:
        """Note a problem of a cell."""
        head = self.table.heads[place] if place < len(self.table.heads) else ""
        self.problems.append(
            Problem(code, text, self.file, line, place + 1, head, shorten(typed), cure)
        )

    def cell(self, row: Sequence[Cell], role: str) -> tuple[Cell, int]:
        """Give a cell and its column; an empty one where there is none."""
        place = self.columns.get(role)
        return (Cell(None), 0) if place is None else (row[place], place)

    def text(self, row: Sequence[Cell], role: str) -> str:
        """Give a cell as it is shown."""
        return kept_text(self.cell(row, role)[0]).strip()

    def read(self, row: Sequence[Cell], line: int, role: str, take: Callable[[str], Any]) -> Any:
        """Read a number; None where the cell is empty or wrong."""
        cell, place = self.cell(row, role)
        head = self.table.heads[place]
        column = Column(head, place, (NUMBERS[role],), unit_of(head))
        try:
            if cell.format == ERROR:
                raise QuantityError("E322", say("the formula of this cell gives an error"))
            text = cell_text(cell, column)
            return None if text is None else take(text)
        except QuantityError as error:
            self.add(error.code, error.message, line, place, kept_text(cell), error.suggestion)
            return None

    def wrong(
        self, row: Sequence[Cell], line: int, role: str, code: str, text: str, cure: str = ""
    ) -> None:
        """Note a problem of the cell of a role."""
        cell, place = self.cell(row, role)
        self.add(code, text, line, place, kept_text(cell), cure)

    def done(self) -> None:
        """Raise what was noted."""
        if self.problems:
            raise InputError(self.problems[:MAX_PROBLEMS])
