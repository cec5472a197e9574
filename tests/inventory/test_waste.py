"""Waste and waste water: what enters a treatment leaves it, and figures that hang together agree."""

import pytest

from lca_cardato.studies.literature import step_figure

BURNED = (
    "waste-wool-incineration",
    "waste-synthetic-incineration",
    "waste-cellulosic-incineration",
)


def amounts(inventory, key):
    """Amount by input or flow; two lines of one flow are added."""
    found: dict[str, float] = {}
    for exchange in inventory.datasets[key].exchanges:
        name = exchange.input or exchange.flow[0]
        found[name] = found.get(name, 0.0) + float(exchange.amount)
    return found


@pytest.mark.parametrize(
    ("key", "carbon"),
    [("waste-wool-incineration", 0.50 / 1.17),
     ("waste-synthetic-incineration", (0.625 + 0.637) / 2),
     ("waste-cellulosic-incineration", 72.07 / 162.14 / 1.085)],
)  # fmt: skip
def test_carbon_of_a_fibre_that_burns_leaves_as_gas(inventory, key, carbon):
    """Less the carbonate of the reagent, which is not of the fibre."""
    found = amounts(inventory, key)
    fossil = found.get("Carbon dioxide, fossil", 0.0)
    if key == "waste-wool-incineration":
        fossil -= found["sodium-carbonate"] * 44.01 / 105.99
    gas = fossil + found.get("Carbon dioxide, non-fossil", 0.0)
    assert gas * 12.011 / 44.01 == pytest.approx(carbon, rel=0.01)


@pytest.mark.parametrize("key", BURNED)
def test_all_that_burns_passes_the_plant_once(inventory, key):
    assert amounts(inventory, key)["waste-incineration-plant"] == 1


@pytest.mark.parametrize("key", ["waste-textile-incineration", "waste-scouring-sludge"])
def test_parts_of_a_waste_are_the_whole(inventory, key):
    parts = [value for name, value in amounts(inventory, key).items() if name.startswith("waste-")]
    assert len(parts) == 2 and sum(parts) == pytest.approx(1)


def test_dirt_of_the_fleece_does_not_burn(inventory):
    """Dirt is the larger part of what scouring takes out, and none of it goes with the sludge."""
    for key, dataset in inventory.datasets.items():
        inputs = {e.input: float(e.amount) for e in dataset.exchanges if e.input}
        if key.startswith("wool-scoured-"):
            assert inputs["waste-inert-landfill"] == pytest.approx(7.5 * inputs["waste-sludge"])
    assert inventory.steps["scouring"].waste_to == "waste-scouring-sludge"


def test_nitrous_oxide_of_waste_water_follows_its_nitrogen(inventory):
    """IPCC 2019: 0.016 of the nitrogen that enters the plant, 0.005 of what leaves it; 80 % is removed."""
    found = amounts(inventory, "wastewater-treatment")
    left = found["Nitrogen"] + found["Ammonium"] * 14.007 / 18.04
    wanted = (0.016 * left / (1 - 0.8) + 0.005 * left) * 44.013 / 28.014
    assert found["Dinitrogen monoxide"] == pytest.approx(wanted, rel=0.01)


def test_chloride_of_softening_is_that_of_its_salt(inventory):
    found = amounts(inventory, "wastewater-treatment")
    assert found["Chloride"] / 35.45 == pytest.approx(found["Sodium chloride"] / 58.44, rel=1e-6)


def test_steps_of_a_woollen_mill_close_on_the_whole_mill(inventory):
    """Blending, carding, ring frame and winding at Nm 25: 0.90 times 1.69 kWh/kg."""
    steps = ["blending", "carding", "spinning-ring", "winding"]
    whole = step_figure(inventory, steps, "electricity", "Nm 25")
    assert whole == pytest.approx(0.90 * 1.69, rel=1e-3)
