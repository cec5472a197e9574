"""Shipped and drawn scenarios, answered by the page in a real browser and by the command: run with -m web."""

import json

import pytest
from report.browser import browser_only

from lca_cardato.web.agreement import RTOL, Agreement
from lca_cardato.web.check import of_the_command, shipped
from lca_cardato.web.drawn.scenarios import drawn
from lca_cardato.web.room import lay_out

pytestmark = pytest.mark.web
BATCH, SEED = 50, 11


@browser_only
def test_the_page_answers_shipped_and_drawn_scenarios_as_the_command_does(page, store, tmp_path):
    asked = [*shipped(), *drawn(BATCH, SEED)]
    lay_out(tmp_path / "beside", {one.name: one.files for one in asked})
    found = Agreement()
    for one, other in zip(asked, of_the_command(tmp_path / "beside", asked), strict=True):
        found.add(one.name, page.answer(one), json.loads(json.dumps(other)))
    assert found.differences == [] and found.largest <= RTOL
    assert found.scenarios + found.refused == len(asked) and found.refused <= BATCH / 10
    assert found.figures >= 24 * found.scenarios and found.values > 1000 * found.scenarios
    assert {"meets", "not_met", "not_proven"} <= {*found.verdicts}
    assert page.requests() == []
