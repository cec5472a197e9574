"""Signed runs: the right key and the right folder, and nothing else."""

import base64
import json
import shutil
import subprocess
import sys

import pytest
from audit.forging import edit, resign
from conftest import ROOT
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from lca_cardato.audit.run import run_files
from lca_cardato.files.atomic import write_folder

NAME = "recycled-wool-70"
PEM, OPEN = serialization.Encoding.PEM, serialization.NoEncryption()
PKCS8 = serialization.PrivateFormat.PKCS8
PUBLIC = serialization.PublicFormat.SubjectPublicKeyInfo


def pair(folder, name, private, cipher=OPEN):
    (folder / f"{name}.pem").write_bytes(private.private_bytes(PEM, PKCS8, cipher))
    (folder / f"{name}.pub").write_bytes(private.public_key().public_bytes(PEM, PUBLIC))


@pytest.fixture(scope="module")
def signed(assessed, tmp_path_factory, command):
    """A run, signed, with the keys of two auditors."""
    folder = tmp_path_factory.mktemp("signed")
    scenario = ROOT / "scenarios" / f"{NAME}.yaml"
    write_folder(folder / "run", run_files(assessed(NAME), scenario, "en"))
    pair(folder, "key", ed25519.Ed25519PrivateKey.generate())
    pair(folder, "other", ec.generate_private_key(ec.SECP256R1()))
    done = command("attest", folder / "run", "--key", folder / "key.pem")
    assert done.returncode == 0 and "files signed" in done.stdout, done.stderr
    return folder


@pytest.fixture
def place(signed, tmp_path):
    shutil.copytree(signed, tmp_path / "place")
    return tmp_path / "place"


def check(command, place, key="key.pub", *more):
    return command("verify", place / "run", "--key", place / key, *more)


def test_it_is_an_intoto_statement_over_every_file(place, command):
    envelope = json.loads((place / "run.dsse.json").read_text("utf-8"))
    assert envelope["payloadType"] == "application/vnd.in-toto+json"
    statement = json.loads(base64.b64decode(envelope["payload"]))
    assert statement["_type"] == "https://in-toto.io/Statement/v1"
    files = {
        p.relative_to(place / "run").as_posix() for p in (place / "run").rglob("*") if p.is_file()
    }
    assert {one["name"] for one in statement["subject"]} == files
    done = check(command, place)
    assert done.returncode == 0 and f"signed: {len(files)} files" in done.stdout


def test_openssl_finds_the_same(place):
    """The signature is Ed25519 over the pre-authentication encoding of DSSE, by another program."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl here")
    envelope = json.loads((place / "run.dsse.json").read_text("utf-8"))
    kind, payload = envelope["payloadType"].encode(), base64.b64decode(envelope["payload"])
    (place / "pae").write_bytes(b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload))
    (place / "sig").write_bytes(base64.b64decode(envelope["signatures"][0]["sig"]))
    words = [
        "pkeyutl",
        "-verify",
        "-pubin",
        "-inkey",
        "key.pub",
        "-rawin",
        "-in",
        "pae",
        "-sigfile",
        "sig",
    ]
    assert subprocess.run(["openssl", *words], cwd=place, capture_output=True).returncode == 0


def test_another_key_and_a_changed_envelope(place, command):
    assert "E612" in check(command, place, "other.pub").stderr
    path = place / "run.dsse.json"
    envelope = json.loads(path.read_text("utf-8"))
    envelope["payload"] = base64.b64encode(base64.b64decode(envelope["payload"]) + b" ").decode()
    path.write_text(json.dumps(envelope), "utf-8")
    done = check(command, place)
    assert done.returncode == 6 and "E612" in done.stderr


def test_a_run_that_was_changed_since(place, command):
    edit(place / "run", "result.json", lambda d: d["warnings"].clear())
    resign(place / "run")
    done = check(command, place)
    assert (
        done.returncode == 6
        and "E613" in done.stderr
        and "changed after it was signed" in done.stderr
    )


def test_the_envelope_of_another_run(place, command, assessed):
    scenario = ROOT / "scenarios" / "virgin-wool.yaml"
    write_folder(place / "wool", run_files(assessed("virgin-wool"), scenario, "en"))
    done = command(
        "verify", place / "wool", "--key", place / "key.pub", "--envelope", place / "run.dsse.json"
    )
    assert done.returncode == 6 and "E613" in done.stderr and "is for the run" in done.stderr


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"payload": "x", "payloadType": 3, "signatures": [1]}',
                                  '{"payload": "e30=", "payloadType": "a", "signatures": []}'])  # fmt: skip
def test_what_is_no_envelope(place, command, text):
    (place / "run.dsse.json").write_text(text, "utf-8")
    done = check(command, place)
    assert done.returncode == 6 and ("E611" in done.stderr or "E612" in done.stderr)


def test_no_envelope_and_wrong_keys(place, command):
    (place / "junk.pem").write_text("-----BEGIN NONSENSE-----", "utf-8")
    pair(place, "shut", ed25519.Ed25519PrivateKey.generate(),
         serialization.BestAvailableEncryption(b"secret"))  # fmt: skip
    for key in ("junk.pem", "key.pub", "shut.pem"):
        done = command("attest", place / "run", "--key", place / key, "--out", place / "x.json")
        assert done.returncode == 3 and "E610" in done.stderr and "PEM" in done.stderr
        assert not (place / "x.json").exists()
    for key in ("junk.pem", "key.pem"):
        done = check(command, place, key)
        assert done.returncode == 3 and "E610" in done.stderr
    (place / "run.dsse.json").unlink()
    done = check(command, place)
    assert done.returncode == 5 and "--envelope" in done.stderr


def test_what_was_changed_is_not_signed(place, command):
    edit(place / "run", "result.json", lambda d: d["indicators"]["energy"].update(value=1.0))
    done = command("attest", place / "run", "--key", place / "key.pem", "--force")
    assert done.returncode == 6 and "E606" in done.stderr


def test_nothing_is_overwritten(place, command):
    done = command("attest", place / "run", "--key", place / "key.pem")
    assert done.returncode == 5 and "E503" in done.stderr
    inside = place / "run" / "x.json"
    done = command("attest", place / "run", "--key", place / "key.pem", "--out", inside)
    assert done.returncode == 5 and "E504" in done.stderr


def test_without_the_extra(place, command, monkeypatch):
    monkeypatch.setitem(sys.modules, "securesystemslib", None)
    done = command("attest", place / "run", "--key", place / "key.pem", "--force")
    assert done.returncode == 2 and "lca-cardato[sign]" in done.stderr
