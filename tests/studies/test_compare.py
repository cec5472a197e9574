"""Products side by side: differences, stages, and how sure the order is."""

import numpy as np
import pytest
from conftest import ROOT

from lca_cardato.api import compare
from lca_cardato.brightway.condensed import FOUR
from lca_cardato.errors import InputError
from lca_cardato.report.tables.studies import sentence
from lca_cardato.studies.uncertainty import DISCERNIBLE
from lca_cardato.words.language import Language


def path(name):
    return ROOT / "scenarios" / f"{name}.yaml"


def found_coverage(comparison, name):
    return min(comparison.to_dict()["indicators"][name]["coverage"])


@pytest.fixture(scope="module")
def yarns(home):
    return compare([path("virgin-wool"), path("recycled-wool-70")], samples=2000, seed=4)


def test_values_are_those_of_the_scenarios(yarns, assessed):
    found = yarns.to_dict()
    assert [s["id"] for s in found["scenarios"]] == ["virgin-wool", "recycled-wool-70"]
    assert list(found["indicators"]) == list(FOUR)
    for name, item in found["indicators"].items():
        expected = [assessed(s).score(name) for s in ("virgin-wool", "recycled-wool-70")]
        assert item["values"] == pytest.approx(expected, rel=1e-11)
        gap = expected[1] - expected[0]
        told = min(item["coverage"]) >= 0.95
        assert item["comparable"] == [True, told]
        if not told:
            assert item["difference"] == item["difference_relative"] == [0.0, None]
            assert item["difference_interval"] == [None, None]
            continue
        assert item["difference"] == pytest.approx([0.0, gap], rel=1e-10)
        assert item["difference_relative"] == pytest.approx([0.0, gap / expected[0]], rel=1e-10)
        one, two = (yarns.samples()[s, name] for s in ("virgin-wool", "recycled-wool-70"))
        ends = np.percentile((two - one) / one, [2.5, 50, 97.5])
        found_ends = item["difference_interval"][1]
        assert [found_ends[k] for k in ("low", "median", "high")] == pytest.approx(list(ends))
    assert found["indicators"]["climate_change"]["comparable"][1]


def test_stages_sum_to_the_total(yarns):
    for item in yarns.to_dict()["indicators"].values():
        for place, value in enumerate(item["values"]):
            stages = [values[place] for values in item["by_stage"].values()]
            assert len(stages) > 3
            assert sum(stages) == pytest.approx(value, rel=1e-9)


def test_claims_stand_side_by_side(yarns, assessed):
    claims = yarns.to_dict()["claims"]
    for place, name in enumerate(("virgin-wool", "recycled-wool-70")):
        for claim in assessed(name).to_dict()["claims"]:
            assert claims[claim["id"]]["verdicts"][place] == claim["verdict"]
    assert claims["cardato-recycled"]["verdicts"][1] == "meets"


def test_probabilities_are_counts_of_the_draws(yarns):
    found, samples = yarns.to_dict()["uncertainty"], yarns.samples()
    assert (found["seed"], found["samples"], samples.shape) == (4, 2000, (2000, 8))
    assert found["sampling"] == 3
    for name, item in found["indicators"].items():
        one, two = samples["virgin-wool", name], samples["recycled-wool-70", name]
        [pair] = item["pairs"]
        share = (one < two).mean() + (one == two).mean() / 2
        assert pair["probability_first_lower"] == pytest.approx(share)
        told = found_coverage(yarns, name) >= 0.95
        assert pair["comparable"] == told
        assert pair["discernible"] == (told and (share >= 0.95 or share <= 0.05))
        assert pair["difference"]["median"] == pytest.approx(np.median(two - one), rel=1e-10)
    climate = found["indicators"]["climate_change"]["pairs"][0]
    assert climate["discernible"] and climate["probability_first_lower"] < 0.05


def test_the_same_scenario_twice_is_never_told_apart(home):
    twice = compare([path("virgin-wool")] * 2, samples=300, seed=1, indicators=["all"]).to_dict()
    assert [s["id"] for s in twice["scenarios"]] == ["virgin-wool (1)", "virgin-wool (2)"]
    for item in twice["uncertainty"]["indicators"].values():
        [pair] = item["pairs"]
        assert pair["probability_first_lower"] == 0.5
        assert not pair["discernible"]
        assert set(pair["difference"].values()) == {0.0}


@pytest.mark.parametrize("share, word", [(0.9495, False), (0.95, True), (0.05, True)])
def test_discernible_from_95_percent(yarns, share, word, monkeypatch):
    scores = np.ones((2, 4, 10_000))
    scores[1] = 0.0
    scores[1, :, : round(share * 10_000)] = 2.0
    monkeypatch.setattr(yarns.simulation, "scores", scores)
    [pair] = yarns.to_dict()["uncertainty"]["indicators"]["energy"]["pairs"]
    assert pair["probability_first_lower"] == share
    assert pair["discernible"] is word
    assert DISCERNIBLE == 0.95


def test_sentences():
    def pair(share, discernible):
        return {
            "first": "a", "second": "b", "probability_first_lower": share,
            "comparable": True, "discernible": discernible, "differs": [],
        }  # fmt: skip

    english, italian = Language("en"), Language("it")
    assert sentence(english, pair(0.991, True)) == (
        "a is lower than b in 99.1 % of the draws: discernible."
    )
    assert sentence(english, pair(0.009, True)).startswith("b is lower than a in 99.1 %")
    assert "not discernible (it takes 95 %)" in sentence(english, pair(0.6, False))
    assert sentence(italian, pair(0.991, True)) == (
        "a è inferiore a b in 99,1 % delle estrazioni: distinguibile."
    )
    assert "non distinguibile" in sentence(italian, pair(0.4, False))
    apart = {**pair(0.999, False), "comparable": False}
    assert "not comparable" in sentence(english, apart) and "99" not in sentence(english, apart)


def test_without_draws(home):
    found = compare([path("virgin-wool"), path("recycled-wool-70"), path("cashmere-blend")])
    document = found.to_dict("it")
    assert document["uncertainty"] is None and document["language"] == "it"
    assert found.table().shape == (4, 3)
    for item in document["indicators"].values():
        assert item["difference"][0] == 0 and len(item["difference"]) == 3
        told = [one is not None for one in item["difference"][1:]]
        assert told == item["comparable"][1:]
        assert [one is not None for one in item["difference_interval"][1:]] == told
    with pytest.raises(ValueError, match="samples=N"):
        found.samples()


@pytest.mark.parametrize("count", [0, 1, 21])
def test_number_of_scenarios(home, count):
    with pytest.raises(InputError) as caught:
        compare([path("virgin-wool")] * count)
    assert caught.value.problems[0].code == "E326"


@pytest.mark.parametrize(
    "options, code",
    [
        ({"samples": 1}, "E326"), ({"samples": -5}, "E326"), ({"samples": 10**7}, "E326"),
        ({"samples": 10, "seed": -1}, "E326"), ({"indicators": ["climat"]}, "E307"),
    ],
)  # fmt: skip
def test_errors(home, options, code):
    with pytest.raises(InputError) as caught:
        compare([path("virgin-wool"), path("recycled-wool-70")], **options)
    assert caught.value.problems[0].code == code
