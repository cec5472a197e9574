"""What must come out of the inventories, not be put in."""

import pytest
from conftest import scenario_dict

from lca_cardato.calculation.solve import UnitScores, calculate, solve
from lca_cardato.model.resolve import resolve
from lca_cardato.scenario.load import load_scenario


@pytest.fixture(scope="module")
def climate(store):
    column = store.background.indicators.index("climate_change")

    def get(name):
        return float(store.background.scores[store.background.rows[name], column])

    return get


def test_italian_generation_with_ipcc_medians_is_the_published_intensity(climate):
    """Our World in Data (Ember): 281.4 g CO2e/kWh for 2024, life-cycle."""
    assert climate("electricity-it-generation-2024-ipcc") == pytest.approx(0.2814, rel=0.01)


def fibre_at_the_mill(inventory, store, origin, **line):
    """kg CO2e of 1 kg of undyed wool at the mixture."""
    blend = [{"fibre": "wool", "share": "100 %", "origin": origin, "document": "a", **line}]
    model = resolve(load_scenario(scenario_dict(blend=blend)), inventory)
    main = calculate(model, store.background)
    scored = UnitScores(store.background, ["climate_change"])
    return solve(main.system, scored, main.system.line_rows["yarn/0"]).scores[0, 0]


@pytest.mark.parametrize("origin", ["recycled_post_consumer", "recycled_pre_consumer"])
def test_recycled_wool_fibre_lies_in_the_published_range(inventory, store, origin):
    """Bianco et al. 2022, Prato: 0.1 to 0.9 kg CO2e per kg of mechanically recycled wool."""
    assert 0.1 <= fibre_at_the_mill(inventory, store, origin) <= 0.9


def test_carbonising_adds_to_recycled_wool(inventory, store):
    """The published range is of mechanical recycling; carbonising comes on top."""
    plain = fibre_at_the_mill(inventory, store, "recycled_post_consumer")
    steps = {"carbonising": {}}
    carbonised = fibre_at_the_mill(inventory, store, "recycled_post_consumer", steps=steps)
    assert plain < carbonised < plain + 1.5


@pytest.mark.parametrize("handling", [None, "biophysical", "protein_mass", "economic"])
def test_virgin_wool_lies_in_the_published_range(inventory, store, handling):
    """10 to 103 kg CO2e per kg across studies (Bianco et al. 2022)."""
    extra = {"handling": handling} if handling else {}
    assert 10 <= fibre_at_the_mill(inventory, store, "virgin", **extra) <= 103


def test_carding_and_spinning_at_nm_10_lies_between_the_published_formulas(inventory):
    data = scenario_dict(product={"type": "yarn", "name": "x", "count": "Nm 10"})
    model = resolve(load_scenario(data), inventory)
    kwh = sum(
        float(model.parameters[f"yarn/{step}.electricity"].amount)
        for step in ("carding", "spinning-ring")
    )
    low = 0.90 * 1758 * 1000**-1.163
    high = 0.08 * 10
    assert low <= kwh <= high
