"""The run folder: complete, free of time and place, verifiable, reproducible."""

import json
import os
import shutil
import subprocess
import sys
from fractions import Fraction

import pytest
from audit import forging
from conftest import NAMES, ROOT, with_papers

from lca_cardato.audit.files import read_sums, sums_text
from lca_cardato.audit.reproduce import compare, reproduce_run
from lca_cardato.audit.run import run_files
from lca_cardato.audit.verify import verify_run
from lca_cardato.errors import DiskError, IntegrityError
from lca_cardato.files.atomic import sha256, write_folder
from lca_cardato.files.runs import SUMS
from lca_cardato.results.contributions import explain_rows

NAME = "recycled-wool-70"


@pytest.fixture(scope="module")
def files(assessed):
    return run_files(assessed(NAME), ROOT / "scenarios" / f"{NAME}.yaml", "en")


@pytest.fixture
def run(files, tmp_path):
    write_folder(tmp_path / "run", files)
    return tmp_path / "run"


def problems(run):
    return [text for check in verify_run(run) for text in check.problems]


def resign(run):
    """Write SHA256SUMS again, as somebody would who hides a change."""
    present = {
        path.relative_to(run).as_posix(): path.read_bytes()
        for path in run.rglob("*")
        if path.is_file() and path.name != SUMS
    }
    (run / SUMS).write_bytes(sums_text(present))


def edit(run, name, change):
    document = json.loads((run / name).read_text(encoding="utf-8"))
    change(document)
    (run / name).write_text(json.dumps(document, indent=2), encoding="utf-8")


def test_inputs_are_byte_copies(run):
    scenario = (ROOT / "scenarios" / f"{NAME}.yaml").read_bytes()
    assert (run / "inputs" / "scenario.yaml").read_bytes() == scenario
    shipped = {
        path.relative_to(ROOT / "inventories").as_posix(): path.read_bytes()
        for path in (ROOT / "inventories").rglob("*.yaml")
    }
    copies = run / "inputs" / "inventories" / "shipped"
    assert {
        path.relative_to(copies).as_posix(): path.read_bytes()
        for path in copies.rglob("*.yaml")
    } == shipped  # fmt: skip


def test_sums_are_those_of_sha256sum(run):
    if shutil.which("sha256sum") is None:
        pytest.skip("no sha256sum here")
    done = subprocess.run(["sha256sum", "-c", SUMS], cwd=run, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_scenario_gives_a_sound_run(assessed, tmp_path, name):
    made = run_files(assessed(name), ROOT / "scenarios" / f"{name}.yaml", "it")
    write_folder(tmp_path / name, made)
    assert problems(tmp_path / name) == []


def test_two_runs_are_byte_identical_elsewhere(tmp_path, home):
    """Other time zone, locale, hash seed and folder; the time comes from SOURCE_DATE_EPOCH."""
    kinds = [
        {"TZ": "UTC", "LANG": "C", "PYTHONHASHSEED": "0"},
        {"TZ": "Pacific/Kiritimati", "LANG": "it_IT.UTF-8", "PYTHONHASHSEED": "4711"},
    ]
    made = []
    for number, extra in enumerate(kinds):
        place = tmp_path / f"place {number}"
        place.mkdir()
        shutil.copy(ROOT / "scenarios" / "virgin-wool.yaml", place / "my file.yaml")
        with_papers(place)
        environment = {**os.environ, **extra, "SOURCE_DATE_EPOCH": "1780000000"}
        subprocess.run(
            [sys.executable, "-m", "lca_cardato", "assess", "my file.yaml", "--out", "run"],
            cwd=place, env=environment, check=True, capture_output=True,
        )  # fmt: skip
        run = place / "run"
        made.append(
            {p.relative_to(run).as_posix(): p.read_bytes() for p in run.rglob("*") if p.is_file()}
        )
    assert made[0] == made[1]


def test_only_the_record_of_the_run_holds_the_time(files, assessed, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    later = run_files(assessed(NAME), ROOT / "scenarios" / f"{NAME}.yaml", "en")
    changed = {name for name in files if files[name] != later[name]}
    assert changed == {"run.json", "ro-crate-metadata.json", SUMS}


def test_no_place_of_this_machine_is_written(files):
    for name, data in files.items():
        if not name.startswith("inputs/"):
            assert str(ROOT).encode() not in data, name


def test_a_changed_byte_is_found_in_any_file(run):
    names = [*read_sums((run / SUMS).read_text(encoding="utf-8")), SUMS]
    for name in names:
        path = run / name
        kept = path.read_bytes()
        at = len(kept) // 2
        path.write_bytes(kept[:at] + bytes([kept[at] ^ 1]) + kept[at + 1 :])
        assert problems(run), name
        path.write_bytes(kept)
    assert problems(run) == []


def test_a_missing_and_a_foreign_file_are_found(run):
    (run / "tables" / "stages.csv").unlink()
    (run / "note.txt").write_text("x", encoding="utf-8")
    assert problems(run)[:2] == ["tables/stages.csv: missing", f"note.txt: not listed in {SUMS}"]


def test_a_link_out_of_the_folder_is_refused(run):
    secret = run.parent / "secret.json"
    secret.write_bytes((run / "result.json").read_bytes())
    (run / "result.json").unlink()
    (run / "result.json").symlink_to(secret)
    assert any("outside" in text for text in problems(run))


@pytest.mark.parametrize(
    ("name", "change", "word"),
    [
        ("result.json", lambda d: d["indicators"]["climate_change"].update(value=1.0), "sum"),
        ("result.json", lambda d: d["mass_balance"]["steps"][0].update(waste=9.0), "mass balance"),
        ("result.json", lambda d: d["claims"][0].update(verdict="not_met"), "worst"),
        ("claims.json", lambda d: d["fibres"][0].update(recycled=False), "follow from the masses"),
        ("contributions.json", lambda d: d["rows"][0].update(amount=5.0), "amount"),
    ],
)
def test_a_hidden_change_is_found_by_the_arithmetic(run, name, change, word):
    """The digests are made again by whoever changed the file; sums and thresholds are not."""
    edit(run, name, change)
    digest = sha256((run / name).read_bytes())
    edit(run, "manifest.json", lambda d: d["outputs"].update({name: digest}))
    resign(run)
    found = problems(run)
    assert found and any(word in text for text in found)


def test_a_verdict_against_its_threshold_is_found(run):
    def change(document):
        row = next(r for r in document["rows"] if r["criterion"] == "recycled-share")
        row["observed"] = dict.fromkeys(row["observed"], "1/2")

    edit(run, "claims.json", change)
    resign(run)
    assert any("below the threshold" in text for text in problems(run))


def test_it_is_reproduced_byte_by_byte(run):
    outcome = reproduce_run(run)
    assert outcome.identical and outcome.bytes_equal and outcome.cause == ""


def test_a_changed_result_is_told_with_both_values(run):
    edit(run, "result.json", lambda d: d["indicators"]["energy"].update(value=1.5))
    outcome = reproduce_run(run)
    assert not outcome.identical and outcome.cause == "unknown"
    first = outcome.differences[0]
    assert first.path == "result.json: indicators.energy.value" and first.before == 1.5


def test_a_difference_below_the_tolerance_is_none(run):
    def change(document):
        document["uncertainty"]["indicators"]["energy"]["mean"] *= 1 + 1e-9

    edit(run, "shown.json", change)
    forging.resign(run)
    outcome = reproduce_run(run)
    assert outcome.identical and not outcome.bytes_equal


def test_changed_masses_are_never_tolerated(run):
    def change(document):
        mass = document["fibres"][0]["mass"]
        mass["product/dry"] = str(Fraction(mass["product/dry"]) + Fraction(1, 10**15))

    edit(run, "claims.json", change)
    assert not reproduce_run(run).identical


def test_nothing_is_computed_from_changed_inputs(run):
    path = run / "inputs" / "scenario.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("70 %", "71 %"), encoding="utf-8")
    with pytest.raises(IntegrityError) as caught:
        reproduce_run(run)
    assert caught.value.problems[0].code == "E602"


def test_own_inventories_are_copied_and_used(tmp_path, home):
    from lca_cardato.studies.assess import assess

    own = tmp_path / "own"
    own.mkdir()
    text = (ROOT / "inventories" / "water-waste" / "water.yaml").read_text(encoding="utf-8")
    (own / "water.yaml").write_text(
        text.replace("        amount: 0.55\n", "        amount: 0.65\n", 1), encoding="utf-8"
    )
    scenario = ROOT / "scenarios" / f"{NAME}.yaml"
    result = assess(scenario, own)
    write_folder(tmp_path / "run", run_files(result, scenario, "en"))
    assert (tmp_path / "run" / "inputs" / "inventories" / "own" / "water.yaml").is_file()
    shutil.rmtree(own)
    assert problems(tmp_path / "run") == []
    assert reproduce_run(tmp_path / "run").identical


def test_every_value_names_its_file_and_line(run):
    document = json.loads((run / "resolved.json").read_text(encoding="utf-8"))
    for row in document["values"]:
        assert (run / row["file"]).is_file(), row["key"]
        if row["origin"] == "scenario":
            typed = (run / row["file"]).read_text(encoding="utf-8").splitlines()[row["line"] - 1]
            assert typed.strip() == row["typed"]
        assert float(Fraction(row["exact"])) == pytest.approx(row["value"])


def test_contributions_sum_to_every_indicator(run):
    result = json.loads((run / "result.json").read_text(encoding="utf-8"))
    arithmetic = json.loads((run / "contributions.json").read_text(encoding="utf-8"))
    for name, item in result["indicators"].items():
        total = sum(row["value"] for row in explain_rows(arithmetic, name))
        assert total == pytest.approx(item["value"], rel=1e-9, abs=1e-15), name


def test_the_folder_appears_whole_or_not_at_all(files, tmp_path, monkeypatch):
    written = []

    def fsync(number):
        written.append(number)
        if len(written) == 7:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(DiskError):
        write_folder(tmp_path / "run", files)
    assert list(tmp_path.iterdir()) == []


def test_an_existing_folder_is_left_alone(files, tmp_path):
    (tmp_path / "run").mkdir()
    with pytest.raises(DiskError) as caught:
        write_folder(tmp_path / "run", files)
    assert caught.value.problems[0].code == "E503"


def test_another_folder_is_not_a_run(tmp_path):
    with pytest.raises(DiskError):
        verify_run(tmp_path)


def test_differences_are_named_by_the_keys_of_their_rows():
    before = {"rows": [{"key": "a", "x": 1}, {"key": "b", "x": 2}]}
    now = {"rows": [{"key": "a", "x": 1}, {"key": "b", "x": 3}]}
    assert [d.path for d in compare(before, now, "f")] == ["f: rows[b].x"]


def test_what_is_copied_is_what_was_read(home, tmp_path):
    """Files that change while a run is calculated change neither its copies nor its digests."""
    import hashlib
    import shutil

    from lca_cardato.errors import IntegrityError
    from lca_cardato.studies.assess import assess

    scenario = tmp_path / "s.yaml"
    text = (ROOT / "scenarios" / f"{NAME}.yaml").read_text("utf-8")
    paper = "documents:\n  tc-9: {kind: other, file: tc.pdf}\n"
    scenario.write_text(
        text.replace("documents:\n", paper) if "\ndocuments:" in text else text + paper,
        encoding="utf-8",
    )
    (with_papers(tmp_path) / "tc.pdf").write_bytes(b"paper")
    own = tmp_path / "own"
    own.mkdir()
    shutil.copy(ROOT / "inventories" / "packaging" / "packaging.yaml", own / "p.yaml")
    result = assess(scenario, own)
    before = scenario.read_bytes(), (own / "p.yaml").read_bytes()
    scenario.write_text("changed", encoding="utf-8")
    (own / "p.yaml").write_text("changed", encoding="utf-8")
    files = run_files(result, scenario, "en")
    assert files["inputs/scenario.yaml"] == before[0]
    assert files["inputs/inventories/own/p.yaml"] == before[1]
    assert hashlib.sha256(before[0]).hexdigest() == result.scenario_digest
    (tmp_path / "tc.pdf").write_bytes(b"other")
    with pytest.raises(IntegrityError, match="E602"):
        run_files(result, scenario, "en")
