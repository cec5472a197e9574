"""`measure-next` as its user types it."""

import json
import shutil

import pytest
from conftest import ROOT
from openpyxl import load_workbook

from lca_cardato.measure.costs import KINDS, shipped_costs

WOOL = ROOT / "scenarios" / "virgin-wool.yaml"


@pytest.fixture(scope="module")
def document(command):
    done = command("measure-next", WOOL, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_weightiest_first_with_cost_and_source(document):
    first = document["order"][0]
    assert first["measure"] == "supplier_data/flock-sheep-au" and first["narrowed"] > 0.25
    assert [row["measure"] for row in document["measures"]][: len(document["order"])] == [
        step["measure"] for step in document["order"]
    ]
    for row in document["measures"]:
        assert row["cost"] > 0 and row["cost_low"] <= row["cost"] <= row["cost_high"]
        assert row["cost_class"] == "assumed" and row["cost_note"] and row["cost_year"]
    assert all(found["same"] for found in document["checked"])


def test_it_says_which_claim_a_measure_serves(document):
    (claim,) = document["claims"]
    assert claim["claim"] == "cardato" and claim["reached"] and claim["cheapest"]
    rows = {row["measure"]: row for row in document["measures"]}
    assert claim["cost"] == pytest.approx(sum(rows[name]["cost"] for name in claim["needed"]))
    assert all(
        rows[name]["proves"] == [{"scenario": "virgin-wool", "claim": "cardato"}]
        for name in claim["needed"]
    )


@pytest.mark.parametrize(
    ("lang", "told"), [("en", "What to measure or document next"), ("it", "Che cosa misurare")]
)
def test_both_languages(command, lang, told):
    shown = command("measure-next", WOOL, "--lang", lang, "--samples", "2048")
    assert shown.returncode == 0 and told in shown.stdout
    assert "measure_" not in shown.stdout and "{" not in shown.stdout


def test_quotes_of_ones_own_change_the_order(command, tmp_path):
    quotes = tmp_path / "quotes.yaml"
    quotes.write_text(
        "schema: lca-cardato/measure-costs/1\n"
        "costs:\n  supplier_data/wool-greasy-au: 50 EUR\n  weighing: '€ 10'\n", "utf-8",
    )  # fmt: skip
    done = command("measure-next", WOOL, "--costs", quotes, "--json")
    found = json.loads(done.stdout)
    assert [step["cost"] for step in found["order"]][:2] in (
        [50.0, 10.0],
        [10.0, 50.0],
        [50.0, 542.4],
    )
    rows = {row["measure"]: row for row in found["measures"]}
    assert rows["supplier_data/wool-greasy-au"]["cost_class"] == "supplier"


def test_a_budget_ends_the_order(command):
    done = command("measure-next", WOOL, "--budget", "1100", "--json")
    assert [step["spent"] for step in json.loads(done.stdout)["order"]] == [542.4, 1084.8]


def test_a_folder_buys_once_for_all(command, tmp_path):
    for number in "12":
        text = WOOL.read_text("utf-8").replace("id: virgin-wool", f"id: wool-{number}")
        (tmp_path / f"{number}.yaml").write_text(text, "utf-8")
    shutil.copytree(ROOT / "scenarios" / "documents", tmp_path / "documents")
    (tmp_path / "torn.yaml").write_text("schema: lca-cardato/scenario/1\n", "utf-8")
    done = command("measure-next", tmp_path, "--json")
    found = json.loads(done.stdout)
    assert [item["id"] for item in found["scenarios"]] == ["wool-1", "wool-2"]
    assert found["order"][0]["cost"] == 542.4  # the flock is asked once
    assert [item["scenario"] for item in found["claims"]] == ["wool-1", "wool-2"]
    assert len(found["left_out"]) == 1 and "torn.yaml" in found["left_out"][0]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["--samples", "10"], 3, "draws from 2048 to 65536"),
        (["--budget", "-1"], 3, "budget"),
        (["--indicator", "weight"], 3, "E307"),
        (["--costs", "quotes.yaml"], 3, "did you mean 'water_meter'"),
        (["--costs", "quotes.yaml"], 3, "an amount of 0 EUR or more"),
    ],
)
def test_bad_input_is_told(command, tmp_path, words, code, told):
    (tmp_path / "quotes.yaml").write_text(
        "schema: lca-cardato/measure-costs/1\ncosts: {water_metre: 100, weighing: -3}\n", "utf-8"
    )
    done = command("measure-next", WOOL, *words, cwd=tmp_path)
    assert done.returncode == code and told in done.stderr, done.stderr
    assert "Traceback" not in done.stderr and done.stdout == ""


def test_nothing_there(command, tmp_path):
    assert command("measure-next", tmp_path / "no.yaml").returncode == 5
    empty = command("measure-next", tmp_path)
    assert empty.returncode == 3 and "E361" in empty.stderr


def test_the_table_of_costs_tells_on_what_each_figure_rests():
    table = shipped_costs()
    assert set(table.kinds) == set(KINDS)
    for kind in table.kinds.values():
        cost = kind.cost
        assert cost.source in (None, *table.sources) and (cost.source or cost.reason)
        assert cost.uncertainty.min <= cost.amount <= cost.uncertainty.max


@pytest.mark.parametrize("lang", ["en", "it"])
def test_the_report_has_the_order_the_claims_and_what_the_costs_rest_on(command, tmp_path, lang):
    files = [tmp_path / f"next.{form}" for form in ("html", "pdf", "xlsx", "json")]
    asked = [word for file in files for word in ("--report", file)]
    done = command("measure-next", WOOL, "--samples", "2048", "--lang", lang, *asked)
    assert done.returncode == 0, done.stderr
    found = json.loads(files[3].read_text(encoding="utf-8"))
    page = files[0].read_text(encoding="utf-8")
    assert "measure_" not in page and "<svg" in page and files[1].read_bytes().startswith(b"%PDF")
    cells = [c.value for s in load_workbook(files[2]) for row in s.iter_rows() for c in row]
    rows = {row["measure"]: row for row in found["measures"]}
    for number, step in enumerate(found["order"], 1):
        name = rows[step["measure"]]["name"]
        assert f"{number}. {name}" in cells and name in cells
        assert step["cost"] in cells and step["narrowed"] * 100 in cells
    assert all(claim["name"] in cells for claim in found["claims"])
