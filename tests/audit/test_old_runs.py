"""Runs of earlier versions, whose scenarios are not taken today."""

from audit.forging import resign
from conftest import ROOT

from lca_cardato.audit.run import run_files
from lca_cardato.files.atomic import write_folder


def test_reproduce_says_which_version_made_it(assessed, command, tmp_path):
    run, name = tmp_path / "run", "virgin-wool"
    write_folder(run, run_files(assessed(name), ROOT / "scenarios" / f"{name}.yaml", "en"))
    scenario = run / "inputs" / "scenario.yaml"
    text = scenario.read_text(encoding="utf-8").replace(
        "document: meter-carding-2025.csv}", "document: meter-of-the-cards.csv}"
    )
    scenario.write_text(text, encoding="utf-8")
    resign(run)
    done = command("verify", run)
    assert "Traceback" not in done.stderr and "E222" not in done.stderr
    done = command("reproduce", run)
    assert done.returncode == 6 and "Traceback" not in done.stderr
    assert "E340" in done.stderr and "lca-cardato 0.1.0" in done.stderr
    assert "E222" in done.stderr and "meter-of-the-cards.csv" in done.stderr
