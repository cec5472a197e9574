"""The pages in the browser: those of `serve` that need no server, and what is dropped on them."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

from jinja2 import ChoiceLoader, FileSystemBytecodeCache, FileSystemLoader

from lca_cardato.files.home import data_home
from lca_cardato.serve import reports, sliders
from lca_cardato.serve.desk import Desk
from lca_cardato.serve.form import routes, save
from lca_cardato.web import drop, papers, runs
from lca_cardato.web.again import again
from lca_cardato.web.answered import answered
from lca_cardato.web.asked import JSONResponse, Request, Response, done
from lca_cardato.web.assessed import Blend, assessed, mark_of

Handler = Callable[[Any], Any]
COMPILED = "templates"
"""Where the templates lie as Jinja compiled them, beside the other data; it knows them by their text."""
TEMPLATES = Path(__file__).resolve().parent / "templates"
LISTED = 200
"""Characters of an error that is nobody's fault but ours."""


class PageDesk(Desk):
    """The desk of a page in the browser: there is nobody who is to be kept out.

    Attributes
    ----------
    mark : dict
        What a result says of its making.
    called : dict
        Place of what was dropped -> the name that people know it by.
    """

    opener = Blend
    alone = True

    def __init__(self, folder: Path, lang: str, record: Mapping[str, Any]) -> None:
        super().__init__(folder, lang, 0)
        self.mark = mark_of(record)
        self.means = again(self.mark)
        self.called: dict[str, str] = {}
        self.templates.loader = ChoiceLoader([FileSystemLoader(TEMPLATES), self.templates.loader])  # type: ignore[list-item]

    def page(self, request: Any, name: str, status: int = 200, **values: Any) -> Any:
        """Write a page, with the texts of the pages without a server."""
        return super().page(
            request,
            name,
            status,
            w=self.words(request).group("web_"),
            **{"kept_papers": papers.kept(self.folder), **values},
        )

    def told(self, request: Any, found: Any) -> str:
        """Give a problem or a sentence, without places in the memory of this page."""
        return self.plainly(super().told(request, found))

    def plainly(self, text: str) -> str:
        """Call what was dropped, and what is kept here, by the names that people know."""
        for place in sorted(self.called, key=len, reverse=True):
            text = text.replace(place, self.called[place])
        return text.replace(f"{self.folder}/", "")


class Pages:
    """Answers what the page asks.

    Parameters
    ----------
    folder : Path
        Scenarios and runs; in memory alone.
    lang : str
    record : mapping
        As `lca_cardato.web.browser.open_engine` gives it.
    """

    def __init__(self, folder: Path, lang: str, record: Mapping[str, Any]) -> None:
        self.desk = PageDesk(folder, lang, record)
        self.desk.templates.bytecode_cache = FileSystemBytecodeCache(str(data_home() / COMPILED))
        self.desk.token = secrets.token_hex(8)
        self.cookies: dict[str, str] = {"lang": lang}
        self.routes: dict[tuple[str, str], Handler] = {
            ("GET", "/"): runs.start, ("POST", "/take"): drop.take, ("POST", "/paper"): papers.take,
            ("GET", "/form"): routes.show, ("POST", "/form"): routes.change,
            ("POST", "/form/parts"): routes.parts, ("POST", "/form/figures"): routes.figures,
            ("POST", "/form/save/{form}"): save.download, ("POST", "/form/keep"): save.keep,
            ("POST", "/form/report"): runs.report, ("POST", "/form/run"): runs.keep,
            ("GET", "/run/{id}"): reports.run, ("GET", "/zip/{id}"): runs.zipped,
            ("GET", "/verify/{id}"): runs.verify, ("GET", "/reproduce/{id}"): runs.reproduce,
            ("GET", "/blend/{id}"): sliders.show, ("POST", "/blend/{id}"): sliders.moved,
            ("POST", "/api/blend/{id}"): sliders.figures, ("POST", "/save/{id}"): sliders.save,
            ("GET", "/best/{id}"): best("show"), ("POST", "/best/{id}"): best("moved"),
            ("POST", "/best/{id}/found"): best("found"),
            ("POST", "/best/{id}/open"): best("opened"),
            ("POST", "/answer"): answer,
        }  # fmt: skip

    def answer(self, method: str, address: str, body: bytes = b"") -> Response:
        """Answer a request; whatever goes wrong becomes a page that says so.

        Parameters
        ----------
        method : {"GET", "POST"}
        address : str
        body : bytes

        Returns
        -------
        Response

        Raises
        ------
        MemoryError
            There is none left.
        """
        state = SimpleNamespace(desk=self.desk)
        request: Any = Request(method, address, body, state, self.cookies)
        try:
            found = done(self._handler(request)(request))
        except MemoryError:  # a page that says so would need some too: the browser tells it
            raise
        except Exception as error:
            told = [f"{type(error).__name__}: {error}"[:LISTED]]
            found = done(self.desk.problem(request, 500, "unreadable", told))
        self.cookies.update(found.cookies)
        return found

    def plain(self, method: str, address: str, body: Any) -> dict[str, Any]:
        """Answer a request of the page in plain data: ``status``, ``headers``, ``text``, ``data``.

        Parameters
        ----------
        method, address : str
        body : Uint8Array
            As the browser hands it over.
        """
        found = self.answer(method, address, body.to_bytes())
        told = found.headers["content-type"].startswith(("text/", "application/json"))
        return {
            "status": found.status_code, "headers": found.headers,
            "text": found.body.decode() if told else "", "data": None if told else found.body,
        }  # fmt: skip

    def _handler(self, request: Request) -> Handler:
        path = request.url.path
        for (method, pattern), handler in self.routes.items():
            head, _, rest = pattern.partition("{")
            name, _, tail = rest.partition("}")
            if method != request.method or not (path.startswith(head) and path.endswith(tail)):
                continue
            value = path[len(head) : len(path) - len(tail)]
            if bool(name) != bool(value) or "/" in value:
                continue
            if name:
                request.path_params[name] = value
            return handler
        return missing


def best(name: str) -> Handler:
    """Give a handler of the page of the best blend: what it needs is imported when it is asked."""

    def answer(request: Any) -> Any:
        from lca_cardato.serve import best_page

        return getattr(best_page, name)(request)

    return answer


def answer(request: Any) -> Any:
    """Answer a scenario with its files (``text``, ``lang``, ``files`` in Base64) in plain data.

    By this the page itself is held against the command; see `lca_cardato.web.answered`.
    """
    desk: PageDesk = request.app.state.desk
    asked = json.loads(request.received)
    with TemporaryDirectory() as room:
        for name, data in asked["files"].items():
            path = Path(room) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(base64.b64decode(data))
        found = answered(
            asked["text"], Path(room), asked["lang"], lambda loaded: assessed(loaded, desk.mark)
        )
    return JSONResponse(found)


def missing(request: Any) -> Any:
    """Answer where there is no such page."""
    desk: PageDesk = request.app.state.desk
    return desk.problem(request, 404, "not_found")
