import numpy as np
import pytest

from lca_cardato.brightway.condense import Numbers, full_matrices
from lca_cardato.brightway.line import scores
from lca_cardato.brightway.store import is_sound, open_store, store_name


def test_condensed_background_equals_brightway(store):
    """Every dataset at once, and a few alone."""
    numbers = Numbers(
        store.datasets, list(store.flows), store.technosphere, store.biosphere,
        store.characterisation,
    )  # fmt: skip
    matrices = full_matrices(numbers)
    condensed = store.background.scores[: len(store.datasets)]
    everything = scores(matrices, {i + 1: 1.0 for i in range(len(store.datasets))})
    assert np.allclose(everything, condensed.sum(axis=0), rtol=1e-9, atol=1e-16)
    for name in ("electricity-it-mv", "transport-ship-container", "wastewater-treatment"):
        row = store.background.rows[name]
        found = scores(matrices, {row + 1: 1.0})
        assert np.allclose(found, condensed[row], rtol=1e-9, atol=1e-16)


def test_assumed_part_lies_within_the_score(store):
    count = len(store.datasets)
    column = store.background.indicators.index("climate_change")
    scores_, assumed = (
        store.background.scores[:count, column],
        store.background.assumed[:count, column],
    )
    positive = scores_ > 0
    assert np.all(assumed[positive] <= scores_[positive] * (1 + 1e-9) + 1e-12)


def test_coverage_never_exceeds_the_weight(store):
    background = store.background
    assert np.all(background.covered <= background.weight[:, None] * (1 + 1e-9) + 1e-15)


def test_a_damaged_store_is_built_again(store, inventory, tmp_path, monkeypatch):
    import shutil

    copy = tmp_path / store.folder.name
    shutil.copytree(store.folder, copy)
    assert is_sound(copy)
    with open(copy / "arrays.npz", "r+b") as file:
        file.seek(100)
        file.write(b"xxxx")
    assert not is_sound(copy)
    monkeypatch.setenv("LCA_CARDATO_HOME", str(tmp_path))
    again = open_store(inventory)
    assert again.folder == copy
    assert np.array_equal(again.background.scores, store.background.scores)


def test_name_depends_on_the_inventories():
    assert store_name("a") != store_name("b")


def test_store_holds_a_brightway_project(store):
    assert (store.folder / "project").is_dir()
    assert any((store.folder / "project").iterdir())


@pytest.mark.parametrize("indicator", ["water_withdrawn", "water_consumed"])
def test_water_volumes_are_counted_not_weighted(store, indicator):
    column = store.background.indicators.index(indicator)
    factors = store.characterisation[:, column]
    assert set(np.unique(factors)) <= {0.0, 1.0}
    named = {store.flows[i][0] for i in np.nonzero(factors)[0]}
    assert not {"Water, salt, ocean", "Water, turbine use, unspecified natural origin"} & named
