"""Put the rows of a workbook together to the tree of a scenario, and remember the cell of each value."""

from __future__ import annotations

import re
from typing import Any, Optional

from lca_cardato.errors import nearest
from lca_cardato.scenario.entry.anywhere import put_anywhere
from lca_cardato.scenario.entry.cells import identifier
from lca_cardato.scenario.entry.core import Core
from lca_cardato.scenario.entry.fields import FIGURE_UNITS
from lca_cardato.scenario.entry.grid import Row
from lca_cardato.scenario.entry.names import shipped_names
from lca_cardato.sentence import say
from lca_cardato.text.yamltree import dotted
from lca_cardato.words.entry import reading_name, readings_of
from lca_cardato.words.find import called
from lca_cardato.words.language import LANGUAGES

_CELL = re.compile(r"'?([^'!]+)'?!\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


class Assembly(Core):
    """Takes every kind of row; see `lca_cardato.scenario.entry.core`."""

    def leg(self, row: Row) -> None:
        """Take a leg of a transport."""
        base = self.scope(row)
        if base is None:
            return
        if "blend" not in base:
            self.problem("E213", say("this cell is to be filled in"), row.place("@of_fibre"),
                         cure=say("a transport brings a fibre of the blend"))  # fmt: skip
            return
        legs = self.node(base).setdefault("transport", [])
        path = (*base, "transport", len(legs))
        self.cells[path] = row.place("mode")
        legs.append(self.fill(row, path))

    def entry(self, row: Row) -> Optional[tuple[dict[str, Any], tuple]]:
        """Find or make the entry of a step that a row names."""
        base = self.scope(row)
        step = row.text("@step")
        if base is None:
            return None
        if step is None:
            self.problem("E213", say("this cell is to be filled in"), row.place("@step"),
                         cure=say("choose a step from the list"))  # fmt: skip
            return None
        known = shipped_names().find("steps", step)
        name = known[0] if len(known) == 1 else step
        where = "steps" if "blend" in base else "route"
        steps = self.node(base).setdefault(where, {})
        path = (*base, where, name)
        self.cells.setdefault(path, row.place("@step"))
        return steps.setdefault(name, {}), path

    def step(self, row: Row) -> None:
        """Take a step of the route."""
        found = self.entry(row)
        if found is None:
            return
        entry, path = found
        if entry:
            self.problem("E201", say("this step stands here already"), row.place("@step"),
                         row.text("@step") or "")  # fmt: skip
            return
        entry.update(self.fill(row, path))

    def reading(self, row: Row) -> None:
        """Take a reading: a figure of a step, or of the packaging."""
        typed = row.text("@reading")
        kinds = called(typed or "", readings_of())
        if len(kinds) != 1:
            valid = [reading_name(kind, lang) for lang in LANGUAGES for kind in FIGURE_UNITS]
            told = (
                say("this cell is to be filled in")
                if typed is None
                else say("not one of the accepted words")
            )
            self.problem("E213" if typed is None else "E215", told, row.place("@reading"),
                         typed or "", nearest(typed or "", valid))  # fmt: skip
            return
        kind = kinds[0]
        if kind == "packaging":
            holder, base = self.tree, ()  # type: tuple[dict[str, Any], tuple]
        else:
            found = self.entry(row)
            if found is None:
                return
            holder, base = found
        if kind == "heat":
            figures = holder.setdefault("heat", [])
            path = (*base, "heat", len(figures))
            figures.append(self.figure(row, path))
            self.cells.setdefault((*base, "heat"), row.place("value"))
            return
        if kind in ("chemicals", "packaging"):
            name = row.text("@substance")
            if name is None:
                self.problem("E213", say("this cell is to be filled in"), row.place("@substance"),
                             cure=say("choose the chemical or the packaging"))  # fmt: skip
                return
            holder, base, kind = holder.setdefault(kind, {}), (*base, kind), name
        if kind in holder:
            self.problem("E201", say("this reading stands twice"), row.place("value"),
                         row.text("value") or "", say("add them up in one row"))  # fmt: skip
            return
        holder[kind] = self.figure(row, (*base, kind))

    def figure(self, row: Row, path: tuple) -> Any:
        """Give the figure of a row, in its short form where nothing but a value stands there."""
        found = self.fill(row, path)
        self.cells[path] = row.place("value")
        return found["value"] if list(found) == ["value"] else found

    def paper(self, row: Row) -> None:
        """Take a document."""
        self.named(row, "@name", "documents")

    def meter(self, row: Row) -> None:
        """Take a meter that is read from a file."""
        self.named(row, "@name", "readings")

    def part(self, row: Row) -> None:
        """Take a part behind such a meter."""
        meter, name = row.text("@meter"), row.text("@name")
        if meter is None or name is None:
            empty = "@meter" if meter is None else "@name"
            self.problem("E213", say("this cell is to be filled in"), row.place(empty))
            return
        path = ("readings", identifier(meter), "among", identifier(name))
        if path[1] not in self.tree.get("readings", {}):
            self.problem("E215", say("no meter of this name stands on the sheet of the meters"),
                         row.place("@meter"), meter,
                         nearest(meter, list(self.tree.get("readings", {}))))  # fmt: skip
            return
        self.cells[path] = row.place("@name")
        parts = self.tree["readings"][path[1]].setdefault("among", {})
        parts[path[3]] = self.fill(row, path)

    def named(self, row: Row, key: str, holder: str) -> None:
        """Take an entry that has a name of its own."""
        name = row.text(key)
        if name is None:
            self.problem("E213", say("this cell is to be filled in"), row.place(key))
            return
        name = identifier(name)
        entries = self.tree.setdefault(holder, {})
        if name in entries:
            self.problem("E201", say("this name stands here already"), row.place(key), name)
            return
        self.cells[(holder, name)] = row.place(key)
        entries[name] = self.fill(row, (holder, name))

    def reason(self, row: Row) -> None:
        """Take a reason: of a cell, or of a place in the file."""
        place, text = row.text("@place"), row.text("@text")
        if place is None or text is None:
            empty = "@place" if place is None else "@text"
            self.problem("E213", say("this cell is to be filled in"), row.place(empty))
            return
        cell = _CELL.fullmatch(place.strip())
        if cell:
            wanted = f"{cell[1]}!{cell[2].upper()}{int(cell[3])} "
            paths = [path for path, one in self.cells.items() if one.startswith(wanted)]
            if not paths:
                self.problem(
                    "E215", say("no value stands in this cell"), row.place("@place"), place
                )
                return
            place = dotted(max(paths, key=len))
        self.tree.setdefault("reasons", {})[place] = text
        self.cells[("reasons", place)] = row.place("@text")

    def more(self, row: Row) -> None:
        """Take what no other sheet has a cell for."""
        place, text = row.text("@path"), row.text("@content") or ""
        try:
            path = put_anywhere(self.tree, (place or "").split(" / "), text)
        except (ValueError, LookupError, TypeError, AttributeError):
            self.problem(
                "E206", say("no such place in a scenario"), row.place("@path"), place or ""
            )
            return
        self.cells[path] = row.place("@content")
