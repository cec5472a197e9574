"""Run folders: how to tell one."""

from __future__ import annotations

from pathlib import Path

from lca_cardato.errors import DiskError
from lca_cardato.sentence import say

SUMS = "SHA256SUMS"


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
