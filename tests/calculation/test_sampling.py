"""Draws and quantiles of the distributions."""

import hashlib
import math

import numpy as np
import pytest
from scipy import stats

from lca_cardato.calculation.sampling import TILE, Distribution, limited, make_normal, sample
from lca_cardato.inventory.datum import Uncertainty
from lca_cardato.streams import start_streams, stream, stream_key

LOGNORMAL = Distribution("lognormal", 3.0, math.log(1.5))
NORMAL = Distribution("normal", 3.0, 0.4)
UNIFORM = Distribution("uniform", 3.0, 0.0, 2.0, 6.0)
TRIANGULAR = Distribution("triangular", 3.0, 0.0, 2.0, 6.0)
LEFT_EDGE = Distribution("triangular", 2.0, 0.0, 2.0, 6.0)
RIGHT_EDGE = Distribution("triangular", 6.0, 0.0, 2.0, 6.0)
EXPECTED = {
    LOGNORMAL: stats.lognorm(math.log(1.5), scale=3.0),
    NORMAL: stats.norm(3.0, 0.4),
    UNIFORM: stats.uniform(2.0, 4.0),
    TRIANGULAR: stats.triang(0.25, 2.0, 4.0),
    LEFT_EDGE: stats.triang(0.0, 2.0, 4.0),
    RIGHT_EDGE: stats.triang(1.0, 2.0, 4.0),
}
ALL = pytest.mark.parametrize("one", EXPECTED, ids=lambda one: f"{one.kind}-{one.amount}")


@ALL
def test_quantile_is_the_inverse_distribution_function(one):
    u = np.linspace(0.001, 0.999, 333)
    assert np.allclose(one.quantile(u), EXPECTED[one].ppf(u), rtol=1e-12, atol=0)


@ALL
def test_draws_follow_the_distribution(one):
    values = one.sample(stream("x", 4), 20_000)
    assert stats.kstest(values, EXPECTED[one].cdf).pvalue > 1e-3
    u = (np.arange(20_000) + 0.5) / 20_000
    assert stats.ks_2samp(values, one.quantile(u)).pvalue > 1e-3


@ALL
def test_first_draws_do_not_depend_on_how_many_follow(one):
    short, long = one.sample(stream("x", 4), 10), one.sample(stream("x", 4), 3000)
    assert np.array_equal(short, long[:10])
    generator = stream("x", 4)
    in_parts = np.concatenate(
        [one.sample(generator, 2 * TILE), one.sample(generator, 3000 - 2 * TILE)]
    )
    assert np.array_equal(in_parts, long)


def test_medians():
    half = np.array([0.5])
    assert LOGNORMAL.quantile(half)[0] == 3.0
    assert NORMAL.quantile(half)[0] == 3.0
    assert UNIFORM.quantile(half)[0] == 4.0
    assert TRIANGULAR.quantile(half)[0] == pytest.approx(6 - math.sqrt(6.0), rel=1e-15)


@pytest.mark.parametrize("one", [UNIFORM, TRIANGULAR, LEFT_EDGE, RIGHT_EDGE])
def test_ends(one):
    assert one.quantile(np.array([0.0, 1.0])).tolist() == [2.0, 6.0]
    values = one.sample(stream("ends", 0), 5000)
    assert values.min() >= 2.0 and values.max() <= 6.0


@pytest.mark.parametrize("one", [LOGNORMAL, NORMAL])
def test_ends_of_an_open_distribution_are_finite_and_ordered(one):
    low, high = one.quantile(np.array([0.0, 1.0]))
    assert np.isfinite([low, high]).all() and low < one.amount < high


def test_mode_of_the_triangular_is_its_amount():
    share = (3.0 - 2.0) / (6.0 - 2.0)
    assert TRIANGULAR.quantile(np.array([share]))[0] == pytest.approx(3.0, rel=1e-15)
    counts, edges = np.histogram(TRIANGULAR.sample(stream("mode", 0), 100_000), bins=16)
    top = int(np.argmax(counts))
    assert edges[top] - 0.25 <= 3.0 <= edges[top + 1] + 0.25


def test_logarithms_of_the_lognormal_have_the_geometric_deviation():
    logs = np.log(LOGNORMAL.sample(stream("gsd", 0), 100_000))
    assert math.exp(logs.std()) == pytest.approx(1.5, rel=0.01)
    assert math.exp(logs.mean()) == pytest.approx(3.0, rel=0.01)
    one_deviation = LOGNORMAL.quantile(stats.norm.cdf(np.array([-1.0, 1.0])))
    assert one_deviation == pytest.approx([2.0, 4.5], rel=1e-12)


def test_distribution_is_read_from_a_record():
    wide = Uncertainty(distribution="triangular", min="2", max="6")
    assert Distribution.of(wide, 3.0) == TRIANGULAR
    assert Distribution.of(wide, 9.0) == RIGHT_EDGE  # an own figure outside the default's range
    assert Distribution.of(wide, 1.0) == LEFT_EDGE
    assert Distribution.of(Uncertainty(distribution="lognormal", gsd="1.5"), 3.0) == LOGNORMAL
    assert Distribution.of(Uncertainty(distribution="normal", sd="0.4"), 3.0) == NORMAL
    assert Distribution.of(None, 3.0) == Distribution("none", 3.0)


def test_without_distribution_every_draw_is_the_amount():
    assert sample(None, 3.0, 4, stream("x", 0)).tolist() == [3.0] * 4
    assert Distribution("none", 3.0).quantile(np.array([0.1, 0.9])).tolist() == [3.0, 3.0]


def test_a_normal_is_kept_inside_what_can_be():
    values = Distribution("normal", 0.5, 2.0).sample(stream("x", 0), 2000)
    assert values.min() < 0 and values.max() > 1
    kept = limited("carding.electricity", values)
    assert kept.min() == 0.0 and np.array_equal(kept[values > 0], values[values > 0])
    for key, high in (("yarn/carding.loss", 0.95), ("yarn/carding.loss.0", 0.95),
                      ("yarn/carding.reclaimed", 1.0)):  # fmt: skip
        kept = limited(key, values)
        inside = (values > 0) & (values < high)
        assert (kept.min(), kept.max()) == (0.0, high)
        assert np.array_equal(kept[inside], values[inside])


def test_stream_depends_on_name_and_seed():
    def first(key, seed):
        return stream(key, seed).random(3).tolist()

    assert first("a", 0) == first("a", 0)
    assert len({tuple(first(key, seed)) for key in "ab" for seed in (0, 1)}) == 4


@pytest.mark.parametrize("seed", [0, 7, 2**32, 2**128 + 3, 2**200])
def test_a_stream_is_the_seed_sequence_of_seed_and_spawn_key(seed):
    key = tuple(int(word) for word in stream_key("same_state"))
    assert key[0] == int(hashlib.sha256(b"same_state").hexdigest()[:8], 16)
    sequence = np.random.SeedSequence(seed, spawn_key=key)
    expected = np.random.Generator(np.random.SFC64(sequence))
    assert np.array_equal(stream("same_state", seed).random(9), expected.random(9))


@pytest.mark.parametrize("seed", [0, 1, 2**31, 2**32 + 5, 2**130 + 7])
def test_streams_started_together_are_those_of_numpy(seed):
    keys = [stream_key(name) for name in ("a", "yarn/carding.loss", "x")]
    for key, found in zip(keys, start_streams(keys, seed)):
        alone = np.random.SFC64(np.random.SeedSequence(seed, spawn_key=[int(k) for k in key]))
        assert np.array_equal(found.bit_generator.random_raw(8), alone.random_raw(8))


def test_normal_numbers():
    numbers = np.random.default_rng(3).random((2, 200 * TILE), dtype=np.float32)
    numbers[0, 0] = 0.0
    make_normal(numbers, np.empty_like(numbers))
    for row in numbers.astype(float):
        assert stats.kstest(row, "norm").pvalue > 1e-3
        assert abs(stats.kurtosis(row)) < 0.05
        pairs = row.reshape(-1, 2, TILE // 2)
        assert abs(np.corrcoef(pairs[:, 0].ravel(), pairs[:, 1].ravel())[0, 1]) < 0.01
    assert np.isfinite(numbers).all() and np.abs(numbers).max() < 5.8
