"""Paired draws: the same seed gives the same scores, the same figure the same draw."""

import numpy as np
import pytest
from conftest import ROOT, scenario_dict

from lca_cardato.api import uncertainty
from lca_cardato.calculation import simulate as module
from lca_cardato.calculation.simulate import simulate
from lca_cardato.errors import CalculationError, InputError
from lca_cardato.studies.uncertainty import deterministic

TWO = ("climate_change", "water_consumed")


@pytest.fixture(scope="module")
def pair(products):
    return products("recycled-wool-70", "virgin-wool", indicators=TWO)


@pytest.fixture(scope="module")
def plain(pair):
    return simulate(pair, 5000, 7, workers=1)


@pytest.mark.parametrize("workers", [2, 3, 8])
def test_number_of_workers_changes_nothing(pair, plain, workers):
    assert simulate(pair, 5000, 7, workers=workers).scores.tobytes() == plain.scores.tobytes()


def test_seeds(pair, plain):
    again = simulate(pair, 600, 7).scores
    other, zero = simulate(pair, 600, 8).scores, simulate(pair, 600, 0).scores
    assert np.array_equal(again, plain.scores[:, :, :600])
    assert not np.any(again == other) and not np.any(again == zero)
    assert np.array_equal(zero, simulate(pair, 600, 0).scores)


@pytest.mark.parametrize("samples", [2, 300, 4096, 4097])
def test_first_draws_do_not_depend_on_how_many_follow(pair, plain, samples):
    found = simulate(pair, samples, 7).scores
    assert found.shape == (2, 2, samples)
    assert np.allclose(found, plain.scores[:, :, :samples], rtol=1e-14, atol=0)


def test_blocks_change_nothing(pair, plain, monkeypatch):
    monkeypatch.setattr(module, "BLOCK", 1024)
    found = simulate(pair, 2500, 7, workers=3).scores
    assert np.allclose(found, plain.scores[:, :, :2500], rtol=1e-14, atol=0)


def test_a_product_beside_it_changes_no_score(products, plain):
    alone = products("virgin-wool", indicators=TWO)
    found = simulate(alone, 500, 7).scores[0]
    assert np.allclose(found, plain.scores[1, :, :500], rtol=1e-13, atol=0)


def test_indicators_beside_it_change_no_score(products, plain):
    wide = products("recycled-wool-70", indicators=("energy", "climate_change"))
    found = simulate(wide, 500, 7).scores[0, 1]
    assert np.allclose(found, plain.scores[0, 0, :500], rtol=1e-13, atol=0)


def test_the_same_scenario_twice_has_no_difference(products):
    twice = simulate(products("virgin-wool", "virgin-wool", indicators=TWO), 1000, 3)
    assert np.array_equal(twice.scores[0], twice.scores[1])
    assert twice.scores[0].std(axis=1).min() > 0


def test_draws_lie_around_the_stated_scores(setting, plain):
    expected = np.array(deterministic(setting("recycled-wool-70", "virgin-wool"), TWO))
    low, high = np.percentile(plain.scores, [1, 99], axis=2)
    assert np.all(low < expected) and np.all(expected < high)


def test_every_shipped_scenario_has_sound_draws(every):
    found = simulate(every, 256, 1)
    assert np.isfinite(found.scores).all()
    climate = found.scores[:, every.indicators.index("climate_change")]
    assert climate.min() > 0 and climate.std(axis=1).min() > 0
    assert found.figures > 300


def test_drivers_are_squared_correlations(pair):
    found = simulate(pair, 5000, 7, drivers=True)
    random = module.RandomDraws(pair.streams, 7)
    values = np.concatenate([random.draw(size).values.copy() for size in (3072, 1928)], axis=1)
    streams = [figure.stream for figure in pair.streams.figures]
    for product in range(2):
        shares = found.drivers[product][0]
        assert [s for _, s in shares] == sorted((s for _, s in shares), reverse=True)
        stream, share = shares[0]
        rows = [i for i, name in enumerate(streams) if name == stream]
        r = [np.corrcoef(values[i], found.scores[product, 0])[0, 1] for i in rows]
        assert share == pytest.approx(max(np.square(r)), rel=1e-8)
        assert share > 0.1
        assert sum(s for _, s in shares) < 1.5
    assert simulate(pair, 10, 7).drivers == []


def test_ticks_count_up_to_the_end(pair, monkeypatch):
    monkeypatch.setattr(module, "BLOCK", 4096)
    told = []
    simulate(pair, 4100, 0, tick=lambda done, whole: told.append((done, whole)))
    assert told == [(4096, 4100), (4100, 4100)]


@pytest.mark.parametrize("samples", [-1, 0, 1, 1_000_001])
def test_number_of_draws_out_of_range(pair, samples):
    with pytest.raises(InputError) as caught:
        simulate(pair, samples, 0)
    assert (caught.value.problems[0].code, caught.value.problems[0].key) == ("E326", "samples")


def test_negative_seed(pair):
    with pytest.raises(InputError) as caught:
        simulate(pair, 10, -1)
    assert (caught.value.problems[0].code, caught.value.problems[0].key) == ("E326", "seed")


def test_a_draw_without_a_score_is_an_error(pair, monkeypatch):
    def broken(products, random, room, pool, threads):
        room[:] = 1.0
        room[1, 0, 5] = np.nan

    monkeypatch.setattr(module, "_block", broken)
    with pytest.raises(CalculationError) as caught:
        simulate(pair, 10, 0)
    assert caught.value.problems[0].code == "E304"
    assert "draw 5 of product 2" in str(caught.value.problems[0])


def test_uncertainty_as_plain_data(home):
    source = ROOT / "scenarios" / "virgin-wool.yaml"
    found = uncertainty(source, samples=2000, seed=2, indicators=["climate_change,energy"])
    document = found.to_dict()
    assert (document["seed"], document["samples"], document["sampling"]) == (2, 2000, 3)
    assert list(document["indicators"]) == ["climate_change", "energy"]
    frame = found.samples()
    assert frame.shape == (2000, 2)
    for name, item in document["indicators"].items():
        low, median, high = np.percentile(frame[name], [2.5, 50, 97.5])
        assert [item["low"], item["median"], item["high"]] == pytest.approx(
            [low, median, high], rel=1e-11
        )
        assert item["sd"] == pytest.approx(frame[name].std(), rel=1e-11)
        assert item["mean"] == pytest.approx(frame[name].mean(), rel=1e-11)
        assert item["stated_percentile"] == pytest.approx((frame[name] < item["stated"]).mean())
        assert 1 <= len(item["drivers"]) <= 5
        assert all(0 <= row["stated_percentile"] <= 1 for row in item["drivers"])
    assert list(found.table().index) == ["climate_change", "energy"]


def test_a_wider_own_figure_spreads_the_score(home):
    def spread(plus_minus):
        reading = {
            "value": "6 kWh/kg", "class": "measured", "period": "2025", "document": "m.csv",
            "plus_minus": plus_minus,
        }  # fmt: skip
        data = scenario_dict(route={"carding": {"electricity": reading}})
        return uncertainty(data, samples=2000).to_dict()["indicators"]["climate_change"]["sd"]

    assert spread("40 %") > 1.2 * spread("1 %")
