"""Cost of the fibres from the prices of a scenario."""

import pytest
from conftest import scenario_dict

from lca_cardato.results.cost import fibre_cost
from lca_cardato.studies.assess import assess

WOOL = {
    "fibre": "wool", "share": "70 %", "origin": "recycled_post_consumer",
    "colour": "shade_sorted", "document": "a.pdf",
}  # fmt: skip
POLYAMIDE = {"fibre": "polyamide", "share": "30 %", "origin": "virgin"}
LOSSES = {
    "blending": {"loss": "0 %"},
    "carding": {"loss": "10 %", "reclaimed": "0 %"},
    "spinning-ring": {"loss": "4 %", "reclaimed": "0 %"},
    "winding": {"loss": "0 %", "reclaimed": "0 %"},
}


def priced(*prices, **changes):
    lines = [
        {**line, **({"price": price} if price else {})}
        for line, price in zip((WOOL, POLYAMIDE), prices)
    ]
    return assess(scenario_dict(blend=lines, **changes))


@pytest.fixture(scope="module")
def complete(home):
    return priced("3.20 EUR/kg", "4.10 EUR/kg", route=LOSSES)


def test_by_hand(complete):
    cost = fibre_cost(complete)
    assert cost["currency"] == "EUR"
    wool, polyamide = cost["lines"]
    assert (wool["fibre"], polyamide["fibre"]) == ("wool", "polyamide")
    assert (wool["price_per_kg"], polyamide["price_per_kg"]) == (3.2, 4.1)
    for line in cost["lines"]:
        assert line["cost"] == pytest.approx(line["kg"] * line["price_per_kg"], rel=1e-11)
    assert cost["value"] == pytest.approx(wool["kg"] * 3.2 + polyamide["kg"] * 4.1, rel=1e-11)


def test_mass_of_the_fibres_is_what_the_losses_ask_for(complete):
    """Dry fibre into the mixture over dry fibre in the yarn is 1/(0.90 x 0.96)."""
    supply = complete.main.solution.supply[0]
    rows = complete.main.system.line_rows
    masses = [line["kg"] for line in fibre_cost(complete)["lines"]]
    assert masses == pytest.approx([float(supply[row]) for row in rows.values()], rel=1e-11)
    lossless = priced(
        "1 EUR/kg", "1 EUR/kg",
        route={**LOSSES, "carding": {"loss": "0 %"}, "spinning-ring": {"loss": "0 %"}},
    )  # fmt: skip
    plain = [line["kg"] for line in fibre_cost(lossless)["lines"]]
    assert [a / b for a, b in zip(masses, plain)] == pytest.approx([1 / (0.9 * 0.96)] * 2, rel=1e-9)
    assert sum(plain) == pytest.approx(1.0, rel=0.1)


def test_double_price_double_cost(complete):
    twice = fibre_cost(priced("6.40 EUR/kg", "8.20 EUR/kg", route=LOSSES))
    assert twice["value"] == pytest.approx(2 * fibre_cost(complete)["value"], rel=1e-11)


def test_none_without_prices(home):
    assert fibre_cost(priced(None, None)) is None


@pytest.mark.parametrize("prices", [("3.20 EUR/kg", None), (None, "4.10 EUR/kg")])
def test_no_sum_while_a_price_is_missing(home, prices):
    cost = fibre_cost(priced(*prices))
    assert cost["value"] is None
    for line, price in zip(cost["lines"], prices):
        assert (line["cost"] is None) == (price is None)
        assert (line["price_per_kg"] is None) == (price is None)
        assert line["kg"] > 0


def test_a_price_of_nothing_is_a_price(home):
    cost = fibre_cost(priced("0 EUR/kg", "4.10 EUR/kg"))
    wool, polyamide = cost["lines"]
    assert wool["cost"] == 0.0
    assert cost["value"] == polyamide["cost"] > 0
