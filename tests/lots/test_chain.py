"""Many firms in one folder: each kilogram once, signatures, digests, totals."""

import json
import random
import shutil
from fractions import Fraction

import pytest
from audit.test_sign import pair
from conftest import ROOT
from cryptography.hazmat.primitives.asymmetric import ed25519
from lots.firms import chain_of, save, sheet_like
from lots.test_scenario import cloth_text

from lca_cardato.audit.chain import verify_chain
from lca_cardato.audit.lot import lot_sheet
from lca_cardato.audit.run import run_files
from lca_cardato.errors import CardatoError
from lca_cardato.files.atomic import write_folder
from lca_cardato.lots.keys import pen
from lca_cardato.lots.sheet import digest_of, sealed, text_of
from lca_cardato.studies.assess import assess


@pytest.fixture(scope="module")
def model(assessed, tmp_path_factory):
    """A real sheet, and the pen that signs."""
    folder = tmp_path_factory.mktemp("model")
    scenario = ROOT / "scenarios" / "recycled-wool-70.yaml"
    write_folder(folder / "run", run_files(assessed("recycled-wool-70"), scenario, "en"))
    pair(folder, "key", ed25519.Ed25519PrivateKey.generate())
    return lot_sheet(folder / "run", "1000"), pen(folder / "key.pem", None), folder


@pytest.fixture
def firms(model, tmp_path):
    """Three firms, twelve lots, all sound."""
    tree, ink, folder = model
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "all.pub").write_bytes((folder / "key.pub").read_bytes())
    sheets = chain_of(tree, ink, firms=3, lots=12)
    save(sheets, tmp_path)
    return tmp_path, sheets


def found(folder):
    return {check.name: check for check in verify_chain(folder)}


def wrong(folder):
    return {name: check.problems for name, check in found(folder).items() if check.problems}


def test_a_sound_chain_has_nothing_to_tell(firms):
    folder, sheets = firms
    checks = found(folder)
    assert not wrong(folder) and not checks["chain_signed"].notes
    assert checks["chain_read"].count == len(sheets) == 12
    assert checks["chain_taken"].count > 2


def put(folder, tree, name="x"):
    (folder / f"{name}.json").write_text(text_of(tree), "utf-8")


def test_one_kilogram_that_is_claimed_twice_is_found(firms, model):
    folder, sheets = firms
    tree, ink, _ = model
    used = next(one for one in sheets if one["upstream"])["upstream"][0]
    twice = sheet_like(
        tree, ink, "Another weaver", "W-1", "10", upstream=[{**used, "kg": "1/1000"}]
    )
    source = next(one for one in sheets if one["digest"] == used["sha256"])
    whole = sum(
        Fraction(row["kg"])
        for one in sheets
        for row in one["upstream"]
        if row["sha256"] == used["sha256"]
    )
    assert whole == Fraction(source["delivered"]["kg"])  # all of it was claimed before
    put(folder, twice)
    assert list(wrong(folder)) == ["chain_taken"]
    (text,) = wrong(folder)["chain_taken"]
    assert source["lot"] in text


def test_more_delivered_than_made_is_found(firms, model):
    folder, sheets = firms
    _, ink, _ = model
    again = {k: v for k, v in sheets[0].items() if k not in ("digest", "signature")}
    put(folder, sealed({**again, "delivered": {"kg": "1", "to": "Somebody"}}, ink))
    assert list(wrong(folder)) == ["chain_made"]


def test_an_altered_figure_breaks_all_that_rests_on_it(firms):
    folder, sheets = firms
    used = next(one for one in sheets if one["upstream"])["upstream"][0]
    place = next(
        path
        for path in folder.glob("**/*.json")
        if json.loads(path.read_text(encoding="utf-8"))["digest"] == used["sha256"]
    )
    tree = json.loads(place.read_text("utf-8"))
    tree["footprint"]["whole"]["climate_change"]["value"] = 0.1
    place.write_text(text_of(tree), "utf-8")
    assert {"chain_read", "chain_upstream"} <= set(wrong(folder))
    assert "E382" in wrong(folder)["chain_read"][0]
    tree.pop("signature")
    tree["digest"] = digest_of(tree)
    place.write_text(text_of(tree), "utf-8")  # by somebody who makes the digest anew
    assert "chain_read" not in wrong(folder) and wrong(folder)["chain_upstream"]
    assert found(folder)["chain_signed"].notes


def test_a_revoked_key_and_an_unknown_one(firms):
    folder, sheets = firms
    (folder / "keys" / "revoked.txt").write_text(sheets[0]["signature"]["keyid"], encoding="utf-8")
    assert len(wrong(folder)["chain_read"]) == 12
    (folder / "keys" / "revoked.txt").unlink()
    (folder / "keys" / "all.pub").unlink()
    assert not wrong(folder) and len(found(folder)["chain_signed"].notes) == 12


def test_fibre_of_one_certificate_in_two_firms(firms, model):
    folder, sheets = firms
    tree, ink, _ = model
    first = sheets[0]
    paper = first["certificates"][0]
    more = {**paper, "kg": str(Fraction(paper["kg"]))}
    thief = sheet_like(tree, ink, "Another spinner", "T-1", "9000")
    thief = {k: v for k, v in thief.items() if k not in ("digest", "signature")}
    thief["certificates"] = [more]
    thief["composition"] = [{**one, "certificates": []} for one in thief["composition"]]
    thief["composition"][0]["certificates"] = [paper["sha256"]]
    put(folder, sealed(thief, ink))
    assert list(wrong(folder)) == ["chain_papers"]


def test_readings_in_a_sheet_are_refused(firms, model):
    folder, _ = firms
    tree, ink, _ = model
    bare = {k: v for k, v in tree.items() if k not in ("digest", "signature")}
    put(folder, sealed({**bare, "readings": {"carding": "163000 kWh"}}, ink))
    assert "E206" in wrong(folder)["chain_read"][0]


@pytest.mark.parametrize("seed", range(5))
def test_hostile_files_stop_nothing(firms, seed):
    folder, _ = firms
    draw = random.Random(seed)
    place = sorted(folder.glob("firm*/*.json"))[0]
    data = bytearray(place.read_bytes())
    for _ in range(20):
        data[draw.randrange(len(data))] = draw.randrange(256)
    place.write_bytes(bytes(data))
    (folder / "deep.json").write_bytes(b'{"lca-cardato/lot/": ' + b"[" * 200_000)
    (folder / "big.json").write_bytes(b" " * 3_000_000 + b"lca-cardato/lot/")
    (folder / "loop").symlink_to(folder)
    checks = found(folder)
    assert len(checks["chain_read"].problems) >= 2 and checks["chain_read"].count >= 11


def test_a_folder_without_sheets_is_an_error(tmp_path):
    with pytest.raises(CardatoError):
        verify_chain(tmp_path)
    with pytest.raises(CardatoError):
        verify_chain(tmp_path / "none")


@pytest.mark.parametrize(("lang", "word"), [("en", "claimed"), ("it", "dichiarati")])
def test_the_command_names_what_is_wrong(firms, model, command, lang, word):
    folder, sheets = firms
    assert command("verify", "--chain", folder, "--lang", lang).returncode == 0
    tree, ink, _ = model
    used = next(one for one in sheets if one["upstream"])["upstream"][0]
    put(folder, sheet_like(tree, ink, "Another", "W-1", "10", upstream=[{**used, "kg": "1"}]))
    done = command("verify", "--chain", folder, "--lang", lang)
    assert done.returncode == 6 and word in done.stdout, done.stdout
    assert command("verify", "--lang", lang).returncode in (2, 3)


def test_runs_and_scenarios_count_with_what_they_take(model, tmp_path, command):
    """A scenario takes what its losses need, which is more than its product holds."""
    tree, ink, _ = model
    shutil.copytree(ROOT / "scenarios" / "documents", tmp_path / "documents")
    (tmp_path / "lots").mkdir()
    bare = {k: v for k, v in tree.items() if k not in ("digest", "signature")}
    bare["delivered"] = {"kg": "6000"}
    (tmp_path / "lots" / "lot.json").write_text(text_of(sealed(bare, ink)), "utf-8")
    (tmp_path / "a.yaml").write_text(cloth_text(), "utf-8")
    assert not wrong(tmp_path)
    run = run_files(assess(tmp_path / "a.yaml"), tmp_path / "a.yaml", "en")
    write_folder(tmp_path / "run", run)
    assert not wrong(tmp_path)  # a scenario and its run are one batch
    manifest = json.loads((tmp_path / "run" / "manifest.json").read_text("utf-8"))
    used = {"lot": bare["lot"], "sha256": sealed(bare, ink)["digest"], "kg": "5000"}
    own = sheet_like(tree, ink, "Weaver", "W-1", "5000", upstream=[used])
    own = {k: v for k, v in own.items() if k not in ("digest", "signature")}
    own["run"] = {**own["run"], "id": manifest["id"]}
    put(tmp_path, sealed(own, ink))
    assert not wrong(tmp_path)  # so is the sheet of that run
    own["run"] = {**own["run"], "id": "f" * 16}
    put(tmp_path, sealed(own, ink))
    assert list(wrong(tmp_path)) == ["chain_taken"]
    manifest["id"] = "f" * 16  # a run that only says that it is another
    (tmp_path / "run" / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    assert list(wrong(tmp_path)) == ["chain_taken"]
    shutil.rmtree(tmp_path / "run")
    (tmp_path / "x.json").unlink()
    second = cloth_text().replace("id: recycled-fabric", "id: other")
    (tmp_path / "b.yaml").write_text(second.replace("batch: 5000", "batch: 300"), "utf-8")
    assert list(wrong(tmp_path)) == ["chain_taken"]
