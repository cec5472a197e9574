"""A table as the office of a mill keeps it: heads of people, percent cells, counts without Nm."""

import shutil
import zipfile

import openpyxl
import pytest
import xlsxwriter
from conftest import ROOT

from lca_cardato.errors import InputError
from lca_cardato.files.sheets import Cell
from lca_cardato.space.from_table import table_space
from lca_cardato.space.grouped import rows_text
from lca_cardato.space.load import load_space
from lca_cardato.space.office import Column, cell_text
from lca_cardato.text.number import QuantityError

HEADS = ["Articolo", "Titolo Nm", "Lana riciclata", "Poliammide", "% viscosa",
         "Energia carda (kWh/kg)", "Prezzo lana €/kg", "Lotto lana"]  # fmt: skip
ROWS = [
    ["00123", 8, 0.7, 0.25, 5, 0.42, "3,10", "0117"],
    ["null", 12, 0.65, 0.3, 5, "0,45", 3.2, None],
    [None, None, None, None, None, None, None, None],
    ["=A-3", 10, 0.6, 0.3, 5, 0.4, 3, "L-3"],
    ["A-4", 8.5, 0.1 + 0.6, 0.25, 5, 0.5, 3, "L-4"],
    ["A-5", 8, 0.7, 0.2, 5, 0.5, 3, "L-5"],
]
PATHS = ["product.count", "blend.wool.share", "blend.polyamide.share", "blend.viscose.share",
         "route.carding.electricity", "blend.wool.price", "blend.wool.lot"]  # fmt: skip
TYPED = [
    ["Nm 8", "70 %", "25 %", "5 %", "0.42 kWh/kg", "3.10 EUR/kg", "0117"],
    ["Nm 12", "65 %", "30 %", "5 %", "0.45 kWh/kg", "3.2 EUR/kg", ""],
    ["Nm 10", "60 %", "30 %", "5 %", "0.4 kWh/kg", "3 EUR/kg", "L-3"],
    ["Nm 8.5", "70 %", "25 %", "5 %", "0.5 kWh/kg", "3 EUR/kg", "L-4"],
    ["Nm 8", "70 %", "20 %", "5 %", "0.5 kWh/kg", "3 EUR/kg", "L-5"],
]
"""The same rows as a table of paths has them."""


def office(path, heads=HEADS, rows=ROWS):
    """Write the workbook: a title above the head, an empty row between, a chart beside."""
    book = xlsxwriter.Workbook(str(path))
    sheet, percent = book.add_worksheet("Articoli"), book.add_format({"num_format": "0%"})
    sheet.write(0, 0, "Articoli della stagione")
    sheet.write_row(2, 0, heads)
    for number, row in enumerate(rows, start=3):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, place, cell)
            elif cell is not None:
                sheet.write_number(number, place, cell, percent if place in (2, 3) else None)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Articoli!$B$4:$B$9"})
    sheet.insert_chart("L3", chart)
    book.close()
    return path


@pytest.fixture
def desk(tmp_path):
    shutil.copytree(ROOT / "scenarios/documents", tmp_path / "documents")
    shutil.copy(ROOT / "scenarios/recycled-wool-70.yaml", tmp_path / "base.yaml")
    office(tmp_path / "articoli.xlsx")
    return tmp_path


def scenarios(space):
    return [space.scenario_data(row)[0] for row in range(space.size)]


def test_an_office_table_is_the_table_of_paths(desk):
    rows = [",".join(PATHS), *(",".join(row) for row in TYPED)]
    (desk / "paths.csv").write_text("\n".join(rows), encoding="utf-8")
    data = {"schema": "lca-cardato/space/1", "id": "x", "base": "base.yaml",
            "table": {"file": "paths.csv"}}  # fmt: skip
    found = table_space(desk / "articoli.xlsx", desk / "base.yaml")
    assert scenarios(found) == scenarios(load_space(data, desk))
    assert found.parts[0].lines == [4, 5, 7, 8, 9]
    assert found.parts[0].kept == [("Articolo", ["00123", "null", "=A-3", "A-4", "A-5"])]


def test_the_result_stands_beside_in_the_workbook_of_the_office(desk, command, store):
    done = command(
        "batch", "articoli.xlsx", "--base", "base.yaml", "--keep", "--lang", "it", cwd=desk
    )
    assert done.returncode == 3
    [line] = [line for line in done.stderr.splitlines() if "E301" in line]
    assert line.startswith("righe 7, 9: ")  # equal problems once, by the rows of the spreadsheet
    with (
        zipfile.ZipFile(desk / "articoli.xlsx") as before,
        zipfile.ZipFile(desk / "articoli-results.xlsx") as after,
    ):
        lists = ("[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels")
        for name in set(before.namelist()) - set(lists):
            assert after.read(name) == before.read(name), name
    book = openpyxl.load_workbook(desk / "articoli-results.xlsx")
    assert book.sheetnames[0] == "Articoli"
    heads, *rows = book["lca-cardato"].iter_rows(values_only=True)
    table = [dict(zip(heads, row)) for row in rows]
    assert [row["Articolo"] for row in table] == ["00123", "null", "=A-3", "A-4", "A-5"]
    assert [row["riga del foglio"] for row in table] == [4, 5, 7, 8, 9]
    climate = [row["Cambiamento climatico (kg CO2-eq)"] for row in table]
    assert [value is None for value in climate] == [False, False, True, False, True]
    again = command("batch", "articoli.xlsx", cwd=desk)  # by the space file that was kept
    assert again.returncode == 3, again.stderr
    book = openpyxl.load_workbook(desk / "articoli-results.xlsx")
    heads = [cell.value for cell in book["lca-cardato"][1]]
    assert "Climate change (kg CO2-eq)" in heads and "riga" not in heads
    from lca_cardato import api

    frame = api.batch(desk / "articoli.space.yaml", out=desk / "r.xlsx").table()
    assert frame["Articolo"].tolist() == ["00123", "null", "=A-3", "A-4", "A-5"]
    assert frame["climate_change"].notna().tolist() == [True, True, False, True, False]


def refused(desk, heads, rows, *, base="base.yaml", columns=None):
    office(desk / "t.xlsx", heads, rows)
    with pytest.raises(InputError) as caught:
        table_space(desk / "t.xlsx", desk / base, columns or {})
    return caught.value.problems


def test_a_head_that_is_not_known_is_asked_about(desk):
    heads = ["Articolo", "Poliamide", "Titolo Nm"]
    [problem] = refused(desk, heads, [["a", "30 %", 8]])
    assert problem.code == "E320"
    assert problem.value == "Poliamide"
    assert "blend[1].share" in problem.suggestion
    assert '--map "Poliamide=PATH"' in problem.suggestion
    [problem] = refused(
        desk, heads, [["a", "30 %", 8]], columns={"Poliamid": "keep", "Poliamide": "keep"}
    )
    assert problem.value == "Poliamid"
    found = table_space(desk / "t.xlsx", desk / "base.yaml", {"poliamide": "blend.polyamide.share"})
    assert [axis.name for axis in found.axes] == ["blend[1].share", "product.count"]


def test_equal_problems_of_cells_are_told_once(desk):
    heads = ["Articolo", "Titolo Nm", "Lana", "Poliammide", "Energia carda"]
    cells = [0.4, 0.5, None, "1.234"]
    rows = [["a", 8, 0.7, 0.25, cell] for cell in cells]
    problems = refused(desk, heads, rows)
    told = [(p.code, p.key, str(p.message)) for p in problems]
    assert told[0] == ("E105", "Energia carda", "rows 4-5: the unit is missing")
    assert told[1][0] == "E115"
    assert "(kWh/kg)" in problems[0].suggestion


def test_two_columns_of_one_place_are_refused(desk):
    problems = refused(desk, ["Lana", "Wool", "Titolo Nm"], [[0.7, 0.7, 8]])
    assert [p.value for p in problems] == ["Lana", "Wool"]


def test_a_table_without_a_base_says_what_it_needs(desk):
    with pytest.raises(InputError) as caught:
        table_space(desk / "articoli.xlsx")
    assert "--base" in caught.value.problems[0].suggestion


SHARE, COUNT, LOT = ("blend", 0, "share"), ("product", "count"), ("blend", 0, "lot")
READING, BATCH = ("route", "carding", "electricity"), ("product", "batch")


@pytest.mark.parametrize(
    ("cell", "path", "unit", "text"),
    [
        (Cell(0.7, "0%"), SHARE, "", "70 %"),
        (Cell(1 - 0.3 - 0.35, "0.0%"), SHARE, "", "35 %"),
        (Cell(70), SHARE, "%", "70 %"),
        (Cell("70,5"), SHARE, "%", "70.5 %"),
        (Cell("70,5 %"), SHARE, "", "70.5 %"),
        (Cell(12), COUNT, "", "Nm 12"),
        (Cell("2/28"), COUNT, "", "Nm 2/28"),
        (Cell("Nm 2/28"), COUNT, "", "Nm 2/28"),
        (Cell("28/2"), COUNT, "", "Nm 28/2"),
        (Cell("28/2 Nm"), COUNT, "", "28/2 Nm"),
        (Cell("50/2 tex"), COUNT, "", "50/2 tex"),
        (Cell(100), COUNT, "tex", "100 tex"),
        (Cell("1.234,5"), BATCH, "", "1234.5 kg"),
        (Cell("389,000"), BATCH, "", "389 kg"),
        (Cell("0,450 kWh/kg"), READING, "", "0.450 kWh/kg"),
        (Cell("1.234 kWh/kg"), READING, "", "1.234 kWh/kg"),
        (Cell("00123"), LOT, "", "00123"),
        (Cell("1.234"), LOT, "", "1.234"),
        (Cell(123), LOT, "", "123"),
        (Cell("  "), SHARE, "", None),
    ],
)
def test_cells_are_read_as_they_are_meant(cell, path, unit, text):
    assert cell_text(cell, Column("x", 0, path, unit)) == text


@pytest.mark.parametrize(
    ("cell", "path", "code"),
    [
        (Cell(70), SHARE, "E105"), (Cell(0.45), READING, "E105"), (Cell("389.000"), BATCH, "E115"),
        (Cell("1.234.567 kg"), BATCH, "E115"), (Cell("1,2,3"), BATCH, "E101"), (Cell(True), SHARE, "E112"),
    ],
)  # fmt: skip
def test_what_has_two_readings_or_none_is_refused(cell, path, code):
    with pytest.raises(QuantityError) as caught:
        cell_text(cell, Column("x", 0, path))
    assert caught.value.code == code


def test_rows_are_told_in_spans():
    assert rows_text([14, 5, 9, 10, 11, 9]) == "5, 9-11, 14"
