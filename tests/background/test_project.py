"""A user's Brightway project is read without a trace, whatever line wrote it."""

import hashlib
import os
import pickle
import sqlite3

import numpy as np
import pytest

from lca_cardato.background.matrices import load_matrices
from lca_cardato.background.methods import find_name, project_method
from lca_cardato.background.overlay import characterisation
from lca_cardato.background.project import plain, projects, split_name
from lca_cardato.brightway.factorise import unit_scores
from lca_cardato.errors import CalculationError, DiskError, InputError

NAME = "mill data / 2026/toy 1.0"


def fingerprint(folder):
    """Names and bytes of everything below a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [(str(p), hashlib.sha256(p.read_bytes()).hexdigest()) for p in files]


def changed(project, query, *values):
    connection = sqlite3.connect(project.lci)
    with connection:
        connection.execute(query, values)
    connection.close()


@pytest.fixture
def own_copy(small, tmp_path, monkeypatch):
    """A copy of the small project that a test may damage."""
    import shutil

    shutil.copytree(small, tmp_path / "copy")
    monkeypatch.setenv("BRIGHTWAY2_DIR", str(tmp_path / "copy"))
    return split_name(NAME)


def test_names_with_slashes(small_project):
    project, database = split_name(NAME)
    assert (project.name, database) == ("mill data / 2026", "toy 1.0")
    assert set(project.databases()) == {"bio", "toy 1.0"}
    assert set(projects()) >= {"mill data / 2026", "default"}


@pytest.mark.parametrize(
    ("name", "code", "hint"),
    [
        ("toy", "E215", "background list"),
        ("mill data / 2026/toy 1.1", "E307", "toy 1.0"),
        ("mill dat / 2026/toy 1.0", "E307", ""),
    ],
)
def test_wrong_names(small_project, name, code, hint):
    with pytest.raises(InputError) as caught:
        split_name(name)
    assert caught.value.problems[0].code == code
    assert hint in caught.value.problems[0].suggestion


def test_no_projects(tmp_path, monkeypatch):
    monkeypatch.setenv("BRIGHTWAY2_DIR", str(tmp_path))
    with pytest.raises(DiskError, match="E501"):
        projects()
    assert os.listdir(tmp_path) == []


def test_matrices(small_project):
    """Production, use, waste with negative production, self-made links; by hand."""
    matrices = load_matrices(*split_name(NAME))
    order = [p.key[1] for p in matrices.processes]
    assert order == ["fr", "gas", "power", "waste", "water"]
    expected = np.diag([1.0, 1, 1, -1, 1])
    expected[1, 2], expected[2, 1], expected[2, 3], expected[2, 4] = -0.02, -0.01, -0.2, -0.0004
    assert matrices.technosphere.toarray() == pytest.approx(expected, abs=0)
    assert matrices.databases == ["toy 1.0", "bio"]
    assert [p.row for p in matrices.processes] == [0, 1, 2, 3, 4]


def test_scores_are_brightways(small_project, plain_scores):
    """Plain Brightway gives the same, to the single precision of its arrays."""
    project, database = split_name(NAME)
    matrices = load_matrices(project, database)
    methods = [project_method(project, text) for text in ("toy climate", "toy method | dust")]
    factors = characterisation(matrices.flows, [], methods)
    found = unit_scores(matrices.technosphere, matrices.biosphere, factors)
    for process in matrices.processes:
        assert found[process.row] == pytest.approx(plain_scores[process.key[1]], rel=1e-6)


def test_nothing_is_written(small, small_project):
    before = fingerprint(small)
    project, database = split_name(NAME)
    load_matrices(project, database)
    project_method(project, "dust")
    assert fingerprint(small) == before


def test_digest_follows_the_numbers(own_copy):
    before = load_matrices(*own_copy)
    stamp = own_copy[0].stamp()
    data = pickle.dumps({"amount": 0.5, "type": "biosphere"}, protocol=4)
    query = "UPDATE exchangedataset SET data = ? WHERE output_code = 'fr' AND type = 'biosphere'"
    changed(own_copy[0], query, data)
    after = load_matrices(*own_copy)
    assert after.digest != before.digest
    assert own_copy[0].stamp() != stamp


class Evil:
    def __reduce__(self):
        return os.system, ("touch evil",)


def test_nothing_of_a_project_is_executed(own_copy, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(pickle.UnpicklingError):
        plain(pickle.dumps(Evil()))
    changed(own_copy[0], "UPDATE exchangedataset SET data = ?", pickle.dumps(Evil()))
    with pytest.raises(InputError, match="E202"):
        load_matrices(*own_copy)
    assert not (tmp_path / "evil").exists()


def test_links_that_lead_nowhere(own_copy):
    changed(own_copy[0], "DELETE FROM activitydataset WHERE code = 'gas'")
    with pytest.raises(InputError, match="E307"):
        load_matrices(*own_copy)


def test_two_products_of_one_process(own_copy):
    query = "UPDATE exchangedataset SET type = 'production' WHERE input_code = 'gas'"
    changed(own_copy[0], query)
    changed(own_copy[0], "DELETE FROM exchangedataset WHERE output_code = 'gas'")
    with pytest.raises(CalculationError, match="E328"):
        load_matrices(*own_copy)


def test_not_a_database(own_copy):
    own_copy[0].lci.write_bytes(b"no SQLite at all" * 100)
    with pytest.raises(DiskError, match="E501"):
        load_matrices(*own_copy)


def test_methods_by_words(small_project):
    project, _ = split_name(NAME)
    assert find_name(project, "DUST") == ("toy method", "dust")
    with pytest.raises(InputError) as caught:
        find_name(project, "toy")
    assert "2 methods hold these words" in caught.value.problems[0].suggestion
    with pytest.raises(InputError, match="E307"):
        find_name(project, "ozone")
