"""Both solvers on the same programs: each answer is that of all points, and both are the same."""

import itertools
import math
import random
from fractions import Fraction

import pytest

from lca_cardato.optimise.linear import Forbidden, Linear, Row
from lca_cardato.optimise.solvers import SOLVERS

NEVER = math.inf


def drawn(rng):
    """A program of two to five columns, up to two binaries, and rows that points lie exactly on."""
    columns = rng.randint(2, 5)
    total = rng.randint(3, 14 - 2 * columns)
    ends = [(0, rng.randint(1, total)) for _ in range(columns)]
    binaries = rng.randint(0, 2)
    problem = Linear(columns, total, [*ends, *[(0, 1)] * binaries], [True] * (columns + binaries))
    for _ in range(rng.randint(0, 4)):
        shares = [Fraction(rng.randint(-9, 9), rng.choice([1, 3, 7, 20])) for _ in range(columns)]
        others = {
            columns + one: Fraction(rng.randint(-20, 20)) for one in range(binaries)
            if rng.random() < 0.7
        }  # fmt: skip
        inside = [rng.randint(*end) for end in ends]
        least = sum(a * x for a, x in zip(shares, inside))  # some point is on its edge
        problem.rows.append(Row(shares, others, least))
    for steps in itertools.islice(points(problem), rng.randint(0, 3)):
        problem.forbidden.append(Forbidden(list(steps), ends))
    goal = [Fraction(rng.randint(-30, 30), rng.choice([1, 3, 11])) for _ in range(columns)]
    return problem, goal


def points(problem):
    """Every point of the columns that some binaries allow."""
    forbidden = [tuple(one.steps) for one in problem.forbidden]
    columns = problem.columns
    for steps in itertools.product(*(range(a, b + 1) for a, b in problem.bounds[:columns])):
        if sum(steps) != problem.total or steps in forbidden:
            continue
        for more in itertools.product((0, 1), repeat=len(problem.bounds) - columns):
            if all(
                sum(a * x for a, x in zip(row.shares, steps))
                + sum(value * more[key - columns] for key, value in row.others.items())
                >= row.least
                for row in problem.rows
            ):
                yield steps
                break


def value(goal, steps):
    return sum(a * x for a, x in zip(goal, steps))


@pytest.mark.parametrize("start", range(0, 300, 100))
def test_the_least_of_all_points_is_found(start):
    empty = 0
    for seed in range(start, start + 100):
        problem, goal = drawn(random.Random(seed))
        every = list(points(problem))
        found = SOLVERS["exact"]()(problem).minimise(goal, NEVER)
        assert found.finished
        if not every:
            empty += 1
            assert found.steps is None and found.bound == math.inf, seed
            continue
        assert tuple(found.steps) in every, seed
        least = min(value(goal, steps) for steps in every)
        assert value(goal, found.steps) == least, seed
        assert found.bound == pytest.approx(float(least), rel=1e-12, abs=1e-12)
        other = SOLVERS["highs"]()(problem).minimise(goal, NEVER)
        assert other.finished and tuple(other.steps) in every, seed
        assert float(value(goal, other.steps)) == pytest.approx(float(least), abs=1e-7), seed
    assert 0 < empty < 90


def test_rows_of_many_digits_are_only_ever_made_wider():
    rng = random.Random(1)
    for _ in range(40):
        digits = 10**30
        shares = [Fraction(rng.randint(-digits, digits), rng.randint(1, digits)) for _ in range(3)]
        inside = [2, 3, 4]
        least = sum(a * x for a, x in zip(shares, inside))
        problem = Linear(3, 9, [(1, 9)] * 3, [True] * 3, [Row(shares, {}, least)])
        goal = [-a for a in shares]  # the row is as tight as it can be where the goal is least
        solver = SOLVERS["exact"]()(problem)
        problem.rows.append(Row(goal, {}, -least))
        found = solver.minimise([Fraction(0)] * 3, NEVER)
        assert found.steps == inside


def test_what_was_known_in_time_is_told():
    problem, goal = drawn(random.Random(3))
    found = SOLVERS["exact"]()(problem).minimise(goal, -math.inf)
    assert (found.steps, found.bound, found.finished) == (None, -math.inf, False)


def test_bounds_that_leave_nothing():
    problem = Linear(2, 1, [(0, 1), (2, 1)], [True, True])
    for name in SOLVERS:
        assert SOLVERS[name]()(problem).minimise([1, 1], NEVER).bound == math.inf
