"""Runs in the browser: kept, shown, packed, examined, calculated again."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Optional

from lca_cardato.errors import CardatoError, DiskError, IntegrityError, shorten
from lca_cardato.sentence import say
from lca_cardato.serve.folder import Item, find
from lca_cardato.serve.form.routes import Sent, lines, sent
from lca_cardato.web.asked import HTMLResponse, RedirectResponse, Response
from lca_cardato.web.assessed import assessed

if TYPE_CHECKING:
    from lca_cardato.audit.checks import Check
    from lca_cardato.results.assessment import Assessment
    from lca_cardato.web.pages import PageDesk

SHOWN = 20
"""Lines of a check that are shown."""
MOST = 1000


def start(request: Any) -> Any:
    """Show what there is to begin with, and what was opened or kept."""
    desk: PageDesk = request.app.state.desk
    found, scenarios = find(desk.folder)
    runs = [replace(one, problem=desk.plainly(one.problem)) for one in found]
    return desk.page(request, "start.html.j2", runs=runs, scenarios=scenarios)


async def _assessed(request: Any) -> tuple[Sent, Assessment]:
    from lca_cardato.serve.form.engine import loaded_text
    from lca_cardato.serve.form.save import text_of

    desk: PageDesk = request.app.state.desk
    found = await sent(request)
    return found, assessed(loaded_text(text_of(found), found.origin.base), desk.mark)


async def report(request: Any) -> Any:
    """Show the report of the form, or the sheet for the customer."""
    from lca_cardato.report.formats.html import html_text
    from lca_cardato.report.make import render
    from lca_cardato.report.stories.assessment import assessment_report
    from lca_cardato.studies.material import of_assessment

    desk: PageDesk = request.app.state.desk
    lang = desk.words(request).lang
    try:
        found, result = await _assessed(request)
    except CardatoError as error:
        return desk.problem(request, 422, "refused", lines(error, lang))
    material = of_assessment(result, lang, 0)
    made = assessment_report(material)
    if found["as"] == "sheet" and found["action"] != "page" and made.sheet is not None:
        return _document(render(made, "html", material.document, sheet=True))
    return _document(html_text(made).encode())


def _document(text: bytes) -> Response:
    """A page of its own, beside the others."""
    return HTMLResponse(text, headers={"x-document": "yes"})


async def keep(request: Any) -> Any:
    """Keep the form as a run folder."""
    from lca_cardato.audit.run import run_files
    from lca_cardato.files.atomic import write_folder
    from lca_cardato.studies.material import of_assessment

    desk: PageDesk = request.app.state.desk
    lang = desk.words(request).lang
    try:
        found, result = await _assessed(request)
        base = found.origin.base
        files = run_files(result, base, lang, material=of_assessment(result, lang, 0))
        write_folder(free(base, result.main.model.scenario.id), files)
    except CardatoError as error:
        return desk.problem(request, 422, "refused", lines(error, lang))
    return RedirectResponse("/")


def free(base: Path, name: str) -> Path:
    """Give a place for a run that nothing stands at.

    Raises
    ------
    DiskError
        ``E503``: there are too many.
    """
    names = [f"run-{name}", *(f"run-{name}-{number}" for number in range(2, MOST))]
    for one in names:
        if not (base / one).exists():
            return base / one
    raise DiskError.one("E503", say("there are too many runs of this scenario"), file=str(base))


def _item(request: Any) -> Optional[Item]:
    desk: PageDesk = request.app.state.desk
    found, _ = find(desk.folder)
    return next((one for one in found if one.id == request.path_params["id"]), None)


def zipped(request: Any) -> Any:
    """Give a run folder as a .zip, or a scenario as its file."""
    desk: PageDesk = request.app.state.desk
    item = _item(request)
    if item is None:
        return desk.problem(request, 404, "not_found")
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(item.path.rglob("*")):
            if path.is_file():
                name = f"{item.path.name}/{path.relative_to(item.path).as_posix()}"
                archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), path.read_bytes(),
                                 zipfile.ZIP_DEFLATED)  # fmt: skip
    head = {"Content-Disposition": f'attachment; filename="{item.path.name}.zip"'}
    return Response(data.getvalue(), media_type="application/zip", headers=head)


def verify(request: Any) -> Any:
    """Examine a run without calculating."""
    from lca_cardato.audit.verify import HERE, verify_run
    from lca_cardato.report.folder import pages

    desk: PageDesk = request.app.state.desk
    item = _item(request)
    if item is None:
        return desk.problem(request, 404, "not_found")
    try:
        checks = verify_run(item.path, pages=pages)
    except CardatoError as error:
        lang = desk.words(request).lang
        return desk.problem(request, 409, "unreadable", lines(error, lang))
    bad = {check.name for check in checks if check.problems}
    key = "verify_sound" if not bad else "verify_unsound" if bad - {*HERE} else "web_other"
    return shown(request, item, checks, [desk.words(request)(key)], not bad)


def reproduce(request: Any) -> Any:
    """Calculate a run again from its own copies, and compare."""
    from lca_cardato.audit.reproduce import reproduce_run
    from lca_cardato.audit.verify import HERE
    from lca_cardato.report.folder import pages

    desk: PageDesk = request.app.state.desk
    words = desk.words(request)
    item = _item(request)
    if item is None:
        return desk.problem(request, 404, "not_found")
    try:
        found = reproduce_run(item.path, pages=pages, means=desk.means)
    except (CardatoError, IntegrityError) as error:
        return desk.problem(request, 409, "unreadable", lines(error, words.lang))
    told = []
    for one in found.differences[:SHOWN]:
        told.append(words("differs", path=shorten(one.path, 300), before=shorten(str(one.before), 80),
                          now=shorten(str(one.now), 80)))  # fmt: skip
    checks = [check for check in found.checks if check.problems or check.notes]
    if found.identical:
        said = [words("reproduced")]
    elif found.differences:
        cause = f"cause_{found.cause}"
        said = [words("differs_count", count=str(len(found.differences)))]
        said.append(words(cause if cause in words else "cause_unknown"))
    else:
        bad = {check.name for check in checks if check.problems}
        said = [words("reproduced_not" if bad - {*HERE} else "web_other")]
    if found.undrawn:
        said.append(words("web_not_drawn"))
    return shown(request, item, checks, said, found.identical, told)


def shown(
    request: Any, item: Item, checks: list[Check], sentences: list[str], good: bool,
    told: Optional[list[str]] = None,
) -> Any:  # fmt: skip
    """Write the page of an examination."""
    desk: PageDesk = request.app.state.desk
    words = desk.words(request)
    rows = []
    for check in checks:
        texts = [*check.problems, *check.notes]
        some = [shorten(desk.told(request, text), 300) for text in texts[:SHOWN]]
        if len(texts) > SHOWN:
            some.append(words("and_more", count=len(texts) - SHOWN))
        mark = "not_met" if check.problems else "not_proven" if check.name == "stated" else "meets"
        rows.append((mark, words(f"verify_{check.name}", count=str(check.count)), some))
    return desk.page(
        request, "examined.html.j2", item=item, rows=rows, sentences=sentences, good=good,
        differences=told or [],
    )  # fmt: skip
