"""A stored run is opened: its report calculates nothing, and says what a calculation would."""

import json
import subprocess
import sys

import pytest
from audit.forging import read, resign, write
from conftest import ROOT

from lca_cardato.audit import material as opened
from lca_cardato.audit.attestation import attestation
from lca_cardato.audit.layout import FIRST_FORMAT, SECOND_FORMAT
from lca_cardato.audit.reproduce import reproduce_run
from lca_cardato.audit.run import run_files, table_files
from lca_cardato.audit.verify import verify_run
from lca_cardato.errors import IntegrityError
from lca_cardato.files.atomic import write_folder
from lca_cardato.report.formats.html import html_text
from lca_cardato.report.stories.assessment import assessment_report
from lca_cardato.results.csv_tables import json_text, tables
from lca_cardato.results.versions import BEFORE, SCHEMA, SECOND, THIRD, in_version
from lca_cardato.studies.material import of_assessment

NAME = "recycled-wool-70"
HEAVY = {
    "bw2data",
    "bw2calc",
    "bw2io",
    "numpy",
    "scipy",
    "pandas",
    "pyarrow",
    "vl_convert",
    "typst",
}


@pytest.fixture
def folder(assessed, tmp_path):
    """Write a run folder; `samples=0` as older versions did, without ``shown.json``."""

    def write(name, **options):
        result = assessed(NAME)
        made = run_files(result, ROOT, "it", material=of_assessment(result, "it", **options))
        write_folder(tmp_path / name, made)
        return tmp_path / name

    return write


def edit(run, change):
    """Change what is shown."""
    document = json.loads((run / "shown.json").read_text(encoding="utf-8"))
    change(document)
    (run / "shown.json").write_text(json.dumps(document), encoding="utf-8")


def page(material):
    return html_text(assessment_report(material))


def test_the_page_is_that_of_a_calculation(folder, monkeypatch):
    run = folder("run")
    calculated = opened._recalculated(run, "it", "it", None, None)
    opened.of_written(calculated, run)
    monkeypatch.setattr(opened, "_recalculated", None)
    stored = opened.of_run(run, None)
    assert stored.uncertainty["samples"] == 2000 and stored.tornado
    assert page(stored) == page(calculated)


def test_nothing_heavy_is_imported(folder, tmp_path, home):
    run, file = folder("run"), tmp_path / "a.html"
    code = (
        "import sys; from lca_cardato.cli.main import main\n"
        f"sys.argv = ['lca-cardato', 'report', {str(run)!r}, {str(file)!r}]\n"
        "try: main()\n"
        f"finally: print(sorted({HEAVY} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]" and file.is_file()


def test_a_run_of_an_older_version_is_calculated(folder):
    old, new = folder("old", samples=0), folder("new")
    assert not (old / "shown.json").exists()
    older(old)
    assert not [text for check in verify_run(old, True) for text in check.problems]
    again = reproduce_run(old, accept_data=True)
    assert again.identical and again.bytes_equal
    with pytest.raises(IntegrityError, match="E608"):
        opened.of_run(old, None)
    shown = opened.of_run(old, None, accept_data=True)
    assert page(shown).count("<svg") == page(opened.of_run(new, None)).count("<svg")
    assert shown.uncertainty == opened.of_run(new, None).uncertainty


def test_a_result_of_the_version_before_is_read_and_reproduced(folder):
    old = folder("old")
    document = in_version(read(old, "result.json"), BEFORE)
    write(old, "result.json", document)
    (old / "tables/reference.csv").unlink()  # that version had none
    for name, data in table_files(document["scenario"]["id"], tables(document)).items():
        (old / name).write_bytes(data)
    older(old)
    assert "notices" not in read(old, "result.json")
    assert not [text for check in verify_run(old, True) for text in check.problems]
    assert reproduce_run(old, accept_data=True).identical


def test_a_run_with_one_coverage_is_read_and_reproduced(folder):
    """Its own coverage, by climate change, is what is calculated and shown again."""
    old = folder("old")
    of_the_second_version(old)
    assert "coverage_by_climate" not in read(old, "result.json")["indicators"]["energy"]
    of_another_release(old)
    assert "by_climate" not in (old / "tables" / "indicators.csv").read_text("utf-8")
    assert not [text for check in verify_run(old, True) for text in check.problems]
    again = reproduce_run(old, accept_data=True)
    assert again.identical and again.bytes_equal
    assert "<svg" in page(opened.of_run(old, None, accept_data=True))


def test_a_run_that_names_nobody_is_read_and_reproduced(folder):
    """The third version had no company, contractors, lots and documents."""
    old = folder("old")
    document = in_version(read(old, "result.json"), THIRD)
    assert not {"company", "contractors", "lots", "documents"} & set(document)
    (old / "result.json").write_text(json_text(document), encoding="utf-8")
    of_another_release(old)
    assert not [text for check in verify_run(old, True) for text in check.problems]
    again = reproduce_run(old, accept_data=True)
    assert again.identical and again.bytes_equal
    assert "<svg" in page(opened.of_run(old, None, accept_data=True))


def of_another_release(run):
    """Turn a run into one of the second format, made by another program."""
    manifest = read(run, "manifest.json")
    manifest.update(schema=SECOND_FORMAT)
    manifest["tool"]["sha256"] = "0" * 64
    write(run, "manifest.json", manifest)
    write(run, "attestation.json", attestation(manifest))
    resign(run)


def of_the_second_version(run):
    """Result and tables as the version before wrote them; an older result stays as it is."""
    result = read(run, "result.json")
    if result["schema"] == SCHEMA:
        result = in_version(result, SECOND)
        (run / "result.json").write_text(json_text(result), encoding="utf-8")
        (run / "tables/reference.csv").unlink()  # that version had none
    for name, data in table_files(result["scenario"]["id"], tables(result)).items():
        (run / name).write_bytes(data)


def older(run):
    """Turn a run into one of the first releases."""
    of_the_second_version(run)
    manifest = read(run, "manifest.json")
    manifest.update(schema=FIRST_FORMAT)
    del manifest["doctor"], manifest["tool"]["data_sha256"]
    write(run, "manifest.json", manifest)
    write(run, "run.json", {**read(run, "run.json"), "program": "lca-cardato"})
    write(run, "attestation.json", attestation(manifest))
    resign(run)


def test_nothing_is_shown_of_what_was_changed(folder):
    run = folder("run")
    edit(run, lambda d: d["uncertainty"]["indicators"].clear())
    with pytest.raises(IntegrityError, match="E606"):
        opened.of_run(run, None)


def test_draws_are_reproduced(folder):
    run = folder("run")
    again = reproduce_run(run)
    assert again.identical and again.bytes_equal
    edit(run, lambda d: d["tornado"][0].update(low=d["tornado"][0]["low"] * 1.00001))
    [difference] = reproduce_run(run).differences
    assert difference.path.startswith("shown.json: tornado")


def test_another_language_is_calculated(folder):
    run = folder("run")
    assert opened.of_run(run, "en").document["language"] == "en"
