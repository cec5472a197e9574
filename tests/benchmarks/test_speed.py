"""Ratios of whole-process times, measured in turn."""

import json
import subprocess
import sys

import pytest
from benchmarks.times import paired, process
from conftest import ROOT

pytestmark = [pytest.mark.benchmark, pytest.mark.short]
SCENARIO = "scenarios/recycled-wool-70.yaml"


def program(*arguments):
    return lambda: process("-m", "lca_cardato", *arguments)


def code(text):
    return lambda: process("-c", text)


def test_assess_against_the_import_of_brightway(store, hold):
    hold(
        "assess / import bw2data, bw2calc",
        lambda: paired(program("assess", SCENARIO), code("import bw2data, bw2calc")),
        at_most=1.1,
    )


def test_help_against_the_import_of_typer(hold):
    hold(
        "--help / import typer",
        lambda: paired(program("--help"), code("import typer")),
        at_most=3.0,
    )


LOAD = """
import time
from lca_cardato.inventory.load import load_inventory
start = time.perf_counter()
load_inventory()
print(time.perf_counter() - start)
"""


def test_loading_the_inventories_against_the_import_of_yaml(hold):
    """0.3 s on a machine that imports yaml in 0.035 s is a ratio of 8.6."""

    def load():
        done = subprocess.run(
            [sys.executable, "-c", LOAD], check=True, cwd=ROOT, capture_output=True, text=True
        )
        return json.loads(done.stdout)

    hold(
        "load inventories / import yaml",
        lambda: paired(load, code("import yaml")),
        at_most=8.6,
    )
