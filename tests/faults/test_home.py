"""A run of tests leaves nothing in the home folder of who runs it."""

import os
import subprocess
import sys

from conftest import ROOT
from processes import POSIX

TESTS = [
    "tests/cli/test_cli.py::test_version_and_help",
    "tests/brightway/test_store.py::test_store_holds_arrays_alone",
    "tests/charts/test_charts.py::test_every_chart_is_plain_svg_and_a_specification_for_altair[0]",
]
"""Of the kinds that write: the command, Brightway in a child, other libraries."""


@POSIX
def test_nothing_is_left_in_the_home_folder(home, tmp_path):
    user = tmp_path / "user"
    user.mkdir()
    named = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "BRIGHTWAY2_"))}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", *TESTS], cwd=ROOT,
        env={**named, "HOME": str(user), "PYTHONDONTWRITEBYTECODE": "1"}, capture_output=True,
        text=True, encoding="utf-8", timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]
    assert f"{len(TESTS)} passed" in done.stdout
    assert sorted(user.rglob("*")) == []
