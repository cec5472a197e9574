"""Read a run folder that somebody handed over: nothing in it is taken on trust."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lca_cardato.errors import CardatoError, DiskError, IntegrityError, shorten
from lca_cardato.files.read import read_bytes
from lca_cardato.files.strict import exact as exact
from lca_cardato.files.strict import parse as parse
from lca_cardato.sentence import Sentence, say
from lca_cardato.words.language import LANGUAGES

MAX_BYTES = 200_000_000
UNSHAPED = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError)


def read_file(folder: Path, name: str) -> bytes:
    """Read a file of a run folder, at most 200 MB.

    Raises
    ------
    DiskError, InputError
        ``E501``, ``E210``.
    """
    return read_bytes(folder / name, MAX_BYTES)


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
