import pytest

from lca_cardato.words.find import called, meant, named, one_of, proposal

INDICATORS = named(
    ["climate_change", "energy", "water_withdrawn", "water_consumed", "water_scarcity"]
)
STEPS = {
    "carding": [
        "Carding (woollen card set with condenser)",
        "Cardatura (assortimento con divisore)",
    ],
    "spinning-ring": ["Ring spinning (woollen frame)", "Filatura (ring cardato)"],
    "winding": ["Winding", "Roccatura"],
}


@pytest.mark.parametrize(
    ("typed", "choices", "found"),
    [
        ("water_consumed", INDICATORS, "water_consumed"),
        ("Water consumed", INDICATORS, "water_consumed"),
        ("acqua consumata", INDICATORS, "water_consumed"),
        ("SCARSITA IDRICA", INDICATORS, "water_scarcity"),
        ("energia", INDICATORS, "energy"),
        ("cardatura", STEPS, "carding"),
        ("roccatura", STEPS, "winding"),
        ("acqua", INDICATORS, ""),
        ("wynding", STEPS, ""),
        ("", STEPS, ""),
        ("-", STEPS, ""),
    ],
)
def test_a_name_in_either_language_is_as_good_as_an_id(typed, choices, found):
    assert one_of(typed, choices) == found


def test_where_several_are_meant_all_are_named():
    assert meant("acqua", INDICATORS) == ["water_withdrawn", "water_consumed"]
    told = proposal("acqua", INDICATORS)
    assert "water_consumed (Acqua consumata)" in told
    assert "water_withdrawn (Acqua prelevata)" in told
    assert proposal("aqua", INDICATORS) == told


def test_a_slip_is_proposed_and_never_taken():
    assert meant("wynding", STEPS) == ["winding"]
    assert proposal("wynding", STEPS) == "did you mean winding (Roccatura)?"


@pytest.mark.parametrize(
    ("typed", "choices", "likely"),
    [("climat_change", INDICATORS, "climate_change"), ("cardatu", STEPS, "carding")],
)
def test_the_beginning_of_a_name_is_proposed_and_never_taken(typed, choices, likely):
    assert one_of(typed, choices) == "" and meant(typed, choices) == [likely]
    assert proposal(typed, choices).startswith(f"did you mean {likely} (")


def test_a_whole_name_comes_before_one_without_its_brackets():
    fibres = {"cotton": ["Cotton"], "cotton-organic": ["Cotton (organic)"]}
    assert called("cotton", fibres) == ["cotton"]
    assert called("Wool", {"a": ["Wool (fine)"], "b": ["Wool (coarse)"]}) == ["a", "b"]
