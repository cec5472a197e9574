"""The machine at its worst: no home, no terminal, a closed pipe, another locale, an odd clock."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import ROOT
from processes import POSIX, SCENARIO, run

SURROUNDINGS = [
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LC_ALL": "it_IT.UTF-8", "LANG": "it_IT.UTF-8"},
    {"LC_ALL": "tr_TR.UTF-8"},
    {"PYTHONIOENCODING": "latin-1"},
    {"TZ": "Pacific/Kiritimati"},
    {"TZ": "not/a/zone", "SOURCE_DATE_EPOCH": "not a number"},
    {"PYTHONHASHSEED": "1"},
    {"PYTHONHASHSEED": "4294967295"},
    {"COLUMNS": "1", "TERM": "dumb", "NO_COLOR": "1"},
]


def test_results_are_the_same_bytes_in_other_surroundings(plain, tmp_path):
    """Locale, encoding, time zone, hash seed, terminal, home and folder at once."""
    other = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TZ": "not/a/zone",
             "SOURCE_DATE_EPOCH": "not a number", "PYTHONHASHSEED": "1", "COLUMNS": "1",
             "TERM": "dumb", "PYTHONIOENCODING": "latin-1", "HOME": ""}  # fmt: skip
    done = run("assess", SCENARIO, "--json", cwd=tmp_path, **other)
    assert done.returncode == 0, done.stderr
    assert done.stdout == plain


@pytest.mark.long
@pytest.mark.parametrize(
    "environment", SURROUNDINGS, ids=lambda given: " ".join(f"{k}={v}" for k, v in given.items())
)
def test_results_are_the_same_bytes_in_any_surroundings(plain, environment):
    done = run("assess", SCENARIO, "--json", **environment)
    assert done.returncode == 0, done.stderr
    assert done.stdout == plain


@POSIX
def test_without_home_and_without_a_folder_of_its_own(plain, tmp_path):
    done = run(
        "fibres", remove=("LCA_CARDATO_HOME", "HOME", "XDG_DATA_HOME", "USER", "LOGNAME"),
        TMPDIR=str(tmp_path),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@POSIX
def test_a_home_that_can_not_be_written(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = run("assess", SCENARIO, LCA_CARDATO_HOME=str(tmp_path / "file" / "home"))
    assert done.returncode == 5
    text = done.stderr.decode()
    assert "E502" in text and "LCA_CARDATO_HOME" in text and len(text.splitlines()) == 1


@POSIX
@pytest.mark.parametrize("arguments", [["--help"], ["assess", SCENARIO, "--json"]])
def test_an_output_that_is_full(arguments, store):
    with open("/dev/full", "wb") as full:
        done = run(*arguments, stdout=full)
    assert done.returncode == 5
    text = done.stderr.decode()
    assert "E502" in text and "Traceback" not in text and len(text.splitlines()) == 1


@POSIX
def test_a_first_use_on_a_full_disk(tmp_path):
    code = (
        "import os, resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000));"
        "os.execv(sys.executable, [sys.executable, '-m', 'lca_cardato', *sys.argv[1:]])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "assess", str(SCENARIO), "--json"], capture_output=True,
        cwd=ROOT, env={**os.environ, "LCA_CARDATO_HOME": str(tmp_path / "home")}, timeout=300,
    )  # fmt: skip
    text = done.stderr.decode().splitlines()[-1]
    assert (done.returncode, done.stdout) == (5, b""), text
    assert "E507" in text and "can't be installed" in text and "LCA_CARDATO_HOME" in text
    left = [path for path in tmp_path.rglob("*") if path.is_file() and path.stat().st_size]
    assert left == []


LISTS = [
    ["fibres"],
    ["inventory", "show", "carding"],
    ["claims", "list", "--lang", "it"],
    ["methods", "--help"],
]


@POSIX
@pytest.mark.parametrize("arguments", LISTS, ids=" ".join)
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_an_output_with_room_for_a_part(arguments, unbuffered, tmp_path):
    """Without a buffer of its own, Python would take the part for the whole."""
    file = tmp_path / "out.txt"
    code = (
        "import os, resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100));"
        "os.execv(sys.executable, [sys.executable, '-m', 'lca_cardato', *sys.argv[1:]])"
    )
    with file.open("wb") as output:
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments], stdout=output, stderr=subprocess.PIPE,
            cwd=ROOT, env={**os.environ, "PYTHONUNBUFFERED": unbuffered}, timeout=300,
        )  # fmt: skip
    text = done.stderr.decode()
    assert done.returncode == 5, (text, file.read_text(encoding="utf-8"))
    assert "E502" in text and len(text.splitlines()) == 1


@POSIX
@pytest.mark.parametrize("closed", [">&-", ">&- 2>&-", "2>&-", "<&-", "<&- 2>&-"])
def test_a_stream_that_is_closed(closed, tmp_path):
    """Nothing that is opened later takes its number and gets what is printed."""
    done = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m lca_cardato new "{tmp_path}/n.yaml" {closed}'],
        capture_output=True, cwd=ROOT, timeout=300,
    )  # fmt: skip
    refused = ">&-" in closed.split()
    assert done.returncode == (5 if refused else 0), done.stderr
    text = done.stderr.decode()
    assert ("E505" in text and len(text.splitlines()) == 1) if closed == ">&-" else text == ""
    assert (tmp_path / "n.yaml").exists() != refused


@POSIX
def test_a_closed_pipe_is_no_error(store):
    process = subprocess.Popen(
        [sys.executable, "-m", "lca_cardato", "assess", str(SCENARIO), "--json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT,
    )  # fmt: skip
    process.stdout.close()
    text = process.stderr.read().decode()
    assert process.wait(120) == 0
    assert text == ""


def started(process):
    """Wait until the command has begun, that is, until it loads NumPy."""
    maps = Path(f"/proc/{process.pid}/maps")
    for _ in range(1200):
        if not maps.exists():  # a system without such a list
            time.sleep(5.0)
            return
        if "numpy" in maps.read_text(encoding="utf-8", errors="replace"):
            return
        time.sleep(0.05)


def interruptible(*arguments, action, **more):
    """Start the command with an action for interruptions, whatever that of this process is."""
    return subprocess.Popen(
        [sys.executable, "-m", "lca_cardato", *map(str, arguments)], stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, preexec_fn=lambda: signal.signal(signal.SIGINT, action), **more,
    )  # fmt: skip


@POSIX
def test_an_interruption_has_its_code_and_one_line(tmp_path, store):
    process = interruptible(
        "uncertainty", SCENARIO, "--samples", "1000000", action=signal.SIG_DFL, cwd=tmp_path
    )
    started(process)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=120)
    assert (process.returncode, errors) == (130, b"interrupted\n")
    assert list(tmp_path.iterdir()) == []


@POSIX
def test_who_started_it_may_have_ruled_out_interruptions(tmp_path):
    """As a shell does for a job in the background: an interruption meant for another goes by."""
    process = interruptible("fibres", action=signal.SIG_IGN, cwd=ROOT)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=120)
    assert (process.returncode, errors) == (0, b"") and b"cashmere" in output


@POSIX
def test_a_device_as_a_file_fills_no_memory(command):
    done = command("validate", "/dev/zero")
    assert done.returncode == 3
    assert "E210" in done.stderr


@POSIX
def test_a_folder_that_can_not_be_written(command, tmp_path, store):
    (tmp_path / "taken").write_text("", encoding="utf-8")
    done = command("assess", SCENARIO, "--out", tmp_path / "taken" / "run")
    assert done.returncode == 5
    assert "E502" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


@pytest.mark.parametrize("epoch", ["0", "99999999999", "-1", "1e9"])
def test_an_odd_clock(command, epoch, tmp_path, store, plain):
    done = command("assess", SCENARIO, "--out", tmp_path / "run", SOURCE_DATE_EPOCH=epoch)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "run" / "result.json").read_bytes() == plain


@pytest.mark.parametrize("year", [1970, 2099])
def test_a_run_folder_of_a_wrong_clock_is_told(command, tmp_path, store, monkeypatch, year):
    monkeypatch.setattr("lca_cardato.cli.product._this_year", lambda: year)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    done = command("assess", SCENARIO, "--out", tmp_path / "run")
    assert done.returncode == 0, done.stderr
    assert f"the clock of this machine says {year}" in done.stderr


@POSIX
def test_a_named_pipe_is_no_scenario(command, tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")
    done = command("validate", tmp_path / "pipe.yaml")
    assert done.returncode == 5 and "named pipe" in done.stderr
    bare = ROOT / "scenarios" / "cashmere-blend.yaml"  # names no documents
    (tmp_path / "a.yaml").write_bytes(bare.read_bytes())
    piped = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m lca_cardato validate <(cat {tmp_path}/a.yaml)"],
        capture_output=True, timeout=300,
    )  # fmt: skip
    assert piped.returncode == 0, piped.stderr


@pytest.mark.parametrize("option", ["--top", "--check"])
def test_counts_below_zero_are_a_wrong_use(command, option):
    assert command("batch", ROOT / "scenarios" / "blends.space.yaml", option, "-3").returncode == 2


WATCH = """
import os, sys

def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        with open(os.environ["CONNECTIONS"], "a") as file:
            file.write(f"{event} {arguments} {sys.argv}\\n")

sys.addaudithook(watch)
"""


def test_no_connection_is_opened(tmp_path):
    """Neither by the command, which installs its inventories here, nor by processes of its own."""
    (tmp_path / "watch").mkdir()
    (tmp_path / "watch" / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    told = tmp_path / "connections.txt"
    setting = {"PYTHONPATH": str(tmp_path / "watch"), "CONNECTIONS": str(told),
               "LCA_CARDATO_HOME": str(tmp_path / "home")}  # fmt: skip
    opened = "import socket; socket.create_connection(('127.0.0.1', 1), 1)"
    subprocess.run([sys.executable, "-c", opened], env={**os.environ, **setting}, check=False,
                   capture_output=True)  # fmt: skip
    assert "socket.connect" in told.read_text(encoding="utf-8")  # the watch sees what it shall see
    told.unlink()
    reports = [f"--report={tmp_path / name}" for name in ("a.html", "a.pdf", "a.xlsx")]
    for arguments in (["assess", SCENARIO, "--out", tmp_path / "run", *reports],
                      ["uncertainty", SCENARIO, "--samples", "100"],
                      ["reproduce", tmp_path / "run"]):  # fmt: skip
        done = run(*arguments, **setting)
        assert done.returncode == 0, done.stderr
    assert not told.exists(), told.read_text(encoding="utf-8")
