"""A stated value at the edge of its own draws is told beside them, with the reason."""

import json

import pytest
from conftest import declared, scenario_dict

from lca_cardato.report.tables.lopsided import edge_texts
from lca_cardato.words.language import Language
from lca_cardato.words.said import TIE

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
    """A wool whose carbon dioxide is stated at the lower end of its range."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "own.yaml").write_text(
        """schema: lca-cardato/inventory/1
datasets:
  wool-of-ours:
    name: {en: own wool, it: lana propria}
    kind: unit_process
    category: fibre
    supplies: [{fibre: wool, origin: virgin}]
    product: {name: wool, unit: kg}
    geography: IT
    year: 2025
    inventoried_for: [climate_change]
    exchanges:
      - {emission: "Carbon dioxide, fossil", compartment: air, amount: 10, unit: kg, class: assumed, reason: guess, year: 2025, geography: IT, uncertainty: {distribution: uniform, min: 10, max: 90}}
""",
        encoding="utf-8",
    )
    blend = [{"fibre": "wool", "share": "100 %", "origin": "virgin", "dataset": "wool-of-ours"}]
    scenario, page = tmp_path / "mill.yaml", tmp_path / "page.html"
    scenario.write_text(json.dumps(declared(scenario_dict(blend=blend))), encoding="utf-8")
    done = command(
        "uncertainty", scenario, "--samples", "1000", "--indicators", "climate_change", "--lang",
        lang, "--report", page, "--inventories", tmp_path / "own", COLUMNS="200",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert told in " ".join(done.stdout.split()) and told in page.read_text(
        encoding="utf-8"
    ).replace(TIE, " ")
