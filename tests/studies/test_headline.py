"""A headline agrees with its own draws: inside its interval, and near the median."""

import numpy as np
import pytest
from conftest import ROOT

from lca_cardato import api
from lca_cardato.brightway.condensed import FOUR
from lca_cardato.calculation.sampling import Distribution
from lca_cardato.inventory.datum import Datum
from lca_cardato.inventory.load import load_inventory
from lca_cardato.inventory.lopsided import lopsided, share_below
from lca_cardato.results.document import result_document

SCENARIOS = sorted(p.stem for p in (ROOT / "scenarios").glob("*.yaml") if "space" not in p.name)
NEAR, FAR = (0.1, 0.9), (0.025, 0.975)
MOST = 1.3
"""A median of the four is at most so many times the stated value, or the other way round."""


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_stated_value_lies_within_its_own_draws(home, name):
    """Every indicator inside its 95 % interval; those that the marks name nearer to the middle."""
    path = ROOT / "scenarios" / f"{name}.yaml"
    found = api.uncertainty(path, samples=4000, indicators=["all"]).to_dict()["indicators"]
    offenders = []
    for indicator, item in found.items():
        stated, below = item["stated"], item["stated_percentile"]
        if stated == 0 and item["high"] == 0:
            continue
        low, high = NEAR if indicator in FOUR else FAR
        near = indicator not in FOUR or 1 / MOST < item["median"] / stated < MOST
        if not (item["low"] <= stated <= item["high"] and low <= below <= high and near):
            ends = f"{item['low']:.4g} {item['median']:.4g} {item['high']:.4g}"
            offenders.append(f"{indicator}: {stated:.4g} in {ends}, {below:.0%} of the draws below")
    assert not offenders, "\n".join([name, *offenders])


def test_the_document_has_median_and_interval_beside_the_stated_value(assessed):
    for name in ("virgin-wool", "recycled-wool-70", "contract-spinner"):
        result = assessed(name)
        table = result_document(result)["indicators"]
        for indicator in FOUR:
            item = table[indicator]["interval"]
            values = result.drawn.scores[0, result.drawn.indicators.index(indicator)]
            assert item["median"] == pytest.approx(np.median(values), rel=1e-9)
            assert item["low"] <= table[indicator]["value"] <= item["high"]


def figure(amount, distribution="triangular", low="1", high="9"):
    ends = {"min": low, "max": high} if distribution in ("triangular", "uniform") else {"gsd": "2"}
    return Datum.model_validate({
        "amount": amount, "unit": "kg", "class": "published", "source": "x", "year": 2025,
        "geography": "IT", "uncertainty": {"distribution": distribution, **ends},
    })  # fmt: skip


@pytest.mark.parametrize(
    "datum, below",
    [(figure("2"), 0.5), (figure("1"), 0.0), (figure("9"), 1.0), (figure("2", "uniform"), 0.125),
     (figure("5", "uniform"), 0.5), (figure("3", "lognormal"), 0.5)],
)  # fmt: skip
def test_share_below_is_that_of_the_distribution(datum, below):
    assert share_below(datum) == pytest.approx(below)
    one = Distribution.of(datum.uncertainty, float(datum.amount))
    values = one.quantile((np.arange(20_000) + 0.5) / 20_000)
    assert np.mean(values < float(datum.amount) * (1 - 1e-9)) == pytest.approx(below, abs=1e-3)


def test_no_shipped_figure_stands_at_an_end_of_its_range_without_a_reason(inventory):
    assert not lopsided(inventory)


def test_check_asks_about_a_figure_at_the_end_of_its_range(tmp_path, command):
    (tmp_path / "own.yaml").write_text(
        """schema: lca-cardato/inventory/1
datasets:
  own-heat:
    name: {en: own heat, it: calore proprio}
    kind: unit_process
    product: {name: heat, unit: MJ}
    geography: IT
    year: 2025
    inventoried_for: [climate_change]
    exchanges:
      - {input: natural-gas-burned, amount: 1, unit: MJ, class: assumed, reason: guess, year: 2025, geography: IT, uncertainty: {distribution: uniform, min: 1, max: 2}}
      - {input: lpg-burned, amount: 1, unit: MJ, class: assumed, reason: guess, year: 2025, geography: IT, uncertainty: {distribution: uniform, min: 1, max: 2, reason: less can not be burned}}
      - {input: diesel-burned, amount: 1.5, unit: MJ, class: assumed, reason: guess, year: 2025, geography: IT, uncertainty: {distribution: uniform, min: 1, max: 2}}
""",
        encoding="utf-8",
    )
    found = [one for one in lopsided(load_inventory(extra=tmp_path)) if one.key == "own-heat"]
    assert [(one.name, one.below) for one in found] == [("natural-gas-burned", 0.0)]
    done = command("inventory", "check", "--inventories", tmp_path)
    assert done.returncode == 0
    assert (
        "datasets/own-heat, natural-gas-burned: 0 % of its range lies below the stated 1 MJ"
        in done.stdout
    )


def test_many_products_share_scores_per_unit(assessed, monkeypatch):
    """The short way of many products gives what the long one of each alone gives."""
    from lca_cardato.background.open import data_of
    from lca_cardato.calculation import simulate as module

    result = assessed("recycled-wool-70")
    store = data_of(result.inventory, ()).store
    models = [result.main.model, *(one.calculated.model for one in result.alternatives[:4])]
    products = module.Products(models, result.inventory, store, store.background.indicators)
    short = module.simulate(products, 256, 3).scores
    monkeypatch.setattr(module, "MANY", len(models) + 1)
    long = module.simulate(products, 256, 3).scores
    assert np.allclose(short, long, rtol=1e-11, atol=0) and short.std(axis=2).max() > 0
