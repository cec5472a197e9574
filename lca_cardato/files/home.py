"""The data directory of the tool, and how processes share it."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import Iterator

from lca_cardato.errors import BusyError, DiskError
from lca_cardato.files.reasons import reason
from lca_cardato.sentence import say

LOCK_TIMEOUT = 600.0


def data_home() -> Path:
    """Give the tool's own data directory.

    ``LCA_CARDATO_HOME`` sets it; otherwise the user's data folder of the platform, or a folder
    below the temporary directory where there is no home.
    """
    own = os.environ.get("LCA_CARDATO_HOME")
    if own:
        return Path(own)
    from platformdirs import user_data_path

    try:
        return user_data_path("lca-cardato", appauthor=False)
    except RuntimeError:  # no home directory
        return Path(tempfile.gettempdir()) / "lca-cardato"


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other processes from making a folder of the data directory at the same time.

    Raises
    ------
    BusyError
        ``E701``, another process has held it for more than ten minutes.
    """
    from filelock import FileLock, Timeout

    try:
        with FileLock(f"{folder}.lock", timeout=LOCK_TIMEOUT):
            yield
    except Timeout:
        raise BusyError.one("E701", say("another process is building the inventories")) from None


@contextlib.contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn an error of the disk into one for people: the data directory can't be written.

    Raises
    ------
    DiskError
        ``E502``.
    """
    try:
        yield
    except OSError as error:
        raise DiskError.one(
            "E502", say("the data directory can't be written: {reason}", reason=reason(error)),
            file=str(folder), suggestion=say("set LCA_CARDATO_HOME to a folder that can"),
        ) from None  # fmt: skip
