"""Open the file or the run folder of a yarn that a fabric names."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable, Mapping, Optional

from lca_cardato.errors import CardatoError, InputError
from lca_cardato.files.read import lies_inside, read_bytes
from lca_cardato.files.runs import SUMS, is_run, read_sums
from lca_cardato.scenario.open import open_scenario
from lca_cardato.sentence import say
from lca_cardato.text.yamltree import Document, read_document

MAX_BYTES = 50_000_000


@dataclass(frozen=True)
class YarnFile:
    """The scenario of a yarn, and where it came from.

    Attributes
    ----------
    document : Document
    folder : Path or None
        Folder of its documents; None where they are not looked for.
    run : mapping
        ``run``, ``version`` and ``inventory_sha256`` of the run folder that it lay in.
    """

    document: Document
    folder: Optional[Path] = None
    run: Mapping[str, str] = field(default_factory=dict)


Opener = Callable[[str, str], YarnFile]
"""Gives the yarn of a file as typed, and of a name in the fabric."""


def opener(base: Path, fabric: str, closed: bool = False) -> Opener:
    """Open yarns that lie beside a fabric.

    Parameters
    ----------
    base : Path
        Folder of the fabric's file; names of yarns are relative to it.
    fabric : str
        The fabric's file.
    closed : bool
        Whether yarns lie in that folder or below, and nowhere else.
    """

    def open_yarn(typed: str, _: str) -> YarnFile:
        place = base / typed
        if closed and not lies_inside(base, typed):
            raise InputError.one(
                "E365", say("the yarn must lie in the folder of the scenario or below"), value=typed
            )
        if not typed.strip() or Path(typed).is_absolute():
            raise InputError.one(
                "E365", say("a path relative to the file of the fabric is expected"), value=typed,
                suggestion=say("e.g. ../yarns/nm12.yaml"),
            )  # fmt: skip
        if fabric and Path(fabric).exists() and place.exists() and place.samefile(fabric):
            raise InputError.one(
                "E365", say("the fabric names itself as its yarn"), value=typed,
                suggestion=say("name the scenario of the yarn"),
            )  # fmt: skip
        if place.is_dir():
            return _run(place, typed)
        if not place.is_file():
            near = [p.name for p in _beside(place)]
            raise InputError.one(
                "E365", say("there is no such scenario and no such run folder"), value=typed,
                suggestion=say("there: {names}", names=near) if near else "",
            )  # fmt: skip
        if place.suffix.lower() == ".zip":
            raise InputError.one(
                "E365", say("the yarn lies in a zip archive"), value=typed,
                suggestion=say("unpack it beside the fabric, and name the folder of the run"),
            )  # fmt: skip
        document, found = open_scenario(place)
        if found:
            raise InputError(found)
        return YarnFile(document, place.parent)

    return open_yarn


def _beside(place: Path) -> list[Path]:
    """Scenarios in the folder that was named."""
    try:
        return sorted(p for p in place.parent.iterdir() if p.suffix in (".yaml", ".yml", ".xlsx"))[
            :6
        ]
    except OSError:
        return []


def _run(folder: Path, typed: str) -> YarnFile:
    """Open the yarn of a run folder, if its inputs are those of the run.

    Raises
    ------
    InputError
        ``E365``: no run folder; ``E366``: its inputs were changed.
    """
    if not is_run(folder):
        raise InputError.one(
            "E365", say("this folder is no run folder"), value=typed,
            suggestion=say("name the scenario of the yarn, or a folder that `assess --out` wrote"),
        )  # fmt: skip
    listed = read_sums(read_bytes(folder / SUMS, MAX_BYTES).decode("utf-8", "replace"))
    inputs = {name for name in listed if name.startswith("inputs/")} | {"manifest.json"}
    changed = [name for name in sorted(inputs) if _digest(folder / name) != listed.get(name)]
    try:
        manifest = json.loads(read_bytes(folder / "manifest.json", MAX_BYTES))
        stated = manifest["inputs"]
        changed += [n for n in sorted(inputs - {"manifest.json"}) if stated[n] != listed[n]]
        run = {
            "run": str(manifest["id"]), "version": str(manifest["tool"]["version"]),
            "inventory_sha256": str(manifest["digests"]["inventories"]),
        }  # fmt: skip
    except (ValueError, LookupError, TypeError):
        changed.append("manifest.json")
    if changed:
        raise InputError.one(
            "E366", say("the run of the yarn was changed after it was made: {name}", name=changed[0]),
            value=typed,
            suggestion=say("assess the yarn again, or name its scenario; `lca-cardato verify` tells more"),
        )  # fmt: skip
    return YarnFile(
        read_document(folder / "inputs/scenario.yaml"), folder / "inputs/documents", run
    )


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(read_bytes(path, MAX_BYTES)).hexdigest()
    except CardatoError:
        return ""
