"""Names as people write them: ``lana``, ``Cardatura``, ``vergine``, put into the words of a file.

A scenario may name fibres, steps, datasets and words to choose from in either language; what is
calculated, judged and stored has the ids. A name that may mean several things is asked about.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Iterable, Iterator, Mapping, NamedTuple, Optional

from lca_cardato.errors import Problem
from lca_cardato.inventory.load import load_inventory
from lca_cardato.inventory.records import Inventory
from lca_cardato.scenario.entry.choices import names_in
from lca_cardato.scenario.entry.fields import ANY, FIGURE_UNITS, NAMED, SECTIONS
from lca_cardato.scenario.models import Scenario
from lca_cardato.sentence import say
from lca_cardato.text.fields import models_within, words_within
from lca_cardato.text.yamltree import Document
from lca_cardato.words.entry import choice_name, choices_of, further_names
from lca_cardato.words.find import called, heard, proposal, spelt
from lca_cardato.words.language import LANGUAGES

TAKEN = ("fibres", "steps", "fibre_datasets", "electricity_datasets", "water_datasets",
         "chemical_datasets", "packaging_datasets")  # fmt: skip
"""Lists of the inventories whose ids a file holds; places and municipalities have names alone."""
KEYED = {"chemicals": "chemical_datasets", "packaging": "packaging_datasets"}
SHOWN = 6


class Names:
    """What may be typed for the records of inventories.

    Parameters
    ----------
    inventory : Inventory
    """

    def __init__(self, inventory: Inventory) -> None:
        self.ids = {names: set(names_in(inventory, names, "en")) for names in TAKEN}
        self._inventory = inventory
        self._heard: dict[str, dict[str, list[str]]] = {}

    def find(self, names: str, text: str) -> list[str]:
        """Give the ids that are called so, see `lca_cardato.words.find`.

        Examples
        --------
        >>> shipped_names().find("fibres", "Lana"), shipped_names().find("steps", "carbonizzo")
        (['wool'], [])
        """
        if text in self.ids[names]:
            return [text]
        if names not in self._heard:
            shown = [names_in(self._inventory, names, lang) for lang in LANGUAGES]
            self._heard[names] = heard(
                {
                    key: [*(one[key] for one in shown), *further_names(names, key)]
                    for key in shown[0]
                }
            )
        return self._heard[names].get(spelt(text), [])

    def shown(self, names: str, keys: Iterable[str]) -> list[str]:
        """Name some records for a message, by id with the Italian name."""
        said = names_in(self._inventory, names, "it")
        return [f"{key} ({said[key]})" for key in list(keys)[:SHOWN]]


class Named(NamedTuple):
    """A key whose text names something.

    Attributes
    ----------
    key : str
    words : tuple of str
        What can be chosen, as the file holds it; empty for a record of the inventories.
    names : str
        Its list, see `TAKEN`.
    """

    key: str
    words: tuple[str, ...]
    names: str


@lru_cache(maxsize=1)
def keys_named() -> Mapping[str, tuple[Named, ...]]:
    """Give the keys whose text names something, by model, in the order of the models."""
    found = {}
    for model in models_within(Scenario):
        keys = (
            (field.alias or key, words_within(field)) for key, field in model.model_fields.items()
        )
        named = (Named(key, words, NAMED.get((model.__name__, key), "")) for key, words in keys)
        found[model.__name__] = tuple(
            one for one in named if len(one.words) > 1 or one.names in TAKEN
        )
    return found


@lru_cache(maxsize=1)
def shipped_names() -> Names:
    """Give the names of the shipped inventories, read once."""
    return Names(load_inventory())


def spell_out(document: Document) -> list[Problem]:
    """Put the words of the file in place of names, in the data and places of a document.

    Parameters
    ----------
    document : Document
        Changed where it names something; its text stays as it was typed.

    Returns
    -------
    list of Problem
        ``E215`` and ``E307`` for names that may mean several things.
    """
    work = _Work(document)
    if isinstance(document.data, dict):
        for section in SECTIONS:
            for model, place in section.models if section.name != "readings" else ():
                for path in matches(document.data, place):
                    work.entry(model, path)
        work.keys(("packaging",), KEYED["packaging"])
        work.figures(("packaging", ANY))
        work.rename()
    return work.problems


def matches(tree: Any, pattern: tuple[str, ...], path: tuple = ()) -> Iterator[tuple]:
    """Give the paths of a tree that fit a pattern."""
    if not pattern:
        yield path
        return
    first, rest = pattern[0], pattern[1:]
    if first == ANY:
        if isinstance(tree, dict):
            pairs: Iterable[tuple[Any, Any]] = tree.items()
        else:
            pairs = enumerate(tree) if isinstance(tree, list) else ()
        for key, item in pairs:
            yield from matches(item, rest, (*path, key))
    elif (isinstance(tree, dict) and first in tree) or isinstance(first, int):
        yield from matches(tree[first], rest, (*path, first))


class _Work:
    """Goes through a document, and remembers which keys get another name."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []
        self.renamed: dict[tuple, str] = {}

    def node(self, path: tuple) -> Any:
        """Give what stands at a path."""
        found: Any = self.document.data
        for key in path:
            found = found[key]
        return found

    def entry(self, model: str, path: tuple) -> None:
        """Look at one entry: a line of the blend, a step, a document."""
        if model == "StepEntry" and isinstance(path[-1], str):
            self.keys(path[:-1], "steps", path[-1])
            if isinstance(self.node(path), dict):
                self.step(path)
        node = self.node(path)
        if isinstance(node, dict):
            for field in keys_named().get(model, ()):
                text = node.get(field.key)
                if isinstance(text, str) and text not in field.words:
                    node[field.key] = self.word(field, text, (*path, field.key))

    def step(self, path: tuple) -> None:
        """Look at the figures of a step, and at what its chemicals are called."""
        self.keys((*path, "chemicals"), KEYED["chemicals"])
        for kind in FIGURE_UNITS:
            self.figures((*path, kind))
        for kind in ("heat", "chemicals"):
            self.figures((*path, kind, ANY))

    def figures(self, place: tuple) -> None:
        """Look at the figures of a place."""
        for path in matches(self.document.data, place):
            if isinstance(self.node(path), dict):
                self.entry("Figure", path)

    def word(self, field: Named, text: str, path: tuple) -> str:
        """Give the word of the file for a typed one; the typed one where there is none."""
        if field.names:
            return self.one(shipped_names().find(field.names, text), field.names, text, path)
        choices = choices_of(field.key, field.words)
        found = called(text, choices)
        if len(found) > 1:
            named = [f"{word} ({choice_name(field.key, word, 'it')})" for word in found]
            self.problems.append(self.several("E215", named, text, path))
        elif not found and text.strip():
            self.problems.append(
                self.document.problem(
                    "E215", say("not one of the accepted words"), path, text,
                    proposal(text, choices),
                )
            )  # fmt: skip
        return found[0] if len(found) == 1 else text

    def one(self, found: list[str], names: str, text: str, path: tuple) -> str:
        """Give the only record of a name, or ask which is meant."""
        if len(found) > 1:
            self.problems.append(
                self.several("E307", shipped_names().shown(names, found), text, path)
            )
        return found[0] if len(found) == 1 else text

    def several(self, code: str, names: list[str], text: str, path: tuple) -> Problem:
        """Ask which of several things is meant."""
        return self.document.problem(
            code, say("this name may mean several things"), path, text,
            say("write one of: {names}", names=names),
        )  # fmt: skip

    def keys(self, path: tuple, names: str, only: Optional[str] = None) -> None:
        """Look at the keys of a mapping, or at one of them."""
        for mapping in matches(self.document.data, path):
            node = self.node(mapping)
            for key in [only] if only is not None else list(node) if isinstance(node, dict) else ():
                place = (*mapping, key)
                if key in shipped_names().ids[names] or place in self.renamed:
                    continue
                name = self.one(shipped_names().find(names, key), names, key, place)
                if name == key:
                    continue
                if name in (self.renamed.get((*mapping, other), other) for other in node):
                    told = say("this is '{name}', which stands here already", name=name)
                    self.problems.append(self.document.problem("E201", told, place, key))
                    continue
                self.renamed[place] = name

    def rename(self) -> None:
        """Give keys their other names, in the data and in the places."""
        if not self.renamed:
            return
        self.document.data = self._new(self.document.data, ())
        for places in (self.document.positions, self.document.cells):
            moved = {self._path(path): value for path, value in places.items()}
            places.clear()
            places.update(moved)  # type: ignore[arg-type]

    def _new(self, node: Any, path: tuple) -> Any:
        if isinstance(node, list):
            return [self._new(item, (*path, index)) for index, item in enumerate(node)]
        if not isinstance(node, dict):
            return node
        return {
            self.renamed.get((*path, key), key): self._new(item, (*path, key))
            for key, item in node.items()
        }

    def _path(self, path: tuple) -> tuple:
        return tuple(self.renamed.get(path[: index + 1], part) for index, part in enumerate(path))
