"""What is missing is estimated from the climate change of a dataset and from its kind; by hand."""

from types import SimpleNamespace

import numpy as np
import pytest

from lca_cardato.brightway.gaps import estimated, kinds_of


def dataset(category, kind="unit_process", families=("climate_change",)):
    return SimpleNamespace(category=category, kind=kind, inventoried_for=list(families))


def kinds(datasets):
    return [item.category for item in datasets]


def column(*values):
    return np.array([[value] for value in values], dtype=float)


def test_the_median_of_the_category_times_the_share_that_has_some():
    """Ratios of fuels 1, 2, 6 and 0 per kg: median of some 2, three of four, so 1.5 per kg."""
    datasets = [dataset("fuel") for _ in range(5)] + [dataset("waste")]
    direct = column(1, 4, 18, 0, 0, 700)
    climate = np.array([1.0, 2, 3, 4, 10, 7])
    known = column(1, 1, 1, 1, 0, 1).astype(bool)
    missing, typical = estimated(datasets, kinds(datasets), direct, direct, climate, climate, known)
    assert missing[4, 0] == pytest.approx(15)
    assert typical[0] == pytest.approx(4 * 4 / 5)  # of 1, 2, 6, 100 and 0: median 4, four of five


def test_too_few_of_a_category_take_the_median_of_all():
    datasets = [dataset("fuel"), dataset("fuel"), dataset("waste"), dataset("chemical")]
    direct, climate = column(1, 3, 8, 0), np.array([1.0, 1, 1, 5])
    known = column(1, 1, 1, 0).astype(bool)
    missing, _ = estimated(datasets, kinds(datasets), direct, direct, climate, climate, known)
    assert missing[3, 0] == pytest.approx(15)


def test_a_published_result_is_estimated_from_whole_chains():
    datasets = [dataset("fibre"), dataset("fibre"), dataset("fibre"),
                dataset("fibre", "published_result"), dataset("fibre")]  # fmt: skip
    direct, scores = column(0, 0, 0, 0, 0), column(2, 6, 10, 0, 0)
    own, whole = np.array([0.0, 0, 0, 4, 4]), np.array([2.0, 2, 2, 4, 4])
    known = column(1, 1, 1, 0, 0).astype(bool)
    missing, _ = estimated(datasets, kinds(datasets), direct, scores, own, whole, known)
    assert missing[3, 0] == pytest.approx(12)  # 4 kg at 3 per kg
    assert missing[4, 0] == 0  # the processes alone have none


def test_one_that_is_not_inventoried_for_climate_change_tells_nothing():
    datasets = [dataset("fuel", families=["water"])] * 3 + [dataset("fuel")]
    direct, climate = column(5, 5, 5, 0), np.array([1.0, 1, 1, 1])
    known = column(1, 1, 1, 0).astype(bool)
    missing, typical = estimated(datasets, kinds(datasets), direct, direct, climate, climate, known)
    assert missing[3, 0] == 0 and typical[0] == 0


def test_wool_is_a_kind_of_fibre_of_its_own(inventory, store):
    """What viscose misses of land or ammonia is not that of sheep."""
    found = dict(zip(store.datasets, kinds_of(inventory, store.datasets, store.background.used)))
    for key in ("wool-greasy-au", "wool-scoured-nz", "cashmere-dehaired"):
        assert found[key] == "hair"
    assert found["viscose-fibre"] == "fibre" and found["natural-gas-burned"] == "heat"
