"""The page's interpreter and modules beside the command: run with -m web (npm, node)."""

import pytest

from lca_cardato.web.agreement import RTOL
from lca_cardato.web.build import LIBRARY, compiled
from lca_cardato.web.check import agreement, shipped
from lca_cardato.web.drawn.scenarios import drawn
from lca_cardato.web.parts import gather
from lca_cardato.web.tree import library, tree_files

pytestmark = pytest.mark.web
BATCH = 100


@pytest.fixture(scope="module")
def made(store):
    parts = gather()
    files = compiled(parts, tree_files(parts.core), library(parts.interpreter[LIBRARY]))
    return (parts, *files)


def test_every_shipped_and_many_drawn_scenarios_are_calculated_alike(made):
    asked = [*shipped(), *drawn(BATCH)]
    found = agreement(*made, asked)
    assert found.differences == [] and found.largest <= RTOL
    assert found.scenarios + found.refused == len(asked) and found.refused <= BATCH / 10
    assert found.figures >= 24 * found.scenarios and found.values > 1000 * found.scenarios
    assert {"meets", "not_met", "not_proven"} <= {*found.verdicts}
