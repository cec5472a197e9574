"""Where the page is written: never half, never over what is not an earlier page of this program."""

import hashlib
import os
import zipfile

import pytest

from lca_cardato.errors import DiskError
from lca_cardato.web.write import check_out, with_sums, write_page, zip_of

OLD = with_sums({"index.html": b"old", "data/program.js": b"1", "gone.js": b"2"})
NEW = with_sums({"index.html": b"new", "data/program.js": b"3", "static/a.css": b"4"})


def held(folder):
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def refused(out, force=False):
    with pytest.raises(DiskError) as told:
        check_out(out, force)
    [problem] = told.value.problems
    return problem


def test_the_sums_are_those_of_the_files():
    lines = dict(line.split("  ")[::-1] for line in OLD["SHA256SUMS"].decode().splitlines())
    assert lines == {
        name: hashlib.sha256(data).hexdigest() for name, data in OLD.items() if name != "SHA256SUMS"
    }


def test_a_page_is_replaced_only_when_asked_for(tmp_path):
    out = tmp_path / "page"
    assert write_page(out, OLD) == out / "index.html" and held(out) == OLD
    assert refused(out).code == "E503"
    write_page(out, NEW, force=True)
    assert held(out) == NEW and [p.name for p in tmp_path.iterdir()] == ["page"]


def test_what_others_put_into_the_folder_is_never_deleted(tmp_path):
    out = tmp_path / "page"
    write_page(out, OLD)
    (out / ".DS_Store").write_bytes(b"")
    check_out(out, True)
    (out / "runs").mkdir()
    assert refused(out, True).value == "runs"
    (out / "runs" / "run.zip").write_bytes(b"a run")
    problem = refused(out, True)
    assert problem.code == "E503" and "runs/run.zip" in problem.value
    other = tmp_path / "documents"
    other.mkdir()
    (other / "letter.txt").write_bytes(b"")
    assert refused(other, True).code == "E503" and held(other) == {"letter.txt": b""}


def test_a_folder_that_can_not_be_replaced_stays_as_it_was(tmp_path, monkeypatch):
    out = tmp_path / "page"
    write_page(out, OLD)
    rename, calls = type(out).rename, []

    def fails(self, target):
        calls.append(self.name)
        if calls[-1] != "page" and target == out and len(calls) == 3:
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(type(out), "rename", fails)
    with pytest.raises(DiskError, match="E502"):
        write_page(out, NEW, force=True)
    assert len(calls) == 4 and held(out) == OLD and [p.name for p in tmp_path.iterdir()] == ["page"]


def test_places_that_take_no_page_are_told_before_it_is_made(tmp_path, command):
    (tmp_path / "file").write_bytes(b"kept")
    (tmp_path / "odd.zip").mkdir()
    (tmp_path / "there.zip").write_bytes(b"kept")
    (tmp_path / "there.html").write_bytes(b"kept")
    cases = {
        "file": "E503", "file/inner/page": "E502", "odd.zip": "E503", "there.zip": "E503", "there.html": "E503",
    }  # fmt: skip
    for name, code in cases.items():
        done = command("web", "--out", tmp_path / name)
        assert done.returncode == 5 and code in done.stderr + done.stdout, name
    assert (
        refused(tmp_path / "odd.zip", True).code == refused(tmp_path / "file", True).code == "E503"
    )
    assert (tmp_path / "file").read_bytes() == (tmp_path / "there.zip").read_bytes() == b"kept"


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere"
)
def test_a_folder_that_may_not_be_written_to_is_told_before(tmp_path):
    (tmp_path / "closed").mkdir(mode=0o500)
    assert refused(tmp_path / "closed" / "page").code == "E502"


def test_a_zip_is_the_same_whatever_order_or_clock(tmp_path):
    packed = zip_of(NEW, "page")
    assert packed == zip_of(dict(reversed(NEW.items())), "page")
    out = write_page(tmp_path / "page.zip", NEW)
    assert out.read_bytes() == packed
    with zipfile.ZipFile(out) as archive:
        assert {n.removeprefix("page/"): archive.read(n) for n in archive.namelist()} == NEW
    write_page(out, OLD, force=True)
    assert out.read_bytes() == zip_of(OLD, "page")
