"""Find datasets that need as much of themselves as they make, or more.

Such a loop has no end, and where the gain is above one the matrix can be solved all the same: the
scores are then negative, without a warning. With amounts of 0 or more, the inputs per unit of
product form a matrix whose spectral radius says it: below 1 every loop fades, else one does not.
The radius does not depend on the units of the products.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Iterable

if TYPE_CHECKING:
    from lca_cardato.inventory.records import Inventory

FADES = 1.0 - 1e-9
Inputs = dict[str, dict[str, float]]


def endless_loops(inventory: Inventory) -> list[list[str]]:
    """List the loops that do not fade: the datasets of each, every one an input of the one before.

    Parameters
    ----------
    inventory : Inventory
        With sound links and units.

    Returns
    -------
    list of list of str
        Empty when the background can be solved.
    """
    inputs = _looped(_inputs(inventory))
    return [
        _walk(group, inputs)
        for group in _groups(inputs)
        if _radius([[inputs[row].get(column, 0.0) for column in group] for row in group]) >= FADES
    ]


def _inputs(inventory: Inventory) -> Inputs:
    """Units of each input per unit of product, by dataset."""
    from lca_cardato.text.quantity import conversion_factor

    found: Inputs = {}
    for key, dataset in inventory.datasets.items():
        row: dict[str, float] = {}
        for exchange in dataset.exchanges:
            if exchange.input is not None and exchange.amount:
                unit = inventory.datasets[exchange.input].product.unit
                amount = float(exchange.amount * conversion_factor(exchange.unit, unit))
                row[exchange.input] = row.get(exchange.input, 0.0) + amount
        found[key] = row
    return found


def _looped(inputs: Inputs) -> Inputs:
    """Leave out, again and again, what has no input or is an input of nothing: no loop holds it."""
    while True:
        used = {name for row in inputs.values() for name in row}
        kept = {key for key, row in inputs.items() if row and key in used}
        if len(kept) == len(inputs):
            return inputs
        inputs = {
            key: {name: amount for name, amount in inputs[key].items() if name in kept}
            for key in inputs
            if key in kept
        }


def _reached(start: str, inputs: Inputs) -> set[str]:
    found: set[str] = set()
    todo = [start]
    while todo:
        new = set(inputs[todo.pop()]) - found
        found |= new
        todo += new
    return found


def _groups(inputs: Inputs) -> Iterable[list[str]]:
    """Sets of datasets that all need each other."""
    reached = {key: _reached(key, inputs) for key in inputs}
    done: set[str] = set()
    for key in inputs:
        if key not in done and key in reached[key]:
            group = sorted(other for other in reached[key] if key in reached[other])
            done.update(group)
            yield group


def _radius(matrix: list[list[float]]) -> float:
    import numpy as np

    return float(np.abs(np.linalg.eigvals(np.array(matrix))).max())


def _walk(group: list[str], inputs: Inputs) -> list[str]:
    """Follow the largest input inside a group until it closes."""
    path = [group[0]]
    while True:
        row = {name: amount for name, amount in inputs[path[-1]].items() if name in group}
        following = max(row, key=lambda name: (row[name], name))
        if following in path:
            return [*path[path.index(following) :], following]
        path.append(following)
