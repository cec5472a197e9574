"""Where a form begins: blank, from a shipped scenario, or from one of the folder."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

from lca_cardato.errors import InputError
from lca_cardato.scenario.entry.names import spell_out
from lca_cardato.scenario.load import validate_document
from lca_cardato.scenario.open import open_scenario
from lca_cardato.scenario.shipped import is_space, shipped_scenario, shipped_scenarios
from lca_cardato.sentence import say
from lca_cardato.serve.folder import Item, find
from lca_cardato.serve.form.draft import Node, draft_of_tree
from lca_cardato.text.yamltree import Document, read_document

BLANK = ("yarn", "fabric")
FILES = 300
"""Files of a folder that are proposed for documents."""
DEPTH = 3


@dataclass(frozen=True)
class Origin:
    """Where a form begins.

    Attributes
    ----------
    mark : str
        ``yarn`` or ``fabric``, ``shipped:NAME``, or ``file:ID`` of a file in the folder.
    base : Path
        Folder that the documents lie in, and a saved file goes to.
    item : Item or None
        The file, if it is one.
    """

    mark: str
    base: Path
    item: Optional[Item] = None


def origin_of(mark: str, folder: Path) -> Origin:
    """Find where a form begins.

    Raises
    ------
    InputError
        ``E215``: no such scenario is shipped, or lies in the folder.
    """
    kind, _, name = mark.partition(":")
    if kind == "shipped":
        shipped_scenario(name)
        return Origin(mark, folder)
    if kind == "file":
        item = next((one for one in find(folder)[1] if one.id == name), None)
        if item is None:
            raise InputError.one(
                "E215", say("the scenario is no longer in the folder"),
                suggestion=say("begin with another one"),
            )  # fmt: skip
        return Origin(mark, item.path.parent, item)
    return Origin(mark if mark in BLANK else BLANK[0], folder)


def begun(origin: Origin) -> Node:
    """Give the boxes that a form begins with.

    Raises
    ------
    InputError, DiskError
        The file can't be read, or holds what the form has no box for.
    """
    kind, _, name = origin.mark.partition(":")
    if kind == "shipped":
        return draft_of_tree(_with_digests(read_document(shipped_scenario(name))))
    if origin.item is not None:
        document, problems = open_scenario(origin.item.path)
        if problems := [*problems, *spell_out(document)]:
            raise InputError(problems)
        of_this_schema(document)
        return draft_of_tree(document.data)
    return {"company": {}, "product": {"type": origin.mark}, "blend": [{}]}


def of_this_schema(document: Document) -> None:
    """Refuse a scenario of another schema: the form would write it as one of its own.

    Parameters
    ----------
    document : Document

    Raises
    ------
    InputError
        ``E218``: of a newer one; ``E215``: of none that there is.
    """
    try:
        validate_document(document)
    except InputError as error:
        if found := [one for one in error.problems if one.key == "schema"]:
            raise InputError(found) from None


def seen(origin: Origin) -> str:
    """SHA-256 of the file that a form was opened from, as it is now; empty for none."""
    if origin.item is None or not origin.item.path.is_file():
        return ""
    return hashlib.sha256(origin.item.path.read_bytes()).hexdigest()


def _with_digests(document: Document) -> object:
    """Name the documents of a shipped scenario by digest: they lie in no folder of the user's."""
    tree, base = document.data, Path(document.name).parent
    if isinstance(tree, dict):
        papers = tree.get("documents")
        for paper in papers.values() if isinstance(papers, dict) else ():
            if isinstance(paper, dict) and "file" in paper:
                data = (base / str(paper.pop("file"))).read_bytes()
                paper["sha256"] = hashlib.sha256(data).hexdigest()
    return tree


def shipped_names() -> list[str]:
    """Names of the shipped scenarios."""
    return [name for name in shipped_scenarios() if not is_space(name)]


def files_below(base: Path) -> tuple[list[str], list[str]]:
    """List files that may be named, relative to the folder.

    Parameters
    ----------
    base : Path

    Returns
    -------
    tuple of (list of str, list of str)
        Documents and scenarios, a few hundred of each at most.
    """
    found: tuple[list[str], list[str]] = ([], [])
    for place, folders, names in os.walk(base):
        here = Path(place).relative_to(base)
        folders[:] = (
            sorted(n for n in folders if not n.startswith(".")) if len(here.parts) < DEPTH else []
        )
        if "run.json" in names:
            folders.clear()
            continue
        for name in sorted(names):
            rows = found[name.endswith((".yaml", ".yml"))]
            if not name.startswith(".") and len(rows) < FILES:
                rows.append((here / name).as_posix())
    return found
