"""The page on which the best blend of a scenario moves with what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable

from lca_cardato.errors import CardatoError
from lca_cardato.files.reasons import reason
from lca_cardato.serve import best
from lca_cardato.serve.blend import BlendDesk
from lca_cardato.serve.folder import Item
from lca_cardato.serve.posted import posted

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from lca_cardato.serve.desk import Desk

MOST = 200
"""Boxes that the page may have."""


async def show(request: Request) -> Response:
    """Show the page as it begins."""
    return await _answer(request, {}, _page)


async def moved(request: Request) -> Response:
    """Show the whole page with what was asked: the answer without scripts."""
    return await _sent(request, _page)


async def found(request: Request) -> Response:
    """Answer a box that moved: the best blend alone."""
    return await _sent(request, _found)


async def opened(request: Request) -> Response:
    """Open a blend as a scenario, in the form."""
    return await _sent(request, _form)


async def _sent(request: Request, use: Callable[..., Response]) -> Response:
    desk: Desk = request.app.state.desk
    sent = await posted(request, MOST)
    if sent is None:
        return desk.problem(request, 403, "refused")
    return await _answer(request, dict(sent), use)


async def _answer(request: Request, sent: dict[str, str], use: Callable[..., Response]) -> Response:
    from starlette.concurrency import run_in_threadpool

    desk: Desk = request.app.state.desk
    item = desk.item(request)
    if item is None:
        return desk.problem(request, 404, "not_found")
    try:
        blend = desk.blend(item)
    except (CardatoError, OSError, UnicodeDecodeError) as error:
        return desk.problem(request, 400, "unreadable", getattr(error, "problems", [reason(error)]))
    question = best.asked(sent, blend, desk.words(request))
    return await run_in_threadpool(use, request, item, blend, question, sent)


def _values(request: Request, blend: BlendDesk, question: best.Asked) -> dict[str, Any]:
    desk: Desk = request.app.state.desk
    made = best.answer(question, blend, desk.words(request))
    return {"made": made, "problems": [desk.told(request, one) for one in made.problems]}


def _page(
    request: Request, item: Item, blend: BlendDesk, question: best.Asked, _: dict[str, str]
) -> Response:
    desk: Desk = request.app.state.desk
    words = desk.words(request)
    return desk.page(
        request, "best.html.j2", item=item, blend=blend, asked=question, goals=best.GOALS,
        steps=best.STEPS, claims={pack.claim: words.show(pack.name) for pack in blend.packs},
        **_values(request, blend, question),
    )  # fmt: skip


def _found(
    request: Request, item: Item, blend: BlendDesk, question: best.Asked, _: dict[str, str]
) -> Response:
    desk: Desk = request.app.state.desk
    return desk.page(request, "best_found.html.j2", item=item, **_values(request, blend, question))


def _form(
    request: Request, item: Item, blend: BlendDesk, question: best.Asked, sent: dict[str, str]
) -> Response:
    """Show the form with the blend that a button names."""
    from lca_cardato.serve.form.draft import draft_of_tree
    from lca_cardato.serve.form.origin import origin_of, seen
    from lca_cardato.serve.form.routes import Sent, page

    desk: Desk = request.app.state.desk
    try:
        place = int(sent.get("point", "0")) if sent.get("point", "0").isdecimal() else 0
        searched = best.found(question, blend)
        tree = searched.scenario(min(place, len(searched.blends) - 1))
        origin = origin_of(f"file:{item.id}", desk.folder)
        draft = draft_of_tree(tree)
    except CardatoError as error:
        return desk.problem(request, 400, "unreadable", error.problems)
    return page(request, Sent(draft, origin, {":seen": seen(origin)}), calculated=True)
