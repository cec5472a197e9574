"""Chemicals and freight: all families, closed balances, and the published figures that close them."""

import pytest

from lca_cardato.lcia.flows import FAMILIES

METALS = {"resource_use_minerals_metals"}
RADIATION = {"ionising_radiation"}
TOXICITY = {"ecotoxicity_freshwater", "human_toxicity_cancer", "human_toxicity_non_cancer"}
DYES = {
    "eutrophication_terrestrial",
    "land_use",
    "particulate_matter",
    "photochemical_ozone_formation",
}
NOT_YET = {
    "dye-acid": DYES,
    "dye-disperse": DYES,
    "dye-reactive": DYES | METALS,
    "hydrogen-peroxide": METALS | {"land_use"},
    "nitric-acid": TOXICITY,
    "sodium-carbonate": {"human_toxicity_cancer"},
    "transport-air": RADIATION | TOXICITY,
    "transport-lorry-articulated": RADIATION,
    "transport-lorry-rigid": RADIATION,
    "transport-rail": RADIATION,
    "transport-ship-container": RADIATION,
    "transport-van": RADIATION,
}
"""Families on which no source at hand says anything: not known is not zero."""


@pytest.mark.parametrize("category", ["chemical", "transport"])
def test_every_dataset_is_inventoried_for_all_families(inventory, category):
    found = {
        key: set(FAMILIES) - set(one.inventoried_for)
        for key, one in inventory.datasets.items()
        if one.category == category
    }
    gaps = {key: missing for key, missing in found.items() if missing}
    assert len(found) > 5
    assert gaps == {key: gap for key, gap in NOT_YET.items() if key in found}


@pytest.mark.parametrize(
    ("dataset", "published"),
    [
        ("fatty-alcohol", (2.97 + 5.27) / 2),
        ("dye-disperse", (8.28 + 8.07 + 7.48) / 3),
        ("formic-acid", 2.03),
    ],
)
def test_climate_is_that_of_the_publication_that_closes_the_balance(store, dataset, published):
    """Energy that no source tells fills the gap; it is to be set again when its price moves."""
    background = store.background
    column = background.indicators.index("climate_change")
    found = float(background.scores[background.rows[dataset], column])
    assert found == pytest.approx(published, rel=0.03)


def test_caprolactam_without_abatement_is_the_mean_of_the_publications(store):
    """Steam of the other steps fills the gap; nitrous oxide counts in full there, by half here."""
    background = store.background
    column = background.indicators.index("climate_change")
    found = float(background.scores[background.rows["caprolactam"], column])
    abated = (660000 / 298 + 450000 / 300) / 1100000
    assert found + 273 * abated == pytest.approx((6.5 + 7.3) / 2, rel=0.03)


def amount(dataset, name):
    return sum(float(e.amount) for e in dataset.exchanges if name in (e.resource, e.emission))


def test_chloride_of_the_salt_leaves_the_soda_works(inventory):
    soda = inventory.datasets["sodium-carbonate"]
    chlorine = amount(soda, "Sodium chloride") * 35.45 / 58.44
    assert amount(soda, "Chloride") == pytest.approx(chlorine)
    assert chlorine * 58.44 / 35.45 > 2 * 58.44 / 105.99  # more salt than the soda holds


@pytest.mark.parametrize("vehicle", ["lorry-articulated", "lorry-rigid", "van"])
def test_metals_of_wear_do_not_follow_the_fuel(inventory, vehicle):
    """Zinc and copper come from tyres and brakes, mercury from the fuel alone."""
    dataset = inventory.datasets[f"transport-{vehicle}"]
    fuel = next(float(e.amount) for e in dataset.exchanges if e.input == "diesel-supply")
    assert amount(dataset, "Mercury II") == pytest.approx(fuel * 0.1234e-9)
    assert amount(dataset, "Zinc II") > 20 * fuel * 0.4190e-9
    assert amount(dataset, "Copper ion") > 100 * fuel * 0.1327e-9


def test_the_parts_of_spinning_oil_make_a_kilogram(inventory):
    oil = inventory.datasets["spinning-oil"]
    parts = [float(e.amount) for e in oil.exchanges if e.unit == "kg"]
    assert len(parts) == 2 and sum(parts) == pytest.approx(1)
