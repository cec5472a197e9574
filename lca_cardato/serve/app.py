"""The pages as a Starlette application."""

from __future__ import annotations

import secrets
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Sequence

from lca_cardato.audit.diff import unlike_basis
from lca_cardato.charts.chart_style import without_marks
from lca_cardato.errors import CardatoError
from lca_cardato.lcia.indicators import BY_ID
from lca_cardato.report.formats.html import SIGNS
from lca_cardato.report.tables.notices import notice_blocks, of_several
from lca_cardato.results.comparison import comparable
from lca_cardato.results.notices import in_a_line, notices
from lca_cardato.serve.blend import INDICATORS, BlendDesk, read_shares
from lca_cardato.serve.digests import digests_hold
from lca_cardato.serve.folder import Item, find
from lca_cardato.words.language import LANGUAGES, Language
from lca_cardato.words.said import NAME
from lca_cardato.words.units import HEADLINE, STAGE_COLUMNS, display, signed

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin", "Cache-Control": "no-store", "X-Frame-Options": "DENY",
}  # fmt: skip
LARGEST = 20_000
UNITS = {name: BY_ID[name].unit for name in INDICATORS}


class Desk:
    """State of the application: folder, language, token, blends that were opened."""

    def __init__(self, folder: Path, lang: str, port: int) -> None:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined

        self.folder, self.lang = folder, lang
        self.hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}
        self.token = secrets.token_urlsafe(24)
        self.blends: dict[str, tuple[float, BlendDesk]] = {}
        self.templates = Environment(
            loader=FileSystemLoader(Path(__file__).resolve().parent / "templates"), autoescape=True,
            undefined=StrictUndefined,
            finalize=lambda v: without_marks(v) if type(v) is str else v,
        )  # fmt: skip

    def page(self, request: Request, name: str, status: int = 200, **values: Any) -> Response:
        """Write a page."""
        from starlette.responses import HTMLResponse

        lang = request.query_params.get("lang", request.cookies.get("lang", self.lang))
        lang = lang if lang in LANGUAGES else self.lang
        words = Language(lang)
        text = self.templates.get_template(name).render(
            words=words, t=words.group("page_"), lang=lang, other="it" if lang == "en" else "en", token=self.token,
            signs=SIGNS, shown=partial(shown, words), path=request.url.path,
            quoted=lambda text: words.quote(text, NAME), brief=lambda found: in_a_line(found, words),
            told=lambda questions, data: notice_blocks(notices(questions, data, words), words),
            several=lambda runs: of_several(
                [(run.name, run.document.get("notices", [])) for run in runs], words
            ),
            **values,
        )  # fmt: skip
        response = HTMLResponse(text, status)
        response.set_cookie("lang", lang, samesite="strict", httponly=True)
        return response

    def blend(self, item: Item) -> BlendDesk:
        """Open a scenario, anew where its file has changed."""
        changed = item.path.stat().st_mtime
        known = self.blends.get(item.id)
        if known is None or known[0] != changed:
            if len(self.blends) > 20:
                self.blends.clear()
            known = self.blends[item.id] = (changed, BlendDesk(item.path))
        return known[1]


def shown(words: Language, name: str, value: Any, unit: str) -> str:
    """Write a value in the unit of the floor."""
    if value is None:
        return "–"
    number, unit = display(name, value, unit)
    return f"{words.number(number)} {unit}"


def make_app(folder: Path, lang: str = "en", port: int = 8765) -> Starlette:
    """Make the application.

    Parameters
    ----------
    folder : Path
    lang : str
    port : int
        Requests for another host or port are refused.

    Returns
    -------
    Starlette
    """
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.routing import Mount, Route
    from starlette.staticfiles import StaticFiles

    desk = Desk(folder, lang, port)
    static = Path(__file__).resolve().parent / "static"
    app = Starlette(
        routes=[
            Route("/", _index), Route("/compare", _compare), Route("/blend/{id}", _blend),
            Route("/blend/{id}", _blend_post, methods=["POST"]),
            Route("/api/blend/{id}", _blend_json, methods=["POST"]),
            Route("/save/{id}", _save, methods=["POST"]),
            Mount("/static", StaticFiles(directory=static)),
        ],
        middleware=[Middleware(Guard)],
        exception_handlers={404: _missing},
    )  # fmt: skip
    app.state.desk = desk
    return app


class Guard:
    """Answer this machine's own pages only, put the policy on every answer, survive every page.

    A client that goes away is no fault; whatever else goes wrong while a page is made becomes a
    page that says so.
    """

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer a request."""
        from starlette.datastructures import MutableHeaders
        from starlette.requests import ClientDisconnect, Request
        from starlette.responses import PlainTextResponse

        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def sending(message: Any) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        request = Request(scope, receive)
        if not _welcome(request):
            await PlainTextResponse("refused", 403)(scope, receive, sending)
            return
        try:
            await self.app(scope, receive, sending)
        except (ClientDisconnect, ConnectionError):
            return
        except Exception as error:
            if begun:
                return
            told = [f"{type(error).__name__}: {error}"[:200]]
            try:
                answer = _problem(request, 500, "unreadable", told)
            except Exception:
                answer = PlainTextResponse(told[0], 500)
            await answer(scope, receive, sending)


def _welcome(request: Request) -> bool:
    """Whether a request comes from this machine's own pages, and is no larger than they are."""
    desk: Desk = request.app.state.desk
    if request.headers.get("host", "") not in desk.hosts:
        return False
    if request.method != "POST":
        return request.method in ("GET", "HEAD")
    origin = request.headers.get("origin")
    length = request.headers.get("content-length", "")
    return (origin is None or origin in {f"http://{host}" for host in desk.hosts}) and (
        length.isascii() and length.isdigit() and len(length) < 9 and int(length) <= LARGEST
    )


def _problem(request: Request, status: int, text: str, lines: Sequence[str] = ()) -> Response:
    desk: Desk = request.app.state.desk
    return desk.page(request, "problem.html.j2", status, text=text, lines=lines)


async def _missing(request: Request, error: Exception) -> Response:
    return _problem(request, 404, "not_found")


def _item(request: Request) -> Any:
    _, scenarios = find(request.app.state.desk.folder)
    return next((i for i in scenarios if i.id == request.path_params.get("id")), None)


async def _index(request: Request) -> Response:
    desk: Desk = request.app.state.desk
    runs, scenarios = find(desk.folder)
    held = {run.id: digests_hold(run.path) for run in runs if run.document}

    def page(some: list[Item]) -> Response:
        return desk.page(
            request, "index.html.j2", runs=some, scenarios=scenarios, held=held,
            folder=str(desk.folder.resolve()),
        )  # fmt: skip

    try:
        return page(runs)
    except Exception:  # of which run, is seen when each is shown alone
        return page([_shown_or_told(run, page) for run in runs])


def _shown_or_told(run: Item, page: Callable[[list[Item]], Response]) -> Item:
    try:
        page([run])
        return run
    except Exception as error:
        told = f"{type(error).__name__}: {error}"[:200]
        return replace(run, document=None, problem=told)


async def _compare(request: Request) -> Response:
    desk: Desk = request.app.state.desk
    runs = {run.id: run for run in find(desk.folder)[0] if run.document}
    pair = [runs.get(request.query_params.get(key, "")) for key in ("a", "b")]
    if None in pair:
        return _problem(request, 404, "not_found")
    first, second = (run.document for run in pair if run is not None)
    assert first is not None and second is not None
    if apart := unlike_basis(first, second):
        told = [f"{row.path}: {row.before} / {row.now}" for row in apart]
        return _problem(request, 400, "not_comparable", told)
    rows = []
    for name in HEADLINE:
        a, b = (d["indicators"].get(name) for d in (first, second))
        if a and b:
            known = a["value"] and comparable(a["coverage"], b["coverage"])
            difference = (b["value"] - a["value"]) / a["value"] if known else None
            rows.append((name, a, b, difference))
    names = {c["id"]: c["name"] for d in (first, second) for c in d["claims"]}
    verdicts = [{c["id"]: c["verdict"] for c in d["claims"]} for d in (first, second)]
    claims = [(name, *(v.get(i, "not_applicable") for v in verdicts)) for i, name in names.items()]
    return desk.page(
        request, "compare.html.j2", runs=pair, rows=rows, claims=claims,
        stages=list(first["indicators"]["climate_change"]["by_stage"]), signed=signed,
        columns=STAGE_COLUMNS, documents=(first, second),
    )  # fmt: skip


def _blend_page(request: Request, item: Item, shares: Any, lines: list[str]) -> Response:
    desk: Desk = request.app.state.desk
    try:
        blend = desk.blend(item)
        start = blend.evaluate(blend.shares)
    except (CardatoError, OSError, UnicodeDecodeError) as error:
        texts = [str(p) for p in getattr(error, "problems", [])] or [str(error)]
        return _problem(request, 400, "unreadable", texts)
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
        names={pack.claim: pack.name for pack in blend.packs},
        problems=[*lines, *found["problems"]],
    )  # fmt: skip


async def _blend(request: Request) -> Response:
    item = _item(request)
    return _blend_page(request, item, None, []) if item else _problem(request, 404, "not_found")


async def _form(request: Request) -> Any:
    """Shares of a form, or None where its token is not ours."""
    from urllib.parse import parse_qs

    desk: Desk = request.app.state.desk
    try:
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST:  # whatever the head of the request said
                return None
        form = parse_qs(body.decode("ascii"), max_num_fields=100, keep_blank_values=True)
    except ValueError:
        return None
    if not secrets.compare_digest(form.get("token", [""])[0].encode(), desk.token.encode()):
        return None
    return form.get("share", [])


async def _answer(request: Request, use: Callable[[Item, BlendDesk, Any], Response]) -> Response:
    """Answer a form with what is made of its shares, or with the page that says what is wrong."""
    item, values = _item(request), await _form(request)
    desk: Desk = request.app.state.desk
    if item is None or values is None:
        return _problem(request, 403, "refused")
    try:
        blend = desk.blend(item)
        return use(item, blend, read_shares(values, len(blend.lines)))
    except CardatoError as error:
        return _blend_page(request, item, None, [str(p) for p in error.problems])


async def _blend_post(request: Request) -> Response:
    return await _answer(request, lambda item, _, shares: _blend_page(request, item, shares, []))


async def _blend_json(request: Request) -> Response:
    from starlette.responses import JSONResponse

    item, values = _item(request), await _form(request)
    if item is None or values is None:
        return JSONResponse({"problems": ["refused"]}, 403)
    desk: Desk = request.app.state.desk
    lang = request.cookies.get("lang", desk.lang)
    words = Language(lang if lang in LANGUAGES else desk.lang)
    try:
        blend = desk.blend(item)
        found = blend.evaluate(read_shares(values, len(blend.lines)))
    except CardatoError as error:
        return JSONResponse({"problems": [p.message for p in error.problems]}, 400)
    start = blend.evaluate(blend.shares)["scores"]
    gaps = {
        n: signed(words, (v - start[n]) / start[n]) if v is not None and start[n] else ""
        for n, v in found["scores"].items()
    }
    return JSONResponse({
        **found, "differences": gaps,
        "shown": {n: shown(words, n, v, UNITS[n]) for n, v in found["scores"].items()},
        "words": {k: words(v) for k, v in found["verdicts"].items()},
    })  # fmt: skip


async def _save(request: Request) -> Response:
    from starlette.responses import Response as Plain

    def file(item: Item, blend: BlendDesk, shares: Any) -> Response:
        name = "".join(c if c.isalnum() or c in "-_" else "-" for c in item.path.stem)[:60]
        return Plain(
            blend.scenario_text(shares).encode(), media_type="application/yaml",
            headers={"Content-Disposition": f'attachment; filename="{name}-blend.yaml"'},
        )  # fmt: skip

    return await _answer(request, file)
