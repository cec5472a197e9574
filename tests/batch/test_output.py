import zipfile
from dataclasses import replace

import numpy as np
import openpyxl
import pandas
import pyarrow.csv
import pyarrow.parquet
import pytest

from lca_cardato.batch import output
from lca_cardato.batch.frame import frame_of
from lca_cardato.batch.output import check_format, open_writer
from lca_cardato.batch.run import Chunks, run
from lca_cardato.batch.select import Goal, Selection
from lca_cardato.errors import DiskError, InputError
from lca_cardato.files.atomic import put_in_place

EVIL = ["=1+1", "+1", "-1", "'@SUM(A1)", "\t=1", 'ok, "quoted"', "http://x.example", "00123",
        "null", "nan", "N/A", "1e5", "TRUE", "_x0041_"]  # fmt: skip


def evil(evaluator, lang="en"):
    """Texts that a spreadsheet would take for something else, numbers, and rows without result."""
    data = {
        "base": "recycled-wool-70.yaml",
        "grid": {
            "product.name": EVIL,
            "route.carding.loss.value": ["5.123456789 %", "100 %"],
            "blend.0.price": ["4.1 EUR/kg"],
        },
    }
    return Chunks(evaluator(data), lang)


@pytest.fixture(scope="module")
def written(evaluator, tmp_path_factory):
    folder = tmp_path_factory.mktemp("out")
    found = evil(evaluator)
    for kind in ("parquet", "csv", "xlsx"):
        run(found, Selection(), folder / f"r.{kind}", "job", 1)
    return folder, run(found, Selection(), None, "job", 1).selected


def cells_of(path):
    sheet = openpyxl.load_workbook(path)["results"]
    rows = list(sheet.iter_rows())
    return [cell.value for cell in rows[0]], rows[1:]


def test_every_format_gives_the_table_back(written, evaluator):
    folder, _ = written
    found = run(evil(evaluator), Selection(), None, "job", 1)
    expected = frame_of(found)
    assert expected["product.name"].unique().tolist() == EVIL
    assert expected["problem"].isna().sum() == len(EVIL)
    for kind, exact in (("parquet", True), ("csv", True), ("xlsx", False)):  # a sheet has 16 digits
        stored = replace(found, selected=None, out=folder / f"r.{kind}")
        pandas.testing.assert_frame_equal(
            frame_of(stored), expected, check_exact=exact, rtol=0 if exact else 1e-15
        )


def test_no_text_is_a_formula(written):
    folder, _ = written
    heads, rows = cells_of(folder / "r.xlsx")
    names = {row[heads.index("product.name")].value for row in rows}
    assert {name.replace("_x005F_", "_") for name in names} == {*EVIL}
    assert {cell.data_type for row in rows for cell in row} <= {"n", "s"}
    assert all(cell.hyperlink is None for row in rows for cell in row)
    with zipfile.ZipFile(folder / "r.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert not any(line.startswith(("=", "+", "-", "@"))
                   for line in (folder / "r.csv").read_text(encoding="utf-8").replace('"', "").split(","))  # fmt: skip


def test_units_and_meanings_stand_in_the_file(written):
    folder, _ = written
    schema = pyarrow.parquet.read_schema(folder / "r.parquet")
    assert schema.field("climate_change").metadata[b"unit"] == b"kg CO2-eq"
    legend = openpyxl.load_workbook(folder / "r.xlsx")["columns"]
    listed = {row[1]: row[2:] for row in legend.iter_rows(values_only=True)}
    assert listed["climate_change"][0] == "kg CO2-eq"
    assert listed["cost"][0] == "EUR"
    assert len(listed) == len(schema.names) + 1


def test_an_italian_table_says_in_italian_why_and_comes_back(evaluator, tmp_path):
    found = evil(evaluator, "it")
    expected = frame_of(run(found, Selection(), None, "job", 1))
    told = set(expected["problem"].dropna())
    [text] = told
    assert text.startswith("E303 route.carding.loss: ") and "può perdere tutto" in text
    heads = [f"testata {place}" for place in range(len(found.table.columns))]
    for kind in ("parquet", "csv", "xlsx"):
        out = tmp_path / f"r.{kind}"
        stored = run(found, Selection(), out, "job", 1, heads=heads)
        pandas.testing.assert_frame_equal(frame_of(stored), expected, rtol=1e-15)
    assert pandas.read_csv(tmp_path / "r.csv").columns.tolist() == found.table.schema.names
    assert cells_of(tmp_path / "r.xlsx")[0] == heads
    first, *rows = openpyxl.load_workbook(tmp_path / "r.xlsx")["columns"].iter_rows(
        values_only=True
    )
    assert first == ("intestazione", "colonna", "unità", "genere", "significato")
    assert [row[:2] for row in rows] == [*zip(heads, found.table.schema.names)]
    assert not {row[4] for row in rows} & {column.meaning for column in found.table.columns}


@pytest.mark.parametrize("name", ["r.json", "r", "r.parquet.gz", "csv"])
def test_other_endings_are_refused(tmp_path, name):
    with pytest.raises(InputError) as error:
        check_format(tmp_path / name, 1)
    assert error.value.problems[0].code == "E324"


def test_a_sheet_holds_so_many_rows(tmp_path):
    assert check_format(tmp_path / "r.XLSX", 1_048_575) == ".xlsx"
    assert check_format(tmp_path / "r.csv", 10**9) == ".csv"
    with pytest.raises(InputError) as error:
        check_format(tmp_path / "r.xlsx", 1_048_576)
    assert error.value.problems[0].code == "E324"


def test_rows_that_do_not_fit_a_sheet_are_not_lost_silently(evaluator, tmp_path, monkeypatch):
    monkeypatch.setattr(output, "XLSX_ROWS", 8)
    with pytest.raises(InputError) as error:
        run(evil(evaluator), Selection(top=9, by=[Goal("row")]), tmp_path / "r.xlsx", "job", 1)
    assert error.value.problems[0].code == "E324"
    assert list(tmp_path.iterdir()) == []
    run(evil(evaluator), Selection(top=8, by=[Goal("row")]), tmp_path / "r.xlsx", "job", 1)
    assert len(cells_of(tmp_path / "r.xlsx")[1]) == 8


@pytest.mark.parametrize("kind", ["parquet", "csv", "xlsx"])
def test_a_file_appears_whole_or_not_at_all(evaluator, tmp_path, kind):
    found = evil(evaluator)
    with pytest.raises(DiskError) as error:
        run(found, Selection(), tmp_path / "none" / f"r.{kind}", "job", 1)
    assert error.value.problems[0].code == "E502"
    (tmp_path / f"d.{kind}").mkdir()
    with pytest.raises(DiskError) as error:
        run(found, Selection(), tmp_path / f"d.{kind}", "job", 1)
    assert error.value.problems[0].code == "E502"
    assert [path.name for path in tmp_path.iterdir()] == [f"d.{kind}"]


def test_put_in_place_needs_a_finished_file(tmp_path):
    with pytest.raises(DiskError, match="E502"):
        put_in_place(tmp_path / "a", tmp_path / "b")


@pytest.mark.parametrize("kind", [".parquet", ".csv", ".xlsx"])
def test_writers_take_batches_of_any_length(tmp_path, evaluator, kind):
    found = evil(evaluator)
    batch, _ = found(0, 16)
    path = tmp_path / f"r{kind}"
    writer = open_writer(path, kind, found.table.schema, found.table.columns)
    for start, count in ((0, 1), (1, 0), (1, 10), (11, 5)):
        writer.write(batch.slice(start, count))
    writer.close()
    if kind == ".parquet":
        rows = pyarrow.parquet.read_table(path).column("row").to_pylist()
    elif kind == ".csv":
        rows = pyarrow.csv.read_csv(path).column("row").to_pylist()
    else:
        rows = [row[0].value for row in cells_of(path)[1]]
    assert rows == list(range(16))
    assert np.isfinite(batch.column("climate_change").to_numpy()[::2]).all()
