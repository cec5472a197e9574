"""Calculating a form of `serve` anew, in the server that has its data in memory."""

import re
import time

import pytest
from conftest import ROOT

from lca_cardato.serve.form.draft import draft_of_tree, pairs_of
from lca_cardato.text.yamltree import read_document

pytestmark = [pytest.mark.benchmark, pytest.mark.short]
RUNS = 40


@pytest.mark.parametrize("name", ["recycled-wool-70", "recycled-fabric"])
def test_a_form_calculated_anew(store, hold, name):
    """At most 50 ms of the server's processor time from what was typed to the answer."""
    from starlette.testclient import TestClient

    from lca_cardato.serve.app import make_app

    client = TestClient(make_app(ROOT / "scenarios"), base_url="http://127.0.0.1:8765")
    token = re.search(r'name="token" value="([^"]+)"', client.get("/form").text).group(1)
    path = ROOT / "scenarios" / f"{name}.yaml"
    boxes = {"token": token, **dict(pairs_of(draft_of_tree(read_document(path).data)))}

    def measure():
        times = []
        for number in range(RUNS):
            changed = {**boxes, "product.batch": str(9000 + number)}
            start = time.process_time()
            answer = client.post("/form/figures", data=changed)
            times.append(1000 * (time.process_time() - start))
            assert "<svg" in answer.text
        times.sort()
        told = (
            f"median of {RUNS}, request and answer included; {times[0]:.0f} to {times[-1]:.0f} ms"
        )
        return times[RUNS // 2], told

    hold(f"serve: a form of {name} calculated anew, ms", measure, at_most=50)
