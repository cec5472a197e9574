"""The pages as a Starlette application."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lca_cardato.serve import best_page, listing, reports, sliders
from lca_cardato.serve.desk import Desk
from lca_cardato.serve.form import look, routes, save
from lca_cardato.serve.guard import Guard

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response


def make_app(folder: Path, lang: str = "en", port: int = 8765, may_write: bool = True) -> Starlette:
    """Make the application.

    Parameters
    ----------
    folder : Path
    lang : str
    port : int
        Requests for another host or port are refused.
    may_write : bool
        Whether a form may be saved into the folder.

    Returns
    -------
    Starlette
    """
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.routing import Mount, Route
    from starlette.staticfiles import StaticFiles

    desk = Desk(folder, lang, port, may_write)
    static = Path(__file__).resolve().parent / "static"
    app = Starlette(
        routes=[
            Route("/", listing.index), Route("/compare", listing.compare),
            Route("/run/{id}", reports.run),
            Route("/blend/{id}", sliders.show),
            Route("/blend/{id}", sliders.moved, methods=["POST"]),
            Route("/api/blend/{id}", sliders.figures, methods=["POST"]),
            Route("/save/{id}", sliders.save, methods=["POST"]),
            Route("/best/{id}", best_page.show),
            Route("/best/{id}", best_page.moved, methods=["POST"]),
            Route("/best/{id}/found", best_page.found, methods=["POST"]),
            Route("/best/{id}/open", best_page.opened, methods=["POST"]),
            Route("/form", routes.show), Route("/form", routes.change, methods=["POST"]),
            Route("/form/parts", routes.parts, methods=["POST"]),
            Route("/form/figures", routes.figures, methods=["POST"]),
            Route("/form/save/{form}", save.download, methods=["POST"]),
            Route("/form/keep", save.keep, methods=["POST"]),
            Route("/form/report", look.report, methods=["POST"]),
            Route("/form/run", look.run, methods=["POST"]),
            Route("/form/compare", look.compare, methods=["POST"]),
            Mount("/static", StaticFiles(directory=static)),
        ],
        middleware=[Middleware(Guard)],
        exception_handlers={404: _missing},
    )  # fmt: skip
    app.state.desk = desk
    return app


async def _missing(request: Request, error: Exception) -> Response:
    desk: Desk = request.app.state.desk
    return desk.problem(request, 404, "not_found")
