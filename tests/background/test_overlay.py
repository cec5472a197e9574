"""A result on a user's database: same scores as plain Brightway, reproducible without it."""

import json
import shutil

import pytest
import yaml
from background.scripts import script
from conftest import ROOT

from lca_cardato import api
from lca_cardato.background.mapping import load_mapping
from lca_cardato.background.open import DataOptions, open_data
from lca_cardato.background.overlay import background_folder
from lca_cardato.errors import InputError
from lca_cardato.report.tables.moves import remark
from lca_cardato.results.moves import reached
from lca_cardato.words.language import Language

NAME = "mill data / 2026/toy 1.0"
WOOL = ROOT / "scenarios" / "recycled-wool-70.yaml"


@pytest.fixture
def on_toy(home, small_project, toy_mapping):
    return api.assess(WOOL, background=NAME, mapping=toy_mapping, methods=["dust"])


def test_scores_of_what_is_taken(on_toy, plain_scores):
    background = on_toy.background

    def score(dataset, indicator):
        column = background.indicators.index(indicator)
        return background.scores[background.rows[dataset], column]

    climate, dust = plain_scores["power"]
    assert score("electricity-it-mv", "toy_method_dust") == pytest.approx(dust, rel=1e-6)
    # methane of the toy lies in a compartment and under a code that EF 3.1 counts by name
    assert score("electricity-it-mv", "climate_change") == pytest.approx(climate, rel=1e-4)
    assert score("water-tap", "toy_method_dust") == pytest.approx(
        1000 * plain_scores["water"][1], rel=1e-6
    )
    waste = -plain_scores["waste"][1]
    assert score("waste-wool-incineration", "toy_method_dust") == pytest.approx(waste, rel=1e-6)


def test_open_datasets_take_it_too(on_toy, inventory):
    """A dataset that stays open takes its electricity from the user's database."""
    background = on_toy.background
    column = background.indicators.index("toy_method_dust")
    users = [
        (key, float(e.amount))
        for key, dataset in inventory.datasets.items()
        for e in dataset.exchanges
        if e.input == "electricity-it-mv" and key not in ("water-tap", "waste-wool-incineration")
    ]
    assert users
    for key, _ in users:
        assert background.scores[background.rows[key], column] > 0


def test_the_document_says_what_it_rests_on(on_toy):
    document = on_toy.to_dict()
    found = document["background"]
    assert (found["kind"], found["title"]) == ("own", "toy 1.0 cut-off")
    assert set(found["taken"]) == {"electricity-it-mv", "water-tap", "waste-wool-incineration"}
    assert set(found["kept"].values()) == {"the mapping does not name it"}
    assert 0 < found["share_of_climate_change"] < 1
    assert [row["code"] for row in document["warnings"]].count("own_background") == 1
    assert document["methods"][0]["id"] == "toy_method_dust"
    assert sum(document["methods"][0]["by_stage"].values()) == pytest.approx(
        document["methods"][0]["value"]
    )


def test_open_background_is_said_too(assessed):
    assert assessed(WOOL.stem).to_dict()["background"] == {"kind": "open"}


def test_reproduced_without_the_database(home, command, small, toy_mapping, tmp_path, monkeypatch):
    """The run folder holds the scores that were taken: an auditor without it gets the same."""
    run = tmp_path / "run"
    options = ["--background", NAME, "--mapping", str(toy_mapping), "--method", "dust"]
    monkeypatch.setenv("BRIGHTWAY2_DIR", str(small))
    assert command("assess", WOOL, "--out", run, *options).returncode == 0
    monkeypatch.setenv("BRIGHTWAY2_DIR", str(tmp_path))
    done = command("reproduce", run)
    assert (done.returncode, "byte by byte" in done.stdout) == (0, True), done.stderr
    copy = run / "inputs" / "inventories" / "background" / "background.yaml"
    copy.write_text(copy.read_text("utf-8").replace("0.30015", "0.20015"), encoding="utf-8")
    assert command("verify", run).returncode == 6


def test_own_inventories_win(home, small_project, toy_mapping, tmp_path, inventory):
    """A record of the user's own inventories stands before the database."""
    folder = tmp_path / "own"
    folder.mkdir()
    record = {
        "name": {"en": "my power", "it": "energia mia"}, "kind": "published_result",
        "product": {"name": "electricity", "unit": "kWh"}, "geography": "IT", "year": 2025,
        "inventoried_for": ["climate_change"],
        "results": {
            "climate_change": {
                "amount": "0.123", "unit": "kg CO2-eq", "class": "assumed", "year": 2025,
                "geography": "IT", "reason": "a test",
                "uncertainty": {"distribution": "uniform", "min": "0.1", "max": "0.2"},
            }
        },
    }  # fmt: skip
    data = {"schema": "lca-cardato/inventory/1", "datasets": {"electricity-it-mv": record}}
    (folder / "power.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    data = open_data(DataOptions(folder, NAME, toy_mapping))
    background = data.store.background
    row = background.rows["electricity-it-mv"]
    assert background.scores[row, background.indicators.index("climate_change")] == 0.123
    assert data.inventory.overridden == [("datasets", "electricity-it-mv")]


def test_what_is_missing_is_listed_with_the_nearest(home, small_project, toy_mapping):
    text = toy_mapping.read_text("utf-8")
    text = text.replace("activity: market for power", "activity: market for powr")
    text = text.replace("location: RER", "location: CH").replace(
        "unit: kilogram\n    amount: -1", "unit: megajoule\n    amount: -1"
    )
    toy_mapping.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        background_folder(NAME, mapping=toy_mapping)
    problems = caught.value.problems
    assert [p.code for p in problems] == ["E327"] * 3
    assert "market for power | power | IT" in problems[0].suggestion
    assert "tap water | water | RER" in problems[1].suggestion
    assert "is in kilogram, the mapping says megajoule" in problems[2].message
    assert all(p.line for p in problems)


def test_bad_mapping_files(inventory, toy_mapping):
    text = toy_mapping.read_text("utf-8")
    text = text.replace("  water-tap:", "  water-tab:").replace(
        "    because: a treatment takes the waste in\n", ""
    )
    toy_mapping.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_mapping(toy_mapping, inventory)
    assert {p.code for p in caught.value.problems} >= {"E315"}
    with pytest.raises(InputError, match="E307"):
        load_mapping("ecoinvent-3.8-cutoff", inventory)


def test_kept_on_disk_until_the_database_changes(home, small, toy_mapping, tmp_path, monkeypatch):
    copy = tmp_path / "copy"
    shutil.copytree(small, copy)
    monkeypatch.setenv("BRIGHTWAY2_DIR", str(copy))
    calls = []
    first = background_folder(NAME, mapping=toy_mapping, progress=lambda *a: calls.append(a))
    assert calls
    calls.clear()
    assert background_folder(NAME, mapping=toy_mapping, progress=calls.append) == first
    assert not calls
    (first / "background.yaml").write_text("damaged", encoding="utf-8")
    assert background_folder(NAME, mapping=toy_mapping) == first
    assert "damaged" not in (first / "background.yaml").read_text("utf-8")


def test_ecoinvents_names(home, command, made_up, monkeypatch, inventory):
    """A database with ecoinvent's names: the mapping is found, scores are those of Brightway."""
    monkeypatch.setenv("BRIGHTWAY2_DIR", str(made_up))
    name = "consultant/ecoinvent-3.10-cutoff"
    done = command("background", "check", name, "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["mapping"] == "ecoinvent-3.10-cutoff"
    taken = [row for row in found["datasets"] if "own" in row]
    assert (len(taken), len(found["datasets"])) == (71, len(inventory.datasets))
    wanted = [[row["activity"], row["product"], row["location"]] for row in taken]
    scores = json.loads(script("made_up.py", made_up, "score", stdin=json.dumps(wanted)))
    for row, score in zip(taken, scores):
        own = row["own"]["climate_change"]
        assert own == pytest.approx(row["amount"] * score, rel=2e-6), row["dataset"]
    done = command("compare", WOOL, "--background", name, "--method", "TRACI", "--json")
    assert done.returncode == 0, done.stderr
    both = json.loads(done.stdout)
    assert [s["background"]["kind"] for s in both["scenarios"]] == ["open", "own"]
    assert len(both["indicators"]["climate_change"]["values"]) == 2
    assert len(both["indicators"]) == 5
    listed = command("background", "list")
    assert name in listed.stdout


def test_what_moves_and_why(home, small_project, toy_mapping, inventory):
    """What the datasets that are taken move adds up to the difference; the three largest are told."""
    names = ["climate_change", "acidification", "ionising_radiation"]
    found = api.compare([WOOL], background=NAME, mapping=toy_mapping, indicators=names)
    first, second = found.results
    taken = {"electricity-it-mv", "water-tap", "waste-wool-incineration"}
    amounts = reached(second, taken)
    for name in names:
        column = first.background.indicators.index(name)
        gaps = {
            key: amounts[key]
            * float(
                second.background.scores[second.background.rows[key], column]
                - first.background.scores[first.background.rows[key], column]
            )
            for key in taken
        }
        assert sum(gaps.values()) == pytest.approx(second.score(name) - first.score(name))
        (pair,) = found.to_dict()["moves"]
        item = pair["indicators"][name]
        assert item["difference"] == pytest.approx(sum(gaps.values()))
        told = {row["dataset"]: row["difference"] for row in item["datasets"]}
        largest = sorted(gaps, key=lambda key: -abs(gaps[key]))
        assert list(told) == [key for key in largest if abs(gaps[key]) > 1e-9 * first.score(name)]
        assert told == pytest.approx({key: gaps[key] for key in told})
        for row in item["datasets"]:
            assert row["process"] == second.inventory.datasets[row["dataset"]].technology
            assert row["amount"] == pytest.approx(amounts[row["dataset"]])


def test_what_moves_tells_where_ours_is_not_inventoried(home, command, small_project, toy_mapping):
    """A category without its inventory, in the document, in the tables of both languages."""
    row = {"process": "market for power | power | IT | kWh", "coverage": 0.0, "inventoried": False}
    assert remark(row, Language("en")).endswith("; ours is NOT inventoried for this category")
    assert "NON è inventariato" in remark(row, Language("it"))
    half = {**row, "inventoried": True, "coverage": 0.5}
    assert remark(half, Language("en")) == "process: market for power, IT; ours books 50 % of it"
    whole = {**row, "inventoried": True, "coverage": 1.0}
    assert remark(whole, Language("en")) == "process: market for power, IT"
    options = ["--background", NAME, "--mapping", str(toy_mapping)]
    text = " ".join(command("compare", WOOL, *options).stdout.split())
    assert "What moves from" in text and "whole product" in text
    assert "Che cosa cambia da" in command("compare", WOOL, *options, "--lang", "it").stdout


def test_what_moves_stands_in_the_report(home, command, small_project, toy_mapping, tmp_path):
    report = tmp_path / "report.html"
    options = ["--background", NAME, "--mapping", str(toy_mapping), "--report", str(report)]
    done = command("compare", WOOL, *options)
    assert done.returncode == 0, done.stderr
    assert "What moves, and why" in report.read_text("utf-8")
    same = tmp_path / "same.html"
    done = command("compare", WOOL, ROOT / "scenarios" / "virgin-wool.yaml", "--report", same)
    assert done.returncode == 0, done.stderr
    assert "What moves, and why" not in same.read_text("utf-8")
