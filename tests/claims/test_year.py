"""Balance of a calendar year by origin class."""

import shutil
from fractions import Fraction

import pytest
from conftest import ROOT, with_papers

from lca_cardato.claims.shares import fibre_parts
from lca_cardato.claims.year import year_balance
from lca_cardato.errors import InputError
from lca_cardato.model.resolve import resolve
from lca_cardato.scenario.load import load_scenario

NAME = "recycled-wool-70.yaml"


@pytest.fixture
def folder(tmp_path):
    shutil.copy(ROOT / "scenarios" / NAME, tmp_path / NAME)
    return with_papers(tmp_path)


def write(folder, purchased="100000 kg", scenario=NAME, **stock):
    more = "".join(f", {key}: {value}" for key, value in stock.items())
    path = folder / "year.yaml"
    path.write_text(
        f"""schema: lca-cardato/year/1
year: 2025
stock:
  recycled_post_consumer: {{purchased: {purchased}, document: register-2025{more}}}
  virgin: {{purchased: 50000 kg, closing: 1000 kg}}
products:
  - {{scenario: {scenario}, mass: 10000 kg}}
""",
        encoding="utf-8",
    )
    return path


def test_kilograms_taken_in_are_those_of_the_mass_balance(folder, inventory):
    year, rows = year_balance(write(folder), inventory)
    found = {row.origin: row for row in rows}
    parts = fibre_parts(resolve(load_scenario(folder / NAME), inventory))
    taken = sum((p.fresh for p in parts if p.line.recycled), Fraction(0)) * 10000
    row = found["recycled_post_consumer"]
    assert year == "2025" and row.used == {NAME: taken} and row.left == 100000 - taken
    assert found["virgin"].available == 49000


def test_stock_counts_before_purchases(folder, inventory):
    path = write(folder, "1000 kg", opening="9000 kg", sold="500 kg", waste="300 kg",
                 closing="200 kg")  # fmt: skip
    _, rows = year_balance(path, inventory)
    assert rows[0].available == 9000


def test_too_little_is_told_by_the_exit_code(folder, command):
    enough = command("claims", "year", write(folder))
    assert enough.returncode == 0 and "register-2025" in enough.stdout
    short = command("claims", "year", write(folder, "7000 kg"), "--lang", "it")
    assert short.returncode == 1 and "dichiarato più di quanto disponibile" in short.stdout


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"purchased": "10 kg", "sold": "20 kg"}, "E310"),
        ({"scenario": "../other.yaml"}, "E214"),
        ({"purchased": "10 m"}, "E106"),
        ({"openings": "10 kg"}, "E206"),
    ],
)
def test_wrong_balances_are_told(folder, inventory, changes, code):
    with pytest.raises(InputError) as caught:
        year_balance(write(folder, **changes), inventory)
    assert code in [problem.code for problem in caught.value.problems]


def test_an_absolute_path_is_refused_even_into_the_folder(folder, inventory):
    """As for evidence and for the base of a space: a folder that is moved stays whole."""
    with pytest.raises(InputError) as caught:
        year_balance(write(folder, scenario=folder / NAME), inventory)
    assert [problem.code for problem in caught.value.problems] == ["E214"]
