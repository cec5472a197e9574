"""Exchanges of a process from elsewhere, matched to our datasets and elementary flows."""

from __future__ import annotations

from functools import cached_property
from math import exp, isclose
from typing import Any, Optional

from lca_cardato.background.mapping import load_mapping, shipped_mappings
from lca_cardato.brightway.condense import RESULT
from lca_cardato.errors import Problem, nearest
from lca_cardato.exchange.compartments import ours
from lca_cardato.exchange.flow_names import Known, find, is_simapro
from lca_cardato.exchange.foreign_units import unit_of
from lca_cardato.exchange.imported import Foreign, Line
from lca_cardato.exchange.system import Spread, identifier
from lca_cardato.inventory.records import Inventory
from lca_cardato.lcia.flows import elementary_flows
from lca_cardato.sentence import joined, say

Name = tuple[str, str, str]
SMALLEST = 1e-15
WASTE = ("waste", "wastewater", "textile_waste")
_MAPPED: dict[str, dict[Name, str]] = {}


class Matcher:
    """Finds what exchanges mean here.

    Parameters
    ----------
    inventory : Inventory
    file : str
        Name for messages.
    """

    def __init__(self, inventory: Inventory, file: str) -> None:
        self.inventory, self.file = inventory, file
        self.flows = elementary_flows()
        self.ids = {identifier("process", "open", key): key for key in inventory.datasets}
        self.names: dict[Name, set[str]] = {}
        for key, dataset in inventory.datasets.items():
            for name in (dataset.name.en, dataset.name.it):
                for product in (dataset.product.name, ""):
                    self.names.setdefault((name, product, dataset.geography), set()).add(key)

    def dataset(self, line: Line) -> str:
        """Our dataset for an input, by the id of our exports or by name, product and place."""
        if line.code in self.ids:
            return self.ids[line.code]
        for name in line.names():
            hits = self.names.get(name, set())
            if len(hits) == 1:
                return next(iter(hits))
        return ""

    def by_mapping(self, line: Line) -> str:
        """Our dataset that a shipped mapping says is this process, one for one; see `mapped`."""
        return next((self.mapped[name] for name in line.names() if name in self.mapped), "")

    @cached_property
    def mapped(self) -> dict[Name, str]:
        """Processes of ecoinvent -> our dataset, read when first asked for."""
        if self.inventory.digest not in _MAPPED:
            _MAPPED.clear()
            _MAPPED[self.inventory.digest] = mapped(self.inventory)
        return _MAPPED[self.inventory.digest]

    def takes_waste(self, key: str) -> bool:
        """Whether a dataset of ours treats what it is given."""
        return self.inventory.datasets[key].category in WASTE

    def flow(self, line: Line) -> Optional[Known]:
        """Elementary flow of Brightway; see `lca_cardato.exchange.flow_names.find`."""
        if line.categories == RESULT:
            return Known((line.name, line.categories))
        return find(line.name, line.categories, line.code, line.unit)

    def unmatched(self, line: Line, process: Foreign) -> Problem:
        """Say that an exchange is not found, with the nearest name."""
        if line.flow:
            what = say("no elementary flow '{name}' in '{place}'", name=line.name,
                       place="/".join(line.categories))  # fmt: skip
            here = ours(*line.categories[:2]) if is_simapro(line.categories) else line.categories
            names = [name for name, categories in self.flows if categories == here]
            hint = nearest(line.name, names)
            if not names:
                places = {"/".join(categories) for _, categories in self.flows}
                hint = nearest("/".join(line.categories), sorted(places))
        else:
            label = " / ".join(t for t in (line.name, line.product, line.location) if t)
            what = say("no dataset '{name}'", name=label)
            labels = {" / ".join(name): key for name, keys in self.names.items() for key in keys
                      if name[1]}  # fmt: skip
            hint = nearest(" / ".join((line.name, line.product, line.location)), list(labels))
        cure = say("--allow-unmatched leaves it out and says so")
        return Problem("E307", what, self.file, key=process.name, suggestion=joined([hint, cure]))


def mapped(inventory: Inventory) -> dict[Name, str]:
    """Processes of ecoinvent that a shipped mapping gives for a dataset of ours, one for one.

    Returns
    -------
    dict
        Name, product and place -> our dataset. Proxies (with an amount or a reason) are no equals
        the other way round and are left out, and so is what several of our datasets take.
    """
    found: dict[Name, set[str]] = {}
    for name in shipped_mappings():
        for key, target in load_mapping(name, inventory).file.datasets.items():
            if target.activity and target.factor == 1 and not target.because and not target.note:
                unit = inventory.datasets[key].product.unit
                if unit_of(target.unit) == unit:
                    process = (target.activity, target.product, target.location)
                    found.setdefault(process, set()).add(key)
    return {name: next(iter(keys)) for name, keys in found.items() if len(keys) == 1}


def written(value: float) -> str:
    """Write a figure as inventory files hold it; very small ones as a division."""
    divisions = 0
    while value and abs(value) < SMALLEST and divisions < 5:
        value, divisions = value * 1e15, divisions + 1
    return "= " + repr(float(value)) + " / 1e15" * divisions if divisions else repr(float(value))


def uncertainty(
    spread: Optional[Spread], amount: float, factor: float
) -> tuple[dict[str, Any], str]:
    """Distribution of an amount that was multiplied, and what of it has no place here.

    Parameters
    ----------
    spread : Spread, optional
        As the file gives it.
    amount : float
        After the multiplication.
    factor : float
    """
    none: dict[str, Any] = {"distribution": "none"}
    if spread is None or not amount:
        return none, ""
    if spread.kind == 2:
        return _lognormal(spread, amount, factor)
    if spread.kind == 3:
        return _normal(spread, amount, factor)
    if spread.minimum is None or spread.maximum is None:
        return none, say("a distribution without its bounds, so none is kept")
    low, high = sorted((spread.minimum * factor, spread.maximum * factor))
    if not low < high or not low <= amount <= high:
        return none, say("bounds {low:.6g} to {high:.6g}, which do not hold the amount",
                         low=low, high=high)  # fmt: skip
    kind, lost = ("triangular" if spread.kind == 5 else "uniform"), ""
    if spread.kind == 5 and spread.loc is not None:
        if not isclose(spread.loc * factor, amount, rel_tol=1e-3):
            lost = say("mode of the triangle {mode:.6g}; here it is the amount",
                       mode=spread.loc * factor)  # fmt: skip
    bounds = {"min": written(low), "max": written(high), "from": "the file"}
    return {"distribution": kind, **bounds}, lost


def _lognormal(spread: Spread, amount: float, factor: float) -> tuple[dict[str, Any], str]:
    none: dict[str, Any] = {"distribution": "none"}
    if spread.scale is None:
        return none, say("a lognormal without its sigma, so no distribution is kept")
    if not spread.scale > 0:
        return none, say("a lognormal with the sigma {sigma:.6g}, so no distribution is kept",
                         sigma=spread.scale)  # fmt: skip
    lost: list[str] = []
    try:
        middle = exp(spread.loc) * abs(factor) if spread.loc is not None else abs(amount)
        gsd = exp(spread.scale)
    except OverflowError:
        return none, say("a lognormal with the sigma {sigma:.6g}, so no distribution is kept",
                         sigma=spread.scale)  # fmt: skip
    if not isclose(middle, abs(amount), rel_tol=1e-3):
        lost.append(
            say("median of the lognormal {middle:.6g}; here it is the amount", middle=middle)
        )
    lost += _bounds(spread, factor)
    return {"distribution": "lognormal", "gsd": written(gsd), "from": "the file"}, joined(lost)


def _normal(spread: Spread, amount: float, factor: float) -> tuple[dict[str, Any], str]:
    none: dict[str, Any] = {"distribution": "none"}
    scale = (spread.scale or 0.0) * abs(factor)
    if not scale > 0:
        return none, say("a normal distribution without a deviation above 0, so none is kept")
    lost: list[str] = []
    if spread.loc is not None and not isclose(spread.loc * factor, amount, rel_tol=1e-3):
        lost.append(say("mean of the normal distribution {mean:.6g}; here it is the amount",
                        mean=spread.loc * factor))  # fmt: skip
    lost += _bounds(spread, factor)
    return {"distribution": "normal", "sd": written(scale), "from": "the file"}, joined(lost)


def _bounds(spread: Spread, factor: float) -> list[str]:
    """Say that a distribution loses the bounds by which other programs cut it."""
    if spread.minimum is None and spread.maximum is None:
        return []
    low, high = (
        "-" if end is None else f"{end * factor:.6g}" for end in (spread.minimum, spread.maximum)
    )
    return [say("bounds {low} to {high}, which are not kept here", low=low, high=high)]
