"""A form as a file: downloaded, or written into the folder that is served."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from lca_cardato.errors import CardatoError, DiskError, InputError, Problem
from lca_cardato.files.atomic import write_file
from lca_cardato.files.runs import outside_runs
from lca_cardato.scenario.entry.write import workbook_bytes
from lca_cardato.sentence import say
from lca_cardato.serve.form.engine import engine
from lca_cardato.serve.form.origin import seen
from lca_cardato.serve.form.routes import Sent, lines, page, sent
from lca_cardato.serve.form.tree import filled
from lca_cardato.text.yamltree import parse_document
from lca_cardato.text.yamlwrite import yaml_text

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from lca_cardato.serve.desk import Desk

ENDINGS = (".yaml", ".yml", ".xlsx")
FILE = re.compile(r"[^\W_][\w.() -]{0,80}\.(?:ya?ml|xlsx)")
KINDS = {
    "yaml": "application/yaml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])\.", re.IGNORECASE)


def text_of(found: Sent) -> str:
    """Write a form as YAML, which is read as the same.

    Raises
    ------
    InputError
        Entries without a name; texts that no file may hold.
    """
    made = filled(found.draft)
    if made.problems:
        raise InputError(made.problems)
    text = yaml_text(made.tree)
    parse_document(text)
    return text


async def download(request: Request) -> Response:
    """Give the form as a file, also where it is not complete."""
    desk: Desk = request.app.state.desk
    lang = desk.words(request).lang
    form = request.path_params["form"]
    if form not in KINDS:
        return desk.problem(request, 404, "not_found")
    try:
        found = await sent(request)
        data = data_of(found, f".{form}", lang)
    except InputError as error:
        return desk.problem(request, 422, "refused", lines(error, lang))
    return attached(data, f"{filled(found.draft).tree['id']}.{form}", KINDS[form])


def data_of(found: Sent, ending: str, lang: str) -> bytes:
    """Write a form as YAML, or as a workbook in a language.

    Raises
    ------
    InputError
        As `text_of`.
    """
    text = text_of(found)
    if ending != ".xlsx":
        return text.encode()
    return workbook_bytes(filled(found.draft).tree, lang, engine().data.inventory)


def attached(data: bytes, name: str, kind: str) -> Response:
    """Answer with a file to be kept, under a name that is one everywhere."""
    from starlette.responses import Response as Plain

    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in name)[-80:]
    head = {"Content-Disposition": f'attachment; filename="{plain}"'}
    return Plain(data, media_type=kind, headers=head)


def may_write(desk: Desk) -> None:
    """Refuse to write where the folder is only read.

    Raises
    ------
    DiskError
        ``E502``.
    """
    if not desk.may_write:
        raise DiskError.one(
            "E502", say("nothing is written into this folder"),
            suggestion=say("download the file in its place"),
        )  # fmt: skip


async def keep(request: Request) -> Response:
    """Write the form into the folder, and open what was written."""
    from starlette.responses import RedirectResponse

    desk: Desk = request.app.state.desk
    lang = desk.words(request).lang
    try:
        found = await sent(request)
    except InputError as error:
        return desk.problem(request, 403, "refused", lines(error, lang))
    try:
        may_write(desk)
        target = target_of(found)
        data = data_of(found, target.suffix, lang)
        outside_runs(target)
        write_file(target, data, replaces(found, target), say("name another file"))
    except CardatoError as error:
        return page(request, found, calculated=True, status=409, told=tuple(lines(error, lang)))
    key = desk.key_of(target)
    return RedirectResponse(f"/form?from=file:{key}&saved=yes", 303)


def target_of(found: Sent) -> Path:
    """Give the file that a form is to be written to.

    Raises
    ------
    InputError
        ``E215``: no name of a file, or one with a folder in it.
    """
    name = found["name"].strip()
    name = name if not name or name.endswith(ENDINGS) else f"{name}.yaml"
    if not FILE.fullmatch(name) or RESERVED.match(name) or name.endswith(".space.yaml"):
        raise InputError([
            Problem("E215", say("a name of a file is expected, without a folder"), value=name[:80],
                    suggestion=say("letters, digits, '-' and '.', as in my-yarn.yaml"))
        ])  # fmt: skip
    return found.origin.base / name


def replaces(found: Sent, target: Path) -> bool:
    """Whether a file that is there may be replaced: only the one that was opened, as it was then.

    Raises
    ------
    DiskError
        ``E503``: it was changed since by someone else, or in another tab.
    """
    origin = found.origin
    if origin.item is None or target != origin.item.path or found["replace"] != "yes":
        return False
    if seen(origin) != found["seen"]:
        raise DiskError.one(
            "E503", say("the file was changed after it was opened here"), file=target.name,
            suggestion=say("save under another name, or open it anew"),
        )  # fmt: skip
    return True
