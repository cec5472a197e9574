"""A typed figure is held against the paper that it names, and both numbers are told."""

import pytest
from conftest import ROOT
from meter_files import LOTS

from lca_cardato.inventory.load import load_inventory
from lca_cardato.model.resolve import resolve
from lca_cardato.scenario.load import load_scenario
from lca_cardato.scenario.shipped import shipped_scenarios
from lca_cardato.text.yamltree import parse_document
from lca_cardato.words.language import Language

WOOL = (ROOT / "scenarios" / "recycled-wool-70.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def inventory():
    return load_inventory()


def asked(text, inventory, folder=ROOT / "scenarios"):
    data = parse_document(text).data
    model = resolve(load_scenario(data, folder), inventory)
    return {q.key: q for q in model.questions if q.code == "question_paper"}


@pytest.mark.parametrize(
    ("was", "typed", "key", "numbers"),
    [
        ("163000 kWh, for: 389000 kg", "136000 kWh, for: 389000 kg", "yarn/carding.electricity", ("0.350", "0.419")),
        ("163000 kWh, for: 389000 kg", "163000 kWh, for: 298000 kg", "yarn/carding.electricity", ("0.547", "0.419")),
        ("0.08 L/kg", "0.09 L/kg", "yarn/blending.water_in", ("0.0900", "0.0800")),
        ("value: 6.5 %", "value: 5.6 %", "yarn/carding.loss", ("5.60", "6.50")),
    ],
)  # fmt: skip
def test_another_number_than_the_paper_has_is_asked_about(was, typed, key, numbers, inventory):
    assert WOOL.count(was) == 1
    found = asked(WOOL.replace(was, typed), inventory)
    assert list(found) == [key]
    for lang, point in (("en", "."), ("it", ",")):
        told = found[key].text(Language(lang))
        assert all(number.replace(".", point) in told for number in numbers)


def test_digits_that_were_not_typed_are_no_difference(inventory):
    assert not asked(WOOL.replace("163000 kWh, for: 389000 kg", "0.42 kWh/kg"), inventory)
    reason = "value: 5.6 %, reason: The register counts the fly of two cards too"
    answered = asked(WOOL.replace("value: 6.5 %", reason), inventory)["yarn/carding.loss"]
    assert not answered.open


def test_shipped_figures_are_what_their_papers_say(inventory):
    for path in shipped_scenarios().values():
        if "space" not in path.name:
            text = path.read_text(encoding="utf-8")
            assert not asked(text, inventory, path.parent), path


SITE = """
schema: lca-cardato/scenario/1
id: site
product: {type: yarn, name: Filato, count: Nm 8}
blend: [{fibre: wool, share: 100 %%, origin: virgin}]
route:
  carding:
    electricity: {value: %s kWh, for: 389000 kg, class: measured, period: "2025", document: site.csv}
    loss: {value: %s %%, class: measured, period: "2025", document: lots.csv}
  spinning-ring:
    electricity: {value: 150000 kWh, for: 378000 kg, class: measured, period: "2025", document: site.csv}
documents:
  site.csv: {kind: meter_readings, file: site.csv}
  lots.csv: {kind: register, file: lots.csv}
"""


def test_parts_of_a_site_meter_are_at_most_its_sum(inventory, tmp_path):
    months = "\n".join(f"{month:02d}/2025;30000" for month in range(1, 13))
    (tmp_path / "site.csv").write_text(f"Mese;kWh\n{months}\n", encoding="utf-8")
    (tmp_path / "lots.csv").write_text(LOTS, encoding="utf-8")
    lost = 126.5 / 2000.5 * 100
    assert not asked(SITE % ("170000", f"{lost:.2f}"), inventory, tmp_path)
    more = asked(SITE % ("215000", f"{lost:.2f}"), inventory, tmp_path)
    assert [float(q.arguments[k]) for q in more.values() for k in ("typed", "stated")] == [
        365000,
        360000,
    ]
    assert list(asked(SITE % ("170000", "9"), inventory, tmp_path)) == ["yarn/carding.loss"]
