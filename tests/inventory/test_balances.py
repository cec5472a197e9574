"""Mass, carbon and energy that go into a dataset come out of it."""

import pytest

from lca_cardato.inventory.models import CARRIER_DATASETS
from lca_cardato.text.quantity import conversion_factor

TREATMENT = ("waste-", "wastewater-")
MATERIAL = 0.5  # kg of bought material per kg of product from which a balance is expected
CARBON = {"Carbon dioxide, fossil": 12 / 44, "Carbon dioxide, non-fossil": 12 / 44,
          "Methane, fossil": 12 / 16, "Methane, non-fossil": 12 / 16,
          "Carbon monoxide, fossil": 12 / 28, "Carbon monoxide, non-fossil": 12 / 28}  # fmt: skip


def kilograms(exchange):
    return float(exchange.amount) * float(conversion_factor(exchange.unit, "kg"))


def material_balance(inventory, dataset):
    """kg of material in, and kg of product, waste and unbooked mass out, per kg of product."""
    taken = wasted = 0.0
    for exchange in dataset.exchanges:
        if exchange.input and inventory.datasets[exchange.input].product.unit == "kg":
            if exchange.input.startswith(TREATMENT):
                wasted += kilograms(exchange)
            else:
                taken += kilograms(exchange)
    enters = sum(float(u.enters or 0) for u in dataset.unbooked)
    leaves = sum(float(u.leaves or 0) for u in dataset.unbooked)
    return taken, taken + enters, 1 + wasted + leaves


def test_material_is_balanced_in_every_process_that_transforms_it(inventory):
    checked, gaps = 0, {}
    for key, dataset in inventory.datasets.items():
        if dataset.product.unit != "kg" or key.startswith(TREATMENT):
            continue
        bought, into, out = material_balance(inventory, dataset)
        if bought < MATERIAL:
            continue  # a result from cradle to gate: its materials stand behind, not before it
        checked += 1
        if abs(into - out) > 0.01 * out:
            gaps[key] = (round(into, 4), round(out, 4))
    assert checked >= 15
    assert not gaps, f"into, out: {gaps}"


# kg of carbon per GJ (lower heating value): Revised 1996 IPCC Guidelines, volume 2, table 1-2.
# The emission factors of the inventories come from the 2006 Guidelines.
CONTENT = {"natural_gas": 15.3, "lpg": 17.2, "diesel": 20.2, "fuel_oil": 21.1,
           "wood_chips": 29.9, "kerosene": 19.5}  # fmt: skip


@pytest.mark.parametrize("carrier", sorted(set(CARRIER_DATASETS) & set(CONTENT)))
def test_carbon_of_a_fuel_leaves_as_gases(inventory, carrier):
    """Carbon in the flue gas equals the carbon content of the fuel."""
    dataset = inventory.datasets[CARRIER_DATASETS[carrier]]
    carbon = sum(
        kilograms(e) * CARBON[e.emission] for e in dataset.exchanges if e.emission in CARBON
    )  # fmt: skip
    spread = 0.05 if carrier == "wood_chips" else 0.03  # wood differs by species and moisture
    assert carbon * 1000 == pytest.approx(CONTENT[carrier], rel=spread)


def test_biogenic_carbon_taken_up_is_given_back(inventory):
    """Burning biomass: carbon dioxide taken from the air equals the carbon emitted, within 5 %."""
    dataset = inventory.datasets["wood-chips-burned"]
    up = sum(kilograms(e) for e in dataset.exchanges if e.resource == "Carbon dioxide, in air")
    down = sum(
        kilograms(e) * CARBON[e.emission] * 44 / 12
        for e in dataset.exchanges
        if e.emission in CARBON and "non-fossil" in e.emission
    )
    assert up == pytest.approx(down, rel=0.05)


@pytest.mark.parametrize(
    ("key", "fuel"),
    [("lorry-articulated", "diesel"), ("lorry-rigid", "diesel"), ("van", "diesel"),
     ("rail", "diesel"), ("ship-container", "fuel_oil"), ("air", "kerosene")],
)  # fmt: skip
def test_carbon_of_transport_is_that_of_its_fuel(inventory, key, fuel):
    """Carbon dioxide of a vehicle over the fuel it takes fits the carbon content of the fuel."""
    dataset = inventory.datasets[f"transport-{key}"]
    carbon = sum(kilograms(e) for e in dataset.exchanges if e.emission == "Carbon dioxide, fossil")
    taken = sum(float(e.amount) for e in dataset.exchanges if e.input and e.unit == "MJ")
    assert carbon * 12 / 44 / taken * 1000 == pytest.approx(CONTENT[fuel], rel=0.03)


def test_energy_of_a_carrier_is_not_lost(inventory):
    """Burning 1 MJ takes 1 MJ of the fuel (lower heating value)."""
    for carrier, key in CARRIER_DATASETS.items():
        dataset = inventory.datasets[key]
        taken = sum(float(e.amount) for e in dataset.exchanges if e.input and e.unit == "MJ")
        if carrier in ("lpg", "diesel", "fuel_oil"):
            assert taken == pytest.approx(1.0), key
        if carrier == "steam":
            assert 1.0 < taken < 1.4, key


def test_no_distribution_reaches_below_zero_where_the_figure_can_not(inventory):
    """Uniform and triangular ranges of positive figures stay positive; normals stay 2 sd away."""
    for key, dataset in inventory.datasets.items():
        for datum in [*dataset.exchanges, *dataset.results.values()]:
            spread, amount = datum.uncertainty, float(datum.amount)
            if amount <= 0:
                continue
            if spread.min is not None:
                assert spread.min >= 0 or key.startswith("wool-greasy"), key
            if spread.distribution == "normal":
                assert amount - 2 * float(spread.sd) > 0, key
            if spread.distribution == "lognormal":
                assert spread.gsd <= 10, key


def test_losses_and_shares_are_fractions(inventory):
    for key, step in inventory.steps.items():
        for name, datum in step.data():
            if datum.unit == "%":
                for value in (datum.amount, datum.uncertainty.min, datum.uncertainty.max):
                    assert value is None or 0 <= value < 100, f"{key}.{name}"


def test_shares_of_a_generation_mix_sum_exactly(inventory):
    from fractions import Fraction

    mixes = [key for key in inventory.datasets if key.startswith("electricity-it-generation-2")]
    assert mixes
    for key in mixes:
        shares = [e.amount for e in inventory.datasets[key].exchanges if e.input]
        assert abs(sum(shares, Fraction(0)) - 1) < Fraction(1, 10**9), key
