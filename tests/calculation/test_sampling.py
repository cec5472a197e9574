"""Draws and quantiles of the distributions."""

import hashlib
import math

import numpy as np
import pytest
from scipy import stats

from lca_cardato.calculation.sampling import (
    TILE,
    Alike,
    Distribution,
    limited,
    make_normal,
    sample,
)
from lca_cardato.inventory.datum import Uncertainty
from lca_cardato.streams import start_streams, stream, stream_key

LOGNORMAL = Distribution("lognormal", 3.0, math.log(1.5))
NORMAL = Distribution("normal", 3.0, 0.4)
UNIFORM = Distribution("uniform", 3.0, 0.0, 2.0, 6.0)
TRIANGULAR = Distribution("triangular", 3.0, 0.0, 2.0, 6.0)
LEFT_EDGE = Distribution("triangular", 2.0, 0.0, 2.0, 6.0)
RIGHT_EDGE = Distribution("triangular", 6.0, 0.0, 2.0, 6.0)
WIDE = Distribution("triangular", 1.0, 0.0, 0.1, 10.0)
FROM_ZERO = Distribution("triangular", 1.0, 0.0, 0.0, 10.0)


class Sides:
    """A triangle on either side of the median, on the scale of the logarithm or the plain one.

    Written from the density: on each side it falls in a straight line from the median to the end.
    """

    def __init__(self, one, log):
        self.to, self.back = (np.log, np.exp) if log else (np.array, np.array)
        self.low, self.mid, self.high = map(self.to, (one.low, one.amount, one.high))

    def cdf(self, x):
        x = self.to(np.asarray(x, dtype=float))
        with np.errstate(all="ignore"):
            left = (x - self.low) / (self.mid - self.low)
            right = (self.high - x) / (self.high - self.mid)
        if self.low == self.mid:
            return 1 - right**2
        if self.high == self.mid:
            return left**2
        return np.where(x < self.mid, left**2 / 2, 1 - right**2 / 2)

    def ppf(self, u):
        whole = 1.0 if self.mid in (self.low, self.high) else 0.5
        down = self.low + np.sqrt(u / whole) * (self.mid - self.low)
        up = self.high - np.sqrt((1 - u) / whole) * (self.high - self.mid)
        if self.low == self.mid:
            return self.back(up)
        return self.back(down if self.high == self.mid else np.where(u < 0.5, down, up))


EXPECTED = {
    LOGNORMAL: stats.lognorm(math.log(1.5), scale=3.0),
    NORMAL: stats.norm(3.0, 0.4),
    UNIFORM: stats.uniform(2.0, 4.0),
    TRIANGULAR: Sides(TRIANGULAR, True),
    LEFT_EDGE: Sides(LEFT_EDGE, True),
    RIGHT_EDGE: Sides(RIGHT_EDGE, True),
    WIDE: Sides(WIDE, True),
    FROM_ZERO: Sides(FROM_ZERO, False),
}
ALL = pytest.mark.parametrize("one", EXPECTED, ids=lambda one: f"{one.kind}-{one.amount}-{one.low}")


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
    for one in (TRIANGULAR, WIDE, FROM_ZERO):
        assert one.quantile(half)[0] == pytest.approx(one.amount, rel=1e-15)
        assert np.mean(one.sample(stream("x", 0), 20_000) < one.amount) == pytest.approx(
            0.5, abs=0.02
        )


def test_a_tenth_and_ten_times_are_as_far():
    """Of the logarithm both sides are alike, so that many such figures do not drift upwards."""
    logs = np.log10(WIDE.sample(stream("x", 1), 100_000))
    assert logs.mean() == pytest.approx(0, abs=0.01)
    assert stats.kstest(logs, stats.triang(0.5, -1, 2).cdf).pvalue > 1e-3


def test_alike_rows_of_both_scales_stand_together():
    """A range from 0 between ranges above 0 keeps its own scale."""
    alike, u = Alike([TRIANGULAR, FROM_ZERO, WIDE]), np.linspace(0.01, 0.99, 99)
    values = np.empty((3, 99))
    alike.shape(np.tile(u, (3, 1)), values)
    for row, one in zip(values, (TRIANGULAR, FROM_ZERO, WIDE)):
        assert np.allclose(row, one.quantile(u), rtol=1e-14)


@pytest.mark.parametrize("one", [UNIFORM, TRIANGULAR, LEFT_EDGE, RIGHT_EDGE])
def test_ends(one):
    assert one.quantile(np.array([0.0, 1.0])).tolist() == pytest.approx([2.0, 6.0], rel=1e-15)
    values = one.sample(stream("ends", 0), 5000)
    assert values.min() >= 2.0 and values.max() <= 6.0


@pytest.mark.parametrize("one", [LOGNORMAL, NORMAL])
def test_ends_of_an_open_distribution_are_finite_and_ordered(one):
    low, high = one.quantile(np.array([0.0, 1.0]))
    assert np.isfinite([low, high]).all() and low < one.amount < high


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
