"""The machine at its worst: no home, no terminal, a closed pipe, another locale, an odd clock."""

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest
from conftest import ROOT
from processes import POSIX, SCENARIO, run


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "it_IT.UTF-8", "LANG": "it_IT.UTF-8"},
        {"LC_ALL": "tr_TR.UTF-8"},
        {"PYTHONIOENCODING": "latin-1"},
        {"TZ": "Pacific/Kiritimati"},
        {"TZ": "not/a/zone", "SOURCE_DATE_EPOCH": "not a number"},
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "4294967295"},
        {"COLUMNS": "1", "TERM": "dumb", "NO_COLOR": "1"},
    ],
    ids=lambda environment: " ".join(f"{k}={v}" for k, v in environment.items()),
)
def test_results_are_the_same_bytes_in_any_surroundings(plain, environment):
    done = run("assess", SCENARIO, "--json", **environment)
    assert done.returncode == 0, done.stderr
    assert done.stdout == plain


def test_results_are_the_same_from_another_folder(plain, tmp_path):
    assert run("assess", SCENARIO, "--json", cwd=tmp_path).stdout == plain


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
@pytest.mark.parametrize("arguments", [["--help"], ["fibres"], ["assess", SCENARIO, "--json"]])
def test_an_output_that_is_full(arguments, store):
    with open("/dev/full", "wb") as full:
        done = run(*arguments, stdout=full)
    assert done.returncode == 5
    text = done.stderr.decode()
    assert "E502" in text and "Traceback" not in text and len(text.splitlines()) == 1


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


@POSIX
def test_an_interruption_has_its_code_and_one_line(tmp_path, store):
    shutil.copy(ROOT / "scenarios" / "recycled-wool-70.yaml", tmp_path)
    process = subprocess.Popen(
        [sys.executable, "-m", "lca_cardato", "uncertainty", str(SCENARIO), "--samples", "1000000"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path,
    )  # fmt: skip
    time.sleep(2.0)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 130, errors
    assert b"Traceback" not in errors


@POSIX
def test_a_device_as_a_file_fills_no_memory():
    done = run("validate", "/dev/zero")
    assert done.returncode == 3
    assert b"E210" in done.stderr


@POSIX
def test_a_folder_that_can_not_be_written(tmp_path, store):
    (tmp_path / "taken").write_text("", encoding="utf-8")
    done = run("assess", SCENARIO, "--out", tmp_path / "taken" / "run")
    assert done.returncode == 5
    assert b"E502" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


@pytest.mark.parametrize("epoch", ["0", "99999999999", "-1", "1e9"])
def test_an_odd_clock(epoch, tmp_path, store, plain):
    done = run("assess", SCENARIO, "--out", tmp_path / "run", SOURCE_DATE_EPOCH=epoch)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "run" / "result.json").read_bytes() == plain


@POSIX
def test_a_named_pipe_is_no_scenario(tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")
    done = run("validate", tmp_path / "pipe.yaml")
    assert done.returncode == 5 and b"named pipe" in done.stderr
    (tmp_path / "a.yaml").write_bytes(SCENARIO.read_bytes())
    piped = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m lca_cardato validate <(cat {tmp_path}/a.yaml)"],
        capture_output=True, timeout=300,
    )  # fmt: skip
    assert piped.returncode == 0, piped.stderr


@pytest.mark.parametrize("option", ["--top", "--check"])
def test_counts_below_zero_are_a_wrong_use(option):
    assert run("batch", ROOT / "scenarios" / "blends.space.yaml", option, "-3").returncode == 2


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
