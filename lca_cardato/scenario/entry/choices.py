"""The names to choose from, taken from the inventories, in both languages."""

from __future__ import annotations

from typing import Callable

from lca_cardato.inventory.kinds import of_kind
from lca_cardato.inventory.records import Inventory
from lca_cardato.words.entry import place_name

Names = dict[str, str]
"""What the file holds -> name in the language."""
CATEGORIES = {  # kind of the datasets, unit of their product
    "electricity_datasets": ("electricity", "kWh"),
    "water_datasets": ("water", "m3"),
    "chemical_datasets": ("chemical", "kg"),
    "packaging_datasets": ("packaging", "kg"),
}


def names_in(inventory: Inventory, names: str, lang: str) -> Names:
    """Give a list of `lca_cardato.scenario.entry.fields.Field.names`.

    Parameters
    ----------
    inventory : Inventory
    names : str
        ``fibres``, ``steps``, ``places``, ``municipalities``, ``fibre_datasets``,
        ``electricity_datasets``, ``water_datasets``, ``chemical_datasets`` or
        ``packaging_datasets``.
    lang : str

    Returns
    -------
    dict
        Id -> name, in an order that people expect: steps as they follow each other, all else as
        the inventories have it.

    Raises
    ------
    KeyError
        There is no such list; that of the ``documents`` is the file's own.
    """
    if names in CATEGORIES:
        kind, unit = CATEGORIES[names]
        found = of_kind(inventory, (kind,), unit)
        return {key: str(getattr(inventory.datasets[key].name, lang)) for key in found}
    return _LISTS[names](inventory, lang)


def _fibres(inventory: Inventory, lang: str) -> Names:
    return {key: str(getattr(fibre.name, lang)) for key, fibre in inventory.fibres.items()}


def _steps(inventory: Inventory, lang: str) -> Names:
    order = sorted(inventory.steps, key=inventory.step_rank)
    return {key: str(getattr(inventory.steps[key].name, lang)) for key in order}


def _places(inventory: Inventory, lang: str) -> Names:
    return {key: place_name(key, place.names, lang) for key, place in inventory.places.items()}


def _municipalities(inventory: Inventory, lang: str) -> Names:
    return {name: name for name in inventory.municipalities}


def _fibre_datasets(inventory: Inventory, lang: str) -> Names:
    """Datasets that a fibre of some origin may be taken from."""
    taken: dict[str, None] = {}
    for fibre in inventory.fibres.values():
        for supply in fibre.supplies.values():
            taken.update(dict.fromkeys([supply.dataset, *supply.handling.values()]))
    taken.update(dict.fromkeys(key for key, one in inventory.datasets.items() if one.supplies))
    return {key: str(getattr(inventory.datasets[key].name, lang)) for key in taken}


_LISTS: dict[str, Callable[[Inventory, str], Names]] = {
    "fibres": _fibres,
    "steps": _steps,
    "places": _places,
    "municipalities": _municipalities,
    "fibre_datasets": _fibre_datasets,
}
