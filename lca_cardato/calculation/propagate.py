"""From what a product takes from the background to its scores, for many draws at once."""

from __future__ import annotations

from typing import Any, Mapping, Union

import numpy as np
from numpy.typing import NDArray

from lca_cardato.calculation.figures import Draws
from lca_cardato.calculation.loops import Loop
from lca_cardato.calculation.solve import Scored
from lca_cardato.calculation.uncertain_background import Node, UncertainBackground
from lca_cardato.model.system import FlowKey

Array = NDArray[np.float64]
Target = Union[str, FlowKey]
TOGETHER = 16


class Propagation:
    """Scores of products from what they take from an uncertain background.

    Parameters
    ----------
    background : UncertainBackground

    Notes
    -----
    What is needed of a dataset is what the product takes of it, plus what the datasets that use
    it take; datasets in the order of their use, users first, give all amounts by one pass, and
    datasets that use each other in a loop are solved together. A score is then the sum of amounts
    times the burden of each dataset's own flows: one matrix product, so the number of indicators
    hardly counts. The shares of an electricity mix are scaled to their typed sum in every draw.
    """

    def __init__(self, background: UncertainBackground) -> None:
        self.background = background
        self.inputs: dict[str, list[tuple[str, Any]]] = {}
        self.loops: dict[str, Loop] = {}
        self.count = 0
        nodes = background.nodes
        self.flows = max([TOGETHER, *(len(node.flows) for node in nodes.values())])

    def begin(self, draws: Draws) -> None:
        """Take the figures of a block of draws."""
        self.draws, self.count = draws, draws.count
        background = self.background
        self.inputs = {
            name: self._amounts(node)
            for name, node in background.nodes.items() if name not in background.certain
        }  # fmt: skip
        self.begun: set[str] = set()

    def scores(self, demand: Mapping[Target, Any]) -> Array:
        """Scores of a product.

        Parameters
        ----------
        demand : mapping
            Dataset or elementary flow -> amount, float or ndarray of shape (draws,).

        Returns
        -------
        ndarray, shape (indicators, draws)
        """
        size = len(self.background.nodes) + len(demand)
        made = _Amounts(np.empty((size, self.count)))
        for target, amount in demand.items():
            made.add(target, amount, 1.0)
        background = self.background
        for group in reversed(background.groups):
            if group[0] in background.certain:
                continue
            if len(group) > 1:
                wanted = {name: made.of(name) for name in group}
                taken = {name: needed for name, needed in wanted.items() if needed is not None}
                for name, amounts in self._loop(group).needed(taken).items() if taken else ():
                    made.put(name, amounts)
            for name in group:
                needed = made.of(name)
                if needed is None:
                    continue
                for target, amount in self.inputs[name]:
                    if target not in group:
                        made.add(target, amount, needed)
        units = np.array([self._own(target) for target in made.rows])
        result: Array = units.T @ made.filled
        return self._with_flows(made, result)

    def unit_scores(self) -> UnitDraws:
        """Scores of one unit of every dataset, draw by draw, inputs before their users.

        For many products over few draws: a product is then the sum of what it takes.
        """
        background, found = self.background, UnitDraws(self)
        for group in background.groups:
            if group[0] in background.certain:
                continue
            own = [self._unit_of(name, group, found) for name in group]
            if len(group) > 1:
                found.units.update(self._loop(group).units(dict(zip(group, own))))
            else:
                found.units[group[0]] = own[0]
        return found

    def _unit_of(self, name: str, group: list[str], found: UnitDraws) -> Array:
        """Burden of one unit of a dataset by its own flows and by inputs from outside a loop."""
        node = self.background.nodes[name]
        unit = np.repeat(node.direct[:, None], self.count, axis=1)
        if node.flows:
            values = np.empty((len(node.flows), self.count))
            self.draws.times(node.flows, np.ones(self.count), values)
            unit += node.burdens @ values
        for target, amount in self.inputs[name]:
            if target not in group:
                unit += amount * found.of(target)
        return unit

    def _with_flows(self, made: _Amounts, result: Array) -> Array:
        """Add the burden of uncertain flows, some datasets at a time."""
        room, part = np.empty((self.flows, self.count)), np.empty(result.shape)
        weights: list[Array] = []
        start = 0

        def flush() -> None:
            np.matmul(np.concatenate(weights, axis=1), room[:start], out=part)
            np.add(result, part, out=result)

        for name, node in self.background.nodes.items():
            needed = made.of(name) if node.flows and name not in self.background.certain else None
            if needed is None:
                continue
            if start + len(node.flows) > len(room):
                flush()
                weights, start = [], 0
            stop = start + len(node.flows)
            self.draws.times(node.flows, needed, room[start:stop])
            weights.append(node.burdens)
            start = stop
        if weights:
            flush()
        return result

    def _own(self, target: Target) -> Array:
        """Certain burden of a unit: of a dataset that is certain, or of its certain flows."""
        background = self.background
        if isinstance(target, str) and target not in background.certain:
            return background.nodes[target].direct
        row = background.place[target] if isinstance(target, str) else background.rows[target]
        unit: Array = background.fixed[row]
        return unit

    def _amounts(self, node: Node) -> list[tuple[str, Any]]:
        """Inputs of a dataset that can change a score, for the block of draws."""
        taken = self.background.taken[node.name]
        amounts: list[Any] = []
        for _, stated, figure, factor, _, _ in taken:
            amount: Any = stated if figure is None else self.draws(figure)
            amounts.append(amount * factor if figure is not None and factor != 1.0 else amount)
        shares = [place for place, row in enumerate(taken) if row[4]]
        if shares:
            scale = node.mix / sum(amounts[place] for place in shares)
            for place in shares:
                amounts[place] = amounts[place] * scale
        return [(row[0], amount) for row, amount in zip(taken, amounts) if row[5]]

    def _loop(self, group: list[str]) -> Loop:
        """Datasets that use each other, with the amounts of the block of draws."""
        key = group[0]
        if key not in self.loops:
            self.loops[key] = Loop(group, self.inputs)
        if key not in self.begun:
            self.loops[key].begin(self.inputs, self.count)
            self.begun.add(key)
        return self.loops[key]


class UnitDraws:
    """Scores per unit of datasets and flows for a block of draws; for `Propagation.scores` of many products.

    Attributes
    ----------
    units : dict
        Uncertain dataset -> ndarray of shape (indicators, draws).
    """

    def __init__(self, propagation: Propagation) -> None:
        self.propagation = propagation
        self.units: dict[Target, Array] = {}

    def of(self, target: Target) -> Array:
        """Scores of one unit, shape (indicators, draws) or (indicators, 1)."""
        unit = self.units.get(target)
        if unit is None:
            unit = self.units[target] = self.propagation._own(target)[:, None]
        return unit

    def of_some(self, asked: NDArray[np.bool_]) -> Scored:
        """Give what calculates some indicators of a product; see `Propagation.scores`.

        Parameters
        ----------
        asked : ndarray of bool, shape (indicators,)
            The scores of the others are NaN.
        """
        rows: Any = slice(None) if asked.all() else np.flatnonzero(asked)

        def scored(demand: Mapping[Target, Any]) -> Array:
            result = np.full((len(asked), self.propagation.count), np.nan)
            whole = np.zeros(result[rows].shape)
            for target, amount in demand.items():
                whole += amount * self.of(target)[rows]
            result[rows] = whole
            return result

        return scored


class _Amounts:
    """Amounts of datasets and flows, one row of `room` for each, in the order they come up."""

    def __init__(self, room: Array) -> None:
        self.room, self.work = room, np.empty(room.shape[1])
        self.rows: dict[Target, int] = {}

    @property
    def filled(self) -> Array:
        """Amounts of all, shape (targets, draws)."""
        return self.room[: len(self.rows)]

    def of(self, target: Target) -> Any:
        """Amounts of one, or None."""
        row = self.rows.get(target)
        return None if row is None else self.room[row]

    def add(self, target: Target, amount: Any, times: Any) -> None:
        """Add a product of two numbers or arrays."""
        row = self.rows.get(target)
        if row is None:
            row = self.rows[target] = len(self.rows)
            np.multiply(amount, times, out=self.room[row])
            return
        np.multiply(amount, times, out=self.work)
        self.room[row] += self.work

    def put(self, target: Target, amounts: Array) -> None:
        """Replace the amounts of one."""
        self.room[self.rows.setdefault(target, len(self.rows))] = amounts
