"""`compare`, `batch`, `uncertainty` and `sensitivity` as commands."""

import json
import re
import shutil

import yaml
from conftest import ROOT, declared, scenario_dict, with_papers

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


def test_what_two_runs_differ_in_is_told_with_units(command, tmp_path):
    """A blend of 60 in place of 70 % changes no reading of a step: the blend itself is told."""
    text = (ROOT / "scenarios" / "recycled-wool-70.yaml").read_text(encoding="utf-8")
    with_papers(tmp_path)
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    changed = text.replace("share: 70 %", "share: 60 %").replace("share: 25 %", "share: 35 %")
    (tmp_path / "b.yaml").write_text(changed, encoding="utf-8")
    for name in "ab":
        assert command("assess", f"{name}.yaml", "--out", name, cwd=tmp_path).returncode == 0
    told = command("diff", "a", "b", cwd=tmp_path).stdout
    assert "blend.0 (wool).share: 70 % -> 60 %" in told
    assert re.search(r"Climate change: [\d.]+ -> [\d.]+ kg CO2-eq  \(\+\d", told)
    assert re.search(r"Water consumed: \d+\.\d+ -> \d+\.\d+ L", told)
    fabric = ROOT / "scenarios" / "recycled-fabric.yaml"
    assert command("assess", fabric, "--out", tmp_path / "c").returncode == 0
    told = command("diff", "a", "c", "--lang", "it", cwd=tmp_path).stdout
    assert "risultati: non confrontati (declared_unit.unit: kg / m2)" in told
    assert "Cambiamento climatico:" not in told


def test_a_batch_without_prices_is_reported_from_its_file(command, tmp_path):
    """No cost, so a column of the file is empty: nothing of it is a number in the report."""
    with_papers(tmp_path)
    shutil.copy(ROOT / "scenarios" / "recycled-wool-70.yaml", tmp_path)
    (tmp_path / "few.space.yaml").write_text(
        "schema: lca-cardato/space/1\nid: few\nbase: recycled-wool-70.yaml\n"
        "simplex:\n  step: 20 %\n  lines:\n    - {line: wool, min: 40 %}\n"
        "    - {line: polyamide}\n    - {line: viscose, max: 20 %}\n",
        encoding="utf-8",
    )
    done = command(
        "batch", "few.space.yaml", "--out", "few.csv", "--report", "few.pdf", "--report",
        "few.html", "--lang", "it", COLUMNS="80", cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "few.html").read_text(encoding="utf-8")
    assert not re.search(r"\bnan\b", page) and "Costo delle fibre" not in page
    assert "poliammide 6" in page and "riciclato nel prodotto, massa anidra" in page
    assert "blend" not in done.stdout and "Cambiamento climatico" in done.stdout


def test_names_and_units_are_those_of_the_language(command):
    done = command("uncertainty", VIRGIN, "--samples", "400", "--lang", "it")
    assert "lana sucida merino" in done.stdout and "wool-greasy" not in done.stdout
    for words, heads in (
        (["fibres"], ["fibra", "ripresa", "vergine", "riciclata post-consumo"]),
        (["steps"], ["valori predefiniti", "filato", "calo 3", "(ipotizzato)"]),
        (["inventory", "list", "wool"], ["ipotizzato", "processo unitario"]),
        (["inventory", "show", "caprolactam"], ["inventariato per", "triangolare da", "usato da",
                                                "incidenza di malattie"]),
        (["inventory", "check"], ["integri:", "valori pubblicati"]),
        (["assess", VIRGIN, "--full"], ["punti", "incidenza di malattie", "m3 eq. mondiali"]),
    ):  # fmt: skip
        done = command(*words, "--lang", "it", COLUMNS="200")
        assert done.returncode == 0, done.stderr
        for head in heads:
            assert head in done.stdout, (words, head)
        assert " to " not in done.stdout.split("\n\n")[0] or words[0] == "inventory"


def test_a_score_that_is_not_whole_is_a_lower_bound_on_its_card(command):
    lines = command("inventory", "show", "caprolactam").stdout.splitlines()
    rows = [line for line in lines if "kg CO2-eq" in line or "kg P-eq" in line]
    shares = [int(re.search(r"(\d+) % ", row)[1]) for row in rows]
    for row, share in zip(rows, shares):
        assert ("≥" in row) == (share < 100)


def test_a_place_without_a_factor_is_told_by_every_study(command, tmp_path):
    from inventory.test_scarcity import OWN

    own = tmp_path / "own"
    own.mkdir()
    (own / "own.yaml").write_text(OWN.format(land="XX", more=""), encoding="utf-8")
    blend = [{"fibre": "wool", "share": "100 %", "origin": "virgin", "dataset": "wool-scoured-xx"}]
    data = json.dumps(declared(scenario_dict(blend=blend)))
    (tmp_path / "a.yaml").write_text(data, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(data.replace('"Nm 8"', '"Nm 10"'), encoding="utf-8")
    for words in (
        ["compare", "a.yaml", "b.yaml"], ["uncertainty", "a.yaml", "--samples", "200"],
        ["sensitivity", "a.yaml", "--trajectories", "2", "--points", "16", "--screen", "2"],
        ["claims", "check", "a.yaml"],
    ):  # fmt: skip
        done = command(*words, "--inventories", own, "--lang", "it", cwd=tmp_path)
        said = " ".join(done.stdout.split())
        assert "Nessun fattore di scarsità idrica noto per XX" in said, (words, done.stderr)
        assert said.count("Nessun fattore") == 1
