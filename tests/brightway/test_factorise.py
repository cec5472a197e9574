"""Scores per unit by one factorisation, against numpy and against Brightway."""

import numpy as np
import pytest
from scipy.sparse import csc_array

from lca_cardato.brightway import factorise
from lca_cardato.brightway.condense import Numbers, full_matrices
from lca_cardato.brightway.factorise import _keep, unit_scores
from lca_cardato.brightway.line import scores
from lca_cardato.errors import CalculationError

SIZE, FLOWS, INDICATORS = 30, 12, 3


@pytest.fixture
def system():
    random = np.random.default_rng(8)
    uses = random.random((SIZE, SIZE)) * (random.random((SIZE, SIZE)) < 0.15) * 0.2
    np.fill_diagonal(uses, 0.0)
    technosphere = np.diag(random.uniform(0.5, 2.0, SIZE)) - uses
    biosphere = random.normal(size=(FLOWS, SIZE)) * (random.random((FLOWS, SIZE)) < 0.4)
    return technosphere, biosphere, random.normal(size=(FLOWS, INDICATORS))


def sparse(system):
    return csc_array(system[0]), csc_array(system[1]), system[2]


def test_against_numpy(system):
    technosphere, biosphere, factors = system
    expected = np.linalg.inv(technosphere).T @ biosphere.T @ factors
    found = unit_scores(*sparse(system))
    assert found.shape == (SIZE, INDICATORS)
    assert np.allclose(found, expected, rtol=1e-10, atol=1e-13)
    assert np.array_equal(found, unit_scores(*system))  # dense matrices are taken too


def test_against_brightway(system):
    found = unit_scores(*sparse(system))
    numbers = Numbers([str(i) for i in range(SIZE)], list(range(FLOWS)), *system)
    matrices = full_matrices(numbers)
    for process in (0, 7, SIZE - 1):
        expected = scores(matrices, {process + 1: 1.0})
        assert np.allclose(found[process], expected, rtol=1e-9, atol=1e-12)


def test_shipped_background(store):
    found = unit_scores(store.technosphere, store.biosphere, store.characterisation)
    expected = store.background.scores[: len(store.datasets)]
    assert np.allclose(found, expected, rtol=1e-9, atol=1e-12)  # zeros carry the noise of loops


def test_cache_is_used(system, tmp_path):
    cache = tmp_path / "new" / "folder"
    first = unit_scores(*sparse(system), cache)
    [file] = cache.iterdir()
    assert file.suffix == ".scores"
    _keep(file, first + 1.0)  # only a read of the file can give this
    assert np.array_equal(unit_scores(*sparse(system), cache), first + 1.0)


def test_other_matrices_have_another_file(system, tmp_path):
    technosphere, biosphere, factors = system
    unit_scores(technosphere, biosphere, factors, tmp_path)
    changed = unit_scores(technosphere, biosphere, factors * 2, tmp_path)
    assert len(list(tmp_path.iterdir())) == 2
    assert np.allclose(changed, 2 * unit_scores(*system), rtol=1e-12)


@pytest.mark.parametrize("damage", [b"", b"x", b"\x93NUMPY\x01\x00", "cut", "flipped"])
def test_a_damaged_cache_is_made_anew(system, tmp_path, damage):
    first = unit_scores(*sparse(system), tmp_path)
    [file] = tmp_path.iterdir()
    whole = file.read_bytes()
    if damage == "flipped":  # one bit of a number
        file.write_bytes(whole[:-3] + bytes([whole[-3] ^ 1]) + whole[-2:])
    else:
        file.write_bytes(whole[: len(whole) // 2] if damage == "cut" else damage)
    assert np.array_equal(unit_scores(*sparse(system), tmp_path), first)
    assert file.read_bytes() == whole


@pytest.mark.parametrize("kind", ["empty row", "loop of one"])
def test_singular(kind, tmp_path):
    matrix = np.array([[1.0, -1.0], [-1.0, 1.0]] if kind == "loop of one" else [[1.0, 0], [0, 0]])
    with pytest.raises(CalculationError) as caught:
        unit_scores(csc_array(matrix), csc_array(np.ones((1, 2))), np.ones((1, 1)), tmp_path)
    assert caught.value.problems[0].code == "E304"
    assert list(tmp_path.iterdir()) == []


def test_no_partial_file_is_left(system, tmp_path):
    unit_scores(*sparse(system), tmp_path)
    assert [path.suffix for path in tmp_path.iterdir()] == [".scores"]
    assert factorise._digest(*system) != factorise._digest(system[0].T, *system[1:])
