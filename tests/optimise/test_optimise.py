"""The verb `optimise` over shipped spaces: what it finds, what it refuses, how goals move."""

from fractions import Fraction

import pytest
import yaml
from conftest import ROOT

from lca_cardato.errors import InputError
from lca_cardato.studies.no_blend import NoBlend
from lca_cardato.studies.optimise import optimise

FILE = ROOT / "scenarios" / "best.space.yaml"
BLENDS = ROOT / "scenarios" / "blends.space.yaml"


def find(changes=None, source=FILE, **more):
    return optimise(source, changes=changes, checked=False, **more)


def shares(found, place=0):
    return [str(share) for share in found.blends[place].shares]


def value(found):
    return found.outcome.best.value


def space(**changes):
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    data["optimise"].update(changes.pop("optimise", {}))
    return {**data, **changes}


def test_the_shipped_space_and_its_assessment():
    document = optimise(FILE).to_dict()
    best = document["blends"][0]
    assert document["status"] == "optimal" and best["gap"] == 0
    assert document["combinations"] == 4
    assert best["claims"]["cardato-recycled"]["verdict"] == "meets"
    assert best["check"]["largest_relative_difference"] < 1e-9
    assert all(limit["holds"] for limit in best["limits"])
    assert sum(Fraction(line["fraction"]) for line in best["lines"]) == 1


def test_the_dry_basis_decides_and_one_step_less_is_too_little():
    """65 % is reached on the dry basis in the product: the cheapest blend lies just above."""
    found = find({"limits": []})
    content = found.to_dict()["blends"][0]["values"]["recycled_product_dry"]
    assert Fraction(content["fraction"]) >= 65
    wool = Fraction(shares(found)[0])
    with pytest.raises(NoBlend):
        find({"limits": [f"recycled_input_conditioned <= {float(wool * 100) - 1}"]})


def test_a_blend_exactly_at_the_threshold_is_found():
    """In the reading of the mixture, conditioned, 65 % of 65 % is met: by fractions, not floats."""
    changes = {
        "meets": {"cardato-recycled": "blend_input/conditioned"},
        "limits": [],
        "least": "0 %",
    }
    found = find(changes)
    assert shares(found)[0] == "13/20"


@pytest.mark.parametrize(
    ("tight", "loose"),
    [
        ("recycled_product_dry >= 77", "recycled_product_dry >= 70"),
        ("climate_change <= 2.6", "climate_change <= 3"),
        ("fibres >= 300", "fibres >= 290"),
    ],
)
def test_a_looser_limit_never_costs_more(tight, loose):
    both = [find({"limits": [limit], "stock": {}}) for limit in (tight, loose)]
    assert value(both[1]) <= value(both[0])


def test_prices_times_two_cost_times_two():
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    priced = data["variants"]["priced"]
    once = find(source=data, folder=FILE.parent)
    data["variants"]["priced"] = {
        path: f"{2 * Fraction(text.split()[0])} EUR/kg".replace("32/5", "6.4")
        .replace("24/5", "4.8").replace("19/5", "3.8")
        for path, text in priced.items()
    }  # fmt: skip
    twice = find(source=data, folder=FILE.parent)
    assert value(twice) == 2 * value(once)
    assert twice.blends[0].shares == once.blends[0].shares


def test_a_front_gets_better_in_one_and_worse_in_the_other():
    found = find({"front": {"of": ["cost", "climate_change"], "points": 7}})
    rows = found.to_dict()["blends"]
    cost = [row["values"]["cost"]["value"] for row in rows]
    climate = [row["values"]["climate_change"]["value"] for row in rows]
    assert len(rows) > 2
    assert cost == sorted(cost) and climate == sorted(climate, reverse=True)


CONFLICTS = [
    ({"limits": ["climate_change <= 0.1"]}, "limits[0]", 1),
    ({"limits": ["recycled_product_dry <= 30"]}, "limits[0]", 2),
    ({"stock": {"wool": "10 kg"}, "limits": []}, "stock.wool", 2),
    ({"components": {"most": 1}, "limits": []}, "components.most", 2),
    ({"meets": ["virgin-wool"], "limits": []}, "meets.virgin-wool.virgin-wool", 1),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "key", "count"), CONFLICTS)
def test_no_blend_names_the_fewest_limits(changes, key, count):
    with pytest.raises(NoBlend) as error:
        find(changes)
    named = {limit.key for limit in error.value.conflict}
    assert key in named and len(named) == count
    assert error.value.problems[0].code == "E329"


WRONG = [
    ({"minimise": "price"}, "E321"),
    ({"minimise": {"cost": "-1"}}, "E321"),
    ({"minimise": {"cost": "0"}}, "E321"),
    ({"minimise": "recycled_product_dry"}, "E321"),
    ({"limits": ["cost below 4"]}, "E321"),
    ({"limits": ["costt <= 4"]}, "E321"),
    ({"limits": ["cost <= 4 kg"]}, "E321"),
    ({"meets": "cardatto"}, "E321"),
    ({"meets": {"cardato": "product"}}, "E2"),
    ({"stock": {"linen": "5 kg"}}, "E321"),
    ({"stock": {"wool": "-5 kg"}}, "E103"),
    ({"together": [["wool"]]}, "E321"),
    ({"components": {"most": "0"}}, "E321"),
    ({"components": {"most": "1.5"}}, "E321"),
    ({"front": {"of": ["cost", "cost"]}}, "E321"),
    ({"front": {"of": ["cost", "climate_change"], "points": "1"}}, "E321"),
    ({"probability": "100 %"}, "E321"),
    ({"properties": {"x": {"rule": "mean", "values": {"wool": "5 um"}, "source": "s"}}}, "E321"),
    ({"properties": {"x": {"rule": "fibres_in_section", "values": {"wool": "0 dtex"}, "source": "s"}}}, "E321"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "code"), WRONG)
def test_what_is_wrong_is_said_with_its_key(changes, code):
    with pytest.raises(InputError) as error:
        find(changes)
    problem = error.value.problems[0]
    assert problem.code.startswith(code), problem
    assert problem.key


def test_shares_that_do_not_sum():
    simplex = {"step": "5 %", "lines": [{"line": "wool", "min": "41 %"}, {"line": "polyamide"}]}
    with pytest.raises(NoBlend, match="no whole number of steps"):
        find(source=space(simplex=simplex), folder=FILE.parent)


def test_ten_thousand_fibres_are_too_many():
    lines = [{"line": str(number)} for number in range(10_000)]
    with pytest.raises(InputError) as error:
        find(source=space(simplex={"step": "1 %", "lines": lines}), folder=FILE.parent)
    assert error.value.problems[0].code.startswith("E2")


def test_no_price_no_cost():
    data = space()
    del data["variants"], data["grid"]
    with pytest.raises(InputError, match="no cost without the price of every fibre"):
        find(source=data, folder=FILE.parent)


def test_no_time_no_blend():
    with pytest.raises(NoBlend, match="no blend was found in"):
        find(time_limit=0.0)


def test_fine_steps_are_no_more_work():
    """A thousandth of a percent: more blends than could be listed."""
    data = space()
    data["simplex"]["step"] = "0.001 %"
    found = find(source=data, folder=FILE.parent)
    assert found.finished and found.count > 10**8


def test_a_probability_holds_on_draws_that_the_search_has_not_seen():
    asked = {"probability": "95 %", "limits": ["climate_change <= 3.2"]}
    found = find(asked)
    chance = found.to_dict()["chance"]
    assert chance["verified"][0] >= 0.95
    assert value(found) >= value(find({"limits": ["climate_change <= 3.2"]}))
    # the ordinary study of the ordinary scenario, with draws of its own
    from lca_cardato.studies.uncertainty import uncertainty

    found_data = found.scenario()
    for key, paper in found.space.base.files.items():
        del found_data["documents"][key]["file"]
        found_data["documents"][key]["sha256"] = paper.sha256
    draws = uncertainty(found_data, samples=4096, seed=7, indicators=["climate_change"])
    below = (draws.simulation.scores[0, 0] <= 3.2).mean()
    assert below == pytest.approx(chance["verified"][0], abs=0.02)


def test_time_runs_out_after_the_first_blend(monkeypatch):
    """The best so far is given with its gap, and is not called the best."""
    from lca_cardato.optimise.search import Search

    ask = Search.propose

    def once(self, *arguments, **more):
        found = ask(self, *arguments, **more)
        if found.shares is not None:
            self.deadline = 0.0
        return found

    monkeypatch.setattr(Search, "propose", once)
    document = find({"minimise": "climate_change"}).to_dict()
    monkeypatch.undo()
    best = find({"minimise": "climate_change"})
    blend = document["blends"][0]
    assert document["status"] == "time_limit"
    assert all(limit["holds"] for limit in blend["limits"])
    assert blend["goal"] >= value(best) and blend["bound"] <= value(best)
    assert blend["gap"] > 0


def test_what_is_as_good_in_another_combination_is_told():
    """A photovoltaic share does not change the cost of the fibres."""
    bare = {"limits": [], "stock": {}}
    assert find(bare).outcome.alike
    alone = space(optimise=bare)
    del alone["grid"]
    assert not find(source=alone, folder=FILE.parent).outcome.alike


def test_what_time_left_unseen_is_not_taken_for_proven():
    found = find()
    search = found.search
    search.choices._made = {0: search.choices.get(0)}
    search.deadline = 0.0
    outcome = search.minimise(found.specification.goal, found.specification.limits)
    assert not outcome.finished and outcome.best is None and outcome.bound == float("-inf")
    assert not search.choices.made(1)


def test_limits_that_a_probability_breaks_are_not_told_without_it():
    with pytest.raises(NoBlend) as error:
        find({"probability": "99.9 %"})
    problem = error.value.problems[0]
    assert problem.key.endswith("probability") and "99.9 %" in problem.sentence()


def test_a_price_that_a_later_combination_lacks():
    """Prices are looked at as combinations come up, not before the search."""
    found = find()
    choice = found.search.choices.get(0)
    choice.cost = None
    with pytest.raises(InputError, match="no cost without the price"):
        found.specification.quantities["cost"].above(choice)


def test_five_hundred_lots_are_the_most():
    lots = {f"L{number}": "5 kg" for number in range(501)}
    with pytest.raises(InputError, match=r"at most 500 items are accepted$"):
        find({"stock": lots})


def test_a_figure_that_no_scenario_may_have_is_told_in_place_of_limits():
    """Limits hold together; what refuses the blends is a reading."""
    data = space(optimise={"limits": []})
    data["variants"]["priced"]["route.carding.electricity.value"] = "1630000 kWh"
    with pytest.raises(NoBlend) as error:
        find(source=data, folder=FILE.parent)
    told = error.value.problems[0].sentence()
    assert "questioned: route.carding.electricity" in told and not error.value.conflict


def test_a_negative_price_is_told_with_the_space_that_it_stands_in():
    data = space()
    data["variants"]["priced"]["blend.wool.price"] = "-3.20 EUR/kg"
    with pytest.raises(InputError, match="must not be negative") as error:
        find(source=data, folder=FILE.parent)
    assert not error.value.problems[0].file.startswith("blend")


def test_a_fibre_that_stays_can_be_what_no_claim_is_met_with():
    """Nothing is metered in this mill: both fibres that vary fail beside the one that stays."""
    lines = [{"line": "0"}, {"line": "1"}]
    data = {
        "schema": "lca-cardato/space/1", "id": "x", "base": "recycled-threshold-65.yaml",
        "simplex": {"step": "5 %", "lines": lines},
        "optimise": {"minimise": "climate_change", "meets": "cardato-recycled"},
    }  # fmt: skip
    with pytest.raises(NoBlend) as error:
        find(source=data, folder=FILE.parent)
    assert {limit.key for limit in error.value.conflict} == {
        "meets.cardato-recycled.measured-impacts"
    }
