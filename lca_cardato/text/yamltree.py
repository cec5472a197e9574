"""Strict YAML: every scalar stays text, every value knows its line.

A subset of YAML is accepted: mappings, sequences and scalars. Anchors, aliases, tags and
duplicate keys are refused, so nothing in a file can be expanded, executed or silently
overwritten, and ``NO``, ``010`` or ``12:30`` keep the meaning that the writer saw.
The events come from PyYAML's parser (libyaml where it is present).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Union

import yaml

from lca_cardato.errors import InputError, Problem
from lca_cardato.files.read import read_bytes

Tree = Union[str, list, dict, None]
Path_ = tuple  # path of keys and indices inside the tree

MAX_BYTES = 5_000_000
MAX_DEPTH = 20
MAX_NODES = 200_000
HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""Characters that steer a terminal or turn the direction of writing; none belongs into a text."""


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
        The file as it was read.
    """

    name: str
    data: Tree
    positions: dict[tuple, tuple[int, int]] = field(default_factory=dict)
    text: str = ""
    raw: bytes = b""

    def position(self, path: tuple) -> tuple[int, int]:
        """Give the position of a path, or of its nearest parent that has one."""
        while path and path not in self.positions:
            path = path[:-1]
        return self.positions.get(path, (0, 0))

    def problem(
        self, code: str, message: str, path: tuple = (), value: object = "", suggestion: str = ""
    ) -> Problem:
        """Make a `Problem` that points into this document."""
        line, column = self.position(path)
        return Problem(
            code, message, self.name, line, column, dotted(path), _as_typed(value), suggestion
        )

    def placed(self, problem: Problem) -> Problem:
        """Give a problem of this file its line and column, found by its key."""
        if problem.line or problem.file != self.name or not self.name:
            return problem
        names = (path for path in self.positions if path and path[-1] == problem.key)
        exact = (path for path in self.positions if dotted(path) == problem.key)
        line, column = self.position(next(exact, next(names, ())))
        return replace(problem, line=line, column=column)


def _as_typed(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


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
    raw = read_bytes(path, max_bytes)
    document = parse_document(decode(raw, str(path)), str(path))
    document.raw = raw
    return document


def decode(raw: bytes, name: str) -> str:
    """Decode UTF-8 (a byte order mark is accepted); anything else is named and refused."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError.one(
            "E207", "file is UTF-16; save it as UTF-8", file=name, line=1, column=1
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        begin = raw.rfind(b"\n", 0, error.start) + 1
        raise InputError.one(
            "E207",
            f"not UTF-8 (byte 0x{raw[error.start]:02x}; Latin-1 or Windows-1252?); save it as UTF-8",
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
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    document = Document(name, None, {}, text)
    builder = _Builder(document)
    try:
        for event in yaml.parse(text, Loader=loader):
            builder.take(event)
            if builder.fatal:
                break
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        told = str(error.problem or error.context)
        if "nesting depth" in told:  # libyaml looks ahead, and may stop before we see the depth
            problem = Problem("E204", f"nested deeper than {MAX_DEPTH} levels", name, *place)
        else:
            cure = "check indentation, colons and quotes on this line"
            problem = Problem("E200", f"not valid YAML: {told}", name, *place, suggestion=cure)
        builder.problems.append(problem)
    except yaml.YAMLError as error:  # reader errors: NUL and other control characters
        problem = Problem("E200", f"not readable as YAML: {str(error).splitlines()[0]}", name)
        found = HIDDEN.search(text)
        if found:
            before = text[: found.start()]
            place = (before.count("\n") + 1, found.start() - before.rfind("\n"))
            problem = replace(problem, line=place[0], column=place[1])
        builder.problems.append(problem)
    if builder.problems:
        raise InputError(builder.problems)
    document.positions.setdefault((), (1, 1))  # of a file that holds nothing
    return document


def hidden_text(character: str) -> str:
    """Say which character is refused."""
    return f"the text holds the control character U+{ord(character):04X}; take it out"


class _Builder:
    """Build the tree from parser events without recursion."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []
        self.fatal = False
        self.stack: list[list[Any]] = []  # [container, pending key or None, path]
        self.nodes = 0
        self.documents = 0

    def take(self, event: Any) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._scalar(event)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._container({} if kind is yaml.MappingStartEvent else [], event)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self.stack.pop()
        elif kind is yaml.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                self._refuse("E205", "only one YAML document per file", event, fatal=True)
        elif kind is yaml.AliasEvent:
            self._refuse("E203", f"alias *{event.anchor} is not accepted; write it out", event)
            self._put(None, event)

    def _container(self, container: Any, event: Any) -> None:
        self._check_node(event)
        if self.stack and type(self.stack[-1][0]) is dict and self.stack[-1][1] is None:
            self._refuse("E206", "a key must be plain text", event, fatal=True)
            return
        path = self._put(container, event)
        self.stack.append([container, None, path])
        if len(self.stack) > MAX_DEPTH:
            self._refuse("E204", f"nested deeper than {MAX_DEPTH} levels", event, fatal=True)

    def _refuse(self, code: str, message: str, event: Any, fatal: bool = False) -> None:
        mark = event.start_mark
        self.problems.append(
            Problem(code, message, self.document.name, mark.line + 1, mark.column + 1)
        )
        self.fatal = self.fatal or fatal

    def _check_node(self, event: Any) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._refuse("E204", f"more than {MAX_NODES} values", event, fatal=True)
        if event.anchor:
            self._refuse("E203", f"anchor &{event.anchor} is not accepted; write it out", event)
        if event.tag not in (None, "!"):
            self._refuse("E202", f"tag {event.tag} is not accepted", event)
        found = HIDDEN.search(event.value) if type(event) is yaml.ScalarEvent else None
        if found:
            self._refuse("E221", hidden_text(found.group()), event)

    def _scalar(self, event: Any) -> None:
        self._check_node(event)
        if self.stack and self.stack[-1][1] is None and type(self.stack[-1][0]) is dict:
            self._key(event)
            return
        value = event.value
        if not event.style and value in ("", "~", "null"):
            value = None
        self._put(value, event)

    def _key(self, event: Any) -> None:
        top = self.stack[-1]
        key, path = event.value, top[2] + (event.value,)
        if key in top[0]:
            first = self.document.positions.get(path, (0, 0))[0]
            self._refuse("E201", f"key '{key[:60]}' was already given on line {first}", event)
        else:
            mark = event.start_mark
            self.document.positions[path] = (mark.line + 1, mark.column + 1)
        top[1] = key

    def _put(self, value: Any, event: Any) -> tuple:
        """Place a value; it is pointed at by its own start, a nested one by its key."""
        mark = event.start_mark
        positions = self.document.positions
        if not self.stack:
            self.document.data = value
            positions[()] = (mark.line + 1, mark.column + 1)
            return ()
        top = self.stack[-1]
        container = top[0]
        if type(container) is list:
            path: tuple = top[2] + (len(container),)
            container.append(value)
            positions[path] = (mark.line + 1, mark.column + 1)
            return path
        path = top[2] + (top[1],)
        if top[1] not in container:
            container[top[1]] = value
            if type(value) is not dict and type(value) is not list:
                positions[path] = (mark.line + 1, mark.column + 1)
        top[1] = None
        return path
