"""From the form to the whole report, and to a comparison with another scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lca_cardato.errors import CardatoError
from lca_cardato.scenario.load import LoadedScenario, load_scenario
from lca_cardato.scenario.shipped import shipped_scenario
from lca_cardato.serve.form.engine import engine, loaded_text
from lca_cardato.serve.form.origin import origin_of
from lca_cardato.serve.form.routes import Sent, lines, sent
from lca_cardato.serve.form.save import text_of
from lca_cardato.serve.reports import report_page

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from lca_cardato.serve.desk import Desk


async def report(request: Request) -> Response:
    """Show the report of the form: calculated by Brightway too, with its intervals."""
    return await _looked(request, False)


async def compare(request: Request) -> Response:
    """Show the form beside another scenario."""
    return await _looked(request, True)


async def _looked(request: Request, beside: bool) -> Response:
    """Make a report in a thread of its own; other pages go on meanwhile."""
    from starlette.concurrency import run_in_threadpool

    desk: Desk = request.app.state.desk
    lang = desk.words(request).lang
    try:
        found = await sent(request)
        return await run_in_threadpool(_report, desk, found, lang, beside)
    except CardatoError as error:
        return desk.problem(request, 422, "refused", lines(error, lang))


def _report(desk: Desk, found: Sent, lang: str, beside: bool) -> Response:
    mine = loaded_text(text_of(found), found.origin.base)
    with desk.at_work:
        if beside:
            from lca_cardato.report.stories.many import comparison_report
            from lca_cardato.studies.compare import compare as compared

            return report_page(comparison_report(compared([mine, _other(desk, found)]), lang))
        from lca_cardato.report.stories.assessment import assessment_report
        from lca_cardato.studies.assess import assess_loaded
        from lca_cardato.studies.material import of_assessment

        resident = engine()
        result = assess_loaded(mine, resident.data, resident.packs)
        return report_page(assessment_report(of_assessment(result, lang)))


def _other(desk: Desk, found: Sent) -> LoadedScenario:
    """Load the scenario to compare with."""
    origin = origin_of(found["other"], desk.folder)
    kind, _, name = origin.mark.partition(":")
    path = origin.item.path if origin.item else shipped_scenario(name if kind == "shipped" else "")
    return load_scenario(path)
