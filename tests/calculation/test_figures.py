"""Which figures are uncertain, and which of them move together."""

import numpy as np
import pytest
from conftest import scenario_dict

from lca_cardato.calculation.draws import RandomDraws, Streams
from lca_cardato.calculation.figures import Figure, QuantileDraws, is_uncertain
from lca_cardato.inventory.datum import Uncertainty

WIDE = Uncertainty(distribution="triangular", min="0", max="9")
NORMAL = Uncertainty(distribution="normal", sd="2")


def drawn(figures, seed=0, count=500):
    return RandomDraws(Streams(figures), seed).draw(count)


def figure(stream="a", key="a", amount=3.0, spread=WIDE):
    return Figure(stream, key, amount, spread)


def own(value="0.42 kWh/kg", period="2025", document="meter.csv", **more):
    reading = {
        "value": value, "class": "measured", "period": period, "document": document,
        "plus_minus": "10 %", **more,
    }  # fmt: skip
    return scenario_dict(route={"carding": {"electricity": reading}})


def electricity(found):
    """The figure of the electricity of carding in every product."""
    return [
        next(f for f in item.figures if f.key == "yarn/carding.electricity")
        for item in found.foregrounds
    ]


def test_same_stream_same_draws_others_independent():
    one, same, other = figure(), figure(key="elsewhere"), figure("b")
    draws = drawn([one, same, other])
    assert np.array_equal(draws(one), draws(same))
    assert abs(np.corrcoef(draws(one), draws(other))[0, 1]) < 0.15


def test_figures_of_one_stream_with_other_amounts_move_by_the_same_noise():
    spread = Uncertainty(distribution="lognormal", gsd="1.5")
    one, other = figure(amount=2.0, spread=spread), figure(amount=5.0, spread=spread)
    draws = drawn([one, other])
    assert np.allclose(draws(one) / 2.0, draws(other) / 5.0, rtol=1e-14)
    assert draws(one).std() > 0


def test_another_figure_changes_no_draw():
    one, other = figure(), figure("b")
    alone = drawn([one])(one)
    assert np.array_equal(alone, drawn([other, one])(one))
    assert np.array_equal(alone, drawn([one, other])(one))
    assert not np.array_equal(alone, drawn([one], seed=1)(one))


def test_draws_are_kept_inside_what_can_be():
    loss = figure(key="yarn/carding.loss", amount=0.5, spread=NORMAL)
    back = figure(key="yarn/carding.reclaimed", amount=0.5, spread=NORMAL)
    plain = figure(key="yarn/carding.electricity", amount=0.5, spread=NORMAL)
    draws = drawn([loss, back, plain])
    assert (draws(loss).min(), draws(loss).max()) == (0.0, 0.95)
    assert (draws(back).min(), draws(back).max()) == (0.0, 1.0)
    assert draws(plain).min() == 0.0 and draws(plain).max() > 1.0


def test_quantiles_by_stream():
    one, other = figure(), figure("b")
    draws = QuantileDraws({"a": np.array([0.0, 1.0])}, 2)
    assert draws(one).tolist() == [0.0, 9.0]
    assert draws(other).tolist() == [3.0, 3.0]


def test_what_counts_as_uncertain():
    assert is_uncertain(WIDE)
    assert not is_uncertain(None)
    assert not is_uncertain(Uncertainty(distribution="none"))


def test_one_meter_for_two_products_is_drawn_once(products):
    first, second = electricity(pair := products(own(), own()))
    draws = drawn(pair.figures())
    assert first is not second
    assert np.array_equal(draws(first), draws(second))
    assert draws(first).std() / draws(first).mean() == pytest.approx(0.1 / 1.96, rel=0.1)


@pytest.mark.parametrize(
    "change", [{"value": "0.43 kWh/kg"}, {"period": "2024"}, {"document": "other.csv"}]
)
def test_other_readings_are_independent(products, change):
    first, second = electricity(pair := products(own(), own(**change)))
    draws = drawn(pair.figures(), count=2000)
    assert abs(np.corrcoef(draws(first), draws(second))[0, 1]) < 0.08


def test_another_blend_line_changes_no_other_draw(products):
    plain = scenario_dict()
    lines = plain["blend"]
    more = scenario_dict(
        blend=[
            lines[0],
            {**lines[1], "share": "20 %"},
            {"fibre": "viscose", "share": "10 %", "origin": "virgin"},
        ]
    )
    one, two = products(plain), products(more)
    before, after = drawn(one.figures()), drawn(two.figures())
    known = {(f.stream, f.distribution): after(f) for f in two.figures()}
    shared = [f for f in one.figures() if (f.stream, f.distribution) in known]
    assert len(shared) > 0.9 * len(one.figures())
    assert len(two.figures()) > len(one.figures())
    for item in shared:
        assert np.array_equal(before(item), known[item.stream, item.distribution])


def test_keys_of_a_product_are_unique_and_positive(every):
    for item in every.foregrounds:
        keys = [f.key for f in item.figures]
        assert len(keys) == len(set(keys)) > 10
    keys = [f.key for f in every.background.figures()]
    assert len(keys) == len(set(keys)) > 100
    assert all(f.amount >= 0 for f in every.figures())


def test_water_evaporated_follows_water_taken(every):
    """A share of it, or what is not discharged, never below nothing."""
    draws = drawn(every.figures())
    shares, rests = 0, 0
    for item in every.foregrounds:
        values = item.values(draws)
        for relation in item.model.derived:
            base, found = np.asarray(values[relation.base]), np.asarray(values[relation.key])
            if relation.share is not None:
                shares += 1
                expected = base * float(relation.share)
            else:
                rests += 1
                less = next((f for f in item.figures if f.key == relation.less.key), None)
                out = draws(less) if less else float(relation.less.amount)
                expected = np.maximum(base - out, 0.0)
            assert np.all(found >= 0)
            assert np.allclose(found, expected, rtol=1e-14, atol=0)
    assert shares and rests


def test_water_out_above_water_in_evaporates_nothing(products):
    meter = {"class": "measured", "period": "2025", "document": "w.csv", "plus_minus": "60 %"}
    step = {
        "water_in": {"value": "0.5 L/kg", **meter},
        "water_out": {"value": "0.45 L/kg", **meter},
    }
    [item] = products(scenario_dict(route={"spinning-ring": step})).foregrounds
    draws = drawn(item.figures)
    values = item.values(draws)
    base = values["yarn/spinning-ring.water_in"]
    evaporated = values["yarn/spinning-ring.water_evaporated"]
    assert np.any(evaporated == 0) and np.any(evaporated > 0)
    assert np.all(evaporated <= base)
