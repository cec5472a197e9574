"""A file is what stands in it; its ending is only told."""

import gzip
import sqlite3

import pytest
from foreign_files import ABOUT, CARBON, MADE, archive, workbook

from lca_cardato.errors import CardatoError
from lca_cardato.exchange.formats import read_foreign


@pytest.mark.parametrize("name", ["a.xlsx", "a.zip", "a.csv", "a"])
def test_a_workbook_of_any_name(name, tmp_path):
    workbook(tmp_path / "made.xlsx", [*MADE, CARBON], ABOUT)
    (tmp_path / "made.xlsx").rename(tmp_path / name)
    read = read_foreign(tmp_path / name)
    assert read.format == "Brightway workbook"
    assert any("ends in" in told for told in read.told) == (name != "a.xlsx")


def made(path, kind):
    if kind == "sqlite":
        with sqlite3.connect(path) as base:
            base.execute("create table t (a)")
    elif kind == "gzip":
        path.write_bytes(gzip.compress(b"x"))
    elif kind == "xml":
        path.write_text("<?xml version='1.0'?><kml xmlns='x'/>", encoding="utf-8")
    elif kind == "json":
        path.write_text('{"@type": "Process"}', encoding="utf-8")
    elif kind == "method":
        space = "http://lca.jrc.it/ILCD/LCIAMethod"
        path.write_text(f"<LCIAMethodDataSet xmlns='{space}'/>", encoding="utf-8")
    else:
        path.write_bytes({"xls": b"\xd0\xcf\x11\xe0", "pdf": b"%PDF-1.7", "text": b"a;b\n1;2\n",
                          "empty": b""}[kind])  # fmt: skip
    return path


@pytest.mark.parametrize(
    ("kind", "word"),
    [("sqlite", "SQLite"), ("gzip", "gzip"), ("xml", "kml"), ("json", "JSON-LD"), ("method", "LCIAMethodDataSet"),
     ("xls", ".xls"), ("pdf", "PDF"), ("text", "not read"), ("empty", "not read")],
)  # fmt: skip
def test_another_file_is_told_what_it_is(kind, word, tmp_path):
    with pytest.raises(CardatoError) as caught:
        read_foreign(made(tmp_path / "a.csv", kind))
    [problem] = caught.value.problems
    assert (problem.code, word in problem.message, ".spold" in problem.suggestion) == (
        "E324", True, True)  # fmt: skip


def test_an_archive_of_something_else(tmp_path):
    with pytest.raises(CardatoError) as caught:
        read_foreign(archive(tmp_path / "a.zip", {"inner.xlsx": b"x", "read.me": b"y"}))
    [problem] = caught.value.problems
    assert (problem.code, problem.value) == ("E322", "inner.xlsx")
