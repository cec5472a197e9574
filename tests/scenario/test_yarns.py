"""A fabric from the scenario or the run of its yarn, held against the fabric that was typed in full."""

import shutil

import pytest
import yaml
from conftest import ROOT

from lca_cardato.errors import CardatoError, InputError
from lca_cardato.scenario.load import load_scenario
from lca_cardato.studies.assess import assess

SHIPPED = ROOT / "scenarios"
FABRIC = {
    "schema": "lca-cardato/scenario/1", "id": "cloth",
    "company": {"name": "Lanificio Esempio", "municipality": "Prato"},
    "product": {"type": "fabric", "name": "Cloth", "construction": "woven",
                "surface_mass": "420 g/m2", "batch": "5000 kg"},
    "route": {"weaving": {"operator": "contract", "municipality": "Montemurlo",
                          "electricity": "1.15 kWh/kg"},
              "fulling": {"loss": "4 %"}},
    "traceability": {"method": "lots", "year": "2025"},
}  # fmt: skip
WITH_SUN = {"contract": "grid", "photovoltaic": "40 %", "class": "measured", "document": "sun"}
SUN = {"kind": "meter_readings", "issuer": "Filatura Esempio", "date": "2026-01-09"}


def written(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def mill(tmp_path_factory):
    """Lay out a folder with a yarn, its documents and its run."""
    folder = tmp_path_factory.mktemp("mill")
    shutil.copytree(SHIPPED / "documents", folder / "yarns/documents")
    text = (SHIPPED / "recycled-wool-70.yaml").read_text(encoding="utf-8")
    (folder / "yarns/nm8.yaml").write_text(text, encoding="utf-8")
    (folder / "yarns/run.zip").write_bytes(b"PK\x03\x04")
    return folder


def in_full(mill, **more):
    """Type the fabric in full: the yarn's blend and route in its own file."""
    yarn = yaml.load((mill / "yarns/nm8.yaml").read_text("utf-8"), yaml.BaseLoader)
    data = {**FABRIC, "documents": yarn["documents"], "blend": yarn["blend"], **more}
    data["product"] = {**FABRIC["product"], "count": yarn["product"]["count"]}
    steps = {name: step for name, step in yarn["route"].items() if not name.startswith("packing")}
    data["route"] = {**steps, **FABRIC["route"]}
    return written(mill / "yarns/in-full.yaml", data)


def figures(result):
    return {name: result.score(name) for name in result.background.indicators}


def test_a_fabric_of_a_yarn_equals_the_fabric_typed_in_full(mill):
    found = assess(written(mill / "cloths/cloth.yaml", {**FABRIC, "yarn": "../yarns/nm8.yaml"}))
    full = assess(in_full(mill))
    assert figures(found) == pytest.approx(figures(full), rel=1e-12, abs=0)
    for one, other in zip(found.claims, full.claims):
        assert (one.pack.id, one.verdict) == (other.pack.id, other.verdict)
        assert [c.verdict for c in one.criteria] == [c.verdict for c in other.criteria]
    assert {d.sha256 for d in found.documents.values()} == {
        d.sha256 for d in full.documents.values()
    }
    assert found.main.model.parameters.keys() == full.main.model.parameters.keys()


def test_two_yarns_may_come_from_files(mill):
    halves = [{"name": name, "share": "50 %", "yarn": "../yarns/nm8.yaml"} for name in ("a", "b")]
    found = assess(written(mill / "cloths/two.yaml", {**FABRIC, "yarns": halves}))
    assert figures(found) == pytest.approx(figures(assess(in_full(mill))), rel=1e-12, abs=0)
    documents = found.main.model.scenario.documents
    assert len(documents) == 2 * len(assess(mill / "yarns/nm8.yaml").documents)


def test_the_electricity_of_the_spinner_stays_with_the_yarn(mill):
    yarn = yaml.load((mill / "yarns/nm8.yaml").read_text("utf-8"), yaml.BaseLoader)
    sunny = {**yarn, "electricity": WITH_SUN, "documents": {**yarn["documents"], "sun": SUN}}
    written(mill / "yarns/sunny.yaml", sunny)
    cloth = written(mill / "cloths/sunny.yaml", {**FABRIC, "yarn": "../yarns/sunny.yaml"})
    found = assess(cloth)
    grid = assess(in_full(mill)).score("climate_change")
    documents = {**sunny["documents"]}
    everywhere = assess(in_full(mill, electricity=WITH_SUN, documents=documents))
    assert everywhere.score("climate_change") < found.score("climate_change") < grid
    column = found.background.indicators.index("climate_change")
    assert found.location.scores[column] == pytest.approx(grid, rel=1e-12)
    bare = {"route": {**yarn["route"], "packing-yarn": {"use": "no"}}}
    spun = [
        assess(written(mill / "yarns/bare.yaml", {**data, **bare})).score("climate_change")
        for data in (yarn, sunny)
    ]
    saved = spun[0] - spun[1]
    yarn_mass = next(
        made for activity, made in zip(found.main.system.activities, found.main.solution.supply[0])
        if activity.key == "yarn/winding"
    )  # fmt: skip
    assert grid - found.score("climate_change") == pytest.approx(saved * yarn_mass, rel=1e-9)


def test_what_is_wrong_in_the_yarn_points_into_its_file(mill):
    text = (mill / "yarns/nm8.yaml").read_text(encoding="utf-8")
    wrong = mill / "yarns/wrong.yaml"
    wrong.write_text(text.replace("value: 6.5 %", "value: 6.5 kg/kg").replace(
        "fibre: viscose", "fibre: viscos"), encoding="utf-8")  # fmt: skip
    cloth = written(mill / "cloths/wrong.yaml", {**FABRIC, "yarn": "../yarns/wrong.yaml"})
    with pytest.raises(InputError) as caught:
        assess(cloth)
    lines = wrong.read_text(encoding="utf-8").splitlines()
    found = [(p.code, p.file, lines[p.line - 1]) for p in caught.value.problems]
    assert {code for code, _, _ in found} == {"E105", "E307"}
    assert all(file.endswith("wrong.yaml") and "yarns" in file for _, file, _ in found)
    assert all("6.5 kg/kg" in line or "viscos" in line for _, _, line in found)


CASES = {
    "missing": ({"yarn": "../yarns/nm9.yaml"}, "E365"),
    "itself": ({"yarn": "case.yaml"}, "E365"),
    "a folder": ({"yarn": "../yarns"}, "E365"),
    "a zip": ({"yarn": "../yarns/run.zip"}, "E365"),
    "absolute": ({"yarn": "/etc/hosts"}, "E365"),
    "nothing": ({"yarn": ""}, "E365"),
    "a list": ({"yarn": ["x"]}, "E112"),
    "a fabric": ({"yarn": "../yarns/in-full.yaml"}, "E366"),
    "count twice": ({"yarn": "../yarns/nm8.yaml",
                     "product": {**FABRIC["product"], "count": "Nm 9"}}, "E366"),
    "blend twice": ({"yarn": "../yarns/nm8.yaml", "blend": [{"fibre": "wool"}]}, "E366"),
    "gate": ({"yarn": "../yarns/nm8.yaml",
              "product": {**FABRIC["product"], "boundary": "gate_to_gate"}}, "E366"),
    "a yarn of a yarn": ({"yarn": "../yarns/nm8.yaml",
                          "product": {"type": "yarn", "name": "x"}}, "E366"),
    "a step of the yarn": ({"yarn": "../yarns/nm8.yaml",
                            "route": {"carding": {"loss": "3 %"}}}, "E316"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_does_not_fit_is_refused(mill, case):
    in_full(mill)
    change, code = CASES[case]
    cloth = written(mill / "cloths/case.yaml", {**FABRIC, **change})
    with pytest.raises(CardatoError) as caught:
        assess(cloth)
    assert {p.code for p in caught.value.problems} == {code}
    assert all(p.file and p.line for p in caught.value.problems)


def test_a_row_of_a_batch_says_that_the_yarn_was_not_read(mill, command):
    written(mill / "cloths/cloth.yaml", {**FABRIC, "yarn": "../yarns/nm8.yaml"})
    space = {"schema": "lca-cardato/space/1", "id": "s", "base": "cloth.yaml",
             "grid": {"yarns.yarn.count": ["Nm 8", "Nm 12"]}}  # fmt: skip
    row = command("batch", written(mill / "cloths/s.space.yaml", space), "--row", 0)
    (mill / "row.yaml").write_text(row.stdout, encoding="utf-8")
    done = command("assess", "row.yaml", "--out", "runs/row", cwd=mill)
    assert done.returncode == 0
    assert "nm8.yaml” was not read" in " ".join(done.stdout.split())
    for verb in ("verify", "reproduce"):
        assert command(verb, "runs/row", cwd=mill).returncode == 0
    whole = assess(mill / "cloths/cloth.yaml").score("climate_change")
    assert assess(mill / "row.yaml").score("climate_change") == pytest.approx(whole, rel=1e-12)


def test_names_of_documents_that_are_taken_are_made_anew(mill):
    paper = {"kind": "register", "issuer": "Lanificio Esempio", "date": "2026-01-09"}
    name = "lot-register-2025.csv"
    data = {**FABRIC, "yarn": "../yarns/nm8.yaml", "documents": {name: paper},
            "traceability": {"method": "lots", "year": "2025", "document": name}}  # fmt: skip
    scenario = load_scenario(written(mill / "cloths/papers.yaml", data)).scenario
    assert scenario.documents[name].issuer == "Lanificio Esempio"
    assert scenario.documents[f"yarn.{name}"].issuer == "Filatura Esempio"


def test_a_run_of_the_yarn_and_the_run_of_its_fabric(mill, command):
    for arguments in (
        ("assess", "yarns/nm8.yaml", "--out", "runs/yarn"),
        ("assess", written(mill / "cloths/of-run.yaml", {
            **FABRIC, "yarn": "../runs/yarn", "product": {**FABRIC["product"], "type": "tessuto"}}),
         "--out", "runs/cloth"),
        ("verify", "runs/cloth"),
        ("reproduce", "runs/cloth"),
    ):  # fmt: skip
        done = command(*arguments, cwd=mill)
        assert done.returncode == 0, done.stderr
    assert "byte by byte" in done.stdout
    run = mill / "runs/cloth"
    result = yaml.load((run / "result.json").read_text("utf-8"), yaml.BaseLoader)
    [told] = result["scenario"]["yarns"]
    assert told["file"] == "../runs/yarn"
    assert told["company"] == "Filatura Esempio"
    assert told["run"] in (mill / "runs/yarn/manifest.json").read_text("utf-8")
    full = assess(in_full(mill)).score("climate_change")
    assert float(result["indicators"]["climate_change"]["value"]) == pytest.approx(full, rel=1e-9)

    copy = mill / "runs/forged"
    shutil.copytree(run, copy)
    kept = copy / "inputs/yarns/yarn.yaml"
    kept.write_text(kept.read_text("utf-8").replace("Nm 8", "Nm 9"), encoding="utf-8")
    done = command("verify", "runs/forged", cwd=mill)
    assert done.returncode == 6
    assert "not what follows from inputs/yarns" in done.stdout

    changed = mill / "runs/yarn/inputs/scenario.yaml"
    changed.write_text(changed.read_text("utf-8").replace("6.5 %", "1.5 %"), encoding="utf-8")
    done = command("assess", "cloths/of-run.yaml", cwd=mill)
    assert done.returncode == 3
    assert "E366" in done.stderr
    assert "inputs/scenario.yaml" in done.stderr
