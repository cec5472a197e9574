"""Which dataset may stand where: fibres of an origin, and supplies of a kind."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

from lca_cardato.inventory.records import Inventory
from lca_cardato.sentence import say
from lca_cardato.words.find import meant, proposal

SHOWN = 8
"""Valid datasets that an error names."""


def supplied(inventory: Inventory, fibre: str, origin: str) -> list[str]:
    """List the datasets that deliver a fibre of an origin.

    Parameters
    ----------
    inventory : Inventory
    fibre : str
        Id of a fibre.
    origin : str
        Origin of a line of a blend; an undeclared one is supplied as virgin.

    Returns
    -------
    list of str
        Those that the fibre itself names first, then those whose records say so.
    """
    origin = "virgin" if origin == "undeclared" else origin
    record = inventory.fibres.get(fibre)
    supply = record.supplies.get(origin) if record else None
    found = [supply.dataset, *supply.handling.values()] if supply else []
    for key, dataset in inventory.datasets.items():
        said = any(s.origin == origin and s.fibre in (None, fibre) for s in dataset.supplies)
        if said and key not in found:
            found.append(key)
    return found


def of_kind(inventory: Inventory, categories: Sequence[str], unit: str) -> list[str]:
    """List the datasets of some categories with a unit, those of Italy first."""
    found = [
        key
        for key, dataset in inventory.datasets.items()
        if dataset.category in categories and dataset.product.unit == unit
    ]
    return sorted(found, key=lambda key: inventory.datasets[key].geography != "IT")


def choices(typed: str, valid: Sequence[str], inventory: Inventory) -> str:
    """Name the valid datasets that come near a typed name, or the first of all."""
    names = _named({key: inventory.datasets[key] for key in valid})
    if not valid or meant(typed, names):
        return proposal(typed, names)
    shown, more = list(valid[:SHOWN]), len(valid) - SHOWN
    if more > 0:
        return say("valid here: {choices} and {more} more", choices=shown, more=more)
    return say("valid here: {choices}", choices=shown)


def near(typed: str, records: Mapping[str, Any]) -> str:
    """Say which records come near a typed name, by id and by their names in both languages.

    Parameters
    ----------
    typed : str
    records : mapping
        Id -> record with a `name`.
    """
    return proposal(typed, _named(records))


def _named(records: Mapping[str, Any]) -> dict[str, list[str]]:
    return {key: [one.name.en, one.name.it] for key, one in records.items()}
