import json

import pytest
from background.scripts import script


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """Folder with a small Brightway project."""
    folder = tmp_path_factory.mktemp("small")
    script("small.py", folder)
    return folder


@pytest.fixture(scope="session")
def made_up(tmp_path_factory):
    """Folder with a database that carries ecoinvent's names, 2 000 processes."""
    folder = tmp_path_factory.mktemp("made-up")
    script("made_up.py", folder, 2000)
    return folder


@pytest.fixture(scope="session")
def plain_scores(small):
    """Scores of the small project by plain Brightway code: process -> [climate, dust]."""
    return json.loads(script("small.py", small, "score"))


@pytest.fixture
def small_project(small, monkeypatch):
    monkeypatch.setenv("BRIGHTWAY2_DIR", str(small))
    return small


@pytest.fixture
def toy_mapping(tmp_path):
    """A mapping to the small project."""
    path = tmp_path / "toy.yaml"
    path.write_text(TOY, encoding="utf-8")
    return path


TOY = """\
schema: lca-cardato/background-mapping/1
database: toy
version: "1.0"
system_model: cut-off
year: 2026
names_from: {text: made up for a test}
datasets:
  electricity-it-mv:
    activity: market for power
    product: power
    location: IT
    unit: kilowatt hour
  water-tap:
    activity: tap water
    product: water
    location: RER
    unit: kilogram
    amount: 1000
    because: density of water 1000 kg/m3
  waste-wool-incineration:
    activity: treatment of waste
    product: waste
    location: IT
    unit: kilogram
    amount: -1
    because: a treatment takes the waste in
  wool-noils:
    open: no counterpart in this toy
"""
