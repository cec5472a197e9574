"""Datasets that use each other: the few that close the loops give what the whole system gives."""

from __future__ import annotations

import numpy as np
import pytest

from lca_cardato.calculation.loops import Loop


def made_up(size, links, draws, seed):
    """Inputs of datasets with random small amounts, so that every loop converges."""
    random = np.random.default_rng(seed)
    names = [f"d{i}" for i in range(size)]
    inputs = {name: [] for name in names}
    for _ in range(links):
        user, taken = random.integers(size, size=2)
        amount = random.uniform(0, 0.3 / size, draws) if random.random() < 0.7 else 0.2 / size
        inputs[names[user]].append((names[taken], amount))
    return names, inputs


def matrices(names, inputs, draws):
    """The systems I - A, shape (draws, datasets, datasets)."""
    found = np.repeat(np.eye(len(names))[None], draws, axis=0)
    for column, name in enumerate(names):
        for one, amount in inputs[name]:
            found[:, names.index(one), column] -= amount
    return found


@pytest.mark.parametrize("size, links", [(1, 1), (2, 2), (5, 9), (12, 30), (23, 60)])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_amounts_and_scores_are_those_of_the_whole_system(size, links, seed):
    draws = 7
    names, inputs = made_up(size, links, draws, seed)
    loop = Loop(names, inputs)
    loop.begin(inputs, draws)
    whole, random = matrices(names, inputs, draws), np.random.default_rng(seed + 10)
    wanted = {names[0]: random.uniform(1, 2, draws), names[-1]: random.uniform(1, 2, draws)}
    right = np.array([wanted.get(name, np.zeros(draws)) for name in names]).T[:, :, None]
    expected = np.linalg.solve(whole, right)[:, :, 0]
    found = loop.needed(wanted)
    for place, name in enumerate(names):
        given = np.broadcast_to(found.get(name, 0.0), draws)
        assert given == pytest.approx(expected[:, place], rel=1e-12, abs=1e-15)
    own = {name: random.uniform(0, 1, (3, draws)) for name in names}
    stacked = np.stack([own[name] for name in names])  # (datasets, indicators, draws)
    units = np.einsum("zxy,xkz->ykz", np.linalg.inv(whole), stacked)
    for place, name in enumerate(names):
        assert loop.units(own)[name] == pytest.approx(units[place], rel=1e-12)


def test_few_close_the_loops_and_the_others_have_an_order():
    inputs = {
        "a": [("b", 0.1)],
        "b": [("a", 0.1), ("c", 0.1)],
        "c": [("b", 0.1), ("d", 1)],
        "d": [],
    }
    loop = Loop(list(inputs), inputs)
    assert loop.few == ["b"]
    assert set(loop.order) == {"a", "c", "d"}
    assert loop.order.index("c") < loop.order.index("d")
