"""Read a run folder that somebody handed over: nothing in it is taken on trust."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, NoReturn

from lca_cardato.errors import CardatoError, DiskError, IntegrityError, shorten
from lca_cardato.files.read import read_bytes
from lca_cardato.sentence import Sentence, say
from lca_cardato.words.language import LANGUAGES

MAX_BYTES = 200_000_000
UNSHAPED = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError)
_EXACT = re.compile(r"-?[0-9]{1,3000}(?:/[0-9]{1,3000}|\.[0-9]{1,300})?")
_HIDDEN = re.compile(
    r"[\x7f-\x9f\u2028-\u202e\u2066-\u2069]"
    r"|(?<!\\)(?:\\\\)*\\u(?:00[01]|007f|00[89]|202[89a-e]|206[6-9])",
    re.IGNORECASE,
)


def read_file(folder: Path, name: str) -> bytes:
    """Read a file of a run folder, at most 200 MB.

    Raises
    ------
    DiskError, InputError
        ``E501``, ``E210``.
    """
    return read_bytes(folder / name, MAX_BYTES)


def parse(data: bytes) -> dict[str, Any]:
    """Read a JSON document of a run: an object of plain values.

    Raises
    ------
    ValueError
        Not JSON or not an object; a key that stands twice, of which other readers may take the
        other; a number that is not finite; a control character, which would
        steer the terminal of whoever looks at it; nesting that no run has.
    """
    text = data.decode("utf-8")
    if _HIDDEN.search(text):
        raise ValueError(say("a control character"))
    try:
        document = json.loads(
            text, parse_constant=_refuse, parse_float=_finite, object_pairs_hook=_unique
        )
    except RecursionError:
        raise ValueError(say("nested too deeply")) from None
    if not isinstance(document, dict):
        raise ValueError(say("not a JSON object"))
    return document


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(say("the key {key} stands twice", key=shorten(twice, 40)))
    return found


def _refuse(text: str) -> NoReturn:
    raise ValueError(say("{text} is no number of a result", text=text))


def _finite(text: str) -> float:
    number = float(text)
    if number - number != 0.0:
        _refuse(text)
    return number


def read_json(folder: Path, name: str) -> dict[str, Any]:
    """Read a JSON file of a run folder.

    Raises
    ------
    DiskError
        ``E501`` when it is missing or not such a document.
    """
    try:
        return parse(read_file(folder, name))
    except (CardatoError, ValueError) as error:
        raise DiskError.one(
            "E501",
            say(
                "not a run folder: {name} can't be read ({reason})", name=name, reason=reason(error)
            ),
            file=str(folder),
            suggestion=say("name a folder that `assess --out` wrote"),
        ) from None


def reason(error: Exception) -> str:
    """Say in a few words why a file can't be read."""
    if isinstance(error, CardatoError):
        return error.problems[0].message
    if isinstance(error, json.JSONDecodeError):
        return say(
            "not valid JSON, line {line}, column {column}", line=error.lineno, column=error.colno
        )
    told = error.args[0] if error.args else ""
    return told if isinstance(told, Sentence) else shorten(str(error) or type(error).__name__, 120)


def exact(value: Any) -> Fraction:
    """Read an exact fraction of the claim ledger, ``13/20``.

    Raises
    ------
    ValueError
        Another text, such as one whose power of ten would keep the machine busy for years.
    """
    if not isinstance(value, str) or not _EXACT.fullmatch(value):
        raise ValueError(say("not an exact number: {text}", text=f"{value!r:.60}"))
    return Fraction(value)


@contextlib.contextmanager
def shaped(*folders: Path) -> Iterator[None]:
    """Turn what goes wrong with documents of another shape into an error for people.

    Raises
    ------
    IntegrityError
        ``E604``.
    """
    try:
        yield
    except UNSHAPED as error:
        raise IntegrityError.one(
            "E604", say("the documents of the run do not have the shape that `assess --out` writes"),
            file=" or ".join(map(str, folders)), value=shorten(f"{type(error).__name__}: {error}"),
            suggestion=say("run `lca-cardato verify` to see what was changed"),
        ) from None  # fmt: skip


def language_of(folder: Path, manifest: dict[str, Any]) -> str:
    """Language that a run was written in."""
    with shaped(folder):
        lang = manifest["options"]["lang"]
        if lang not in LANGUAGES:
            raise ValueError(lang)
        return str(lang)
