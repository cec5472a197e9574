"""Drawn spaces: the best blend is the best row of a batch, whoever proposes."""

import pytest
from optimise.drawn import brute, written

from lca_cardato.optimise.solvers import SOLVERS

NAMES = ["climate_change", "energy"]


def compare(folder, seed, inventory, store, packs):
    from lca_cardato.studies.no_blend import NoBlend
    from lca_cardato.studies.optimise import optimise

    file = written(folder, seed)
    best = brute(file, inventory, store, packs, NAMES)
    told = {}
    for solver in SOLVERS:
        try:
            found = optimise(file, indicators=NAMES, checked=False, solver=solver)
            told[solver] = {**found.to_dict(), "solver": None}
        except NoBlend as error:
            found, told[solver] = None, error.problems
    assert told["exact"] == told["highs"], seed
    if found is None:
        assert best is None, seed
        return False
    assert best is not None, seed
    value, _, shares = best
    assert found.finished
    assert float(found.blends[0].value) == pytest.approx(value, rel=1e-9)
    assert list(found.blends[0].shares) == shares, seed
    return True


@pytest.mark.parametrize("start", range(0, 24, 8))
def test_the_optimum_is_that_of_all_rows(start, tmp_path, inventory, store, packs):
    found = [compare(tmp_path, seed, inventory, store, packs) for seed in range(start, start + 8)]
    assert any(found)


@pytest.mark.long
@pytest.mark.parametrize("start", range(1000, 1300, 20))
def test_three_hundred_more(start, tmp_path, inventory, store, packs):
    for seed in range(start, start + 20):
        compare(tmp_path, seed, inventory, store, packs)
