"""Brightway directories for exports, made by Brightway itself."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent


def plain(*arguments, **more):
    """Last line that plain.py prints, in a process of its own."""
    environment = {k: v for k, v in os.environ.items() if k != "BRIGHTWAY2_DIR"}
    done = subprocess.run(
        [sys.executable, str(HERE / "plain.py"), *map(str, arguments)],
        env={**environment, **more}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.strip().rpartition("\n")[2]


@pytest.fixture(scope="session")
def biosphere(tmp_path_factory):
    """A Brightway directory with the project `other` and its elementary flows, installed once."""
    template = tmp_path_factory.mktemp("biosphere") / "brightway"
    template.mkdir()
    plain("biosphere", template)
    return template


@pytest.fixture(scope="session")
def score(biosphere):
    """Scores of an exported system by its own library."""

    def run(kind, file, database, methods, folder):
        table = folder / "methods.json"
        table.write_text(json.dumps(methods), encoding="utf-8")
        return json.loads(plain(kind, file, database, table, BIOSPHERE=str(biosphere)))

    return run
