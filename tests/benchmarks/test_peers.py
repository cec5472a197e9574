"""Speed against other ways to the same scores; ``pytest -m benchmark``.

Every figure is a ratio of two times measured in turn in one run: same product system, same
parameters that vary, same four indicators. Before anything is timed, both sides must give the
same scores to 1e-9 relative.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
import venv
from pathlib import Path

import numpy as np
import pytest
from benchmarks import peers

pytestmark = pytest.mark.benchmark
HERE = Path(__file__).resolve().parent
ROWS = 200_000
REPEATS = 5
BLOCK = 16_384


@pytest.fixture(scope="module")
def ours(inventory, store):
    return peers.evaluator(peers.space(ROWS), inventory, store)


@pytest.fixture(scope="module")
def chunks(ours):
    from lca_cardato.batch.run import Chunks

    return Chunks(ours)


def timed(function, *arguments):
    """Seconds of a call, and what it gives."""
    start = time.perf_counter()
    found = function(*arguments)
    return time.perf_counter() - start, found


def per_second(seconds, rows):
    return f"{rows / seconds:,.0f} scenarios/s"


def per_row(seconds, rows):
    return f"{seconds / rows * 1e6:.3f} us per scenario"


# -- Brightway ---------------------------------------------------------------------------------


def against_brightway(chunks, store, folder, task, count, bar, what, needed):
    """Scenarios per second: all rows to Parquet against some rows by Brightway."""
    ours = chunks.evaluator
    rows = peers.rows_of(ours.space, count)
    peers.export(folder, ours, store, rows)
    command = [sys.executable, str(HERE / "peers.py"), "brightway"]
    mine, theirs = [], []
    with peers.Side(command, folder) as side:
        some = np.unique(np.linspace(0, count - 1, 4).astype(int)).tolist()
        found = side.ask(task, rows=some)  # the warm-up of their side
        peers.write_parquet(chunks, folder)
        peers.assert_same(peers.read_scores(folder, rows[some]), found["scores"])
        for _ in range(REPEATS):
            mine.append(peers.write_parquet(chunks, folder))
            found = side.ask(task, rows=list(range(count)))
            theirs.append(found["seconds"])
        peers.assert_same(peers.read_scores(folder, rows), found["scores"])
    ratio = statistics.median(b / count / (a / ROWS) for a, b in zip(mine, theirs))
    peers.record(
        bar, what, per_second(statistics.median(mine), ROWS),
        per_second(statistics.median(theirs), count), ratio, needed,
    )  # fmt: skip
    assert ratio >= needed


def test_brightway_scenario_by_scenario(chunks, store, tmp_path):
    """Exchanges are written to the project, and every scenario is an LCA of its own."""
    against_brightway(
        chunks, store, tmp_path, "scenarios", 8, 1,
        "Brightway, scenario by scenario: write exchanges, process, LCA, four methods", 3000,
    )  # fmt: skip


def test_brightway_with_edited_matrices(chunks, store, tmp_path):
    """The LCA object is kept, its matrices are edited in memory."""
    against_brightway(
        chunks, store, tmp_path, "matrix", 1000, 2,
        "Brightway, matrices edited in memory, redo_lci, four sets of factors", 50,
    )  # fmt: skip


# -- lca_algebraic -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def algebraic_python(tmp_path_factory):
    """Interpreter with lca_algebraic: LCA_ALGEBRAIC_PYTHON, or an environment made for it."""
    given = os.environ.get("LCA_ALGEBRAIC_PYTHON")
    if given:
        return given
    import platformdirs

    folder = platformdirs.user_cache_path("lca-cardato", appauthor=False) / "lca_algebraic"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    check = [str(python), "-c", "import importlib.metadata as m; m.version('lca_algebraic')"]
    if python.exists() and subprocess.run(check, capture_output=True).returncode == 0:
        return str(python)
    try:
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run(
            [str(python), "-m", "pip", "install", "-q", "lca_algebraic"],
            check=True, capture_output=True, text=True, timeout=900,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as error:
        told = (getattr(error, "stderr", None) or str(error)).strip().splitlines()[-1:]
        pytest.skip(
            f"lca_algebraic can't be installed here ({' '.join(told)}); "
            "set LCA_ALGEBRAIC_PYTHON to an interpreter that has it"
        )
    return str(python)


def calculate(evaluator, rows, workers=1):
    """All rows in memory, block after block, by some threads."""
    from lca_cardato.batch.run import bounds, in_order

    for found in in_order(evaluator.rows, bounds(rows, BLOCK), workers):
        assert not found.problems


def prepare_and_calculate(loaded, inventory, store):
    """Resolve the product system, tie what varies, then all rows in memory."""
    fresh = peers.evaluator(loaded, inventory, store, ready=False)
    fresh.rows(0, 2)
    calculate(fresh, loaded.size)


def test_lca_algebraic(inventory, store, algebraic_python, tmp_path):
    """``compute_impacts`` for all rows at once against ours in memory: no file, one thread each."""
    rows = 100_000
    loaded = peers.space(rows)
    ours = peers.evaluator(loaded, inventory, store)
    peers.export(tmp_path, ours, store, np.arange(rows))
    some = peers.rows_of(loaded, 20).tolist()
    command = [algebraic_python, str(HERE / "lca_algebraic_side.py")]
    with peers.Side(command, tmp_path) as side:
        found = side.ask("compute", rows=rows, prepare=True, keep=some)
        assert found["shape"] == [rows, len(peers.INDICATORS)]
        peers.assert_same(peers.scores_at(ours, some), found["scores"])
        # the number of rows at a time that suits them best
        best = min(
            [4_000, 8_000, 16_000, 32_000, rows],
            key=lambda n: statistics.median(side.ask("compute", rows=n, repeat=5)["seconds"]) / n,
        )
        calculate(ours, rows)
        counted, cached, threads = [], [], []
        for _ in range(REPEATS):
            theirs = side.ask("compute", rows=rows, prepare=True)["seconds"][0]
            mine = timed(prepare_and_calculate, loaded, inventory, store)[0]
            counted.append((mine, theirs))
            theirs = statistics.median(side.ask("compute", rows=best, repeat=5)["seconds"])
            theirs *= rows / best
            cached.append((timed(calculate, ours, rows)[0], theirs))
            threads.append((timed(calculate, ours, rows, os.cpu_count() or 1)[0], theirs))
    best_way = f"preparation not counted, {best} rows at a time for them"
    ratios = []
    for name, pairs in [
        (f"preparation counted, {rows} rows", counted),
        (best_way, cached),
        (f"{best_way}, all processors for us", threads),
    ]:
        ratios.append(statistics.median(b / a for a, b in pairs))
        mine, theirs = (statistics.median(times) for times in zip(*pairs))
        peers.record(
            3, f"lca_algebraic compute_impacts, {name}", per_row(mine, rows),
            per_row(theirs, rows), ratios[-1], 5,
        )  # fmt: skip
    assert ratios[0] >= 5
    assert ratios[1] >= 5


# -- the floor ---------------------------------------------------------------------------------


class Substitution:
    """Back substitution over upper triangular matrices, and one product with unit scores.

    Only places that are not zero by structure are touched. What an activity takes in the same
    amount in every scenario is condensed to scores per kg of its product; each exchange that
    varies has a column of its own.
    """

    def __init__(self, ours, rows):
        model, values = peers.values_at(ours, rows)
        from lca_cardato.model.solve import foreground_matrix
        from lca_cardato.model.system import build_system

        system = build_system(model, values)
        self.matrices = foreground_matrix(system)
        self.demand = np.zeros(len(system.activities))
        self.demand[system.demand] = system.mass
        entries = peers.entries_of(system, len(rows))
        self.links = sorted(
            ((row, column) for column, kind, row in entries if kind == "activity"),
            key=lambda link: -link[1],
        )
        # the same numbers, one array per place
        self.places = np.array([self.matrices[:, i, j] for i, j in self.links])
        table = ours.score.table
        fixed = np.zeros((len(self.demand), len(peers.INDICATORS)))
        self.taken, varying, units = [], [], []
        for (activity, kind, target), amounts in entries.items():
            if kind == "activity":
                continue
            unit = np.array(table[ours.score.rows[target]])
            if np.ptp(amounts) > 1e-12 * np.abs(amounts).max():
                self.taken.append(activity)
                varying.append(amounts)
                units.append(unit)
            else:
                fixed[activity] += amounts[0] * unit
        self.varying = np.array(varying)
        self.scores = np.vstack([fixed, *units]).T.copy()

    def __call__(self, place, block):
        """Scores; `place(link, rows)` gives the coefficients of a link for some rows."""
        count, size = len(self.matrices), len(self.demand)
        found = np.empty((len(self.scores), count))
        for start in range(0, count, block):
            rows = slice(start, min(count, start + block))
            supply = np.empty((self.scores.shape[1], rows.stop - start))
            supply[:size] = self.demand[:, None]
            for k, (row, column) in enumerate(self.links):
                supply[row] -= place(k, rows) * supply[column]
            for k, activity in enumerate(self.taken):
                np.multiply(supply[activity], self.varying[k, rows], out=supply[size + k])
            np.matmul(self.scores, supply, out=found[:, rows])
        return found.T

    def from_matrices(self):
        """Read the coefficients where they stand in the matrices."""
        return self(lambda k, rows: self.matrices[(rows, *self.links[k])], 2048)

    def from_places(self):
        """Read the coefficients from an array per place."""
        return self(lambda k, rows: self.places[k, rows], 2048)

    def by_numpy(self):
        """``numpy.linalg.solve`` of all matrices; the supply only."""
        demand = np.broadcast_to(self.demand[None, :, None], (*self.matrices.shape[:2], 1))
        return np.linalg.solve(self.matrices, demand)[:, :, 0]


def test_floor(ours, chunks, tmp_path):
    """Parameters to written Parquet against the bare solution of matrices that are there."""
    floor = Substitution(ours, np.arange(ROWS))
    peers.write_parquet(chunks, tmp_path)
    written = peers.read_scores(tmp_path, np.arange(ROWS))
    peers.assert_same(written, floor.from_matrices())
    peers.assert_same(written, floor.from_places())
    supply = floor.by_numpy()
    extended = np.column_stack([supply, supply[:, floor.taken] * floor.varying.T])
    peers.assert_same(written, extended @ floor.scores.T)
    del extended, supply
    floors = {
        "numpy.linalg.solve of matrices already built": floor.by_numpy,
        "back substitution over matrices already built, to scores": floor.from_matrices,
        "back substitution over one array per coefficient, to scores": floor.from_places,
    }
    pairs = {name: [] for name in floors}
    for _ in range(REPEATS):
        mine = peers.write_parquet(chunks, tmp_path)
        for name, function in floors.items():
            pairs[name].append((mine, timed(function)[0]))
    print("\n" + profile_table(chunks, tmp_path))
    ratios = []
    for name, times in pairs.items():
        ratios.append(statistics.median(a / b for a, b in times))
        mine, theirs = (statistics.median(column) for column in zip(*times))
        peers.record(4, name, per_row(mine, ROWS), per_row(theirs, ROWS), ratios[-1], 2)
    solve, substitution, _ = ratios
    assert solve <= 2
    assert substitution <= 2


def profile_table(chunks, folder):
    """Where the time of a run goes, by one thread, stage after stage."""
    from lca_cardato.batch.bind import values_of
    from lca_cardato.batch.engine import background_amounts, contents, evaluate_values, fibre_cost
    from lca_cardato.batch.evaluate import _Exact
    from lca_cardato.batch.output import open_writer, put_in_place
    from lca_cardato.batch.run import CHUNK, Parts, bounds
    from lca_cardato.batch.summary import Summary
    from lca_cardato.model.solve import supplies
    from lca_cardato.model.system import build_system, product_flows

    ours = chunks.evaluator
    shape = peers.shape_of(ours)
    model, total = shape.bindings.model, {}

    def stage(name, function, *arguments):
        seconds, found = timed(function, *arguments)
        total[name] = total.get(name, 0.0) + seconds
        return found

    for start, stop in bounds(ROWS, chunks.block):
        entries = stage("entries", ours.space.entries, np.arange(start, stop))
        numbers = stage("bind", ours._numbers, entries)
        values, prices, _ = stage("bind", values_of, shape.bindings, numbers)
        stage("mass flows", product_flows, model, values)
        system = stage("mass flows and system", build_system, model, values)
        supply = stage("back substitution", supplies, system)
        stage("background amounts", background_amounts, system, supply)
        found = stage("all up to scores", evaluate_values, model, values, ours.score, 4)
        exact = _Exact(ours, shape, entries)
        stage("shares and verdicts", contents, model, system, shape.standing, stop - start, exact)
        stage("cost of fibres", fibre_cost, found, prices)
        result = stage("all of rows", ours.rows, start, stop)
        stage("columns", chunks.table.batch, result)
    parts = Parts(folder / "profile.parquet", "profile")
    writer = open_writer(
        folder / "profile.partial", ".parquet", chunks.table.schema, chunks.table.columns
    )
    summary = Summary(chunks.table.columns)
    for start, stop in bounds(ROWS, CHUNK):
        batch, problems = chunks(start, stop)
        stage("parts on disk", parts.put, start, batch, problems)
        stage("summary", summary.add, batch, problems)
        stage("Parquet", writer.write, batch)
    stage("Parquet", writer.close)
    stage("flush to disk", put_in_place, folder / "profile.partial", folder / "profile.parquet")
    stage("parts on disk", parts.remove)

    total["system"] = total.pop("mass flows and system") - total["mass flows"]
    whole = total.pop("all up to scores")
    known = [total[k] for k in ("mass flows", "system", "back substitution", "background amounts")]
    total["scores of indicators"] = whole - sum(known)
    inside = ("entries", "bind", "shares and verdicts", "cost of fibres")
    total["results of rows"] = total.pop("all of rows") - whole - sum(total[k] for k in inside)
    whole = sum(total.values())
    lines = [f"{'stage':<24}{'us per row':>12}{'%':>8}"]
    for name, seconds in sorted(total.items(), key=lambda item: -item[1]):
        lines.append(f"{name:<24}{seconds / ROWS * 1e6:>12.3f}{seconds / whole * 100:>8.1f}")
    return "\n".join([*lines, f"{'all, one thread':<24}{whole / ROWS * 1e6:>12.3f}{100:>8.1f}"])


# -- a million rows ----------------------------------------------------------------------------


def test_a_million_rows(store, tmp_path):
    """Memory of a process that has written a million rows, and time per row as they grow."""
    found = subprocess.run(
        [sys.executable, "-W", "ignore", str(HERE / "peers.py"), "million", str(tmp_path)],
        check=True, capture_output=True, text=True, timeout=600,
        env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    answer = json.loads(found.stdout.strip().splitlines()[-1])
    times = {int(size): seconds for size, seconds in answer["seconds_per_row"].items()}
    told = {size: f"{seconds * 1e6:.3f} us per scenario" for size, seconds in times.items()}
    peers.record(
        5, "peak memory of 1 000 000 rows and 4 indicators, share of 1.5 GiB",
        f"{answer['peak']:.0f} MiB", "1536 MiB", answer["peak"] / 1536, 1,
    )  # fmt: skip
    for many, few in [(1_000_000, 100_000), (1_000_000, 10_000), (100_000, 10_000)]:
        peers.record(
            5, f"time per row at {many} rows against {few} rows", told[many], told[few],
            times[many] / times[few], 1.3,
        )  # fmt: skip
    assert answer["peak"] < 1536
    assert times[1_000_000] <= 1.3 * times[100_000]
    assert times[1_000_000] <= 1.3 * times[10_000]
    assert times[100_000] <= 1.3 * times[10_000]
