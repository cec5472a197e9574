"""`compare`, `batch`, `uncertainty` and `sensitivity` as commands."""

import json

import yaml
from conftest import ROOT, with_papers

from lca_cardato.words.language import Language

SCENARIOS = ROOT / "scenarios"
WOOL, VIRGIN = SCENARIOS / "recycled-wool-70.yaml", SCENARIOS / "virgin-wool.yaml"
SPACE = SCENARIOS / "blends.space.yaml"
QUICK = ("--trajectories", "4", "--points", "32", "--screen", "3")


def clean(result, code=0):
    assert result.returncode == code, result.stderr
    assert "Traceback" not in result.stdout + result.stderr
    return result.stdout


def test_compare_in_italian(command):
    text = clean(command("compare", VIRGIN, WOOL, "--samples", "200", "--lang", "it"))
    words = " ".join(text.split())
    assert "200 estrazioni appaiate" in words and "recycled-wool-70 è inferiore a" in words
    assert "draws" not in words


def test_compare_json(command):
    arguments = ("compare", VIRGIN, WOOL, "--samples", "50", "--seed", "3", "--json")
    document = json.loads(clean(command(*arguments)))
    assert document["schema"] == "lca-cardato/comparison/2"
    assert (document["uncertainty"]["seed"], document["uncertainty"]["samples"]) == (3, 50)


def test_compare_one_scenario(command):
    result = command("compare", WOOL)
    assert clean(result, 3) == ""
    assert "E326" in result.stderr


def test_uncertainty(command):
    arguments = ("uncertainty", VIRGIN, "--samples", "200")
    assert "Impatto con incertezza" in clean(command(*arguments, "--lang", "it"))
    document = json.loads(clean(command(*arguments, "--json", "--indicators", "energy")))
    assert document["schema"] == "lca-cardato/uncertainty/1"
    assert list(document["indicators"]) == ["energy"]


def test_draws_of_what_is_not_wholly_inventoried_are_lower_bounds(command):
    names = ["climate_change", "resource_use_minerals_metals"]
    asked = [word for name in names for word in ("--indicators", name)]
    arguments = ("uncertainty", VIRGIN, "--samples", "50", *asked)
    document = json.loads(clean(command(*arguments, "--json")))
    found = [document["indicators"][name] for name in names]
    assert [item["lower_bound"] for item in found] == [False, True]
    assert found[0]["coverage"] > 0.9995 > found[1]["coverage"]
    for lang, said in (("en", "Lower bounds (≥)"), ("it", "Valori minimi (≥)")):
        text = " ".join(clean(command(*arguments, "--lang", lang)).split())
        named = text[text.index(said) :].partition(".")[0]
        assert Language(lang)(names[1]).strip() in named
        assert Language(lang)(names[0]).strip() not in named
        assert text.partition(said)[0].count("≥ ") == 2  # as stated, and its median


def test_uncertainty_out_of_range(command):
    result = command("uncertainty", VIRGIN, "--seed", "-1")
    assert clean(result, 3) == ""
    assert "E326" in result.stderr


def test_sensitivity(command):
    italian = clean(command("sensitivity", VIRGIN, *QUICK, "--lang", "it"))
    assert "Scelte di metodo e di rete" in italian
    recycled = clean(command("sensitivity", WOOL, *QUICK, "--lang", "it"))
    assert "CFF, A = 0,2 " in recycled and "cut-off alla cessazione" in recycled
    assert "end of waste" not in recycled and "A = 0.2" not in recycled
    document = json.loads(clean(command("sensitivity", VIRGIN, *QUICK, "--json")))
    assert document["schema"] == "lca-cardato/sensitivity/1"
    assert {s["choice"] for s in document["switches"]} >= {"handling", "grid"}


def test_sensitivity_points(command):
    result = command("sensitivity", VIRGIN, "--points", "100")
    assert clean(result, 3) == ""
    assert "E326" in result.stderr


def test_batch_in_italian_with_check(command):
    text = clean(command("batch", SPACE, "--check", "3", "--top", "3", "--lang", "it"))
    assert "3 righe a caso ricalcolate con Brightway" in text and "stessi esiti" in text
    assert "rows" not in text


def test_batch_writes_a_file_and_its_record(command, tmp_path):
    out = tmp_path / "rows.csv"
    clean(command("batch", SPACE, "--out", out, "--check", "3", "--filter", "grs-content == meets"))
    records = [p for p in tmp_path.iterdir() if p.suffix == ".json"]
    [record] = [json.loads(p.read_text(encoding="utf-8")) for p in records]
    assert record["schema"] == "lca-cardato/batch/1"
    assert record["space"] == "blends" and record["where"] == ["grs-content == meets"]
    assert out.read_text(encoding="utf-8").count("\n") > 2


def test_a_row_as_a_scenario(command, tmp_path):
    text = clean(command("batch", SPACE, "--row", "42"))
    data = yaml.safe_load(text)
    assert data["id"] == "recycled-wool-70-42"
    assert text.startswith("# Row 42 of blends.space.yaml")
    file = tmp_path / "row.yaml"
    file.write_text(text, encoding="utf-8")
    clean(command("validate", file))
    assert all("price" in line for line in data["blend"])


def test_a_row_that_is_not_there(command):
    result = command("batch", SPACE, "--row", "1000000000")
    assert clean(result, 3) == ""
    assert "E326" in result.stderr and "the rows 0 to" in result.stderr


def test_wrong_column(command, tmp_path):
    out = tmp_path / "rows.csv"
    result = command("batch", SPACE, "--filter", "climat_change < 4", "--out", out)
    assert clean(result, 3) == ""
    assert "E323" in result.stderr and "climate_change" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_bad_row_is_named(command, tmp_path):
    """The shares of row 1 sum to 101 %; the other row has a result."""
    (with_papers(tmp_path) / "base.yaml").write_text(
        WOOL.read_text(encoding="utf-8"), encoding="utf-8"
    )
    space = {
        "schema": "lca-cardato/space/1", "id": "bad", "base": "base.yaml",
        "grid": {"blend.wool.share": ["70 %", "71 %"]},
    }  # fmt: skip
    file = tmp_path / "bad.space.yaml"
    file.write_text(yaml.safe_dump(space), encoding="utf-8")
    result = command("batch", file)
    text = clean(result, 3)
    assert text
    assert result.stderr.count("row ") == 1 and "row 1: " in result.stderr
