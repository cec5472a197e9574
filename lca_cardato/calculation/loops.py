"""Datasets that use each other in a loop, solved for many draws at once.

A few datasets are taken out so that the others have an order (a feedback vertex set); the others
are passed through in that order, and only the few are solved as a small system for every draw.
"""

from __future__ import annotations

from typing import Any, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from lca_cardato.model.massflow import total

Array = NDArray[np.float64]
Inputs = Mapping[str, Sequence[tuple[str, Any]]]


class Loop:
    """Order of a group of datasets that use each other.

    Parameters
    ----------
    group : sequence of str
    inputs : mapping
        Dataset -> (dataset that it takes, amount); only which ones is looked at.

    Attributes
    ----------
    few : list of str
        Datasets without which no loop is left.
    order : list of str
        The others, each before what it takes.
    """

    def __init__(self, group: Sequence[str], inputs: Inputs) -> None:
        takes = {
            name: {one for one, _ in inputs[name] if one in group and one != name} for name in group
        }
        own = {name for name in group if any(one == name for one, _ in inputs[name])}
        self.few: list[str] = sorted(own)
        self.group = list(group)
        while True:
            left = [name for name in group if name not in self.few]
            self.order = _ordered(left, takes)
            if len(self.order) == len(left):
                return
            stuck = [name for name in left if name not in self.order]
            inside = {name: takes[name] & set(stuck) for name in stuck}
            ways = {
                name: len(inside[name]) * sum(name in one for one in inside.values())
                for name in stuck
            }
            self.few.append(max(stuck, key=lambda name: (ways[name], name)))

    def begin(self, inputs: Inputs, count: int) -> None:
        """Take the amounts of a block of draws.

        Parameters
        ----------
        inputs : mapping
            Dataset -> (dataset that it takes, amount: float or ndarray of shape (draws,)).
        count : int
            Draws.
        """
        group = set(self.group)
        self.takes = {
            name: [(one, amount) for one, amount in inputs[name] if one in group]
            for name in self.group
        }
        size = len(self.few)
        matrix = np.zeros((size, size, count))
        matrix[range(size), range(size)] = 1.0
        for column, name in enumerate(self.few):
            found = self._passed({name: np.ones(count)})
            for row, one in enumerate(self.few):
                matrix[row, column] -= found.get(one, 0.0) - (one == name)
        self.inverse = _inverse(matrix)

    def needed(self, wanted: Mapping[str, Array]) -> dict[str, Array]:
        """Amounts of all datasets of the group for what is wanted of some, shape (draws,)."""
        first = self._passed({k: v for k, v in wanted.items() if k not in self.few})
        given = [first.get(one, 0.0) + wanted.get(one, 0.0) for one in self.few]
        start = dict(wanted)
        for row, name in enumerate(self.few):
            start[name] = total([self.inverse[row, at] * one for at, one in enumerate(given)])
        found = self._passed(start)
        return {name: start[name] if name in self.few else found[name] for name in found}

    def units(self, own: Mapping[str, Array]) -> dict[str, Array]:
        """Scores per unit of all datasets of the group, shape (indicators, draws).

        Parameters
        ----------
        own : mapping
            Dataset -> scores per unit without what it takes inside the group.
        """
        first = self._gathered(own, {})
        given = [first[one] for one in self.few]
        few: dict[str, Array] = {
            name: total([self.inverse[at, row] * one for at, one in enumerate(given)])
            for row, name in enumerate(self.few)
        }
        return {**self._gathered(own, few), **few}

    def _passed(self, start: Mapping[str, Any]) -> dict[str, Any]:
        """Pass amounts on, users first; what reaches the few is added up and goes no further."""
        found = dict(start)
        for name in (*self.few, *self.order):
            needed = start.get(name) if name in self.few else found.get(name)
            if needed is None:
                continue
            for one, amount in self.takes[name]:
                more = amount * needed
                found[one] = found[one] + more if one in found else more
        return found

    def _gathered(self, own: Mapping[str, Array], few: Mapping[str, Array]) -> dict[str, Array]:
        """Scores per unit, what is taken first; without scores of the few, they count as none."""
        found: dict[str, Array] = dict(few)
        for name in (*reversed(self.order), *(() if few else self.few)):
            unit = own[name]
            for one, amount in self.takes[name]:
                if one in found and (few or one not in self.few):
                    unit = unit + amount * found[one]
            found[name] = unit
        return found


def _inverse(matrix: Array) -> Array:
    """Inverse of small matrices, shape (rows, columns, draws), by Gauss and Jordan.

    The diagonal is what a dataset gives less what comes back to it, and rules its row, so no rows
    are exchanged; `matrix` is used up.
    """
    size = len(matrix)
    found = np.zeros_like(matrix)
    found[range(size), range(size)] = 1.0
    for pivot in range(size):
        scale = 1.0 / matrix[pivot, pivot]
        matrix[pivot] *= scale
        found[pivot] *= scale
        for row in range(size):
            if row != pivot:
                times = matrix[row, pivot].copy()
                matrix[row] -= times * matrix[pivot]
                found[row] -= times * found[pivot]
    return found


def _ordered(names: Sequence[str], takes: Mapping[str, set[str]]) -> list[str]:
    """Names, each before what it takes, as far as there is such an order."""
    users = {name: sum(name in takes[other] for other in names) for name in names}
    ready = [name for name in names if not users[name]]
    found: list[str] = []
    while ready:
        name = ready.pop()
        found.append(name)
        for one in sorted(takes[name]):
            if one in users:
                users[one] -= 1
                if not users[one]:
                    ready.append(one)
    return found
