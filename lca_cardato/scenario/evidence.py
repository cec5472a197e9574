"""Documents that a scenario rests on: certificates, delivery notes, readings, reports."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Optional

from pydantic import AfterValidator, WithJsonSchema, model_validator

from lca_cardato.errors import InputError, Problem, nearest
from lca_cardato.files.read import inside, read_bytes
from lca_cardato.sentence import say
from lca_cardato.text.fields import Named, StrictModel, Text, choice, quantity, refusal, refused
from lca_cardato.text.number import QuantityError
from lca_cardato.text.period import latest_day, parse_day
from lca_cardato.text.yamltree import Document

KINDS = (
    "transaction_certificate", "delivery_note", "invoice", "declaration", "meter_readings",
    "lab_report", "register", "contract", "lot_sheet", "other",
)  # fmt: skip
MAX_BYTES = 50_000_000
NOT_A_NAME = (("chemicals",), ("packaging",))  # mappings by dataset, which may have any name


def _day(text: str) -> str:
    """Accept a date of the form ``2025-03-01``."""
    try:
        parse_day(text)
    except QuantityError as error:
        raise refused(error) from None
    return text.strip()


def _issued(text: str) -> str:
    """Accept a date that is not in the future."""
    if parse_day(text) > latest_day():
        raise refusal(
            "E225",
            say("the date lies in the future"),
            say("write the day on which the document was issued"),
        )
    return text


Day = Annotated[
    Text,
    AfterValidator(_day),
    WithJsonSchema({"type": "string", "examples": ["2025-03-01"], "x-kind": "date"}),
]


EMPTY = hashlib.sha256().hexdigest()


def _digest(text: str) -> str:
    """Accept the SHA-256 of a file that holds something."""
    if re.fullmatch("[0-9a-f]{64}", text) is None:
        raise refusal(
            "E219",
            say("a SHA-256 is 64 digits of 0-9 and a-f"),
            say("state `file` in its place; its digest is taken then"),
        )
    if text == EMPTY:
        raise refusal("E226", say("the document is empty"), say("give the digest of the document"))
    if len(set(text)) < 4:
        raise refusal(
            "E223",
            say("this names nothing"),
            say("state `file` in its place; its digest is taken then"),
        )
    return text


Digest = Annotated[
    str, AfterValidator(_digest), WithJsonSchema({"type": "string", "pattern": "^[0-9a-f]{64}$"})
]


class Evidence(StrictModel):
    """A document; `document: <id>` elsewhere in the scenario refers to it."""

    kind: choice(*KINDS)  # type: ignore[valid-type]
    file: Optional[Text] = None
    sha256: Optional[Digest] = None
    issuer: Optional[Named] = None
    date: Optional[Annotated[Day, AfterValidator(_issued)]] = None
    valid_until: Optional[Day] = None
    lot: Optional[Named] = None
    mass: Optional[quantity("kg")] = None  # type: ignore[valid-type]
    note: Optional[Text] = None

    @model_validator(mode="after")
    def _fits(self) -> Evidence:
        if self.date and self.valid_until and self.valid_until < self.date:
            raise refusal("E305", say("`valid_until` lies before `date`"))
        if self.mass is not None and self.mass.amount <= 0:
            raise refusal("E103", say("`mass` must be above 0 kg"))
        return self


@dataclass(frozen=True)
class EvidenceFile:
    """A document's file as it was found.

    Attributes
    ----------
    name : str
        Path as typed in the scenario.
    path : Path
    sha256 : str
    """

    name: str
    path: Path
    sha256: str


def undeclared(document: Document) -> list[Problem]:
    """Find every `document:` that names nothing in the `documents:` of its file.

    Parameters
    ----------
    document : Document
        A scenario, or another file whose parts name documents.

    Returns
    -------
    list of Problem
        ``E222`` each, with the nearest name.
    """
    tree: Any = document.data
    declared = tree.get("documents") if isinstance(tree, dict) else None
    names = [str(name) for name in declared] if isinstance(declared, dict) else []
    problems = []
    for path in document.positions:
        if path[-1:] != ("document",) or path[-2:-1] in NOT_A_NAME or path[0] == "documents":
            continue
        value: Any = tree
        for key in path:
            value = value[key]
        if not isinstance(value, str) or value in names:
            continue
        text = say("no document of this name is declared in `documents`")
        if not value.strip():
            text = say("the name of a document is expected; the text is empty")
        hint = nearest(value.strip().lower(), names) or say(
            "declare it below `documents`, by kind, file, issuer and date, or leave `document` out"
        )
        problems.append(document.problem("E222", text, path, value, hint))
    return problems


def read_documents(
    documents: dict[str, Evidence], document: Document, base: Path
) -> tuple[dict[str, EvidenceFile], list[Problem]]:
    """Find the files of the documents and take their digests.

    Parameters
    ----------
    documents : dict
        Id -> document.
    document : Document
        The scenario's text, for positions.
    base : Path
        Folder that the files must lie in.

    Returns
    -------
    files : dict
        Id -> file.
    problems : list of Problem
        ``E214`` for a path out of the folder, ``E220`` for a missing or too large file, ``E226``
        for an empty one, ``E603`` for another content than the digest says.
    """
    files: dict[str, EvidenceFile] = {}
    problems: list[Problem] = []

    def report(code: str, text: str, key: str, part: str, value: str, hint: str = "") -> None:
        problems.append(document.problem(code, text, ("documents", key, part), value, hint))

    for key, item in documents.items():
        if item.file is None:
            continue
        try:
            path = document.places.get(item.file) or inside(
                base, item.file, document.name, "", say("in the folder of the scenario")
            )
            if not path.is_file():
                report("E220", say("the document is not there"), key, "file", item.file,
                       say("put the file there, or leave `file` out and name its digest at `sha256`"))  # fmt: skip
                continue
            data = read_bytes(path, MAX_BYTES)
        except InputError as error:
            problem = error.problems[0]
            code = "E220" if problem.code == "E210" else problem.code
            report(code, problem.message, key, "file", item.file, problem.suggestion)
            continue
        if not data.strip():
            report("E226", say("the document is empty"), key, "file", item.file,
                   say("put the document there, or leave `file` out"))  # fmt: skip
            continue
        if data == document.raw:
            report("E220", say("this is the scenario itself, no document"), key, "file", item.file)
            continue
        digest = hashlib.sha256(data).hexdigest()
        if item.sha256 and item.sha256 != digest:
            report("E603", say("the document is not the one that the digest names"), key, "sha256",
                   item.sha256, say("its SHA-256 is {digest}", digest=digest))  # fmt: skip
        files[key] = EvidenceFile(item.file, path, digest)
    return files, problems
