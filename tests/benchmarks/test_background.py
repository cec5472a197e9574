"""A background of 20 000 processes with ecoinvent's names: installed once, then as quick as the open one."""

import json
import time

import pytest
from background.scripts import script
from benchmarks.times import paired, process
from conftest import ROOT

from lca_cardato.background.open import DataOptions, open_data

pytestmark = pytest.mark.benchmark
NAME = "consultant/ecoinvent-3.10-cutoff"
SCENARIO = ROOT / "scenarios" / "recycled-wool-70.yaml"


def test_twenty_thousand_processes(home, hold, tell, tmp_path, monkeypatch):
    script("made_up.py", tmp_path, 20_000)
    monkeypatch.setenv("BRIGHTWAY2_DIR", str(tmp_path))
    start = time.perf_counter()
    data = open_data(DataOptions(background=NAME))
    once = time.perf_counter() - start
    wanted = [
        data.inventory.datasets[key].technology.split(" | ")[:3]
        for key in data.inventory.background.taken
    ]
    scores = json.loads(script("made_up.py", tmp_path, "score", stdin=json.dumps(wanted)))
    column = data.store.background.indicators.index("climate_change")
    for key, score in zip(data.inventory.background.taken, scores):
        row = data.store.background.rows[key]
        note = data.inventory.datasets[key].note
        amount = float(note.split(" ", 1)[0])
        found = data.store.background.scores[row, column]
        assert found == pytest.approx(amount * score, rel=2e-6), key

    def assess(*options):
        return lambda: process("-m", "lca_cardato", "assess", SCENARIO, "--json", *options)

    tell("a background of 20 000 processes, installed once", once, "s")
    hold(
        "assess with a background of 20 000 processes / with the open one",
        lambda: paired(assess("--background", NAME), assess()),
        at_most=1.5,
    )
