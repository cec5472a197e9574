"""Everything that is wrong with a scenario at once: its shape, its files, its names and figures."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Iterator, Union

from lca_cardato.errors import CardatoError, InputError, Problem
from lca_cardato.inventory.load import load_inventory
from lca_cardato.inventory.records import Inventory
from lca_cardato.model.examine import refusals
from lca_cardato.model.resolve import resolve
from lca_cardato.model.unread import together, unread
from lca_cardato.scenario.load import LoadedScenario, UnsoundScenario


@contextlib.contextmanager
def all_at_once(inventories: Union[str, Path, Inventory, None] = None) -> Iterator[None]:
    """Add to what is wrong with the shape of a scenario what is wrong with its names and figures.

    Parameters
    ----------
    inventories : path or Inventory, optional
        Own folder of inventory files, or what was read of it.

    Raises
    ------
    InputError
        Both, in the order of the file; also figures that are refused, where the scenario is right
        but for its files.
    """
    try:
        yield
    except UnsoundScenario as error:
        if error.document is None:
            raise
        try:
            inventory = (
                inventories
                if isinstance(inventories, Inventory)
                else load_inventory(extra=inventories)
            )
        except CardatoError:  # it is told when the scenario is right
            raise error from None
        more = unread(error.document, inventory)
        if error.loaded is not None and not more:
            more = _implausible(error.loaded, inventory)
        raise InputError(together(error.problems, more)) from None


def _implausible(loaded: LoadedScenario, inventory: Inventory) -> list[Problem]:
    """Figures that are refused; nothing is asked of those that hang on a reading with a gap."""
    short = {name for name, taken in loaded.readings.items() if taken.open_gaps}
    if set(loaded.readings) != set(loaded.scenario.readings):
        return []
    try:
        model = resolve(loaded, inventory, examined=False)
    except CardatoError:  # it is told when the files are right
        return []
    keys = {key for key, one in model.derivations.items() if short & {one.reading, one.mass_from}}
    for one in model.derived:
        if one.base in keys or (one.less is not None and one.less.key in keys):
            keys.add(one.key)
    return refusals(model, loaded.document, inventory, keys)
