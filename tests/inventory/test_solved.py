"""Unit scores lie within a factor of three of other full inventories, or the table says why not."""

import re
from collections import Counter

import pytest
from pages.solved import solved_inventories

ENOUGH = {
    "ecotoxicity_freshwater": 25,
    "human_toxicity_cancer": 25,
    "human_toxicity_non_cancer": 25,
    "ionising_radiation": 25,
    "ozone_depletion": 25,
    "resource_use_minerals_metals": 25,
    "resource_use_fossils": 25,
    "eutrophication_freshwater": 25,
    "land_use": 21,
}
"""Datasets to be compared per category; few open inventories of our products book land."""


@pytest.fixture(scope="module")
def solved(store):
    return solved_inventories(store.background)


def test_enough_datasets_are_compared_in_every_category(solved):
    found = {(item.category, item.dataset) for item in solved}
    count = Counter(category for category, _ in found)
    assert {category: count[category] >= least for category, least in ENOUGH.items()} == dict.fromkeys(
        ENOUGH, True
    )  # fmt: skip


def test_what_differs_by_more_than_three_says_why(solved):
    """A reason names a flow or what is left out; one that is no longer needed goes."""
    silent = [
        (i.category, i.dataset, i.ratio) for i in solved if not i.within and len(i.reason) < 60
    ]
    stale = [(i.category, i.dataset, i.ratio) for i in solved if i.within and i.reason]
    assert (silent, stale) == ([], [])


def test_taken_rows_are_those_whose_dataset_cites_the_source(solved, inventory):
    for item in solved:
        cited = {e.source for e in inventory.datasets[item.dataset].exchanges if e.source}
        family = re.match(r"uslci|[a-z0-9-]+", item.source)[0]
        assert item.source in inventory.sources, item.source
        assert item.taken == any(source.startswith(family) for source in cited), item


def test_toxicity_and_fuels_agree_with_independent_inventories(solved):
    """Medians of rows that rest on other sources; a unit slip of a whole group would move them."""
    for category in ("human_toxicity_cancer", "human_toxicity_non_cancer", "resource_use_fossils"):
        ratios = sorted(i.ratio for i in solved if i.category == category and not i.taken)
        assert 1 / 3 < ratios[len(ratios) // 2] < 3, category


def test_what_was_solved_names_its_flows(solved):
    """Only published totals come without flows."""
    known = [item for item in solved if item.source in ("uslci-fy21-q3", "esu-2021-gas")]
    assert len(known) > 300
    assert [item for item in known if not item.flows] == []
