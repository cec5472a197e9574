"""Readings of a scenario: from the file to the figure, to the last digit, and back by verify."""

import json
from fractions import Fraction as F

import jsonschema
import pytest
import yaml
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from meter_files import GAS, LOTS, POD, days, wide

from lca_cardato.errors import InputError
from lca_cardato.inventory.load import load_inventory
from lca_cardato.model.at_once import all_at_once
from lca_cardato.model.resolve import resolve
from lca_cardato.scenario.load import load_scenario
from lca_cardato.scenario.readings import RULES, Part, Reading, Taken

FILES = {"curve.csv": wide(), "gas.csv": GAS.encode(), "lots.csv": LOTS.encode()}
AMONG = {
    "blending": {"power": "30 kW", "hours": "1000"},
    "carding": {"power": "110 kW", "hours": "2000"},
    "spinning-ring": {"power": "90 kW", "hours": "2200", "load": "80 %"},
    "offices": {"power": "8 kW", "hours": "1800"},
}
WEIGHTS = {
    "blending": F(30000),
    "carding": F(220000),
    "spinning-ring": F(158400),
    "offices": F(14400),
}


def scenario(**change):
    reason = {"reason": "The mill is new and small, and runs one shift"}
    route = {
        "carding": {
            "electricity": {"reading": "pod", "lots": "lots", **reason},
            "loss": {"reading": "lots"},
        },
        "spinning-ring": {
            "electricity": {"reading": "pod", "lots": "lots", "by": "length"},
            "heat": {"reading": "gas", "for": "20000 kg"},
        },
    }
    papers = {
        name: {"kind": "meter_readings", "file": name, "issuer": "Rete", "date": "2026-01-10"}
        for name in FILES
    }
    data = {
        "schema": "lca-cardato/scenario/1", "id": "read", "company": {"municipality": "Prato"},
        "product": {"type": "yarn", "name": "Filato", "count": "Nm 8"},
        "blend": [{"fibre": "wool", "share": "100 %", "origin": "recycled_post_consumer", "colour": "shade_sorted"}],
        "route": route, "documents": papers,
        "readings": {
            "pod": {"document": "curve.csv", "by": "power_hours", "among": AMONG},
            "gas": {"document": "gas.csv", "period": "2025-01/2025-02"},
            "lots": {"document": "lots.csv"},
        },
        "traceability": {"method": "calendar_year", "year": "2025"},
    }  # fmt: skip
    return {**data, **change}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("mill")
    for name, data in FILES.items():
        (place / name).write_bytes(data)
    return place


@pytest.fixture(scope="module")
def inventory():
    return load_inventory()


def model(data, folder, inventory):
    return resolve(load_scenario(data, folder), inventory)


def problems(data, folder, inventory):
    with pytest.raises(InputError) as caught:
        model(data, folder, inventory)
    return [(p.code, p.key) for p in caught.value.problems]


def changed(path, value):
    data = json.loads(json.dumps(scenario()))
    node = data
    *parents, last = path.split("/")
    for part in parents:
        node = node.setdefault(part, {})
    node[last] = value
    return data


def test_figures_follow_from_the_files_exactly(folder, inventory):
    found = model(scenario(), folder, inventory)
    kwh, made, lost, entered = F(8760), F(1122 + 752), F("126.5"), F("2000.5")
    whole, mean = sum(WEIGHTS.values()), F(1122 * 8 + 752 * 16, 1874)
    amounts = {key: found.parameters[key] for key in found.derivations}
    assert amounts["yarn/carding.electricity"].amount == kwh * WEIGHTS["carding"] / whole / made
    spun = kwh * WEIGHTS["spinning-ring"] / whole / made * 8 / mean
    assert amounts["yarn/spinning-ring.electricity"].amount == spun
    assert amounts["yarn/carding.loss"].amount == lost / entered
    ratio = inventory.parameters["lower-to-higher-heating-value"].amount
    energy = F("2000.5") * F("1.027") * F("39.52") + F("1499.5") * F("1.027") * F("39.45")
    assert amounts["yarn/spinning-ring.heat.natural_gas"].amount == energy * ratio / 20000
    for one in amounts.values():
        assert (one.data_class, bool(one.document), bool(one.period)) == ("measured", True, True)
    assert ("reading_estimated", "gas") in [(code, told["name"]) for code, told in found.warnings]


numbers = st.fractions(min_value=0, max_value=10**6, max_denominator=1000)


@given(
    st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(numbers, numbers, numbers), min_size=1),
    st.sampled_from(RULES),
)
def test_dividing_a_meter_keeps_its_total(parts, by):
    whole = sum(share for *_, share in parts.values())
    if by == "share" and not whole:
        return
    among = {
        name: Part(hours=hours, power=f"{power.numerator}e0 kW", share=share / whole if by == "share" else None)
        for name, (hours, power, share) in parts.items()
    }  # fmt: skip
    taken = Taken("x", Reading(document="d", by=by, among=among), None, "", None, (), "", "")
    try:
        shares = taken.shares()
    except ZeroDivisionError:
        assert by != "share"
        return
    assert sum(shares.values()) == 1 and all(share >= 0 for share in shares.values())
    assert sum(F(8760) * share for share in shares.values()) == 8760


CARDING = "route/carding/electricity"


@pytest.mark.parametrize(
    ("path", "value", "wanted"),
    [
        ("readings/pod/period", "2024", ("E371", "readings.pod.period")),
        ("readings/gas/period", "2025", ("E371", "readings.gas.period")),
        ("readings/pod/meter", "IT001E00999999", ("E374", "readings.pod.meter")),
        ("readings/pod/document", "bill.csv", ("E222", "readings.pod.document")),
        ("readings/pod/map", "none.map.yaml", ("E220", "readings.pod.map")),
        ("readings/pod/map", "../up.map.yaml", ("E214", "readings.pod.map")),
        ("readings/pod/by", "hours", ("E375", "readings.pod.among.blending")),
        ("readings/pod/among", {"carding": {"power": "1 kW"}}, ("E375", "readings.pod.among.carding")),
        ("readings/pod", {"document": "curve.csv"}, ("E375", "route.spinning-ring.electricity.reading")),
        (CARDING, {"reading": "gas", "for": "9 kg"}, ("E375", "route.carding.electricity.reading")),
        (CARDING, {"reading": "pot", "for": "9 kg"}, ("E375", "route.carding.electricity.reading")),
        (CARDING, {"reading": "pod"}, ("E375", "route.carding.electricity.reading")),
        (CARDING, {"reading": "pod", "lots": "gas"}, ("E375", "route.carding.electricity.reading")),
        (CARDING, {"reading": "pod", "part": "roof", "for": "9 kg"}, ("E375", "route.carding.electricity.reading")),
        (CARDING, {"reading": "pod", "value": "5 kWh", "for": "9 kg"}, ("E375", "route.carding.electricity")),
        (CARDING, {"value": "5 kWh", "for": "9 kg", "by": "length"}, ("E375", "route.carding.electricity")),
        (CARDING, {}, ("E213", "route.carding.electricity")),
        ("route/winding", {"electricity": {"reading": "pod", "for": "9 kg"}}, ("E375", "route.winding.electricity.reading")),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_at_its_place(path, value, wanted, folder, inventory):
    assert wanted in problems(changed(path, value), folder, inventory)


def test_a_gap_and_figures_beyond_their_limits_are_told_at_once(folder, inventory, tmp_path):
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "curve.csv").write_bytes(wide(skip=[day for day in days() if day.month > 1]))
    data = changed("route/winding", {"loss": "70 %", "electricity": "95 kWh/kg"})

    def told(data):
        with pytest.raises(InputError) as caught, all_at_once(inventory):
            model(data, tmp_path, inventory)
        return {(p.code, p.key) for p in caught.value.problems}

    gap = ("E371", "readings.pod")
    beyond = {("E116", "route.winding.loss"), ("E116", "route.winding.electricity")}
    assert told(data) == {gap} | beyond
    # of what is divided among parts that don't work out, nothing more can be said
    data["readings"]["lots"] |= {"by": "share", "among": {"a": {"share": "40 %"}}}
    assert told(data) == {gap, ("E375", "readings.lots.among")}
    data = changed("route/winding", {"loss": "70 %"})
    data["readings"]["pod"]["reason"] = "The meter was mounted in December, and this is a test"
    data["route"]["carding"]["electricity"].pop("reason")
    assert gap not in told(data) and ("E116", "route.winding.loss") in told(data)


def test_days_without_a_reading_need_a_reason(folder, inventory, tmp_path):
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    august = [day for day in days() if day.month == 8]
    (tmp_path / "curve.csv").write_bytes(wide(skip=august))
    assert ("E371", "readings.pod") in problems(scenario(), tmp_path, inventory)
    told = changed("readings/pod/reason", "The mill stands still in August")
    found = model(told, tmp_path, inventory)
    assert dict(found.warnings)["reading_gaps"]["count"] == "31"
    assert found.readings["pod"].total.amount == 8760 - 31 * 24


def test_a_typed_total_is_divided_by_length_too(folder, inventory):
    typed = {"value": "2000 kWh", "for": "1874 kg", "by": "length", "mean_count": "Nm 12"}
    found = model(changed("route/spinning-ring/electricity", typed), folder, inventory)
    assert found.parameters["yarn/spinning-ring.electricity"].amount == F(2000, 1874) * 8 / 12


def test_a_run_proves_its_readings(folder, tmp_path, command):
    data = scenario()
    data["readings"]["pod"]["map"] = "curve.csv.map.yaml"
    (folder / "mill.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    done = command(
        "meters", folder / "curve.csv", "--write", folder / "curve.csv.map.yaml", "--force"
    )
    assert done.returncode == 0 and POD in done.stdout
    run = tmp_path / "run"
    done = command("assess", folder / "mill.yaml", "--out", run, "--full", "--lang", "it")
    assert done.returncode == 0, done.stderr
    assert "potenza di targa × ore macchina" in done.stdout
    assert (run / "inputs/documents/curve.csv.map.yaml").is_file()
    assert command("verify", run).returncode == 0
    assert command("reproduce", run).returncode == 0
    told = command("explain", run, "energy").stdout
    assert "righe da 3 a 368" in " ".join(told.split())
    result = json.loads((run / "result.json").read_text(encoding="utf-8"))
    schema = json.loads((ROOT / "docs" / "result.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(result, schema)
    row = next(row for row in result["readings"] if row["name"] == "pod")
    assert sum(F(part["share"]) for part in row["parts"]) == 1
    row["figures"][0]["exact"] = row["figures"][0]["amount"] = "1"
    (run / "result.json").write_text(json.dumps(result), encoding="utf-8")
    assert "readings: pod" in command("verify", run).stdout


def test_a_fabric_carries_the_readings_of_its_yarn(folder, inventory):
    data = scenario()
    data["readings"]["pod"]["map"] = "curve.map.yaml"
    (folder / "curve.map.yaml").write_text(
        "schema: lca-cardato/meters/1\ndecimal: comma\n", encoding="utf-8"
    )
    (folder / "yarn.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    cloth = {
        "schema": "lca-cardato/scenario/1", "id": "cloth", "company": {"municipality": "Prato"}, "yarn": "yarn.yaml",
        "product": {"type": "fabric", "name": "Panno", "construction": "woven", "surface_mass": "400 g/m2"},
    }  # fmt: skip
    (folder / "cloth.yaml").write_text(yaml.safe_dump(cloth), encoding="utf-8")
    found = resolve(load_scenario(folder / "cloth.yaml"), inventory)
    alone = model(data, folder, inventory)
    key = "yarn/carding.electricity"
    assert found.parameters[key].amount == alone.parameters[key].amount
    assert found.readings["pod"].reading.map == "yarns/yarn/curve.map.yaml"
