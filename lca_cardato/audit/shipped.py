"""Hold the copies in a run folder against what comes with the program that examines it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Collection, Iterator, Mapping, Union

from lca_cardato.audit.compare import Difference, compare
from lca_cardato.audit.layout import BACKGROUND, METHODS, OWN, RULES, SHIPPED
from lca_cardato.audit.read import parse, read_file, reason
from lca_cardato.claims.packs_model import packs_folder
from lca_cardato.errors import CardatoError
from lca_cardato.files.atomic import sha256
from lca_cardato.files.runs import is_junk
from lca_cardato.inventory.load import inventory_files, inventory_root
from lca_cardato.inventory.records import SECTIONS
from lca_cardato.lcia.methods import library, shipped_method
from lca_cardato.sentence import say
from lca_cardato.text.yamltree import MAX_BYTES, decode, parse_document

PACK_ID = re.compile(rb"^id:[ \t]*([^\s#]+)", re.MULTILINE)


@dataclass(frozen=True)
class Held:
    """What became of the data that a run rests on.

    Attributes
    ----------
    count : int
        Copies that were held against the installation.
    changed : list of Difference
        Shipped inventories, rule packs and methods that are others here; ``before`` is the value
        in the run, ``now`` the one of the installation.
    own : list of Difference
        The mill's own records, open to see: added (``now`` is None) or in place of shipped ones.
    """

    count: int
    changed: list[Difference]
    own: list[Difference]


def hold(folder: Path, own_rules: Collection[str] = ()) -> Held:
    """Compare inventories, rule packs and methods of a run record by record.

    Parameters
    ----------
    folder : Path
        Run folder; a copy that can't be read is a difference.
    own_rules : collection of str
        Ids of rule packs that the run calls the mill's own; one with the id of a shipped pack
        is none.
    """
    root = inventory_root()
    here = {path.relative_to(root).as_posix(): path.read_bytes() for path in inventory_files(root)}
    copies = _copies(folder, SHIPPED, "**/*.yaml")
    changed = list(_files("inventories", copies, here))
    packs = {path.name: path.read_bytes() for path in sorted(packs_folder().glob("*.yaml"))}
    rules = _copies(folder, RULES, "*.yaml")
    ours = {
        name
        for name, data in rules.items()
        if isinstance(data, bytes)
        and pack_id(data) in own_rules
        and pack_id(data) not in map(pack_id, packs.values())
    }
    others = {name: data for name, data in rules.items() if name not in ours}
    changed += _files("rules", others, packs)
    own = [
        *(Difference(f"rules: {name}", name, None) for name in sorted(ours)),
        *_records_of_the_mill("own", _copies(folder, OWN, "**/*.yaml"), here),
        *_records_of_the_mill("background", _copies(folder, BACKGROUND, "**/*.yaml"), here),
    ]
    methods = _copies(folder, METHODS, "*.json")
    for name, data in methods.items():
        differences, added = _method(name, data)
        (own if added else changed).extend(differences)
    return Held(len(copies) + len(rules) + len(methods), changed, own)


def pack_id(data: bytes) -> str:
    """Id of a rule pack, read without the rest of it."""
    found = PACK_ID.search(data)
    return found.group(1).decode("utf-8", "replace").strip("'\"") if found else ""


Data = Union[bytes, str]
"""Content of a copy, or the reason why it can't be read."""


def _copies(folder: Path, place: str, pattern: str) -> dict[str, Data]:
    found: dict[str, Data] = {}
    root = folder / place
    for path in sorted(root.glob(pattern)):
        name = path.relative_to(root).as_posix()
        if is_junk(name):
            continue
        try:
            found[name] = read_file(folder, f"{place}/{name}")
        except CardatoError as error:
            found[name] = reason(error)
    return found


def _files(
    kind: str, copies: Mapping[str, Data], here: Mapping[str, bytes]
) -> Iterator[Difference]:
    """Differences of two sets of YAML files; a record may move from one to another."""
    names = [name for name in [*here, *(n for n in copies if n not in here)]
             if copies.get(name) != here.get(name)]  # fmt: skip
    before: dict[str, Any] = {}
    now: dict[str, Any] = {}
    for name in names:
        there = _records(kind, name, here.get(name))
        now.update(there)
        try:
            copied = _records(kind, name, copies.get(name))
        except CardatoError as error:
            copied = {name: reason(error)}
        before.update(copied)
        if copied == there:
            told = say("{kind}: {name}: comments or layout", kind=kind, name=name)
            yield Difference(told, _digest(copies.get(name)), _digest(here.get(name)))
    yield from compare(before, now, kind)


def _digest(data: Any) -> Any:
    return sha256(data)[:12] if isinstance(data, bytes) else None


def _records(kind: str, name: str, data: Any) -> dict[str, Any]:
    """Records of a YAML file by ``section/id``; what is no record, by file and key."""
    if data is None:
        return {}
    if isinstance(data, str):
        return {name: data}
    if len(data) > MAX_BYTES:
        return {name: f"{len(data)} bytes"}
    tree = parse_document(decode(data, name), name).data
    if not isinstance(tree, dict):
        return {name: tree}
    if kind == "rules":
        return {str(tree.get("id", name)): tree}
    found: dict[str, Any] = {}
    for section, value in tree.items():
        if section in SECTIONS and isinstance(value, dict):
            found.update({f"{section}/{key}": record for key, record in value.items()})
        elif section != "schema":
            found[f"{name}/{section}"] = value
    return found


def _records_of_the_mill(
    layer: str, copies: Mapping[str, Data], here: Mapping[str, bytes]
) -> Iterator[Difference]:
    """Records of a layer of the mill's, each with what it stands in place of."""
    if not copies:
        return
    shipped: dict[str, Any] = {}
    for name, known in here.items():
        shipped.update(_records("inventories", name, known))
    for name, data in copies.items():
        try:
            records = _records("inventories", name, data)
        except CardatoError as error:
            yield Difference(f"{layer}: {name}", reason(error), None)
            continue
        for key, record in records.items():
            if key in shipped:
                yield from compare(record, shipped[key], f"{layer}: {key}")
            else:
                yield Difference(f"{layer}: {key}", name, None)


def _method(name: str, data: Data) -> tuple[list[Difference], bool]:
    """Differences of a further method, and whether it is the mill's own."""
    try:
        if isinstance(data, str):
            raise ValueError(data)
        document = parse(data)
        key = str(document["id"])
    except (KeyError, ValueError) as error:
        return [Difference(f"methods: {name}", str(error), None)], False
    if key not in library():
        return [Difference(f"methods: {key}", str(document.get("source", "")), None)], True
    return list(compare(document, shipped_method(key).to_dict(), f"methods: {key}")), False
