"""A Brightway directory of our own, made once for all processes, so that the user's is not touched.

Importing Brightway opens a default project, and makes it where there is none. It does so without
a lock: of two processes that import it at the same moment, one stops ("File exists", "UNIQUE
constraint failed"). Once everything is there an import only reads.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sys
import warnings
from importlib.metadata import version
from pathlib import Path
from typing import Any, Iterator

USER_FOLDER = "LCA_CARDATO_USER_BRIGHTWAY"
"""Environment variable of our processes: what ``BRIGHTWAY2_DIR`` said before `isolate`."""
COMPLETE = "complete"
"""File in the directory that says that the default project is whole."""


def own_folder() -> Path:
    """Brightway directory of the tool; each version of Brightway has one of its own."""
    from lca_cardato.files.home import data_home

    return data_home() / f"brightway-{version('bw2data')}"


def isolate() -> None:
    """Give a process of our own a Brightway directory of its own.

    The command calls this before Brightway is imported, so that the user's directory is never
    touched, whether ``BRIGHTWAY2_DIR`` names it or not; it is remembered in `USER_FOLDER`. The
    Python API leaves the choice to the program that uses it.

    Raises
    ------
    DiskError
        ``E502``, the data directory can't be written.
    """
    if "bw2data" not in sys.modules:
        from lca_cardato.files.home import writing

        folder = own_folder()
        with writing(folder.parent):
            folder.mkdir(parents=True, exist_ok=True)
        given = os.environ.get("BRIGHTWAY2_DIR")
        if given and Path(given) != folder:
            os.environ[USER_FOLDER] = given
        os.environ["BRIGHTWAY2_DIR"] = str(folder)


def import_bw2calc() -> Any:
    """Import bw2calc without its hints and log lines on the screen.

    Raises
    ------
    BusyError
        ``E701``, another process has been making the directory for more than ten minutes.
    DiskError
        ``E502``, the data directory can't be written.
    """
    with _made_once(), warnings.catch_warnings(), io.StringIO() as nowhere:
        warnings.simplefilter("ignore")
        with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
            import bw2calc
    return bw2calc


@contextlib.contextmanager
def _made_once() -> Iterator[None]:
    """Let one process alone make the default project; what a killed one began is made anew."""
    folder = Path(os.environ.get("BRIGHTWAY2_DIR", ""))
    if "bw2data" in sys.modules or folder != own_folder() or (folder / COMPLETE).exists():
        yield
        return
    from lca_cardato.files.home import alone, writing

    with writing(folder.parent), alone(folder):
        if (folder / COMPLETE).exists():
            yield
            return
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        yield
        (folder / COMPLETE).touch()
