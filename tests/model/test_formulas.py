import doctest

import numpy as np
import pytest

from lca_cardato.model import cff, formulas, massflow


@pytest.mark.parametrize("module", [formulas, cff, massflow], ids=lambda m: m.__name__)
def test_worked_numbers_of_the_docstrings(module):
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0


def test_refit_of_the_published_spinning_table():
    """The power law refitted to the published table; the one printed beside it is off."""
    dtex = np.array([45, 120, 200, 300, 400, 600.0])
    kwh = np.array([21.4, 6.74, 3.50, 2.29, 1.69, 1.05])
    b, log_a = np.polyfit(np.log(dtex), np.log(kwh), 1)
    assert b == pytest.approx(-1.163, abs=0.002)
    assert np.exp(log_a) == pytest.approx(1758, rel=0.01)
    assert 977.3 * 200**-1.132 < 2.5  # against 3.50 in the table


def test_circular_footprint_formula_example():
    """Published example: m = 0.207, R1 = 1, A = 0.8, Q = 0.5, Erec = 0.5, Ev = 80.3."""
    assert 0.207 * cff.cff_material(1, 0.8, 0.5, 80.3, 0.5) == pytest.approx(1.745, abs=5e-4)


def test_cff_at_a_1_is_the_cut_off():
    assert cff.cff_material(0.7, 1.0, 0.5, 30.0, 0.4) == pytest.approx(0.3 * 30 + 0.7 * 0.4)


def test_clamping_and_extending():
    parameters = {"a": 100.0, "b": -1.0, "dtex_min": 50.0, "dtex_max": 500.0}
    at_bound = formulas.evaluate("power_law_dtex", parameters, 20.0, "clamp")
    assert formulas.evaluate("power_law_dtex", parameters, 5.0, "clamp") == at_bound
    assert formulas.evaluate("power_law_dtex", parameters, 5.0) == pytest.approx(100 / 2000)
    assert not formulas.within_validity(parameters, 5.0)
    assert formulas.within_validity(parameters, 40.0)
