from dataclasses import replace

import pytest
from conftest import ROOT

from lca_cardato.batch.evaluate import Evaluator
from lca_cardato.claims.packs_model import shipped_packs
from lca_cardato.space.load import load_space

HEAD = {"schema": "lca-cardato/space/1", "id": "x"}


@pytest.fixture(scope="session")
def packs():
    return [pack for pack, _ in shipped_packs()]


@pytest.fixture(scope="session")
def evaluator(inventory, store, packs):
    """Make the evaluator of a space given as a mapping."""

    def make(data, folder=ROOT / "scenarios", indicators=None, limits=True):
        space = load_space({**HEAD, **data}, folder)
        names = indicators or store.background.indicators
        records = inventory if limits else replace(inventory, limits={})
        return Evaluator(space, records, store.background, packs, names)

    return make
