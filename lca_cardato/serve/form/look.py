"""From the form to the whole report, to a run folder, and to a comparison with another scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable

from lca_cardato.errors import CardatoError, DiskError
from lca_cardato.files.extra import require
from lca_cardato.scenario.load import LoadedScenario, load_scenario
from lca_cardato.scenario.shipped import shipped_scenario
from lca_cardato.sentence import say
from lca_cardato.serve.form import save
from lca_cardato.serve.form.engine import engine, loaded_text
from lca_cardato.serve.form.origin import origin_of
from lca_cardato.serve.form.routes import Sent, lines, sent
from lca_cardato.serve.form.save import attached, may_write, text_of
from lca_cardato.serve.reports import framed, report_page

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from lca_cardato.results.assessment import Assessment
    from lca_cardato.serve.desk import Desk

KINDS = {"pdf": "application/pdf", "xlsx": save.KINDS["xlsx"]}
"""Forms of a report that are downloaded."""
MOST = 1000
"""Run folders of one scenario."""
Look = Callable[["Desk", Sent, str], "Response"]


async def report(request: Request) -> Response:
    """Show the report of the form, or give it as a file: by Brightway too, with its intervals."""
    return await _in_a_thread(request, _report)


async def compare(request: Request) -> Response:
    """Show the form beside another scenario."""
    return await _in_a_thread(request, _comparison)


async def run(request: Request) -> Response:
    """Write a run folder of the form into the folder, and show its report."""
    return await _in_a_thread(request, _run)


async def _in_a_thread(request: Request, look: Look) -> Response:
    """Make what takes seconds in a thread of its own; other pages go on meanwhile."""
    from starlette.concurrency import run_in_threadpool

    desk: Desk = request.app.state.desk
    lang = desk.words(request).lang
    try:
        found = await sent(request)
        return await run_in_threadpool(look, desk, found, lang)
    except CardatoError as error:
        return desk.problem(request, 422, "refused", lines(error, lang))


def _report(desk: Desk, found: Sent, lang: str) -> Response:
    from lca_cardato.report.make import render
    from lca_cardato.report.stories.assessment import assessment_report
    from lca_cardato.studies.material import of_assessment

    form = "" if found["action"] == "page" else found["as"]
    if form == "pdf":
        require({"reports": say("a PDF document")})
    with desk.at_work:
        material = of_assessment(_assessed(found), lang)
        made = assessment_report(material)
        if form == "sheet" and made.sheet is not None:
            return framed(render(made, "html", material.document, sheet=True).decode())
        if form not in KINDS:
            return report_page(made)
        name = f"{material.document['scenario']['id']}.{form}"
        return attached(render(made, form, material.document), name, KINDS[form])


def _assessed(found: Sent) -> Assessment:
    """Assess the form as it would be saved, with Brightway and all draws."""
    from lca_cardato.studies.assess import assess_loaded

    resident = engine()
    mine = loaded_text(text_of(found), found.origin.base)
    return assess_loaded(mine, resident.data, resident.packs)


def _comparison(desk: Desk, found: Sent, lang: str) -> Response:
    from lca_cardato.report.stories.many import comparison_report
    from lca_cardato.studies.compare import compare as compared

    mine = loaded_text(text_of(found), found.origin.base)
    with desk.at_work:
        return report_page(comparison_report(compared([mine, _other(desk, found)]), lang))


def _other(desk: Desk, found: Sent) -> LoadedScenario:
    """Load the scenario to compare with."""
    origin = origin_of(found["other"], desk.folder)
    kind, _, name = origin.mark.partition(":")
    path = origin.item.path if origin.item else shipped_scenario(name if kind == "shipped" else "")
    return load_scenario(path)


def _run(desk: Desk, found: Sent, lang: str) -> Response:
    from starlette.responses import RedirectResponse

    from lca_cardato.audit.run import run_files
    from lca_cardato.doctor.condition import condition
    from lca_cardato.files.atomic import write_folder
    from lca_cardato.files.runs import outside_runs

    may_write(desk)
    base = found.origin.base
    with desk.at_work:
        result = _assessed(found)
        files: dict[str, Any] = run_files(result, base, lang, condition=condition())
        name = result.main.model.scenario.id
        names = [f"run-{name}", *(f"run-{name}-{number}" for number in range(2, MOST))]
        target = next((base / one for one in names if not (base / one).exists()), None)
        if target is None:
            raise DiskError.one(
                "E503", say("there are too many runs of this scenario"), file=str(base),
                suggestion=say("take some of them out of the folder"),
            )  # fmt: skip
        outside_runs(target)
        write_folder(target, files)
    return RedirectResponse(f"/run/{desk.key_of(target)}", 303)
