"""A stated value at the edge of its own draws is told beside them, with the reason."""

import pytest
from conftest import ROOT

from lca_cardato.report.tables.lopsided import edge_texts
from lca_cardato.words.language import Language

ITEM = {"low": 10.0, "median": 12.0, "high": 14.0}


@pytest.mark.parametrize(
    ("stated", "more", "told"),
    [
        (9.9, {}, "Most draws lie above the value as stated: Climate change (outside"),
        (14.1, {}, "Most draws lie below the value as stated: Climate change (outside"),
        (11.0, {"stated_percentile": 0.08}, "above the value as stated: Climate change."),
        (13.0, {"stated_percentile": 0.93}, "below the value as stated: Climate change."),
        (6.0, {"low": 5.0, "stated_percentile": 0.2}, "(the median is 2.0 times as much)"),
        (11.0, {"stated_percentile": 0.3}, ""),
        (0.0, {"low": 0.0, "stated_percentile": 0.5}, ""),
    ],
)
def test_values_at_the_edge(stated, more, told):
    found = edge_texts(Language("en"), [("climate_change", "", stated, {**ITEM, **more})])
    assert len(found) == bool(told)
    assert not told or told in found[0].text


@pytest.mark.parametrize(
    "lang, told", [("en", "outside its 95 % interval"), ("it", "fuori del suo")]
)
def test_the_command_and_its_report_tell_it(command, store, tmp_path, lang, told):
    """Energy of the shipped fabric, 45.6 MJ, of which nearly all draws are higher."""
    page = tmp_path / "page.html"
    done = command(
        "uncertainty", ROOT / "scenarios" / "recycled-fabric.yaml", "--samples", "1000",
        "--indicators", "energy", "--lang", lang, "--report", page, COLUMNS="200",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert told in " ".join(done.stdout.split()) and told in page.read_text(encoding="utf-8")
