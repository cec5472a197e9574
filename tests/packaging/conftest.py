"""Wheel and source archive, built once for the tests of this folder."""

import subprocess
import sys

import pytest
from conftest import ROOT


def _build(source, folder):
    """Build a source archive and a wheel with the environment's hatchling."""
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(folder)],
        cwd=source, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.tar.gz")), next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def build():
    """Build from a folder into another one."""
    return _build


@pytest.fixture(scope="session")
def built(build, tmp_path_factory):
    """Source archive and wheel of the checkout."""
    return build(ROOT, tmp_path_factory.mktemp("dist"))
