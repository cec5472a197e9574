"""Files of a run folder: digests, and a folder that appears whole or not at all."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Mapping

from lca_cardato.errors import DiskError
from lca_cardato.text.atomic import put_file, put_folder

SUMS = "SHA256SUMS"


def sha256(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def check_free(folder: Path) -> None:
    """Refuse an output folder that exists.

    Raises
    ------
    DiskError
        ``E503`` when it exists.
    """
    if folder.exists():
        raise DiskError.one(
            "E503", "the output folder exists; nothing is overwritten", file=str(folder),
            suggestion="name a new folder",
        )  # fmt: skip


def is_run(folder: Path) -> bool:
    """Whether a folder looks like one that `assess --out` wrote."""
    return (folder / SUMS).is_file() and (folder / "manifest.json").is_file()


def outside_runs(path: Path) -> None:
    """Refuse to write into a run folder, whose digests would no longer hold.

    Raises
    ------
    DiskError
        ``E504``.
    """
    for folder in path.absolute().parents:
        if is_run(folder):
            raise DiskError.one(
                "E504", "this lies in a run folder, whose digests would no longer hold",
                file=str(path), suggestion="name a place beside the run folder",
            )  # fmt: skip


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a new folder: beside it first, then renamed.

    Parameters
    ----------
    folder : Path
    files : mapping
        Path inside the folder, with ``/`` -> content.

    Raises
    ------
    DiskError
        The folder exists or can't be written; nothing is left behind.
    """
    check_free(folder)
    put_folder(folder, files)


def check_new(path: Path, hint: str = "name another file") -> None:
    """Refuse a file that is there.

    Raises
    ------
    DiskError
        ``E503``.
    """
    if path.exists():
        raise DiskError.one(
            "E503", "the file exists; nothing is overwritten", file=str(path),
            suggestion=hint,
        )  # fmt: skip


def write_file(
    path: Path, data: bytes, replace: bool = False, hint: str = "name another file"
) -> None:
    """Write a file beside its place first, then rename it.

    Parameters
    ----------
    path : Path
    data : bytes
    replace : bool
        Whether a file that is there may be replaced.
    hint : str
        What can be done when it is there.

    Raises
    ------
    DiskError
        ``E503`` when it exists, ``E502`` when it can't be written; nothing is left behind.
    """
    if not replace:
        check_new(path, hint)
    put_file(path, data)


def sums_text(files: Mapping[str, bytes]) -> bytes:
    """Lines that ``sha256sum -c`` reads, in the order of the names."""
    return "".join(f"{sha256(files[name])}  {name}\n" for name in sorted(files)).encode()


def read_sums(text: str) -> dict[str, str]:
    """Read such lines, name -> digest; a line of another form is left out."""
    found = {}
    for line in text.splitlines():
        digest, gap, name = line.partition("  ")
        if gap and len(digest) == 64:
            found[name] = digest
    return found
