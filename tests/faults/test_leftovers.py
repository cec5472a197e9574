"""What killed writers leave beside their targets is cleared by whoever writes there next."""

import os
import subprocess
import sys
import time

import pytest
from processes import POSIX

from lca_cardato.files.atomic import (
    FOREIGN_SECONDS,
    clear_leftovers,
    machine,
    partial_path,
    write_file,
)


@pytest.fixture(scope="module")
def dead():
    """Number of a process that runs no more."""
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid


def leave(folder, process, mark=None, name="a.csv", age=0.0):
    path = folder / f".{name}.{process}-{mark or machine()}.partial"
    path.write_text("half", encoding="utf-8")
    os.utime(path, (time.time() - age,) * 2)
    return path


@POSIX
def test_of_a_dead_process_whatever_it_was_writing(tmp_path, dead):
    left = [leave(tmp_path, dead), leave(tmp_path, dead, name="b.c.d")]
    folder = tmp_path / f".run.{dead}-{machine()}.partial"
    (folder / "inputs").mkdir(parents=True)
    (folder / "inputs" / "s.yaml").write_text("", encoding="utf-8")
    write_file(tmp_path / "other.csv", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["other.csv"], left


@POSIX
def test_of_an_earlier_process_with_the_number_of_this_one(tmp_path):
    """In a container each command may have the same number."""
    earlier, own = leave(tmp_path, os.getpid()), partial_path(tmp_path / "mine.csv")
    own.write_text("", encoding="utf-8")
    clear_leftovers(tmp_path)
    assert not earlier.exists() and own.exists()


def test_of_the_living_of_other_machines_and_of_others(tmp_path, dead):
    kept = [leave(tmp_path, os.getppid(), age=FOREIGN_SECONDS * 9 if os.name != "nt" else 0),
            leave(tmp_path, dead, "0" * 8, age=FOREIGN_SECONDS / 2)]  # fmt: skip
    for name in (".a.csv.12.partial", "a.csv.partial", ".notes.partial", f".x.{dead}-12.partial"):
        kept.append(tmp_path / name)
        kept[-1].write_text("", encoding="utf-8")
    other = tmp_path / f".run.{dead}-{'0' * 8}.partial"
    other.mkdir()
    (other / "young").write_text("", encoding="utf-8")
    os.utime(other, (1, 1))
    gone = leave(tmp_path, dead, "1" * 8, age=FOREIGN_SECONDS * 2)
    clear_leftovers(tmp_path)
    assert not gone.exists()
    assert sorted(tmp_path.iterdir()) == sorted([*kept, other])


@POSIX
def test_a_link_goes_and_what_it_leads_to_stays(tmp_path, dead):
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "file").write_text("", encoding="utf-8")
    (tmp_path / f".a.{dead}-{machine()}.partial").symlink_to(tmp_path / "kept")
    clear_leftovers(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
    assert (tmp_path / "kept" / "file").exists()


def test_a_folder_that_is_not_there(tmp_path):
    clear_leftovers(tmp_path / "none")
