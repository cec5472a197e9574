"""Mass balance of documents over products, files or whole folders: each kilogram claimed once."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Iterator, Optional, Sequence

from lca_cardato.claims.books import Books
from lca_cardato.claims.entries import Recipe, entry_of, recipe_of, unread
from lca_cardato.errors import CardatoError, DiskError, InputError, MissingError, Problem
from lca_cardato.files.read import read_bytes
from lca_cardato.files.runs import is_run
from lca_cardato.inventory.load import load_inventory
from lca_cardato.inventory.records import Inventory
from lca_cardato.model.at_once import all_at_once
from lca_cardato.model.resolve import resolve
from lca_cardato.scenario.entry.layout import is_scenario_workbook
from lca_cardato.scenario.load import LoadedScenario, load_scenario
from lca_cardato.sentence import say
from lca_cardato.text.yamltree import MAX_BYTES

MARK = b"lca-cardato/scenario/"
RECIPES = 200
"""Recipes that are kept."""
INDIFFERENT = ("id", "note", "documents", "document", "lot")
Found = tuple[Path, Optional[Path], Optional[Path]]
"""A scenario, the folder of its documents, and that of its own inventories."""


def balance_books(paths: Sequence[Path], inventories: Optional[Path] = None) -> Books:
    """Enter the products of some files and folders.

    Parameters
    ----------
    paths : sequence of Path
        Scenario files, run folders, and folders that hold such at any depth.
    inventories : Path, optional
        Own inventories.

    Returns
    -------
    Books

    Raises
    ------
    InputError
        A file that was named is no sound scenario; ``E361`` when a folder holds none.
    DiskError
        A file or folder is not there (``E501``).

    Notes
    -----
    One product is read at a time. A file of a folder that is no sound scenario is left out, and
    told; one that was named by itself is an error.
    """
    books, inventory, recipes = Books(), load_inventory(extra=inventories), _Recipes()
    problems: list[Problem] = []
    for path in paths:
        if not path.exists():
            raise DiskError.one("E501", say("no such file or folder"), file=str(path))
        if not path.is_dir():
            try:
                with all_at_once(inventory):
                    loaded = load_scenario(path)
                books.enter(entry_of(loaded, recipes(loaded, inventory)))
            except InputError as error:
                problems += error.problems
            continue
        empty = True
        for file, documents, own in scenarios_in(path):
            empty = False
            try:
                known = load_inventory(extra=own) if own else inventory
                loaded = load_scenario(file, documents)
                books.enter(entry_of(loaded, recipes(loaded, known)))
            except MissingError:
                raise
            except CardatoError as error:
                books.leave_out(unread(str(file), error.problems[0]))
        if empty:
            problems.append(
                Problem("E361", say("no scenario and no run folder lies in this folder"), str(path),
                        suggestion=say("name the folder that holds them"))
            )  # fmt: skip
    if problems:
        raise InputError(problems)
    return books


def scenarios_in(folder: Path) -> Iterator[Found]:
    """Find the scenarios and run folders in a folder and below, in the order of their names.

    Hidden folders and links to folders are passed over.
    """
    for place, folders, files in os.walk(folder):
        here = Path(place)
        if is_run(here):
            inputs = here / "inputs"
            own = inputs / "inventories" / "own"
            folders.clear()
            yield inputs / "scenario.yaml", inputs / "documents", own if own.is_dir() else None
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = here / name
            ending = path.suffix.lower()
            if (ending in (".yaml", ".yml") and _is_scenario(path)) or (
                ending == ".xlsx" and is_scenario_workbook(path)
            ):
                yield path, None, None


def _is_scenario(path: Path) -> bool:
    """Whether a file names the schema of scenarios, or can't be looked at, which is told later."""
    try:
        return MARK in read_bytes(path, MAX_BYTES).replace(b"\0", b"")
    except CardatoError:
        return True


class _Recipes:
    """Recipes by what decides them: many products differ in lots and documents alone."""

    def __init__(self) -> None:
        self.known: dict[str, Recipe] = {}

    def __call__(self, loaded: LoadedScenario, inventory: Inventory) -> Recipe:
        key = f"{inventory.digest} {json.dumps(_decisive(loaded.document.data), sort_keys=True)}"
        found = self.known.get(key)
        if found is None:
            found = recipe_of(resolve(loaded, inventory))
            if len(self.known) >= RECIPES:
                self.known.clear()
            self.known[key] = found
        return found


def _decisive(node: Any) -> Any:
    """What a file says, but for names, lots and documents."""
    if isinstance(node, list):
        return [_decisive(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {key: _decisive(value) for key, value in node.items() if key not in INDIFFERENT}
