"""What a calculation rests on: inventories, a background of the user's own, further methods."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Mapping, Optional, Sequence, Union

from lca_cardato.brightway.extend import with_methods
from lca_cardato.brightway.store import Progress, Store, open_store
from lca_cardato.brightway.supplied import with_supplied
from lca_cardato.errors import InputError, Problem, nearest
from lca_cardato.inventory.load import load_inventory
from lca_cardato.inventory.records import Inventory
from lca_cardato.lcia.indicators import BY_ID
from lca_cardato.lcia.methods import Method, groups, library, shipped_method
from lca_cardato.model.at_once import all_at_once
from lca_cardato.model.lots import with_lots
from lca_cardato.model.resolve import resolve
from lca_cardato.model.structure import ProductModel
from lca_cardato.scenario.load import LoadedScenario, load_scenario
from lca_cardato.sentence import say

if TYPE_CHECKING:
    from lca_cardato.background.project import Project

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
        Further methods; see `lca_cardato.background.open.find_methods`.
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
            "E316", say("a mapping is for a database of your own"), key="--mapping",
            value=str(options.mapping), suggestion=say("name it: --background PROJECT/DATABASE"),
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
    return Data(inventory, with_supplied(store, inventory), tuple(methods))


def lotted(data: Data, loaded: Sequence[LoadedScenario]) -> Data:
    """Give what a calculation rests on with the lots of suppliers that its scenarios name."""
    inventory = data.inventory
    for one in loaded:
        inventory = with_lots(inventory, one.document.lots)
    if inventory is data.inventory:
        return data
    return Data(inventory, with_supplied(data.store, inventory), data.methods)


def find_methods(names: Sequence[str], project: Optional[Project] = None) -> list[Method]:
    """Find methods by name.

    Parameters
    ----------
    names : sequence of str
        Each the id of a shipped method or group, a YAML file of one's own, or a method of a
        Brightway project: its parts joined by ``|``, or words that stand in one method alone.
    project : Project, optional
        The user's Brightway project; without it, a name starts with ``PROJECT/``.

    Returns
    -------
    list of Method
        Each once, in the order of the names.

    Raises
    ------
    InputError
        ``E307`` for a name that is not known or not unique, with the nearest ones.
    """
    found: dict[str, Method] = {}
    for name in names:
        for method in _find(name.strip(), project):
            if method.indicator.id in BY_ID:
                raise InputError.one(
                    "E201", say("this is the name of an indicator that is always computed"),
                    key="--method", value=method.indicator.id,
                )  # fmt: skip
            found.setdefault(method.indicator.id, method)
    return list(found.values())


def _find(name: str, project: Optional[Project]) -> list[Method]:
    shipped, sets = library(), groups()
    if name in shipped:
        return [shipped_method(name)]
    if name in sets:
        return [m for key in sets[name][1] for m in _find(key, None)]
    if name.endswith((".yaml", ".yml")):
        from lca_cardato.lcia.method_file import load_method_file

        return [load_method_file(Path(name))]
    typed = name
    if project is None and "/" in name:
        from lca_cardato.background.project import find_project

        place, _, typed = name.partition("/")
        project = find_project(place)
    if project is not None:
        from lca_cardato.background.methods import project_method

        return [project_method(project, typed)]
    raise InputError.one(
        "E307",
        say("no method of this name"),
        key="--method",
        value=name[:120],
        suggestion=nearest(name, [*sets, *shipped])
        or say(
            "shipped: {sets}; a method of your own is named PROJECT/METHOD; a file of your "
            "own ends in .yaml",
            sets=list(sets),
        ),
    )


Source = Union[str, Path, Mapping[str, Any], LoadedScenario]


@dataclass
class Setting:
    """Scenarios, resolved, with what they rest on."""

    loaded: list[LoadedScenario]
    models: list[ProductModel]
    data: Data

    @property
    def inventory(self) -> Inventory:
        """Inventories of all scenarios."""
        return self.data.inventory

    @property
    def store(self) -> Store:
        """Store of the inventories."""
        return self.data.store


def prepare(
    sources: Sequence[Source],
    options: Optional[DataOptions] = None,
    progress: Optional[Progress] = None,
) -> Setting:
    """Load and resolve scenarios."""
    options = options or DataOptions()
    loaded: list[LoadedScenario] = []
    problems: list[Problem] = []
    for source in sources:
        try:
            with all_at_once(options.inventories):
                loaded.append(
                    source if isinstance(source, LoadedScenario) else load_scenario(source)
                )
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    data = lotted(open_data(options, progress), loaded)
    models = [resolve(item, data.inventory) for item in loaded]
    return Setting(loaded, models, data)
