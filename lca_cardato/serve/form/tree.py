"""From the boxes of the form to the data of a file, with the box behind every value."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from lca_cardato.errors import Problem
from lca_cardato.scenario.entry.fields import Field
from lca_cardato.scenario.models import SCHEMA
from lca_cardato.sentence import Sentence, say
from lca_cardato.serve.form.draft import NAME, TEXT, UNIT, Node, blank, named, units_beside
from lca_cardato.serve.form.shape import Part, shape
from lca_cardato.serve.form.typed import written
from lca_cardato.text.yamltree import dotted

SPOKEN = re.compile(r"`([a-z_0-9.\[\]]+)`")


@dataclass
class Filled:
    """Data of a file made from a form.

    Attributes
    ----------
    tree : dict
        Nested mappings, lists and texts; without what is blank.
    boxes : dict
        Place in the file, as problems name it -> name of the box or part of the form. Blank boxes
        have the place that they would have.
    problems : list of Problem
        Entries without a name, or with one that is taken.
    """

    tree: dict[str, Any] = field(default_factory=dict)
    boxes: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def box(self, problem: Problem) -> str:
        """Name the box or part of the form that a problem is about; empty where there is none."""
        key, message = problem.key, problem.message
        if isinstance(message, Sentence) and "key" in message.arguments and problem.code == "E213":
            key = f"{key}.{message.arguments['key']}" if key else str(message.arguments["key"])
        if box := self.at(key):
            return box
        for spoken in SPOKEN.findall(str(message)):
            if spoken in self.boxes:
                return self.boxes[spoken]
        return ""

    def at(self, place: str) -> str:
        """Name the box of a place in the file, or the nearest part around it; empty for none."""
        while place:
            if place in self.boxes:
                return self.boxes[place]
            place = place[: max(place.rfind("."), place.rfind("["), 0)]
        return ""


def filled(draft: Node) -> Filled:
    """Make the data of a file from a form.

    Parameters
    ----------
    draft : dict

    Returns
    -------
    Filled
    """
    found = Filled()
    found.tree["schema"] = SCHEMA
    _model(found, found.tree, draft, "Scenario", (), (), "")
    if not found.tree.get("id"):
        found.tree["id"] = identifier(draft.get("product", {}).get("name", ""))
    head = {key: found.tree.pop(key) for key in ("schema", "id")}
    found.tree = {**head, **found.tree}
    return found


def identifier(name: str) -> str:
    """Make an identifier of the name of a product.

    Examples
    --------
    >>> identifier("Filato cardato Nm 8, «Più»"), identifier("")
    ('filato-cardato-nm-8-piu', 'scenario')
    """
    import unicodedata

    plain = unicodedata.normalize("NFKD", name.casefold())
    text = re.sub(r"[^a-z0-9]+", "-", "".join(c for c in plain if not unicodedata.combining(c)))
    return text.strip("-")[:64].strip("-") or "scenario"


def _model(
    found: Filled, tree: Node, node: Node, model: str, path: tuple, way: tuple, reading: str
) -> None:
    """Fill the data of a model; `path` is its place in the file, `way` that in the form."""
    for key, known in shape(model).items():
        at, there = (*path, key), (*way, key)
        found.boxes[dotted(at)] = named(there)
        if isinstance(known, Field):
            units = units_beside(known, reading)
            kind = "quantity" if len(units) > 1 else known.kind
            unit = node.get(key + UNIT, units[0] if units else "")
            if text := written(node.get(key, ""), kind, unit if unit in units else ""):
                tree[key] = text
        elif key in node:
            value = _part(found, node[key], known, at, there, reading)
            if value:
                tree[key] = value


def _part(found: Filled, node: Any, part: Part, at: tuple, there: tuple, reading: str) -> Any:
    if not part.many:
        return _one(found, node, part, at, there, part.key if part.model == "Figure" else reading)
    if part.many == "list":
        rows: list[Any] = []
        for place, row in enumerate(node):
            if not blank(row):
                item, way = (*at, len(rows)), (*there, place)
                found.boxes[dotted(item)] = named(way)
                rows.append(_one(found, row, part, item, way, part.key))
        return rows
    table: Node = {}
    for place, row in enumerate(node):
        if blank(row):
            continue
        way, name = (*there, place), row.get(NAME, "").strip()
        if not name or name in table:
            text = (
                say("the name '{name}' is given twice", name=name)
                if name
                else say("a name is missing")
            )
            problem = Problem("E201" if name else "E213", text, key=named((*way, NAME)), value=name)
            found.problems.append(problem)
            found.boxes[problem.key] = problem.key
            name = name or named(way)
            if name in table:
                continue
        found.boxes[dotted((*at, name))] = named((*way, NAME))
        table[name] = _one(found, row, part, (*at, name), way, part.key)
    return table


def _one(found: Filled, row: Node, part: Part, at: tuple, way: tuple, reading: str) -> Any:
    if not part.model:
        return row.get(TEXT, "")
    value: Node = {}
    if part.model == "Figure":  # what is wrong with a reading is told beside its value
        found.boxes[dotted(at)] = named((*way, "value"))
    _model(found, value, row, part.model, at, way, reading)
    if part.model == "Figure" and list(value) == ["value"]:
        return value["value"]
    return value
