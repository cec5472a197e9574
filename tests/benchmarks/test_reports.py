"""Making the report of a run against making the assessment."""

import os
import statistics
import subprocess
import sys
import time

import pytest
from conftest import ROOT

pytestmark = pytest.mark.benchmark
ROUNDS = 5


def seconds(*arguments):
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "lca_cardato", *map(str, arguments)], capture_output=True,
        env=dict(os.environ),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return time.perf_counter() - start


@pytest.mark.parametrize("form", ["html", "pdf", "xlsx"])
def test_report_of_one_assessment(store, tmp_path, form):
    """Less than three times the assessment itself, and the file stays below 3 MB."""
    scenario = ROOT / "scenarios" / "recycled-wool-70.yaml"
    seconds("assess", scenario, "--out", tmp_path / "run")
    file = tmp_path / f"report.{form}"
    ratios = []
    for _ in range(ROUNDS):
        mine = seconds("report", tmp_path / "run", file, "--force")
        ratios.append(mine / seconds("assess", scenario))
    ratio = statistics.median(ratios)
    size = file.stat().st_size / 1e6
    print(
        f"\nreport .{form} / assess: {ratio:.2f} ({min(ratios):.2f} to {max(ratios):.2f}), {size:.2f} MB"
    )
    assert ratio < 3
    assert size < 3
