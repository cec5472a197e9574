"""Read and write lot sheets: bounded, by their schema, with their digest and signature."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Mapping, Optional

from pydantic import ValidationError

from lca_cardato.errors import CardatoError, InputError, Problem, shorten
from lca_cardato.files.read import read_bytes
from lca_cardato.files.strict import parse
from lca_cardato.lots.keys import Pen, library, public_of
from lca_cardato.lots.models import SCHEMA, LotSheet
from lca_cardato.sentence import Sentence, say
from lca_cardato.text.fields import problems_of
from lca_cardato.text.yamltree import tree_document

MAX_BYTES = 2_000_000
PAYLOAD = "application/vnd.lca-cardato.lot+json"
ENDING = ".json"
APART = ("digest", "signature")
"""Keys that stand outside of what is digested and signed."""


def canonical(tree: Mapping[str, Any]) -> bytes:
    """Give what is digested and signed: all but `APART`, keys in order, without blanks."""
    kept = {key: value for key, value in tree.items() if key not in APART}
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def digest_of(tree: Mapping[str, Any]) -> str:
    """SHA-256 of what a sheet says."""
    return hashlib.sha256(canonical(tree)).hexdigest()


def sealed(tree: Mapping[str, Any], pen: Optional[Pen] = None) -> dict[str, Any]:
    """Give a sheet with its digest and, where there is a pen, its signature.

    Parameters
    ----------
    tree : mapping
        What the sheet says.
    pen : Pen, optional
        See `lca_cardato.lots.keys.pen`.
    """
    made: dict[str, Any] = {**tree, "digest": digest_of(tree)}
    if pen is not None:
        envelope = library().dsse.Envelope(canonical(tree), PAYLOAD, {})
        found = envelope.sign(pen.signer)
        made["signature"] = {
            "keyid": str(found.keyid), "sig": str(found.signature),
            "public_key": pen.public,
        }  # fmt: skip
    return made


def text_of(tree: Mapping[str, Any]) -> str:
    """Write a sheet as it lies in its file."""
    return json.dumps(tree, ensure_ascii=False, indent=1) + "\n"


def read_sheet(path: Path, name: str = "") -> LotSheet:
    """Read a lot sheet whose digest and signature hold.

    Parameters
    ----------
    path : Path
    name : str
        Name for messages; the path when left out.

    Returns
    -------
    LotSheet

    Raises
    ------
    DiskError, InputError
        ``E501``, ``E210``: it can't be read, or is larger than 2 MB; else as `sheet_of`.
    """
    return sheet_of(read_bytes(path, MAX_BYTES, name), name or str(path))


def sheet_of(data: bytes, name: str) -> LotSheet:
    """Give the sheet in the bytes of a file.

    Raises
    ------
    InputError
        ``E380``: no lot sheet; ``E381``: of another version; ``E382``: it was changed after it was
        made; ``E383``: its signature does not hold; what is wrong with its values.
    MissingError
        ``E510``: it is signed, and the extra ``sign`` is missing.
    """
    try:
        tree = parse(data)
    except ValueError as error:
        why = error.args[0] if error.args and isinstance(error.args[0], Sentence) else ""
        raise _no_sheet(name, why or say("not valid JSON")) from None
    said = str(tree.get("schema"))
    if not said.startswith(SCHEMA.rpartition("/")[0] + "/"):
        raise _no_sheet(name, say("its `schema` is another"), said)
    if said != SCHEMA:
        raise InputError.one(
            "E381", say("the lot sheet is of another version than this program reads ({own})", own=SCHEMA),
            file=name, key="schema", value=shorten(said, 60),
            suggestion=say("ask for one by this release, or read it with the release that made it"),
        )  # fmt: skip
    payload, digest = canonical(tree), tree.get("digest")
    if digest != hashlib.sha256(payload).hexdigest():
        raise InputError.one(
            "E382", say("the lot sheet was changed after it was made: its digest is that of another"),
            file=name, key="digest", value=shorten(str(digest), 70),
            suggestion=say("ask the firm that made it for the file as it was sent"),
        )  # fmt: skip
    try:
        sheet = LotSheet.model_validate(tree)
    except ValidationError as error:
        raise InputError(problems_of(error, tree_document(tree, name), LotSheet)) from None
    if sheet.signature is not None:
        _check_signature(sheet, payload, name)
    return sheet


def _no_sheet(name: str, why: str, value: str = "") -> CardatoError:
    return InputError.one(
        "E380", say("this is no lot sheet: {why}", why=why), file=name, value=shorten(value, 60),
        suggestion=say("name the file that `lca-cardato lot` wrote"),
    )  # fmt: skip


def _check_signature(sheet: LotSheet, payload: bytes, name: str) -> None:
    """Refuse a sheet whose signature is not that of the key in it.

    Raises
    ------
    InputError
        ``E383``, ``E510``.
    """
    found = library()
    said = sheet.signature
    assert said is not None
    try:
        key = public_of(said.public_key.encode())
        if key.keyid != said.keyid:
            raise ValueError
        signature = found.signer.Signature(said.keyid, said.sig)
        found.dsse.Envelope(payload, PAYLOAD, {said.keyid: signature}).verify([key], 1)
    except Exception:  # the libraries raise many kinds
        raise InputError([broken(name, said.keyid)]) from None


def broken(name: str, keyid: str) -> Problem:
    """Tell that a signature does not hold."""
    return Problem(
        "E383", say("the signature of the lot sheet does not hold"), name, key="signature",
        value=shorten(keyid, 20),
        suggestion=say("ask the firm that made it for the file as it was sent"),
    )  # fmt: skip


def kilograms(mass: Any) -> str:
    """Write an exact mass so that people can read it: to the gram."""
    return f"{float(mass):.3f}".rstrip("0").rstrip(".")
