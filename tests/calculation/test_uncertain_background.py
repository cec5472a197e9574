"""Scores of the background under uncertainty, against whole systems solved draw by draw."""

from types import SimpleNamespace

import numpy as np
import pytest
from conftest import NAMES
from dense import foreground_matrix

from lca_cardato.brightway.condense import Numbers, full_matrices
from lca_cardato.brightway.line import FLOW_OFFSET, Matrices, scores
from lca_cardato.calculation.draws import RandomDraws, Streams
from lca_cardato.calculation.figures import Figure, QuantileDraws
from lca_cardato.calculation.propagate import Propagation
from lca_cardato.calculation.solve import UnitScores, solve
from lca_cardato.calculation.uncertain_background import MIX, UncertainBackground
from lca_cardato.inventory.datum import Uncertainty
from lca_cardato.inventory.placed import placed
from lca_cardato.lcia.indicators import RESULT_ALIASES
from lca_cardato.model.system import build_system, parameter_values

DRAWS = 3
SPREAD = Uncertainty(distribution="lognormal", gsd="1.2")


def close(found, expected, rtol):
    scale = np.maximum(np.abs(expected), 1e-30)
    return np.max(np.abs(np.asarray(found) - expected) / scale) <= rtol


def random_draws(figures, seed=5, count=DRAWS):
    return RandomDraws(Streams(figures), seed).draw(count)


def drawn_matrices(inventory, store, amounts):
    """Matrices of the background with drawn amounts; `amounts` maps places to amounts.

    Written from the records alone: every entry is the sum of the typed amounts of its exchanges
    in the ratio of the unit conversion.
    """
    place = {name: i for i, name in enumerate(store.datasets)}
    flow = {key: i for i, key in enumerate(store.flows)}
    technosphere, biosphere = store.technosphere.copy(), store.biosphere.copy()
    for name, dataset in inventory.datasets.items():
        column = place[name]
        typed, drawn, power = {}, {}, []
        for exchange in dataset.exchanges:
            target = exchange.input or exchange.flow
            label = target if isinstance(target, str) else "/".join([target[0], *target[1]])
            nth = len(typed.setdefault(target, []))
            typed[target].append(float(exchange.amount))
            key = f"{name}/{label}" + (f"#{nth + 1}" if nth else "")
            drawn.setdefault(target, []).append(amounts.get(key, float(exchange.amount)))
            if exchange.input and inventory.datasets[exchange.input].product.unit == "kWh":
                power.append(exchange.input)
        stated = sum(sum(typed[p]) for p in dict.fromkeys(power))
        if dataset.product.unit == "kWh" and len(power) > 1 and MIX[0] <= stated <= MIX[1]:
            found = sum(sum(drawn[p]) for p in dict.fromkeys(power))
            for p in dict.fromkeys(power):
                drawn[p] = [a * stated / found for a in drawn[p]]
        for target, parts in typed.items():
            if sum(parts) == 0:
                continue
            ratio = sum(drawn[target]) / sum(parts)
            if isinstance(target, str):
                technosphere[place[target], column] *= ratio
            else:
                where = placed(target, dataset.geography, inventory.water_factors)
                biosphere[flow[where], column] *= ratio
        for result, datum in dataset.results.items():
            wanted = RESULT_ALIASES.get(result, result)
            new = amounts.get(f"{name}/{wanted}")
            if new is not None:
                biosphere[flow[wanted, ("indicator result",)], column] *= new / float(datum.amount)
    return technosphere, biosphere


def whole_system(system, store, technosphere, biosphere):
    """Foreground and background in one pair of matrices; the foreground comes first."""
    own, count = len(system.activities), len(store.datasets)
    place = {name: own + i for i, name in enumerate(store.datasets)}
    flow = {key: i for i, key in enumerate(store.flows)}
    a = np.zeros((own + count, own + count))
    b = np.zeros((len(store.flows), own + count))
    a[:own, :own] = foreground_matrix(system)[0]
    a[own:, own:], b[:, own:] = technosphere, biosphere
    for exchange in system.exchanges:
        if isinstance(exchange.target, str):
            a[place[exchange.target], exchange.activity] -= exchange.amount
        else:
            b[flow[exchange.target], exchange.activity] += exchange.amount
    return a, b


def systems_of_draws(products, store, draws, inventory):
    """Whole system of every product and draw."""
    figures = {f.key: f for f in products.background.figures()}
    for draw in range(draws.count):
        amounts = {key: float(draws(f)[draw]) for key, f in figures.items()}
        matrices = drawn_matrices(inventory, store, amounts)
        for place, item in enumerate(products.foregrounds):
            values = {
                key: float(np.asarray(v).reshape(-1)[draw if np.ndim(v) else 0])
                for key, v in item.values(draws).items()
            }
            system = build_system(item.model, values)
            yield draw, place, system, *whole_system(system, store, *matrices)


@pytest.mark.parametrize("count", [1, 3])
def test_stated_figures_give_the_deterministic_scores(every, store, stated, count):
    found = every.scores(stated(count))
    for place, item in enumerate(every.foregrounds):
        system = build_system(item.model, parameter_values(item.model))
        expected = solve(system, UnitScores(store.background)).scores[:, 0]
        for indicator, score in enumerate(found[place]):
            values = np.broadcast_to(score, count)
            assert close(values, expected[indicator], 1e-12), (NAMES[place], indicator)


def test_draws_equal_whole_systems_solved_by_numpy(every, store, inventory):
    draws = random_draws(every.figures())
    found = every.scores(draws)
    stated = {}
    for draw, place, system, a, b in systems_of_draws(every, store, draws, inventory):
        demand = np.zeros(len(a))
        demand[system.demand] = system.mass
        expected = store.characterisation.T @ (b @ np.linalg.solve(a, demand))
        values = np.array([np.broadcast_to(score, DRAWS)[draw] for score in found[place]])
        none = values == 0  # numpy's dense solver leaves rounding where there is nothing
        assert np.all(np.abs(expected[none]) < 1e-8)
        assert close(values[~none], expected[~none], 1e-9), (NAMES[place], draw)
        stated.setdefault(place, []).append(expected[0])
    assert all(len(set(values)) == DRAWS for values in stated.values())


def test_draws_equal_whole_systems_solved_by_brightway(products, store, inventory):
    one = products("recycled-fabric")
    draws = random_draws(one.figures(), seed=0, count=1)
    found = one.scores(draws)
    for draw, place, system, a, b in systems_of_draws(one, store, draws, inventory):
        ids = [str(i) for i in range(len(a))]
        numbers = Numbers(ids, list(store.flows), a, b, store.characterisation)
        matrices = full_matrices(numbers)
        assert isinstance(matrices, Matrices) and matrices.biosphere[0].min() >= FLOW_OFFSET
        expected = scores(matrices, {system.demand + 1: float(system.mass)})
        assert close([np.ravel(s)[draw] for s in found[place]], np.array(expected), 1e-9)


def test_shares_of_a_mix_keep_their_sum(every):
    background = every.background
    mixes = [node for node in background.nodes.values() if node.mix]
    assert len(mixes) > 3
    propagation = Propagation(background)
    propagation.begin(random_draws(every.figures(), count=50))
    moved = 0
    for node in mixes:
        if node.name in background.certain:
            continue
        parts = [np.broadcast_to(amount, 50) for name, amount in propagation.inputs[node.name]
                 if background.is_power(name)]  # fmt: skip
        assert np.allclose(np.sum(parts, axis=0), node.mix, rtol=1e-12)
        moved += any(part.std() > 0 for part in parts)
    assert moved


def test_figures_that_are_drawn_reach_a_score(products, stated):
    """Every tenth figure of the background, alone at its upper end, changes a score."""
    one = products("recycled-wool-70")
    before = np.array([np.ravel(s)[0] for s in one.scores(stated(1))[0]])
    figures = one.background.figures()
    assert len(figures) > 50
    still = []
    for figure in figures[::10]:
        draws = QuantileDraws({figure.stream: np.array([0.975])}, 1)
        after = np.array([np.ravel(s)[0] for s in one.scores(draws)[0]])
        if np.array_equal(before, after):
            still.append(figure.key)
    assert still == []


# -- a background of our own ---------------------------------------------------------------------


def exchange(amount, target=None, spread=SPREAD):
    flow = None if target else ("gas", ("air",))
    return SimpleNamespace(input=target, flow=flow, amount=amount, uncertainty=spread)


def dataset(*exchanges, unit="kg"):
    return SimpleNamespace(
        geography="IT",
        exchanges=list(exchanges),
        results={},
        product=SimpleNamespace(unit=unit),
    )


def small(datasets, targets):
    """A background with one flow and two indicators, the second twice the first."""
    names = list(datasets)
    count = len(names)
    technosphere, biosphere = np.eye(count), np.zeros((1, count))
    for column, item in enumerate(datasets.values()):
        for part in item.exchanges:
            if part.input:
                technosphere[names.index(part.input), column] -= part.amount
            else:
                biosphere[0, column] += part.amount
    factors = np.array([[1.0, 2.0]])
    found = np.linalg.inv(technosphere).T @ biosphere.T @ factors
    store = SimpleNamespace(
        technosphere=technosphere, biosphere=biosphere, characterisation=factors,
        datasets=names, flows=[("gas", ("air",))],
        background=SimpleNamespace(
            indicators=["one", "two"], scores=found, rows={n: i for i, n in enumerate(names)}
        ),
    )  # fmt: skip
    inventory = SimpleNamespace(datasets=datasets, water_factors={})
    return UncertainBackground(inventory, store, targets, ["one", "two"]), technosphere, biosphere


def unit_scores(background, name, draws):
    """Scores of one unit of a dataset, shape (indicators, draws)."""
    propagation = Propagation(background)
    propagation.begin(draws)
    return propagation.scores({name: 1.0})


LOOP = {
    "product": dataset(exchange(2.0, "power"), exchange(0.3, "steel"), exchange(1.0)),
    "power": dataset(exchange(0.1, "steel"), exchange(0.05, "coal"), exchange(0.4)),
    "steel": dataset(exchange(0.5, "power"), exchange(0.2, "coal"), exchange(1.5)),
    "coal": dataset(exchange(0.25, spread=None)),
}
RING = {
    "a": dataset(exchange(0.2, "b"), exchange(1.0)),
    "b": dataset(exchange(0.3, "c"), exchange(0.1, "a", None), exchange(0.5, spread=None)),
    "c": dataset(exchange(0.4, "a"), exchange(0.7)),
}


@pytest.mark.parametrize(
    "datasets, group", [(LOOP, {"power", "steel"}), (RING, {"a", "b", "c"})], ids=["two", "three"]
)
@pytest.mark.parametrize("count", [1, 40])
def test_loops_against_numpy(datasets, group, count):
    background, technosphere, biosphere = small(
        datasets, ["product" if "product" in datasets else "a"]
    )
    assert [set(g) for g in background.groups if len(g) > 1] == [group]
    figures = background.figures()
    wanted = sum(e.uncertainty is not None for d in datasets.values() for e in d.exchanges)
    assert len(figures) == wanted
    draws = random_draws(figures, count=count)
    drawn = {f.key: draws(f) for f in figures}
    names = list(datasets)
    scores = [unit_scores(background, name, draws) for name in names]
    for draw in range(count):
        a, b = technosphere.copy(), biosphere.copy()
        for column, (name, item) in enumerate(datasets.items()):
            for part in item.exchanges:
                key = f"{name}/{part.input or 'gas/air'}"
                if key not in drawn:
                    continue
                if part.input:
                    a[names.index(part.input), column] = -drawn[key][draw]
                else:
                    b[0, column] = drawn[key][draw]
        expected = np.linalg.solve(a.T, b[0])
        for row in range(len(names)):
            for indicator, factor in enumerate((1.0, 2.0)):
                value = scores[row][indicator][draw]
                assert value == pytest.approx(factor * expected[row], rel=1e-12)


@pytest.mark.parametrize("datasets", [LOOP, RING], ids=["two", "three"])
def test_loops_with_stated_figures(datasets, stated):
    background, _, _ = small(datasets, list(datasets))
    for name, row in background.rows.items():
        found = unit_scores(background, name, stated(4))[0]
        assert np.allclose(found, background.fixed[row, 0], rtol=1e-13)


def test_two_inputs_of_the_same_dataset_are_two_figures():
    datasets = {
        "a": dataset(exchange(1.0, "b"), exchange(3.0, "b")), "b": dataset(exchange(2.0)),
    }  # fmt: skip
    background, _, _ = small(datasets, ["a"])
    figures = {f.key: f for f in background.figures()}
    assert set(figures) == {"a/b", "a/b#2", "b/gas/air"}
    draws = random_draws(list(figures.values()), count=20)
    one, two, own = (draws(figures[key]) for key in ("a/b", "a/b#2", "b/gas/air"))
    assert np.allclose(unit_scores(background, "a", draws)[1], 2 * (one + two) * own, rtol=1e-13)


def test_figures_without_influence_are_never_drawn(stated):
    datasets = {
        "a": dataset(exchange(1.0, "idle"), exchange(1.0, "b")),
        "b": dataset(exchange(2.0)),
        "idle": dataset(exchange(0.5, "nothing")),
        "nothing": dataset(),
        "unused": dataset(exchange(1.0)),
    }
    background, _, _ = small(datasets, ["a"])
    assert {f.key for f in background.figures()} == {"a/b", "b/gas/air"}
    assert isinstance(background.figures()[0], Figure)
    assert "unused" not in background.nodes
    assert np.allclose(unit_scores(background, "a", stated(2))[0], 2.0)
