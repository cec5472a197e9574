"""Load the inventory files of a folder and hold them together."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Iterator, Optional, Union

from pydantic import ValidationError

from lca_cardato.errors import CardatoError, DiskError, InputError, Problem
from lca_cardato.files.read import read_bytes, shipped_folder
from lca_cardato.files.runs import is_junk
from lca_cardato.inventory import kept
from lca_cardato.inventory.kept import files_digest
from lca_cardato.inventory.links import link_problems
from lca_cardato.inventory.loops import endless_loops
from lca_cardato.inventory.models import Dataset
from lca_cardato.inventory.own import marked
from lca_cardato.inventory.records import BACKGROUND, OWN, SECTIONS, SHIPPED, Inventory
from lca_cardato.inventory.tables import InventoryFile
from lca_cardato.sentence import say
from lca_cardato.text.fields import problems_of
from lca_cardato.text.yamltree import MAX_BYTES, Document, read_document

KEPT = 4
"""Inventories that stay in memory, of those that were read."""


def inventory_root() -> Path:
    """Give the folder of the shipped inventories (in the wheel, or beside the package)."""
    return shipped_folder("inventories")


def inventory_files(root: Path) -> list[Path]:
    """List the YAML files below a folder in a fixed order, but what systems leave there."""
    found = {path.relative_to(root).as_posix(): path for path in root.rglob("*.yaml")}
    return [found[name] for name in sorted(found) if not is_junk(name)]


def load_inventory(
    root: Optional[Union[str, Path]] = None,
    extra: Optional[Union[str, Path]] = None,
    background: Optional[Union[str, Path]] = None,
    afresh: bool = False,
) -> Inventory:
    """Load and validate every inventory file below a folder.

    What was read stays in memory: the same files, byte for byte, give the same inventory again.
    Files of `root` that were installed are not parsed again, see `lca_cardato.inventory.kept`.

    Parameters
    ----------
    root : path, optional
        Folder; the shipped inventories when left out.
    extra : path, optional
        A folder of the user's own, whose records extend those of `root` or replace them by id.
    background : path, optional
        Folder that `lca_cardato.background` made from a database of the user's; its records
        replace those of `root`, and give way to those of `extra`.
    afresh : bool
        Parse and check every file, whatever was read before.

    Returns
    -------
    Inventory

    Raises
    ------
    InputError
        Every problem of every file at once: shape, ids used twice, links that lead nowhere.
    DiskError
        A folder is missing (``E501``).
    """
    folders, layers = _layers(root, extra, background)
    digests = _digests(folders)
    key = (whole_digest(digests) if digests else "", *map(str, folders), *layers)
    inventory = None if afresh else _loaded.get(key)
    if inventory is None:
        with collector_paused():
            trees = kept.find(digests[0]) if digests and not afresh else None
            inventory = _kept(folders, layers, trees) if trees else None
            if inventory is None or inventory.digest != key[0]:
                inventory = _load(folders, layers, {})
        if inventory.digest == key[0]:  # else a file has changed meanwhile
            remember(inventory)
    return inventory


def digest_at(
    root: Optional[Union[str, Path]] = None,
    extra: Optional[Union[str, Path]] = None,
    background: Optional[Union[str, Path]] = None,
) -> str:
    """Digest of the inventory that `load_inventory` would give of such folders, without reading it.

    Returns
    -------
    str
        Empty where a file can't be read.
    """
    digests = _digests(_layers(root, extra, background)[0])
    return whole_digest(digests) if digests else ""


def _layers(
    root: Optional[Union[str, Path]],
    extra: Optional[Union[str, Path]],
    background: Optional[Union[str, Path]],
) -> tuple[list[Path], list[str]]:
    """Folders from the shipped one up, and what each of them is."""
    folders, layers = [Path(root) if root is not None else inventory_root()], [SHIPPED]
    for layer, folder in ((BACKGROUND, background), (OWN, extra)):
        if folder is not None:
            folders.append(Path(folder))
            layers.append(layer)
    return folders, layers


_loaded: dict[tuple[str, ...], Inventory] = {}


def remember(inventory: Inventory) -> None:
    """Keep an inventory in memory, for whoever loads the same files."""
    if len(_loaded) >= KEPT:
        _loaded.clear()
    key = (inventory.digest, *map(str, inventory.folders), *inventory.layers)
    _loaded[key] = inventory


def _digests(folders: list[Path]) -> list[str]:
    """Digest of what lies on the disk, of each folder; none where a file can't be read.

    Loading says why it can't.
    """
    try:
        return [
            files_digest(
                {
                    path.relative_to(folder).as_posix(): read_bytes(path, MAX_BYTES)
                    for path in inventory_files(folder)
                }
            )
            for folder in folders
        ]
    except (CardatoError, OSError):
        return []


def whole_digest(digests: list[str]) -> str:
    """Digest over the digests of the layers, from the shipped one up."""
    return hashlib.sha256("".join(digests).encode()).hexdigest()


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep the garbage collector from walking a tree that only grows."""
    import gc

    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _kept(folders: list[Path], layers: list[str], trees: kept.Trees) -> Optional[Inventory]:
    """Load with what is kept of the shipped files; nothing where that gives a problem to tell."""
    try:
        return _load(folders, layers, trees)
    except (CardatoError, OSError, LookupError, TypeError):
        return None


def _load(folders: list[Path], layers: list[str], trees: kept.Trees) -> Inventory:
    inventory = Inventory(folders=folders, layers=layers)
    problems: list[Problem] = []
    documents: dict[str, Document] = {}
    digests = []
    for layer, folder in zip(layers, folders):
        if not folder.is_dir():
            raise DiskError.one("E501", say("no such folder of inventories"), file=str(folder))
        files: dict[str, bytes] = {}
        for path in inventory_files(folder):
            inside = path.relative_to(folder).as_posix()
            name = inside if layer == SHIPPED else str(path)
            try:
                if layer == SHIPPED and trees:
                    raw = read_bytes(path, MAX_BYTES)
                    document = kept.document(name, trees[inside], raw)
                else:
                    document = read_document(path)
                    if layer == SHIPPED:
                        inventory.trees[inside] = kept.tree(document)
                files[inside] = document.raw
                document.name = name
                documents[name] = document
                problems += _merge(inventory, document, layer)
            except InputError as error:
                problems += error.problems
        inventory.files[layer] = files
        digests.append(files_digest(files))
    inventory.digest = whole_digest(digests)
    if trees and layers == [SHIPPED] and not problems:
        return inventory  # found sound when it was kept
    if not problems:
        problems = link_problems(inventory, documents)
    if not problems:
        problems = _loop_problems(inventory, documents)
    if problems:
        raise InputError(problems)
    return inventory


def _merge(inventory: Inventory, document: Document, layer: str) -> list[Problem]:
    try:
        parsed = InventoryFile.model_validate(document.data)
    except ValidationError as error:
        return problems_of(error, document, InventoryFile)
    problems = []
    inventory.step_order += parsed.step_order
    if parsed.background is not None:
        inventory.background = parsed.background
    for section in SECTIONS:
        table: dict[str, Any] = getattr(inventory, section)
        for key, value in getattr(parsed, section).items():
            line = document.position((section, key))[0]
            known = key in table
            if known and inventory.layer_of.get((section, key), SHIPPED) == layer:
                other = inventory.where[(section, key)]
                problems.append(
                    document.problem(
                        "E201",
                        say(
                            "'{key}' already stands in {file}:{line}",
                            key=key,
                            file=other[0],
                            line=other[1],
                        ),
                        (section, key),
                    )
                )
            elif layer == OWN:
                (inventory.overridden if known else inventory.added).append((section, key))
                value = marked(value)
            if layer != SHIPPED and isinstance(value, Dataset):
                value = value.known_as(table.get(key))
            table[key] = value
            inventory.where[(section, key)] = (document.name, line)
            inventory.layer_of[(section, key)] = layer
    return problems


def _loop_problems(inventory: Inventory, documents: dict[str, Document]) -> list[Problem]:
    problems = []
    for loop in endless_loops(inventory):
        own = next((k for k in loop if inventory.layer_of[("datasets", k)] != SHIPPED), loop[0])
        document = documents[inventory.where[("datasets", own)][0]]
        text = say("feeds on itself without an end: {loop}", loop=" <- ".join(loop[:8]))
        problems.append(
            document.problem(
                "E304", text, ("datasets", own), suggestion=say("correct an amount of it")
            )
        )
    return problems
