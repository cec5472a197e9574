"""Scarcity of water where it is consumed: factors, means of regions, and what is not known."""

from fractions import Fraction

import numpy as np
import pytest
from conftest import ROOT, declared, scenario_dict
from pydantic import ValidationError

from lca_cardato.background.open import data_of
from lca_cardato.brightway.store import open_store
from lca_cardato.calculation.simulate import Products, simulate
from lca_cardato.inventory.load import load_inventory
from lca_cardato.inventory.placed import BY_PLACE, consumed, place_of, placed, plain, unplaced
from lca_cardato.inventory.scarcity import HOME, WORLD, Scarcity, water_factors, water_place
from lca_cardato.results.document import result_document
from lca_cardato.scenario.load import load_scenario
from lca_cardato.studies.assess import assess_loaded

WATER = ("Water", ("air",))


def test_factors_are_those_of_the_source(inventory):
    """AWARE 2.0, annual, unspecified use, as the package carries them."""
    factors = inventory.water_factors
    read = {"IT": 46.4, "AU": 79.4, "ZA": 66.1, "ES": 73.5, "IN": 36.2, "US": 33.7, "MN": 26.3,
            "CN": 22.3, "FR": 13.0, "NZ": 9.34, "GB": 2.95, "NO": factors["NO"]}  # fmt: skip
    assert {key: factors[key] for key in read} == read
    assert len([key for key in factors if len(key) == 2]) > 200


def test_a_region_is_the_mean_by_the_water_consumed(inventory):
    table = {
        "AA": Scarcity(factor=Fraction(10), consumed=Fraction(3), source="x"),
        "BB": Scarcity(factor=Fraction(50), consumed=Fraction(1), source="x"),
        "BB-CC": Scarcity(factor=Fraction(99), consumed=Fraction(9), source="x"),
        "both": Scarcity(of=["AA", "BB", "ZZ"], source="x"),
        "GLO": Scarcity(of=["all"], source="x"),
    }
    found = water_factors(table)
    assert found["both"] == found["GLO"] == (10 * 3 + 50 * 1) / 4
    assert 20 < inventory.water_factors["RER"] < inventory.water_factors["ES"]
    assert 30 < inventory.water_factors[WORLD] < 50
    assert water_factors({}) == {WORLD: 42.95}


def test_a_state_has_its_own_factor_or_that_of_its_country(inventory):
    factors = inventory.water_factors
    assert water_place(factors, "AU-WA") == "AU-WA"
    assert water_place({"AU": 1.0}, "AU-WA") == "AU"
    for unknown in ("XX", "AU-CN-EU", ""):
        assert water_place(factors, unknown) is None


@pytest.mark.parametrize(
    "record",
    [
        {"source": "x"},
        {"source": "x", "factor": "1", "of": ["IT"]},
        {"source": "x", "factor": "-1"},
    ],
)
def test_a_record_is_one_or_the_other(record):
    with pytest.raises(ValidationError):
        Scarcity.model_validate(record)


def test_only_water_to_air_has_a_place(inventory):
    factors = inventory.water_factors
    assert placed(WATER, HOME, factors) == WATER
    made = placed(WATER, "AU", factors)
    assert made != WATER and plain(made) == WATER and place_of(made) == "AU"
    assert place_of(placed(WATER, "XX", factors)) == WORLD
    for flow in (("Water", ("water",)), ("Methane, fossil", ("air",))):
        assert placed(flow, "AU", factors) == flow and not consumed(flow)


@pytest.mark.parametrize("name", ["virgin-wool", "recycled-wool-70", "cashmere-blend"])
def test_the_score_is_water_by_place_times_its_factor(assessed, name):
    """By hand: how much of each dataset stands behind the product, its own water, its country."""
    result = assessed(name)
    inventory = result.inventory
    store = data_of(inventory, ()).store
    place = {key: i for i, key in enumerate(store.datasets)}
    demand, mill = np.zeros(len(place)), 0.0
    for exchange, amount in zip(result.main.system.exchanges, result.main.solution.amounts[0]):
        if isinstance(exchange.target, str):
            demand[place[exchange.target]] += amount
        elif consumed(exchange.target):
            mill += amount
    supply = np.linalg.solve(store.technosphere, demand)
    whole, volume = mill * inventory.water_factors[HOME], mill
    for key, row in place.items():
        dataset = inventory.datasets[key]
        own = sum(
            float(e.amount) for e in dataset.exchanges if e.input is None and consumed(e.flow)
        )
        where = water_place(inventory.water_factors, dataset.geography) or WORLD
        whole += supply[row] * own * inventory.water_factors[where]
        told = dataset.results.get("water_consumed")  # of a published study, without a place
        volume += supply[row] * (own + float(told.amount if told else 0))
    assert result.score("water_consumed") == pytest.approx(volume, rel=1e-9)
    assert result.score(BY_PLACE) == pytest.approx(whole, rel=1e-9)


def test_australian_water_counts_more_than_the_average(assessed):
    result = assessed("virgin-wool")
    per_m3 = result.score(BY_PLACE) / result.score("water_consumed")
    assert 60 < per_m3 < 79.4
    assert result.score("water_scarcity") / result.score("water_consumed") == pytest.approx(
        42.95, rel=0.01
    )


OWN = """schema: lca-cardato/inventory/1
sources:
  mine: {{title: T, authors: A, year: 2025, licence: own data, kind: dataset, read: full}}
datasets:
  wool-scoured-xx:
    name: {{en: wool of nowhere, it: lana di nessun luogo}}
    kind: unit_process
    category: fibre
    supplies: [{{fibre: wool, origin: virgin}}]
    product: {{name: wool, unit: kg}}
    geography: {land}
    year: 2025
    inventoried_for: [water]
    exchanges:
      - {{emission: Water, compartment: air, amount: 1, unit: m3, class: measured, source: mine, year: 2025, geography: {land}, uncertainty: {{distribution: lognormal, gsd: 1.2}}}}
      - {{emission: "Carbon dioxide, fossil", compartment: air, amount: 1, unit: kg, class: measured, source: mine, year: 2025, geography: {land}, uncertainty: {{distribution: none}}}}
{more}"""


def of_nowhere(tmp_path, land, more=""):
    folder = tmp_path / f"own-{land}"
    folder.mkdir()
    (folder / "own.yaml").write_text(OWN.format(land=land, more=more), encoding="utf-8")
    inventory = load_inventory(extra=folder)
    open_store(inventory)
    blend = [{"fibre": "wool", "share": "100 %", "origin": "virgin", "dataset": "wool-scoured-xx"}]
    loaded = load_scenario(declared(scenario_dict(blend=blend)))
    return assess_loaded(loaded, inventory, ()), folder


def test_an_unknown_country_counts_as_the_world_and_says_so(tmp_path, store, command):
    result, folder = of_nowhere(tmp_path, "XX")
    known, _ = of_nowhere(tmp_path, "GLO")
    assert unplaced(result.inventory) == {"wool-scoured-xx": "XX"}
    assert result.score(BY_PLACE) == pytest.approx(known.score(BY_PLACE), rel=1e-12)
    for lang, said in (("en", "mean of the world"), ("it", "media mondiale")):
        texts = {w["code"]: w["text"] for w in result_document(result, lang)["warnings"]}
        assert "XX" in texts["water_place_unknown"] and said in texts["water_place_unknown"]
    assert "water_place_unknown" not in {w["code"] for w in result_document(known)["warnings"]}
    done = command("inventory", "check", "--inventories", folder)
    assert done.returncode == 0 and "no factor of water scarcity for XX" in done.stdout
    done = command("validate", ROOT / "scenarios" / "virgin-wool.yaml", "--inventories", folder)
    said = "warning: No factor of water scarcity is known for XX (wool-scoured-xx)"
    assert done.returncode == 0 and said in done.stdout


def test_the_cure_is_a_factor_of_ones_own(tmp_path, store):
    more = "scarcity:\n  XX: {factor: 100, source: mine, at: page 1}\n"
    result, _ = of_nowhere(tmp_path, "XX", more)
    italian, _ = of_nowhere(tmp_path, "IT")
    water = result.score("water_consumed") - italian.score("water_consumed")
    assert water == pytest.approx(0, abs=1e-9)
    assert unplaced(result.inventory) == {}
    assert result.score(BY_PLACE) > 2 * italian.score(BY_PLACE) * 0.9


def test_draws_know_the_place(tmp_path, store):
    result, _ = of_nowhere(tmp_path, "NZ")
    data = data_of(result.inventory, ())
    products = Products(
        [result.main.model], result.inventory, data.store, ["water_consumed", BY_PLACE]
    )
    draws = simulate(products, 2000, 1).scores[0]
    ratio = draws[1] / draws[0]
    nz, italy = (result.inventory.water_factors[key] for key in ("NZ", "IT"))
    assert nz < ratio.min() and ratio.max() < italy and np.median(ratio) < nz + 1


def test_shipped_data_have_a_factor_everywhere(inventory):
    assert unplaced(inventory) == {}


def test_exports_have_plain_water(tmp_path, command):
    """Flows of other programs have no place: the volume stays whole, the method is left out."""
    import zipfile

    target = tmp_path / "x.zip"
    done = command("export", ROOT / "scenarios/virgin-wool.yaml", target)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(target) as archive:
        texts = [archive.read(n).decode("utf-8", "replace") for n in archive.namelist()]
    assert not any("@AU" in text or "AWARE 2.0" in text for text in texts)
    assert any("Water consumed" in text for text in texts)
