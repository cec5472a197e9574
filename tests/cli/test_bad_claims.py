"""Papers, origins and kilograms that don't hold, through the installed command."""

import copy
import hashlib
import json

import pytest
import yaml
from conftest import ROOT, scenario_dict, shipped


@pytest.fixture
def check(command, tmp_path):
    """Verdicts of a scenario by claim, and the exit code with a claim required."""

    def run(data, require="cardato-recycled"):
        (tmp_path / "s.yaml").write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
        done = command("assess", "s.yaml", "--json", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        document = json.loads(done.stdout)
        code = command("claims", "check", "s.yaml", "--require", require, cwd=tmp_path).returncode
        return {claim["id"]: claim for claim in document["claims"]}, code

    return run


def with_documents(data, folder, **changes):
    """The shipped yarn with a certificate behind its recycled wool."""
    (folder / "tc.pdf").write_bytes(b"certificate")
    digest = hashlib.sha256(b"certificate").hexdigest()
    paper = {"kind": "transaction_certificate", "file": "tc.pdf", "sha256": digest,
             "issuer": "Example body", "date": "2025-03-14", "mass": "1e6 kg", "lot": "L1",
             **changes}  # fmt: skip
    data = copy.deepcopy(data)
    data["documents"]["tc-1"] = paper
    data["blend"][0].update(document="tc-1", lot="L1")
    return data


def criterion(claim, kind):
    return next(item for item in claim["criteria"] if kind in item["kind"] + item["id"])


def test_the_shipped_yarn_meets(check):
    claims, code = check(shipped("recycled-wool-70"))
    assert (claims["cardato-recycled"]["verdict"], code) == ("meets", 0)


def test_fibre_without_origin_is_not_proven(check):
    data = shipped("recycled-wool-70")
    del data["blend"][0]["origin"]
    claims, code = check(data)
    assert claims["cardato-recycled"]["verdict"] in ("not_proven", "not_met") and code == 1


def test_rework_is_counted_apart(check):
    """Own waste put back is not recycled content (ISO 14021)."""
    data = shipped("recycled-wool-70")
    data["blend"][0]["share"] = "60 %"
    data["blend"].append({"origin": "in_process_rework", "share": "10 %"})
    data["route"]["carding"]["loss"] = "15 %"
    for step in data["route"].values():
        step.pop("reclaimed", None)
    claims, code = check(data)
    shares = [
        observed["percent"]
        for item in claims["cardato-recycled"]["criteria"]
        for observed in item["observed"].values()
    ]
    assert (claims["cardato-recycled"]["verdict"], code) == ("not_proven", 1)
    assert min(shares) < 66.7  # 60 of 90 in the fresh mixture; one reading alone counts the rework


def test_worsted_yarn_counts_against_carded(check):
    claims, code = check(shipped("worsted-mix"), "cardato")
    assert (claims["cardato"]["verdict"], code) == ("not_met", 1)


def test_a_contractor_claims_the_processing_alone(check):
    claims, _ = check(shipped("contract-spinner"), "cardato")
    assert {claim["scope"] for claim in claims.values()} == {"processing"}


@pytest.mark.parametrize(
    "change", [{"valid_until": "2020-01-01", "date": "2019-03-01"}, {"lot": "L2"}, {"mass": "1 kg"}]
)
def test_papers_that_do_not_fit_prove_nothing(check, tmp_path, change):
    data = shipped("recycled-wool-70")
    data["product"]["batch"] = "1000 kg"
    data["traceability"] = {"method": "lots", "year": "2025", "document": "lot-register-2025.csv"}
    sound = with_documents(data, tmp_path, lot="L1", mass="900 kg", valid_until="2027-01-01")
    claims, code = check(sound)
    assert (claims["cardato-recycled"]["verdict"], code) == ("meets", 0), claims
    claims, code = check(
        with_documents(sound, tmp_path, **{"lot": "L1", "mass": "900 kg", **change})
    )
    assert (claims["cardato-recycled"]["verdict"], code) == ("not_proven", 1)


def test_a_document_that_changed_is_refused(command, tmp_path):
    data = with_documents(shipped("recycled-wool-70"), tmp_path)
    (tmp_path / "s.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    (tmp_path / "tc.pdf").write_bytes(b"another certificate")
    done = command("validate", "s.yaml", cwd=tmp_path)
    assert (done.returncode, "E603" in done.stderr) == (3, True), done.stderr


def test_no_kilogram_is_claimed_twice(command, tmp_path):
    """Two products of 700 kg each on one certificate of 1 000 kg."""
    data = shipped("recycled-wool-70")
    data["product"]["batch"] = "1000 kg"
    data = with_documents(data, tmp_path, lot="L1", mass="1000 kg")
    for name in ("a", "b"):
        text = yaml.safe_dump({**data, "id": name}, sort_keys=False)
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    assert command("claims", "balance", "a.yaml", cwd=tmp_path).returncode == 0
    done = command("claims", "balance", "a.yaml", "b.yaml", cwd=tmp_path)
    assert done.returncode == 1 and "more than documented: tc-1" in done.stdout


def test_a_year_that_names_a_file_elsewhere(command, tmp_path):
    (tmp_path / "s.yaml").write_text(yaml.safe_dump(shipped("recycled-wool-70")), "utf-8")
    stock = {"opening": "0 kg", "purchased": "1000 kg", "sold": "0 kg", "waste": "0 kg",
             "closing": "0 kg"}  # fmt: skip
    for name in ("../s.yaml", str(tmp_path / "s.yaml")):
        balance = {
            "schema": "lca-cardato/year/1", "year": "2025",
            "stock": {"recycled_post_consumer": stock},
            "products": [{"scenario": name, "mass": "100 kg"}],
        }  # fmt: skip
        (tmp_path / "y.yaml").write_text(yaml.safe_dump(balance), encoding="utf-8")
        done = command("claims", "year", "y.yaml", cwd=tmp_path)
        assert (done.returncode, "E214" in done.stderr) == (3, True), done.stderr


def test_credits_are_no_part_of_a_footprint(command, tmp_path):
    folder = tmp_path / "own"
    folder.mkdir()
    text = (ROOT / "inventories" / "water-waste" / "water.yaml").read_text("utf-8")
    assert "amount: 0.35" in text or "amount:" in text
    offset = {
        "name": {"en": "offset", "it": "compensazione"}, "kind": "unit_process",
        "product": {"name": "offset", "unit": "kg"}, "geography": "GLO", "year": 2025,
        "inventoried_for": ["climate_change"],
        "exchanges": [
            {"emission": "Carbon dioxide, fossil", "compartment": "air", "amount": "-1",
             "unit": "kg", "class": "assumed", "reason": "bought", "year": 2025, "geography": "GLO",
             "uncertainty": {"distribution": "uniform", "min": "-2", "max": "-0.5"}}
        ],
    }  # fmt: skip
    data = {"schema": "lca-cardato/inventory/1", "datasets": {"offset": offset}}
    (folder / "o.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    done = command("inventory", "check", "--inventories", folder)
    assert (done.returncode, "E314" in done.stderr) == (3, True), done.stderr


def test_every_shipped_flow_counts_or_has_its_reason(command):
    done = command("inventory", "check")
    assert done.returncode == 0
    assert "no indicator counts" not in done.stdout
    assert "books nothing for" not in done.stdout


def test_virgin_wool_below_a_quarter(check):
    """Regulation (EU) 1007/2011, article 8(2): at least 25 %, with one other fibre when carded."""
    data = scenario_dict()
    data["blend"] = [
        {"fibre": "wool", "share": "20 %", "origin": "virgin"},
        {"fibre": "polyamide", "share": "80 %", "origin": "virgin"},
    ]
    claims, _ = check(data)
    wool = next(claim for key, claim in claims.items() if "virgin-wool" in key)
    assert wool["verdict"] == "not_met"


def test_water_zero_and_water_missing(check):
    """What is not measured is not proven; a zero has to be measured too."""
    data = shipped("recycled-wool-70")
    missing = copy.deepcopy(data)
    for step in missing["route"].values():
        step.pop("water_in", None)
    claims, code = check(missing)
    assert (claims["cardato-recycled"]["verdict"], code) == ("not_proven", 1)
