"""Strict YAML: every scalar stays text, every value knows its line.

A subset of YAML is accepted: mappings, sequences and scalars. Anchors, aliases, tags and
duplicate keys are refused, so nothing in a file can be expanded, executed or silently
overwritten, and ``NO``, ``010`` or ``12:30`` keep the meaning that the writer saw.
The events come from PyYAML's parser: libyaml, or where PyYAML was built without it the one in
Python, made to read tabs as libyaml does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Iterator, Union

import yaml

from lca_cardato.errors import InputError, Problem
from lca_cardato.files.read import read_bytes
from lca_cardato.sentence import joined, say
from lca_cardato.text.foreign import of_parser
from lca_cardato.text.unreadable import unreadable

Tree = Union[str, list, dict, None]
Path_ = tuple  # path of keys and indices inside the tree


class PythonLoader(yaml.SafeLoader):
    """PyYAML's own parser, which refuses a tab after a colon that YAML and libyaml allow."""

    def scan_to_next_token(self) -> None:
        """Pass over blanks, tabs that can't be indentation, comments and ends of lines."""
        if self.index == 0 and self.peek() == "\ufeff":
            self.forward()
        while True:
            tabs = self.flow_level or not self.allow_simple_key
            while self.peek() == " " or (tabs and self.peek() == "\t"):
                self.forward()
            if self.peek() == "#":
                while self.peek() not in "\0\r\n\x85\u2028\u2029":
                    self.forward()
            if not self.scan_line_break():  # type: ignore[no-untyped-call]
                return
            if not self.flow_level:
                self.allow_simple_key = True


LOADER: Any = getattr(yaml, "CSafeLoader", PythonLoader)
"""The one parser of YAML that people write."""
MAX_BYTES = 5_000_000
MAX_DEPTH = 20
MAX_NODES = 200_000
HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""Characters that steer a terminal or turn the direction of writing; none belongs into a text."""

_KEY = re.compile(r"[`'{]([a-z_]+)(?=[`':])")
_NAMED = re.compile(r"`([a-z_]+(?:\.[a-z_]+)+)`")
"""A key that a message names, where a whole file is meant."""


@dataclass
class Document:
    """A parsed file.

    Attributes
    ----------
    name : str
        File name for messages.
    data : Tree
        Nested dicts and lists; scalars are ``str``, empty values ``None``.
    positions : dict
        ``path tuple -> (line, column)`` of each value, counted from 1.
    text : str
        The file's text.
    raw : bytes
        The file as it was read; of a workbook, the text that was made of it.
    origins : dict
        Of a document that was put together: path -> document that this part came from, and the
        path there. `positions` are those of the text that was put together.
    kept : dict
        Name -> content of the files that it was put together from.
    places : dict
        Name of a file that it names -> where it lies, where that is another folder.
    cells : dict
        Of a workbook: path -> sheet, cell and label, such as ``Readings!F7 "Electricity"``.
    lots : dict
        Name of a lot sheet -> what `lca_cardato.scenario.lots` read of it.
    workbook : bytes
        The workbook that the text was made of; empty for other files.
    """

    name: str
    data: Tree
    positions: dict[tuple, tuple[int, int]] = field(default_factory=dict)
    text: str = ""
    raw: bytes = b""
    origins: dict[tuple, tuple[Document, tuple]] = field(default_factory=dict)
    kept: dict[str, bytes] = field(default_factory=dict)
    places: dict[str, Path] = field(default_factory=dict)
    cells: dict[tuple, str] = field(default_factory=dict)
    lots: dict[str, Any] = field(default_factory=dict)
    workbook: bytes = b""

    def position(self, path: tuple) -> tuple[int, int]:
        """Give the position of a path, or of its nearest parent that has one."""
        while path and path not in self.positions:
            path = path[:-1]
        return self.positions.get(path, (0, 0))

    def origin(self, path: tuple) -> tuple[Document, tuple]:
        """Give the document that a part came from, and the path there."""
        for size in range(len(path), -1, -1) if self.origins else ():
            if path[:size] in self.origins:
                source, inner = self.origins[path[:size]]
                return source, inner + path[size:]
        return self, path

    def cell(self, path: tuple) -> str:
        """Give the cell of a path in its workbook, or of its nearest parent that has one."""
        while path and path not in self.cells:
            path = path[:-1]
        return self.cells.get(path, "")

    def problem(
        self, code: str, message: str, path: tuple = (), value: object = "", suggestion: str = ""
    ) -> Problem:
        """Make a `Problem` that points into this document, or into that which the part is of."""
        source, inner = self.origin(path)
        if source is not self:
            return source.problem(code, message, inner, value, suggestion)
        line, column = self.position(path)
        typed = "" if value is None else str(value)
        if self.cells:
            named = _NAMED.search(message) if not path else None
            inside = tuple(named[1].split(".")) if named else ()
            place = self.cell(inside if inside and inside in self.cells else path)
            cure = joined([suggestion, *self._meant(f"{message} {suggestion}", path, place)])
            return Problem(code, message, self.name, 0, 0, place, typed, cure)
        return Problem(code, message, self.name, line, column, dotted(path), typed, suggestion)

    def _meant(self, text: str, path: tuple, place: str) -> Iterator[str]:
        """Tell the cells of the keys that a message about a cell names."""
        for key in dict.fromkeys(_KEY.findall(text)):
            for owner in (path[:-1], path):
                cell = self.cells.get((*owner, key))
                if cell and cell != place:
                    yield say("`{key}` is {cell}", key=key, cell=cell)
                    break

    def placed(self, problem: Problem) -> Problem:
        """Give a problem of this file its line and column, found by its key."""
        if problem.line or problem.file != self.name or not self.name:
            return problem
        names = (path for path in self.positions if path and path[-1] == problem.key)
        exact = (path for path in self.positions if dotted(path) == problem.key)
        path = next(exact, next(names, ()))
        if self.cells:
            return replace(problem, key=self.cell(path)) if path else problem
        line, column = self.position(path)
        return replace(problem, line=line, column=column)


def dotted(path: tuple) -> str:
    """Write a path as people do: ``blend[0].share``."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{part}" if text else str(part)
    return text


def read_document(path: Union[str, Path], max_bytes: int = MAX_BYTES) -> Document:
    """Read and parse a file.

    Parameters
    ----------
    path : str or Path
        File to read.
    max_bytes : int
        Files above this size are refused before they are read.

    Returns
    -------
    Document

    Raises
    ------
    DiskError
        The file can't be read (``E501``).
    InputError
        Not UTF-8 (``E207``), too large (``E210``), or not in the accepted subset of YAML.
    """
    return document_of(read_bytes(path, max_bytes), str(path))


def document_of(raw: bytes, name: str) -> Document:
    """Parse a file that was read; see `read_document`."""
    document = parse_document(decode(raw, name), name)
    document.raw = raw
    return document


def decode(raw: bytes, name: str) -> str:
    """Decode UTF-8 (a byte order mark is accepted); anything else is named and refused."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError.one(
            "E207", say("file is UTF-16; save it as UTF-8"), file=name, line=1, column=1
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        begin = raw.rfind(b"\n", 0, error.start) + 1
        raise InputError.one(
            "E207",
            say(
                "not UTF-8 (byte 0x{raw:02x}; Latin-1 or Windows-1252?); save it as UTF-8",
                raw=raw[error.start],
            ),
            file=name,
            line=raw.count(b"\n", 0, begin) + 1,
            column=len(raw[begin : error.start].decode("utf-8", "replace")) + 1,
        ) from None


def parse_document(text: str, name: str = "<text>") -> Document:
    """Parse YAML text into a `Document`.

    Raises
    ------
    InputError
        Syntax error (``E200``), duplicate key (``E201``), tag (``E202``), anchor or alias
        (``E203``), nesting or size beyond the limits (``E204``), several documents (``E205``).
    """
    document = Document(name, None, {}, text)
    reader = _Reader(document)
    problems = reader.problems
    try:
        document.data = reader.only_document()
    except _Enough:
        pass
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        told = of_parser(str(error.problem or error.context))
        if "nesting depth" in told:  # libyaml looks ahead, and may stop before we see the depth
            problem = Problem(
                "E204",
                say("nested deeper than {max_depth} levels", max_depth=MAX_DEPTH),
                name,
                *place,
            )
        else:
            message, cure = unreadable(told, text, *place)
            problem = Problem("E200", message, name, *place, suggestion=cure)
        problems.append(problem)
    except yaml.YAMLError as error:  # reader errors: NUL and other control characters
        problem = Problem(
            "E200",
            say("not readable as YAML: {told}", told=of_parser(str(error).splitlines()[0])),
            name,
        )
        found = HIDDEN.search(text)
        if found:
            before = text[: found.start()]
            place = (before.count("\n") + 1, found.start() - before.rfind("\n"))
            problem = replace(problem, line=place[0], column=place[1])
        problems.append(problem)
    if problems:
        raise InputError(problems)
    document.positions.setdefault((), (1, 1))  # of a file that holds nothing
    return document


def tree_document(data: Tree, name: str = "", text: str = "") -> Document:
    """Make a `Document` of a tree that stands in no file: every value has the place (0, 0)."""
    document = Document(name, data, {}, text)

    def place(value: Tree, path: Path_) -> None:
        document.positions[path] = (0, 0)
        pairs = enumerate(value) if isinstance(value, list) else ()
        for key, item in value.items() if isinstance(value, dict) else pairs:
            place(item, (*path, key))

    place(data, ())
    return document


def hidden_text(character: str) -> str:
    """Say which character is refused."""
    return say(
        "the text holds the control character U+{number:04X}; take it out", number=ord(character)
    )


class _Enough(Exception):
    """Nothing more is read of a file that is refused."""


class _Reader:
    """Read the tree from parser events; the limit of depth bounds the recursion.

    `yaml.compose` would give nodes with their places, but it resolves aliases and forgets anchors,
    and has the whole file in memory before it can be seen to be too large.
    """

    def __init__(self, document: Document) -> None:
        self.name, self.positions = document.name, document.positions
        self.events: Iterator[Any] = iter(yaml.parse(document.text, Loader=LOADER))
        self.problems: list[Problem] = []
        self.nodes = 0

    def only_document(self) -> Tree:
        data, found = None, False
        for event in self.events:
            if type(event) is yaml.DocumentStartEvent:
                if found:
                    self.refuse("E205", say("only one YAML document per file"), event, fatal=True)
                found, first = True, next(self.events)
                self.place((), first)
                data = self.value(first, ())
        return data

    def refuse(self, code: str, message: str, event: Any, fatal: bool = False) -> None:
        mark = event.start_mark
        self.problems.append(Problem(code, message, self.name, mark.line + 1, mark.column + 1))
        if fatal:
            raise _Enough

    def place(self, path: tuple, event: Any) -> None:
        mark = event.start_mark
        self.positions[path] = (mark.line + 1, mark.column + 1)

    def check(self, event: Any) -> None:
        if type(event) is yaml.AliasEvent:
            told = say("alias *{anchor} is not accepted; write it out", anchor=event.anchor)
            self.refuse("E203", told, event)
            return
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.refuse(
                "E204", say("more than {max_nodes} values", max_nodes=MAX_NODES), event, fatal=True
            )
        if event.anchor:
            self.refuse(
                "E203",
                say("anchor &{anchor} is not accepted; write it out", anchor=event.anchor),
                event,
            )
        if event.tag not in (None, "!"):
            self.refuse("E202", say("tag {tag} is not accepted", tag=event.tag), event)
        found = HIDDEN.search(event.value) if type(event) is yaml.ScalarEvent else None
        if found:
            self.refuse("E221", hidden_text(found.group()), event)

    def value(self, event: Any, path: tuple) -> Tree:
        self.check(event)
        if type(event) is yaml.AliasEvent:
            return None
        if type(event) is yaml.ScalarEvent:
            value: str = event.value
            return None if not event.style and value in ("", "~", "null") else value
        if len(path) >= MAX_DEPTH:
            self.refuse(
                "E204",
                say("nested deeper than {max_depth} levels", max_depth=MAX_DEPTH),
                event,
                fatal=True,
            )
        return self.sequence(path) if type(event) is yaml.SequenceStartEvent else self.mapping(path)

    def sequence(self, path: tuple) -> list:
        items: list[Tree] = []
        while type(event := next(self.events)) is not yaml.SequenceEndEvent:
            at = (*path, len(items))
            self.place(at, event)
            items.append(self.value(event, at))
        return items

    def mapping(self, path: tuple) -> dict:
        """A value is pointed at by its own start, one that holds others by its key."""
        items: dict[str, Tree] = {}
        while type(event := next(self.events)) is not yaml.MappingEndEvent:
            self.check(event)
            if type(event) not in (yaml.ScalarEvent, yaml.AliasEvent):
                self.refuse("E206", say("a key must be plain text"), event, fatal=True)
            key = event.value if type(event) is yaml.ScalarEvent else f"*{event.anchor}"
            at = (*path, key)
            new = key not in items
            if new:
                self.place(at, event)
            else:
                told = say(
                    "key '{key}' was already given on line {line}",
                    key=key[:60], line=self.positions[at][0],
                )  # fmt: skip
                self.refuse("E201", told, event)
            event = next(self.events)
            value = self.value(event, at)
            if new:
                items[key] = value
                if not isinstance(value, (dict, list)):
                    self.place(at, event)
        return items
