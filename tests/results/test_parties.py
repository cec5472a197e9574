"""Company, contractors, lots and label in the result, as the scenario names them."""

import pytest
from conftest import NAMES, scenario_dict

from lca_cardato.model.resolve import resolve
from lca_cardato.results.parties import contractors, label, lots
from lca_cardato.results.versions import PARTIES, PRODUCT, THIRD, in_version
from lca_cardato.scenario.load import load_scenario
from lca_cardato.words.language import Language


def test_contractors_are_gathered_by_name_and_place(assessed):
    """One contractor has several steps; steps that the program supposed are nobody's."""
    rows = assessed("recycled-fabric").to_dict("it")["contractors"]
    told = {
        (row["name"], row["municipality"]): [step["step"] for step in row["steps"]] for row in rows
    }
    assert told[("Carbonizzo Esempio", "Prato")] == ["carbonising"]
    assert told[("", "Prato")] == [
        "warping",
        "scouring-fabric",
        "fulling",
        "drying",
        "raising",
        "shearing",
    ]
    assert {step for steps in told.values() for step in steps}.isdisjoint({"sorting", "tearing"})
    finisher = next(row for row in rows if row["name"] == "" and row["municipality"] == "Prato")
    assert finisher["documents"] == ["statement-finishing-2025.pdf"]


def test_one_company_written_in_two_ways_is_one_contractor(inventory):
    one, other = {"operator": "contract", "company": "Cernita Esempio"}, {"operator": "contract"}
    data = scenario_dict(
        route={
            "carding": {**one, "municipality": "Prato"},
            "spinning-ring": {
                **other,
                "company": "CERNITA ESEMPIO s.r.l.",
                "municipality": "Prato",
            },
            "winding": {**one, "municipality": "Vaiano"},
        }
    )
    rows = contractors(resolve(load_scenario(data), inventory), Language("en"))
    assert [[step["step"] for step in row["steps"]] for row in rows] == [
        ["carding", "spinning-ring"], ["winding"],
    ]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_an_earlier_version_names_nobody(assessed, name):
    document = assessed(name).to_dict("en")
    older = in_version(document, THIRD)
    assert set(document) - set(older) == set(PARTIES)
    assert set(document["product"]) - set(older["product"]) == set(PRODUCT)


def test_lots_and_label(assessed):
    model = assessed("recycled-wool-70").main.model
    assert lots(model, Language("it"))[0]["lot"] == "LR-2025-118"
    assert label(model) == {
        "en": "70 % wool, 25 % polyamide, 5 % viscose",
        "it": "70 % lana, 25 % poliammide, 5 % viscosa",
    }
    assert label(assessed("contract-spinner").main.model) is None
