"""Statements in the forms of others: in-toto and RO-Crate."""

import json

import pytest
from conftest import ROOT

from lca_cardato.audit.run import run_files
from lca_cardato.files.atomic import sha256

NAME = "contract-spinner"


@pytest.fixture(scope="module")
def files(assessed):
    return run_files(assessed(NAME), ROOT / "scenarios" / f"{NAME}.yaml", "en")


def test_the_statement_names_every_output_by_digest(files):
    statement = json.loads(files["attestation.json"])
    assert statement["_type"] == "https://in-toto.io/Statement/v1"
    for subject in statement["subject"]:
        assert subject["digest"]["sha256"] == sha256(files[subject["name"]])
    build = statement["predicate"]["buildDefinition"]
    assert set(build) >= {"buildType", "externalParameters", "resolvedDependencies"}
    behind = build["resolvedDependencies"]
    assert {d["name"] for d in behind if "name" in d} == {
        name for name in files if name.startswith("inputs/")
    }
    assert any(d.get("uri", "").startswith("pkg:pypi/numpy@") for d in behind)


def test_the_crate_describes_every_file_once(files):
    graph = json.loads(files["ro-crate-metadata.json"])["@graph"]
    ids = [entity["@id"] for entity in graph]
    assert len(ids) == len(set(ids))
    entities = {entity["@id"]: entity for entity in graph}
    parts = {part["@id"] for part in entities["./"]["hasPart"]}
    assert parts == set(files) - {"SHA256SUMS", "ro-crate-metadata.json"}
    for part in parts:
        assert entities[part]["contentSize"] == str(len(files[part]))
    action = entities["#run"]
    assert action["@type"] == "CreateAction" and action["instrument"]["@id"] == "#tool"
    for name in [*action["object"], *action["result"]]:
        assert name["@id"] in entities


def test_nothing_is_called_certified_or_neutral(files):
    shown = json.loads(files["shown.json"])
    del shown["sources"]  # titles of others
    own = [data for name, data in files.items() if not name.startswith("inputs/")]
    own.remove(files["shown.json"])
    own.append(json.dumps(shown).encode())
    text = b" ".join(own).lower()
    for word in (b"carbon neutral", b"co2 neutral", b"is certified", b"offset"):
        assert word not in text
