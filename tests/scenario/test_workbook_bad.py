"""Workbooks as people and others hand them over: what is wrong is told by cell, with a cure."""

import io
import zipfile

import openpyxl
import pytest
import xlsxwriter

from lca_cardato.errors import InputError
from lca_cardato.inventory.load import load_inventory
from lca_cardato.scenario.entry.start import starting_workbook
from lca_cardato.scenario.entry.write import workbook_bytes
from lca_cardato.scenario.load import load_scenario
from lca_cardato.scenario.shipped import shipped_scenarios

FILE = shipped_scenarios()["virgin-wool"]


@pytest.fixture(scope="module")
def sound():
    return workbook_bytes(load_scenario(FILE).document.data, "it", load_inventory())


@pytest.fixture
def told(tmp_path, sound):
    """Change a sound workbook by openpyxl, and give what is said of it: code -> problem."""

    def give(change=None, data=None):
        path = tmp_path / "x.xlsx"
        if change is not None:
            book = openpyxl.load_workbook(io.BytesIO(sound))
            change(book)
            book.save(path)
        else:
            path.write_bytes(data)
        with pytest.raises(InputError) as caught:
            load_scenario(path, FILE.parent)
        assert all(
            p.suggestion or p.code in ("E210", "E211", "E213", "E215", "E221")
            for p in caught.value.problems
        )
        return {(p.code, p.key): p for p in caught.value.problems}

    return give


def test_a_unit_of_another_dimension_names_sheet_cell_and_label(told):
    def change(book):
        book["Mischia e lotti"]["L2"] = "4 kg"  # a price
        book["Prodotto"]["B21"] = "12 kWh"  # a mass

    found = told(change)
    assert ("E106", 'Prodotto!B21 "Massa della partita"') in found
    assert ("E106", 'Mischia e lotti!L2 "Prezzo"') in found


@pytest.mark.parametrize(
    "change, code, cell",
    [
        (lambda b: b["Letture"].__setitem__("F2", "=1+1"), "E322", 'Letture!F2 "Valore"'),
        (lambda b: b["Letture"].merge_cells("F2:F3"), "E322", 'Letture!F2 "Valore"'),
        (lambda b: b.move_sheet("Letture", 9) or b.remove(b["Letture"]), "E322", "Readings / Letture"),
        (lambda b: setattr(b["Letture"], "title", "Letture 2025"), "E322", "Readings / Letture"),
        (lambda b: b["Letture"].__setitem__("F1", "Lettura"), "E206", "Letture!F1"),
        (lambda b: b["Letture"].__setitem__("D2", "vento"), "E215", 'Letture!D2 "Grandezza"'),
        (lambda b: b["Letture"].__setitem__("B2", "seta"), "E215", 'Letture!B2 "Della fibra"'),
        (lambda b: b["Mischia e lotti"].__setitem__("D2", 0.7), "E115", 'Mischia e lotti!D2 "Quota"'),
        (lambda b: b["Mischia e lotti"].__setitem__("E2", "riciclata"), "E215", 'Mischia e lotti!E2 "Origine"'),
        (lambda b: b["Mischia e lotti"].__setitem__("H2", "lot\x85to"), "E221", 'Mischia e lotti!H2 "Lotto"'),
        (lambda b: b["Mischia e lotti"].cell(2500, 3, "lana"), "E210", "Mischia e lotti!A2500"),
        (lambda b: b["Prodotto"].__setitem__("B15", None), "E213", 'Prodotto!B15 "Nome commerciale"'),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_by_its_cell(told, change, code, cell):
    def general(book):
        change(book)
        if code == "E115":
            book["Mischia e lotti"]["D2"].number_format = "General"

    assert (code, cell) in told(general)


def test_lists_and_sheets_of_ones_own_do_no_harm(tmp_path, sound):
    book = openpyxl.load_workbook(io.BytesIO(sound))
    book["Elenchi"].title = "Roba"
    book.create_sheet("Conti miei")["A1"] = "nota"
    book["Letture"].insert_rows(1)
    book["Letture"]["A1"] = "Filatura Esempio S.p.A."
    book.save(tmp_path / "x.xlsx")
    assert load_scenario(tmp_path / "x.xlsx", FILE.parent).scenario == load_scenario(FILE).scenario


def macros(sound):
    data = io.BytesIO(sound)
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\0")
    return data.getvalue()


def opendocument(_):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    return data.getvalue()


@pytest.mark.parametrize(
    "make, code, text",
    [
        (macros, "E212", "macros"),
        (opendocument, "E322", "OpenDocument"),
        (lambda _: b"PK\x03\x04 no workbook", "E322", "not a sound workbook"),
        (lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "E322", "password"),
        (lambda sound: sound[:-300], "E322", "not a sound workbook"),
    ],
)
def test_what_is_no_plain_workbook(told, sound, make, code, text):
    ((found, problem),) = told(data=make(sound)).items()
    assert found[0] == code and text in problem.message


def test_a_row_that_waits_for_its_reading_says_nothing(tmp_path):
    (tmp_path / "x.xlsx").write_bytes(starting_workbook("yarn", "it", "Filato Nm 8"))
    with pytest.raises(InputError) as caught:
        load_scenario(tmp_path / "x.xlsx")
    assert [p.key for p in caught.value.problems] == [
        'Prodotto!B15 "Nome commerciale"', 'Prodotto!B16 "Titolo"',
        'Mischia e lotti!C2 "Fibra"', 'Mischia e lotti!D2 "Quota"',
    ]  # fmt: skip


def fill(path, cells):
    book = openpyxl.load_workbook(path)
    for place, value in cells.items():
        sheet, _, cell = place.partition("!")
        book[sheet][cell] = value
        if isinstance(value, float) and value < 1:  # as the column is formatted
            book[sheet][cell].number_format = "0%"
    book.save(path)


NEWCOMER = {
    "Prodotto!B9": "Filatura Rossi", "Prodotto!B10": "Prato",
    "Prodotto!B15": "Cardato Nm 8, 70 % lana riciclata", "Prodotto!B16": 8,
    "Mischia e lotti!C2": "lana", "Mischia e lotti!D2": 0.7, "Mischia e lotti!E2": "riciclata post-consumo",
    "Mischia e lotti!F2": "Prato", "Mischia e lotti!G2": "scelta per colore", "Mischia e lotti!H2": "00123",
    "Mischia e lotti!C3": "Poliammide", "Mischia e lotti!D3": 0.3, "Mischia e lotti!E3": "vergine",
    "Mischia e lotti!F3": "Italia", "Mischia e lotti!G3": "da tingere",
    "Letture!F2": 163000, "Letture!H2": 389000, "Letture!J2": "2025", "Letture!K2": "Contatore carde",
    "Letture!F3": "171.500,5", "Letture!H3": "378000", "Letture!J3": 2025,
    "Documenti!A2": "Contatore carde", "Documenti!B2": "letture dei contatori", "Documenti!D2": "Filatura Rossi",
}  # fmt: skip


def test_a_newcomer_gets_a_verdict_after_25_cells_and_two_commands(tmp_path, command):
    assert len(NEWCOMER) == 25
    path = tmp_path / "filato.xlsx"
    assert command("new", str(path), "--lang", "it").returncode == 0
    fill(path, NEWCOMER)
    result = command("assess", str(path), "--lang", "it")
    assert result.returncode == 0, result.stderr
    assert "Cardato Recycled" in result.stdout


def test_questions_name_the_cell(tmp_path, command):
    path = tmp_path / "filato.xlsx"
    command("new", str(path), "--lang", "it")
    fill(path, {**NEWCOMER, "Letture!F2": 16.3})
    result = command("validate", str(path), "--lang", "it")
    assert 'Letture!F2 "Valore"' in result.stdout + result.stderr


def test_a_run_keeps_the_workbook_and_is_reproduced(tmp_path, command):
    path, run = tmp_path / "filato.xlsx", tmp_path / "run"
    command("new", str(path), "--lang", "it")
    fill(path, NEWCOMER)
    assert command("assess", str(path), "--out", str(run)).returncode == 0
    assert (run / "inputs/scenario.xlsx").read_bytes() == path.read_bytes()
    assert command("verify", str(run)).returncode == 0
    assert command("reproduce", str(run)).returncode == 0
    text = (run / "inputs/scenario.yaml").read_text(encoding="utf-8")
    assert "fibre: wool" in text and "'00123'" in text and "carding:" in text


def test_large_sheets_are_refused_by_their_row(tmp_path):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Prodotto")
        for row in range(100_000):
            sheet.write_number(row, 0, row)
    (tmp_path / "x.xlsx").write_bytes(stream.getvalue())
    with pytest.raises(InputError) as caught:
        load_scenario(tmp_path / "x.xlsx")
    assert caught.value.problems[0].code == "E210"
    assert caught.value.problems[0].key == "Prodotto!A2001"
