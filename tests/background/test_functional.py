"""Databases of Activity Browser 3: products are nodes, processes are allocated by what is stored."""

import json
import shutil

import numpy as np
import pytest
from background.scripts import script
from conftest import ROOT

from lca_cardato import api
from lca_cardato.background.functional import by_product
from lca_cardato.background.matrices import load_matrices
from lca_cardato.background.nodes import Edge, Node
from lca_cardato.background.project import split_name

NAME = "browser/mill 3"
MAPPING = """\
schema: lca-cardato/background-mapping/1
database: browser
version: "3"
system_model: cut-off
year: 2026
names_from: {text: made up for a test}
datasets:
  electricity-it-mv:
    activity: cogeneration
    product: power, own
    location: IT
    unit: kilowatt hour
  waste-wool-incineration:
    activity: treatment of sludge
    product: sludge
    location: IT
    unit: kilogram
    amount: -1
    because: a treatment takes the waste in
"""


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    """Folder with a project that bw_functional wrote."""
    pytest.importorskip("bw_functional")
    folder = tmp_path_factory.mktemp("browser")
    script("functional_project.py", folder)
    return folder


@pytest.fixture(scope="session")
def browser_scores(browser):
    """Scores of its products by bw_functional and bw2calc."""
    return json.loads(script("functional_project.py", browser, "score"))


@pytest.fixture
def browser_project(browser, monkeypatch):
    monkeypatch.setenv("BRIGHTWAY2_DIR", str(browser))
    return browser


def test_products_have_their_names_and_their_shares(browser_project, browser_scores):
    """Two products of one process, a treatment, and one whose product has a name of its own."""
    matrices = load_matrices(*split_name(NAME))
    found = {p.key[1]: (p.name, p.product, p.location, p.unit) for p in matrices.processes}
    assert found == {
        "card_function": ("carding", "carded web", "IT", "kilogram"),
        "heat": ("cogeneration", "heat, own", "IT", "megajoule"),
        "power": ("cogeneration", "power, own", "IT", "kilowatt hour"),
        "sludge": ("treatment of sludge", "sludge", "IT", "kilogram"),
    }
    co2 = np.asarray(matrices.biosphere.toarray()[0])
    scores = np.linalg.solve(matrices.technosphere.toarray().T, co2)
    for process in matrices.processes:
        assert scores[process.row] == pytest.approx(browser_scores[process.key[1]], rel=1e-6)


def test_a_right_mapping_is_taken(browser_project, browser_scores, home, tmp_path):
    (tmp_path / "browser.yaml").write_text(MAPPING, encoding="utf-8")
    result = api.assess(
        ROOT / "scenarios" / "recycled-wool-70.yaml", background=NAME,
        mapping=tmp_path / "browser.yaml",
    )  # fmt: skip
    background = result.background
    column = background.indicators.index("climate_change")

    def score(dataset):
        return background.scores[background.rows[dataset], column]

    assert score("electricity-it-mv") == pytest.approx(browser_scores["power"], rel=1e-6)
    assert score("waste-wool-incineration") == pytest.approx(-browser_scores["sludge"], rel=1e-6)
    assert result.deviation < 1e-9


def test_an_import_links_to_it(browser_project, browser_scores, tmp_path):
    from foreign_files import ABOUT, MADE, workbook

    from lca_cardato.exchange.take import import_process
    from lca_cardato.inventory.load import load_inventory

    rows = [*MADE, ["cogeneration", 3, "megajoule", "IT", None, "technosphere", "heat, own"]]
    file = workbook(tmp_path / "a.xlsx", rows, ABOUT)
    taken = import_process(file, tmp_path / "own" / "a.yaml", year=2026, background=NAME)
    inventory = load_inventory(extra=tmp_path / "own")
    [figure] = inventory.datasets[taken.key].exchanges
    made = inventory.datasets[figure.input]
    assert (made.product.unit, made.product.name) == ("MJ", "heat, own")
    assert float(figure.amount) == 1.5
    value = float(made.results["climate_change"].amount)
    assert value == pytest.approx(browser_scores["heat"], rel=1e-6)


def test_nothing_is_written(browser, browser_project, tmp_path):
    before = sorted((p.name, p.stat().st_mtime_ns) for p in browser.rglob("*"))
    load_matrices(*split_name(NAME))
    assert sorted((p.name, p.stat().st_mtime_ns) for p in browser.rglob("*")) == before


def node(name, kind, **data):
    return Node(1, name, "", data.pop("location", ""), kind, data)


def test_exchanges_are_shared_as_they_are_stored():
    """A share that is missing, or no number, counts 1; substitution is shared, production is not."""
    home = ("a", "made")
    nodes = {
        home: node("making", "multifunctional", location="IT"),
        ("a", "x"): node("x", "product", processor=home, allocation_factor=0.25),
        ("a", "y"): node("y", "waste", processor=home, allocation_factor=float("nan")),
        ("a", "off"): node("off", "nonfunctional"),
    }
    edges = [
        Edge(home, ("a", "x"), "production", 2.0), Edge(home, ("a", "y"), "production", -1.0),
        Edge(home, ("b", "in"), "technosphere", 8.0), Edge(home, ("b", "co2"), "biosphere", 4.0),
        Edge(home, ("b", "sub"), "substitution", 1.0),
    ]  # fmt: skip
    found, rows = by_product(nodes, edges, lambda one: one.data)
    assert found["a", "x"][1:4] == ("making", "x", "IT")
    assert [(e.output[1], e.input[1], e.amount) for e in rows] == [
        ("x", "x", 2.0), ("y", "y", -1.0), ("x", "in", 2.0), ("y", "in", 8.0), ("x", "co2", 1.0),
        ("y", "co2", 4.0), ("x", "sub", 0.25), ("y", "sub", 1.0),
    ]  # fmt: skip


def test_a_project_may_be_copied_away(browser, tmp_path, monkeypatch):
    """What is read hangs on no path of the machine that wrote it."""
    shutil.copytree(browser, tmp_path / "copy")
    monkeypatch.setenv("BRIGHTWAY2_DIR", str(tmp_path / "copy"))
    assert len(load_matrices(*split_name(NAME)).processes) == 4
