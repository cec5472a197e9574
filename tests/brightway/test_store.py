import errno
from pathlib import Path

import numpy as np
import pytest

from lca_cardato.brightway import line
from lca_cardato.brightway import store as module
from lca_cardato.brightway.condense import Numbers, full_matrices
from lca_cardato.brightway.line import scores
from lca_cardato.brightway.store import FILES, is_sound, open_store, store_name
from lca_cardato.errors import CalculationError, DiskError

ROOT = Path(__file__).resolve().parents[2]


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
    assert np.all(background.covered <= background.weight * (1 + 1e-9) + 1e-15)
    climate = background.climate[:, None]
    assert np.all(background.covered_climate <= climate * (1 + 1e-9) + 1e-15)


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


def test_corrected_factors_need_another_store(monkeypatch, tmp_path):
    """Factors lie in the store, so what corrects them is part of its name."""
    before = store_name("a")
    copy = tmp_path / "corrections.yaml"
    copy.write_bytes(module.CORRECTIONS.read_bytes())
    monkeypatch.setattr(module, "CORRECTIONS", copy)
    assert store_name("a") == before
    copy.write_bytes(copy.read_bytes() + b"#")
    assert store_name("a") != before


def test_store_holds_arrays_alone(inventory, store, tmp_path, monkeypatch):
    """No Brightway project is made, neither there nor in the user's folder, whatever the clock."""
    import os
    import subprocess
    import sys

    places = {"LCA_CARDATO_HOME": "home", "HOME": "user", "BRIGHTWAY2_DIR": "mine"}
    for name in places.values():
        (tmp_path / name).mkdir()
    code = (
        "import time; time.time = lambda: 0.0\n"
        "from lca_cardato.brightway.store import open_store\n"
        "from lca_cardato.inventory.load import load_inventory\n"
        "open_store(load_inventory())"
    )
    subprocess.run(
        [sys.executable, "-c", code], check=True, cwd=ROOT, timeout=300,
        env={**os.environ, **{key: str(tmp_path / name) for key, name in places.items()}},
    )  # fmt: skip
    assert not any((tmp_path / "user").iterdir()) and not any((tmp_path / "mine").iterdir())
    [built] = [path for path in (tmp_path / "home").iterdir() if path.is_dir()]
    assert sorted(path.name for path in built.iterdir()) == ["arrays.npz", "digest", "index.json"]
    for name in FILES:
        assert (built / name).read_bytes() == (store.folder / name).read_bytes()


def test_the_store_is_read_once(store, inventory):
    assert open_store(inventory) is open_store(inventory)


def test_brightway_must_agree_when_it_is_built(inventory, monkeypatch, tmp_path):
    from lca_cardato.brightway import build

    asked = []

    def others(matrices, demand):
        asked.append(demand)
        return [value * (1 + 1e-8) for value in line.scores(matrices, demand)]

    monkeypatch.setenv("LCA_CARDATO_HOME", str(tmp_path))
    monkeypatch.setattr(build.process, "scores", others)
    with pytest.raises(CalculationError) as caught:
        open_store(inventory)
    assert caught.value.problems[0].code == "E402" and caught.value.exit_code == 4
    assert len(asked[0]) == len(inventory.datasets)
    assert [path.suffix for path in tmp_path.iterdir()] == [".lock"]


def test_a_full_disk_leaves_nothing(inventory, monkeypatch, tmp_path):
    """The first installation finds no room: our sentence, our code, and nothing left behind."""
    from lca_cardato.files import atomic

    def full(path, data):
        with open(path, "wb") as file:
            file.write(data[: len(data) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setenv("LCA_CARDATO_HOME", str(tmp_path))
    monkeypatch.setattr(atomic, "write_bytes", full)
    with pytest.raises(DiskError) as caught:
        open_store(inventory)
    [problem] = caught.value.problems
    assert (problem.code, caught.value.exit_code) == ("E507", 5)
    assert "No space left" in problem.message and "needed" in problem.suggestion
    assert [path.suffix for path in tmp_path.iterdir()] == [".lock"]


@pytest.mark.parametrize("indicator", ["water_withdrawn", "water_consumed"])
def test_water_volumes_are_counted_not_weighted(store, indicator):
    column = store.background.indicators.index(indicator)
    factors = store.characterisation[:, column]
    assert set(np.unique(factors)) <= {0.0, 1.0}
    named = {store.flows[i][0] for i in np.nonzero(factors)[0]}
    assert not {"Water, salt, ocean", "Water, turbine use, unspecified natural origin"} & named
