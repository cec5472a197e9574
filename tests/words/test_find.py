import pytest

from lca_cardato.words.find import meant, named, one_of, proposal

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
        ("carda", STEPS, "carding"),
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
    assert meant("acqua", INDICATORS) == (["water_withdrawn", "water_consumed"], False)
    told = proposal("acqua", INDICATORS)
    assert "water_consumed (Acqua consumata)" in told
    assert "water_withdrawn (Acqua prelevata)" in told
    assert proposal("aqua", INDICATORS) == told


def test_a_slip_is_proposed_and_never_taken():
    assert meant("wynding", STEPS) == (["winding"], False)
    assert proposal("wynding", STEPS) == "did you mean winding (Roccatura)?"
