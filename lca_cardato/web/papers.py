"""Files of documents in the page: kept beside the scenarios that name them, in memory alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lca_cardato.errors import CardatoError, InputError
from lca_cardato.files.read import lies_inside
from lca_cardato.sentence import say
from lca_cardato.serve.folder import find
from lca_cardato.serve.form.routes import lines
from lca_cardato.web.asked import PlainTextResponse

if TYPE_CHECKING:
    from lca_cardato.web.pages import PageDesk

MOST = 30_000_000
"""Bytes of all documents: a run folder that holds them can still be dropped on the page."""
NO_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
SCENARIOS = (".yaml", ".yml")


def take(request: Any) -> Any:
    """Keep the file of a document: ``/paper?name=NAME`` with its bytes; say what it is called."""
    desk: PageDesk = request.app.state.desk
    name = NO_NAME.sub("-", request.query_params.get("name", ""))[-120:].lstrip(". ") or "file"
    size = request.query_params.get("size", "")
    try:
        keep(desk.folder, name, request.received, int(size) if size.isdecimal() else 0)
    except CardatoError as error:
        return PlainTextResponse("\n".join(lines(error, desk.words(request).lang)), 422)
    return PlainTextResponse(name)


def keep(folder: Path, name: str, data: bytes, size: int = 0) -> None:
    """Put the file of a document where the scenarios of the page look for it.

    Parameters
    ----------
    folder : Path
    name : str
    data : bytes
    size : int
        Bytes of the file, where the page left out what is far too large.

    Raises
    ------
    InputError
        ``E206``: it is a scenario; ``E210``: with it, the documents are too large.
    """
    if name.lower().endswith(SCENARIOS):
        raise InputError.one(
            "E206", say("this is a scenario, no document"), file=name,
            suggestion=say("drop it on the page: it is opened"),
        )  # fmt: skip
    whole = max(size, len(data)) + sum(
        path.stat().st_size for path in folder.iterdir() if path.is_file() and path.name != name
    )
    if whole > MOST:
        raise InputError.one(
            "E210",
            say("with it, the documents have {size} bytes, at most {max_bytes} are kept", size=whole, max_bytes=MOST),
            file=name, suggestion=say("the command reads larger ones"),
        )  # fmt: skip
    (folder / name).write_bytes(data)
    settle(folder)


def settle(folder: Path) -> None:
    """Put documents also where scenarios name them in a folder of their own (``papers/invoice.pdf``)."""
    from lca_cardato.text.yamltree import read_document

    for item in find(folder)[1]:
        if item.workbook:
            continue
        try:
            tree = read_document(item.path).data
        except CardatoError:
            continue
        papers = tree.get("documents") if isinstance(tree, dict) else None
        for paper in papers.values() if isinstance(papers, dict) else ():
            named = str(paper.get("file", "")) if isinstance(paper, dict) else ""
            kept, place = folder / Path(named).name, folder / named
            if named and kept != place and kept.is_file() and lies_inside(folder, named):
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(kept.read_bytes())


def kept(folder: Path) -> list[str]:
    """Names of the documents that are kept."""
    return sorted(
        path.name
        for path in folder.iterdir()
        if path.is_file() and not path.name.lower().endswith(SCENARIOS)
    )
