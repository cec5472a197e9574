"""Take a scenario apart to the rows of a workbook; what no sheet has a cell for goes to the last one."""

from __future__ import annotations

import copy
import re
from typing import Any, Iterator, Optional

from lca_cardato.files.sheets import Cell
from lca_cardato.scenario.entry.cells import put
from lca_cardato.scenario.entry.fields import FIGURE_UNITS, Field
from lca_cardato.scenario.entry.layout import FORMS, MORE, sheets
from lca_cardato.scenario.entry.names import TAKEN, shipped_names
from lca_cardato.text.yamltree import Tree
from lca_cardato.words.entry import reading_name

Row = dict[str, Cell]
"""Key of a column -> cell."""
Shown = dict[str, dict[str, str]]
"""List of the inventories -> id -> name in the language."""
_UNIT = re.compile(r"\S.* (\S+)")


class Apart:
    """A scenario, taken apart.

    Parameters
    ----------
    tree : dict
        Text tree of a valid scenario; left as it is.
    lang : str
        Language of names and words.
    shown : dict
        Names of the inventories in that language.

    Attributes
    ----------
    rows : dict
        Sheet -> its rows; of a form one row with all its fields.
    """

    def __init__(self, tree: Tree, lang: str, shown: Shown) -> None:
        self.lang, self.shown = lang, shown
        self.rows: dict[str, list[Row]] = {name: [] for name in sheets()}
        rest: Any = copy.deepcopy(tree)
        rest.pop("schema", None)
        for name in FORMS:
            self.rows[name] = [self._form(name, rest)]
        self._yarn(rest, {})
        for yarn in rest.get("yarns") or []:
            name = yarn.get("name")
            self.rows["yarns"].append(self._fields("yarns", yarn))
            self._yarn(yarn, {"@yarn": Cell(name)})
        for name in list(rest.get("packaging") or {}):
            self._reading(rest["packaging"], name, "packaging", {}, name)
        for name, paper in (rest.get("documents") or {}).items():
            self.rows["documents"].append({"@name": Cell(name), **self._fields("documents", paper)})
        for name, meter in (rest.get("readings") or {}).items():
            self.rows["meters"].append({"@name": Cell(name), **self._fields("meters", meter)})
            for part, entry in (meter.get("among") or {}).items():
                of = {"@meter": Cell(name), "@name": Cell(part)}
                self.rows["parts"].append({**of, **self._fields("parts", entry)})
        for place, text in list((rest.get("reasons") or {}).items()):
            self.rows["reasons"].append({"@place": Cell(place), "@text": Cell(text)})
            del rest["reasons"][place]
        self.rows[MORE] = [
            {"@path": Cell(" / ".join(map(str, path))), "@content": Cell(text)}
            for path, text in _left(rest, ())
        ]

    def _form(self, name: str, rest: Any) -> Row:
        row = {}
        for column in sheets()[name]:
            assert column.field is not None
            node = rest
            for key in column.field.path[:-1]:
                node = node.get(key) or {}
            text = node.pop(column.key, None)
            if text is not None:
                row[".".join(column.field.path)] = self._cell(text, column.field)
        return row

    def _yarn(self, owner: Any, refer: Row) -> None:
        """Take the blend of a yarn and its route apart; of a scenario with one yarn, its own."""
        blend = owner.get("blend") or []
        fibres = [line.get("fibre") for line in blend]
        for index, line in enumerate(blend):
            row = {"@number": Cell(index + 1), **refer, **self._fields("blend", line)}
            self.rows["blend"].append(row)
            unique = fibres.count(fibres[index]) == 1 and row.get("fibre") is not None
            of = {**refer, "@of_fibre": row["fibre"] if unique else Cell(index + 1)}
            legs = line.get("transport") or []
            for leg in legs:
                self.rows["transport"].append({**of, **self._fields("transport", leg)})
            if legs:
                del line["transport"]
            self._steps(line.get("steps") or {}, of)
        self._steps(owner.get("route") or {}, refer)

    def _steps(self, steps: Any, refer: Row) -> None:
        for name, entry in steps.items():
            of = {**refer, "@step": Cell(self._name("steps", name))}
            if entry is None:
                entry = {}
            for kind in FIGURE_UNITS:
                if kind == "heat" and isinstance(entry.get(kind), list):
                    for index in range(len(entry[kind])):
                        self._reading(entry[kind], index, kind, of)
                    entry.pop(kind)
                elif kind == "chemicals":
                    for substance in list(entry.get(kind) or {}):
                        self._reading(entry[kind], substance, kind, of, substance)
                elif entry.get(kind) is not None:
                    self._reading(entry, kind, kind, of)
            self.rows["route"].append({**of, **self._fields("route", entry)})

    def _reading(self, holder: Any, key: Any, kind: str, of: Row, substance: str = "") -> None:
        """Take a figure; a list keeps its length, so that the numbers of the others stay."""
        figure = holder[key]
        if isinstance(figure, str):
            figure = {"value": figure}
        row = {**of, "@reading": Cell(reading_name(kind, self.lang))}
        if substance:
            names = "packaging_datasets" if kind == "packaging" else "chemical_datasets"
            row["@substance"] = Cell(self._name(names, substance))
        value = figure.pop("value", None)
        if value is not None:
            row.update(_value(value))
        row.update(self._fields("readings", figure))
        self.rows["readings"].append(row)
        if isinstance(holder, dict):
            del holder[key]

    def _fields(self, sheet: str, entry: Any) -> Row:
        """Take the fields of an entry that its sheet has columns for."""
        row = {}
        for column in sheets()[sheet]:
            text = entry.get(column.key) if column.field else None
            if isinstance(text, str):
                row[column.key] = self._cell(text, column.field)
                del entry[column.key]
        return row

    def _cell(self, text: str, field: Optional[Field]) -> Cell:
        assert field is not None
        if field.words:
            return Cell(field.choices(self.lang).get(text, text))
        if field.names in TAKEN:
            return Cell(self._name(field.names, text))
        return put(text, field.kind, field.unit)

    def _name(self, names: str, key: str) -> str:
        """Give the name of a record; its id where the name would mean something else."""
        name = self.shown[names].get(key, key)
        return name if shipped_names().find(names, name) == [key] else key


def _value(text: str) -> Row:
    """Divide the value of a reading into number and unit, where both together give it again."""
    unit = _UNIT.fullmatch(text)
    if unit:
        cell = put(text, "figure", unit[1])
        if cell.value != text:
            return {"value": cell, "@unit": Cell(unit[1])}
    return {"value": Cell(text)}


def _left(node: Any, path: tuple) -> Iterator[tuple[tuple, str]]:
    """Give what no row has taken: texts, and an empty list where one has a meaning."""
    if isinstance(node, str):
        yield path, node
    elif node == [] and path[-1:] == ("transport",):
        yield path, "[]"
    elif isinstance(node, (dict, list)):
        pairs: Any = node.items() if isinstance(node, dict) else enumerate(node)
        for key, item in pairs:
            yield from _left(item, (*path, key))
