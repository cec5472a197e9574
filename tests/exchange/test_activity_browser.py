"""The workbook is opened by the import wizard of Activity Browser 3, by its own code.

It needs an interpreter with `activity_browser` (PyPI, with Qt): this one, or the one that
``ACTIVITY_BROWSER_PYTHON`` names.
"""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from exchange.plain import solved
from exchange.published import agree, published

from lca_cardato.exchange.export import export

PYTHON = os.environ.get("ACTIVITY_BROWSER_PYTHON", "")
if not PYTHON and importlib.util.find_spec("activity_browser"):
    PYTHON = sys.executable
pytestmark = pytest.mark.skipif(not PYTHON, reason="Activity Browser is not installed")


def wizard(workbook, biosphere, folder, *name):
    home = shutil.copytree(biosphere, folder / "brightway")
    script = Path(__file__).with_name("ab_wizard.py")
    done = subprocess.run(
        [PYTHON, str(script), str(workbook), str(home), *name], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.strip().rpartition("\n")[2])


@pytest.mark.parametrize("name", ["recycled-wool-70", "silk-blend"])
def test_the_wizard_takes_the_workbook(assessed, biosphere, tmp_path, name):
    """Everything is linked; the impact categories of the same file give our scores."""
    result = assessed(name) if name != "silk-blend" else published(tmp_path)
    file = tmp_path / "a.xlsx"
    system = export(result, str(file))
    found = wizard(file, biosphere, tmp_path)
    assert (found["error"], found["unlinked"]) == ("", [])
    assert {p.code for p in system.processes} <= set(found["names"])
    inventory = solved(found["rows"], found["flows"], "product")
    scores = {}
    for indicator, code, factor in found["factors"]:
        scores[indicator] = scores.get(indicator, 0.0) + factor * inventory.get(code, 0.0)
    agree(scores, system)
    assert any(flow.own for flow in system.flows) == (name == "silk-blend")


def test_another_name_is_refused_by_the_wizard_where_results_are_published(biosphere, tmp_path):
    """The wizard renames no inputs; it must not write a database that lacks them."""
    file = tmp_path / "a.xlsx"
    export(published(tmp_path), str(file))
    found = wizard(file, biosphere, tmp_path, "another")
    assert "UnknownObject" in found["error"] and not found["rows"]
