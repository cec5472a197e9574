"""The best blend by a program, against the best row of all: ``pytest -m benchmark -s tests/benchmarks/test_optimise.py``."""

from __future__ import annotations

import time

import pytest
from conftest import ROOT

from lca_cardato.studies.batch import batch
from lca_cardato.studies.optimise import optimise

pytestmark = pytest.mark.benchmark
SPACE = {
    "schema": "lca-cardato/space/1",
    "id": "million",
    "base": "best.yaml",
    "grid": {
        "electricity.year": ["2019", "2025"],
        "route.carding.electricity.value": ["140000 kWh", "163000 kWh", "190000 kWh"],
    },
    "simplex": {
        "step": "1 %",
        "lines": [{"line": "0"}, {"line": "1"}, {"line": "2"}, {"line": "3"}],
    },
}
PRICES = ("3.20 EUR/kg", "2.40 EUR/kg", "1.90 EUR/kg", "2.10 EUR/kg")


@pytest.fixture
def folder(tmp_path):
    import yaml

    data = yaml.safe_load((ROOT / "scenarios" / "recycled-wool-70.yaml").read_text("utf-8"))
    for item in data["documents"].values():
        item["date"] = str(item["date"])
    data["blend"].append(
        {"fibre": "acrylic", "share": "0 %", "origin": "virgin", "colour": "undyed"}
    )
    for line, price in zip(data["blend"], PRICES):
        line["price"] = price
    (tmp_path / "best.yaml").write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
    (tmp_path / "documents").mkdir()
    for item in data["documents"].values():
        target = tmp_path / item["file"]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((ROOT / "scenarios" / item["file"]).read_bytes())
    return tmp_path


def test_the_best_of_a_million_blends(folder, store):
    import yaml

    from lca_cardato.space.load import load_space

    section = {"minimise": "cost", "meets": ["cardato-recycled"], "limits": ["climate_change <= 3"]}
    file = folder / "million.space.yaml"
    file.write_text(yaml.safe_dump({**SPACE, "optimise": section}, sort_keys=False), "utf-8")
    times = []
    for _ in range(3):
        began = time.perf_counter()
        found = optimise(file, checked=False)
        times.append(time.perf_counter() - began)
    began = time.perf_counter()
    rows = batch(
        load_space(file),
        where=["cardato-recycled == meets", "climate_change <= 3"],
        top=1,
        by="cost",
    )
    listed = time.perf_counter() - began
    best = rows.selected.to_pylist()[0]
    assert found.count > 1_000_000
    assert float(found.outcome.best.value) == pytest.approx(best["cost"], rel=1e-9)
    shares = [float(share) * 100 for share in found.blends[0].shares]
    assert shares == pytest.approx([best[f"blend[{i}].share"] for i in range(4)])
    ratio = listed / min(times)
    print(
        f"\n{found.count} blends: batch {listed:.2f} s, optimise {min(times):.3f} s, {ratio:.0f} times"
    )
    assert ratio >= 50
