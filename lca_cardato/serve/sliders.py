"""The page on which the blend of a scenario is moved by sliders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Optional, Sequence, Union

from lca_cardato.errors import CardatoError, Problem
from lca_cardato.files.reasons import reason
from lca_cardato.lcia.indicators import BY_ID
from lca_cardato.serve.blend import INDICATORS, BlendDesk, read_shares
from lca_cardato.serve.desk import shown
from lca_cardato.serve.folder import Item
from lca_cardato.serve.posted import posted
from lca_cardato.words.told import tell
from lca_cardato.words.units import signed

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from lca_cardato.serve.desk import Desk

UNITS = {name: BY_ID[name].unit for name in INDICATORS}


def _page(
    request: Request, item: Item, shares: Any, lines: Sequence[Union[Problem, str]]
) -> Response:
    desk: Desk = request.app.state.desk
    try:
        blend = desk.blend(item)
        start = blend.evaluate(blend.shares)
    except (CardatoError, OSError, UnicodeDecodeError) as error:
        return desk.problem(request, 400, "unreadable", getattr(error, "problems", [reason(error)]))
    words = desk.words(request)
    shares = shares or blend.shares
    found = start
    if shares != blend.shares and not lines:
        try:
            found = blend.evaluate(shares)
        except CardatoError as error:
            lines = [p.message for p in error.problems]
    return desk.page(
        request, "blend.html.j2", item=item, blend=blend, shares=shares, start=start, found=found,
        plain=lambda share: f"{share.normalize():f}", units=UNITS, indicators=INDICATORS,
        names={pack.claim: words.show(pack.name) for pack in blend.packs},
        problems=[desk.told(request, line) for line in [*lines, *found["problems"]]],
    )  # fmt: skip


async def show(request: Request) -> Response:
    """Show the sliders of a scenario."""
    desk: Desk = request.app.state.desk
    item = desk.item(request)
    return _page(request, item, None, []) if item else desk.problem(request, 404, "not_found")


async def _shares(request: Request) -> Optional[list[str]]:
    """Give the shares that a page sent, or None where it is not ours."""
    found = await posted(request, 100)
    return None if found is None else [value for name, value in found if name == "share"]


async def _answer(request: Request, use: Callable[[Item, BlendDesk, Any], Response]) -> Response:
    """Answer a form with what is made of its shares, or with the page that says what is wrong."""
    desk: Desk = request.app.state.desk
    item, values = desk.item(request), await _shares(request)
    if item is None or values is None:
        return desk.problem(request, 403, "refused")
    try:
        blend = desk.blend(item)
        return use(item, blend, read_shares(values, len(blend.lines)))
    except CardatoError as error:
        return _page(request, item, None, error.problems)


async def moved(request: Request) -> Response:
    """Show the page with other shares."""
    return await _answer(request, lambda item, _, shares: _page(request, item, shares, []))


async def figures(request: Request) -> Response:
    """Give figures and verdicts of other shares as JSON."""
    from starlette.responses import JSONResponse

    desk: Desk = request.app.state.desk
    item, values = desk.item(request), await _shares(request)
    if item is None or values is None:
        return JSONResponse({"problems": ["refused"]}, 403)
    words = desk.words(request)
    try:
        blend = desk.blend(item)
        found = blend.evaluate(read_shares(values, len(blend.lines)))
    except CardatoError as error:
        texts = [tell(problem.message, words.lang) for problem in error.problems]
        return JSONResponse({"problems": texts}, 400)
    start = blend.evaluate(blend.shares)["scores"]
    gaps = {
        n: signed(words, (v - start[n]) / start[n]) if v is not None and start[n] else ""
        for n, v in found["scores"].items()
    }
    return JSONResponse({
        **found, "differences": gaps,
        "problems": [desk.told(request, line) for line in found["problems"]],
        "shown": {n: shown(words, n, v, UNITS[n]) for n, v in found["scores"].items()},
        "words": {k: words(v) for k, v in found["verdicts"].items()},
    })  # fmt: skip


async def save(request: Request) -> Response:
    """Give the scenario with other shares as a file."""
    from starlette.responses import Response as Plain

    def file(item: Item, blend: BlendDesk, shares: Any) -> Response:
        name = "".join(c if c.isalnum() or c in "-_" else "-" for c in item.path.stem)[:60]
        return Plain(
            blend.scenario_text(shares).encode(), media_type="application/yaml",
            headers={"Content-Disposition": f'attachment; filename="{name}-blend.yaml"'},
        )  # fmt: skip

    return await _answer(request, file)
