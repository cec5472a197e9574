"""Coverage counts what is booked against what is known to be missing; climate change stands beside."""

from copy import deepcopy
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from conftest import scenario_dict

from lca_cardato.brightway.build import build
from lca_cardato.brightway.store import read_store
from lca_cardato.calculation.solve import calculate
from lca_cardato.lcia.indicators import INDICATOR_IDS
from lca_cardato.model.resolve import resolve
from lca_cardato.report.parts import Cell
from lca_cardato.report.tables.assessment import coverage as coverage_table
from lca_cardato.report.tables.cells import score_row
from lca_cardato.results.coverage import climate_coverage_of, coverage_of, told_coverage
from lca_cardato.results.csv_tables import tables
from lca_cardato.results.document import result_document
from lca_cardato.results.versions import SECOND, in_version
from lca_cardato.scenario.load import load_scenario
from lca_cardato.words.language import Language

NAMED = {name: i for i, name in enumerate(INDICATOR_IDS)}


def product(inventory, store):
    return calculate(resolve(load_scenario(scenario_dict()), inventory), store.background)


def test_a_dataset_that_is_not_inventoried_lowers_only_its_own_categories(
    inventory, store, tmp_path
):
    """Burned gas without acidification: the gap is estimated, so neither 0 nor left out."""
    key = "natural-gas-burned"
    families = [name for name in inventory.datasets[key].inventoried_for if name != "acidification"]
    poorer = inventory.datasets[key].model_copy(update={"inventoried_for": families})
    changed = replace(inventory, datasets={**inventory.datasets, key: poorer})
    other = read_store(tmp_path, build(changed))
    before, after = (
        coverage_of(product(one, held), held.background)
        for one, held in ((inventory, store), (changed, other))
    )
    column = NAMED["acidification"]
    assert 0 < after[column] < before[column]
    rest = [NAMED[name] for name in ("climate_change", "energy")]
    assert np.allclose(after[rest], before[rest], rtol=1e-12)
    values = other.background.scores[: len(other.datasets)]
    assert np.array_equal(values, store.background.scores[: len(store.datasets)])


def test_of_climate_change_both_are_the_same(inventory, store):
    main = product(inventory, store)
    column = NAMED["climate_change"]
    both = [way(main, store.background)[column] for way in (coverage_of, climate_coverage_of)]
    assert both[0] == pytest.approx(both[1], rel=1e-12)


def test_what_a_step_emits_counts_by_what_the_step_is_inventoried_for(inventory, store):
    """Two kg of ammonia per kg of yarn from carding: booked, or a gap of the same size."""
    acid, *_ = inventory.steps["carbonising-dry"].emissions
    gas = acid.model_copy(update={"emission": "Ammonia", "amount": Fraction(2)})

    def covered(families, emissions):
        update = {"inventoried_for": families, "emissions": emissions}
        steps = {**inventory.steps, "carding": inventory.steps["carding"].model_copy(update=update)}
        main = product(replace(inventory, steps=steps), store)
        return coverage_of(main, store.background)[NAMED["acidification"]]

    nothing, booked = covered([], []), covered(["acidification"], [gas])
    assert booked >= nothing > 0
    assert covered([], [gas]) < 0.1 * booked


@pytest.mark.parametrize(
    ("share", "climate", "low"),
    [(1.0, 1.0, False), (1.0, 0.99, True), (0.99, 1.0, True), (0.9996, 1.0, False)],
)
def test_a_value_is_a_lower_bound_where_either_is_not_whole(share, climate, low):
    told = told_coverage(share, climate)
    assert told == {"coverage": share, "coverage_by_climate": climate, "lower_bound": low}


def test_both_stand_in_document_table_and_report(assessed):
    document = deepcopy(result_document(assessed("recycled-wool-70")))
    item = document["indicators"]["acidification"]
    item |= {"coverage": 0.75, "coverage_by_climate": 0.625}  # apart, whatever the inventories hold
    head, row = (
        line.split(",") for line in tables(document)["indicators.csv"].splitlines()
        if line.startswith(("indicator,", "acidification,"))
    )  # fmt: skip
    shown = dict(zip(head, row))
    assert float(shown["coverage"]) == item["coverage"]
    assert float(shown["coverage_by_climate"]) == item["coverage_by_climate"]
    for lang in ("en", "it"):
        table = coverage_table(document, Language(lang))
        assert len(table.columns) == 3 and len(table.rows) == len(INDICATOR_IDS)
        assert table.rows[NAMED["acidification"]][2].value == pytest.approx(
            item["coverage_by_climate"] * 100
        )


@pytest.mark.parametrize("part, low, shown", [
    (1.0, False, "100 %"), (0.99994, True, ">99 %"), (1.0, True, ">99 %"), (0.5, True, "50 %"),
])  # fmt: skip
def test_a_lower_bound_never_stands_beside_a_full_coverage(part, low, shown):
    item = {"value": 2.0, "unit": "kg", "coverage": part, "lower_bound": low}
    row = score_row(Language("en"), Cell("some"), "acidification", item, 4)
    assert (row[1].text.startswith("≥"), row[3].text) == (low, shown)
    assert row[3].value == part * 100


def test_the_version_before_had_the_one_by_climate_change(assessed):
    document = deepcopy(result_document(assessed("recycled-wool-70")))
    document["indicators"]["energy"].update(coverage=0.5, coverage_by_climate=0.75)
    older = in_version(document, SECOND)
    assert older["indicators"]["energy"]["lower_bound"]
    assert older["schema"] == SECOND and "notices" in older
    for name, item in older["indicators"].items():
        assert "coverage_by_climate" not in item
        assert item["coverage"] == document["indicators"][name]["coverage_by_climate"]
    assert document["indicators"]["energy"]["coverage_by_climate"] is not None


def test_the_row_of_fossil_climate_change_says_that_it_holds_more(assessed):
    """Nitrous oxide of sheep counts there."""
    assert Language("en")("climate_change_fossil").strip() == "fossil and other"
    assert Language("it")("climate_change_fossil").strip() == "fossile e altro"
