"""The report of a run, as a page under the policy that it brings along."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lca_cardato.errors import CardatoError, IntegrityError
from lca_cardato.serve.folder import find

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from lca_cardato.report.parts import Report
    from lca_cardato.serve.desk import Desk


def report_page(report: Report) -> Response:
    """Answer with a report."""
    from lca_cardato.report.formats.html import html_text

    return framed(html_text(report))


def framed(text: str) -> Response:
    """Answer with a page of a report: its own script and style by digest, and nothing else."""
    from starlette.responses import HTMLResponse

    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    assert found is not None
    policy = f"{found.group(1)}; frame-ancestors 'none'"
    return HTMLResponse(text, headers={"Content-Security-Policy": policy})


def run(request: Request) -> Response:
    """Show the report of a run, in the language of the page where this version gives it."""
    from lca_cardato.audit.material import of_run
    from lca_cardato.audit.read import shaped
    from lca_cardato.report.stories.assessment import assessment_report

    desk: Desk = request.app.state.desk
    items, _ = find(desk.folder)
    item = next((one for one in items if one.id == request.path_params["id"]), None)
    if item is None:
        return desk.problem(request, 404, "not_found")
    try:
        with desk.at_work, shaped(item.path):
            try:
                material = of_run(
                    item.path, desk.words(request).lang, accept_data=True, means=desk.means
                )
            except IntegrityError:
                material = of_run(item.path, None, accept_data=True, means=desk.means)
            return report_page(assessment_report(material))
    except CardatoError as error:
        return desk.problem(request, 409, "unreadable", error.problems)
