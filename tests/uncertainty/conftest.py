import numpy as np
import pytest
from conftest import NAMES, ROOT

from lca_cardato.background.open import prepare
from lca_cardato.calculation.figures import Draws
from lca_cardato.calculation.simulate import Products


class Stated(Draws):
    """Every figure at its amount."""

    def __init__(self, count=3):
        self.count = count

    def __call__(self, figure):
        return np.full(self.count, figure.amount)


@pytest.fixture
def stated():
    return Stated


@pytest.fixture(scope="session")
def setting(store):
    """Shipped scenarios by name, or others as mappings, resolved together."""

    def get(*sources):
        found = [ROOT / "scenarios" / f"{s}.yaml" if isinstance(s, str) else s for s in sources]
        return prepare(found)

    return get


@pytest.fixture(scope="session")
def products(setting):
    """Products of some scenarios, with chosen indicators or all."""

    def get(*sources, indicators=None):
        found = setting(*sources)
        names = indicators or found.store.background.indicators
        return Products(found.models, found.inventory, found.store, names)

    return get


@pytest.fixture(scope="session")
def every(products):
    """All shipped scenarios with all indicators."""
    return products(*NAMES)
