"""Carbon, nitrogen and sulphur that enter a chemical process leave it with the product or as told."""

import pytest

CARBON = {"benzene": 72.06 / 78.11, "Carbon dioxide, fossil": 12.01 / 44.01}
NITROGEN = {"ammonia": 14.007 / 17.031, "Dinitrogen monoxide": 28.014 / 44.013,
            "Nitrogen oxides": 14.007 / 46.006, "Ammonia": 14.007 / 17.031,
            "Nitrogen": 1.0}  # fmt: skip
SULPHUR = {"sulphuric-acid": 32.06 / 98.08, "carbon-disulphide": 64.12 / 76.13,
           "Carbon disulfide": 64.12 / 76.13, "Hydrogen sulfide": 32.06 / 34.08,
           "Sulfur dioxide": 32.06 / 64.06}  # fmt: skip
GAS = 36 * 15.3 / 1000  # kg of carbon per m3 of natural gas: 36 MJ, 15.3 kg/GJ


def taken(inventory, key, content):
    """kg of an element in what a dataset buys, per unit of product."""
    exchanges = inventory.datasets[key].exchanges
    return sum(float(e.amount) * content.get(e.input, 0.0) for e in exchanges if e.input)


def emitted(inventory, key, content):
    """kg of an element in what a dataset emits, per unit of product."""
    exchanges = inventory.datasets[key].exchanges
    return sum(float(e.amount) * content.get(e.emission, 0.0) for e in exchanges if e.emission)


def test_carbon_of_caprolactam(inventory):
    """Benzene is the only carbon; what is not in the lactam is burned or in waste water."""
    bought = taken(inventory, "caprolactam", CARBON)
    burned = emitted(inventory, "caprolactam", CARBON)
    assert bought == pytest.approx(72.06 / 113.16 + burned, rel=0.02)


def test_nitrogen_of_caprolactam(inventory):
    """Ammonia gives the nitrogen of the lactam; the rest is nitrogen, its oxides and traces."""
    lost = taken(inventory, "caprolactam", NITROGEN) - 14.007 / 113.16
    assert emitted(inventory, "caprolactam", NITROGEN) < lost < 0.2 * 14.007 / 113.16


@pytest.mark.parametrize("key", ["hydrogen", "ammonia"])
def test_carbon_of_reformed_gas_leaves_as_carbon_dioxide(inventory, key):
    bought = taken(inventory, key, {"natural-gas-supply-it": GAS})
    assert bought == pytest.approx(emitted(inventory, key, CARBON), rel=0.05)


def test_carbon_of_carbon_disulphide_is_that_of_its_gas(inventory):
    bought = taken(inventory, "carbon-disulphide", {"natural-gas-supply-it": GAS})
    assert 12.01 / 76.13 < bought < 1.3 * 12.01 / 76.13


@pytest.mark.parametrize(
    ("key", "least"), [("viscose-fibre-asia", 0.8), ("viscose-fibre-austria", 0.7)]
)
def test_sulphur_of_viscose_leaves_with_sulphate_and_exhaust(inventory, key, least):
    """All caustic soda ends as sodium sulphate; the rest of the sulphur is in waste water."""
    bought = taken(inventory, key, SULPHUR)
    soda = taken(inventory, key, {"sodium-hydroxide": 1.0})
    coal = taken(inventory, key, {"hard-coal-supply": 0.0009 * SULPHUR["Sulfur dioxide"]})
    gone = soda / 79.99 * 32.06 + emitted(inventory, key, SULPHUR) - coal
    assert least * bought < gone < bought
