"""A scenario as a workbook: written, read, and back again without loss."""

import copy
import datetime
import zipfile

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from scenario.scenarios import scenarios

from lca_cardato.errors import InputError
from lca_cardato.files.sheets import Cell
from lca_cardato.inventory.load import load_inventory
from lca_cardato.model.resolve import resolve
from lca_cardato.scenario.convert import convert
from lca_cardato.scenario.entry.cells import Unclear, put, said
from lca_cardato.scenario.entry.read import read_scenario_workbook
from lca_cardato.scenario.entry.write import workbook_bytes
from lca_cardato.scenario.load import load_scenario, validate_document
from lca_cardato.scenario.shipped import is_space, shipped_scenarios
from lca_cardato.text.yamltree import parse_document, tree_document
from lca_cardato.text.yamlwrite import yaml_text

SHIPPED = sorted(name for name in shipped_scenarios() if not is_space(name))


def through(tree, lang):
    document, problems = read_scenario_workbook(
        workbook_bytes(tree, lang, load_inventory()), "x.xlsx"
    )
    assert problems == []
    return document


def entries(tree):
    """Names in their order, wherever a mapping has names of its own."""
    blends = [tree.get("blend") or [], *(yarn["blend"] for yarn in tree.get("yarns") or [])]
    steps = [line.get("steps") or {} for blend in blends for line in blend]
    routes = [
        tree.get("route") or {},
        *(yarn.get("route") or {} for yarn in tree.get("yarns") or []),
    ]
    return [
        list(one)
        for one in (*steps, *routes, tree.get("documents") or {}, tree.get("packaging") or {})
    ]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(scenarios(), st.sampled_from(["en", "it"]))
def test_any_scenario_comes_back_from_a_workbook(tree, lang):
    wanted = copy.deepcopy(tree)
    try:
        before = validate_document(tree_document(wanted))
    except InputError:
        assume(False)
    document = through(wanted, lang)
    assert validate_document(document) == before
    assert entries(document.data) == entries(wanted)
    assert parse_document(yaml_text(wanted)).data == wanted


@pytest.mark.parametrize("lang", ["en", "it"])
@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_scenarios_come_back_with_every_figure(tmp_path, name, lang):
    path = shipped_scenarios()[name]
    convert(path, tmp_path / "x.xlsx", lang)
    left = convert_back(tmp_path, path)
    assert left == {str(one.name) for one in load_scenario(path).files.values()}
    before = resolve(load_scenario(path), load_inventory())
    after = resolve(load_scenario(tmp_path / "y.yaml", path.parent), load_inventory())
    assert after.scenario == before.scenario
    assert [(p.key, p.amount, p.data_class) for p in after.parameters.values()] == [
        (p.key, p.amount, p.data_class) for p in before.parameters.values()
    ]


def convert_back(folder, path):
    """Read the workbook with the documents of the file that it was made of."""
    loaded = load_scenario(folder / "x.xlsx", path.parent)
    (folder / "y.yaml").write_bytes(loaded.document.raw)
    return {one.name for one in loaded.files.values()}


@pytest.mark.parametrize(
    "value, format_, kind, unit, wanted",
    [
        (0.7, "0%", "share", "%", "70 %"),
        (0.655, "0.00%", "share", "%", "65.5 %"),
        (70, "General", "share", "%", "70 %"),
        ("70,5", "@", "share", "%", "70.5 %"),
        ("70 %", "@", "share", "%", "70 %"),
        (0.07, "0%", "figure", "%", "7 %"),
        (163000, "#,##0", "figure", "kWh", "163000 kWh"),
        ("163000", "@", "figure", "kWh", "163000 kWh"),
        ("0,45 kWh/kg", "@", "figure", "", "0.45 kWh/kg"),
        ("1.234,5", "@", "quantity", "kg", "1234.5 kg"),
        (1.234, "General", "quantity", "kg", "1.2340 kg"),
        ("163,000", "@", "quantity", "kg", "163,000 kg"),  # asked about by the reader of numbers
        (8, "General", "count", "Nm", "Nm 8"),
        ("8", "@", "count", "Nm", "Nm 8"),
        ("2/28", "@", "count", "Nm", "Nm 2/28"),
        ("Nm 8", "@", "count", "Nm", "Nm 8"),
        (8.5, "General", "count", "Nm", "Nm 8.5"),
        (123, "00000", "text", "", "00123"),
        (123.0, "General", "text", "", "123"),
        (2025, "General", "period", "", "2025"),
        (2025.0, "General", "year", "", "2025"),
        (datetime.datetime(2025, 3, 1), "dd/mm/yyyy", "date", "", "2025-03-01"),
        (datetime.datetime(2025, 3, 1), "mmm-yy", "period", "", "2025-03"),
        ("01/03/2025", "@", "date", "", "2025-03-01"),
        ("dal 01/03/2025 al 31/03/2025", "@", "period", "", "2025-03-01/2025-03-31"),
        ("marzo 2025", "@", "period", "", "2025-03"),
        ("2025-01/2025-12", "@", "period", "", "2025-01/2025-12"),
        (True, "General", "yesno", "", "yes"),
    ],
)  # fmt: skip
def test_cells_as_people_fill_them(value, format_, kind, unit, wanted):
    assert said(Cell(value, format_), kind, unit) == wanted


@pytest.mark.parametrize("value", [0.7, 1, "0,7"])
def test_a_bare_number_below_a_head_in_percent_is_asked_about(value):
    with pytest.raises(Unclear):
        said(Cell(value), "share", "%")


@given(
    st.text(max_size=20),
    st.sampled_from(["text", "share", "quantity", "count", "figure", "date", "period"]),
)
def test_a_cell_gives_back_the_text_that_was_put_into_it(text, kind):
    unit = {"share": "%", "quantity": "kg", "count": "Nm", "figure": "kWh"}.get(kind, "")
    cell = put(text, kind, unit)
    if not isinstance(cell.value, str):
        assert said(cell, kind, unit) in (
            text,
            f"{float(text) * 100:g} %" if kind == "share" and "%" not in text else text,
        )


def test_what_is_wrong_is_told_once_with_its_cells(tmp_path, command):
    """Cells in their order; keys that a message names, by their cells; a sheet that is gone, and no sheet."""
    import openpyxl

    command("new", str(tmp_path / "filato.xlsx"), "--lang", "it")
    book = openpyxl.load_workbook(tmp_path / "filato.xlsx")
    blend, readings = book["Mischia e lotti"], book["Letture"]
    blend["C2"], blend["D2"], blend["E2"] = "lanna", "70 %", "rigenerata"
    blend["C3"], blend["D3"] = "poliammide", "30 %"
    readings["F2"], readings["F3"], readings["H3"] = 18000, "=1+1", 310000
    book.save(tmp_path / "wrong.xlsx")
    result = command("validate", str(tmp_path / "wrong.xlsx"), "--lang", "it")
    assert result.returncode == 3
    told = [line.split(": ", 2)[2] for line in result.stderr.splitlines()]
    places = [line.partition('"')[0].split()[-1] for line in told]
    cells = [place for place in places if "!" in place]
    assert len(places) == len(set(places))
    assert cells.index("lotti!C2") < cells.index("lotti!E2") < cells.index("Letture!F2")
    assert any('`for` è Letture!H2 "Prodotto lavorato"' in line for line in told)
    assert "E322 Letture!F3" in result.stderr and "E213 Letture!F3" not in result.stderr

    del book["Mischia e lotti"]
    book.save(tmp_path / "gone.xlsx")
    (tmp_path / "text.xlsx").write_text("ciao", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "zip.xlsx", "w") as archive:
        archive.writestr("a.txt", "ciao")
    for name, wanted in (
        ("zip.xlsx", "archivio zip"),
        ("gone.xlsx", "Mischia e lotti"),
        ("text.xlsx", "cartella di lavoro"),
    ):
        result = command("validate", str(tmp_path / name), "--lang", "it")
        assert result.returncode == 3 and "E322" in result.stderr and wanted in result.stderr
