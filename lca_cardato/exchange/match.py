"""Exchanges of a process from elsewhere, matched to our datasets and elementary flows."""

from __future__ import annotations

from fractions import Fraction
from math import exp, isclose
from typing import Any, Optional

from lca_cardato.brightway.condense import RESULT
from lca_cardato.errors import Problem, nearest
from lca_cardato.exchange.imported import Foreign, Line
from lca_cardato.exchange.system import Spread, identifier
from lca_cardato.inventory.records import Inventory
from lca_cardato.lcia.flows import elementary_flows, flows_by_uuid
from lca_cardato.sentence import say
from lca_cardato.text.quantity import conversion_factor

Name = tuple[str, str, str]
SMALLEST = 1e-15


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
        self.flows, self.uuids = elementary_flows(), flows_by_uuid()
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
        hits = self.names.get((line.name, line.product, line.location), set())
        return next(iter(hits)) if len(hits) == 1 else ""

    def flow(self, line: Line) -> Optional[tuple[str, tuple[str, ...]]]:
        """Elementary flow of Brightway, by UUID or by name and compartment."""
        if line.code in self.uuids:
            return self.uuids[line.code]
        flow = (line.name, line.categories)
        return flow if flow in self.flows or line.categories == RESULT else None

    def unmatched(self, line: Line, process: Foreign) -> Problem:
        """Say that an exchange is not found, with the nearest name."""
        if line.flow:
            what = say(
                "no elementary flow '{flow}' in '{place}'",
                flow=line.name, place="/".join(line.categories),
            )  # fmt: skip
            names = [name for name, categories in self.flows if categories == line.categories]
            hint = nearest(line.name, names)
            if not names:
                places = {"/".join(categories) for _, categories in self.flows}
                hint = nearest("/".join(line.categories), sorted(places))
        else:
            what = say(
                "no dataset '{name}'",
                name=" / ".join(t for t in (line.name, line.product, line.location) if t),
            )
            labels = {" / ".join(name): key for name, keys in self.names.items() for key in keys
                      if name[1]}  # fmt: skip
            hint = nearest(" / ".join((line.name, line.product, line.location)), list(labels))
        return Problem("E307", what, self.file, key=process.name, suggestion=hint)


def factor_to(unit: str, wanted: str) -> Fraction:
    """Factor from one unit to another, 1 where they are the same.

    Raises
    ------
    QuantityError
    """
    return Fraction(1) if unit == wanted else conversion_factor(unit, wanted)


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
    lost = ""
    if spread.kind == 2:
        gsd = exp(spread.scale or 0.0)
        if not gsd > 1:
            return none, ""
        middle = exp(spread.loc) * abs(factor) if spread.loc is not None else abs(amount)
        if not isclose(middle, abs(amount), rel_tol=1e-3):
            lost = f"median of the lognormal {middle:.6g}; here it is the amount"
        return {"distribution": "lognormal", "gsd": written(gsd), "from": "the file"}, lost
    if spread.kind == 3:
        scale = abs((spread.scale or 0.0) * factor)
        normal = {"distribution": "normal", "sd": written(scale), "from": "the file"}
        return (normal if scale else none), ""
    if spread.minimum is None or spread.maximum is None:
        return none, "bounds missing"
    low, high = sorted((spread.minimum * factor, spread.maximum * factor))
    if not low < high or not low <= amount <= high:
        return none, f"bounds {low:.6g} to {high:.6g}, which do not hold the amount"
    kind = "triangular" if spread.kind == 5 else "uniform"
    if spread.kind == 5 and spread.loc is not None:
        if not isclose(spread.loc * factor, amount, rel_tol=1e-3):
            lost = f"mode of the triangle {spread.loc * factor:.6g}; here it is the amount"
    bounds = {"min": written(low), "max": written(high), "from": "the file"}
    return {"distribution": kind, **bounds}, lost
