"""What a scenario leaves open, calculated by hand as docs/method.md states it."""

from fractions import Fraction as F

import pytest

from lca_cardato import api
from lca_cardato.studies.material import of_assessment

TEXT = """schema: lca-cardato/scenario/1
id: by-hand
company: {name: Filatura Esempio, municipality: Prato}
product: {type: yarn, name: yarn, count: Nm 8, batch: 1000 kg}
electricity: {photovoltaic: 100 %, class: measured, document: meter.csv}
blend:
  - {fibre: wool, share: 60 %, origin: recycled_post_consumer, place: Prato, colour: shade_sorted}
  - {fibre: polyamide, share: 40 %, origin: virgin, place: Italy, colour: bought_dyed}
route:
  carding: {loss: {value: 8 %}, reclaimed: {value: 50 %}}
  spinning-ring: {loss: {value: 3 %}, reclaimed: {value: 0 %}}
  winding: {loss: {value: 0.5 %}}
documents:
  meter.csv: {kind: meter_readings, issuer: mill, date: 2026-01-09}
"""
TRIP = F(15, 1000)
"""Tonne-kilometres of a contracted step, for each kg that enters it."""


@pytest.fixture(scope="module")
def by_hand(home, tmp_path_factory):
    file = tmp_path_factory.mktemp("rules") / "by-hand.yaml"
    file.write_text(TEXT, encoding="utf-8")
    return api.assess(file)


def taken(result, activity):
    """Dataset -> what an activity takes of it, per kg that it makes."""
    system = result.main.system
    place = [item.key for item in system.activities].index(activity)
    return {
        exchange.target: float(exchange.amount)
        for exchange in system.exchanges
        if exchange.activity == place and isinstance(exchange.target, str)
    }


def loss_of(result, step):
    """Default loss of a step as the inventory states it, in percent there."""
    datum = result.inventory.steps[step].loss
    assert datum.unit == "%"
    return F(datum.amount) / 100


def fresh(result):
    return [
        float(f["fresh"]) for f in of_assessment(result, "en").document["mass_balance"]["fibres"]
    ]


def test_shares_are_of_fresh_fibre_where_losses_are_reclaimed(by_hand, tmp_path, home):
    """Fibre that returns does not shift them, whatever each fibre loses; a stated rework is no share."""
    wool, polyamide = fresh(by_hand)
    assert wool / polyamide == pytest.approx(60 / 40, rel=1e-12)
    first, card = 1 - loss_of(by_hand, "blending"), F(92, 100)
    feed = 1 / (first * card * F(97, 100) * F(995, 1000))
    returned = F(50, 100) * F(8, 100) * first
    assert wool + polyamide == pytest.approx(float(feed * (1 - returned)), rel=1e-9)
    text = TEXT.replace(", reclaimed: {value: 50 %}", "").replace(", reclaimed: {value: 0 %}", "")
    text = text.replace("share: 60 %", "share: 57 %").replace("share: 40 %", "share: 38 %")
    line = "  - {fibre: wool, share: 5 %, origin: in_process_rework}\n"
    file = tmp_path / "stated.yaml"
    file.write_text(text.replace("route:\n", f"{line}route:\n"), encoding="utf-8")
    wool, polyamide = fresh(api.assess(file))
    assert wool / polyamide == pytest.approx(60 / 40, rel=1e-12)
    assert wool + polyamide == pytest.approx(float(feed * F(95, 100)), rel=1e-9)


def test_a_contracted_step_adds_a_trip_and_takes_the_grid(by_hand):
    """One way, by rigid lorry, on what enters it; steps of a fibre that are not named are contracted."""
    tearing = taken(by_hand, "yarn/0/tearing")
    loss = F(4, 100)
    assert tearing["transport-lorry-rigid"] == pytest.approx(float(TRIP / (1 - loss)), rel=1e-12)
    assert "electricity-photovoltaic-own" not in tearing
    assert taken(by_hand, "yarn/0/sorting")["transport-lorry-rigid"] == pytest.approx(
        float(TRIP / (1 - loss_of(by_hand, "sorting"))), rel=1e-12
    )
    carding = taken(by_hand, "yarn/carding")
    assert "transport-lorry-rigid" not in carding and "electricity-it-mv" not in carding
    assert carding["electricity-photovoltaic-own"] > 0


def test_per_input_counts_what_enters_a_step(by_hand):
    """1.31 MJ per kg of rags fed in, of which 4 % is lost."""
    step = by_hand.inventory.steps["tearing"]
    assert step.figures.electricity.per == "input"
    per_output = F(131, 360) / (1 - F(4, 100))
    found = taken(by_hand, "yarn/0/tearing")["electricity-it-mv"]
    assert found == pytest.approx(float(per_output), rel=1e-12)


def test_fibre_that_was_bought_dyed_is_dyed(by_hand):
    """Its dyeing step is added, contracted: its loss, heat and trip count as those of any other."""
    steps = [activity.key for activity in by_hand.main.system.activities]
    assert "yarn/1/dyeing-stock" in steps
    dyeing = taken(by_hand, "yarn/1/dyeing-stock")
    loss = loss_of(by_hand, "dyeing-stock")
    assert dyeing["transport-lorry-rigid"] == pytest.approx(float(TRIP / (1 - loss)), rel=1e-12)
    assert dyeing["electricity-it-mv"] > 0 and "electricity-photovoltaic-own" not in dyeing
