"""What sets of figures tell of an interval: against closed forms, and against drawing anew."""

import numpy as np
import pytest

from lca_cardato.calculation.draws import BlockDraws, RandomDraws
from lca_cardato.measure.measures import open_measures
from lca_cardato.measure.narrowing import Interval
from lca_cardato.measure.study import measure_next

DRAWS = 16_384


def normal(count, seed=0):
    return np.random.default_rng(seed).normal(size=(count, DRAWS))


def test_sums_narrow_as_the_variances_say():
    x = normal(3)
    one = Interval(3 * x[0] + 2 * x[1] + x[2], {"a": x[:1], "b": x[1:2], "c": x[2:]})
    assert one.narrowed(["a"]) == pytest.approx(1 - np.sqrt(5 / 14), abs=0.02)
    assert one.narrowed(["a", "b"]) == pytest.approx(1 - np.sqrt(1 / 14), abs=0.02)
    assert one.explained(["b"]) == pytest.approx(4 / 14, abs=0.01)
    assert one.narrowed(["a", "b", "c"]) > 0.95


def test_products_of_two_sets_are_seen():
    x = np.exp(0.3 * normal(2))
    one = Interval(x[0] * x[1], {"a": x[:1], "b": x[1:]})
    assert one.narrowed(["a", "b"]) > 0.9
    assert one.narrowed(["a"]) == pytest.approx(one.narrowed(["b"]), abs=0.02)


def test_what_has_nothing_to_do_with_it_narrows_nothing():
    x = normal(40)
    one = Interval(x[0], {"other": x[1:], "none": x[1:2]})
    assert one.narrowed(["other"]) == 0.0 == one.narrowed(["none"])
    assert one.narrowed([]) == 0.0 == one.narrowed(["unheard of"])


def test_a_certain_result_has_nothing_to_narrow():
    x = normal(1)
    assert Interval(np.ones(DRAWS), {"a": x}).narrowed(["a"]) == 0.0


@pytest.mark.parametrize(
    ("scenario", "key"),
    [("virgin-wool", "supplier_data/flock-sheep-au"), ("cashmere-blend", "supplier_data/cashmere-dehaired"),
     ("recycled-wool-70", "supplier_data/caprolactam")],
)  # fmt: skip
def test_as_if_the_figures_were_known_in_draws_of_their_own(products, scenario, key):
    """Two levels of draws: outside, what the figures may be; inside, all others."""
    found = products(scenario, indicators=["climate_change"])
    random = RandomDraws(found.streams, 5)
    values = random.draw(2048).values.copy()
    whole = found.scores(BlockDraws(found.streams, values))[0][0]
    (measure,) = [one for one in open_measures(found, found.background.inventory) if one.key == key]
    rows = sorted({found.streams.places[id(figure)] for figure in measure.figures[0]})
    widths = []
    for draw in range(40):
        inside = values.copy()
        inside[rows] = values[rows, draw : draw + 1]
        scores = found.scores(BlockDraws(found.streams, inside))[0][0]
        widths.append(np.diff(np.percentile(scores, [2.5, 97.5]))[0])
    nested = 1 - np.mean(widths) / np.diff(np.percentile(whole, [2.5, 97.5]))[0]
    told = Interval(whole, {"it": values[rows]}).narrowed(["it"])
    assert told == pytest.approx(nested, abs=0.06)


def test_it_is_the_same_for_a_seed(store):
    one, two = (measure_next("scenarios/virgin-wool.yaml", samples=2048) for _ in range(2))
    assert one.to_dict() == two.to_dict()
