"""The form as a page: shown, changed, calculated; with scripts and without."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

from lca_cardato.errors import CardatoError, InputError
from lca_cardato.serve.folder import find
from lca_cardato.serve.form.answer import Answer, answer
from lca_cardato.serve.form.boxes import Group
from lca_cardato.serve.form.draft import Node, add, draft_of, named, places, remove
from lca_cardato.serve.form.engine import engine
from lca_cardato.serve.form.origin import Origin, begun, files_below, origin_of, seen, shipped_names
from lca_cardato.serve.form.view import View
from lca_cardato.serve.posted import posted
from lca_cardato.words.told import problem_text

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from lca_cardato.serve.desk import Desk

MOST = 20_000
"""Boxes that a form may have."""
SENT = ("action", "source", "seen", "name", "other", "replace", "as")
"""What a page sends beside its boxes, each with a colon before it."""


class Sent:
    """What the page of the form sent.

    Attributes
    ----------
    draft : dict
    origin : Origin
    beside : dict
        Names of `SENT`, and of the choices beside the buttons that add (``new:route``).
    """

    def __init__(self, draft: Node, origin: Origin, beside: dict[str, str]) -> None:
        self.draft, self.origin, self.beside = draft, origin, beside

    def __getitem__(self, name: str) -> str:
        return self.beside.get(f":{name}", "")


async def sent(request: Request) -> Sent:
    """Read what the page sent.

    Raises
    ------
    InputError
        It is not of this start of the program (``E215``), or no form (``E206``).
    """
    from lca_cardato.sentence import say

    desk: Desk = request.app.state.desk
    found = await posted(request, MOST)
    await ready()
    if found is None:
        raise InputError.one(
            "E215", say("this page was opened before the program was started anew"),
            suggestion=say("load the page again; what was typed stays"),
        )  # fmt: skip
    beside = {name: value for name, value in found if ":" in name}
    draft = draft_of((name, value) for name, value in found if ":" not in name)
    try:
        origin = origin_of(beside.get(":source", ""), desk.folder)
    except InputError:  # what it was opened from is gone: what was typed is not
        origin = origin_of("", desk.folder)
    return Sent(draft, origin, beside)


async def ready() -> None:
    """Wait for the data behind the form; at the very first start they are installed, for seconds."""
    from starlette.concurrency import run_in_threadpool

    await run_in_threadpool(engine)


async def show(request: Request) -> Response:
    """Show the form of a scenario, or a blank one."""
    desk: Desk = request.app.state.desk
    told: tuple[str, ...] = ()
    mark, status = request.query_params.get("from", "yarn"), 200
    try:
        await ready()
        try:
            origin = origin_of(mark, desk.folder)
        except InputError as error:  # the address may carry a form all the same
            told, status = tuple(lines(error, desk.words(request).lang)), 404
            origin = origin_of("", desk.folder)
        draft = begun(origin)
    except (CardatoError, OSError) as error:
        return desk.problem(request, 400, "unreadable", lines(error, desk.words(request).lang))
    if origin.item is not None and request.query_params.get("saved"):
        told = (desk.words(request)("form_saved", file=origin.item.name),)
    return page(request, Sent(draft, origin, {":seen": seen(origin)}), status=status, told=told)


async def change(request: Request) -> Response:
    """Answer a button of the form without scripts: the whole page, changed."""
    desk: Desk = request.app.state.desk
    try:
        found = await sent(request)
    except InputError as error:
        return desk.problem(request, 403, "refused", lines(error, desk.words(request).lang))
    focus = act(found)
    return page(request, found, focus, calculated=True)


async def parts(request: Request) -> Response:
    """Answer a button that adds or takes out, or an address that carries a form: the boxes."""
    desk: Desk = request.app.state.desk
    try:
        found = await sent(request)
    except InputError as error:
        return alone(request, 422, lines(error, desk.words(request).lang))
    focus = act(found)
    return desk.page(request, "form_parts.html.j2", **shown(request, found, focus))


async def figures(request: Request) -> Response:
    """Answer what was typed: problems, or figures and verdicts."""
    desk: Desk = request.app.state.desk
    words = desk.words(request)
    try:
        found = await sent(request)
    except InputError as error:
        return alone(request, 422, lines(error, words.lang))
    view = View(found.draft, engine().data.inventory, words)
    made = answer(found.draft, found.origin.base, words, view.parts())
    return desk.page(request, "form_answer.html.j2", answer=made)


def page(
    request: Request, found: Sent, focus: str = "", calculated: bool = False, status: int = 200,
    told: tuple[str, ...] = (),
) -> Response:  # fmt: skip
    """Show the whole page."""
    desk: Desk = request.app.state.desk
    values = shown(request, found, focus)
    made: Optional[Answer] = None
    if calculated:
        words = desk.words(request)
        made = answer(found.draft, found.origin.base, words, values["parts"])
    _, scenarios = find(desk.folder)
    return desk.page(
        request, "form.html.j2", status, **values, answer=made, scenarios=scenarios,
        shipped=shipped_names(), source=found.origin.mark, item=found.origin.item,
        seen=found["seen"], may_write=desk.may_write, told_above=told,
    )  # fmt: skip


def shown(request: Request, found: Sent, focus: str) -> dict[str, Any]:
    """Give what the boxes of the form are made of."""
    desk: Desk = request.app.state.desk
    base = found.origin.base
    files, scenarios = files_below(base)
    view = View(found.draft, engine().data.inventory, desk.words(request), files, scenarios)
    return {
        "parts": view.parts(), "proposals": view.proposals(), "focus": focus,
        "is_group": lambda part: isinstance(part, Group),
    }  # fmt: skip


def act(found: Sent) -> str:
    """Do what a button says: ``add PLACE``, ``remove PLACE``; give what gets the focus then."""
    kind, _, name = found["action"].partition(" ")
    path = places(name)
    if path is None:
        return ""
    chosen = found.beside.get(f"new:{name}", "")
    if kind == "remove" and remove(found.draft, path):
        return f"add {named(path[:-1])}"
    if kind != "add":
        return ""
    if isinstance(path[-1], int):  # a reading is added to a step
        path, chosen = (*path, chosen), ""
    made = add(found.draft, path, chosen)
    return named(made) if made else ""


def lines(error: Exception, lang: str) -> list[str]:
    """Write problems as lines."""
    found = getattr(error, "problems", None)
    return [problem_text(one, lang) for one in found] if found else [str(error)]


def alone(request: Request, status: int, told: list[str]) -> Response:
    """Answer a script with sentences."""
    desk: Desk = request.app.state.desk
    return desk.page(request, "form_alone.html.j2", status, lines=told)
