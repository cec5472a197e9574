"""Brightway in a process of its own: one for all calls, replaced when it dies, gone at the end."""

import io
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from lca_cardato.brightway import child, line, process, wire
from lca_cardato.brightway.line import FLOW_OFFSET, Matrices
from lca_cardato.errors import CalculationError

ROOT = Path(__file__).resolve().parents[2]
START = f"""
import sys, time
sys.path.insert(0, {str(ROOT)!r})
from lca_cardato.brightway import process
process.start()
print(process._process.child.pid, flush=True)
"""


def system(amount=2.0):
    """Two activities, one flow, two indicators of which one counts nothing."""
    technosphere = (np.array([1, 2, 1]), np.array([1, 2, 2]), np.array([1.0, 1.0, -amount]))
    biosphere = (np.array([FLOW_OFFSET]), np.array([1]), np.array([3.0]))
    methods = [(np.array([FLOW_OFFSET]), np.array([5.0])), (np.zeros(0, int), np.zeros(0))]
    return Matrices(technosphere, biosphere, methods)


def gone(number, patience=30.0):
    """Wait until a process has ended."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            state = (
                Path(f"/proc/{number}/stat")
                .read_text(encoding="utf-8")
                .rpartition(")")[2]
                .split()[0]
            )
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


posix = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")


def test_scores_are_those_of_brightway_in_this_process():
    assert process.scores(system(), {2: 1.5}) == line.scores(system(), {2: 1.5}) == [45.0, 0.0]


def test_factors_are_kept_for_their_flows_alone():
    """The same factors, other flows before them: what Brightway made for the first does not fit."""
    one, two = system(), system()
    two.biosphere = (
        np.array([FLOW_OFFSET - 1, FLOW_OFFSET]), np.array([1, 1]), np.array([7.0, 3.0])
    )  # fmt: skip
    assert line.scores(one, {1: 1.0}) == [15.0, 0.0]
    assert line.scores(two, {1: 1.0}) == [15.0, 0.0]
    two.characterisation = [(np.array([FLOW_OFFSET - 1]), np.array([2.0]))]
    assert line.scores(two, {1: 1.0}) == [14.0]
    for number in range(2 * line.MADE):
        two.characterisation = [(np.array([FLOW_OFFSET]), np.array([float(number)]))]
        assert line.scores(two, {1: 1.0}) == [3.0 * number]
    assert len(line._made) <= line.MADE


def test_one_process_answers_many_calls_of_many_threads():
    process.scores(system(), {2: 1.0})
    number = process._process.child.pid
    found = {}

    def work(name):
        found[name] = [process.scores(system(name), {2: 1.0})[0] for _ in range(20)]

    threads = [threading.Thread(target=work, args=(float(i),)) for i in range(1, 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {name: [15.0 * name] * 20 for name in found} and len(found) == 5
    assert process._process.child.pid == number


def test_a_process_that_died_is_replaced():
    process.scores(system(), {2: 1.0})
    first = process._process.child
    first.kill()
    assert process.scores(system(), {2: 1.0}) == [30.0, 0.0]
    assert process._process.child.pid != first.pid


def test_a_system_without_solution_is_told_and_the_process_lives_on():
    wrong = system()
    wrong.technosphere = (np.array([1]), np.array([1]), np.array([1.0]))
    with pytest.raises(CalculationError) as caught:
        process.scores(wrong, {2: 1.0})
    [problem] = caught.value.problems
    assert problem.code == "E402" and "OutsideTechnosphere" in problem.message
    assert process.scores(system(), {2: 1.0}) == [30.0, 0.0]


@pytest.mark.parametrize("broken", ["no such program", "ends at once", "no Brightway"])
def test_a_process_that_can_not_be_used_is_told(broken, tmp_path, monkeypatch):
    if broken == "no such program":
        command = [str(tmp_path / "nothing")]
    elif broken == "ends at once":
        command = [sys.executable, "-c", "pass"]
    else:
        command = child.command(process.WORKER)
        hidden = "import sys; sys.modules['bw2calc'] = sys.modules['bw_processing'] = None; "
        command[command.index("-c") + 1] = hidden + command[command.index("-c") + 1]
    monkeypatch.setattr(child, "command", lambda *_: command)
    other = process.Process()
    try:
        with pytest.raises(CalculationError) as caught:
            other.ask(system(), {2: 1.0}).result(timeout=60)
    finally:
        other.end()
    assert caught.value.exit_code == 4
    [problem] = caught.value.problems
    assert problem.code == "E402" and "doctor" in problem.suggestion
    if broken == "no Brightway":
        assert "bw2calc" in problem.message


@posix
@pytest.mark.parametrize("how", ["at its end", "killed", "interrupted"])
def test_it_ends_with_its_parent(how):
    code = START + ("" if how == "at its end" else "time.sleep(60)")
    if how == "interrupted":  # also where the tests run in the background, which ignores it
        code = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)" + code
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    number = int(parent.stdout.readline())
    if how == "killed":
        parent.kill()
    elif how == "interrupted":
        parent.send_signal(signal.SIGINT)
    parent.communicate(timeout=60)
    assert gone(number)


@posix
def test_an_interruption_of_the_terminal_is_left_to_the_parent():
    """Ctrl-C reaches both; the parent may go on, so Brightway must not die of it."""
    other = process.Process()
    try:
        assert other.ask(system(), {2: 1.0}).result(timeout=60) == [30.0, 0.0]
        first = other.child
        os.kill(first.pid, signal.SIGINT)
        assert other.ask(system(), {2: 1.0}).result(timeout=60) == [30.0, 0.0]
        assert other.child is first
    finally:
        other.end()
    assert gone(first.pid)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_copy_has_a_process_of_its_own():
    code = START + (
        "import os\n"
        "from brightway.test_process import system\n"
        "copy = os.fork()\n"
        "mine = process.scores(system(), {2: 1.0})\n"
        "assert mine == [30.0, 0.0], mine\n"
        "if copy == 0:\n"
        "    process.end()\n"
        "    os._exit(0)\n"
        "assert os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1]) == 0\n"
        "assert process.scores(system(), {2: 1.0}) == mine\n"
    )
    code = f"import sys; sys.path.insert(0, {str(ROOT / 'tests')!r})\n" + code
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def test_an_ended_process_is_started_again():
    process.scores(system(), {2: 1.0})
    process.end()
    assert process._process.child is None
    assert process.scores(system(), {2: 1.0}) == [30.0, 0.0]


def test_nothing_but_arrays_comes_through_the_pipe():
    pipe = io.BytesIO()
    wire.put_question(pipe, system(), {2: 1.5, 7: -1.0})
    pipe.seek(0)
    found, demand = wire.take_question(pipe)
    assert demand == {2: 1.5, 7: -1.0}
    for one, two in zip(
        found.technosphere + found.biosphere, system().technosphere + system().biosphere
    ):
        assert np.array_equal(one, two)
    assert [len(rows) for rows, _ in found.characterisation] == [1, 0]
    answer = io.BytesIO()
    wire.put_answer(answer, [1.0, np.inf], "così")
    answer.seek(0)
    assert wire.take_answer(answer) == ([1.0, np.inf], "così")
    with pytest.raises(EOFError):
        wire.take_answer(answer)
    with pytest.raises(ValueError):  # an object would have to be pickled
        wire.put_arrays(io.BytesIO(), np.array([object()]))


@pytest.mark.parametrize(
    ("arguments", "asks"),
    [
        ("assess a.yaml", True), ("claims check a.yaml", True), ("export a.yaml b.xlsx", True),
        ("reproduce run", True), ("assess --help", False), ("assess a.yaml -h", False),
        ("claims list", False), ("validate a.yaml", False), ("--help", False), ("", False),
        ("report run", False), ("verify run", False), ("new assess", False),
    ],
)  # fmt: skip
def test_only_commands_that_calculate_start_it(arguments, asks, monkeypatch):
    from lca_cardato import __main__
    from lca_cardato.cli import main, outcome

    done = []
    monkeypatch.setattr(outcome, "whole_streams", lambda: None)  # they are pytest's here
    monkeypatch.setattr(sys, "argv", ["lca-cardato", *arguments.split()])
    monkeypatch.setattr(child, "_served", False)
    monkeypatch.setattr(__main__, "cores", lambda: 2)
    monkeypatch.setattr(process, "start", lambda: done.append("Brightway"))
    monkeypatch.setattr(main, "main", lambda: done.append("command"))
    __main__.main()
    assert done == ["Brightway"] * asks + ["command"]


def test_on_a_single_core_brightway_stays_in_the_process_of_the_command():
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from lca_cardato import __main__\n"
        "from lca_cardato.brightway import process\n"
        "from lca_cardato.cli import main\n"
        "__main__.cores = lambda: 1\n"
        "sys.argv = ['lca-cardato', 'assess', 'scenarios/recycled-wool-70.yaml', '--json']\n"
        "try:\n"
        "    __main__.main()\n"
        "except SystemExit as end:\n"
        "    assert not end.code, end.code\n"
        "assert process._process is None and 'bw2calc' in sys.modules\n"
        "assert 'bw2data' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=300, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
