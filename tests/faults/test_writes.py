"""A run that is killed at any of its writes, or finds the disk full, harms nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lca_cardato.files.atomic import machine
from lca_cardato.words.error_codes import FOLDER

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks a process per write")

SPACE = """schema: lca-cardato/space/1
id: s
base: s.yaml
grid: {route.carding.loss.value: [5 %, 6 %]}
"""
COMMANDS = {
    "new": (1, ["new", "n.yaml"], 3),
    "batch": (3, ["batch", "space.yaml", "--out", "b.csv"], 6),
    "run-folder": (3, ["run-folder"], 100),
    "assess": (60, ["assess", "s.yaml", "--out", "run"], 100),
}
"""Name -> one in how many writes is tried, arguments, the least number of writes."""
WHOLE = {"batch": 1, "run-folder": 1, "assess": 20}
"""The same in the long run."""


def drive(folder, mode, stride, arguments):
    (folder / "s.yaml").write_bytes((FOLDER / "base.yaml").read_bytes())
    (folder / "space.yaml").write_text(SPACE, encoding="utf-8")
    (folder / "earlier.csv").write_text("kept\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("driver.py")), mode, str(stride),
         str(folder), *arguments],
        capture_output=True, text=True, encoding="utf-8", timeout=900,
        env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("mode", ["kill", "full"])
@pytest.mark.parametrize("name", list(COMMANDS))
def test_writes(tmp_path, store, name, mode):
    tried(tmp_path, name, mode, COMMANDS[name][0])


@pytest.mark.long
@pytest.mark.parametrize("mode", ["kill", "full"])
@pytest.mark.parametrize("name", list(WHOLE))
def test_every_write(tmp_path, store, name, mode):
    tried(tmp_path, name, mode, WHOLE[name])


def tried(folder, name, mode, stride):
    _, arguments, least = COMMANDS[name]
    found = drive(folder, mode, stride, arguments)
    assert found["writes"] >= least
    assert found["wrong"] == []


def test_the_command_writes_what_is_tried_at_each_write(tmp_path, store):
    """`assess --out` makes the very writes, in the same order, of the run folder alone.

    So killing that at each of them stands for killing the command, which takes a second a time.
    """
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    alone = drive(tmp_path / "one", "kill", 0, ["run-folder"])["events"]
    whole = drive(tmp_path / "other", "kill", 0, ["assess", "s.yaml", "--out", "run"])["events"]
    assert len(alone) > 100 and f"os.rename .run.PID-{machine()}.partial" in alone
    assert whole == alone
