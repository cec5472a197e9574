"""What a calculation rests on: inventories, a background of the user's own, further methods."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Optional, Sequence, Union

from lca_cardato.brightway.extend import with_methods
from lca_cardato.brightway.store import Progress, Store, open_store
from lca_cardato.errors import InputError
from lca_cardato.inventory.load import load_inventory
from lca_cardato.inventory.records import Inventory
from lca_cardato.lcia.methods import Method, find_methods

OPEN = "open"
"""Name of the background that is shipped."""


@dataclass(frozen=True)
class DataOptions:
    """What a calculation is asked to rest on.

    Attributes
    ----------
    inventories : path, optional
        Folder of inventory files of the user's own.
    background : str, optional
        ``PROJECT/DATABASE`` of the user's Brightway; the shipped background when left out.
    mapping : str or path, optional
        Mapping for that database: the name of a shipped one, or a file.
    methods : sequence of str
        Further methods; see `lca_cardato.lcia.methods.find_methods`.
    project : str, optional
        ``PROJECT/DATABASE`` whose project names of methods are looked up in; `background` when
        left out.
    """

    inventories: Optional[Union[str, Path]] = None
    background: Optional[str] = None
    mapping: Optional[Union[str, Path]] = None
    methods: Sequence[str] = ()
    project: Optional[str] = None


@dataclass(repr=False)
class Data:
    """Inventories, the store built from them, and the further methods in it."""

    inventory: Inventory
    store: Store
    methods: tuple[Method, ...]


def open_data(options: DataOptions, progress: Optional[Progress] = None) -> Data:
    """Open what a calculation rests on.

    Parameters
    ----------
    options : DataOptions
    progress : callable, optional
        Called with (step, steps, text) while data is installed, once.

    Returns
    -------
    Data

    Raises
    ------
    InputError, DiskError, IntegrityError, BusyError, CalculationError
        What is wrong with an inventory, the user's database, its mapping or a method.
    """
    project, folder = None, None
    own = options.background not in (None, OPEN)
    if options.mapping is not None and not own:
        raise InputError.one(
            "E316", "a mapping is for a database of your own", key="--mapping",
            value=str(options.mapping), suggestion="name it: --background PROJECT/DATABASE",
        )  # fmt: skip
    named = options.background if own else options.project
    if named:
        from lca_cardato.background.project import split_name

        project, _ = split_name(named)
    methods = find_methods(options.methods, project)
    if own:
        from lca_cardato.background.overlay import background_folder

        folder = background_folder(str(options.background), methods, options.mapping, progress)
    inventory = load_inventory(extra=options.inventories, background=folder)
    return data_of(inventory, methods, progress)


def data_of(
    inventory: Inventory, methods: Sequence[Method], progress: Optional[Progress] = None
) -> Data:
    """Open the store of an inventory, with further methods."""
    store = with_methods(open_store(inventory, progress), inventory, methods)
    return Data(inventory, store, tuple(methods))
