"""`season` as its user types it: tables of an office, answers and problems in words."""

import json

import pytest
from conftest import ROOT
from openpyxl import Workbook, load_workbook

ORDERS = [
    [
        "Ordine",
        "Quantità (kg)",
        "Titolo",
        "Colore",
        "Dichiarazione",
        "Composizione",
        "Prezzo (€/kg)",
    ],
    ["A1", "1.000,5", "Nm 8", "Blu", "Cardato Recycled", "70 % lana", "9,50"],
    ["A2", "400", "8", "blu", "", "", "8"],
    ["A3", "300", "Nm 28", "blu", "cardato", "", "12"],
    ["A4", "400", "Nm 8", "verde", "", "", ""],
]
STOCK = [
    ["Lotto", "Giacenza (kg)", "Fibra", "Origine", "Documento", "Colore", "Fino a (Nm)", "Calo (%)", "Costo (€/kg)"],
    ["L1", "900", "lana", "riciclata post-consumo", "tc-1.pdf", "blu", "Nm 12", "0", "3,2"],
    ["L2", "900", "poliammide", "vergine", "", "blu", "", "0", "2,9"],
    ["L3", "100", "lana", "vergine", "dn-3.pdf", "blu", "16", "2", "7,5"],
]  # fmt: skip


def write(folder, orders=ORDERS, stock=STOCK):
    for name, rows in (("orders.csv", orders), ("stock.csv", stock)):
        (folder / name).write_text("\n".join(";".join(row) for row in rows) + "\n", "utf-8")
    return "orders.csv", "stock.csv"


def test_tables_of_an_office(command, tmp_path):
    done = command("season", *write(tmp_path), "--json", "--gap", "0", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["filled"], found["of"], found["at_most"]) == (3, 4, 3)
    first = found["orders"][0]
    assert first["order"] == "A1" and first["kg"] == 1000.5 and first["value"] == 9504.75
    assert first["recycled_lowest"] >= 0.65 and first["asked"] == "13/20"
    assert [(row["order"], row["reason"]) for row in found["left"]] == [("A4", "colour")]
    used = sum(row["used"] for row in found["lots"])
    assert used == pytest.approx(sum(lot["kg"] for o in found["orders"] for lot in o["lots"]))


@pytest.mark.parametrize(
    ("lang", "told"), [("en", "No lot has this colour."), ("it", "Nessun lotto ha questo colore.")]
)
def test_both_languages(command, tmp_path, lang, told):
    done = command("season", *write(tmp_path), "--lang", lang, cwd=tmp_path)
    assert done.returncode == 0 and told in done.stdout and "season_" not in done.stdout


def test_two_sheets_of_a_workbook_and_a_plan_in_a_file(command, tmp_path):
    book = Workbook()
    for name, rows in (("Ordini", ORDERS), ("Giacenze", STOCK)):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "s.xlsx")
    words = [
        "s.xlsx",
        "s.xlsx",
        "--orders-sheet",
        "Ordini",
        "--stock-sheet",
        "Giacenze",
        "--lang",
        "it",
    ]
    done = command("season", *words, "--out", "piano.csv", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    lines = (tmp_path / "piano.csv").read_text("utf-8").splitlines()
    assert lines[0] == "ordine;lotto;kg;lotti, EUR" and lines[1].startswith("A1;L1;")
    again = command("season", *words, "--out", "piano.csv", cwd=tmp_path)
    assert again.returncode == 5 and "E503" in again.stderr


@pytest.mark.parametrize(
    ("table", "row", "column", "typed", "told"),
    [
        ("orders", 1, 1, "-5", "must not be negative"),
        ("orders", 1, 1, "0", "must be above 0"),
        ("orders", 1, 1, "", "the number is missing"),
        ("orders", 2, 0, "A1", "stands twice; the first time in row 2"),
        ("orders", 1, 4, "cardatto", "which of these: cardato,"),
        ("orders", 1, 4, "cam-tessili", "no share that is to be reached"),
        ("orders", 1, 5, "80 % lana, 30 % poliammide", "more than 100 %"),
        ("orders", 1, 5, "lana", "70 % wool"),
        ("stock", 1, 8, "-3", "must not be negative"),
        ("stock", 1, 2, "lanna", "which of these: wool (lana)"),
        ("stock", 1, 3, "vecchia", "origin is not known"),
        ("stock", 1, 7, "99", "a loss is at most 95 %"),
        ("stock", 0, 8, "Annotazioni", "no column for cost"),
    ],
)
def test_problems_are_told_with_their_place(command, tmp_path, table, row, column, typed, told):
    orders, stock = [list(one) for one in ORDERS], [list(one) for one in STOCK]
    {"orders": orders, "stock": stock}[table][row][column] = typed
    done = command("season", *write(tmp_path, orders, stock), "--out", "plan.csv", cwd=tmp_path)
    assert done.returncode == 3 and told in done.stderr, done.stderr
    assert f"{table}.csv:{row + 1}" in done.stderr or row == 0
    assert not (tmp_path / "plan.csv").exists() and "Traceback" not in done.stderr


def test_problems_of_both_tables_come_at_once(command, tmp_path):
    orders, stock = [list(one) for one in ORDERS], [list(one) for one in STOCK]
    orders[1][1], stock[1][8] = "-5", "-3"
    done = command("season", *write(tmp_path, orders, stock), cwd=tmp_path)
    assert done.returncode == 3 and "orders.csv" in done.stderr and "stock.csv" in done.stderr


def test_no_order_can_be_filled(command, tmp_path):
    done = command(
        "season", *write(tmp_path, stock=[STOCK[0], ["L", "0", *STOCK[1][2:]]]), cwd=tmp_path
    )
    assert done.returncode == 0 and "0 of 4 orders" in done.stdout


@pytest.mark.parametrize("words", [["--seconds", "0"], ["--gap", "2"], ["--out", "plan.txt"]])
def test_options_out_of_range(command, tmp_path, words):
    assert command("season", *write(tmp_path), *words, cwd=tmp_path).returncode == 3


def test_a_table_that_is_not_there(command, tmp_path):
    assert command("season", "no.csv", "none.csv", cwd=tmp_path).returncode == 5


@pytest.mark.parametrize("lang", ["en", "it"])
def test_the_report_tells_all_that_the_answer_holds(command, tmp_path, lang):
    files = [tmp_path / f"season.{form}" for form in ("html", "pdf", "xlsx", "json")]
    asked = [word for file in files for word in ("--report", file)]
    done = command("season", *write(tmp_path), "--lang", lang, *asked, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    document = json.loads(files[3].read_text(encoding="utf-8"))
    page = files[0].read_text(encoding="utf-8")
    why = {"en": "No lot has this colour.", "it": "Nessun lotto ha questo colore."}[lang]
    assert why in page and "season_" not in page and files[1].read_bytes().startswith(b"%PDF")
    cells = [c.value for s in load_workbook(files[2]) for row in s.iter_rows() for c in row]
    for item in document["orders"]:
        assert item["order"] in cells and item["cost"] in cells
        assert all(row["kg"] in cells for row in item["lots"])
    assert all(row["left"] in cells for row in document["lots"])
    refused = command("season", *write(tmp_path), "--report", "season.jsonld", cwd=tmp_path)
    assert refused.returncode == 3 and "E215" in refused.stderr


def test_from_python(tmp_path):
    from lca_cardato import api
    from lca_cardato.errors import InputError

    orders, stock = write(tmp_path)
    found = api.season(tmp_path / orders, tmp_path / stock, gap=0)
    document = found.to_dict()
    assert found.table().loc[:, "kg"].sum() == pytest.approx(
        sum(r["used"] for r in document["lots"])
    )
    assert list(found.table("orders").index) == ["A1", "A2", "A3"]
    assert found.table("left").loc["A4", "reason"] == "colour"
    assert found.table("lots").loc["L1", "kg"] == 900
    assert repr(found).startswith("<Season lots for orders: 3 of 4 orders; ")
    assert "<table>" in found._repr_html_()
    with pytest.raises(InputError, match="E307"):
        found.table("chart")
    [page] = api.report(found, tmp_path / "s.html", lang="it")
    assert "Quale lotto va in quale ordine" in page.read_text(encoding="utf-8")


def test_the_page_tells_every_key_of_the_document(tmp_path):
    from lca_cardato.season.study import season

    def keys(node):
        if isinstance(node, dict):
            return set(node) | {key for item in node.values() for key in keys(item)}
        return {key for item in node for key in keys(item)} if isinstance(node, list) else set()

    orders, stock = write(tmp_path)
    page = (ROOT / "docs" / "season.md").read_text(encoding="utf-8")
    told = keys(season(tmp_path / orders, tmp_path / stock).to_dict())
    assert not [key for key in told - {"name", "version"} if f"`{key}`" not in page]
