"""Heads of a table as a mill's office writes them, tied to places of the base scenario."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Callable, Mapping, Optional, Sequence

from lca_cardato.errors import MAX_PROBLEMS, InputError, Problem
from lca_cardato.inventory.load import load_inventory
from lca_cardato.inventory.records import Inventory
from lca_cardato.sentence import joined, say
from lca_cardato.space.lines import APART, line_names
from lca_cardato.space.office import Column, bare, unit_of
from lca_cardato.space.paths import parse_path, value_at
from lca_cardato.text.yamltree import dotted
from lca_cardato.words.find import plain, proposal

KEEP, IGNORE = "keep", "ignore"
ARTICLES = ("article", "articolo", "art", "codice articolo", "codice", "cod", "riferimento", "rif",
            "item", "reference", "sku", "note", "notes", "cliente", "customer", "descrizione")  # fmt: skip
"""Heads of columns that say which row it is; they are kept and carried to the result."""
FIGURES = {
    "electricity": ("electricity", "energia elettrica", "energia", "elettricità", "corrente", "kwh", "consumo elettrico"),
    "heat": ("heat", "calore", "vapore", "gas", "metano"),
    "water_in": ("water", "acqua", "acqua prelevata"),
    "water_out": ("waste water", "acqua di scarico", "scarico"),
    "loss": ("loss", "calo", "scarto", "perdita"),
    "reclaimed": ("reclaimed", "rientro", "recupero"),
}  # fmt: skip
COUNT = ("product", "count")
PRODUCT = {
    COUNT: ("yarn count", "count", "titolo", "titolo filato", "nm"),
    ("product", "surface_mass"): (
        "surface mass",
        "mass per area",
        "grammatura",
        "peso",
        "peso al mq",
    ),
    ("product", "batch"): ("batch", "partita", "massa partita", "kg partita"),
    ("product", "name"): ("name", "nome commerciale", "denominazione", "nome"),
    ("company", "municipality"): ("municipality", "comune"),
    ("electricity", "photovoltaic"): ("photovoltaic", "fotovoltaico"),
}
_WITH_UNIT = re.compile(r"(.*?)\s+\[([^\]]+)\]\s*")
SHORTEST = 5
"""Letters of a word from which it may stand for a longer one: ``carda`` for ``cardatura``."""
Places = dict[str, tuple[str, ...]]


def places_of(base: Any, inventory: Optional[Inventory] = None) -> Places:
    """Places of a scenario that a column may stand for, each with what offices call it.

    Parameters
    ----------
    base : tree
        Base scenario as nested dicts and lists.
    inventory : Inventory, optional
        Gives the names of fibres and steps; the shipped one when left out.

    Returns
    -------
    dict
        Path -> names.
    """
    inventory = inventory or load_inventory()
    found: Places = {dotted(path): names for path, names in PRODUCT.items()}
    holders: list[tuple[tuple, Any]] = [((), base)]
    holders += [(("yarns", i), yarn) for i, yarn in enumerate(base.get("yarns") or [])]
    for path, holder in holders:
        of = f" {holder.get('name')}" if path else ""
        if path:
            found.pop(dotted(COUNT), None)
            found[dotted((*path, "count"))] = tuple(f"{name}{of}" for name in PRODUCT[COUNT])
        for index, line in enumerate(holder.get("blend") or []):
            names = [f"{name}{of}" for name in line_names(line, inventory)]
            at = (*path, "blend", index)
            found[dotted((*at, "share"))] = (*names, *_each(("share", "quota"), names))
            found[dotted((*at, "price"))] = _each(("price", "prezzo", "costo"), names)
            found[dotted((*at, "lot"))] = _each(("lot", "lotto", "partita"), names)
        for step, entry in (holder.get("route") or {}).items():
            record = inventory.steps.get(step)
            full = [step, record.name.en, record.name.it] if record else [step]
            steps = list(dict.fromkeys(APART.sub("", name).strip() for name in full))
            for kind, words in FIGURES.items():
                typed = entry.get(kind) if isinstance(entry, dict) else None
                spot = (*path, "route", step, kind)
                if isinstance(typed, list):
                    spot = (*spot, 0)
                if isinstance(typed, (dict, list)):
                    spot = (*spot, "value")
                found[dotted(spot)] = tuple(
                    f"{word} {name}{of}" for word in words for name in steps
                )
    return found


def _each(words: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{word} {name}" for word in words for name in names)


def tied(
    heads: Sequence[str], typed: Mapping[str, str], base: Any, file: str, complete: bool = False
) -> list[Column]:
    """Tie the heads of a table to the base scenario.

    Parameters
    ----------
    heads : sequence of str
    typed : mapping
        Head -> path, ``keep`` or ``ignore``; a path may have a unit behind it: ``[kWh/kg]``.
    base : tree
    file : str
        The table, for messages.
    complete : bool
        Whether only what is typed counts: the mapping was kept.

    Returns
    -------
    list of Column
        Without those that are ignored.

    Raises
    ------
    InputError
        ``E320`` for each head that nothing is known of, with what it may be, each mapping of a head
        that is not there, and two columns for one place.
    """
    places = places_of(base)
    columns: list[Column] = []
    problems: list[Problem] = []
    known = {head.casefold().strip(): head for head in heads}
    wanted = {known.get(head.casefold().strip(), head): place for head, place in typed.items()}
    for head in wanted:
        if head not in heads:
            near = proposal(head, dict.fromkeys(heads, ()))
            text = say("the table has no column of this head")
            problems.append(Problem("E320", text, file, 1, 1, value=head, suggestion=near))
    for number, head in enumerate(heads):
        place = wanted.get(head)
        if place is None and not complete:
            place = _known(head, places)
        if not place:
            problems.append(_unknown(head, places, file))
            continue
        if place == IGNORE:
            continue
        try:
            columns.append(_column(head, number, place, base, file))
        except InputError as error:
            problems += [replace(p, line=1, column=1) for p in error.problems]
    paths = [column.path for column in columns if column.path]
    for column in columns:
        if column.path and paths.count(column.path) > 1:
            text = say("another column stands for {path} too", path=dotted(column.path))
            hint = say('map one of them: --map "{head}=ignore"', head=column.head)
            problems.append(Problem("E320", text, file, 1, 1, value=column.head, suggestion=hint))
    if problems:
        raise InputError(problems[:MAX_PROBLEMS])
    return columns


def _known(head: str, places: Places) -> str:
    """Place that a head names for sure, or that it is kept; empty where that is open."""
    if bare(head).casefold() in ARTICLES or head.casefold().strip() in ARTICLES:
        return KEEP
    for text in dict.fromkeys((bare(head), head)):
        wanted = plain(text)
        for alike in (str.__eq__, _begins):
            found = [
                place for place, names in places.items()
                if any(_same(wanted, plain(name), alike) for name in names)
            ]  # fmt: skip
            if len(found) == 1:
                return found[0]
    return ""


def _same(wanted: list[str], name: list[str], alike: Callable[[str, str], bool]) -> bool:
    """Whether a head has the words of a name, in any order; each stands for one word."""
    left = list(name)
    for word in wanted:
        hit = next((other for other in left if alike(other, word)), None)
        if hit is None:
            return False
        left.remove(hit)
    return bool(wanted) and not left


def _begins(word: str, typed: str) -> bool:
    return word == typed or (len(typed) >= SHORTEST and word.startswith(typed))


def _unknown(head: str, places: Places, file: str) -> Problem:
    near = proposal(bare(head), places)
    cure = joined(
        [near, say('map it: --map "{head}=PATH", or "{head}=keep", or "{head}=ignore"', head=head)]
    )
    text = say("it is not known what this column stands for")
    return Problem("E320", text, file, 1, 1, value=head, suggestion=cure)


def _column(head: str, number: int, place: str, base: Any, file: str) -> Column:
    if place == KEEP:
        return Column(head, number)
    found = _WITH_UNIT.fullmatch(place)
    text, unit = (found[1], found[2]) if found else (place, "")
    path, unit = parse_path(text, base, file), unit or unit_of(head)
    total = value_at(base, (*path[:-1], "for")) if path[-1] == "value" else None
    if total and "/" in unit:  # per kg it is another figure than the total of the base
        path = path[:-1]
    return Column(head, number, path, unit)
