"""The command, as somebody types it."""

import json

import pytest
from conftest import ROOT, own_dataset, with_papers

SCENARIO = ROOT / "scenarios" / "recycled-wool-70.yaml"


def test_version_and_help(command):
    assert command("--version").stdout.startswith("lca-cardato 0.")
    text = command("--help").stdout
    for name in ("assess", "validate", "new", "fibres", "steps"):
        assert name in text


def test_assess_prints_what_one_reads_at_a_glance(command):
    result = command("assess", SCENARIO, "--full")
    assert result.returncode == 0, result.stderr
    for text in (
        "Climate change", "kg CO2-eq", "Life-cycle stages", "Largest contributors",
        "Mass balance", "What the figures rest on", "Cardato Recycled", "meets",
        "Only the Chamber of Commerce",
    ):  # fmt: skip
        assert text in result.stdout
    for word in ("certified", "neutral", "Traceback"):
        assert word not in result.stdout + result.stderr


def test_assess_in_italian(command):
    text = command("assess", SCENARIO, "--full", "--lang", "it").stdout
    for word in (
        "Cambiamento climatico", "Bilancio di massa", "Stracciatura", "Cardatura", "soddisfatto",
        "Acqua prelevata", "cardatura e filatura", "kg di filato condizionato",
    ):  # fmt: skip
        assert word in text
    assert "0.0" not in text.split("Marchi")[0].replace("0.0e", "")  # decimal commas in figures


def test_json_is_one_document_on_standard_output(command):
    result = command("assess", SCENARIO, "--json")
    document = json.loads(result.stdout)
    assert document["schema"] == "lca-cardato/result/4"
    verdicts = {c["id"]: c["verdict"] for c in document["claims"]}
    assert verdicts["cardato"] == verdicts["cardato-recycled"] == "meets"
    assert verdicts["virgin-wool"] == "not_met" and verdicts["grs-content"] == "meets"


def test_out_writes_a_folder_whole_and_never_overwrites(command, tmp_path):
    out = tmp_path / "run"
    assert command("assess", SCENARIO, "--out", out).returncode == 0
    names = {path.relative_to(out).as_posix() for path in out.rglob("*")}
    assert {"result.json", "manifest.json", "SHA256SUMS", "tables/stages.csv"} <= names
    before = (out / "result.json").read_bytes()
    again = command("assess", SCENARIO, "--out", out)
    assert again.returncode == 5
    assert "E503" in again.stderr
    assert (out / "result.json").read_bytes() == before


@pytest.mark.parametrize(
    ("change", "code", "exit_code"),
    [
        (("share: 70 %", "share: 69.9 %"), "E301", 3),
        (("count: Nm 8", "count: Nm 0"), "E108", 3),
        (("fibre: wool", "fibre: wol"), "E307", 3),
        (("0.31 kWh/kg", "0,31 kWh/kg"), "E101", 3),
        (("37200 kWh", "37200 kwh"), "E107", 3),
        (("schema: lca-cardato/scenario/1", "schema: lca-cardato/scenario/9"), "E218", 3),
    ],
)
def test_errors_are_for_people(command, tmp_path, change, code, exit_code):
    path = tmp_path / "wrong.yaml"
    path.write_text(SCENARIO.read_text(encoding="utf-8").replace(*change, 1), encoding="utf-8")
    with_papers(tmp_path)
    result = command("assess", path, "--out", tmp_path / "run")
    assert result.returncode == exit_code
    assert code in result.stderr
    assert f"{path}:" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "run").exists()


def test_missing_file_and_usage(command, tmp_path):
    result = command("assess", tmp_path / "none.yaml")
    assert result.returncode == 5
    assert "E501" in result.stderr
    assert command("assess").returncode == 2
    assert command("asses").returncode == 2


def test_validate_says_what_is_left_to_defaults(command, tmp_path):
    result = command("validate", SCENARIO)
    assert result.returncode == 0
    assert "valid" in result.stdout
    assert "defaults" in result.stdout


def test_validate_speaks_italian_and_looks_at_own_records_as_assess_does(command, tmp_path):
    done = command("validate", SCENARIO, "--lang", "it")
    assert done.stdout.strip().endswith("valori predefiniti") and "valid;" not in done.stdout
    for name, told in (
        ("Zinc", "did you mean 'Zinc II'?"),
        ("Zinc II", "books nothing for energy"),
    ):
        text = own_dataset([(name, "water/surface water")], "energy")
        (tmp_path / "own.yaml").write_text(text, encoding="utf-8")
        done = command("validate", SCENARIO, "--inventories", tmp_path)
        assert (done.returncode, told in done.stdout + done.stderr) == (3 * (name == "Zinc"), True)


@pytest.mark.parametrize("product", ["yarn", "fabric"])
def test_new_writes_a_file_that_assesses(command, tmp_path, product):
    path = tmp_path / "mine.yaml"
    assert command("new", path, "--product", product).returncode == 0
    assert command("assess", path).returncode == 0
    again = command("new", path)
    assert again.returncode == 5
    assert "E503" in again.stderr


def test_lists(command):
    assert "cashmere" in command("fibres").stdout
    assert "Cardatura" in command("steps", "--lang", "it").stdout


def test_inventory_cards(command):
    text = command("inventory", "list").stdout
    assert "electricity-it-mv" in text
    assert "spinning-ring" in text
    card = command("inventory", "show", "natural-gas-burned").stdout
    for word in ("unit process", "ipcc-2006-v2", "Climate change", "used by", "Licence"):
        assert word in card
    card = command("inventory", "show", "carding").stdout
    assert "kWh/kg" in card
    assert "system woollen" in card
    wrong = command("inventory", "show", "natural-gas-burnt")
    assert wrong.returncode == 3
    assert "natural-gas-burned" in wrong.stderr
    assert "sound" in command("inventory", "check").stdout


def test_an_auditor_verifies_reproduces_explains_and_compares(command, tmp_path):
    run, other = tmp_path / "run", tmp_path / "other"
    assert command("assess", SCENARIO, "--out", run).returncode == 0
    assert command("assess", SCENARIO.with_name("virgin-wool.yaml"), "--out", other).returncode == 0
    sound = command("verify", run)
    assert sound.returncode == 0 and "sound" in sound.stdout
    assert "byte by byte" in command("reproduce", run).stdout
    shown = command("explain", run, "energy").stdout
    assert "sum: " in shown and "inputs/scenario.yaml:" in shown
    assert command("explain", run, "enrgy").returncode == 3
    changes = command("diff", run, other).stdout
    assert "inputs/scenario.yaml" in changes and "verdicts" in changes
    path = run / "result.json"
    path.write_text(path.read_text(encoding="utf-8").replace("0", "1", 1), encoding="utf-8")
    broken = command("verify", run, "--lang", "it")
    assert broken.returncode == 6 and "non integro" in broken.stdout
    assert command("verify", tmp_path).returncode == 5


def test_claims_commands(command):
    listed = command("claims", "list").stdout
    assert "cardato-recycled-2014-published" in listed and "cam-tessili-2023-press" in listed
    listed = command("claims", "list", "--lang", "it").stdout
    for word in ("asserzione", "prima del 2026", "pubblicato", "GRS: contenuto riciclato"):
        assert word in " ".join(listed.split())
    shown = command("claims", "show", "cardato-recycled", "--lang", "it").stdout
    for word in ("65%", "https://", "Non pubblicato", "Solo la Camera di Commercio"):
        assert word in shown
    papers = command("claims", "checklist", "cardato-riciclato-pratese").stdout
    assert "[ ]" in papers and "`blend`: `origin`, `lot`, `document`" in papers
    met = command("claims", "check", SCENARIO, "--require", "cardato", "--require", "rcs-content")
    assert met.returncode == 0
    assert "Label" not in met.stdout
    unmet = command("claims", "check", SCENARIO, "--require", "virgin-wool")
    assert unmet.returncode == 1 and "eu-1007-2011-virgin-wool" in unmet.stderr
    wrong = command("claims", "show", "cardado")
    assert wrong.returncode == 3 and "did you mean 'cardato'?" in wrong.stderr
