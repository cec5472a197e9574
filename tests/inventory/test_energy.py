"""Fuels and power: what must hold between their figures, and against other inventories."""

import re
from pathlib import Path

import pytest

from lca_cardato.inventory.load import inventory_root

VOLUMES = {"21.1", "15", "10.3", "5.4", "5.5", "1.4", "2.9"}  # imports and production of 2024, bcm
ROOT = Path(str(inventory_root())) / "energy"


def score(store, name, indicator):
    column = store.background.indicators.index(indicator)
    return float(store.background.scores[store.background.rows[name], column])


def gas_supply():
    text = (ROOT / "fuels.yaml").read_text(encoding="utf-8")
    start = text.index("  natural-gas-supply-it:")
    return text[start : text.index("\n  natural-gas-burned:", start)]


def test_every_flow_of_natural_gas_is_weighed_with_the_same_volumes():
    found = re.findall(r"amount: = ([^#]*?)/\s+61\.6", gas_supply())
    assert len(found) > 30
    for one in found:
        assert set(re.findall(r"([\d.]+)\*", one)) <= VOLUMES
    assert sum(map(float, VOLUMES)) == pytest.approx(61.6)


@pytest.mark.parametrize("fuel", ["diesel", "fuel-oil", "kerosene", "hard-coal"])
def test_a_fuel_takes_more_energy_than_it_delivers_and_not_much_more(store, fuel):
    """Gross over net calorific value and the energy of the chain: 1.05 to 1.4 MJ per MJ."""
    assert 1.05 < score(store, f"{fuel}-supply", "energy_non_renewable") < 1.4


@pytest.mark.parametrize("fuel", ["diesel", "fuel-oil", "kerosene"])
def test_a_chain_from_the_well_comes_near_the_published_total(inventory, store, fuel):
    """DESNZ 2025, well-to-tank: built from other sources, so within 30 %."""
    published = {"diesel": 0.06291, "fuel-oil": 0.06291, "kerosene": 0.05424}[fuel] / 3.6
    assert score(store, f"{fuel}-supply", "climate_change") == pytest.approx(published, rel=0.3)


def test_stacks_agree_with_another_inventory(inventory, store):
    """Human toxicity of power stations: factors of the guidebook against those of USLCI."""
    checked = 0
    for record in inventory.literature.values():
        if record.source == "uslci-power-2021" and record.quantity.startswith("human_toxicity"):
            ratio = score(store, record.dataset, record.quantity) / float(record.amount)
            assert 1 / 3 < ratio < 3, (record.dataset, record.quantity, ratio)
            checked += 1
    assert checked == 6


def test_geothermal_power_is_the_most_acid_and_coal_evaporates_more_than_gas(store):
    """Ammonia of the fields (guidebook, 1.B.2.d); steam plants evaporate more than combined ones."""
    acid = {
        name: score(store, f"electricity-it-{name}", "acidification")
        for name in ("gas", "coal", "oil", "geothermal", "biomass", "solar", "wind", "hydro")
    }
    assert max(acid, key=lambda name: acid[name]) == "geothermal"
    water = [score(store, f"electricity-it-{name}", "water_consumed") for name in ("gas", "coal")]
    assert water[0] < water[1]


def test_radiation_of_power_is_that_of_nuclear_power(inventory, store):
    """The mix of Italy has its ionising radiation from the nuclear power it imports."""
    nuclear = score(store, "electricity-nuclear", "ionising_radiation")
    assert (
        0.2 < nuclear < 1.5
    )  # carbon-14 of the reactors alone, to tailings over ten thousand years
    assert score(store, "electricity-it-generation-2024", "ionising_radiation") < 0.01 * nuclear
    assert score(store, "electricity-it-mv", "ionising_radiation") > 0.05 * nuclear
