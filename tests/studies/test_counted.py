"""How much of the booked flows a method counts: by hand, and for methods that leave something out."""

from types import SimpleNamespace

import numpy as np
import pytest

from lca_cardato.background.open import DataOptions, open_data
from lca_cardato.lcia.indicators import INDICATOR_IDS, INDICATORS
from lca_cardato.studies import counted
from lca_cardato.studies.counted import counted_shares

METHOD = """\
schema: lca-cardato/method/1
id: solid_and_liquid
name: fossil resources without gas
unit: MJ
family: resource_use_fossils
source: made up
factors:
- {flow: "Coal, hard, unspecified", compartment: natural resource/in ground, factor: 19}
- {flow: "Coal, brown", compartment: natural resource/in ground, factor: 10}
- {flow: "Oil, crude", compartment: natural resource/in ground, factor: 42}
- {flow: "Uranium", compartment: natural resource/in ground, factor: 560000}
"""


def groups_of(rows, key):
    return {item["group"]: item for row in rows if row["id"] == key for item in row["groups"]}


def test_every_dataset_weighs_alike(monkeypatch):
    """One burns 3 kg of gas A and 1 of B, one 1000 of B: B is 62.5 % of the mass to air."""
    monkeypatch.setattr(counted, "library", dict)
    flows = [
        ("A", ("air",)),
        ("B", ("air",)),
        ("C", ("air",)),
        ("climate_change", ("indicator result",)),
    ]
    factors = np.zeros((4, len(INDICATOR_IDS)))
    factors[1, INDICATOR_IDS.index("acidification")] = 5
    factors[:2, INDICATOR_IDS.index("climate_change")] = 1
    factors[0, INDICATOR_IDS.index("climate_change_fossil")] = 1
    store = SimpleNamespace(
        flows=flows, units=["kilogram"] * 3 + [""], characterisation=factors, library={},
        biosphere=np.array([[3, 0], [1, 1000], [0, 0], [7, 7]], dtype=float),
        background=SimpleNamespace(indicators=list(INDICATOR_IDS)),
    )  # fmt: skip
    inventory = SimpleNamespace(uncounted={})
    rows = counted_shares(SimpleNamespace(store=store, inventory=inventory, methods=()))
    found = groups_of(rows, "acidification")["air_mass"]
    assert found["booked"] == pytest.approx(0.625) and found["of_family"] == 1
    part = groups_of(rows, "climate_change_fossil")["air_mass"]
    assert part["booked"] == pytest.approx(0.375) and part["of_family"] == pytest.approx(0.375)
    assert [one["flow"] for one in part["without"]] == ["B"]
    assert groups_of(rows, "land_use") == {}


def test_a_reasoned_flow_is_left_out(store, inventory):
    """Oxygen demand counts in no method, and is no hole in one."""
    data = SimpleNamespace(store=store, inventory=inventory, methods=())
    for row in counted_shares(data):
        for item in row["groups"]:
            assert not [one for one in item["without"] if "Oxygen Demand" in one["flow"]]


def test_whole_categories_leave_out_nothing_that_matters(store, inventory):
    """Of resources, radiation and land that any method of the family counts."""
    rows = counted_shares(SimpleNamespace(store=store, inventory=inventory, methods=()))
    assert [row["id"] for row in rows] == [one.id for one in INDICATORS]
    for key, group in (
        ("climate_change", "air_mass"), ("energy", "resource_energy"), ("land_use", "resource_land"),
        ("resource_use_fossils", "resource_energy"), ("ionising_radiation", "air_radiation"),
        ("acidification", "air_mass"), ("eutrophication_marine", "water_mass"),
    ):  # fmt: skip
        assert groups_of(rows, key)[group]["of_family"] > 0.999, key


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "method.yaml"
    path.write_text(METHOD, encoding="utf-8")
    return path


def test_a_method_without_gas_is_caught(home, file):
    rows = counted_shares(open_data(DataOptions(methods=[str(file)])))
    found = groups_of(rows, "solid_and_liquid")["resource_energy"]
    assert found["of_family"] < 0.6 and found["without"][0]["flow"] == "Gas, natural"
    assert groups_of(rows, "resource_use_fossils")["resource_energy"]["of_family"] > 0.999
    mass = groups_of(rows, "solid_and_liquid")["resource_mass"]
    assert mass["of_family"] == pytest.approx(1)  # gas is booked in cubic metres


@pytest.mark.parametrize(
    ("lang", "texts"),
    [
        ("en", ["resources, by energy", "without a factor", "Gas, natural", "every dataset alike"]),
        ("it", ["risorse, per energia", "senza fattore", "Gas, natural", "ogni dataset alla"]),
    ],
)
def test_the_command_tells_it(command, file, lang, texts):
    done = command("methods", "--counted", "fossil", "--method", file, "--lang", lang, COLUMNS=160)
    assert done.returncode == 0
    assert [text for text in texts if text not in done.stdout] == []
    given = command("methods", "--counted", "--method", file, "--json")
    assert '"solid_and_liquid"' in given.stdout and '"of_family"' in given.stdout


def test_a_method_alone_needs_the_option(command, file):
    done = command("methods", "--method", file)
    assert done.returncode == 3 and "E316" in done.stderr and "--counted" in done.stderr
