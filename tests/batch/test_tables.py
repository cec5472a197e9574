import csv
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lca_cardato.batch.tables import read_table
from lca_cardato.errors import DiskError, InputError

HEADS = ["product.count", "blend.0.share"]


def read(folder, content, name="t.csv", sheet=None):
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_table(folder, name, sheet, "space.yaml")


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_separators_ends_and_marks(tmp_path, mark, separator, end):
    lines = [HEADS, ["Nm 8", "5 %"], ["", ""], ["", "6 %"], ["Nm 9"]]
    content = mark + end.join(separator.join(line) for line in lines) + end
    heads, rows = read(tmp_path, content)
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
        ("\n5\n", "E322"),
        ("a,a\n1,2\n", "E201"),
        ("a,,b\n1,2,3\n", "E201"),
        ("a;b\n1;2;3\n", "E322"),
        ('a,b\n"1,2\n', "E322"),
        (b"a\n\xff\xfe\n", "E207"),
    ],
)
def test_wrong_tables(tmp_path, content, code):
    with pytest.raises(InputError) as error:
        read(tmp_path, content)
    assert error.value.problems[0].code == code


def test_empty_columns_at_the_end_do_not_matter(tmp_path):
    assert read(tmp_path, "a,b,,\n1,2,,\n") == (["a", "b"], [["1", "2"]])


@pytest.mark.parametrize("name", ["../t.csv", "/etc/passwd", "a/../../t.csv", "x\0.csv"])
def test_a_table_lies_inside(tmp_path, name):
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "t.csv").write_text("a\n1\n")
    with pytest.raises(InputError) as error:
        read_table(inner, name, None, "space.yaml")
    assert error.value.problems[0].code == "E214"


def test_a_link_out_of_the_folder_is_refused(tmp_path):
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "t.csv").write_text("a\n1\n")
    (inner / "l.csv").symlink_to(tmp_path / "t.csv")
    with pytest.raises(InputError, match="E214"):
        read_table(inner, "l.csv", None, "space.yaml")


def test_missing_file(tmp_path):
    with pytest.raises(DiskError, match="E501"):
        read_table(tmp_path, "none.csv", None, "space.yaml")
    (tmp_path / "d.xlsx").mkdir()
    with pytest.raises(DiskError, match="E501"):
        read_table(tmp_path, "d.xlsx", None, "space.yaml")


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
    heads, found = read_table(tmp_path, "t.xlsx", None, "")
    assert heads == ["electricity.year", "blend.0.share"]
    assert found == [["2023", "0.65"], [None, "5 %"]]
    assert read_table(tmp_path, "t.xlsx", "two", "") == (["product.count"], [["Nm 9"]])
    with pytest.raises(InputError) as error:
        read_table(tmp_path, "t.xlsx", "three", "")
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
            read_table(tmp_path, name, None, "")
        assert error.value.problems[0].code == "E322", name
