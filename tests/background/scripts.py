"""Run a script of this folder in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def script(name, *arguments, stdin=None):
    """Run a script of this folder in a process of its own; its last line of output."""
    environment = dict(os.environ, PYTHONPATH=str(HERE.parents[1]))
    environment.pop("BRIGHTWAY2_DIR", None)
    done = subprocess.run(
        [sys.executable, str(HERE / name), *map(str, arguments)], env=environment, check=True,
        capture_output=True, text=True, input=stdin,
    )  # fmt: skip
    return done.stdout.strip().rpartition("\n")[2]
