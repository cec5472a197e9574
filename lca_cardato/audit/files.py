"""Files of a run folder: digests, and a folder that appears whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Iterable, Mapping

from lca_cardato.audit.read import read_file
from lca_cardato.files.atomic import sha256
from lca_cardato.files.runs import SUMS, is_junk, read_sums
from lca_cardato.sentence import say


def sums_text(files: Mapping[str, bytes]) -> bytes:
    """Lines that ``sha256sum -c`` reads, in the order of the names."""
    return "".join(f"{sha256(files[name])}  {name}\n" for name in sorted(files)).encode()


def below(folder: Path) -> dict[str, Path]:
    """List all that lies below a folder: name with slashes -> path, in the order of the names.

    Folders and links are there too, what systems leave is not.
    """
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*"))}
    return {name: path for name, path in found.items() if not is_junk(name)}


def check_digests(folder: Path, names: Iterable[str]) -> None:
    """Refuse files of a run folder that are not what its sums say; the rest is not looked at.

    Raises
    ------
    ValueError
        A file is another, or not listed.
    DiskError
        ``E501``.
    """
    listed = read_sums(read_file(folder, SUMS).decode("utf-8", errors="replace"))
    for name in names:
        if sha256(read_file(folder, name)) != listed.get(name):
            raise ValueError(
                say("{name} was changed after the run was made: lca-cardato verify", name=name)
            )
