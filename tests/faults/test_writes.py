"""A run that is killed at any of its writes, or finds the disk full, harms nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lca_cardato.explain.entries import FOLDER

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks a process per write")

SPACE = """schema: lca-cardato/space/1
id: s
base: s.yaml
grid: {route.carding.loss.value: [5 %, 6 %]}
"""
COMMANDS = {
    "new": (1, ["new", "n.yaml"], 3),
    "batch": (1, ["batch", "space.yaml", "--out", "b.csv"], 6),
    "run-folder": (1, ["run-folder"], 100),
    "assess": (20, ["assess", "s.yaml", "--out", "run"], 100),
}


@pytest.mark.parametrize("mode", ["kill", "full"])
@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_write(tmp_path, store, name, mode):
    stride, arguments, least = COMMANDS[name]
    (tmp_path / "s.yaml").write_bytes((FOLDER / "base.yaml").read_bytes())
    (tmp_path / "space.yaml").write_text(SPACE, encoding="utf-8")
    (tmp_path / "earlier.csv").write_text("kept\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("driver.py")), mode, str(stride),
         str(tmp_path), *arguments],
        capture_output=True, text=True, encoding="utf-8", timeout=900,
        env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["writes"] >= least
    assert found["wrong"] == []
