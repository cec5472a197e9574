"""Documents of a scenario: found, digested, and never outside its folder."""

import hashlib
import os

import pytest
from conftest import ROOT

from lca_cardato.errors import InputError
from lca_cardato.scenario.load import load_scenario

SCENARIO = (ROOT / "scenarios" / "cashmere-blend.yaml").read_text(encoding="utf-8")


def write(tmp_path, **document):
    fields = "".join(f'    {key}: "{value}"\n' for key, value in document.items())
    path = tmp_path / "scenario.yaml"
    path.write_text(
        f"{SCENARIO}\ndocuments:\n  tc-1:\n    kind: transaction_certificate\n{fields}",
        encoding="utf-8",
    )
    return path


def codes(path):
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    return [problem.code for problem in caught.value.problems]


def test_a_file_is_found_and_digested(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "tc.pdf").write_bytes(b"certificate")
    digest = hashlib.sha256(b"certificate").hexdigest()
    loaded = load_scenario(write(tmp_path, file="docs/tc.pdf", sha256=digest, mass="1200 kg"))
    assert loaded.files["tc-1"].sha256 == digest


def test_another_content_is_told(tmp_path):
    (tmp_path / "tc.pdf").write_bytes(b"another")
    assert codes(write(tmp_path, file="tc.pdf", sha256=hashlib.sha256(b"other").hexdigest())) == [
        "E603"
    ]


def test_a_missing_file_is_told(tmp_path):
    assert codes(write(tmp_path, file="tc.pdf")) == ["E220"]


@pytest.mark.parametrize("name", ["../tc.pdf", "/etc/hostname", "docs/../../tc.pdf"])
def test_no_path_leads_out_of_the_folder(tmp_path, name):
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "tc.pdf").write_bytes(b"x")
    assert codes(write(inner, file=name)) == ["E214"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_no_link_leads_out_of_the_folder(tmp_path):
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "secret.pdf").write_bytes(b"x")
    (inner / "tc.pdf").symlink_to(tmp_path / "secret.pdf")
    assert codes(write(inner, file="tc.pdf")) == ["E214"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"date": "1/3/2025"}, "E104"),
        ({"date": "2025-03-01", "valid_until": "2024-03-01"}, "E305"),
        ({"mass": "0 kg"}, "E103"),
        ({"mass": "12 m"}, "E106"),
    ],
)
def test_wrong_fields_are_told(tmp_path, fields, code):
    assert codes(write(tmp_path, **fields)) == [code]


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"sha256": "0" * 64}, "E223"),
        ({"sha256": hashlib.sha256().hexdigest()}, "E226"),
        ({"sha256": "abc"}, "E219"),
        ({"file": "scenario.yaml"}, "E220"),
    ],
)
def test_a_digest_of_nothing_or_the_scenario_is_no_document(tmp_path, told, code):
    assert codes(write(tmp_path, **told)) == [code]
