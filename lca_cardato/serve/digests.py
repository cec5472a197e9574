"""Whether the digests of a run folder hold; looked at again only where a file has changed."""

from __future__ import annotations

from pathlib import Path

from lca_cardato.audit.checks import files_check
from lca_cardato.errors import CardatoError
from lca_cardato.files.runs import is_run

KEPT = 1000
MOST_FILES = 2_000
MOST_BYTES = 100_000_000
Stamp = tuple[int, int, int]
_known: dict[Path, tuple[Stamp, str]] = {}


def digests_hold(folder: Path) -> str:
    """Hold the files of a run folder against its digests.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    str
        Key of the text that says how it is: ``digests_hold``, ``digests_broken``, or
        ``digests_unseen`` where there are none, or more than a page has time for.
    """
    try:
        stamp = _stamp(folder)
    except OSError:
        return "digests_broken"
    if not is_run(folder) or stamp[0] > MOST_FILES or stamp[1] > MOST_BYTES:
        return "digests_unseen"
    known = _known.get(folder)
    if known is None or known[0] != stamp:
        try:
            found = "digests_broken" if files_check(folder).problems else "digests_hold"
        except (CardatoError, OSError):
            found = "digests_broken"
        if len(_known) >= KEPT:
            _known.clear()
        known = _known[folder] = (stamp, found)
    return known[1]


def _stamp(folder: Path) -> Stamp:
    """Number of files, their bytes, and a number that changes when one of them is written."""
    count = size = 0
    changed: list[tuple[str, int, int]] = []
    for path in folder.rglob("*"):
        status = path.lstat()
        count += 1
        size += status.st_size
        changed.append((str(path), status.st_size, status.st_mtime_ns))
        if count > MOST_FILES:
            break
    return count, size, hash(tuple(sorted(changed)))
