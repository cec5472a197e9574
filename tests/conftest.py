"""Shared fixtures: one store for the whole run, every shipped scenario assessed once.

Tests run as on a fresh machine: with an empty home folder of their own, without folders of
Brightway or of the desktop that the environment names. So they see nothing of the user's, and
leave nothing there.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest
import yaml

USER = tempfile.TemporaryDirectory(prefix="lca-cardato-user-")
for name in [
    name for name in os.environ if name.startswith(("XDG_", "BRIGHTWAY2_", "LCA_CARDATO_LANG"))
]:
    del os.environ[name]
os.environ.update(HOME=USER.name, USERPROFILE=USER.name)

ROOT = Path(__file__).resolve().parent.parent
A_DIGEST = hashlib.sha256(b"a paper").hexdigest()
"""SHA-256 of a document that lies nowhere."""
SCENARIOS = sorted(
    path for path in (ROOT / "scenarios").glob("*.yaml") if not path.name.endswith(".space.yaml")
)
NAMES = [path.stem for path in SCENARIOS]


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory):
    """The tool's data directory of this run of tests."""
    if "LCA_CARDATO_HOME" not in os.environ:
        place = tmp_path_factory.getbasetemp()
        if "PYTEST_XDIST_WORKER" in os.environ:  # one store for all of them
            place = place.parent
        os.environ["LCA_CARDATO_HOME"] = str(place / "home")
    return Path(os.environ["LCA_CARDATO_HOME"])


@pytest.fixture(scope="session")
def inventory():
    from lca_cardato.inventory.load import load_inventory

    return load_inventory()


@pytest.fixture(scope="session")
def store(home, inventory):
    from lca_cardato.brightway.store import open_store

    return open_store(inventory)


@pytest.fixture(scope="session")
def assessed(store):
    """Assess a shipped scenario by name, once."""
    from lca_cardato.api import assess

    cache = {}

    def get(name):
        if name not in cache:
            cache[name] = assess(ROOT / "scenarios" / f"{name}.yaml")
        return cache[name]

    return get


@pytest.fixture
def bare(monkeypatch):
    """A base installation: what extras bring can't be imported."""
    from lca_cardato.files.extra import EXTRAS

    tops = {name for modules in EXTRAS.values() for name in modules} - {"loguru"}  # Brightway's too
    for name in [*sys.modules, *tops]:
        if name.split(".")[0] in tops:
            monkeypatch.setitem(sys.modules, name, None)


@pytest.fixture
def stated():
    """Draws in which every figure is at its amount."""
    from lca_cardato.calculation.figures import Draws

    class Stated(Draws):
        def __init__(self, count=3):
            self.count = count

        def __call__(self, figure):
            return np.full(self.count, figure.amount)

    return Stated


@pytest.fixture(scope="session")
def setting(store):
    """Shipped scenarios by name, or others as mappings, resolved together."""
    from lca_cardato.background.open import prepare

    def get(*sources):
        found = [ROOT / "scenarios" / f"{s}.yaml" if isinstance(s, str) else s for s in sources]
        return prepare(found)

    return get


@pytest.fixture(scope="session")
def products(setting):
    """Products of some scenarios, with chosen indicators or all."""
    from lca_cardato.calculation.simulate import Products

    def get(*sources, indicators=None):
        found = setting(*sources)
        names = indicators or found.store.background.indicators
        return Products(found.models, found.inventory, found.store, names)

    return get


@pytest.fixture(scope="session")
def every(products):
    """All shipped scenarios with all indicators."""
    return products(*NAMES)


@pytest.fixture(scope="session")
def command(home):
    """Run the command in this process: arguments, folder, environment -> code and both outputs."""
    from inprocess import Command

    return Command()


@pytest.fixture(scope="session")
def process(home):
    """Run the command in a process of its own, with the same answer."""

    def run(*arguments, cwd=ROOT, **environment):
        kept = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
        return subprocess.run(
            [sys.executable, "-m", "lca_cardato", *map(str, arguments)],
            cwd=cwd,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**kept, "PYTHONUTF8": "1", **environment},
            timeout=300,
            stdin=subprocess.DEVNULL,
        )

    return run


def scenario_dict(**changes):
    """A small valid scenario as a mapping."""
    base = {
        "schema": "lca-cardato/scenario/1",
        "id": "test",
        "company": {"municipality": "Prato"},
        "product": {"type": "yarn", "name": "test", "count": "Nm 8"},
        "blend": [
            {
                "fibre": "wool",
                "share": "70 %",
                "origin": "recycled_post_consumer",
                "colour": "shade_sorted",
                "document": "a.pdf",
            },
            {"fibre": "polyamide", "share": "30 %", "origin": "virgin"},
        ],
    }
    base.update(changes)
    return declared(base)


PAPERS = {"blend": "transaction_certificate", "traceability": "register", "electricity": "contract"}


def declared(data):
    """Declare every document that a scenario names and does not declare, by a digest of its own.

    They are of a kind, an issuer, a date, a lot and a mass that prove what names them; the names
    of the company, the year of production and the batch are added where they are missing.
    """
    papers = dict(data.get("documents", {}))
    for path, part in named(data):
        key = part["document"]
        if not key.strip() or key in papers:
            continue
        paper = {"issuer": "Example supplier", "date": "2026-01-20"}
        paper["sha256"] = hashlib.sha256(key.encode()).hexdigest()
        paper["kind"] = PAPERS.get(path[0], "meter_readings")
        if "value" in part:
            own = part.get("class", "measured") == "measured"
            paper["kind"] = "meter_readings" if own else "declaration"
        elif "share" in part:
            paper.update(kind=PAPERS["blend"], date="2025-03-01", mass="1e9 kg")
            paper.update({"lot": part["lot"]} if "lot" in part else {})
        papers[key] = paper
    if not papers:
        return data
    company, product = data.get("company") or {}, data["product"]
    return {
        **data,
        "company": {"name": "Example mill", **company},
        "product": {"batch": "1000 kg", **product},
        "traceability": {"method": "lots", "year": "2025", **(data.get("traceability") or {})},
        "documents": papers,
    }


def named(data, path=()):
    """Every part of a scenario that names a document, with its path."""
    if isinstance(data, (dict, list)):
        if "document" in data:
            yield path, data
        pairs = data.items() if isinstance(data, dict) else enumerate(data)
        for key, item in pairs:
            if key != "documents":
                yield from named(item, (*path, key))


def with_papers(folder):
    """Put the documents of the shipped scenarios into a folder, for copies of these."""
    shutil.copytree(ROOT / "scenarios" / "documents", folder / "documents", dirs_exist_ok=True)
    return folder


def shipped(name):
    """A shipped scenario as a mapping that needs no folder: documents are named by digest."""
    path = ROOT / "scenarios" / f"{name}.yaml"
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    for item in data.get("documents", {}).values():
        file = path.parent / item.pop("file")
        item["sha256"] = hashlib.sha256(file.read_bytes()).hexdigest()
    return data


def own_dataset(exchanges, families="climate_change", more=""):
    """Text of an own inventory with one dataset: flows as (name, compartment)."""
    lines = "".join(
        f'      - {{emission: "{name}", compartment: "{where}", amount: 1, unit: kg, class: assumed, '
        "reason: made up, year: 2025, geography: IT, "
        "uncertainty: {distribution: uniform, min: 0, max: 2}}\n"
        for name, where in exchanges
    )
    return f"""\
schema: lca-cardato/inventory/1
datasets:
  made-up:
    name: {{en: made up, it: inventato}}
    kind: unit_process
    product: {{name: thing, unit: kg}}
    geography: IT
    year: 2025
    inventoried_for: [{families}]
{more}    exchanges:
{lines}"""
