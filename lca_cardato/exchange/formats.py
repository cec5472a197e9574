"""Formats of other programs that processes are read from."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path, PurePosixPath
from typing import Optional

from lca_cardato.errors import InputError
from lca_cardato.exchange.imported import MAX_BYTES, Read
from lca_cardato.exchange.packages import Package
from lca_cardato.files.atomic import sha256
from lca_cardato.files.read import read_bytes
from lca_cardato.files.workbook import check_container
from lca_cardato.sentence import joined, say

ENDINGS = (".xlsx", ".zip")


def read_foreign(file: Path) -> Read:
    """Open a file of another program.

    Parameters
    ----------
    file : Path
        A workbook as bw2io writes it (``.xlsx``), or a package of openLCA (``.zip``).

    Raises
    ------
    InputError
        ``E324`` for another ending, ``E210``, ``E211``, ``E212``, ``E214`` and ``E322`` for a
        file that is too large, hostile or unsound.
    DiskError
        ``E501``.
    """
    ending = file.suffix.lower()
    if ending == ".xlsx":
        read = _workbook(file)
    elif ending == ".zip":
        read = open_package(file)
    else:
        raise InputError.one(
            "E324", say("a process is read from {endings}", endings=list(ENDINGS)), file=str(file)
        )  # fmt: skip
    if not read.heads:
        raise InputError.one(
            "E322", say("the file holds no process"), file=str(file),
            suggestion=joined(read.told[:3]),
        )  # fmt: skip
    return read


def _workbook(file: Path) -> Read:
    from lca_cardato.exchange.excel_in import head_of, processes_of

    data = read_bytes(file, MAX_BYTES)
    check_container(data, str(file), links=True)
    check_names(data, str(file))
    found, unread = processes_of(data, str(file))
    heads = {code: head_of(process) for code, process in found.items()}
    read = Read(file, sha256(data), "Brightway workbook", heads, found.__getitem__)
    read.told = unread
    return read


def check_names(data: bytes, file: str) -> None:
    """Refuse parts whose names lead out of a folder; nothing is ever unpacked to the disk."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            path = PurePosixPath(name.replace("\\", "/"))
            if path.is_absolute() or ".." in path.parts or ":" in "".join(path.parts[:1]):
                raise InputError.one(
                    "E214", say("a part of the archive has a path out of it"), file=file,
                    value=name[:100],
                )  # fmt: skip


def open_package(file: Path) -> Read:
    """Open an archive of openLCA (JSON-LD), or one with files of EcoSpold 2 or ILCD.

    Raises
    ------
    InputError
        As `Package`; ``E322`` where nothing of the kind is in it.
    """
    package = Package(file)
    names = [part.filename for part in package.parts if not part.is_dir()]
    kind = kind_of(names)
    if kind == "JSON-LD":
        from lca_cardato.exchange.jsonld_in import open_jsonld

        return open_jsonld(package)
    if kind == "EcoSpold 2":
        from lca_cardato.exchange.ecospold_in import open_ecospold

        return open_ecospold(package)
    inside: Optional[str] = next((n for n in names if n.lower().endswith((".zip", ".xlsx"))), None)
    raise InputError.one(
        "E322", say("the archive holds no process that is read; what it holds: {what}", what=kind or say("nothing known")),
        file=str(file), value=inside or "",
        suggestion=say("take the file inside it") if inside else
        say("export JSON-LD from openLCA, or give a single file"),
    )  # fmt: skip


def kind_of(names: list[str]) -> str:
    """What an archive is, by the names of its parts; empty where it can't be told."""
    folders = {
        (PurePosixPath(n).parent.name.lower(), PurePosixPath(n).suffix.lower()) for n in names
    }
    if ("processes", ".json") in folders:
        return "JSON-LD"
    if any(n.lower().endswith(".spold") for n in names):
        return "EcoSpold 2"
    if ("processes", ".xml") in folders:
        return "ILCD"
    return ""
