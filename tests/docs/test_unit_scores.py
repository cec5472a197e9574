from conftest import ROOT
from pages.unit_scores import unit_coverage, unit_scores


def test_a_change_of_data_shows_in_the_diff(inventory, store):
    kept = (ROOT / "docs" / "unit-scores.csv").read_text(encoding="utf-8")
    assert unit_scores(inventory, store) == kept, (
        "a unit score changed; if meant so: python docs/pages/unit_scores.py > docs/unit-scores.csv"
    )


def test_a_change_of_coverage_shows_in_the_diff(inventory, store):
    kept = (ROOT / "docs" / "unit-coverage.csv").read_text(encoding="utf-8")
    assert unit_coverage(inventory, store) == kept, (
        "the coverage of a dataset changed; if meant so: "
        "python docs/pages/unit_scores.py coverage > docs/unit-coverage.csv"
    )
