"""Inputs of an imported process that lead to a database of the user's own Brightway project."""

import json
import os

import pytest
from background.scripts import script
from foreign_files import ABOUT, CARBON, MADE, workbook

from lca_cardato.errors import CardatoError
from lca_cardato.exchange.take import import_process
from lca_cardato.inventory.load import load_inventory

NAME = "mill data / 2026/toy 1.0"
POWER = ["market for power", 3.6, "megajoule", "IT", None, "technosphere", "power"]
WATER = ["tap water", 4, "kilogram", "RER", None, "technosphere", "water"]
WASTE = ["treatment of waste", -0.5, "kilogram", "IT", None, "technosphere", "waste"]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Folder of the small project, and the scores of its processes by plain Brightway."""
    folder = tmp_path_factory.mktemp("small")
    script("small.py", folder)
    return folder, json.loads(script("small.py", folder, "score"))


@pytest.fixture
def scores(project, monkeypatch):
    folder, scores = project
    monkeypatch.setenv("BRIGHTWAY2_DIR", str(folder))
    return {code: row[0] for code, row in scores.items()}


def test_inputs_take_the_scores_that_brightway_gives(scores, tmp_path):
    """In another process; a unit that differs is converted, a treatment counts as treatment."""
    file = workbook(tmp_path / "a.xlsx", [*MADE, CARBON, POWER, WATER, WASTE], ABOUT)
    with pytest.raises(CardatoError) as caught:
        import_process(file, tmp_path / "no" / "a.yaml")
    assert {problem.code for problem in caught.value.problems} == {"E307"}
    taken = import_process(file, tmp_path / "own" / "a.yaml", background=NAME, year=2026)
    inventory = load_inventory(extra=tmp_path / "own")
    made = inventory.datasets[taken.key]
    found = {}
    for one in made.exchanges:
        if one.input:
            dataset = inventory.datasets[one.input]
            found[dataset.product.name] = (float(one.amount), one.unit)
            found[dataset.product.name] += (float(dataset.results["climate_change"].amount),)
    assert {name: row[:2] for name, row in found.items()} == {
        "power": (0.5, "kWh"), "water": (2.0, "kg"), "waste": (0.25, "kg")
    }  # fmt: skip
    # methane of the project lies under a code of its own; EF 3.1 counts it by name, 29.8 too
    assert found["power"][2] == pytest.approx(scores["power"], rel=1e-4)
    assert found["water"][2] == pytest.approx(scores["water"], rel=1e-4)
    assert found["waste"][2] == pytest.approx(-scores["waste"], rel=1e-4)
    told = [entry.told for entry in taken.account.entries if entry.name == "market for power"]
    assert NAME in str(told) and not taken.account.left_out()
    source = inventory.sources["own-background"]
    assert "toy 1.0" in str(source.title)


def test_whole_scores_through_an_assessment(scores, tmp_path, store):
    """The imported process counts what its inputs count there, and its own emission."""
    from lca_cardato.brightway.store import open_store

    file = workbook(tmp_path / "a.xlsx", [*MADE, CARBON, POWER, WATER], ABOUT)
    taken = import_process(file, tmp_path / "own" / "a.yaml", background=NAME, year=2026)
    background = open_store(load_inventory(extra=tmp_path / "own")).background
    column = background.indicators.index("climate_change")
    value = background.scores[background.rows[taken.key], column]
    expected = 1.5 + 0.5 * scores["power"] + 2 * scores["water"]
    assert value == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize(
    ("row", "name", "code"),
    [
        (
            ["market for power", 1, "kilowatt hour", "DE", None, "technosphere", "power"],
            NAME,
            "E307",
        ),
        (POWER, "mill data / 2026/toy 1.1", "E307"),
        (POWER, "toy", "E215"),
        (["market for power", 1, "kilogram", "IT", None, "technosphere", "power"], NAME, "E308"),
    ],
)
def test_what_it_has_not_is_refused(row, name, code, scores, tmp_path):
    file = workbook(tmp_path / "a.xlsx", [*MADE, row], ABOUT)
    with pytest.raises(CardatoError) as caught:
        import_process(file, tmp_path / "own.yaml", background=name)
    assert code in {problem.code for problem in caught.value.problems}
    assert os.listdir(tmp_path) == ["a.xlsx"]


def test_a_year_is_asked_for(scores, tmp_path):
    """The scores of a database have no year of their own."""
    file = workbook(tmp_path / "a.xlsx", [*MADE, POWER], ABOUT)
    with pytest.raises(CardatoError) as caught:
        import_process(file, tmp_path / "own.yaml", background=NAME)
    assert "--year" in str(caught.value)


def test_names_of_simapro_lead_to_it(scores, tmp_path):
    """``Power {IT}| market for | Cut-off, U`` is the market for power in Italy."""
    from lca_cardato.exchange.behind import Behind
    from lca_cardato.exchange.imported import Line
    from lca_cardato.exchange.simapro_names import aliases

    name = "Power {IT}| market for | Cut-off, U"
    line = Line(False, name, "kWh", 1.0, name, "IT", aliases=aliases(name))
    link = Behind(NAME, 2026).find(line)
    assert link is not None and link.process.key[1] == "power"
