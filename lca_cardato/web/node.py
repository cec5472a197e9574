"""Programs of others that put the page together: Node.js, npm and pip, asked in one way."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from lca_cardato.errors import DiskError
from lca_cardato.sentence import say
from lca_cardato.web.room import HERE, complaint


def program(name: str, why: str) -> str:
    """Give the path of a program.

    Parameters
    ----------
    name : str
    why : str
        What it is needed for, and what brings it: a sentence for whoever has not got it.

    Raises
    ------
    DiskError
        ``E509``: it is not installed.
    """
    found = shutil.which(name)
    if found is None:
        raise DiskError.one(
            "E509", say("the program `{name}` is not installed", name=name), suggestion=why
        )
    return found


def run(command: Sequence[str], folder: Path, wait: float) -> tuple[int, str]:
    """Run a program to its end.

    Parameters
    ----------
    command : sequence of str
    folder : Path
        Where it works.
    wait : float
        Seconds that it may take.

    Returns
    -------
    tuple of (int, str)
        Its exit code and what it complained of; -1 and a sentence where it could not be started or
        took too long.
    """
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=wait, check=False
        )
    except subprocess.TimeoutExpired:
        return -1, say("it did not end within {seconds} s", seconds=f"{wait:g}")
    except OSError as error:
        return -1, str(error)[:200]
    return done.returncode, done.stderr or done.stdout


def run_script(node: str, name: str, folder: Path, wait: float) -> str:
    """Let Node.js run a script of ours on a folder.

    Parameters
    ----------
    node : str
    name : str
        File beside this one.
    folder : Path
        What the script works on.
    wait : float
        Seconds that it may take.

    Returns
    -------
    str
        Nothing where all went well, else what went wrong, in a line.
    """
    code, told = run([node, str(HERE / name), str(folder)], folder, wait)
    return complaint(told) or f"node: {code}" if code else ""
