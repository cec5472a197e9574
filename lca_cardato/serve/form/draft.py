"""What stands in the form: the boxes of a page, with blank ones, as nested mappings and lists.

A box is named by its place: ``blend[0].share``. Of a part that is a mapping in the file, the
entries are counted too, and each has its name in a box called ``@``:
``route[1].@``. The unit beside a box is sent as ``route[1].electricity.value~``.
"""

from __future__ import annotations

import re
from typing import Any, Iterable, Iterator, Optional

from lca_cardato.errors import InputError, Problem, nearest
from lca_cardato.scenario.entry.fields import FIGURE_UNITS, Field
from lca_cardato.sentence import say
from lca_cardato.serve.form.shape import Part, shape
from lca_cardato.serve.form.typed import boxed

NAME, TEXT, UNIT = "@", "=", "~"
"""Boxes of an entry that are no keys of the file: its name, its text; what ends that of a unit."""
STEP = re.compile(r"([a-z][a-z_0-9]*~?|@|=)(?:\[(\d{1,3})\])?")
Node = dict[str, Any]


def places(name: str) -> Optional[tuple[Any, ...]]:
    """Read the name of a box or part; None where it is none.

    Examples
    --------
    >>> places("route[1].electricity.value")
    ('route', 1, 'electricity', 'value')
    """
    found: list[Any] = []
    for part in name.split("."):
        match = STEP.fullmatch(part)
        if match is None:
            return None
        found.append(match[1])
        if match[2]:
            found.append(int(match[2]))
    return tuple(found)


def named(path: Iterable[Any]) -> str:
    """Write the name of a box or part."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def draft_of(pairs: Iterable[tuple[str, str]]) -> Node:
    """Put the boxes of a page together.

    Parameters
    ----------
    pairs : iterable of (str, str)
        Name and text in the order of the page.

    Returns
    -------
    dict
        Nested as the scenario; entries of lists and of mappings stand in lists.

    Raises
    ------
    InputError
        ``E206``: a box that no form has.
    """
    draft: Node = {}
    for name, text in pairs:
        path = places(name)
        if path is None or not _put(draft, path, text.replace("\r\n", "\n")):
            raise InputError.one(
                "E206", say("the form has no field '{name}'", name=name[:60]),
                suggestion=say("open the address again as it was copied, or begin anew"),
            )  # fmt: skip
    return draft


def _put(node: Node, path: tuple[Any, ...], text: str) -> bool:
    model = "Scenario"
    while True:
        key, path = path[0], path[1:]
        if not path:
            if not _is_box(model, key) or key in node:
                return False
            node[key] = text
            return True
        part = shape(model).get(key) if model else None
        if not isinstance(part, Part):
            return False
        if part.many:
            rows = node.setdefault(key, [])
            if not isinstance(path[0], int) or path[0] > len(rows) or len(path) < 2:
                return False
            if path[0] == len(rows):
                rows.append({})
            node, path = rows[path[0]], path[1:]
        else:
            node = node.setdefault(key, {})
        model = part.model


def _is_box(model: str, key: Any) -> bool:
    if key == NAME or (key == TEXT and not model):
        return True
    known = shape(model).get(str(key).removesuffix(UNIT)) if model else None
    return isinstance(known, Field)


def draft_of_tree(tree: Any) -> Node:
    """Put the data of a file into boxes.

    Parameters
    ----------
    tree : dict
        As `lca_cardato.text.yamltree` reads it.

    Raises
    ------
    InputError
        Keys and parts that the form has no box for (``E206``, ``E112``), all at once.
    """
    problems: list[Problem] = []
    draft = _boxes(tree, "Scenario", (), "", problems)
    if problems:
        raise InputError(problems)
    return draft


def _boxes(
    tree: Any, model: str, path: tuple[Any, ...], reading: str, problems: list[Problem]
) -> Node:
    if not model:
        return {TEXT: _text(tree, path, problems)}
    if model == "Figure" and not isinstance(tree, dict):
        tree = {"value": tree}
    if tree is None:
        return {}
    if not isinstance(tree, dict):
        problems.append(
            Problem("E112", say("a mapping (key: value) is expected here"), key=named(path))
        )
        return {}
    found: Node = {}
    for key, value in tree.items():
        at = (*path, key)
        known = shape(model).get(key)
        if known is None and not (model == "Scenario" and key == "schema"):
            hint = nearest(key, list(shape(model)))
            text = say("unknown key '{key}'", key=key[:60])
            problems.append(Problem("E206", text, key=named(at), suggestion=hint))
        elif isinstance(known, Field):
            _fill(found, known, _text(value, at, problems), reading)
        elif known is not None:
            found[key] = _part(value, known, at, reading, problems)
    return found


def _fill(node: Node, known: Field, text: str, reading: str) -> None:
    """Put the text of a field into its box, and its unit beside it where there is a choice."""
    units = units_beside(known, reading)
    kind = "quantity" if len(units) > 1 else known.kind
    node[known.key], unit = boxed(text, kind, units)
    if len(units) > 1:
        node[known.key + UNIT] = unit


def units_beside(known: Field, reading: str) -> tuple[str, ...]:
    """Give the units that can stand beside a box; of a reading, those that it is usual in."""
    if known.model == "Figure" and known.key == "value":
        return FIGURE_UNITS[reading]
    return (known.unit,) if known.unit else ()


def _part(
    tree: Any, part: Part, path: tuple[Any, ...], reading: str, problems: list[Problem]
) -> Any:
    reading = part.key if part.model == "Figure" else reading
    if not part.many:
        return _boxes(tree, part.model, path, reading, problems)
    if part.many == "mapping":
        if not isinstance(tree, dict):
            tree = {} if tree is None else {"": tree}
        return [
            {NAME: key, **_boxes(item, part.model, (*path, key), reading, problems)}
            for key, item in tree.items()
        ]
    if part.model == "Figure" and not isinstance(tree, list):
        tree = [tree]
    if not isinstance(tree, list):
        if tree is not None:
            text = say("a list (lines starting with -) is expected here")
            problems.append(Problem("E112", text, key=named(path)))
        return []
    return [_boxes(item, part.model, (*path, i), reading, problems) for i, item in enumerate(tree)]


def _text(value: Any, path: tuple[Any, ...], problems: list[Problem]) -> str:
    if isinstance(value, (dict, list)):
        text = say("a single value is expected, not a list or mapping")
        problems.append(Problem("E112", text, key=named(path)))
        return ""
    return "" if value is None else str(value)


def pairs_of(draft: Node, path: tuple[Any, ...] = ()) -> Iterator[tuple[str, str]]:
    """Give the boxes of a draft as a page sends them."""
    for key, value in draft.items():
        if isinstance(value, dict):
            yield from pairs_of(value, (*path, key))
        elif isinstance(value, list):
            for place, row in enumerate(value):
                yield from pairs_of(row, (*path, key, place))
        else:
            yield named((*path, key)), value


def blank(node: Any) -> bool:
    """Whether nothing was filled in; a unit alone is nothing."""
    if isinstance(node, dict):
        return all(key.endswith(UNIT) or blank(value) for key, value in node.items())
    if isinstance(node, list):
        return all(blank(row) for row in node)
    return not str(node).strip()


def part_at(draft: Node, path: tuple[Any, ...]) -> Any:
    """Give the part of a draft at a place; None where there is none."""
    node: Any = draft
    for step in path:
        if isinstance(node, list):
            node = node[step] if isinstance(step, int) and step < len(node) else None
        else:
            node = node.get(step) if isinstance(node, dict) else None
    return node


def known_part(path: tuple[Any, ...]) -> Optional[Part]:
    """Give what a scenario has at a place, whether or not a draft has it; None for no part."""
    model, part = "Scenario", None
    for step in path:
        if isinstance(step, int):
            if part is None or not part.many:
                return None
            continue
        found = shape(model).get(step) if model else None
        if not isinstance(found, Part):
            return None
        part, model = found, found.model
    return part


def add(draft: Node, path: tuple[Any, ...], name: str = "") -> Optional[tuple[Any, ...]]:
    """Add an entry to a part that repeats, or a part that there is once.

    Parameters
    ----------
    draft : dict
        Changed in place.
    path : tuple
        Place of the part.
    name : str
        Name of the entry of a mapping.

    Returns
    -------
    tuple or None
        Place of what was added; None where a scenario has no such part.
    """
    part, owner = known_part(path), part_at(draft, path[:-1])
    if part is None or not isinstance(owner, dict) or isinstance(path[-1], int):
        return None
    if not part.many:
        owner.setdefault(part.key, {})
        return path
    rows = owner.setdefault(part.key, [])
    rows.append({NAME: name} if part.many == "mapping" else {})
    return (*path, len(rows) - 1)


def remove(draft: Node, path: tuple[Any, ...]) -> bool:
    """Take an entry, or a part that there is once, out of a draft; False where there is none."""
    if not path or part_at(draft, path) is None or known_part(path) is None:
        return False
    owner = part_at(draft, path[:-1])
    del owner[path[-1]]
    return True
