"""An assessment of a workbook against that of the same scenario as YAML, whole processes in turn."""

import pytest
from benchmarks.times import paired, process

from lca_cardato.scenario.shipped import shipped_scenario
from lca_cardato.space.shipped import copy_shipped

pytestmark = [pytest.mark.benchmark, pytest.mark.short]


def test_assess_of_a_workbook_against_yaml(store, hold, tmp_path):
    name = "recycled-wool-70"
    copy_shipped(tmp_path / "x.xlsx", name)

    def assess(path):
        return lambda: process("-m", "lca_cardato", "assess", path)

    hold(
        "assess x.xlsx / assess x.yaml",
        lambda: paired(assess(tmp_path / "x.xlsx"), assess(shipped_scenario(name))),
        at_most=1.25,
    )
