"""Names as people write them: ``lana``, ``Cardatura``, ``vergine``, put into the words of a file.

A scenario may name fibres, steps, datasets and words to choose from in either language; what is
calculated, judged and stored has the ids. A name that may mean several things is asked about.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Iterable, Iterator, Mapping, Optional

from lca_cardato.errors import Problem
from lca_cardato.inventory.load import load_inventory
from lca_cardato.inventory.records import Inventory
from lca_cardato.scenario.entry.choices import names_in
from lca_cardato.scenario.entry.fields import ANY, FIGURE_UNITS, SECTIONS, fields
from lca_cardato.sentence import say
from lca_cardato.text.yamltree import Document
from lca_cardato.words.entry import choice_name, folded, further_names, spoken
from lca_cardato.words.find import proposal
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
        self.ids: dict[str, set[str]] = {}
        self._heard: dict[str, dict[str, set[str]]] = {}
        self._shown: dict[str, dict[str, str]] = {}
        for names in TAKEN:
            by_lang = {lang: names_in(inventory, names, lang) for lang in LANGUAGES}
            self.ids[names] = set(by_lang["en"])
            heard = self._heard[names] = {}
            for found in by_lang.values():
                for key, name in found.items():
                    for text in (key, name, *further_names(names, key)):
                        heard.setdefault(folded(text), set()).add(key)
            self._shown[names] = {key: f"{key} ({name})" for key, name in by_lang["it"].items()}

    def find(self, names: str, text: str) -> list[str]:
        """Give the ids that a typed name may mean: itself, a name of it, or how its name begins.

        Examples
        --------
        >>> shipped_names().find("fibres", "Lana"), shipped_names().find("steps", "carbonizzo")
        (['wool'], ['carbonising', 'carbonising-dry'])
        """
        if text in self.ids[names]:
            return [text]
        heard, wanted = self._heard[names], folded(text)
        if wanted in heard:
            return sorted(heard[wanted])
        return sorted(begun(heard, wanted))

    def shown(self, names: str, keys: Iterable[str]) -> list[str]:
        """Name some records for a message, by id with the Italian name."""
        return [self._shown[names][key] for key in list(keys)[:SHOWN]]


def begun(heard: Mapping[str, set[str]], wanted: str) -> set[str]:
    """Give what is meant by names that begin with a word, or with several."""
    size = len(wanted)
    if size < 3:
        return set()
    return set().union(
        *(
            keys
            for said, keys in heard.items()
            if said.startswith(wanted) and not said[size : size + 1].isalnum()
        )
    )


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
        self.models: dict[str, list] = {}
        for field in fields():
            if field.words or field.names in TAKEN:
                self.models.setdefault(field.model, []).append(field)

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
            for field in self.models.get(model, ()):
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

    def word(self, field: Any, text: str, path: tuple) -> str:
        """Give the word of the file for a typed one; the typed one where there is none."""
        if field.names:
            return self.one(shipped_names().find(field.names, text), field.names, text, path)
        heard, wanted = spoken(field.key, field.words), folded(text)
        found = heard.get(wanted) or begun(heard, wanted)
        if len(found) > 1:
            named = field.choices("it")
            named_so = [f"{word} ({named[word]})" for word in field.words if word in found]
            self.problems.append(self.several("E215", named_so, text, path))
        elif not found and text.strip():
            self.problems.append(
                self.document.problem(
                    "E215", say("not one of the accepted words"), path, text,
                    proposal(text, {word: [choice_name(field.key, word, lang) for lang in LANGUAGES] for word in field.words}),
                )
            )  # fmt: skip
        return next(iter(found)) if len(found) == 1 else text

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
