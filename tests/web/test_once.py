"""What is made when the page is put together stands for what would be made in it."""

import pickle
from dataclasses import replace

import pytest

from lca_cardato import once
from lca_cardato.claims.packs_model import shipped_packs
from lca_cardato.inventory import load
from lca_cardato.scenario.entry.fields import fields
from lca_cardato.serve.form.shape import _schema
from lca_cardato.web.browser import _inventory
from lca_cardato.words.entry import _texts

KEPT = [shipped_packs, fields, _schema, _inventory, _texts]


@pytest.fixture(autouse=True)
def as_before(monkeypatch):
    monkeypatch.setattr(once, "_ready", {})
    monkeypatch.setattr(once, "_known", list(once._known))


@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: kept.name)
def test_what_was_written_is_what_is_made(kept):
    made = kept()
    told = pickle.loads(once.written())[kept.name]
    found = once.Once(kept._make)
    once.take(pickle.dumps({kept.name: told}))
    assert found() == made and found() is found() and found.made == [found()]
    assert once._ready == {}


def test_nothing_is_written_that_nobody_asked_for():
    calls = []
    one = once.Once(lambda: calls.append(1) or {"a": 1})
    assert one.name not in pickle.loads(once.written()) and calls == []
    assert one() is one() and calls == [1]
    assert pickle.loads(pickle.loads(once.written())[one.name]) == {"a": 1}


def test_an_inventory_that_was_taken_is_the_loaded_one(monkeypatch):
    taken = pickle.loads(pickle.dumps(_inventory()))
    monkeypatch.setattr(load, "_loaded", {})
    load.remember(taken)
    assert load.load_inventory() is taken
    afresh = load.load_inventory(afresh=True)
    assert replace(afresh, trees={}, doubts=[]) == replace(taken, trees={}, doubts=[])
