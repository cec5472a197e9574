"""Intake, methane and nitrogen of the Australian flock, calculated again by the national method.

Equations and constants of Agricultural Innovation Australia's calculators (CC BY 4.0), which cite
the appendices 5.D.2 to 5.D.7 of the national inventory.
"""

from math import exp

import pytest

QUARTER = 365 / 4
DIGESTIBLE = {"nsw": (75, 61, 64, 72), "wa": (73, 55, 50, 76), "vic": (70, 55, 65, 60),
              "sa": (70, 55, 55, 75)}  # fmt: skip
PROTEIN = {"nsw": (20, 10, 12, 18), "wa": (18, 6, 6, 21), "vic": (16, 7, 13, 10),
           "sa": (16, 7, 9, 20)}  # fmt: skip
ON_OFFER = {"nsw": (2.9, 2.5, 1.6, 1.7), "wa": (3.5, 1.5, 0.7, 1.2), "vic": (3.2, 3.0, 1.8, 1.0),
            "sa": (4.0, 2.5, 0.7, 0.9)}  # fmt: skip
EWE = {"nsw": 57, "wa": 60, "vic": 50, "sa": 60}
"""Per cent, per cent, t/ha (spring, summer, autumn, winter) and kg of live weight."""
OCEANIA = 40
WOOL, CLEAN, GAIN = 4.52, 0.65, 0.02


def live_weight():
    return (OCEANIA + sum(EWE.values()) / len(EWE)) / 2


def retained(weight, standard):
    """kg of nitrogen a day in wool and in the body."""
    gain = GAIN * 0.92
    rate = 4 * (gain * 1000 / (4 * standard**0.75) - 1)
    body = (212 - rate - (140 - rate) / (1 + exp(-6 * (weight / standard - 0.4)))) * gain / 1000
    return (WOOL * CLEAN / 365 * 0.84 + body) / 6.25


def season(state, index, weight):
    """Dry matter eaten, methane and nitrogen excreted, kg a day."""
    digestible, protein = DIGESTIBLE[state][index], PROTEIN[state][index] / 100
    diet = 0.00795 * digestible - 0.0014
    potential = (104.7 * diet + 0.307 * weight - 15) * weight**0.75 / 1000
    eaten = potential * (1 - exp(-2 * ON_OFFER[state][index] ** 2))
    energy = 0.1604 * digestible - 1.037
    dung = (0.3 * eaten * protein * (1 - (digestible + 10) / 100) + 0.105 * energy * eaten * 0.008
            + 0.0152 * eaten) / 6.25  # fmt: skip
    urine = eaten * protein / 6.25 - retained(weight, EWE[state]) - dung
    return eaten, eaten * 0.0188 + 0.00158, dung + urine


@pytest.fixture(scope="module")
def year():
    """Mean of the states for a year: dry matter eaten, methane, nitrogen excreted, kg."""
    found = [season(state, index, live_weight()) for state in EWE for index in range(4)]
    return [QUARTER * sum(part) / len(EWE) for part in zip(*found)]


def test_the_flock_has_the_intake_methane_and_nitrogen_of_the_national_method(inventory, year):
    eaten, methane, nitrogen = year
    flock = inventory.datasets["flock-sheep-au"]
    assert live_weight() == pytest.approx(48.4, abs=0.05)
    assert eaten == pytest.approx(333.5, rel=0.002)
    assert float(flock.exchanges[0].amount) == pytest.approx(methane, rel=0.002)
    told = sum(float(e.amount) for e in flock.exchanges if e.emission == "Nitrogen oxides") / 0.04
    assert told == pytest.approx(nitrogen, rel=0.002)


def test_the_range_of_methane_holds_each_state(inventory):
    methane = inventory.datasets["flock-sheep-au"].exchanges[0].uncertainty
    for state in EWE:
        made = QUARTER * sum(season(state, index, live_weight())[1] for index in range(4))
        assert float(methane.min) <= made <= float(methane.max), state
