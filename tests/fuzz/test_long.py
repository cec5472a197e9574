"""Every target fuzzed for ``FUZZ_SECONDS`` seconds, ten minutes where it is not set."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
from fuzz.targets import TARGETS

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="no atheris here"),
]
SECONDS = int(os.environ.get("FUZZ_SECONDS", "600"))


@pytest.mark.parametrize("name", list(TARGETS))
def test_nothing_unexpected_is_found(tmp_path, store, name):
    (tmp_path / "corpus").mkdir()
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("run.py")), name,
         f"-max_total_time={SECONDS}", f"-artifact_prefix={tmp_path}/", str(tmp_path / "corpus")],
        capture_output=True, text=True, encoding="utf-8", errors="replace",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
