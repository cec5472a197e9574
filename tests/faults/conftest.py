import pytest
from processes import SCENARIO, run


@pytest.fixture(scope="session")
def plain(store):
    done = run("assess", SCENARIO, "--json")
    assert done.returncode == 0
    return done.stdout
