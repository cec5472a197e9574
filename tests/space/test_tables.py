import csv
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lca_cardato.errors import DiskError, InputError
from lca_cardato.files import workbook as workbooks
from lca_cardato.space.models import TableFile
from lca_cardato.space.tables import read_table

HEADS = ["product.count", "blend.0.share"]


def read(folder, content, **how):
    (folder / "t.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    return from_file(folder, "t.csv", **how)


def from_file(folder, name, **how):
    heads, rows, _, data = read_table(folder, TableFile(file=name, **how), "space.yaml")
    assert data == (folder / name).read_bytes()
    return heads, rows


def code_of(folder, content, **how):
    with pytest.raises(InputError) as error:
        read(folder, content, **how)
    return error.value.problems[0].code


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_separators_ends_and_marks(tmp_path, mark, separator, end):
    lines = [HEADS, ["Nm 8", "5 %"], ["", ""], ["", "6 %"], ["Nm 9"]]
    content = mark + end.join(separator.join(line) for line in lines) + end
    names = {",": None, ";": "semicolon", "\t": "tab"}
    if separator != ",":
        assert code_of(tmp_path, content) == "E208"
    heads, rows = read(tmp_path, content, separator=names[separator])
    assert heads == HEADS
    assert rows == [["Nm 8", "5 %"], [None, "6 %"], ["Nm 9", None]]


CELL = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=12)


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=5))
def test_texts_come_as_they_stand(tmp_path_factory, rows):
    stream = io.StringIO()
    csv.writer(stream).writerows([HEADS, *rows])
    _, found = read(tmp_path_factory.mktemp("t"), stream.getvalue())
    assert found == [list(row) for row in rows]


def test_formula_like_texts_stay_text(tmp_path):
    _, rows = read(tmp_path, 'note\n"=HYPERLINK(""http://x"")"\n@SUM(1)\n+1\n-1\n')
    assert rows == [['=HYPERLINK("http://x")'], ["@SUM(1)"], ["+1"], ["-1"]]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "E321"),
        ("a,b\n", "E321"),
        ("a,b\n,\n", "E321"),
        ("\n5\n", "E209"),
        ("a,a\n1,2\n", "E209"),
        ("a,,b\n1,2,3\n", "E209"),
        ("a,b\n1,2,3\n", "E209"),
        ("a;b\n1;2;3\n", "E208"),
        ("a\n" + "x" * 10_001 + "\n", "E210"),
        ("a\n" + "x" * 200_000 + "\n", "E210"),
        ("a\n" * 200_002, "E210"),
        (",".join(map(str, range(201))) + "\n1\n", "E210"),
        ('a,b\n"1,2\n', "E322"),
        (b"a\n\xff\xfe\n", "E207"),
    ],
)
def test_wrong_tables(tmp_path, content, code):
    assert code_of(tmp_path, content) == code


def test_every_bad_row_is_told(tmp_path):
    with pytest.raises(InputError) as error:
        read(tmp_path, "a,a\n1,2\n1,2,3\n1,2\n4,5,6,7\n")
    assert [(p.code, p.line) for p in error.value.problems] == [
        ("E209", 1), ("E209", 3), ("E209", 5),
    ]  # fmt: skip


def test_numbers_with_a_decimal_comma_are_read_where_that_is_declared(tmp_path):
    content = "a;b\n0,45 kWh/kg;1.234,5 kg\nNm 2/28,5;-0,1\n1.234;text 1,5\n"
    _, rows = read(tmp_path, content, separator="semicolon", decimal="comma")
    assert rows == [["0.45 kWh/kg", "1234.5 kg"], ["Nm 2/28.5", "-0.1"], ["1234", "text 1,5"]]
    _, rows = read(tmp_path, content, separator="semicolon")
    assert rows[0] == ["0,45 kWh/kg", "1.234,5 kg"]


@pytest.mark.parametrize("cell", ["1.5 kg", "1,234,5", "12.34,5", "1,5.6", "Nm 1.5"])
def test_other_numbers_are_refused_there(tmp_path, cell):
    content = f"a;b\n{cell};x\n"
    assert code_of(tmp_path, content, separator="semicolon", decimal="comma") == "E101"


def test_empty_columns_at_the_end_do_not_matter(tmp_path):
    assert read(tmp_path, "a,b,,\n1,2,,\n") == (["a", "b"], [["1", "2"]])


@pytest.mark.parametrize("name", ["../t.csv", "/etc/passwd", "a/../../t.csv", "x\0.csv"])
def test_a_table_lies_inside(tmp_path, name):
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "t.csv").write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        from_file(inner, name)
    assert error.value.problems[0].code == "E214"


def test_a_link_out_of_the_folder_is_refused(tmp_path):
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "t.csv").write_text("a\n1\n", encoding="utf-8")
    (inner / "l.csv").symlink_to(tmp_path / "t.csv")
    with pytest.raises(InputError, match="E214"):
        from_file(inner, "l.csv")


def test_missing_file(tmp_path):
    with pytest.raises(DiskError, match="E501"):
        from_file(tmp_path, "none.csv")
    (tmp_path / "d.xlsx").mkdir()
    with pytest.raises(DiskError, match="E501"):
        from_file(tmp_path, "d.xlsx")


def workbook(path, rows, title="one"):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    book.create_sheet("two").append(["product.count"])
    book["two"].append(["Nm 9"])
    book.save(path)


def test_workbook(tmp_path):
    rows = [["electricity.year", "blend.0.share", None], [2023, 0.65], [None, None], [None, "5 %"]]
    workbook(tmp_path / "t.xlsx", rows)
    heads, found = from_file(tmp_path, "t.xlsx")
    assert heads == ["electricity.year", "blend.0.share"]
    assert found == [["2023", "0.65"], [None, "5 %"]]
    assert from_file(tmp_path, "t.xlsx", sheet="two") == (["product.count"], [["Nm 9"]])
    with pytest.raises(InputError) as error:
        from_file(tmp_path, "t.xlsx", sheet="three")
    assert "one, two" in error.value.problems[0].suggestion


def test_damaged_workbooks(tmp_path):
    import zipfile

    (tmp_path / "no.xlsx").write_bytes(b"nothing like it")
    workbook(tmp_path / "t.xlsx", [["a"], ["1"]])
    with zipfile.ZipFile(tmp_path / "t.xlsx") as good:
        for damaged in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"):
            name = damaged.replace("/", "-") + ".xlsx"
            with zipfile.ZipFile(tmp_path / name, "w") as bad:
                for item in good.namelist():
                    content = good.read(item)
                    bad.writestr(item, content[: len(content) // 2] if item == damaged else content)
    whole = bytearray((tmp_path / "t.xlsx").read_bytes())
    at = good.getinfo("xl/worksheets/sheet1.xml").header_offset + 70
    whole[at : at + 30] = bytes(30)
    (tmp_path / "flipped.xlsx").write_bytes(bytes(whole))
    files = sorted(path.name for path in tmp_path.glob("*.xlsx") if path.name != "t.xlsx")
    assert len(files) == 5
    for name in files:
        with pytest.raises(InputError) as error:
            from_file(tmp_path, name)
        assert error.value.problems[0].code == "E322", name


def zipped(path, parts):
    import zipfile

    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def parts_of(path):
    import zipfile

    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def refused(folder, name):
    with pytest.raises(InputError) as error:
        from_file(folder, name)
    return error.value.problems[0].code


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    workbook(tmp_path / "t.xlsx", [["a"], ["1"]])
    parts = parts_of(tmp_path / "t.xlsx")
    zipped(tmp_path / "bomb.xlsx", {**parts, "xl/media/x.bin": bytes(200_000_000)})
    zipped(tmp_path / "ratio.xlsx", {**parts, "xl/worksheets/sheet3.xml": bytes(5_000_000)})
    zipped(tmp_path / "many.xlsx", {**parts, **{f"x{n}": b"" for n in range(2_001)}})

    def never(*_, **__):
        raise AssertionError("was unpacked")

    monkeypatch.setattr(workbooks, "_check_part", never)
    for name in ("bomb.xlsx", "ratio.xlsx", "many.xlsx"):
        assert refused(tmp_path, name) == "E211", name


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/vbaProject.bin", b"x"),
        ("xl/macrosheets/sheet1.xml", b"<a/>"),
        ("xl/externalLinks/externalLink1.xml", b"<a/>"),
        ("xl/connections.xml", b"<a/>"),
        ("xl/worksheets/sheet9.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'),
        ("xl/x.xml", '<?xml version="1.0"?><!doctype a><a/>'.encode("utf-16")),
    ],
)
def test_a_workbook_that_does_more_than_hold_values_is_refused(tmp_path, part, content):
    workbook(tmp_path / "t.xlsx", [["a"], ["1"]])
    zipped(tmp_path / "bad.xlsx", {**parts_of(tmp_path / "t.xlsx"), part: content})
    assert refused(tmp_path, "bad.xlsx") == "E212"


def test_too_many_columns_of_a_workbook(tmp_path):
    workbook(tmp_path / "t.xlsx", [[str(n) for n in range(201)], ["1"]])
    assert refused(tmp_path, "t.xlsx") == "E210"


def test_a_formula_without_a_value_is_refused():
    """openpyxl writes formulas without values: such a cell is no empty cell."""
    import io

    from openpyxl import Workbook

    from lca_cardato.files.workbook import read_workbook

    book = Workbook()
    book.active.append(["a", "b", None])
    book.active.append([1, "=A2*2", None])
    buffer = io.BytesIO()
    book.save(buffer)
    with pytest.raises(InputError, match="E322") as caught:
        read_workbook(buffer.getvalue(), None, "t.xlsx", 10, 10)
    assert caught.value.problems[0].key == "B2"
