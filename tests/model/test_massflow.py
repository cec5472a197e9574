from fractions import Fraction as F

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lca_cardato.model.massflow import chain_flows, dry_shares, total

fraction = st.fractions(min_value=0, max_value=F(9, 10), max_denominator=100)


@st.composite
def chains(draw):
    fibres = draw(st.integers(1, 4))
    raw = [draw(st.fractions(min_value=F(1, 10), max_value=1, max_denominator=20))
           for _ in range(fibres)]  # fmt: skip
    shares = [r / sum(raw) for r in raw]
    steps = draw(st.integers(0, 4))
    losses = [[draw(fraction) for _ in range(fibres)] for _ in range(steps)]
    reclaimed = [draw(fraction) for _ in range(steps)]
    return shares, losses, reclaimed


@given(chains())
def test_every_fibre_balances_exactly(chain):
    shares, losses, reclaimed = chain
    flows = chain_flows(shares, losses, reclaimed)
    assert total(flows.product) == 1
    for i in range(len(shares)):
        back = sum(row[i] for row in flows.reclaimed)
        waste = sum(flows.lost[t][i] - flows.reclaimed[t][i] for t in range(len(losses)))
        assert flows.fresh[i] + back == flows.feed[i]
        assert flows.fresh[i] == flows.product[i] + waste
        for t in range(len(losses)):
            assert flows.into[t][i] == flows.out[t][i] + flows.lost[t][i]
            assert flows.lost[t][i] == flows.into[t][i] * losses[t][i]
    fresh = total(flows.fresh)
    assert [value / fresh for value in flows.fresh] == shares


@given(chains())
def test_order_of_the_blend_does_not_matter(chain):
    shares, losses, reclaimed = chain
    flows = chain_flows(shares, losses, reclaimed)
    turned = chain_flows(shares[::-1], [row[::-1] for row in losses], reclaimed)
    assert turned.product == flows.product[::-1]


@given(chains(), st.fractions(min_value=0, max_value=F(1, 50), max_denominator=1000))
def test_declared_rework_has_the_declared_share(chain, rework):
    shares, losses, reclaimed = chain
    if any(sum(row[i] for row in losses) == 0 for i in range(len(shares))):
        return
    flows = chain_flows(shares, losses, reclaimed, rework)
    for i in range(len(shares)):
        assert sum(row[i] for row in flows.reclaimed) == rework * flows.feed[i]


def test_hand_calculation():
    """10 % lost, half of it put back: 1 kg needs 1/0.9 kg of feed, of which 0.0556 kg is rework."""
    flows = chain_flows([F(1)], [[F(1, 10)]], [F(1, 2)])
    assert flows.feed == [F(10, 9)]
    assert flows.reclaimed == [[F(1, 18)]]
    assert flows.fresh == [F(19, 18)]


def test_fibres_keep_their_own_losses():
    flows = chain_flows([F(1, 2), F(1, 2)], [[F(1, 5), F(0)]], [F(0)])
    assert flows.product == [F(4, 9), F(5, 9)]


def test_arrays_agree_with_scalars():
    shares = [np.array([0.7, 0.5]), np.array([0.3, 0.5])]
    losses = [[np.array([0.1, 0.2]), np.array([0.05, 0.0])]]
    flows = chain_flows(shares, losses, [np.array([0.5, 0.0])])
    for k in range(2):
        one = chain_flows([s[k] for s in shares], [[x[k] for x in losses[0]]], [[0.5, 0.0][k]])
        assert np.allclose([p[k] for p in flows.product], one.product, rtol=1e-14)


@pytest.mark.parametrize(
    ("regain", "percent"), [(F(15, 1000), 61.70), (F(625, 10000), 62.78)], ids=["PES", "PA"]
)
def test_65_percent_conditioned_wool_on_the_dry_basis(regain, percent):
    dry = dry_shares([F(65, 100), F(35, 100)], [F(17, 100), regain])
    assert round(float(dry[0]) * 100, 2) == percent
    assert sum(dry) == 1
