"""What lies in the folder, and two runs side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Callable

from lca_cardato.inventory.models import STAGES
from lca_cardato.results.comparison import comparable
from lca_cardato.serve.desk import sentence_of
from lca_cardato.serve.digests import digests_hold
from lca_cardato.serve.folder import Item, find
from lca_cardato.studies.comparable import apart
from lca_cardato.words.units import HEADLINE, STAGE_COLUMNS, signed

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from lca_cardato.serve.desk import Desk


async def index(request: Request) -> Response:
    """List runs and scenarios."""
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


async def compare(request: Request) -> Response:
    """Show two runs side by side."""
    desk: Desk = request.app.state.desk
    runs = {run.id: run for run in find(desk.folder)[0] if run.document}
    pair = [runs.get(request.query_params.get(key, "")) for key in ("a", "b")]
    if None in pair:
        return desk.problem(request, 404, "not_found")
    first, second = (run.document for run in pair if run is not None)
    assert first is not None and second is not None
    products = [document["product"] for document in (first, second)]
    boundaries, types = ([str(one[key]) for one in products] for key in ("boundary", "type"))
    if unlike := apart([run.name for run in pair if run], boundaries, types):
        return desk.problem(request, 400, "not_comparable", [sentence_of(one) for one in unlike])
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
    of_either = {
        stage for d in (first, second) for stage in d["indicators"]["climate_change"]["by_stage"]
    }
    stages = sorted(of_either, key=lambda one: (STAGES.index(one) if one in STAGES else 99, one))
    return desk.page(
        request, "compare.html.j2", runs=pair, rows=rows, claims=claims,
        stages=stages, signed=signed,
        columns=STAGE_COLUMNS, documents=(first, second),
    )  # fmt: skip
