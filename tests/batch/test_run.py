import json
import pickle
import threading

import numpy as np
import pyarrow as pa
import pyarrow.parquet
import pytest
from batch.spaces import SPACES, sampled

from lca_cardato.batch import run as module
from lca_cardato.batch.evaluate import RowProblem
from lca_cardato.batch.frame import frame_of
from lca_cardato.batch.parts import Parts
from lca_cardato.batch.run import Chunks, bounds, in_order, job_digest, run
from lca_cardato.batch.select import Condition, Goal, Selection
from lca_cardato.errors import DiskError

DATA = {
    "base": "recycled-wool-70.yaml",
    "variants": {"a": {}, "b": {"product.name": "b"}},
    "grid": {
        "electricity.photovoltaic": ["0 %", "40 %"],
        "route.carding.loss.value": ["5 %", "100 %", "6.5 %"],
    },
    "simplex": {"step": "25 %", "lines": [
        {"line": "wool"}, {"line": "polyamide"}, {"line": "viscose"}]},
    "sample": sampled(2, 0, **{"route.winding.loss": ("0 %", "3 %")}),
}  # fmt: skip
SIZE = 360
KINDS = ("parquet", "csv")


class Stopped(RuntimeError):
    """Stands for a process that was ended."""


@pytest.fixture
def chunks(evaluator):
    return Chunks(evaluator(DATA, indicators=["climate_change", "energy"]))


@pytest.fixture(scope="module")
def whole(evaluator):
    found = Chunks(evaluator(DATA, indicators=["climate_change", "energy"]))
    assert found.evaluator.space.size == SIZE
    return run(found, Selection(), None, "job", 1)


def values(table):
    return {
        name: np.array(table.column(name).to_pylist(), dtype=object)
        if pa.types.is_dictionary(table.column(name).type) or name == "problem"
        else table.column(name).to_numpy(zero_copy_only=False)
        for name in table.schema.names
    }


def equal(one, other):
    one, other = values(one), values(other)
    assert list(one) == list(other)
    for name, found in one.items():
        if found.dtype == object:
            assert (found == other[name]).all(), name
        else:
            assert found.tobytes() == other[name].tobytes(), name
    return True


@pytest.mark.parametrize("workers", [1, 3])
@pytest.mark.parametrize(("chunk", "block"), [(65_536, 11), (100, 65_536), (97, 13), (20, 1000)])
def test_chunks_blocks_and_workers_change_no_bit(chunks, whole, workers, chunk, block):
    chunks.block = block
    ticks = []
    found = run(chunks, Selection(), None, "job", workers, chunk,
                tick=lambda done, size: ticks.append((done, size)))  # fmt: skip
    assert equal(found.selected, whole.selected)
    assert found.summary.to_dict() == whole.summary.to_dict()
    assert ticks == [(stop, SIZE) for _, stop in bounds(SIZE, chunk)]


def test_summary_tells_what_is_in_the_table(whole):
    table, summary = whole.selected.to_pandas(), whole.summary
    assert summary.rows == whole.rows == SIZE
    assert summary.problem_count == SIZE // 3 == table["problem"].notna().sum()
    assert [p.row for p in summary.problems] == table["row"][table["problem"].notna()].tolist()
    assert table["climate_change"].isna().sum() == SIZE // 3
    for name in ("climate_change", "energy", "recycled_product_dry"):
        low, at, high, there = summary.ranges[name]
        assert (low, high) == (table[name].min(), table[name].max())
        assert (at, there) == (table[name].idxmin(), table[name].idxmax())
    assert "cost" not in summary.ranges
    for claim in ("cardato", "cardato-recycled", "virgin-wool"):
        assert summary.verdicts[claim] == table[claim].astype(object).value_counts().to_dict()


def test_conditions_and_best_rows(chunks, whole):
    table = whole.selected.to_pandas()
    kept = table[(table["recycled_product_dry"] >= 40) & (table["variant"] == "b")]
    conditions = [Condition("recycled_product_dry", ">=", 40.0), Condition("variant", "==", "b")]
    found = run(chunks, Selection(conditions), None, "job", 2, 50)
    assert found.selected.column("row").to_pylist() == kept["row"].tolist()
    assert found.summary.rows == len(kept)
    best = kept.sort_values(["climate_change", "row"]).head(7)
    selection = Selection(conditions, top=7, by=[Goal("climate_change")])
    found = run(chunks, selection, None, "job", 2, 50)
    assert found.selected.column("row").to_pylist() == best["row"].tolist()


@pytest.mark.parametrize("kind", [*KINDS, "xlsx"])
def test_files_hold_the_rows_and_nothing_is_left_behind(chunks, whole, tmp_path, kind):
    out = tmp_path / f"r.{kind}"
    out.write_text("an older result", encoding="utf-8")
    found = run(chunks, Selection(), out, "job", 2, 50, record={"space": "x"})
    assert sorted(p.name for p in tmp_path.iterdir()) == [f"r.{kind}", f"r.{kind}.json"]
    record = json.loads((tmp_path / f"r.{kind}.json").read_text(encoding="utf-8"))
    assert record["space"] == "x"
    assert record["rows_kept"] == SIZE
    assert record["problem_count"] == len(record["problems"]) == SIZE // 3
    assert [c["name"] for c in record["columns"]] == whole.selected.column_names
    table = frame_of(found)
    expected = whole.selected.to_pandas()
    assert table["row"].tolist() == list(range(SIZE))
    assert np.allclose(table["climate_change"], expected["climate_change"], 1e-14, 0, True)
    found, wanted = (t["cardato"].astype(object).fillna("") for t in (table, expected))
    assert (found == wanted).all()


def test_upper_case_endings(chunks, tmp_path):
    found = run(chunks, Selection(top=2, by=[Goal("row")]), tmp_path / "R.CSV", "job", 1)
    found.selected = None
    assert frame_of(found)["row"].tolist() == [0, 1]


class Counting:
    """Notes the pieces that are calculated, and fails at one of them."""

    def __init__(self, chunks, fail=None):
        self.chunks, self.fail, self.seen = chunks, fail, []

    def __call__(self, todo):
        return in_order(self.one, todo, 1)

    def one(self, start, stop):
        if self.fail == start:
            raise Stopped
        self.seen.append(start)
        return self.chunks(start, stop)


@pytest.mark.parametrize("kind", KINDS)
def test_an_interrupted_run_is_taken_up(chunks, tmp_path, kind):
    out, straight = tmp_path / f"r.{kind}", tmp_path / f"s.{kind}"
    run(chunks, Selection(), straight, "job", 1, 50)
    with pytest.raises(Stopped):
        run(chunks, Selection(), out, "job", 1, 50, Counting(chunks, 200))
    assert sorted(p.name for p in tmp_path.iterdir()) == [f"r.{kind}.parts", f"s.{kind}"]
    again = Counting(chunks)
    found = run(chunks, Selection(), out, "job", 1, 50, again)
    assert again.seen == [200, 250, 300, 350]
    assert out.read_bytes() == straight.read_bytes()
    assert found.summary.problem_count == SIZE // 3
    assert sorted(p.name for p in tmp_path.iterdir()) == [f"r.{kind}", f"s.{kind}"]


@pytest.mark.parametrize(("seconds", "left"), [(60.0, []), (0.0, ["r.csv.parts"])])
def test_what_takes_no_time_is_not_kept(chunks, tmp_path, monkeypatch, seconds, left):
    monkeypatch.setattr(module, "SOON", seconds)

    def stop(done, size):
        if done > 150:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(chunks, Selection(), tmp_path / "r.csv", "job", 2, 50, tick=stop)
    assert [path.name for path in tmp_path.iterdir()] == left
    run(chunks, Selection(), tmp_path / "r.csv", "job", 2, 50)
    assert [path.name for path in tmp_path.iterdir()] == ["r.csv"]


def interrupted(chunks, out):
    with pytest.raises(Stopped):
        run(chunks, Selection(), out, "job", 1, 50, Counting(chunks, 200))
    return out.with_name(out.name + ".parts")


def cut(content):
    return content[: len(content) // 2]


def flipped(content):
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


@pytest.mark.parametrize("damage", [cut, flipped, lambda content: b"", lambda content: b"x" * 99])
def test_a_damaged_part_is_calculated_again(chunks, whole, tmp_path, damage):
    out = tmp_path / "r.parquet"
    folder = interrupted(chunks, out)
    part = sorted(folder.glob("*.arrow"))[1]
    part.write_bytes(damage(part.read_bytes()))
    again = Counting(chunks)
    run(chunks, Selection(), out, "job", 1, 50, again)
    assert again.seen == [50, 200, 250, 300, 350]
    assert equal(pyarrow.parquet.read_table(out), whole.selected)
    assert [p.name for p in tmp_path.iterdir()] == ["r.parquet"]


@pytest.mark.parametrize(("job", "chunk"), [("other", 50), ("job", 90)])
def test_parts_of_another_job_are_refused(chunks, tmp_path, job, chunk):
    out = tmp_path / "r.parquet"
    folder = interrupted(chunks, out)
    before = sorted((p.name, p.read_bytes()) for p in folder.iterdir())
    with pytest.raises(DiskError) as error:
        run(chunks, Selection(), out, job, 1, chunk)
    assert error.value.problems[0].code == "E503"
    assert sorted((p.name, p.read_bytes()) for p in folder.iterdir()) == before
    assert not out.exists()


def test_a_folder_that_is_no_job_is_refused(chunks, tmp_path):
    (tmp_path / "r.csv.parts").mkdir()
    (tmp_path / "r.csv.parts" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(DiskError, match="E503"):
        run(chunks, Selection(), tmp_path / "r.csv", "job", 1, 50)
    assert (tmp_path / "r.csv.parts" / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_the_older_result_stays_until_the_new_one_is_whole(chunks, tmp_path):
    out = tmp_path / "r.csv"
    out.write_text("an older result", encoding="utf-8")

    def stop(done, size):
        assert out.read_text(encoding="utf-8") == "an older result"
        if done > 150:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(chunks, Selection(), out, "job", 2, 50, tick=stop)
    assert out.read_text(encoding="utf-8") == "an older result"
    assert not (tmp_path / "r.csv.partial").exists()
    run(chunks, Selection(), out, "job", 2, 50)
    assert out.read_text(encoding="utf-8").startswith('"row"')


def test_parts_keep_rows_and_problems(chunks, tmp_path):
    parts = Parts(tmp_path / "r.csv", "job")
    batch, problems = chunks(0, 100)
    assert problems
    assert not parts.has(0)
    parts.put(0, batch, problems)
    assert parts.has(0)
    assert not parts.has(100)
    again, told = parts.get(0)
    assert equal(again, batch)
    assert told == problems
    parts.remove()
    assert list(tmp_path.iterdir()) == []


def test_pieces_come_in_order_and_few_are_held():
    running, most, lock = [0], [0], threading.Lock()

    def compute(start, stop):
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        return start, [RowProblem(start, "")]

    seen = []
    for start, _ in in_order(compute, bounds(100, 1), 3):
        with lock:
            running[0] -= 1
        seen.append(start)
    assert seen == list(range(100))
    assert most[0] <= 3 + 2


def test_an_error_in_a_thread_comes_out():
    def compute(start, stop):
        if start == 5:
            raise Stopped
        return start, []

    with pytest.raises(Stopped):
        list(in_order(compute, bounds(50, 1), 2))


def test_bounds_and_digests():
    assert bounds(10, 4) == [(0, 4), (4, 8), (8, 10)]
    assert bounds(3, 4) == [(0, 3)]
    assert job_digest("a", "bc") != job_digest("ab", "c")
    assert job_digest("a") == job_digest("a")


def test_chunks_pickle(evaluator):
    found = Chunks(evaluator(SPACES["blends"], indicators=["climate_change"]))
    again = pickle.loads(pickle.dumps(found))
    assert again(0, 540)[0].equals(found(0, 540)[0])
