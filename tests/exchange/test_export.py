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
def test_jsonld(assessed, tmp_path, name):
    file = tmp_path / "a.zip"
    system = export(assessed(name), str(file))
    agree(jsonld(file), system)


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
    assert command(*options, "--force", BRIGHTWAY2_DIR=str(tmp_path)).returncode == 0
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


def test_further_methods_go_along(home, tmp_path):
    from lca_cardato import api

    result = api.assess(ROOT / "scenarios" / "virgin-wool.yaml", methods=["ced_total"])
    system = export(result, str(tmp_path / "a.zip"))
    found = jsonld(tmp_path / "a.zip")
    assert found["ced_total"] == pytest.approx(system.scores["energy"], rel=1e-9)


@pytest.mark.parametrize(
    ("target", "wanted", "name"),
    [("a.xlsx", None, "excel"), ("a.zip", None, "jsonld"), ("a.spold.zip", None, "ecospold2"),
     ("a.bw2package", None, "bw2package"), ("p/d", "brightway", "brightway")],
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
