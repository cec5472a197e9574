"""The plan against brute force, and against another solver; limits kept in fractions."""

import random
from dataclasses import replace
from fractions import Fraction as F
from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import linprog

from lca_cardato.season.exact import exactly
from lca_cardato.season.model import Lot, Order
from lca_cardato.season.plan import plan
from lca_cardato.season.study import kept
from lca_cardato.season.why import reason

WOOL, NYLON = ("wool", "wool", F(17, 100)), ("polyamide", "polyamide", F(575, 10000))


def lot(name, kg, fibre=WOOL, recycled=True, paper="p", colour="", finest=None, loss=0, cost=1):
    origin = "recycled_post_consumer" if recycled else "virgin"
    return Lot(name, F(kg), *fibre, origin, paper, colour, finest, F(loss), F(cost))


def order(name, kg, recycled=None, **more):
    claim = "cardato-recycled" if recycled else ""
    given = {"nm": None, "colour": "", "virgin_wool": False, **more}
    return Order(name, F(kg), claim=claim, recycled=F(recycled) if recycled else None, **given)


def drawn(seed, lots=5, orders=4):
    draw = random.Random(seed)
    stock = [
        lot(f"L{i}", draw.randint(20, 120), draw.choice([WOOL, NYLON]), draw.random() < 0.6,
            "p" if draw.random() < 0.8 else "", draw.choice(["", "red", "blue"]),
            draw.choice([None, F(8), F(16)]), F(draw.randint(0, 10), 100), F(draw.randint(100, 900), 100))
        for i in range(lots)
    ]  # fmt: skip
    wanted = [
        order(f"O{j}", draw.randint(20, 150), draw.choice([None, F(65, 100), F(1, 5)]),
              nm=draw.choice([None, F(6), F(12)]), colour=draw.choice(["", "red", "blue"]),
              virgin_wool=draw.random() < 0.1, fibres={"wool": F(1, 2)} if draw.random() < 0.4 else {})
        for j in range(orders)
    ]  # fmt: skip
    return stock, wanted


def cheapest(stock, orders):
    """Least cost of filling all of some orders, by a program of its own; None where it can't be."""
    pairs = [(i, j) for j, o in enumerate(orders) for i, one in enumerate(stock) if o.takes(one)]
    if not orders:
        return 0.0
    equal, right, above = [], [], []
    for j, o in enumerate(orders):
        row = [float(1 - stock[i].loss) if k == j else 0.0 for i, k in pairs]
        equal.append(row)
        right.append(float(o.kg))
        mine = [stock[i] for i, k in pairs if k == j]
        for values in o.rows(mine):
            rest = iter(values)
            above.append([-float(next(rest)) if k == j else 0.0 for _, k in pairs])
    for i in range(len(stock)):
        above.append([1.0 if k == i else 0.0 for k, _ in pairs])
    limit = [0.0] * (len(above) - len(stock)) + [float(one.kg) for one in stock]
    if not pairs:
        return None
    done = linprog([float(stock[i].cost) for i, _ in pairs], np.array(above), limit, equal, right)
    return done.fun if done.status == 0 else None


@pytest.mark.parametrize("seed", range(40))
def test_as_by_trying_every_set_of_orders(seed):
    stock, orders = drawn(seed)
    found = plan(stock, orders, gap=0)
    best = None
    for count in range(len(orders), -1, -1):
        costs = [cheapest(stock, some) for some in combinations(orders, count)]
        if any(cost is not None for cost in costs):
            best = count, min(cost for cost in costs if cost is not None)
            break
    assert len(found.filled) == best[0] == found.most and not found.timed_out
    assert found.cost == pytest.approx(best[1], rel=1e-6, abs=1e-6)
    known = {one.id: one for one in stock}
    for one in found.filled:
        taken = {known[i]: kg for (i, name), kg in found.kilograms.items() if name == one.id}
        assert kept(one, taken)
    for one in stock:
        assert sum((kg for (i, _), kg in found.kilograms.items() if i == one.id), F(0)) <= one.kg


@pytest.mark.parametrize("seed", range(100, 112))
def test_as_another_solver_says(seed):
    pulp = pytest.importorskip("pulp")
    stock, orders = drawn(seed, 6, 5)
    found = plan(stock, orders, gap=0)
    x = {(i, j): pulp.LpVariable(f"x_{i}_{j}", 0) for j, o in enumerate(orders)
         for i, one in enumerate(stock) if o.takes(one)}  # fmt: skip
    y = [pulp.LpVariable(f"y_{j}", cat="Binary") for j in range(len(orders))]

    def model(objective, least):
        made = pulp.LpProblem("season", pulp.LpMinimize)
        made += objective
        made += pulp.lpSum(y) >= least
        for j, o in enumerate(orders):
            mine = [i for i in range(len(stock)) if (i, j) in x]
            filled = pulp.lpSum(float(1 - stock[i].loss) * x[i, j] for i in mine)
            made += filled == float(o.kg) * y[j]
            for row in o.rows([stock[i] for i in mine]):
                made += pulp.lpSum(float(v) * x[i, j] for i, v in zip(mine, row)) >= 0
        for i, one in enumerate(stock):
            made += pulp.lpSum(x[k] for k in x if k[0] == i) <= float(one.kg)
        assert made.solve(pulp.PULP_CBC_CMD(msg=False)) == 1
        return pulp.value(objective)

    count = round(-model(-pulp.lpSum(y), 0))
    cost = model(pulp.lpSum(float(stock[i].cost) * v for (i, _), v in x.items()), count)
    assert len(found.filled) == count
    assert found.cost == pytest.approx(cost or 0.0, rel=1e-5, abs=1e-5)


def test_a_stock_that_is_just_enough_is_enough():
    """65 of 100 kg meet 65 %, of one moisture: decided by fractions."""
    stock = [lot("A", 65), lot("B", 35, recycled=False)]
    found = plan(stock, [order("O", 100, F(65, 100))])
    assert [one.id for one in found.filled] == ["O"]
    assert found.kilograms == {("A", "O"): 65, ("B", "O"): 35}


def test_a_hair_less_is_not_enough():
    stock = [lot("A", F(65) - F(1, 10**12)), lot("B", 36, recycled=False)]
    found = plan(stock, [order("O", 100, F(65, 100))])
    assert found.filled == [] and found.missed == ["O"]


def test_the_dry_reading_counts_too():
    """65 % wool beside polyamide is 62.7 % dry and less: more wool has to go in."""
    stock = [lot("A", 100), lot("B", 100, NYLON, recycled=False, cost=F(1, 2))]
    found = plan(stock, [order("O", 100, F(65, 100))], gap=0)
    wool = found.kilograms["A", "O"]
    dry = [wool / F(117, 100), (100 - wool) / (1 + F(575, 10000))]
    assert dry[0] / sum(dry) == F(65, 100) and wool > 67


def test_a_lot_without_a_paper_proves_nothing():
    assert plan([lot("A", 200, paper="")], [order("O", 100, F(65, 100))]).filled == []


def test_the_order_of_the_rows_changes_nothing():
    stock, orders = drawn(7, 8, 6)
    one, two = plan(stock, orders), plan(stock[::-1], orders[::-1])
    assert one.kilograms == two.kilograms


@pytest.mark.parametrize("seed", range(200, 208))
def test_more_stock_and_lower_claims_never_cost_orders(seed):
    stock, orders = drawn(seed)
    count = len(plan(stock, orders).filled)
    more = [replace(one, kg=one.kg * 2) for one in stock]
    looser = [replace(one, recycled=one.recycled and one.recycled / 2) for one in orders]
    assert len(plan(more, orders).filled) >= count <= len(plan(stock, looser).filled)
    double = [replace(one, cost=one.cost * 2) for one in stock]
    once, twice = plan(stock, orders, gap=0), plan(double, orders, gap=0)
    assert twice.cost == pytest.approx(2 * once.cost)


def test_every_order_that_is_left_has_its_reason():
    stock = [lot("A", 100, colour="red", finest=F(8)), lot("B", 100, NYLON, False, colour="red")]
    cases = {
        "colour": order("O", 10, colour="blue"),
        "stock": order("O", 1000),
        "recycled": order("O", 190, F(65, 100)),
        "fibre": order("O", 190, fibres={"wool": F(9, 10)}),
        "count": order("O", 10, colour="red", nm=F(12)),
    }
    stock_of_one = [stock[0]]
    for code, wanted in cases.items():
        assert reason(wanted, stock_of_one if code == "count" else stock).code == code
    assert reason(cases["recycled"], stock).needed == F(65, 100) * 190
    assert reason(order("O", 10, virgin_wool=True), stock_of_one).code == "name"
    both = order("O", 150, F(65, 100), fibres={"polyamide": F(45, 100)})
    assert reason(both, stock).code == "together"
    assert reason(order("O", 90), stock).code == "others"


def test_numbers_of_a_solver_become_exact():
    stock = {"A": lot("A", 70), "B": lot("B", 60, NYLON, False)}
    wanted = order("O", 100, F(1, 3))
    found, _ = exactly(stock, [wanted], {("A", "O"): 69.9999999997, ("B", "O"): 30.0000000003})
    assert found == {("A", "O"): 70, ("B", "O"): 30}


@pytest.mark.long
def test_a_whole_season_within_its_gap():
    stock, orders = drawn(1, 500, 200)
    found = plan(stock, orders, 60)
    assert found.filled and found.gap <= 0.01
