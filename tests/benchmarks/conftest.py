"""Figures of the benchmarks: printed, kept in a file, and held to half of their aim.

The file is ``build/benchmarks.json``, or what ``LCA_CARDATO_BENCHMARKS`` names; every run replaces
the figures that it measures.
"""

import json
import os
from pathlib import Path

import pytest
from conftest import ROOT

TRIES = 2
FILE = Path(os.environ.get("LCA_CARDATO_BENCHMARKS") or ROOT / "build" / "benchmarks.json")


def keep(row):
    """Print a figure and put it into the file."""
    FILE.parent.mkdir(parents=True, exist_ok=True)
    rows = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else []
    rows = [other for other in rows if other["what"] != row["what"]] + [row]
    FILE.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    aim = f", aim {row['aim']}" if "aim" in row else ""
    print(f"\n{row['what']}: {row['figure']:.3g}{aim}  ({row['told']})")


def misses(figure, at_least, at_most):
    """Whether a figure falls below half of its aim."""
    return figure < at_least / 2 if at_most is None else figure > 2 * at_most


@pytest.fixture
def hold():
    """Measure a figure, and once more where it falls below half of its aim; keep the better one.

    ``measure`` gives the figure and a text that says what it is made of. A busy machine makes one
    try worse; it decides nothing by itself.
    """

    def hold(what, measure, at_least=None, at_most=None):
        best = None
        for _ in range(TRIES):
            figure, told = measure()
            if best is None or (figure > best) == (at_most is None):
                best = figure
                aim = f"at least {at_least}" if at_most is None else f"at most {at_most}"
                keep({"what": what, "figure": figure, "aim": aim, "told": told})
            if not misses(best, at_least, at_most):
                return
        raise AssertionError(f"{what}: {best:.3g}, less than half of the aim ({aim})")

    return hold


@pytest.fixture
def tell():
    """Keep a figure that has no aim."""

    def tell(what, figure, told=""):
        keep({"what": what, "figure": figure, "told": told})

    return tell
