import pytest
from properties.helpers import Bench


@pytest.fixture(scope="session")
def bench(inventory, store):
    """The way from a mapping to results, with inventory and store at hand."""
    return Bench(inventory, store)
