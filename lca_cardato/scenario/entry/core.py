"""The tree of a scenario while it is put together: forms, yarns and fibres, and what rows refer to."""

from __future__ import annotations

import re
from typing import Any, Optional

from lca_cardato.errors import Problem, nearest
from lca_cardato.files.sheets import Cell
from lca_cardato.scenario.entry.cells import identifier
from lca_cardato.scenario.entry.grid import Grid, Row, head_of
from lca_cardato.scenario.entry.layout import Column, sheets
from lca_cardato.scenario.entry.names import shipped_names
from lca_cardato.sentence import say
from lca_cardato.words.entry import folded
from lca_cardato.words.language import LANGUAGES

ORDER = ("id", "note", "company", "product", "blend", "yarn", "lot", "yarns", "route", "electricity", "packaging",
         "traceability", "readings", "documents", "reasons")  # fmt: skip
SHORT = {"document", "reading", "part"}
"""Fields that name something by an identifier, which people write with blanks and capitals."""
_CELL = re.compile(r"'?([^'!]+)'?!\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


class Core:
    """A tree that grows row by row.

    Parameters
    ----------
    file : str
        Name of the workbook, for messages.
    problems : list of Problem
        Where problems are noted.

    Attributes
    ----------
    tree : dict
    cells : dict
        Path -> cell, also of cells that are empty.
    """

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file, self.problems = file, problems
        self.tree: dict[str, Any] = {}
        self.cells: dict[tuple, str] = {}
        self.yarns: dict[str, int] = {}
        self.lines: dict[Optional[int], list[tuple[str, str]]] = {}

    def ordered(self) -> dict[str, Any]:
        """Give the tree in the order in which a file is written."""
        known = {key: self.tree[key] for key in ORDER if key in self.tree}
        return {**known, **self.tree}

    def problem(self, code: str, message: str, place: str, value: str = "", cure: str = "") -> None:
        """Note a problem of a cell."""
        self.problems.append(
            Problem(code, message, self.file, key=place, value=value, suggestion=cure)
        )

    def form(self, name: str, grid: Grid) -> None:
        """Take a sheet with one field a row: its name in column A, what is filled in in column B."""
        seen: dict[Column, str] = {}
        for number, cells in enumerate(grid.cells, start=1):
            label = cells[0].value if cells else None
            found = head_of(label, sheets()[name]) if isinstance(label, str) else None
            if not found:
                continue
            (column, unit), cell = found, cells[1] if len(cells) > 1 else Cell(None)
            typed = grid.typed(
                cell, column, unit, number, 1, str(label).partition("(")[0].strip(" *")
            )
            assert column.field is not None
            path = column.field.path
            if typed.text is None:
                self.cells.setdefault(path, typed.cell)
                continue
            if column in seen:
                self.problem("E201", say("filled in already in {cell}", cell=seen[column]),
                             typed.cell, typed.text)  # fmt: skip
                continue
            seen[column] = typed.cell
            self.put(path, typed.text, typed.cell)
        for column in sheets()[name]:
            if column.field and column.field.required and column.field.path not in self.cells:
                told = " / ".join(dict.fromkeys(column.head(lang) for lang in LANGUAGES))
                if column.field.path[0] != "traceability":
                    self.problem("E322", say("the sheet has no row {head}", head=told),
                                 f"{grid.title}!A1")  # fmt: skip

    def put(self, path: tuple, text: str, cell: str) -> None:
        """Put a text into the tree."""
        node = self.tree
        for key in path[:-1]:
            node = node.setdefault(key, {})
        node[path[-1]] = identifier(text) if path[-1] in SHORT or path == ("id",) else text
        self.cells[path] = cell

    def missing(self, path: tuple) -> None:
        """Note an empty cell that is to be filled in."""
        node: Any = self.tree
        for key in path[:-1]:
            node = node[key] if isinstance(node, list) else node.get(key, {})
        if path[-1] not in node and path in self.cells:
            self.problem("E213", say("this cell is to be filled in"), self.cells[path])

    def fill(self, row: Row, path: tuple) -> dict[str, str]:
        """Give the fields of a row as a mapping; the cells of the empty ones are remembered too."""
        found = {}
        for key, typed in row.cells.items():
            if not key.startswith("@"):
                spot = (*path, key)
                self.cells[spot] = typed.cell
                if typed.text is not None:
                    found[key] = typed.text
        for key in found.keys() & SHORT:
            found[key] = identifier(found[key])
        return found

    def yarn(self, row: Row) -> None:
        """Take a yarn of a fabric."""
        index = len(self.tree.setdefault("yarns", []))
        path = ("yarns", index)
        self.cells[path] = row.place("name")
        self.tree["yarns"].append(self.fill(row, path))
        if name := row.text("name"):
            self.tree["yarns"][index]["name"] = identifier(name)
            self.yarns.setdefault(folded(name), index)

    def owner(self, row: Row) -> tuple[bool, Optional[int]]:
        """Find the yarn that a row names; None where it names none."""
        name = row.text("@yarn")
        if name is None:
            return True, None
        if folded(name) in self.yarns:
            return True, self.yarns[folded(name)]
        cure = nearest(name, [str(one.get("name", "")) for one in self.tree.get("yarns", [])])
        self.problem("E215", say("no yarn of this name stands on the sheet of the yarns"),
                     row.place("@yarn"), name, cure)  # fmt: skip
        return False, None

    def fibre(self, row: Row) -> None:
        """Take a line of the blend."""
        sound, yarn = self.owner(row)
        if not sound:
            return
        if yarn is None and self.yarns:
            self.problem("E213", say("this cell is to be filled in"), row.place("@yarn"),
                         cure=say("with several yarns, every fibre names its yarn"))  # fmt: skip
            return
        base: tuple = ("blend",) if yarn is None else ("yarns", yarn, "blend")
        owner = self.tree if yarn is None else self.tree["yarns"][yarn]
        blend = owner.setdefault("blend", [])
        path = (*base, len(blend))
        self.cells[path] = row.place("fibre")
        self.cells.setdefault(base, row.place("share"))
        line = self.fill(row, path)
        blend.append(line)
        number = row.text("@number") or str(len(blend))
        self.lines.setdefault(yarn, []).append((number.strip(), line.get("fibre", "")))

    def scope(self, row: Row) -> Optional[tuple]:
        """Give the path of what a row is about: a yarn's fibre, a yarn, or the whole; None if wrong."""
        sound, yarn = self.owner(row)
        if not sound:
            return None
        base: tuple = () if yarn is None else ("yarns", yarn)
        wanted = row.text("@of_fibre")
        if wanted is None:
            return base
        lines = self.lines.get(yarn, [])
        hits = [at for at, (number, _) in enumerate(lines) if number == wanted.strip()]
        if not hits:
            meant = _fibre(wanted)
            hits = [at for at, (_, fibre) in enumerate(lines) if _fibre(fibre) == meant]
        if len(hits) == 1:
            return (*base, "blend", hits[0])
        place, named = row.place("@of_fibre"), [fibre for _, fibre in lines if fibre]
        if hits:
            numbers = ", ".join(lines[at][0] for at in hits)
            self.problem("E215", say("several fibres of the blend are called so"), place, wanted,
                         say("write its number: {numbers}", numbers=numbers))  # fmt: skip
        else:
            self.problem("E215", say("no fibre of the blend is called so"), place, wanted,
                         nearest(wanted, named))  # fmt: skip
        return None

    def node(self, path: tuple) -> Any:
        """Give what stands at a path."""
        found: Any = self.tree
        for key in path:
            found = found[key]
        return found


def _fibre(text: str) -> str:
    """Give what a fibre is compared by."""
    found = shipped_names().find("fibres", text)
    return found[0] if len(found) == 1 else folded(text)
