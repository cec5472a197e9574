"""BAFU:2026: found by number, checked by name; source line everywhere; what has no factor is told."""

import csv
import gzip
import importlib.util
import io
import json
from pathlib import Path

import pytest
import yaml
from background.made_up_bafu import RETIRED
from background.scripts import script
from conftest import ROOT

from lca_cardato.background.flows import EF_FILE, ef_flows, factors_of
from lca_cardato.background.mapping import load_mapping, match, shipped_mappings
from lca_cardato.background.matrices import Flow, Process
from lca_cardato.background.terms import credit_of, is_retired
from lca_cardato.lcia.factors import tables
from lca_cardato.lcia.flows import flows_by_uuid
from lca_cardato.lcia.indicators import BY_ID

NAME = "swiss/bafu-2026"
CREDIT = "Source: Life Cycle Inventory database of the Swiss Federal Administration, BAFU:2026."
WOOL = ROOT / "scenarios" / "recycled-wool-70.yaml"
AIR = ("Emissions", "Emissions to air", "Emissions to air, unspecified")


@pytest.fixture(scope="module")
def swiss(tmp_path_factory):
    """Folder with a database that carries BAFU's numbers and names."""
    folder = tmp_path_factory.mktemp("swiss")
    script("made_up_bafu.py", folder, 120)
    return folder


@pytest.fixture
def on_swiss(home, swiss, monkeypatch):
    monkeypatch.setenv("BRIGHTWAY2_DIR", str(swiss))


@pytest.fixture(scope="module")
def mapping(inventory):
    return load_mapping("bafu-2026", inventory)


def processes_of(mapping):
    """Processes just as the mapping names them."""
    return [
        Process(("bafu-2026", t.code or f"none-{i}"), t.activity, t.activity, t.location, t.unit, i)
        for i, t in enumerate(mapping.file.datasets.values())
        if t.activity
    ]


def plain(text):
    """Text without the breaks and marks of lines that the terminal needs."""
    return " ".join(text.replace("\n! ", "\n").split())


def changed(processes, code, **fields):
    values = {"key": 0, "name": 1, "product": 2, "location": 3, "unit": 4, "row": 5}
    found = []
    for process in processes:
        parts = [getattr(process, name) for name in values]
        if process.key[1] == code:
            for name, value in fields.items():
                parts[values[name]] = value
        found.append(Process(*parts))
    return found


def test_every_dataset_is_mapped_or_kept_with_a_reason(mapping, inventory):
    assert set(mapping.file.datasets) == set(inventory.datasets)
    taken = [t for t in mapping.file.datasets.values() if t.activity]
    numbered = [t.code for t in taken if t.code]
    assert (len(taken), len(numbered)) == (35, 30)
    assert len(set(numbered)) == len(numbered)
    assert mapping.file.credit == CREDIT
    assert not any(is_retired(t.activity, "xx") for t in taken)


def test_units_fit(mapping, inventory):
    from lca_cardato.brightway.exchanges import UNIT_NAMES

    for key, target in mapping.file.datasets.items():
        if target.activity and target.amount is None:
            assert target.unit == UNIT_NAMES[inventory.datasets[key].product.unit], key


def test_found_by_number(mapping):
    """A twin of the same name and place does not disturb where the number is known."""
    processes = processes_of(mapping)
    number = mapping.file.datasets["water-tap"].code
    twin = next(p for p in processes if p.key[1] == number)
    processes.append(Process(("bafu-2026", "twin"), *[getattr(twin, n) for n in (
        "name", "product", "location", "unit")], 999))  # fmt: skip
    found, problems = match(mapping, processes)
    assert problems == []
    assert {m.dataset: m.process.key[1] for m in found if m.process}["water-tap"] == number


@pytest.mark.parametrize(
    ("fields", "told", "hint"),
    [
        ({"name": "Tap water, at the moon"}, "has another name under its number", ""),
        ({"location": "CH"}, "has another name under its number", ""),
        ({"unit": "cubic meter"}, "is in cubic meter, the mapping says kilogram", ""),
        ({"key": ("bafu-2026", "other")}, "under its number", "has the number other"),
        ({"name": "xx Tap water, at user"}, "is retired by those who keep the database", ""),
    ],
)
def test_number_and_name_have_to_agree(mapping, fields, told, hint):
    number = mapping.file.datasets["water-tap"].code
    _, problems = match(mapping, changed(processes_of(mapping), number, **fields))
    assert [p.code for p in problems] == ["E327"]
    assert told in problems[0].message and hint in (problems[0].suggestion or "")
    assert problems[0].line


def test_a_retired_name_is_refused(inventory, tmp_path, mapping):
    """Also by a mapping of one's own that does not know of the sign."""
    text = """\
schema: lca-cardato/background-mapping/1
database: BAFU
version: "2026"
system_model: cut-off
year: 2026
names_from: {text: made up for a test}
datasets:
  electricity-eu:
    activity: xxx Electricity, medium voltage, production UCTE, at grid
    location: UCTE
    unit: kilowatt hour
"""
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    own = load_mapping(path, inventory)
    there = Process(("bafu-2026", RETIRED), "xxx Electricity, medium voltage, production UCTE, "
                    "at grid", "", "UCTE", "kilowatt hour", 0)  # fmt: skip
    _, problems = match(own, [there])
    assert "is retired by those who keep the database" in problems[0].message


@pytest.mark.parametrize(
    ("name", "found"), [("xx Soda", True), ("XXX Soda", True), ("xylene", False), ("Soda", False)]
)
def test_the_sign_of_a_retired_name(name, found):
    assert is_retired(name, "xx") is found
    assert is_retired(name, "") is False


def test_a_mapping_of_ones_own_carries_the_source_line(inventory, tmp_path, mapping):
    """The terms hold for the database, whoever wrote the mapping."""
    text = mapping.data.decode("utf-8")
    path = tmp_path / "own.yaml"
    path.write_text(text.replace(f'credit: "{CREDIT}"\n', ""), encoding="utf-8")
    own = load_mapping(path, inventory).file
    assert own.credit == ""
    assert credit_of(own, "any") == CREDIT
    other = load_mapping("ecoinvent-3.12-cutoff", inventory).file
    assert credit_of(other, "ecoinvent-3.12-cutoff") == ""
    assert credit_of(own.model_copy(update={"credit": "as they ask"}), "any") == "as they ask"


def test_no_row_of_bafu_is_shipped():
    """Names and numbers of single processes only: no amount of an exchange, no score."""
    data = yaml.safe_load(shipped_mappings()["bafu-2026"].read_text("utf-8"))
    allowed = {"activity", "code", "location", "unit", "amount", "because", "note", "open"}
    assert {field for row in data["datasets"].values() for field in row} <= allowed
    assert all("because" in r for r in data["datasets"].values() if "amount" in r)


def test_on_a_database_of_its_kind(on_swiss, swiss, command):
    """The mapping is found, scores are those of Brightway with the project's own method."""
    done = command("background", "check", NAME, "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["mapping"], found["credit"]) == ("bafu-2026", CREDIT)
    taken = [row for row in found["datasets"] if "own" in row]
    assert len(taken) == 35
    scores = json.loads(script("made_up_bafu.py", swiss, "score"))
    numbers = yaml.safe_load(shipped_mappings()["bafu-2026"].read_text("utf-8"))["datasets"]
    checked = 0
    for row in taken:
        if code := numbers[row["dataset"]].get("code"):
            expected = row["amount"] * scores[code]
            assert row["own"]["climate_change"] == pytest.approx(expected, rel=2e-6)
            checked += 1
    assert checked == 30
    left = found["uncounted"]
    assert found["unknown_flows"] == ["Sodium / emissions to water/groundwater, long-term"]
    assert (left["flows"], left["strangers"], left["without_factor"]) == (5, 1, 2)
    assert 0 < left["share_strangers"] == left["share_without_factor"] <= left["most_strangers"] < 1
    text = command("background", "check", NAME).stdout
    assert CREDIT in plain(text)
    assert "1 of 5 elementary flows" in plain(text)


def test_the_source_line_is_in_every_output(on_swiss, command, tmp_path):
    options = ["--background", NAME]
    run, report = tmp_path / "run", tmp_path / "report.html"
    done = command("assess", WOOL, *options, "--out", run, "--report", report)
    assert done.returncode == 0, done.stderr
    outputs = [done.stdout, report.read_text("utf-8")]
    outputs.append(command("assess", WOOL, *options, "--json").stdout)
    outputs.append(command("assess", WOOL, *options, "--lang", "it").stdout)
    outputs.append(command("compare", WOOL, *options).stdout)
    outputs.append(command("compare", WOOL, *options, "--json").stdout)
    outputs.append(command("uncertainty", WOOL, *options, "--samples", "50").stdout)
    outputs.append(command("sensitivity", WOOL, *options, "--json").stdout)
    outputs.append((run / "result.json").read_text("utf-8"))
    for text in outputs:
        assert CREDIT in plain(text), text[:3000]
    result = json.loads((run / "result.json").read_text("utf-8"))
    assert result["background"]["uncounted"]["strangers"] == 1
    assert "background_flows" in [row["code"] for row in result["warnings"]]


def test_flows_of_ef_take_our_factors():
    climate, fossils, energy = tables(
        [BY_ID[key] for key in ("climate_change", "resource_use_fossils", "energy")]
    )
    co2 = Flow(("ef", "08a91e70-3ddc-11dd-923d-0050c2490048"), 1, "any", AIR, "kilogram")
    assert factors_of(co2, [climate]) == [1.0]
    oil = next(
        ef for ef, ours in ef_flows().items()
        if flows_by_uuid()[ours] == ("Oil, crude", ("natural resource", "in ground"))
    )  # fmt: skip
    in_mj = factors_of(Flow(("ef", oil), 1, "crude oil", (), "megajoule"), [fossils, energy])
    in_kg = factors_of(Flow(("ef", oil), 1, "crude oil", (), "kilogram"), [fossils, energy])
    assert in_mj[0] == pytest.approx(1.0)
    assert in_kg[1] == pytest.approx(in_mj[1] * in_kg[0])
    assert factors_of(Flow(("ef", oil), 1, "crude oil", (), "cubic meter"), [fossils]) is None
    assert (
        factors_of(Flow(("x", "y"), 1, "Dust of the moon", ("air",), "kilogram"), [climate]) is None
    )


def test_the_table_is_that_of_randonneur_data():
    """Each pair stands in the published mapping, and hardly any pair of it is left out."""
    spec = importlib.util.find_spec("randonneur_data")
    assert spec and spec.submodule_search_locations, "install lca-cardato[test]"
    path = Path(spec.submodule_search_locations[0]) / "data"
    data = (path / "ecoinvent-3.9.1-biosphere-EF-3.1-biosphere.gz").read_bytes()
    rows = json.loads(gzip.decompress(data))["replace"]
    published = {(row["target"]["uuid"], row["source"]["uuid"]) for row in rows}
    ours = set(flows_by_uuid())
    table = list(csv.reader(io.StringIO(EF_FILE.read_text("utf-8"))))[1:]
    assert {tuple(row) for row in table} <= published
    assert len({ef for ef, _ in table}) == len(table)
    assert len({ef for ef, flow in published if flow in ours} - {ef for ef, _ in table}) == 2
