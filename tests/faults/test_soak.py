"""Two thousand assessments in one process: memory stays flat, results are the same to the bit."""

import gc
import sys

import pytest
from conftest import NAMES, ROOT

from lca_cardato.claims.packs_model import shipped_packs
from lca_cardato.results.csv_tables import json_text
from lca_cardato.results.document import result_document
from lca_cardato.scenario.load import load_scenario
from lca_cardato.studies.assess import assess_loaded

pytestmark = pytest.mark.long
RUNS = 2_000
WARM = 300


def resident_bytes():
    """Memory of this process that is in use."""
    gc.collect()
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * 4096


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_soak(store, inventory):
    packs = shipped_packs()
    first = {}
    before = 0
    for number in range(RUNS):
        if number == WARM:
            before = resident_bytes()
        name = NAMES[number % len(NAMES)]
        loaded = load_scenario(ROOT / "scenarios" / f"{name}.yaml")
        text = json_text(result_document(assess_loaded(loaded, inventory, packs), "en"))
        assert first.setdefault(name, text) == text
    grown = resident_bytes() - before
    print(f"{RUNS} assessments; memory grew by {grown / 2**20:.1f} MiB after the first {WARM}")
    assert grown < 16 * 2**20
