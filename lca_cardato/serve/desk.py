"""What all pages share: folder, language, token, templates, scenarios that were opened."""

from __future__ import annotations

import secrets
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Optional, Sequence, Union

from lca_cardato.charts.chart_style import without_marks
from lca_cardato.errors import Problem
from lca_cardato.report.formats.html import SIGNS, safe_svg
from lca_cardato.report.tables.notices import notice_blocks, of_several
from lca_cardato.results.notices import in_a_line, notices
from lca_cardato.sentence import joined
from lca_cardato.serve.blend import BlendDesk
from lca_cardato.serve.folder import Item, find, key_of
from lca_cardato.words.language import LANGUAGES, Language
from lca_cardato.words.said import NAME
from lca_cardato.words.told import problem_text, tell
from lca_cardato.words.units import display, unit_name

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from lca_cardato.audit.reproduce import Means


class Desk:
    """State of the application: folder, language, token, blends that were opened."""

    opener: Callable[[Path], BlendDesk] = BlendDesk
    """Opens a scenario whose blend is moved."""
    alone = False
    """Whether the pages stand in a browser without a server: what needs one is left out."""

    means: Optional[Means] = None
    """How a run is calculated again; by the command's means where there are none."""

    def __init__(self, folder: Path, lang: str, port: int, may_write: bool = True) -> None:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined

        self.folder, self.lang, self.may_write = folder, lang, may_write
        self.hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}
        self.token = secrets.token_urlsafe(24)
        self.at_work = threading.Lock()
        """Held by what takes seconds and is done in a thread of its own: one at a time."""
        self.blends: dict[str, tuple[float, BlendDesk]] = {}
        self.templates = Environment(
            loader=FileSystemLoader(Path(__file__).resolve().parent / "templates"), autoescape=True,
            undefined=StrictUndefined,
            finalize=lambda v: without_marks(v) if type(v) is str else v,
        )  # fmt: skip

    def words(self, request: Request) -> Language:
        """Give the language of a request: of its address, of its cookie, or that of the start."""
        lang = request.query_params.get("lang", request.cookies.get("lang", self.lang))
        return Language(lang if lang in LANGUAGES else self.lang)

    def page(self, request: Request, name: str, status: int = 200, **values: Any) -> Response:
        """Write a page."""
        from markupsafe import Markup
        from starlette.responses import HTMLResponse

        words = self.words(request)
        lang = words.lang
        text = self.templates.get_template(name).render(
            words=words,
            t=words.group("page_"),
            f=words.group("form_"),
            lang=lang,
            other="it" if lang == "en" else "en",
            token=self.token,
            alone=self.alone,
            root="" if self.alone else "/",
            signs=SIGNS,
            svg=lambda picture: Markup(safe_svg(picture)),
            shown=partial(shown, words),
            path=request.url.path,
            quoted=lambda text: words.quote(text, NAME),
            brief=lambda found: in_a_line(found, words),
            told=lambda questions, data: notice_blocks(notices(questions, data, words), words),
            several=lambda runs: of_several(
                [(run.name, run.document.get("notices", [])) for run in runs], words
            ),
            **values,
        )
        response = HTMLResponse(text, status)
        response.set_cookie("lang", lang, samesite="strict", httponly=True)
        return response

    def problem(
        self, request: Request, status: int, text: str, lines: Sequence[Union[Problem, str]] = ()
    ) -> Response:
        """Write the page of a request that can't be answered."""
        shown = [self.told(request, line) for line in lines]
        return self.page(request, "problem.html.j2", status, text=text, lines=shown)

    def told(self, request: Request, found: Union[Problem, str]) -> str:
        """Give a problem, or a sentence, in the language of a request."""
        lang = self.words(request).lang
        return problem_text(found, lang) if isinstance(found, Problem) else tell(found, lang)

    def key_of(self, path: Path) -> str:
        """Give the id of a scenario file of the folder."""
        return key_of(self.folder.resolve(), path.resolve())

    def item(self, request: Request) -> Optional[Item]:
        """Find the scenario that an address names."""
        _, scenarios = find(self.folder)
        return next((i for i in scenarios if i.id == request.path_params.get("id")), None)

    def blend(self, item: Item) -> BlendDesk:
        """Open a scenario, anew where its file has changed."""
        changed = item.path.stat().st_mtime
        known = self.blends.get(item.id)
        if known is None or known[0] != changed:
            if len(self.blends) > 20:
                self.blends.clear()
            known = self.blends[item.id] = (changed, type(self).opener(item.path))
        return known[1]


def shown(words: Language, name: str, value: Any, unit: str) -> str:
    """Write a value in the unit of the floor."""
    if value is None:
        return "–"
    number, unit = display(name, value, unit)
    return f"{words.number(number)} {unit_name(words, unit)}"


def sentence_of(problem: Problem) -> str:
    """Write a problem as a sentence, with its cure."""
    return joined([problem.message, problem.suggestion])
