"""A run of tests leaves nothing in the home folder of who runs it."""

import os
import subprocess
import sys

from conftest import ROOT
from processes import POSIX

TESTS = [
    "tests/cli/test_cli.py::test_lists",
    "tests/brightway/test_own.py::test_the_users_folder_is_left_alone",
    "tests/cli/test_reports.py::test_open_makes_the_page_in_the_data_folder",
    "tests/formats/test_import.py::test_the_command",
]
"""Of the kinds that write: the command, Brightway in a child, reports and charts, another library."""


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
