"""Electricity of the company: grid of a year, contract, photovoltaics."""

import pytest
from conftest import scenario_dict

from lca_cardato.errors import InputError
from lca_cardato.model.contract import GRID
from lca_cardato.model.resolve import resolve
from lca_cardato.scenario.load import load_scenario


def model(inventory, **electricity):
    return resolve(load_scenario(scenario_dict(electricity=electricity)), inventory)


def test_the_default_grid(inventory):
    assert [name for name, _ in model(inventory).electricity] == [GRID]


@pytest.mark.parametrize("year", ["2019", "2023"])
def test_the_grid_of_a_year(inventory, year):
    found = model(inventory, year=year)
    assert [name for name, _ in found.electricity] == [f"{GRID}-{year}"]
    assert found.grid == f"{GRID}-{year}"


def test_a_year_without_data_is_told_with_those_that_have(inventory):
    with pytest.raises(InputError) as caught:
        model(inventory, year="1950")
    problem = caught.value.problems[0]
    assert problem.code == "E307" and "2023" in problem.suggestion


def test_the_grid_year_also_serves_the_location_based_figure(inventory):
    found = model(
        inventory, contract="supplier_mix", dataset="electricity-it-residual", year="2023"
    )
    assert found.grid == f"{GRID}-2023"
    assert [name for name, _ in found.electricity] == ["electricity-it-residual"]
