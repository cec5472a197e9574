"""Exported, read back by another library, calculated there in a separate process: the same scores."""

import json
import os
import subprocess
import sys
import time
import zipfile

import pytest
from conftest import ROOT
from exchange.plain import jsonld
from exchange.published import agree

from lca_cardato.errors import CardatoError
from lca_cardato.exchange.build import product_system
from lca_cardato.exchange.export import export, format_of
from lca_cardato.exchange.solved import solved
from lca_cardato.lcia.indicators import INDICATORS

NAMES = ["recycled-wool-70", "recycled-fabric"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("kind", "ending"), [("excel", ".xlsx"), ("bw2package", ".bw2package")])
def test_brightway_files(assessed, score, tmp_path, name, kind, ending):
    file = tmp_path / f"a{ending}"
    system = export(assessed(name), str(file))
    methods = system.to_dict()["methods"]
    found = score(kind, file, name, methods, tmp_path)
    agree(found, system)
    agree(found["stored"], system)


@pytest.mark.parametrize("name", NAMES)
def test_ecospold(assessed, score, tmp_path, name):
    from lxml import etree
    from pyecospold.config import Defaults

    file = tmp_path / "a.spold.zip"
    system = export(assessed(name), str(file))
    schema = etree.XMLSchema(file=Defaults.SCHEMA_V2_FILE)
    with zipfile.ZipFile(file) as archive:
        assert len(archive.namelist()) == len(system.processes)
        for part in archive.namelist():
            schema.assertValid(etree.fromstring(archive.read(part)))
    ids = {flow.code: flow.uuid for flow in system.flows}
    methods = [
        {"id": m.id, "factors": {ids[c]: v for c, v in m.factors.items()}} for m in system.methods
    ]
    about = {"demand": system.name, "methods": methods}
    agree(score("ecospold2", file, "", about, tmp_path), system)


def in_brightway(folder, code):
    environment = dict(os.environ, BRIGHTWAY2_DIR=str(folder))
    text = "import bw2data; bw2data.projects.set_current('mine'); " + code
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", text],
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip().rpartition("\n")[2]


def test_a_project_of_the_user(assessed, score, command, tmp_path):
    """Activities with stages, uncertainty and parameters; nothing is replaced without a word."""
    in_brightway(tmp_path, "")
    system = product_system(assessed("recycled-wool-70"))
    scenario = ROOT / "scenarios" / "recycled-wool-70.yaml"
    options = ("export", scenario, "mine/yarn", "--format", "brightway")
    done = command(*options, BRIGHTWAY2_DIR=str(tmp_path))
    assert done.returncode == 0, done.stderr
    found = score("project", tmp_path, "yarn", system.to_dict()["methods"], tmp_path)
    agree(found, system)
    agree(found["stored"], system)
    # Brightway's own arrays are in single precision
    assert found["brightway"] == pytest.approx(system.scores["climate_change"], rel=1e-6)
    text = in_brightway(
        tmp_path,
        "import json; db = bw2data.Database('yarn'); "
        "from bw2data.parameters import DatabaseParameter; "
        "node = db.get('fg/yarn/carding'); "
        "rows = [e for e in node.technosphere() if e.get('formula')]; "
        "print(); print(json.dumps([len(db), node['tags'], node['comment'], "
        "[[e['formula'], e['amount']] for e in rows], "
        "{p.name: p.amount for p in DatabaseParameter.select()}, "
        "sum(e.get('uncertainty type', 0) > 1 for n in db for e in n.exchanges())]))",
    )
    count, tags, comment, formulas, parameters, uncertain = json.loads(text)
    assert count == len(system.processes) + sum(flow.own for flow in system.flows)
    assert tags == {"stage": "spinning"} and "foreground" in comment
    assert formulas and uncertain > 50
    for formula, amount in formulas:
        factor, _, parameter = formula.partition(" * ")
        assert float(factor) * parameters[parameter] == pytest.approx(amount, rel=1e-12)
    assert command(*options, BRIGHTWAY2_DIR=str(tmp_path)).returncode == 5
    # what the project calls EF 3.1 is what its user would take
    names = [list(one.method) for one in INDICATORS if one.method]
    carbon = next(f.code for f in system.flows if f.name == "Carbon dioxide, fossil")
    in_brightway(
        tmp_path,
        f"names, flow = {names!r}, ('biosphere3', {carbon!r}); "
        "methods = [bw2data.Method(tuple(name)) for name in names]; "
        "[(one.register(unit='x'), one.write([(flow, 2.0)])) for one in methods]",
    )
    done = command(*options, "--force", "--json", BRIGHTWAY2_DIR=str(tmp_path))
    told = json.loads(done.stdout)["ordinary"]
    assert (done.returncode, told["source"]) == (0, "mine")
    [given] = {item["ordinary"] for item in told["shares"] if item["method"]}
    assert given == pytest.approx(2 * solved(system).inventory(system)[carbon], rel=1e-9)
    agree(score("project", tmp_path, "yarn", system.to_dict()["methods"], tmp_path), system)


def test_jsonld_holds_what_openlca_shows(assessed, tmp_path):
    import olca_schema as lca
    from olca_schema.zipio import ZipReader

    file = tmp_path / "a.zip"
    system = export(assessed("recycled-wool-70"), str(file))
    with ZipReader(file) as archive:
        processes = list(archive.read_each(lca.Process))
        carding = next(p for p in processes if "[yarn/carding]" in p.name)
        assert carding.tags == ["spinning"]
        assert any(e.amount_formula for e in carding.exchanges)
        assert {p.name for p in carding.parameters} >= {"yarn_carding_electricity"}
        spread = [e for p in processes for e in p.exchanges if e.uncertainty]
        assert len(spread) > 50
        flows = {f.id: f for f in archive.read_each(lca.Flow)}
        carbon = next(f for f in system.flows if f.name == "Carbon dioxide, fossil")
        assert flows[carbon.code].flow_type == lca.FlowType.ELEMENTARY_FLOW
        links = next(iter(archive.read_each(lca.ProductSystem))).process_links
        assert len(links) == sum(not e.flow for p in system.processes for e in p.edges)
    with zipfile.ZipFile(file) as archive:
        assert "olca-schema.json" in archive.namelist()


@pytest.mark.parametrize("name", sorted(p.stem for p in (ROOT / "scenarios").glob("*-*.yaml")))
def test_every_shipped_scenario_goes(assessed, tmp_path, name):
    """Among them inputs that were metered as 0, whose dataset is behind nothing."""
    file = tmp_path / "a.zip"
    system = export(assessed(name), str(file))
    codes = {process.code for process in system.processes}
    assert {e.target for p in system.processes for e in p.edges if not e.flow} <= codes
    agree(jsonld(file), system)


def test_further_methods_go_along(home, tmp_path):
    from lca_cardato import api

    result = api.assess(ROOT / "scenarios" / "virgin-wool.yaml", methods=["ced_total"])
    system = export(result, str(tmp_path / "a.zip"))
    found = jsonld(tmp_path / "a.zip")
    assert found["ced_total"] == pytest.approx(system.scores["energy"], rel=1e-9)


@pytest.mark.parametrize(
    ("target", "wanted", "name"),
    [("a.xlsx", None, "excel"), ("a.zip", None, "jsonld"), ("a.spold.zip", None, "ecospold2"),
     ("a.bw2package", None, "bw2package"), ("p/d", "brightway", "brightway"), ("a.csv", None, "sankey")],
)  # fmt: skip
def test_formats(target, wanted, name):
    assert format_of(target, wanted) == name


def test_bad_targets(assessed, command, tmp_path):
    result = assessed("recycled-wool-70")
    (tmp_path / "a.zip").write_bytes(b"mine")
    for target, options, code in [
        ("a.doc", {}, "E215"), ("a.zip", {"format_": "excl"}, "E215"),
        (str(tmp_path / "a.zip"), {}, "E503"), (str(tmp_path / "no" / "a.zip"), {}, "E502"),
        ("yarn", {"format_": "brightway"}, "E215"),
    ]:  # fmt: skip
        with pytest.raises(CardatoError) as caught:
            export(result, target, **options)
        assert caught.value.problems[0].code == code, target
    assert (tmp_path / "a.zip").read_bytes() == b"mine"
    scenario = ROOT / "scenarios" / "virgin-wool.yaml"
    done = command(
        "export", scenario, "nowhere/a", "--format", "brightway", BRIGHTWAY2_DIR=str(tmp_path)
    )
    assert (done.returncode, "E307" in done.stderr) == (3, True), done.stderr
    assert sorted(os.listdir(tmp_path)) == ["a.zip"]


@pytest.mark.parametrize("target", ["a.xlsx", "a.bw2package", "a.zip", "a.spold.zip", "a/b"])
@pytest.mark.parametrize("year", [1970, 1979, 1999, 2010, 2099, 2108])
def test_a_wrong_clock_is_told(assessed, tmp_path, monkeypatch, target, year):
    """Brightway's identifiers start in 2024 and end in 2093; a zip has dates from 1980 to 2107."""
    zipped = target.endswith("zip")
    if zipped and 1980 <= year <= 2107:
        pytest.skip("is written")
    monkeypatch.setenv("BRIGHTWAY2_DIR", str(tmp_path))
    wrong = time.strptime(str(year), "%Y")
    monkeypatch.setattr("lca_cardato.exchange.export.time.gmtime", lambda: wrong)
    result = assessed("recycled-wool-70")
    form = "brightway" if target == "a/b" else None
    with pytest.raises(CardatoError) as caught:
        export(result, target if form else str(tmp_path / target), form)
    assert caught.value.exit_code == 5
    [problem] = caught.value.problems
    assert problem.code == "E506" and f"says {year}" in problem.message
    assert not list(tmp_path.iterdir())


def parts_of(file):
    """Every entity of a package of openLCA by its type and id."""
    with zipfile.ZipFile(file) as archive:
        names = [name for name in archive.namelist() if name.count("/") == 1]
        assert len(names) == len(set(names))
        return {(d["@type"], d["@id"]): d for d in (json.loads(archive.read(n)) for n in names)}


def references(value):
    """Every reference to something that stands in a part of its own, and to units."""
    if isinstance(value, dict):
        if "@type" in value and "@id" in value:
            yield value["@type"], value["@id"]
        for item in value.values():
            yield from references(item)
    elif isinstance(value, list):
        for item in value:
            yield from references(item)


@pytest.mark.parametrize("name", NAMES)
def test_jsonld_needs_nothing_that_it_does_not_hold(assessed, tmp_path, name):
    """Units, flow properties and places come along, by openLCA's own ids, and replace nothing there."""
    file = tmp_path / "a.zip"
    system = export(assessed(name), str(file))
    parts = parts_of(file)
    units = {
        unit["@id"]: unit for (kind, _), part in parts.items() if kind == "UnitGroup"
        for unit in part["units"]
    }  # fmt: skip
    held = {*parts, *(("Unit", code) for code in units)}
    missing = {ref for part in parts.values() for ref in references(part)} - held
    assert not {ref for ref in missing if ref[0] != "Parameter"}
    # openLCA's reference data (github.com/GreenDelta/data)
    for kind, code, text in [
        ("FlowProperty", "93a60a56-a3c8-11da-a746-0800200b9a66", "Mass"),
        ("FlowProperty", "f6811440-ee37-11de-8a39-0800200c9a66", "Energy"),
        ("FlowProperty", "93a60a56-a3c8-22da-a746-0800200c9a66", "Volume"),
        ("FlowProperty", "838aaa20-0117-11db-92e3-0800200c9a66", "Goods transport"),
        ("UnitGroup", "93a60a57-a4c8-11da-a746-0800200c9a66", "Units of mass"),
        ("Location", "0d149b90-e739-3297-b01c-90191ae775f0", "IT"),
    ]:
        assert parts[kind, code]["name"].startswith(text)
    shared = [parts[key] for key in parts if key[0] in ("UnitGroup", "FlowProperty", "Location")]
    shared += [parts["Flow", flow.uuid] for flow in system.flows if not flow.own]
    assert {(d["version"], d["lastChange"][:4]) for d in shared} == {("00.00.000", "1970")}
    kwh = units["86ad2244-1f0e-4912-af53-7865283103e4"]
    assert (kwh["name"], kwh["conversionFactor"], kwh["isRefUnit"]) == ("kWh", 3.6, False)
    for (kind, _), part in parts.items():
        assert kind != "UnitGroup" or sum(unit["isRefUnit"] for unit in part["units"]) == 1


def test_jsonld_again_doubles_nothing(assessed, tmp_path):
    """Neither in the file nor by its ids, whatever language the names are in."""
    from lca_cardato.exchange.jsonld import write_jsonld

    file = tmp_path / "a.zip"
    system = export(assessed("recycled-wool-70"), str(file))
    once = set(parts_of(file))
    export(assessed("recycled-wool-70"), str(file), force=True, lang="it")
    assert set(parts_of(file)) == once
    write_jsonld(system, file)
    assert set(parts_of(file)) == once
    other = tmp_path / "b.zip"
    export(assessed("recycled-fabric"), str(other))
    shared = {kind for kind, _ in once & set(parts_of(other))}
    assert shared >= {"Flow", "FlowProperty", "Location", "Process", "Source", "UnitGroup"}


def test_jsonld_unit_without_openlca(tmp_path):
    """A unit that openLCA has not gets a group of its own, once."""
    from lca_cardato.exchange.jsonld_reference import Quantities

    written = []

    def write(entity):
        written.append(entity)
        return entity.to_ref()

    some = Quantities(write)
    assert some.unit("m3*year")[0].name == "m3*a" and not written
    assert some.unit("EUR2005") == some.unit("EUR2005")
    some.write_used()
    assert [e.name for e in written] == [
        "Units of EUR2005", "EUR2005", "Units of volume*time", "Volume*time"
    ]  # fmt: skip
