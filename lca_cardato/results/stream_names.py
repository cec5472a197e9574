"""Names of uncertain figures in the language of the reader, by their stream."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lca_cardato.words.language import Language

if TYPE_CHECKING:
    from lca_cardato.inventory.records import Inventory


CONTRACT = "contract-transport"
"""Stream of the way to contractors and back."""
RECYCLED = "recycled-"
"""Begins the name of a recycled fibre in a figure that depends on the fibre."""


def stream_name(stream: str, inventory: Inventory, words: Language) -> str:
    """Name an uncertain figure.

    Parameters
    ----------
    stream : str
        Such as ``dyeing-stock.heat.natural_gas``, ``yarn/0/tearing.loss`` or ``caprolactam/Water/air``.
    inventory : Inventory
    words : Language

    Returns
    -------
    str
        Step or dataset and what of it; elementary flows keep their name. A stream that is neither
        is given as it is.
    """
    base, _, nth = stream.partition("#")
    if base == CONTRACT:
        return words("stream_contract")
    named = _of_dataset(base, inventory, words) or _of_step(base, inventory, words)
    return f"{named} ({nth})" if named and nth else named or stream


def _of_dataset(base: str, inventory: Inventory, words: Language) -> str:
    """Name an exchange of a dataset: the dataset and its input or flow."""
    key, _, rest = base.partition("/")
    if key not in inventory.datasets or not rest:
        return ""
    dataset = _bare(inventory.datasets[key], words)
    if rest in inventory.datasets:
        return f"{dataset}: {_bare(inventory.datasets[rest], words)}"
    flow, *where = rest.split("/")
    told = f"{flow}, {where[0]}" if where else words(flow).strip()
    return f"{dataset}: {told}"


def _of_step(base: str, inventory: Inventory, words: Language) -> str:
    """Name a figure of a step, or a transport from a place."""
    owner, _, figure = base.partition(".")
    key = owner.rpartition("/")[2]
    kind, _, detail = figure.partition(".")
    if key in inventory.places and kind == "transport":
        return f"{words('transport')}: {key.replace('-', ' ').title()} ({int(detail) + 1})"
    if key not in inventory.steps or not figure:
        return ""
    step = _bare(inventory.steps[key], words)
    what = words("stream_emission" if kind == "emissions" else kind)
    fibre = detail.removeprefix(RECYCLED)
    if fibre != detail and fibre in inventory.fibres:
        name = str(getattr(inventory.fibres[fibre].name, words.lang))
        return f"{step}: {what}, {words('part_recycled', fibre=name)}"
    for records in (inventory.datasets, inventory.fibres):
        if detail in records:
            name = str(getattr(records[detail].name, words.lang))
            return f"{step}: {name if kind == 'chemicals' else f'{what}, {name}'}"
    if detail.isdecimal():
        return f"{step}: {what} {int(detail) + 1}"
    return f"{step}: {what}, {words(detail)}" if detail else f"{step}: {what}"


def _bare(record: Any, words: Language) -> str:
    """Name of a record without its bracket."""
    return str(getattr(record.name, words.lang)).split(" (")[0]
