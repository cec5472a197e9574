"""The shipped inventory files as they were read once, kept in the data directory.

Reading YAML takes longer than all that follows. What was read, and found sound, when the inventories were
installed is kept as JSON under the digest of the files, and stands for them as long as they are
the same, byte by byte. Nothing else is taken from it: a kept file that is damaged, or of other
files or another version, is as if it were not there.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from pathlib import Path
from typing import Any, Mapping, Optional

from lca_cardato import __version__
from lca_cardato.errors import CardatoError
from lca_cardato.files.atomic import write_file
from lca_cardato.files.home import data_home
from lca_cardato.inventory.records import SHIPPED, Inventory
from lca_cardato.text.yamltree import Document

FORMAT = 1
Trees = dict[str, dict[str, Any]]


def files_digest(files: Mapping[str, bytes]) -> str:
    """SHA-256 over relative names and bytes, independent of time stamps and place."""
    total = hashlib.sha256()
    for name, data in files.items():
        total.update(name.encode() + b"\0")
        total.update(hashlib.sha256(data).digest())
    return total.hexdigest()


def kept_file(digest: str) -> Path:
    """Place of what is kept for files of a digest."""
    parts = f"{FORMAT}\0{__version__}\0{digest}"
    return data_home() / f"read-{hashlib.sha256(parts.encode()).hexdigest()[:24]}.json"


def find(digest: str) -> Optional[Trees]:
    """Give what is kept for files of a digest.

    Parameters
    ----------
    digest : str
        `files_digest` of the shipped files.

    Returns
    -------
    dict or None
        Relative name -> ``data`` (the tree) and ``lines`` (section -> id -> line); none where
        nothing sound is kept.
    """
    try:
        said, _, body = kept_file(digest).read_bytes().partition(b"\n")
        if said.decode("ascii") != hashlib.sha256(body).hexdigest():
            return None
        return dict(json.loads(body))
    except (OSError, ValueError):
        return None


def document(name: str, tree: dict[str, Any], raw: bytes) -> Document:
    """Make the document of a kept file; records know their line, what is inside them does not."""
    places = {
        (section, key): (line, 1)
        for section, lines in tree["lines"].items()
        for key, line in lines.items()
    }
    return Document(name, tree["data"], places, "", raw)


def tree(read: Document) -> dict[str, Any]:
    """Give what is kept of a file that was parsed: its tree, and the lines of its records."""
    lines: dict[str, dict[str, int]] = {}
    for path, (line, _) in read.positions.items():
        if len(path) == 2 and isinstance(path[1], str):
            lines.setdefault(path[0], {})[path[1]] = line
    return {"data": read.data, "lines": lines}


def keep(inventory: Inventory) -> None:
    """Keep the shipped files of a sound inventory; where there is no room, nothing is kept.

    Parameters
    ----------
    inventory : Inventory
        Its `trees` are let go.
    """
    trees, inventory.trees = inventory.trees, {}
    shipped = inventory.files.get(SHIPPED, {})
    if trees.keys() != shipped.keys():  # kept before
        return
    body = json.dumps(trees, ensure_ascii=False, separators=(",", ":")).encode()
    whole = hashlib.sha256(body).hexdigest().encode() + b"\n" + body
    with contextlib.suppress(CardatoError, OSError):
        write_file(kept_file(files_digest(shipped)), whole, replace=True)
