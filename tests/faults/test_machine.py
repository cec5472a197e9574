"""The machine at its worst: no home, no terminal, a closed pipe, another locale, an odd clock."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from conftest import NAMES, ROOT

SCENARIO = ROOT / "scenarios" / "recycled-wool-70.yaml"
POSIX = pytest.mark.skipif(os.name != "posix", reason="POSIX only")


def run(*arguments, cwd=ROOT, stdout=subprocess.PIPE, remove=(), **environment):
    env = {**os.environ, **environment}
    for name in remove:
        env.pop(name, None)
    return subprocess.run(
        [sys.executable, "-m", "lca_cardato", *map(str, arguments)], cwd=cwd, stdout=stdout,
        stderr=subprocess.PIPE, env=env, stdin=subprocess.DEVNULL, timeout=300,
    )  # fmt: skip


@pytest.fixture(scope="module")
def plain(store):
    done = run("assess", SCENARIO, "--json")
    assert done.returncode == 0
    return done.stdout


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


def test_fifty_assessments_at_once_give_the_fifty_right_answers(tmp_path, home):
    """Of different scenarios, on a store that none of them has built yet."""
    text = SCENARIO.read_text(encoding="utf-8")
    assert text.count("id: recycled-wool-70") == 1
    other = tmp_path / "home"
    files = []
    for number in range(50):
        name = NAMES[number % len(NAMES)]
        path = ROOT / "scenarios" / f"{name}.yaml"
        if name == "recycled-wool-70":
            path = tmp_path / f"{number}.yaml"
            path.write_text(
                text.replace("id: recycled-wool-70", f"id: r{number}"), encoding="utf-8"
            )
        files.append(path)

    def one(path):
        return run("assess", path, "--json", LCA_CARDATO_HOME=str(other))

    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(one, files))
    assert not [(done.returncode, done.stderr) for done in found if done.returncode]
    alone = {}
    for path, done in zip(files, found):
        if path not in alone:
            alone[path] = run("assess", path, "--json").stdout
        assert done.stdout == alone[path], path
        assert path.stem in NAMES or json.loads(done.stdout)["scenario"]["id"] == f"r{path.stem}"


def test_a_damaged_store_is_built_again(tmp_path, plain):
    home = tmp_path / "home"
    assert run("assess", SCENARIO, "--json", LCA_CARDATO_HOME=str(home)).stdout == plain
    (arrays,) = home.glob("*/arrays.npz")
    sound = hashlib.sha256(arrays.read_bytes()).hexdigest()
    data = bytearray(arrays.read_bytes())
    data[len(data) // 2] ^= 0xFF
    arrays.write_bytes(bytes(data))
    assert hashlib.sha256(arrays.read_bytes()).hexdigest() != sound
    assert run("assess", SCENARIO, "--json", LCA_CARDATO_HOME=str(home)).stdout == plain


@POSIX
def test_a_build_that_was_killed_does_not_disturb_the_next(tmp_path, plain):
    home = tmp_path / "home"
    for wait in (0.8, 2.0, 3.5):
        process = subprocess.Popen(
            [sys.executable, "-m", "lca_cardato", "assess", str(SCENARIO), "--json"], cwd=ROOT,
            env={**os.environ, "LCA_CARDATO_HOME": str(home)}, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        time.sleep(wait)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
    assert run("assess", SCENARIO, "--json", LCA_CARDATO_HOME=str(home)).stdout == plain


def test_two_versions_side_by_side(tmp_path, plain):
    """Another version has a store of its own; neither disturbs the other."""
    copy = tmp_path / "copy"
    skip = shutil.ignore_patterns("__pycache__")
    for name in ("lca_cardato", "inventories", "scenarios", "docs"):
        shutil.copytree(ROOT / name, copy / name, ignore=skip)
    file = copy / "lca_cardato" / "__init__.py"
    text = file.read_text(encoding="utf-8")
    version = text.split('__version__ = "')[1].split('"')[0]
    file.write_text(text.replace(version, "99.0.0"), encoding="utf-8")
    home = str(tmp_path / "home")

    def one(number):
        other = {"PYTHONPATH": str(copy), "PYTHONSAFEPATH": "1"} if number % 2 else {}
        return run("assess", SCENARIO, "--json", cwd=tmp_path, LCA_CARDATO_HOME=home, **other)

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(one, range(6)))
    assert [done.returncode for done in found] == [0] * 6, found[1].stderr
    for number, done in enumerate(found):
        document, wanted = json.loads(done.stdout), json.loads(plain)
        if number % 2:
            assert "99.0.0" in done.stdout.decode()
            assert document["indicators"] == wanted["indicators"]
        else:
            assert done.stdout == plain
    assert len(list((tmp_path / "home").glob("*/digest"))) == 2


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
