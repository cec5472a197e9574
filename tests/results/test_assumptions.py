"""The list of assumptions explains the assumed share, whole and once."""

import pytest
from conftest import ROOT

from lca_cardato.api import assess
from lca_cardato.results import breakdown
from lca_cardato.results.assumptions import assumptions


@pytest.fixture(scope="module", params=["recycled-fabric", "cashmere-blend", "contract-spinner"])
def result(request, home):
    return assess(ROOT / "scenarios" / f"{request.param}.yaml")


def test_shares_sum_to_the_assumed_share(result):
    listed = sum(item["shares"] for item in assumptions(result))
    assert listed == pytest.approx(breakdown.by_data_class(result)["assumed"], abs=1e-9)


def test_the_heaviest_comes_first(result):
    columns = [result.background.indicators.index(i) for i in ("climate_change", "energy",
                                                              "water_consumed")]  # fmt: skip
    weights = [float(item["shares"][columns].sum()) for item in assumptions(result)]
    assert weights == sorted(weights, reverse=True)


def test_figures_come_with_their_range_in_their_unit(result):
    rows = [r for r in result.to_dict()["assumptions"] if r["kind"] == "figure" and "min" in r]
    values = {p["key"]: p["value"] for p in result.to_dict()["parameters"]}
    assert rows
    for row in rows:
        if ".water_evaporated" not in row["key"]:
            assert row["min"] <= values[row["key"]] <= row["max"], row["key"]


def test_a_dataset_with_no_assumption_is_not_listed(result):
    for item in assumptions(result):
        if item["kind"] == "dataset":
            dataset = result.inventory.datasets[item["key"]]
            figures = [*dataset.exchanges, *dataset.results.values()]
            assert any(f.class_ == "assumed" for f in figures), item["key"]
