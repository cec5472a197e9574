"""Ten thousand products in a folder: time and memory of their balance."""

import os
import subprocess
import sys
import time

import pytest
from claims.folders import many
from conftest import ROOT

pytestmark = pytest.mark.benchmark
COUNTS = (1_000, 10_000)


def measured(folder):
    """Seconds and megabytes of `claims balance`, and what it printed."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "lca_cardato", "claims", "balance", str(folder)], cwd=ROOT,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    text = process.stdout.read()
    _, _, used = os.wait4(process.pid, 0)
    return time.perf_counter() - start, used.ru_maxrss / 1024, text


@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss in kilobytes")
def test_ten_thousand_products(tmp_path, hold, tell):
    sizes = []
    for count in COUNTS:
        folder = tmp_path / str(count)
        twice = many(folder, count)

        def seconds(folder=folder, twice=twice, count=count):
            took, size, text = measured(folder)
            sizes.append(size)
            assert f"{count} products" in text and f"(+{len(twice) - 5})" in text
            return took, f"s for {count} products, {size:.0f} MB"

        hold(f"balance of {count} products", seconds, at_most=60 * count / COUNTS[-1] + 2)
    tell("balance of 10 000 products, memory above that of 1 000", sizes[-1] - sizes[0], "MB")
