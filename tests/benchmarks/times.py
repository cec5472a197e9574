"""Times of calls and of whole processes."""

import os
import statistics
import subprocess
import sys
import time

from conftest import ROOT


def best(call, runs=3):
    """Shortest time of a call."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)


def process(*arguments):
    """Time of a whole Python process."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-W", "ignore", *map(str, arguments)], cwd=ROOT, env=os.environ,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return time.perf_counter() - start


def paired(first, second, runs=5):
    """Median of the ratios of two measurements made in turn, after one of each to warm up.

    Returns
    -------
    tuple
        The median, and a text with the smallest and the largest ratio.
    """
    ratios = [first() / second() for _ in range(runs + 1)][1:]
    return statistics.median(ratios), f"{min(ratios):.2f} to {max(ratios):.2f}"
