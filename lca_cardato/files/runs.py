"""Run folders: how to tell one."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from lca_cardato.errors import DiskError
from lca_cardato.sentence import say

SUMS = "SHA256SUMS"
JUNK = (".ds_store", "thumbs.db", "desktop.ini", "__macosx")
"""Files and folders that systems leave where somebody looked or packed; no part of a run."""


def is_junk(name: str) -> bool:
    """Whether a file, by its place in a folder, is one that a system left there.

    Examples
    --------
    >>> [is_junk(name) for name in ("tables/.DS_Store", "__MACOSX/run/._a.json", "._x.yaml", "a.yaml")]
    [True, True, True, False]
    """
    parts = PurePosixPath(name).parts
    return any(part.casefold() in JUNK or part.startswith("._") for part in parts)


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
                "E504", say("this lies in a run folder, whose digests would no longer hold"),
                file=str(path), suggestion=say("name a place beside the run folder"),
            )  # fmt: skip


def read_sums(text: str) -> dict[str, str]:
    """Read lines that ``sha256sum -c`` reads, name -> digest; a line of another form is left out."""
    found = {}
    for line in text.splitlines():
        digest, gap, name = line.partition("  ")
        if gap and len(digest) == 64:
            found[name] = digest
    return found
