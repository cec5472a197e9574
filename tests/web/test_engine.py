"""The page's interpreter and modules beside the command: run with -m web (npm, node)."""

import pytest

from lca_cardato.web import check
from lca_cardato.web.build import LIBRARY, compiled
from lca_cardato.web.drawn import drawn
from lca_cardato.web.parts import gather
from lca_cardato.web.tree import library, tree_files

pytestmark = pytest.mark.web
BATCH = 25


@pytest.fixture(scope="module")
def made(store):
    parts = gather()
    files = compiled(parts, tree_files(parts.core), library(parts.interpreter[LIBRARY]))
    return (parts, *files)


def test_every_shipped_and_many_drawn_scenarios_are_calculated_alike(made):
    asked = [*check.shipped(), *drawn(BATCH)]
    page = check.of_the_page(*made, asked)
    found = check.agreement(page, check.of_the_command(asked))
    assert found.differences == [] and found.largest <= check.RTOL
    assert found.scenarios > BATCH / 2 and found.figures >= 24 * found.scenarios
    told = {name: one["verdicts"] for name, one in page if "verdicts" in one}
    assert {"meets", "not_met", "not_proven"} <= {v for one in told.values() for v in one.values()}


def test_what_differs_is_found():
    one = [("a", {"scores": {"energy": 1.0}, "verdicts": {"cardato": "meets"}})]
    other = [("a", {"scores": {"energy": 1.0 + 1e-11}, "verdicts": {"cardato": "not_met"}})]
    found = check.agreement(one, other)
    assert [line.split(": ")[1] for line in found.differences] == ["energy", "cardato"]
    refused = check.agreement(one, [("a", {"problems": ["E310"]})])
    assert refused.scenarios == 0 and len(refused.differences) == 1
