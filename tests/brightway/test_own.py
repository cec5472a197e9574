import os
import subprocess
import sys

import pytest
from filelock import FileLock

from lca_cardato.brightway.own import COMPLETE, own_folder

CODE = """
from lca_cardato.brightway.own import import_bw2calc, isolate
isolate()
print("ready", flush=True)
print(import_bw2calc().__name__, flush=True)
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("LCA_CARDATO_HOME", str(tmp_path / "home"))
    return own_folder()


def start(**environment):
    return subprocess.Popen(
        [sys.executable, "-c", CODE], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, **environment}, text=True, encoding="utf-8",
    )  # fmt: skip


def ended(process):
    output, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    assert output.endswith("bw2calc\n")


def test_one_process_alone_makes_the_default_project(folder):
    """Brightway makes it without a lock, and stops where another process does the same."""
    folder.parent.mkdir(parents=True)
    with FileLock(f"{folder}.lock"):
        processes = [start() for _ in range(4)]
        for process in processes:
            assert process.stdout.readline() == "ready\n"
        with pytest.raises(subprocess.TimeoutExpired):
            processes[0].wait(timeout=3)
        assert list(folder.iterdir()) == []
    for process in processes:
        ended(process)
    assert (folder / COMPLETE).is_file()
    assert (folder / "projects.db").is_file()


def test_a_project_that_is_there_is_opened_without_waiting(folder):
    ended(start())
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    with FileLock(f"{folder}.lock"):
        ended(start())
    assert {p: p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()} == before


def test_what_a_killed_process_began_is_made_anew(folder):
    ended(start())
    (folder / COMPLETE).unlink()
    metadata = next(folder.glob("*/databases.json"))
    metadata.write_bytes(b"")
    ended(start())
    assert metadata.read_bytes()
    assert (folder / COMPLETE).is_file()


def test_the_users_folder_is_left_alone(folder, tmp_path):
    ended(start(BRIGHTWAY2_DIR=str(tmp_path / "mine")))
    assert not (tmp_path / "mine").exists()
