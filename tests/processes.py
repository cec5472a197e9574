"""The command as a process of its own, with its output in bytes."""

import os
import subprocess
import sys

import pytest
from conftest import ROOT

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
