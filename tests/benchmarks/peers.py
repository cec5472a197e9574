"""What the comparisons share: the space, its product system as plain numbers, and the other sides.

Another side runs in a process of its own and is asked by lines of JSON, so that both sides can be
timed in turn and nothing of it stays in this process. At its head this module needs numpy only:
the other side's interpreter runs it as a script.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
import warnings
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
INDICATORS = ["climate_change", "energy", "water_withdrawn", "water_consumed"]
BLENDS = 40
CARDING, SPINNING = "yarn/carding", "yarn/spinning-ring"
PARAMETERS = {
    "carding_electricity": f"{CARDING}.electricity",
    "spinning_electricity": f"{SPINNING}.electricity",
    "carding_loss": f"{CARDING}.loss",
    "spinning_loss": f"{SPINNING}.loss",
    "dyeing_heat": "yarn/1/dyeing-stock.heat.natural_gas",
    "polyamide_share": "yarn/1.share",
}
RTOL = 1e-9


# -- our side ----------------------------------------------------------------------------------


def space(rows):
    """Six parameters of a yarn with 70 % recycled wool; `rows` is a multiple of 40."""
    from lca_cardato.batch.space import load_space

    over = {
        "route.carding.electricity.value": ("100000 kWh", "200000 kWh"),
        "route.spinning-ring.electricity.value": ("100000 kWh", "200000 kWh"),
        "route.carding.loss.value": ("3 %", "9 %"),
        "route.spinning-ring.loss.value": ("1 %", "4 %"),
        "blend.polyamide.steps.dyeing-stock.heat.value": ("10 MJ/kg", "20 MJ/kg"),
    }
    data = {
        "schema": "lca-cardato/space/1",
        "id": "peers",
        "base": "recycled-wool-70.yaml",
        "simplex": {
            "step": "1 %",
            "lines": [{"line": "wool", "min": "50 %", "max": "89 %"}, {"line": "polyamide"}],
        },
        "sample": {
            "method": "latin_hypercube",
            "points": str(rows // BLENDS),
            "seed": "0",
            "over": {path: {"from": low, "to": high} for path, (low, high) in over.items()},
        },
    }
    loaded = load_space(data, ROOT / "scenarios")
    assert loaded.size == rows
    return loaded


def evaluator(loaded, inventory, store, ready=True):
    """Evaluator with all rule packs; `ready` has the product system resolved and tied."""
    from lca_cardato.batch.evaluate import Evaluator
    from lca_cardato.claims.packs_model import shipped_packs

    packs = [pack for pack, _ in shipped_packs()]
    found = Evaluator(loaded, inventory, store.background, packs, INDICATORS)
    if ready:
        found.rows(0, 2)
    return found


def write_parquet(chunks, folder, workers=None):
    """Parameters to a written Parquet file; gives the seconds."""
    from lca_cardato.batch.run import run
    from lca_cardato.batch.select import Selection

    out = Path(folder) / "rows.parquet"
    out.unlink(missing_ok=True)
    start = time.perf_counter()
    found = run(chunks, Selection(), out, "benchmark", workers or os.cpu_count() or 1)
    seconds = time.perf_counter() - start
    assert found.summary.problem_count == 0
    assert found.summary.rows == chunks.evaluator.space.size
    return seconds


def read_scores(folder, rows):
    """Scores in a written Parquet file, shape (rows, indicators)."""
    import pyarrow.parquet as pq

    table = pq.read_table(Path(folder) / "rows.parquet", columns=INDICATORS)
    return np.column_stack([table.column(name).to_numpy()[rows] for name in INDICATORS])


def shape_of(ours):
    """The product system that all rows share, tied to what varies."""
    (shape,) = ours._shapes.values()
    return shape


def values_at(ours, rows):
    """Parameter values of some rows, by the binding of the space; (model, values)."""
    from lca_cardato.batch.bind import values_of

    bindings = shape_of(ours).bindings
    entries = ours.space.entries(np.asarray(rows, dtype=np.int64))
    values, _, doubtful = values_of(bindings, ours._numbers(entries))
    assert not np.any(doubtful)
    return bindings.model, values


def system_at(ours, rows):
    """Foreground with the amounts of some rows."""
    from lca_cardato.model.system import build_system

    return build_system(*values_at(ours, rows))


def rows_of(loaded, count):
    """Some rows, spread over the space."""
    return np.linspace(0, loaded.size - 1, count).astype(np.int64)


def scores_at(ours, rows):
    """Scores of some rows, each with the rows around it; shape (rows, indicators)."""
    found = []
    for row in np.asarray(rows).tolist():
        start = max(0, row - 1)
        stop = min(ours.space.size, row + 2)
        found.append(ours.rows(start, stop).scores[:, row - start])
    return np.array(found)


def assert_same(ours, theirs):
    """Both sides give the same scores to 1e-9 relative."""
    ours, theirs = np.asarray(ours), np.asarray(theirs)
    assert ours.shape == theirs.shape
    assert np.isfinite(ours).all()
    np.testing.assert_allclose(ours, theirs, rtol=RTOL, atol=0)


# -- the product system as plain numbers -------------------------------------------------------


def entries_of(system, rows):
    """Foreground as (activity, kind, target) -> amounts of shape (rows,); the same pairs add up.

    Kinds are ``activity``, ``dataset`` and ``flow``; what is zero in all rows is left out.
    """
    found = {}

    def add(key, amount):
        found[key] = found.get(key, 0.0) + np.broadcast_to(np.asarray(amount, float), (rows,))

    for row, column, amount in system.links:
        add((column, "activity", row), amount)
    for item in system.exchanges:
        kind = "dataset" if isinstance(item.target, str) else "flow"
        add((item.activity, kind, item.target), item.amount)
    return {key: amounts for key, amounts in found.items() if np.any(amounts)}


def export(folder, ours, store, rows):
    """Write background, foreground and parameters of some rows for the other sides."""
    columns = [store.background.indicators.index(name) for name in INDICATORS]
    system = system_at(ours, rows)
    foreground = []
    amounts = []
    for (activity, kind, target), values in entries_of(system, len(rows)).items():
        if kind == "dataset":
            target = store.datasets.index(target)
        elif kind == "flow":
            target = store.flows.index(target)
        # what is equal to the last digits but one is written once
        varies = bool(np.ptp(values) > 1e-12 * np.abs(values).max())
        entry = {"activity": activity, "kind": kind, "target": target, "amount": float(values[0])}
        if varies:
            entry["varies"] = len(amounts)
            amounts.append(values)
        foreground.append(entry)
    _, values = values_at(ours, rows)
    np.savez(
        folder / "numbers.npz",
        technosphere=store.technosphere,
        biosphere=store.biosphere,
        factors=store.characterisation[:, columns],
        amounts=np.array(amounts),
    )
    np.savez(folder / "parameters.npz", **{k: values[key] for k, key in PARAMETERS.items()})
    described = {
        "activities": [activity.key for activity in system.activities],
        "demand": system.demand,
        "mass": float(system.mass),
        "datasets": store.datasets,
        "flows": [", ".join([name, *categories]) for name, categories in store.flows],
        "indicators": INDICATORS,
        "foreground": foreground,
    }
    (folder / "system.json").write_text(json.dumps(described), encoding="utf-8")
    return len(amounts)


# -- asking another process --------------------------------------------------------------------


class Side:
    """A process that answers lines of JSON."""

    def __init__(self, command, folder):
        home = folder / "brightway"
        home.mkdir()
        environment = {**os.environ, "BRIGHTWAY2_DIR": str(home), "BRIGHTWAY_DIR": str(home)}
        environment["HOME"] = str(folder)
        environment["PYTHONUTF8"] = "1"
        environment["PYTHONWARNINGS"] = "ignore"
        environment.pop("PYTHONPATH", None)
        self.errors = open(folder / "errors.txt", "w+", encoding="utf-8")  # noqa: SIM115
        self.process = subprocess.Popen(
            [*command, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=self.errors, env=environment, text=True, encoding="utf-8", cwd=folder,
        )  # fmt: skip

    def ask(self, what, **details):
        """Send a question and give the answer."""
        self.process.stdin.write(json.dumps({"do": what, **details}) + "\n")
        self.process.stdin.flush()
        for line in self.process.stdout:
            if line.startswith("{"):
                return json.loads(line)
        self.errors.seek(0)
        raise AssertionError(self.errors.read()[-4000:])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        self.errors.close()


def answer(tasks):
    """Answer lines of JSON with functions by name; what they print goes to standard error."""
    lines = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    for line in sys.stdin:
        question = json.loads(line)
        found = tasks[question.pop("do")](**question)
        lines.write(json.dumps(found) + "\n")
        lines.flush()


def keep_doubles():
    """Let the project keep amounts in double precision, so that scores compare to 1e-9.

    Brightway rounds the amounts of a stored database to single precision; the time it needs is
    the same either way.
    """
    try:
        from bw_processing import utils
    except ImportError:
        from bw2data.data_store import ProcessedDataStore

        fields = ProcessedDataStore.base_uncertainty_fields
        fields[:] = [(name, np.float64 if name == "amount" else kind) for name, kind in fields]
        return
    create = utils.create_structured_array

    def with_doubles(data, dtype, **options):
        wide = [(name, np.float64 if name == "amount" else kind) for name, kind in dtype]
        return create(data, wide, **options)

    utils.create_structured_array = with_doubles


# -- the side of Brightway ---------------------------------------------------------------------


class BrightwaySide:
    """A project with background, foreground and methods, as a user has it."""

    def __init__(self, folder):
        import bw2calc
        import bw2data

        self.bw2calc, self.bw2data = bw2calc, bw2data
        keep_doubles()
        self.about = json.loads((folder / "system.json").read_text(encoding="utf-8"))
        with np.load(folder / "numbers.npz") as data:
            self.numbers = {name: data[name] for name in data.files}
        bw2data.projects.set_current("benchmark")
        self._write()
        self.lca = None

    def _write(self):
        bw2data, about, numbers = self.bw2data, self.about, self.numbers
        flows = {
            ("biosphere", str(i)): {"name": name, "type": "emission", "unit": "kg", "exchanges": []}
            for i, name in enumerate(about["flows"])
        }
        bw2data.Database("biosphere").write(flows)
        datasets = {}
        for j, name in enumerate(about["datasets"]):
            exchanges = []
            for i in np.flatnonzero(numbers["technosphere"][:, j]).tolist():
                amount = float(numbers["technosphere"][i, j])
                kind = "production" if i == j else "technosphere"
                exchanges.append({
                    "input": ("background", str(i)), "type": kind,
                    "amount": amount if i == j else -amount,
                })  # fmt: skip
            for i in np.flatnonzero(numbers["biosphere"][:, j]).tolist():
                exchanges.append({
                    "input": ("biosphere", str(i)), "type": "biosphere",
                    "amount": float(numbers["biosphere"][i, j]),
                })  # fmt: skip
            datasets["background", str(j)] = {"name": name, "unit": "kg", "exchanges": exchanges}
        bw2data.Database("background").write(datasets)
        activities = {
            ("foreground", str(i)): {
                "name": name, "unit": "kg",
                "exchanges": [
                    {"input": ("foreground", str(i)), "type": "production", "amount": 1.0}
                ],
            }
            for i, name in enumerate(about["activities"])
        }  # fmt: skip
        for entry in about["foreground"]:
            activities["foreground", str(entry["activity"])]["exchanges"].append({
                "input": self._key(entry), "amount": entry["amount"],
                "type": "biosphere" if entry["kind"] == "flow" else "technosphere",
            })  # fmt: skip
        bw2data.Database("foreground").write(activities)
        self.methods = []
        for k, name in enumerate(about["indicators"]):
            method = bw2data.Method(("benchmark", name))
            method.register(unit="unit")
            method.write([
                (("biosphere", str(i)), float(factor))
                for i, factor in enumerate(numbers["factors"][:, k]) if factor
            ])  # fmt: skip
            self.methods.append(("benchmark", name))
        self.product = bw2data.get_activity(("foreground", str(about["demand"])))
        self.varying = []
        for entry in about["foreground"]:
            if "varies" in entry:
                activity = bw2data.get_activity(("foreground", str(entry["activity"])))
                key = self._key(entry)
                (found,) = (
                    e for e in activity.exchanges()
                    if e["input"] == key and e["type"] != "production"
                )  # fmt: skip
                self.varying.append((found, numbers["amounts"][entry["varies"]]))

    @staticmethod
    def _key(entry):
        database = {"activity": "foreground", "dataset": "background", "flow": "biosphere"}
        return database[entry["kind"]], str(entry["target"])

    def scenarios(self, rows):
        """Write what varies, then a new LCA with four methods, for every scenario."""
        demand = {self.product: self.about["mass"]}
        scores = []
        start = time.perf_counter()
        for row in rows:
            for exchange, amounts in self.varying:
                exchange["amount"] = float(amounts[row])
                exchange.save()
            # LCA processes the changed database before it reads it
            lca = self.bw2calc.LCA(demand, method=self.methods[0])
            lca.lci()
            lca.lcia()
            found = [lca.score]
            for method in self.methods[1:]:
                lca.switch_method(method)
                lca.lcia()
                found.append(lca.score)
            scores.append(found)
        return {"seconds": time.perf_counter() - start, "scores": scores}

    def _prepare(self):
        """An LCA that is kept; places of what varies in its matrices, and all factors in one."""
        from scipy.sparse import csr_matrix

        lca = self.bw2calc.LCA({self.product: self.about["mass"]}, method=self.methods[0])
        lca.lci()
        lca.technosphere_matrix = lca.technosphere_matrix.tocsc()
        factors = []
        for method in self.methods:
            lca.switch_method(method)
            factors.append(lca.characterization_matrix.diagonal())
        self.factors = csr_matrix(np.array(factors))
        activity, product, flow = lca.dicts.activity, lca.dicts.product, lca.dicts.biosphere
        matrix, bio = lca.technosphere_matrix, lca.biosphere_matrix.tocsr()
        lca.biosphere_matrix = bio
        self.places, self.bio_places = [], []
        for exchange, amounts in self.varying:
            column = activity[exchange.output.id]
            if exchange["type"] == "biosphere":
                row = flow[exchange.input.id]
                inside = range(bio.indptr[row], bio.indptr[row + 1])
                (place,) = (p for p in inside if bio.indices[p] == column)
                self.bio_places.append((place, amounts))
                continue
            row = product[exchange.input.id]
            inside = range(matrix.indptr[column], matrix.indptr[column + 1])
            (place,) = (p for p in inside if matrix.indices[p] == row)
            self.places.append((place, -amounts))
        self.at = np.array([place for place, _ in self.places], dtype=int)
        self.values = np.array([amounts for _, amounts in self.places]).T.copy()
        self.bio_at = np.array([place for place, _ in self.bio_places], dtype=int)
        self.bio_values = np.array([amounts for _, amounts in self.bio_places]).T.copy()
        self.lca = lca

    def matrix(self, rows):
        """Edit the matrices in memory, calculate the inventory anew, apply all factors."""
        if self.lca is None:
            self._prepare()
        lca = self.lca
        scores = []
        start = time.perf_counter()
        for row in rows:
            lca.technosphere_matrix.data[self.at] = self.values[row]
            if len(self.bio_at):
                lca.biosphere_matrix.data[self.bio_at] = self.bio_values[row]
            lca.redo_lci()
            scores.append((self.factors @ lca.inventory).sum(axis=1).ravel().tolist())
        seconds = time.perf_counter() - start
        return {"seconds": seconds, "scores": np.array(scores).reshape(len(rows), -1).tolist()}


# -- many rows in a fresh process --------------------------------------------------------------


def million(folder):
    """Time per row for 1e4, 1e5 and 1e6 rows, and the peak memory of the process, MiB."""
    from lca_cardato.batch.run import Chunks
    from lca_cardato.brightway.store import open_store
    from lca_cardato.inventory.load import load_inventory

    inventory = load_inventory()
    store = open_store(inventory)
    sizes = [10_000, 100_000, 1_000_000]
    chunks = [Chunks(evaluator(space(size), inventory, store)) for size in sizes]
    write_parquet(chunks[1], folder)
    repeats = [15, 7, 3]
    times = {size: [] for size in sizes}
    for run in range(max(repeats)):
        for size, item, times_to_run in zip(sizes, chunks, repeats):
            if run < times_to_run:
                times[size].append(write_parquet(item, folder) / size)
    medians = {str(size): statistics.median(found) for size, found in times.items()}
    return {"peak": peak_memory(), "seconds_per_row": medians}


def peak_memory():
    """Largest resident memory of this process, MiB.

    On Linux ``ru_maxrss`` starts from that of the parent process, so the kernel's own count for
    the program that runs is read where there is one.
    """
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (x for x in status.read_text().splitlines() if x.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


# -- results -----------------------------------------------------------------------------------


def record(bar, what, ours, theirs, ratio, needed):
    """Append a row to the file named by LCA_CARDATO_BENCHMARKS, if it is set."""
    name = os.environ.get("LCA_CARDATO_BENCHMARKS")
    print(f"\n[{bar}] {what}: {ours}; {theirs}; ratio {ratio:.4g}, needed {needed:g}")
    if not name:
        return
    path = Path(name)
    rows = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    rows.append({
        "bar": bar, "what": what, "ours": ours, "theirs": theirs,
        "ratio": round(float(ratio), 4), "needed": needed,
    })  # fmt: skip
    path.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    where = Path(sys.argv[2])
    if sys.argv[1] == "million":
        print(json.dumps(million(where)))
    else:
        side = BrightwaySide(where)
        answer({"scenarios": side.scenarios, "matrix": side.matrix})
