"""Electricity of a year to come: published paths, told in the result, and nothing else changed."""

from fractions import Fraction

import pytest
from conftest import scenario_dict

from lca_cardato.errors import InputError
from lca_cardato.model.resolve import resolve
from lca_cardato.scenario.load import load_scenario
from lca_cardato.scenario.models import PATHS

YEARS = (2030, 2040)


def model(inventory, **electricity):
    data = scenario_dict(electricity={key: str(value) for key, value in electricity.items()})
    return resolve(load_scenario(data), inventory)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("path", PATHS)
def test_a_path_has_its_mix_and_is_told(inventory, year, path):
    found = model(inventory, year=year, path=path)
    assert found.grid == f"electricity-it-mv-{year}-{path.replace('_', '-')}"
    assert found.electricity[0][0] == found.grid
    (told,) = [more for code, more in found.warnings if code == "electricity_ahead"]
    assert str(year) in told["mix"].it and "percorso" in told["mix"].it


def test_the_national_plan_where_no_path_is_named(inventory):
    assert model(inventory, year=2030).grid == model(inventory, year=2030, path=PATHS[0]).grid


def test_without_a_year_nothing_is_told(inventory):
    found = model(inventory)
    assert found.grid == "electricity-it-mv"
    assert not [code for code, _ in found.warnings if code == "electricity_ahead"]


@pytest.mark.parametrize(
    ("electricity", "told"),
    [
        ({"year": 2035}, "2030, 2040"),
        ({"year": 2024, "path": "national_trends"}, "leave `path` out"),
        ({"path": "national_trends"}, "2030"),
        ({"year": 2030, "path": "national_trend"}, "national_trends"),
    ],
)
def test_what_can_not_be_is_told_with_its_cure(inventory, electricity, told):
    with pytest.raises(InputError) as error:
        model(inventory, **electricity)
    assert told in str(error.value)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("path", PATHS)
def test_shares_add_up_and_lie_inside_their_ranges(inventory, year, path):
    name = f"electricity-it-generation-{year}-{path.replace('_', '-')}"
    exchanges = inventory.datasets[name].exchanges
    assert sum(one.amount for one in exchanges) == 1
    for one in exchanges:
        assert one.uncertainty.min < one.amount < one.uncertainty.max
    grid = inventory.datasets[f"electricity-it-mv-{year}-{path.replace('_', '-')}"]
    assert sum(one.amount for one in grid.exchanges) == Fraction("1.058")


def test_figures_of_the_source(inventory):
    """National Trends 2030, means of three climate years: GWh of the data file."""
    shares = {
        one.input: float(one.amount)
        for one in inventory.datasets["electricity-it-generation-2030-national-trends"].exchanges
    }
    solar = (66092 + 1390 + 65554 + 1361 + 68090 + 1389) / 3
    assert shares["electricity-it-solar"] == pytest.approx(solar / 257800, rel=1e-3)
    assert shares["electricity-it-gas"] == pytest.approx(82530 / 257800, rel=1e-3)


def test_the_paths_lie_below_the_grid_of_today(store):
    scores, rows = store.background.scores, store.background.rows
    column = store.background.indicators.index("climate_change")
    today = scores[rows["electricity-it-mv"], column]
    for year in YEARS:
        for path in PATHS:
            ahead = scores[rows[f"electricity-it-mv-{year}-{path.replace('_', '-')}"], column]
            assert 0.3 * today < ahead < today
