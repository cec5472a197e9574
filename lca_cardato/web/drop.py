"""A file that is dropped on the page: a scenario, or somebody else's run."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from lca_cardato.audit import archive
from lca_cardato.errors import CardatoError, InputError
from lca_cardato.files.runs import is_run
from lca_cardato.sentence import say
from lca_cardato.serve.form.routes import lines
from lca_cardato.web.asked import RedirectResponse
from lca_cardato.web.papers import settle
from lca_cardato.web.runs import free

if TYPE_CHECKING:
    from lca_cardato.web.pages import PageDesk

LARGEST_SCENARIO = 500_000
"""Bytes of a scenario: reading YAML takes a minute for a few megabytes here."""
LARGEST_RUN = 30_000_000
UNPACKED = 80_000_000
"""Bytes of a run folder, packed and unpacked: all of it is kept in memory."""
PLAIN = re.compile(r"[^\w.-]+")


def take(request: Any) -> Any:
    """Take a file: ``/take?name=NAME`` with its bytes; show what it is."""
    desk: PageDesk = request.app.state.desk
    lang = desk.words(request).lang
    name = PLAIN.sub("-", request.query_params.get("name", ""))[-80:].lstrip(".-") or "file"
    try:
        size = request.query_params.get("size", "")
        return RedirectResponse(
            _taken(desk, name, request.received, int(size) if size.isdecimal() else 0)
        )
    except CardatoError as error:
        return desk.problem(request, 422, "web_not_taken", lines(error, lang))


def _taken(desk: PageDesk, name: str, data: bytes, size: int) -> str:
    """Take a file; of one that is far too large, the page tells the size alone."""
    ending, size = Path(name).suffix.lower(), max(size, len(data))
    packed = data[:4] == b"PK\x03\x04"
    if ending in (".yaml", ".yml") and not packed:
        _too_large(name, size, LARGEST_SCENARIO)
        return _scenario(desk, name, data)
    if ending in (".zip", "") or packed:
        _too_large(name, size, LARGEST_RUN)
    if ending == ".zip" or (packed and ending != ".xlsx"):
        return _run(desk, name, data)
    cure = say(
        "drop a scenario (.yaml), or a run folder packed as .zip; the file of a document is added at "
        "*Files of documents*"
    )
    if ending == ".xlsx":
        cure = say(
            "`lca-cardato convert` writes the workbook as YAML; `lca-cardato serve` reads it as it is"
        )
    raise InputError.one(
        "E206", say("this is neither a scenario nor a run folder"), file=name, suggestion=cure
    )


def _too_large(name: str, size: int, most: int) -> None:
    if size > most:
        raise InputError.one(
            "E210",
            say("the file has {size} bytes, at most {max_bytes} are read", size=size, max_bytes=most),
            file=name, suggestion=say("the command reads larger ones"),
        )  # fmt: skip


def _scenario(desk: PageDesk, name: str, data: bytes) -> str:
    from lca_cardato.serve.form.origin import of_this_schema
    from lca_cardato.text.yamltree import parse_document

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError.one("E204", say("the file is not UTF-8"), file=name) from None
    document = parse_document(text, name)
    if "lca-cardato/space/" in text[:4096]:
        raise InputError.one(
            "E206", say("this is a space, no scenario"), file=name,
            suggestion=say(
                "`lca-cardato optimise` and `batch` read it; here, drop its base scenario: *Best blend* "
                "stands beside it"
            ),
        )  # fmt: skip
    if "lca-cardato/scenario/" not in text[:4096]:
        raise InputError.one(
            "E206", say("this is no scenario: its first lines name no schema"), file=name,
            suggestion=say("a scenario begins with `schema: lca-cardato/scenario/1`"),
        )  # fmt: skip
    of_this_schema(document)
    path = desk.folder / name
    path.write_bytes(data)
    settle(desk.folder)
    return f"/form?from=file:{quote(desk.key_of(path))}"


def _run(desk: PageDesk, name: str, data: bytes) -> str:
    archive.MAX_UNPACKED = min(archive.MAX_UNPACKED, UNPACKED)
    room = Path(gettempdir()) / name
    if room.suffix.lower() != ".zip":
        room = room.with_suffix(".zip")
    room.write_bytes(data)
    desk.called[str(room)] = name
    try:
        with archive.opened(room) as folder:
            if not is_run(folder):
                raise InputError.one(
                    "E206", say("this is neither a scenario nor a run folder"), file=name,
                    suggestion=say("drop a scenario (.yaml), or a run folder packed as .zip"),
                )  # fmt: skip
            target = free(desk.folder, folder.name.removeprefix("run-"))
            shutil.copytree(folder, target)
            desk.called[str(target)] = name
    finally:
        room.unlink()
    return f"/verify/{desk.key_of(target)}"
