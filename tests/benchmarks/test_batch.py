"""Many scenarios at once against Brightway, lca_algebraic and a bare batched solver.

``pytest -m benchmark -s tests/benchmarks/test_batch.py`` prints the ratios.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from benchmarks.product import FOUR, chunks, relative, setting
from benchmarks.times import best, paired
from dense import foreground_matrix

from lca_cardato.batch.bind import values_of
from lca_cardato.batch.run import run
from lca_cardato.batch.select import Selection
from lca_cardato.calculation.solve import evaluate
from lca_cardato.model.system import build_system

pytestmark = pytest.mark.benchmark
HERE = Path(__file__).resolve().parent
CORES = os.cpu_count() or 1


def environment():
    return dict(os.environ, PYTHONPATH=os.pathsep.join([str(HERE.parent), str(HERE.parents[1])]))


def written(made, folder, workers=CORES):
    path = folder / "out.parquet"
    run(made, Selection(), path, "benchmark", workers)
    path.unlink()
    path.with_name(path.name + ".json").unlink(missing_ok=True)


def by_brightway():
    found = subprocess.run(
        [sys.executable, "-W", "ignore", str(HERE / "bright.py")], check=True, env=environment(),
        capture_output=True, text=True,
    )  # fmt: skip
    return json.loads(found.stdout[found.stdout.index("{") :])


@pytest.fixture(scope="module")
def brightway():
    return by_brightway()


@pytest.fixture(scope="module")
def rate(tmp_path_factory, store):
    """Scenarios per second of a batch, from parameters to written Parquet."""
    made = chunks(200_000)
    folder = tmp_path_factory.mktemp("rate")
    written(made, folder)
    return lambda: 200_000 / best(lambda: written(made, folder))


@pytest.mark.short
def test_scores_are_the_same(brightway):
    """To single precision: Brightway keeps the amounts of a database in 32 bits."""
    evaluator = chunks(1000).evaluator
    for row, scores in (
        (brightway["written_row"], brightway["written"]),
        (brightway["row"], brightway["scores"]),
    ):
        assert relative(evaluator.rows(row, row + 1).scores[:, 0], scores) < 1e-6


@pytest.mark.short
@pytest.mark.parametrize(
    ("what", "key", "aim"),
    [
        ("Brightway: write exchanges, lci, lcia", "write", 3000),
        ("Brightway: matrix in memory, lci again", "memory", 50),
    ],
)
def test_against_brightway(brightway, rate, hold, what, key, aim):
    found = [brightway]

    def measure():
        theirs = 1 / (found.pop() if found else by_brightway())[key]
        ours = rate()
        return ours / theirs, f"ours {ours:.0f}/s, theirs {theirs:.1f}/s"

    hold(what, measure, at_least=aim)


def bound(rows):
    """Evaluator, bindings and typed numbers of some rows."""
    evaluator = chunks(rows).evaluator
    evaluator.rows(0, 100)
    shape = next(iter(evaluator._shapes.values()))
    numbers = evaluator._numbers(evaluator.space.entries(np.arange(rows)))
    return evaluator, shape.bindings, numbers


def test_against_lca_algebraic(tmp_path, store, hold):
    python = os.environ.get("LCA_ALGEBRAIC_PYTHON")
    if not python:
        pytest.skip("LCA_ALGEBRAIC_PYTHON names a Python with lca_algebraic and this program")
    rows = 100_000
    evaluator, bindings, numbers = bound(rows)
    _, store, factors = setting()
    keys = [item.key for item in bindings.items]
    columns = {
        f"p{i}": numbers[item.axis] * float(item.factor) for i, item in enumerate(bindings.items)
    }
    case = {
        "factors": factors, "technosphere": store.technosphere, "biosphere": store.biosphere,
        "datasets": store.datasets, "flows": store.flows, "columns": columns, "keys": keys,
        "model": bindings.model, "constants": bindings.constants,
    }  # fmt: skip
    path = tmp_path / "case.pickle"
    path.write_bytes(pickle.dumps(case))
    found = subprocess.run(
        [python, "-W", "ignore", str(HERE / "algebraic.py"), str(path)], env=environment(),
        capture_output=True, text=True,
    )  # fmt: skip
    assert found.returncode == 0, found.stderr[-3000:]
    theirs = json.loads(found.stdout)
    ours = evaluator.rows(0, 5).scores.T
    assert relative(ours, theirs["scores"]) < 1e-6  # its background is kept in 32 bits

    def scores():
        for start in range(0, rows, 8192):
            part = {k: v[start : start + 8192] for k, v in numbers.items()}
            values, _, _ = values_of(bindings, part)
            evaluate(bindings.model, values, evaluator.scored)

    def prepared():
        fresh = chunks(rows).evaluator
        fresh.rows(0, 8192)
        scores()

    for name, mine, key in (("lambdas ready", scores, "warm"),
                            ("preparation counted", prepared, "cold")):  # fmt: skip

        def measure(mine=mine, key=key):
            ours = best(mine, 5)
            return theirs[key] / ours, f"ours {ours:.4f} s, theirs {theirs[key]:.4f} s"

        hold(f"lca_algebraic, {name}, {rows} rows", measure, at_least=5)


@pytest.mark.short
def test_against_the_floor(tmp_path, store, hold, tell):
    """Half the speed of a batched solve on matrices that are already there."""
    rows = 50_000
    made = chunks(rows, simplex=True)
    size = made.evaluator.space.size
    _, bindings, numbers = bound(rows)
    values, _, _ = values_of(bindings, {k: v[:2000] for k, v in numbers.items()})
    system = build_system(bindings.model, values)
    matrices = foreground_matrix(system)
    demand = np.zeros((len(matrices), matrices.shape[1], 1))
    demand[:, system.demand, 0] = 1.0
    written(made, tmp_path)

    def measure():
        solve = best(lambda: np.linalg.solve(matrices, demand), 5) / len(matrices)
        mine = best(lambda: written(made, tmp_path)) / size
        return solve / mine, f"ours {mine * 1e6:.2f} us, theirs {solve * 1e6:.2f} us"

    hold("numpy.linalg.solve alone, on matrices that are there", measure, at_least=0.5)
    amounts = np.ascontiguousarray(matrices.transpose(1, 2, 0))
    used = np.argwhere(np.triu(np.abs(matrices).max(axis=0) > 0, 1))

    def back():
        supply = np.zeros((amounts.shape[0], amounts.shape[2]))
        supply[system.demand] = 1.0
        for row, column in sorted(used.tolist(), key=lambda p: -p[1]):
            supply[row] -= supply[column] * amounts[row, column]
        return supply

    expected = np.linalg.solve(matrices, demand)[:, :, 0].T
    assert np.allclose(back(), expected, rtol=1e-12)
    triangle = best(back, 20) / len(matrices)
    tell("back substitution alone (no score, no file)", triangle * 1e6, "us")


MEMORY = """
import json, resource, sys, time
from pathlib import Path
from benchmarks.product import chunks
from lca_cardato.batch.run import run
from lca_cardato.batch.select import Selection
made = chunks(int(sys.argv[1]), simplex=True)
size = made.evaluator.space.size
out = Path(sys.argv[2])
made(0, min(size, 8192))
times = []
for _ in range(3):
    start = time.perf_counter()
    run(made, Selection(), out, "benchmark", 2)
    times.append(time.perf_counter() - start)
    out.unlink()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"rows": size, "seconds": min(times), "peak_mib": peak}))
"""


def test_a_million_rows_in_bounded_memory_and_linear_time(tmp_path, store, hold, tell):
    def measured(rows):
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", MEMORY, str(rows), str(tmp_path / "o.parquet")],
            check=True, env=environment(), capture_output=True, text=True,
        )  # fmt: skip
        return json.loads(done.stdout)

    found = {}

    def growth(small, large):
        def measure():
            per_row = []
            for rows in (small, large):
                found[rows] = measured(rows)
                per_row.append(found[rows]["seconds"] / found[rows]["rows"])
            return per_row[1] / per_row[0], " and ".join(f"{t * 1e6:.2f} us" for t in per_row)

        return measure

    hold("time per row, 100 000 rows against 10 000", growth(10_000, 100_000), at_most=1.3)
    hold("time per row, a million rows against 100 000", growth(100_000, 1_000_000), at_most=1.3)
    peak = found[1_000_000]["peak_mib"]
    tell("peak memory of a million rows", peak, "MiB, at most 1536")
    assert peak < 1536


def synthetic_uses(count, generator, core=100):
    """Uses of an ecoinvent-like background: 12 inputs each, most of them from a core that loops."""
    from scipy.sparse import csc_matrix

    columns = np.repeat(np.arange(count), 12)
    near = np.maximum(0, columns - generator.integers(1, 200, len(columns)))
    from_core = generator.random(len(columns)) < 0.7
    rows = np.where(from_core, generator.integers(0, core, len(columns)), near)
    keep = rows != columns
    amounts = generator.random(len(columns)) * 0.08
    return csc_matrix((amounts[keep], (rows[keep], columns[keep])), shape=(count, count))


def test_a_large_background_costs_nothing_per_scenario(tmp_path, store, hold):
    from scipy.sparse import identity, random

    from lca_cardato.batch.evaluate import Evaluator
    from lca_cardato.brightway.condensed import Background
    from lca_cardato.brightway.factorise import unit_scores

    made = chunks(100_000)
    evaluator = made.evaluator
    targets = list(setting()[1].datasets)
    flows = [key for key in evaluator.scored.background.rows if isinstance(key, tuple)]
    count = 20_000
    generator = np.random.default_rng(0)
    uses = synthetic_uses(count, generator)
    emissions = random(2000, count, 25 / 2000, "csc", rng=generator)
    factors = generator.random((2000, 4))
    start = time.perf_counter()
    first = unit_scores(identity(count) - uses, emissions, factors, tmp_path)
    factorised = time.perf_counter() - start
    start = time.perf_counter()
    assert np.array_equal(unit_scores(identity(count) - uses, emissions, factors, tmp_path), first)
    cached = time.perf_counter() - start
    rows = {name: i for i, name in enumerate([*targets, *flows])}
    nothing = np.zeros((0, 0))
    large = Background(FOUR, rows, first, *[nothing] * 9)
    other = Evaluator(evaluator.space, evaluator.inventory, large, evaluator.packs, FOUR)
    for one in (evaluator, other):
        one.rows(0, 8192)

    def measure():
        def cost(one):
            return lambda: best(lambda: [one.rows(i, i + 8192) for i in (0, 8192, 16384)], 1)

        ratio, told = paired(cost(other), cost(evaluator), 7)
        return ratio, f"{told}; factorised in {factorised:.1f} s, from disk {cached:.2f} s"

    hold("cost per scenario, a background of 20 000 processes against ours", measure, at_most=1.15)
    assert cached < factorised
