"""The arrays of the browser beside numpy itself, function by function."""

import math
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lca_cardato.web import arrays as own

VALUES = st.one_of(
    st.sampled_from([0.0, -0.0, 1.0, -1.0, math.inf, -math.inf, math.nan]),
    st.floats(-1e6, 1e6, allow_subnormal=False),
)
SHAPES = [(3,), (1,), (2, 3), (2, 1), (1, 3), (2, 3, 1)]
FIT = [
    (one, other)
    for one in [*SHAPES, ()]
    for other in [*SHAPES, ()]
    if all(a == b or 1 in (a, b) for a, b in zip(one[::-1], other[::-1]))
]


def same(ours, theirs):
    assert own.shape(ours) == np.shape(theirs)
    flat = own.ravel(ours).flat if own.shape(ours) else [ours]
    for one, other in zip(flat, np.ravel(theirs).tolist()):
        assert (
            one == other
            or (one != one and other != other)
            or math.isclose(one, other, rel_tol=1e-15)
        )


def drawn(data, shape):
    flat = data.draw(st.lists(VALUES, min_size=math.prod(shape), max_size=math.prod(shape)))
    theirs = np.array(flat).reshape(shape) if shape else flat[0]
    return (own.array(theirs.tolist()) if shape else flat[0]), theirs


@given(st.data(), st.sampled_from(FIT))
def test_arithmetic_and_choice_are_those_of_numpy(data, shapes):
    (a, na), (b, nb) = (drawn(data, shape) for shape in shapes)
    pairs = [own, np]
    with np.errstate(all="ignore"):
        if shapes != ((), ()):
            for of in (
                lambda x, y: x + y, lambda x, y: x - y, lambda x, y: x * y, lambda x, y: x < y,
                lambda x, y: x >= y, lambda x, y: x == y, lambda x, y: x != y,
            ):  # fmt: skip
                same(of(a, b), of(na, nb))
            if isinstance(a, own.ndarray) or isinstance(b, own.ndarray):
                same(a / b, na / nb)
        ours, theirs = ([m.maximum(x, y), m.minimum(x, y), m.where(x > y, x, y)]
                        for m, x, y in zip(pairs, (a, na), (b, nb)))  # fmt: skip
    for one, other in zip(ours, theirs):
        same(one.item() if isinstance(one, own.ndarray) and not one.shape else one, other)


@given(st.data(), st.sampled_from(SHAPES))
def test_functions_of_one_array_are_those_of_numpy(data, shape):
    a, na = drawn(data, shape)
    with np.errstate(all="ignore"):
        for name in (
            "abs",
            "sign",
            "log",
            "isfinite",
            "isnan",
            "logical_not",
            "zeros_like",
            "ravel",
        ):
            if name == "sign" and np.isnan(na).any():
                continue
            same(getattr(own, name)(a), getattr(np, name)(na))
        same(own.clip(a, -1.0, 2.0), np.clip(na, -1.0, 2.0))
        same(own.flatnonzero(a), np.flatnonzero(na))
        assert own.any(a) == bool(np.any(na)) and own.all(a) == bool(np.all(na))
        if not np.isnan(na).any():
            same(own.sort(own.ravel(a)), np.sort(na.ravel()))
            same(own.unique(a), np.unique(na))
        finite = np.where(np.isfinite(na), na, 0.0)
        mine = own.where(own.isfinite(a), a, 0.0)
        for axis in (None, *range(len(shape))):
            assert np.allclose(np.array(own.array(mine.sum(axis)).flat), np.ravel(finite.sum(axis)))
            for name in ("max", "min"):
                same(getattr(mine, name)(axis), getattr(finite, name)(axis))
            same((mine > 0).any(axis), (finite > 0).any(axis))
            same((mine > 0).all(axis), (finite > 0).all(axis))
        same(own.divide(mine, mine, out=own.zeros_like(mine), where=mine != 0),
             np.divide(finite, finite, out=np.zeros_like(finite), where=finite != 0))  # fmt: skip


KEYS = [
    0, -1, slice(None), slice(1, None), None, [1, 0, 1], (0, 1), (slice(None), 0), (slice(None), [2, 0]),
    ([1, 0], slice(None)), (slice(None), None), (slice(None), slice(None), None), (0, slice(None), None),
]  # fmt: skip


@pytest.mark.parametrize("key", KEYS, ids=str)
def test_indexing_reads_and_writes_as_numpy_does(key):
    theirs = np.arange(6.0).reshape(2, 3)
    ours = own.array(theirs.tolist())
    same(ours[key], theirs[key])
    if key is not None and None not in (key if isinstance(key, tuple) else ()):
        ours[key] = 7.0
        theirs[key] = 7.0
        same(ours, theirs)


def test_masks_products_and_the_rest():
    theirs = np.arange(12.0).reshape(3, 4)
    ours = own.array(theirs.tolist())
    mask = [True, False, True]
    same(ours[own.array(mask)], theirs[np.array(mask)])
    same(ours @ ours.T, theirs @ theirs.T)
    same(own.array([1.0, 0.0, 2.0]) @ ours, np.array([1.0, 0.0, 2.0]) @ theirs)
    same(ours @ own.array([1.0] * 4), theirs @ np.ones(4))
    same(own.vstack([ours, ours]), np.vstack([theirs, theirs]))
    same(own.broadcast_to(3, (2,)), np.broadcast_to(3, (2,)))
    same(ours.reshape(2, -1), theirs.reshape(2, -1))
    assert ours.tolist() == theirs.tolist() and own.size(ours) == 12 and own.ndim(ours) == 2
    part = ours.copy()
    part += 1.0
    part -= own.array([1.0] * 4)
    same(part, theirs)


def test_what_does_not_fit_is_refused():
    ours = own.array([[1.0, 2.0]])
    for wrong in (
        lambda: ours + own.array([1.0, 2.0, 3.0]), lambda: ours[5], lambda: ours[0, 0, 0],
        lambda: own.array([[1.0], [1.0, 2.0]]), lambda: bool(ours), lambda: ours[[True, False]],
    ):  # fmt: skip
        with pytest.raises((ValueError, IndexError)):
            wrong()
    with pytest.raises(AttributeError):
        own.einsum  # noqa: B018


def test_the_result_of_a_scenario_is_the_same_without_numpy(tmp_path, run_apart):
    """The whole document, to its twelve digits, with our arrays in the place of numpy."""
    first, second = (run_apart(kind) for kind in ("numpy", "own"))
    assert first == second and len(first) > 5


@pytest.fixture
def run_apart(store, inventory, tmp_path):
    import json
    import subprocess

    from conftest import ROOT

    from lca_cardato.brightway.line import versions
    from lca_cardato.web.background import packed

    (tmp_path / "condensed.json").write_bytes(packed(store, versions()))
    (tmp_path / "record.json").write_text('{"program": {}}', encoding="utf-8")
    code = """
import json, os, sys
from pathlib import Path
if sys.argv[1] == "own":
    from lca_cardato.web.browser import take_places
    take_places()
from lca_cardato.web.browser import open_engine
open_engine(Path(sys.argv[2]))
from lca_cardato.results.document import result_document
from lca_cardato.scenario.load import load_scenario
from lca_cardato.scenario.shipped import is_space, shipped_scenarios
from lca_cardato.serve.form.engine import engine
print(json.dumps({name: result_document(engine().quick(load_scenario(path)), "it")
                  for name, path in shipped_scenarios().items() if not is_space(name)}))
assert ("numpy.linalg" in sys.modules) == (sys.argv[1] == "numpy")
"""

    def run(kind):
        done = subprocess.run(
            [sys.executable, "-c", code, kind, str(tmp_path)], cwd=ROOT, capture_output=True, text=True,
            check=True,
        )  # fmt: skip
        return json.loads(done.stdout)

    return run


@given(st.data(), st.sampled_from([(3,), (1,), ()]))
def test_a_product_goes_where_it_is_told_also_a_single_one(data, shape):
    (a, na), factor = drawn(data, shape), data.draw(VALUES)
    ours, theirs = own.zeros(3), np.zeros(3)
    with np.errstate(all="ignore"):
        own.multiply(a, factor, out=ours)
        np.multiply(na, factor, out=theirs)
    same(ours, theirs)


def test_the_unit_matrix_and_the_product_of_two_vectors():
    same(own.eye(3), np.eye(3))
    same(own.dot([0.5, 0.25], own.array([3.0, 8.0])), np.dot([0.5, 0.25], np.array([3.0, 8.0])))
