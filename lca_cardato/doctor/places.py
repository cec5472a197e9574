"""Folders that the program uses, and what lies in them."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path

STORE = re.compile("[0-9a-f]{24}")
NEEDED_MB = 100
"""Free space that a first run is safe with; a store takes some 6 MB."""


def look(folder: Path) -> tuple[bool, int]:
    """Look at a folder without making it; in one that exists, a file is written and taken away.

    Returns
    -------
    writable : bool
    free : int
        Free space of its disk, MB.
    """
    near = folder.absolute()
    while not near.exists() and near != near.parent:
        near = near.parent
    free = int(shutil.disk_usage(near).free / 1e6)
    if near == folder.absolute():
        return near.is_dir() and _takes_a_file(near), free
    return near.is_dir() and os.access(near, os.W_OK), free


def _takes_a_file(folder: Path) -> bool:
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"0")
    except OSError:
        return False
    return True


def other_stores(home: Path, current: str) -> tuple[int, int]:
    """Stores of other versions or inventories: how many, and their size in MB."""
    if not home.is_dir():
        return 0, 0
    folders = [one for one in home.iterdir() if STORE.fullmatch(one.name) and one.name != current]
    size = sum(file.stat().st_size for one in folders for file in one.rglob("*") if file.is_file())
    return len(folders), round(size / 1e6)
