"""Making the report of a run against making the assessment."""

import pytest
from benchmarks.times import paired, process
from conftest import ROOT

SCENARIO = ROOT / "scenarios" / "recycled-wool-70.yaml"
pytestmark = pytest.mark.benchmark


@pytest.mark.parametrize("form", [pytest.param("html", marks=pytest.mark.short), "pdf", "xlsx"])
def test_report_of_one_assessment(store, tmp_path, hold, form):
    """Less than three times the assessment itself, and the file stays below 3 MB."""
    process("-m", "lca_cardato", "assess", SCENARIO, "--out", tmp_path / "run")
    file = tmp_path / f"report.{form}"

    def report():
        return process("-m", "lca_cardato", "report", tmp_path / "run", file, "--force")

    def assess():
        return process("-m", "lca_cardato", "assess", SCENARIO)

    hold(f"report .{form} / assess", lambda: paired(report, assess), at_most=3)
    assert file.stat().st_size < 3e6


def test_a_run_folder_with_its_report(store, tmp_path, hold):
    """Less than twice the assessment itself: draws, report, tables and proof together."""
    made = iter(range(1000))

    def folder():
        return process("-m", "lca_cardato", "assess", SCENARIO, "--out", tmp_path / str(next(made)))

    def assess():
        return process("-m", "lca_cardato", "assess", SCENARIO)

    hold("run folder / assess", lambda: paired(folder, assess), at_most=2)
