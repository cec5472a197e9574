"""A space on a dask.distributed cluster of processes, one of which is killed."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import with_papers

distributed = pytest.importorskip("distributed")

from lca_cardato.batch import cluster as module  # noqa: E402
from lca_cardato.batch.cluster import cluster_source  # noqa: E402
from lca_cardato.batch.evaluate import Evaluator  # noqa: E402
from lca_cardato.batch.run import Chunks, bounds, in_order, run  # noqa: E402
from lca_cardato.batch.select import Selection  # noqa: E402
from lca_cardato.claims.packs_model import shipped_packs  # noqa: E402
from lca_cardato.errors import BusyError, InputError, MissingError  # noqa: E402, MissingError
from lca_cardato.space.load import load_space  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
CHUNK = 1_000
SPACE = {
    "schema": "lca-cardato/space/1",
    "id": "cluster",
    "base": "recycled-wool-70.yaml",
    "simplex": {
        "step": "5 %",
        "lines": [{"line": "wool"}, {"line": "polyamide"}, {"line": "viscose"}],
    },
    "sample": {
        "method": "latin_hypercube",
        "points": "260",
        "seed": "0",
        "over": {
            "route.carding.electricity.value": {"from": "100000 kWh", "to": "200000 kWh"},
            "route.carding.loss.value": {"from": "3 %", "to": "101 %"},
        },
    },
}
WORKER = ["--nthreads", "1", "--no-dashboard", "--no-nanny", "--death-timeout", "60"]


@pytest.fixture(scope="module")
def chunks(inventory, store):
    packs = [pack for pack, _ in shipped_packs()]
    names = ["climate_change", "energy", "water_withdrawn", "water_consumed"]
    space = load_space(SPACE, ROOT / "scenarios")
    return Chunks(Evaluator(space, inventory, store.background, packs, names))


@pytest.fixture
def machines(tmp_path):
    """Processes of a cluster; workers have an empty data directory."""
    started = []

    def start(command, *arguments, **environment):
        home = tmp_path / "empty"
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{command}", *arguments],
            cwd=tmp_path,
            env={**os.environ, "LCA_CARDATO_HOME": str(home), **environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def scheduler(machines):
    """Address of a scheduler."""
    port = free_port()
    machines("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard", "--no-show")
    return f"tcp://127.0.0.1:{port}"


def together(address, count):
    """Wait until all workers have come."""
    with distributed.Client(address, set_as_default=False) as client:
        client.wait_for_workers(count, timeout=30)


def free_port():
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return place.getsockname()[1]


def raw(table):
    """The table as bytes; NaN equals NaN."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()


def test_a_killed_worker_changes_nothing(chunks, machines, scheduler, tmp_path):
    size = chunks.evaluator.space.size
    workers = [machines("worker", scheduler, *WORKER) for _ in range(3)]
    by_threads = run(chunks, Selection(), None, "job", 2, CHUNK)
    together(scheduler, 3)
    done = []

    def tick(rows, _):
        done.append(rows)
        if len(done) == 5:
            workers[0].send_signal(signal.SIGKILL)

    source = cluster_source(chunks, scheduler, "job")
    found = run(chunks, Selection(), None, "job", 2, CHUNK, source, tick)
    assert workers[0].wait(5) == -signal.SIGKILL
    assert done == [stop for _, stop in bounds(size, CHUNK)]
    assert found.selected["row"].to_pylist() == list(range(size))
    assert raw(found.selected) == raw(by_threads.selected)
    assert found.summary.to_dict() == by_threads.summary.to_dict()
    assert found.summary.problem_count > 0

    # and as files, with only one worker left at the end
    out, expected = tmp_path / "cluster.parquet", tmp_path / "threads.parquet"
    run(chunks, Selection(), expected, "job", 2, CHUNK)

    def end_second(rows, _):
        if rows == 5 * CHUNK:
            workers[1].send_signal(signal.SIGKILL)

    source = cluster_source(chunks, scheduler, "job")
    run(chunks, Selection(), out, "job", 2, CHUNK, source, end_second)
    assert raw(pq.read_table(out)) == raw(pq.read_table(expected))
    assert out.read_bytes() == expected.read_bytes()


def test_all_workers_replaced(chunks, machines, scheduler):
    """What all workers held is sent anew to the worker that comes after them."""
    old = machines("worker", scheduler, *WORKER)
    pieces = bounds(20_000, CHUNK)
    expected = list(in_order(chunks, pieces, 2))
    source = cluster_source(chunks, scheduler, "job")
    results = source(pieces)
    found = [next(results)]
    old.kill()
    machines("worker", scheduler, *WORKER)
    found += results
    assert source.round >= 1
    assert [p for _, p in found] == [p for _, p in expected]
    tables = [pa.Table.from_batches([batch for batch, _ in part]) for part in (found, expected)]
    assert raw(tables[0]) == raw(tables[1])


def test_no_worker_is_an_error_in_time(chunks, machines, scheduler):
    with pytest.raises(BusyError, match="E703"):
        cluster_source(chunks, scheduler, "job", timeout=20, patience=1)
    only = machines("worker", scheduler, *WORKER)
    together(scheduler, 1)
    results = cluster_source(chunks, scheduler, "job", patience=1)(bounds(60_000, CHUNK))
    next(results)
    only.kill()
    with pytest.raises(BusyError, match="E703"):
        list(results)


def test_scheduler_that_goes(chunks, machines, tmp_path):
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    head = machines("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    machines("worker", address, *WORKER)
    results = cluster_source(chunks, address, "job", timeout=6, patience=1)(bounds(60_000, CHUNK))
    next(results)
    head.kill()
    with pytest.raises(BusyError, match=r"E70[23]"):
        list(results)


def test_waiting_times_are_those_of_the_page():
    text = " ".join((ROOT / "docs" / "batch.md").read_text(encoding="utf-8").split())
    assert f"without a worker is waited for for {module.PATIENCE:g} s" in text
    assert f"that does not answer for {module.CONNECT:g} s" in text


def test_a_command_whose_scheduler_goes_says_one_sentence(machines, tmp_path):
    """Dask's own lines and tracebacks stay away from the screen of who typed it."""
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    head = machines("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    machines("worker", address, *WORKER)
    together(address, 1)
    shutil.copy(ROOT / "scenarios" / "recycled-wool-70.yaml", with_papers(tmp_path))
    losses = "route.carding.loss.value: {from: 3 %, to: 9 %, points: 900}"
    metered = "route.carding.electricity.value: {from: 100000 kWh, to: 200000 kWh, points: 1500}"
    text = (
        "schema: lca-cardato/space/1\nid: s\nbase: recycled-wool-70.yaml\n"
        f"grid: {{{losses}, {metered}}}\n"
    )
    (tmp_path / "s.space.yaml").write_text(text, encoding="utf-8")
    begun = subprocess.Popen(
        [sys.executable, "-m", "lca_cardato", "batch", str(tmp_path / "s.space.yaml"), "--out",
         str(tmp_path / "o.csv"), "--scheduler", address],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    for _ in range(600):
        if list(tmp_path.glob("o.csv.parts/*.arrow")):
            break
        time.sleep(0.05)
    head.kill()
    _, errors = begun.communicate(timeout=60)
    assert begun.returncode == 7
    assert len(errors.splitlines()) == 1 and "E702" in errors and "10 s" in errors, errors
    assert (tmp_path / "o.csv.parts").is_dir() and not (tmp_path / "o.csv").exists()


def test_other_version(chunks, machines, scheduler, tmp_path):
    other = tmp_path / "other" / "lca_cardato-9.9.dist-info"
    other.mkdir(parents=True)
    (other / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: lca-cardato\nVersion: 9.9\n", encoding="utf-8"
    )
    machines("worker", scheduler, *WORKER, PYTHONPATH=str(other.parent))
    with pytest.raises(InputError, match=r"E326 .*0\.1\.0, Python 3.*9\.9"):
        cluster_source(chunks, scheduler, "job")


def test_a_worker_refuses_another_version(chunks):
    with pytest.raises(InputError, match=r"E326 .*9\.9"):
        module.calculate(chunks, 0, 10, "lca-cardato 9.9, Python 3.11")


def test_no_scheduler(chunks):
    with pytest.raises(BusyError, match=r"E702 .*within 1 s"):
        cluster_source(chunks, f"tcp://127.0.0.1:{free_port()}", "job", timeout=1)


def test_silent_listener(chunks):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(BusyError, match=r"E702 .*within 1 s"):
            cluster_source(chunks, f"tcp://127.0.0.1:{port}", "job", timeout=1)


def test_something_else_answers(chunks):
    def answer():
        peer, _ = server.accept()
        with peer:
            peer.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            peer.recv(1)

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=answer, daemon=True).start()
        with pytest.raises(BusyError, match=r"E702 .*no dask scheduler"):
            port = server.getsockname()[1]
            cluster_source(chunks, f"tcp://127.0.0.1:{port}", "job", timeout=2)


@pytest.mark.parametrize("address", ["", "somewhere", "xyz://1.2.3.4:1"])
def test_not_an_address(chunks, address):
    with pytest.raises(InputError, match="E325"):
        cluster_source(chunks, address, "job")


def test_without_distributed(chunks, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingError, match=r"E510: .*lca-cardato\[cluster\]"):
        cluster_source(chunks, "tcp://127.0.0.1:8786", "job")
