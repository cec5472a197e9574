"""The order of measures, and the best set by trying all."""

from itertools import combinations

import numpy as np
import pytest

from lca_cardato.measure.order import enumerated, greedy


def additive(worth):
    return lambda names: sum(worth[name] for name in names)


def test_the_most_per_euro_first():
    worth, costs = {"a": 0.2, "b": 0.3, "c": 0.1}, {"a": 100.0, "b": 300.0, "c": 20.0}
    steps = greedy(additive(worth), costs)
    assert [step.name for step in steps] == ["c", "a", "b"]
    assert [step.spent for step in steps] == [20.0, 120.0, 420.0]
    assert all(found.same for found in enumerated(additive(worth), costs, steps))


def test_what_costs_nothing_comes_first_and_a_tie_goes_by_name():
    worth = {"b": 0.1, "a": 0.1, "free": 0.02}
    steps = greedy(additive(worth), {"b": 10.0, "a": 10.0, "free": 0.0})
    assert [step.name for step in steps] == ["free", "a", "b"]


def test_a_budget_is_kept_to_the_cent():
    worth = {"a": 0.2, "b": 0.3}
    assert [s.name for s in greedy(additive(worth), {"a": 100.0, "b": 300.0}, 399.99)] == ["a"]
    assert len(greedy(additive(worth), {"a": 100.0, "b": 300.0}, 400.0)) == 2
    assert greedy(additive(worth), {"a": 100.0, "b": 300.0}, 0.0) == []


def test_a_better_set_for_the_same_money_is_found():
    """The first by worth per euro takes the money that a pair which belongs together needs."""

    def narrowed(names):
        return 0.3 * ("a" in names) + 0.04 * ("b" in names) + 0.9 * ({"b", "c"} <= set(names))

    costs = {"a": 100.0, "b": 50.0, "c": 60.0}
    steps = greedy(narrowed, costs)
    assert [step.name for step in steps] == ["a", "b", "c"]
    found = enumerated(narrowed, costs, steps)
    assert found[1].names == ("b", "c") and not found[1].same
    assert found[1].budget == 150.0 and found[1].best == pytest.approx(0.94)
    assert found[2].same


@pytest.mark.parametrize("seed", range(20))
def test_no_set_of_five_is_better_than_the_one_that_is_named(seed):
    draw = np.random.default_rng(seed)
    sets = {name: set(draw.choice(12, size=4).tolist()) for name in "abcde"}
    costs = {name: float(draw.integers(1, 9)) for name in "abcde"}

    def narrowed(names):
        return len(set().union(*(sets[name] for name in names))) / 12

    steps = greedy(narrowed, costs)
    names = [step.name for step in steps]
    for found in enumerated(narrowed, costs, steps):
        all_sets = [s for n in range(len(names) + 1) for s in combinations(names, n)]
        best = max(narrowed(s) for s in all_sets if sum(costs[x] for x in s) <= found.budget)
        assert found.best == best >= found.greedy
        assert sum(costs[name] for name in found.names) <= found.budget
