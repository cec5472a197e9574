"""What is kept of the shipped inventory files stands for them exactly, or not at all."""

from __future__ import annotations

import shutil

import pytest

from lca_cardato.errors import InputError
from lca_cardato.inventory import kept, load
from lca_cardato.inventory.load import inventory_root, load_inventory
from lca_cardato.inventory.records import SECTIONS


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A data directory of its own, and nothing in memory."""
    monkeypatch.setenv("LCA_CARDATO_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(load, "_loaded", {})
    return tmp_path


@pytest.fixture
def parsed(monkeypatch):
    """Files that were parsed as YAML."""
    names = []
    real = load.read_document
    monkeypatch.setattr(load, "read_document", lambda path: names.append(path.name) or real(path))
    return names


def again(extra=None):
    """Load as a new process does."""
    load._loaded.clear()
    return load_inventory(extra=extra)


def test_the_same_records_and_places_without_parsing(place, parsed):
    before = load_inventory()
    assert parsed
    parsed.clear()
    kept.keep(before)
    after = again()
    assert parsed == []
    for section in SECTIONS:
        assert getattr(after, section) == getattr(before, section), section
    assert (after.where, after.layer_of) == (before.where, before.layer_of)
    assert (after.digest, after.files) == (before.digest, before.files)
    assert after.step_order == before.step_order


def test_a_changed_file_is_parsed(place, parsed):
    root = place / "inventories"
    shutil.copytree(inventory_root(), root)
    kept.keep(load_inventory(root))
    file = root / "reference" / "parameters.yaml"
    file.write_bytes(file.read_bytes() + b"\n")
    parsed.clear()
    load._loaded.clear()
    assert load_inventory(root).digest != load_inventory().digest
    assert "parameters.yaml" in parsed


@pytest.mark.parametrize("harm", ["cut", "changed", "gone", "other"])
def test_a_damaged_one_is_as_if_it_were_not_there(place, parsed, harm):
    before = load_inventory()
    kept.keep(before)
    (file,) = (place / "data").glob("read-*.json")
    whole = file.read_bytes()
    if harm == "cut":
        file.write_bytes(whole[: len(whole) // 2])
    elif harm == "changed":
        file.write_bytes(whole.replace(b'"amount":"1"', b'"amount":"2"', 1))
    elif harm == "other":
        file.write_bytes(b"[]\n[]")
    else:
        file.unlink()
    parsed.clear()
    after = again()
    assert parsed
    assert after.datasets == before.datasets


def test_problems_of_an_own_folder_have_the_same_words_and_places(place):
    own = place / "own"
    own.mkdir()
    text = (inventory_root() / "reference" / "systems.yaml").read_text(encoding="utf-8")
    (own / "mine.yaml").write_text(text.replace("carding", "cardign"), encoding="utf-8")
    with pytest.raises(InputError) as first:
        again(own)
    kept.keep(load_inventory())
    with pytest.raises(InputError) as second:
        again(own)
    assert [str(p) for p in second.value.problems] == [str(p) for p in first.value.problems]


def test_no_room_is_no_problem(place, monkeypatch):
    inventory = load_inventory()
    monkeypatch.setenv("LCA_CARDATO_HOME", str(place / "file" / "below"))
    (place / "file").write_text("a file where a folder should be", encoding="utf-8")
    kept.keep(inventory)
    assert again().digest == inventory.digest


def test_afresh_parses_whatever_is_kept(place, parsed):
    kept.keep(load_inventory())
    parsed.clear()
    load_inventory(afresh=True)
    assert parsed
