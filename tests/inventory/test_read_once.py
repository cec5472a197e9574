"""Inventories are read once by a process, and anew where a file has changed."""

import os
import shutil

import pytest

from lca_cardato.errors import InputError
from lca_cardato.inventory import load
from lca_cardato.inventory.load import inventory_root, load_inventory

OWN = """schema: lca-cardato/inventory/1
title: of our own
municipalities: {Ours: {province: PO, region: Toscana, district: "yes"}}
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A copy of the shipped files, and what was loaded forgotten."""
    monkeypatch.setattr(load, "_loaded", {})
    return shutil.copytree(inventory_root(), tmp_path / "inventories")


def first_file(folder):
    return load.inventory_files(folder)[0]


def test_the_same_files_are_read_once(folder):
    one = load_inventory(folder)
    assert load_inventory(folder) is one
    assert load_inventory(str(folder)) is one
    for path in load.inventory_files(folder):
        os.utime(path, (0, 0))  # the time does not count
    assert load_inventory(folder) is one


def test_a_changed_file_is_read_anew_whatever_its_time_and_size(folder):
    one, path = load_inventory(folder), folder / "reference" / "places.yaml"
    before, data = path.stat(), path.read_bytes()
    path.write_bytes(
        data.replace(
            b"Prato: {province: PO, region: Toscana", b"Prato: {province: PO, region: Toscanx"
        )
    )
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert load_inventory(folder).municipalities["Prato"].region == "Toscanx"
    path.write_bytes(data)
    assert load_inventory(folder) is one


def test_a_file_more_or_less_is_seen(folder):
    one = load_inventory(folder)
    (folder / "zz.yaml").write_text(OWN, encoding="utf-8")
    assert "Ours" in load_inventory(folder).municipalities
    (folder / "zz.yaml").unlink()
    assert load_inventory(folder) is one
    assert "Ours" not in one.municipalities


def test_a_folder_of_ones_own_is_another_inventory(folder, tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    (own / "a.yaml").write_text(OWN, encoding="utf-8")
    plain, both = load_inventory(folder), load_inventory(folder, own)
    assert ("municipalities", "Ours") in both.added and not plain.added
    assert load_inventory(folder, own) is both and load_inventory(folder) is plain
    assert load_inventory(folder, background=own) is not both


def test_a_broken_file_is_told_every_time(folder):
    first_file(folder).write_bytes(b"\xff\xfe")
    for _ in range(2):
        with pytest.raises(InputError) as caught:
            load_inventory(folder)
        assert caught.value.problems[0].code == "E207"
    assert not load._loaded


def test_not_all_that_was_ever_read_is_kept(folder):
    for number in range(load.KEPT + 2):
        (folder / "zz.yaml").write_text(OWN + f"# {number}\n", encoding="utf-8")
        load_inventory(folder)
    assert len(load._loaded) <= load.KEPT
