"""A fabric from the scenario or the run of its yarn: what the yarn's file says is carried over.

The fabric is written out in full, so that all that follows reads one scenario and nothing else: its
text is what a run folder holds as ``inputs/scenario.yaml``. Each part of it knows the file that it
came from.
"""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePosixPath
from typing import Any, Callable, Mapping, Optional

from lca_cardato.errors import CardatoError, InputError, MissingError, Problem
from lca_cardato.scenario.carried import carried_readings, meters_renamed
from lca_cardato.scenario.lots import lot_places, paper_of, steps_of, yarn_of
from lca_cardato.scenario.models import Company, Electricity, Scenario
from lca_cardato.scenario.yarn_files import Opener, YarnFile
from lca_cardato.sentence import say
from lca_cardato.text.yamltree import Document, parse_document
from lca_cardato.text.yamlwrite import yaml_text

FABRIC = "fabric.yaml"
"""Name under which the fabric's file is kept as it was typed."""
Tree = Any


Validate = Callable[[Document], Scenario]


def names_yarn(tree: Tree) -> bool:
    """Whether a scenario names the file or the lot sheet of a yarn that is to be read."""
    named = any(isinstance(holder["yarn"], str) for _, holder in _holders(tree))
    bought = any("blend" not in holder for _, holder in _holders(tree, "lot"))
    return named or bought or any(_open(entry) for _, entry in _contracted(tree))


def _contracted(tree: Tree) -> list[tuple[tuple, dict[str, Any]]]:
    """Give the steps of yarns and fabric that name a lot sheet."""
    found = []
    for path, part in _holders(tree, "route"):
        route = part["route"]
        for step, entry in route.items() if isinstance(route, dict) else ():
            if isinstance(entry, dict) and "lot" in entry:
                found.append(((*path, "route", step), entry))
    return found


def _open(entry: Mapping[str, Any]) -> bool:
    """Whether a step names a sheet that is not written out yet."""
    return "company" not in entry


def _holders(tree: Tree, key: str = "yarn") -> list[tuple[tuple, dict[str, Any]]]:
    """Parts of a scenario that have a key: ``yarn`` or ``lot``."""
    if not isinstance(tree, dict):
        return []
    yarns = tree.get("yarns")
    listed = enumerate(yarns if isinstance(yarns, list) else [])
    parts = [((), tree), *((("yarns", index), yarn) for index, yarn in listed)]
    return [(path, part) for path, part in parts if isinstance(part, dict) and key in part]


def written_out(document: Document, open_yarn: Opener, validate: Validate) -> Document:
    """Write a fabric out in full.

    Parameters
    ----------
    document : Document
        Scenario that names yarns, see `names_yarn`.
    open_yarn : callable
        See `lca_cardato.scenario.yarn_files.opener`.
    validate : callable
        Gives the scenario of a yarn's document, or raises what is wrong with it.

    Returns
    -------
    Document
        Its `kept` holds the files that were read: of the fabric and of each yarn.

    Raises
    ------
    InputError
        ``E365`` where there is no such yarn, ``E366`` where it does not fit, and all that is wrong
        with the file of a yarn.
    """
    writer = _Writer(document, open_yarn, validate)
    return writer.document()


class _Writer:
    def __init__(self, document: Document, open_yarn: Opener, validate: Validate) -> None:
        self.fabric, self.open_yarn, self.validate = document, open_yarn, validate
        self.problems: list[Problem] = []
        self.origins: dict[tuple, tuple[Document, tuple]] = {(): (document, ())}
        self.kept: dict[str, bytes] = {FABRIC: _raw(document)}
        self.places: dict[str, Path] = {}
        self.documents: dict[str, Any] = {}
        self.reasons: dict[str, Any] = {}
        self.readings: dict[str, Any] = {}
        tree: Any = document.data
        self.tree: dict[str, Any] = dict(tree)

    def document(self) -> Document:
        if "yarn" in self.tree or "lot" in self.tree:
            yarns = [self.alone("yarn" if "yarn" in self.tree else "lot")]
        else:
            yarns = list(self.tree.get("yarns") or [])
            for path, _ in _holders(self.tree):
                yarns[path[1]] = self.one(dict(yarns[path[1]]), path[1], path)
            for path, holder in _holders(self.tree, "lot"):
                if "blend" not in holder:
                    yarns[path[1]] = self.bought(dict(yarns[path[1]]), path[1], path)
        if yarns:
            self.tree["yarns"] = yarns
        for path, entry in _contracted(self.tree):
            if _open(entry):
                self.worked(path, entry)
        if self.problems:
            raise InputError(self.problems)
        for key, found in (
            ("documents", self.documents), ("reasons", self.reasons), ("readings", self.readings),
        ):  # fmt: skip
            own = self.tree.get(key)
            if found and (own is None or isinstance(own, dict)):
                self.tree[key] = {**found, **(own or {})}
        text = yaml_text(self.tree)
        made = parse_document(text, self.fabric.name)
        made.raw = text.encode()
        made.origins, made.kept, made.places = self.origins, self.kept, self.places
        made.lots = self.fabric.lots
        return made

    def refuse(self, code: str, text: str, path: tuple, value: str = "", hint: str = "") -> None:
        self.problems.append(self.fabric.problem(code, text, path, value, hint))

    def alone(self, kind: str) -> dict[str, Any]:
        """Give the one yarn of a fabric whose scenario names no others, by its file or its lot."""
        typed = self.tree.pop(kind)
        for key in ("blend", "yarns", "lot"):
            if self.tree.pop(key, None):
                self.refuse(
                    "E366", say("`{kind}` brings its blend; the scenario has one of its own", kind=kind), (key,),
                    hint=say("leave out one of the two"),
                )  # fmt: skip
        product = self.tree.get("product")
        for key in ("count", "system"):
            if isinstance(product, dict) and product.get(key) is not None:
                self.refuse(
                    "E366", say("this stands in the file of the yarn"), ("product", key),
                    str(product[key]), say("leave it out here"),
                )  # fmt: skip
        entry = {"name": "yarn", "share": "100 %", kind: typed}
        return self.one(entry, 0, ()) if kind == "yarn" else self.bought(entry, 0, ())

    def bought(self, entry: dict[str, Any], index: int, path: tuple) -> dict[str, Any]:
        """Write out a yarn that is bought with its lot sheet; see `one`."""
        spot, typed = (*path, "lot"), entry["lot"]
        self.origins["yarns", index, "lot"] = (self.fabric, spot)
        for key in ("count", "system", "blend", "route", "yarn"):
            if key in entry:
                self.refuse(
                    "E386", say("this stands in the lot sheet"), (*path, key), hint=say("leave it out here")
                )  # fmt: skip
        found = self.fabric.lots.get(typed) if isinstance(typed, str) else None
        if found is None:  # why, is told by its reader
            if not isinstance(typed, str):
                self.refuse("E386", say("the file of a lot sheet is expected"), spot)
            return entry
        product = self.tree.get("product")
        kind = product.get("type") if isinstance(product, dict) else ""
        if found.sheet.product.kind != "yarn" or kind != "fabric":
            self.refuse(
                "E386",
                say(
                    "the sheet is of {made}, and the product is {kind}: a fabric is made of a yarn from the"
                    " cradle to the gate",
                    made=_kind(found.sheet.product.kind), kind=_kind(kind or ""),
                ),
                spot, typed, say("at a contracted step stands the sheet of the contract processor"),
            )  # fmt: skip
            return entry
        paper = f"lot.{entry.get('name', '')}"[:64]
        self.documents[paper] = paper_of(found, typed)
        self.origins["documents", paper] = (self.fabric, spot)
        for key in ("count", "system", "blend", "route"):
            self.origins["yarns", index, key] = (self.fabric, spot)
        return {**entry, **yarn_of(found, typed, paper)}

    def worked(self, path: tuple, entry: dict[str, Any]) -> None:
        """Write out the steps that a contract processor did, by its lot sheet."""
        typed = entry["lot"]
        found = self.fabric.lots.get(typed) if isinstance(typed, str) else None
        if found is None:
            if not isinstance(typed, str):
                self.refuse("E386", say("the file of a lot sheet is expected"), (*path, "lot"))
            return
        if found.sheet.product.kind != "processing":
            self.refuse(
                "E386",
                say("the sheet is of {made}, and the work of a contract processor is expected",
                    made=_kind(found.sheet.product.kind)),
                (*path, "lot"), typed, say("a yarn that is bought stands beside `yarns`, not at a step"),
            )  # fmt: skip
            return
        holder: Any = self.tree
        if path[0] == "yarns":
            self.tree["yarns"] = list(self.tree["yarns"])
            holder = self.tree["yarns"][path[1]] = dict(self.tree["yarns"][path[1]])
        holder["route"] = route = dict(holder["route"])
        for step, told in steps_of(found, typed).items():
            before = route.get(step)
            if isinstance(before, dict) and before.get("lot", typed) != typed:
                self.refuse("E386", say("two sheets hold this step"), (*path[:-1], step), typed)
            place = (*path[:-1], step)
            self.origins.setdefault(place, (self.fabric, path))
            route[step] = {**(before if isinstance(before, dict) else {}), **told}

    def one(self, entry: dict[str, Any], index: int, path: tuple) -> dict[str, Any]:
        """Write out one yarn.

        Parameters
        ----------
        entry : dict
            As typed, with the key ``yarn``.
        index : int
            Its place among the yarns.
        path : tuple
            Where the key stands in the file of the fabric.
        """
        spot, typed = (*path, "yarn"), entry.pop("yarn")
        self.origins["yarns", index, "yarn"] = (self.fabric, spot)
        if not isinstance(typed, str):
            if not isinstance(typed, dict):
                self.refuse("E365", say("the file or the run folder of a yarn is expected"), spot)
            return {**entry, "yarn": typed}
        for key in ("count", "system", "blend", "route"):
            if key in entry:
                self.refuse(
                    "E366", say("this stands in the file of the yarn"), (*path, key),
                    hint=say("leave it out here"),
                )  # fmt: skip
        try:
            found = self.open_yarn(typed, str(entry.get("name", "")))
            if not isinstance(found.document.data, dict):
                raise InputError.one("E365", say("this is no scenario"), value=typed)
            scenario = self.validate(found.document)
        except MissingError:
            raise
        except CardatoError as error:
            self.problems += [p if p.file else _at(self.fabric, p, spot) for p in error.problems]
            return entry
        if not self.fits(scenario, spot, typed):
            return entry
        return self.carried(entry, index, found, scenario, typed)

    def fits(self, scenario: Scenario, spot: tuple, typed: str) -> bool:
        """Refuse what is no yarn from cradle to gate."""
        fabric = self.tree.get("product")
        fabric = fabric if isinstance(fabric, dict) else {}
        before = len(self.problems)
        if fabric.get("type") == "yarn":
            self.refuse(
                "E366", say("a yarn is not made of a yarn: this scenario is one itself"), spot, typed,
                say("describe its fibres in `blend`"),
            )  # fmt: skip
        if scenario.product.type != "yarn":
            self.refuse(
                "E366", say("the file describes a fabric, per m2, and a yarn is expected, per kg"),
                spot, typed, say("name the scenario of the yarn"),
            )  # fmt: skip
        boundaries = (scenario.product.boundary, fabric.get("boundary") or "cradle_to_gate")
        if boundaries != ("cradle_to_gate", "cradle_to_gate"):
            self.refuse(
                "E366",
                say(
                    "the yarn is {yarn}, the fabric {fabric}: only from cradle to gate is the one"
                    " part of the other",
                    yarn=boundaries[0], fabric=boundaries[1],
                ),
                spot, typed, say("state `boundary: cradle_to_gate` in both"),
            )  # fmt: skip
        return len(self.problems) == before

    def carried(
        self, entry: dict[str, Any], index: int, found: YarnFile, scenario: Scenario, typed: str
    ) -> dict[str, Any]:
        """Give the yarn as if it had been typed in the fabric's file."""
        document, name = found.document, str(entry.get("name", ""))
        tree: Any = document.data
        at = ("yarns", index)
        raw = _raw(document)
        source: dict[str, Any] = {
            "file": typed, "id": scenario.id, "sha256": hashlib.sha256(raw).hexdigest(), **found.run,
        }  # fmt: skip
        names = self.papers(found, name)
        tree = _renamed(tree, names)
        tree = meters_renamed(tree, self.meters(found, tree, name, scenario.production_year))
        source.update(self.made_by(tree, scenario))
        entry = {**entry, "yarn": source, "count": tree["product"]["count"]}
        if tree["product"].get("system"):
            entry["system"] = tree["product"]["system"]
        if any(True for _ in lot_places(tree)):
            self.refuse(
                "E386", say("the yarn rests on lot sheets, which lie beside its own scenario"),
                (*at, "yarn"), typed,
                say("let its mill hand over the lot sheet of the yarn, and name that: `lot`"),
            )  # fmt: skip
        route = {k: v for k, v in (tree.get("route") or {}).items() if not _packs(k)}
        entry.update(
            {"blend": tree["blend"], "route": route} if route else {"blend": tree["blend"]}
        )
        places = {"blend": ("blend",), "route": ("route",)}
        places |= {key: ("product", key) for key in ("count", "system")}
        self.origins |= {(*at, key): (document, place) for key, place in places.items()}
        for key, reason in (tree.get("reasons") or {}).items():
            place = _moved(key, index)
            if place:
                self.reasons[place] = reason
                self.origins["reasons", place] = (document, ("reasons", key))
        self.kept[f"{name}.yaml"] = raw
        return entry

    def papers(self, found: YarnFile, name: str) -> dict[str, str]:
        """Take over the documents of a yarn; one whose name is taken gets another.

        Returns
        -------
        dict
            Name in the yarn's file -> name in the fabric.
        """
        tree: Any = found.document.data
        own = self.tree.get("documents")
        names = {}
        for key, item in (tree.get("documents") or {}).items():
            item = dict(item)
            if item.get("file"):
                path = PurePosixPath("yarns", name, item["file"].replace("\\", "/")).as_posix()
                if found.folder is not None:
                    self.places[path] = found.folder / item["file"]
                item["file"] = path
            new = key
            while new in self.documents or (isinstance(own, dict) and new in own):
                new = f"{name}.{new}"[:64]
            names[key], self.documents[new] = new, item
            self.origins["documents", new] = (found.document, ("documents", key))
        return names

    def meters(self, found: YarnFile, tree: Any, name: str, year: Optional[int]) -> dict[str, str]:
        """Take over the readings of a yarn, as `papers` does; each keeps its own period."""
        own = self.tree.get("readings")
        taken = {*self.readings, *(own if isinstance(own, dict) else ())}
        more, names, maps = carried_readings(tree, name, year, taken)
        self.readings.update(more)
        for key, new in names.items():
            self.origins["readings", new] = (found.document, ("readings", key))
        if found.folder is not None:
            self.places.update({place: found.folder / file for place, file in maps.items()})
        return names

    def made_by(self, tree: Tree, scenario: Scenario) -> dict[str, Any]:
        """Company and electricity of the yarn, where they are not those of the fabric."""
        found: dict[str, Any] = {}
        own = _model(Company, self.tree.get("company"))
        if scenario.company != own:
            found["company"] = tree.get("company") or {}
        if scenario.electricity != _model(Electricity, self.tree.get("electricity")):
            found["electricity"] = tree.get("electricity") or {}
        return found


def _raw(document: Document) -> bytes:
    """Give a file as it was read, or as it would be written."""
    return document.raw or (document.text or yaml_text(document.data)).encode()


def _model(kind: Any, tree: Tree) -> Any:
    """Read a part of the fabric's scenario; what is wrong with it is told with the rest."""
    try:
        return kind.model_validate(tree or {})
    except ValueError:
        return None


def _packs(step: str) -> bool:
    """Whether a step packs the yarn; one that is woven in the same chain is not sold packed."""
    return step.startswith("packing-")


def _moved(key: str, index: int) -> str:
    """Place of a reason in the fabric; empty where it has none there."""
    start = f"yarns[{index}]."
    if key in ("product.count", "product.system"):
        return start + key.partition(".")[2]
    return start + key if key.startswith(("blend", "route.")) else ""


def _renamed(tree: Tree, names: Mapping[str, str]) -> Tree:
    """Give a tree whose ``document:`` follow the new names."""
    if isinstance(tree, list):
        return [_renamed(item, names) for item in tree]
    if not isinstance(tree, dict):
        return tree
    return {
        key: names.get(value, value)
        if key == "document" and isinstance(value, str)
        else _renamed(value, names)
        for key, value in tree.items()
    }


def _at(document: Document, problem: Problem, path: tuple) -> Problem:
    return document.problem(problem.code, problem.message, path, problem.value, problem.suggestion)


def _kind(kind: str) -> str:
    """Name a kind of product in a message."""
    told = {
        "yarn": say("a yarn"),
        "fabric": say("a fabric"),
        "processing": say("work of a contract processor"),
    }
    return told.get(kind, kind)
