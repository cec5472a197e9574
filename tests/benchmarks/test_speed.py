"""Ratios of whole-process times, measured in one run; ``pytest -m benchmark``."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

import pytest
from conftest import ROOT

pytestmark = pytest.mark.benchmark
RUNS = 7


def paired(first, second):
    """Median of the ratios of two commands run in turn, after one warm-up of each."""
    ratios = []
    for run in range(RUNS + 1):
        times = []
        for arguments in (first, second):
            start = time.perf_counter()
            subprocess.run(
                [sys.executable, "-W", "ignore", *arguments], check=True, cwd=ROOT,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ,
            )  # fmt: skip
            times.append(time.perf_counter() - start)
        if run:
            ratios.append(times[0] / times[1])
    return statistics.median(ratios), min(ratios), max(ratios)


def test_assess_against_the_import_of_brightway(store):
    ratio, low, high = paired(
        ["-m", "lca_cardato", "assess", "scenarios/recycled-wool-70.yaml"],
        ["-c", "import bw2data, bw2calc"],
    )
    print(f"\nassess / import bw2data, bw2calc: {ratio:.2f} ({low:.2f} to {high:.2f})")
    assert ratio <= 2.0


def test_help_against_the_import_of_typer():
    ratio, low, high = paired(["-m", "lca_cardato", "--help"], ["-c", "import typer"])
    print(f"\n--help / import typer: {ratio:.2f} ({low:.2f} to {high:.2f})")
    assert ratio <= 3.0


def test_loading_the_inventories_against_the_import_of_yaml():
    """0.3 s on a machine that imports yaml in 0.035 s is a ratio of 8.6."""
    load = "from lca_cardato.inventory.load import load_inventory; import time; import sys\n"
    load += "start = time.perf_counter(); load_inventory(); print(time.perf_counter() - start)"
    ratios = []
    for run in range(RUNS + 1):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", "import yaml"], check=True, cwd=ROOT)
        imported = time.perf_counter() - start
        found = subprocess.run(
            [sys.executable, "-c", load], check=True, cwd=ROOT, capture_output=True, text=True
        )
        if run:
            ratios.append(float(found.stdout) / imported)
    ratio = statistics.median(ratios)
    print(f"\nload inventories / import yaml: {ratio:.2f} ({min(ratios):.2f} to {max(ratios):.2f})")
    assert ratio <= 8.6
