"""The catalogue of error codes."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Optional

import yaml

from lca_cardato.errors import EXIT_INPUT, InputError, nearest
from lca_cardato.sentence import say
from lca_cardato.words.language import LANGUAGES, Language

FOLDER = Path(__file__).resolve().parent
SCENARIO = "scenario.yaml"


@dataclass(frozen=True)
class Example:
    """Something that raises the error.

    Attributes
    ----------
    files : dict
        Name -> content, in a folder of their own.
    command : list of str
        Arguments of ``lca-cardato`` in that folder.
    typed : list of str
        The lines that are wrong, or the command where the files are sound.
    """

    files: dict[str, bytes]
    command: list[str]
    typed: list[str]


@dataclass(frozen=True)
class Entry:
    """An error code.

    Attributes
    ----------
    code : str
    title, cure : dict
        Language -> text.
    exit_code : int
        Exit code of the command when this is the kind of error.
    example : Example, optional
    when : dict
        Where no file can bring it about: language -> when it comes.
    """

    code: str
    title: dict[str, str]
    cure: dict[str, str]
    exit_code: int
    example: Optional[Example] = field(default=None)
    when: dict[str, str] = field(default_factory=dict)


@lru_cache(maxsize=1)
def entries() -> dict[str, Entry]:
    """All codes, in order."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = yaml.load((FOLDER / "errors.yaml").read_text(encoding="utf-8"), Loader=loader)
    base = (FOLDER / "base.yaml").read_text(encoding="utf-8")
    return {code: _entry(code, item, base) for code, item in sorted(data.items())}


def _entry(code: str, item: dict[str, Any], base: str) -> Entry:
    example = None if "when" in item else _example(item, base)
    return Entry(
        code,
        {lang: Language(lang)(code) for lang in LANGUAGES},
        {lang: Language(lang)(f"{code}_cure") for lang in LANGUAGES},
        item.get("exit", EXIT_INPUT),
        example,
        item.get("when", {}),
    )


def _example(item: dict[str, Any], base: str) -> Example:
    text, typed = base, []
    change = item.get("change")
    if change:
        assert base.count(change["was"]) == 1, change
        text = base.replace(change["was"], change["is"])
        before = base.splitlines()
        typed = [line for line in text.splitlines() if line not in before]
        typed = textwrap.dedent("\n".join(typed)).splitlines()
        if not typed:
            gone = [line for line in before if line not in text.splitlines()]
            typed = [f"# without the line: {line}" for line in gone]
        text += "#" * change.get("pad", 0)
    files = {SCENARIO: text.encode(item.get("encoding", "utf-8"))}
    files.update({name: content.encode() for name, content in item.get("files", {}).items()})
    command = [str(part) for part in item.get("command", ["validate", SCENARIO])]
    if not change:
        typed = [line for content in item["files"].values() for line in content.splitlines()]
        typed = typed or ["lca-cardato " + " ".join(command)]
    return Example(files, command, typed)


def find(code: str) -> Entry:
    """Give the entry of a code, whatever its case.

    Raises
    ------
    InputError
        ``E307`` when there is no such code.
    """
    known = entries()
    wanted = code.strip().upper()
    if wanted not in known:
        raise InputError.one(
            "E307", say("there is no such error code"), value=code,
            suggestion=nearest(wanted, list(known)) or say("docs/errors.md lists them"),
        )  # fmt: skip
    return known[wanted]
