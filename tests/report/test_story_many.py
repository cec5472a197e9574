"""Reports of comparisons, batches, uncertainty and sensitivity."""

import numpy as np
import pytest
from conftest import ROOT

from lca_cardato import api
from lca_cardato.api.reports import report_of
from lca_cardato.report.stories.batch import SHOWN, rows_of
from lca_cardato.space.load import load_space
from lca_cardato.words.units import display

WOOL, VIRGIN = (ROOT / "scenarios" / f"{n}.yaml" for n in ("recycled-wool-70", "virgin-wool"))


def table(report, key):
    return next(t for t in report.tables() if t.key == key)


@pytest.fixture(scope="module")
def compared(store):
    return api.compare([WOOL, VIRGIN], samples=300, seed=4)


@pytest.fixture(scope="module")
def batch(store):
    return api.batch(ROOT / "scenarios" / "blends.space.yaml")


def test_comparison(compared):
    report, document = report_of(compared)
    shown = table(report, "indicators").rows
    for row, (name, item) in zip(shown, document["indicators"].items()):
        assert row[2].value == display(name, item["values"][0], "")[0]
        assert row[4].value == pytest.approx(100 * item["difference_relative"][1])
    pairs = table(report, "pairs")
    for row, item in zip(pairs.rows, document["uncertainty"]["indicators"].values()):
        assert row[3].value == 100 * item["pairs"][0]["probability_first_lower"]
    keys = {p.key for p in report.pictures()}
    assert {"difference_climate_change_1", "interval_energy", "stages_water_consumed"} <= keys
    text = str(report.sections)
    assert "critical review" in text and "discernible" in text
    assert report.run == "" and len(report.digest) == 64


def test_comparison_without_draws_says_nothing_of_certainty(store):
    report, _ = report_of(api.compare([WOOL, VIRGIN]), "it")
    assert "uncertainty" not in {s.key for s in report.sections}
    assert "distinguibile" not in str(report.sections)


def test_uncertainty(store):
    result = api.uncertainty(WOOL, samples=400, seed=1)
    report, document = report_of(result)
    rows = table(report, "intervals_table").rows
    low = np.percentile(result.simulation.scores[0, 0], 2.5)
    assert rows[0][3].value == pytest.approx(low, rel=1e-9)
    drivers = [d for i in document["indicators"].values() for d in i["drivers"]]
    assert len(table(report, "drivers").rows) == len(drivers)


def test_sensitivity(store):
    result = api.sensitivity(WOOL, trajectories=4, points=32, screen=3)
    report, document = report_of(result)
    first = table(report, "figures").rows[0]
    assert first[0].text == document["figures"][0]["name"]
    assert first[3].value == document["figures"][0]["mu_star"]
    assert len(table(report, "switches").rows) == len(document["switches"])
    assert [p.key for p in report.pictures()] == ["tornado"]


def test_batch(batch):
    report, document = report_of(batch)
    frame = batch.table()
    ranking = table(report, "ranking")
    assert ranking.tool
    climate = [c.title for c in ranking.columns].index("Climate change")
    shown = [row[climate].value for row in ranking.rows]
    assert shown == sorted(frame["climate_change"])[: len(shown)]
    rows = table(report, "verdicts").rows
    counts = {row[0].text.lower().replace(" ", "-"): row[1].value for row in rows}
    assert counts["cardato-recycled"] == (frame["cardato-recycled"] == "meets").sum()
    assert {"front", "simplex", "parallel"} == {p.key for p in report.pictures()}
    assert document["rows"] == len(frame)


def test_the_front_of_a_batch_is_not_beaten(batch):
    report, _ = report_of(batch)
    front = next(p for p in report.pictures() if p.key == "front").spec["layer"][0]["data"][
        "values"
    ]
    frame = batch.table()
    assert front
    for point in front:
        better = (frame["cost"] <= point["x"]) & (frame["climate_change"] <= point["y"])
        strictly = (frame["cost"] < point["x"]) | (frame["climate_change"] < point["y"])
        assert not (better & strictly).any()


def test_a_large_file_is_sampled(store, tmp_path):
    sample = {"points": SHOWN + 5000, "seed": 0,
              "over": {"route.carding.electricity.value": {"from": "140000 kWh", "to": "200000 kWh"}}}  # fmt: skip
    space = {
        "schema": "lca-cardato/space/1", "id": "many", "base": WOOL.name, "sample": sample,
    }  # fmt: skip
    loaded = load_space(space, WOOL.parent)
    found = api.batch(loaded, tmp_path / "many.parquet")
    columns, whole = rows_of(found)
    assert whole == SHOWN + 5000 and len(columns["row"]) <= SHOWN
    assert columns["row"][:3] == [0, 2, 4]


def test_other_things_have_no_report():
    with pytest.raises(TypeError):
        report_of(3)
