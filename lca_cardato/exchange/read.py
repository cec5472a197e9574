"""A file of another program, as read."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from lca_cardato.errors import InputError
from lca_cardato.exchange.imported import MAX_BYTES, Foreign
from lca_cardato.files.atomic import sha256
from lca_cardato.files.read import read_bytes
from lca_cardato.files.workbook import check_container


@dataclass
class Read:
    """A file that was read: its path and digest, its processes by code."""

    file: Path
    digest: str
    processes: dict[str, Foreign]


def read_foreign(file: Path) -> Read:
    """Read the processes of a Brightway workbook or of openLCA JSON-LD.

    Raises
    ------
    InputError
        ``E324`` for another ending, ``E210``, ``E211``, ``E212``, ``E214`` and ``E322`` for a
        file that is too large, hostile or unsound.
    DiskError
        ``E501``.
    """
    ending = file.suffix.lower()
    if ending not in (".xlsx", ".zip"):
        raise InputError.one(
            "E324", "a process is read from .xlsx (Brightway) or .zip (openLCA JSON-LD)",
            file=str(file),
        )  # fmt: skip
    data = read_bytes(file, MAX_BYTES)
    check_container(data, str(file))
    check_names(data, str(file))
    if ending == ".xlsx":
        from lca_cardato.exchange.excel_in import processes_of
    else:
        from lca_cardato.exchange.jsonld_in import processes_of
    found = processes_of(data, str(file))
    if not found:
        raise InputError.one("E322", "the file holds no process", file=str(file))
    return Read(file, sha256(data), found)


def check_names(data: bytes, file: str) -> None:
    """Refuse parts whose names lead out of a folder; nothing is ever unpacked to the disk."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            path = PurePosixPath(name.replace("\\", "/"))
            if path.is_absolute() or ".." in path.parts or ":" in "".join(path.parts[:1]):
                raise InputError.one(
                    "E214", "a part of the archive has a path out of it", file=file,
                    value=name[:100],
                )  # fmt: skip
