"""Calculate a run again in the browser: on the background of this page, without draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from lca_cardato.audit.reproduce import Means
from lca_cardato.background.open import Data
from lca_cardato.errors import IntegrityError
from lca_cardato.inventory.load import digest_at
from lca_cardato.inventory.records import Inventory
from lca_cardato.sentence import say
from lca_cardato.serve.form.engine import engine


def again(mark: Mapping[str, Any]) -> Means:
    """Give the means to calculate a run again here.

    Parameters
    ----------
    mark : mapping
        What a result of this page says of its making.
    """
    return Means(
        same, opened, lambda loaded, data, packs, own: _assessed(loaded, packs, own, mark), False
    )


def same(*folders: Any) -> Inventory:
    """Give the inventory of this page, where the files of the run are the same; they are not read.

    Parameters
    ----------
    *folders : Path or None
        As of `lca_cardato.inventory.load.load_inventory`.

    Raises
    ------
    IntegrityError
        ``E608``: they are others.
    """
    found = engine().data.inventory
    if digest_at(*folders) != found.digest:
        _refuse()
    return found


def opened(inventory: Inventory, methods: Sequence[Any], progress: Any = None) -> Data:
    """Give the background of this page, where the run rests on no further methods.

    Raises
    ------
    IntegrityError
        ``E608``: it does.
    """
    if methods:
        _refuse()
    return engine().data


def _refuse() -> NoReturn:
    raise IntegrityError.one(
        "E608", say("the run rests on other data than those that this page carries"),
        suggestion=say("calculate it again with the command `lca-cardato reproduce`"),
    )  # fmt: skip


def _assessed(loaded: Any, packs: Any, own: Any, mark: Mapping[str, Any]) -> Any:
    from dataclasses import replace

    from lca_cardato.serve.form.engine import Engine, put
    from lca_cardato.web.assessed import assessed

    before = engine()
    put(Engine(before.data, tuple(packs), before.factors))
    try:
        found = assessed(loaded, mark)
    finally:
        put(before)
    return replace(found, own_rules=tuple(own))
