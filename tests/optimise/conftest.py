import pytest


@pytest.fixture(scope="session")
def packs():
    from lca_cardato.claims.packs_model import shipped_packs

    return [pack for pack, _ in shipped_packs()]
