"""Scores of the background under uncertainty, for many draws at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from lca_cardato.batch.engine import Target
from lca_cardato.brightway.store import Store
from lca_cardato.inventory.datum import Uncertainty
from lca_cardato.inventory.load import Inventory
from lca_cardato.inventory.models import Dataset
from lca_cardato.uncertainty.figures import Draws, Figure, is_uncertain

Array = NDArray[np.float64]
MIX = (0.95, 1.1)


@dataclass
class Node:
    """A dataset of the background, as its scores are calculated.

    Attributes
    ----------
    name : str
    direct : ndarray, shape (indicators,)
        Burden of its own flows that are certain.
    flows : list of (Figure, ndarray of shape (indicators,))
        Uncertain flows, and the burden of one typed unit of each.
    inputs : list of (str, float, Figure or None, float)
        Dataset, amount in its unit, the uncertain figure behind it and the factor from the typed
        unit.
    mix : float
        Sum of the inputs that share out a mix; 0 when there is none.
    """

    name: str
    direct: Array
    flows: list[tuple[Figure, Array]] = field(default_factory=list)
    inputs: list[tuple[str, float, Any, float]] = field(default_factory=list)
    mix: float = 0.0


class UncertainBackground:
    """The part of the background behind some datasets, with its uncertain figures.

    Parameters
    ----------
    inventory : Inventory
    store : Store
    targets : iterable of str
        Datasets that the foreground takes from.
    indicators : sequence of str

    Notes
    -----
    Amounts come from the matrices that Brightway built. A dataset's scores are its own burden plus
    those of its inputs, so datasets in the order of their use give all scores by one pass; datasets
    that use each other in a loop are solved together. Figures that reach no indicator are never
    drawn; as each has a stream of its own, this changes no other draw. The shares of an
    electricity mix are scaled to their typed sum in every draw.
    """

    def __init__(
        self, inventory: Inventory, store: Store, targets: Iterable[str], indicators: Sequence[str]
    ) -> None:
        self.indicators = list(indicators)
        columns = [store.background.indicators.index(name) for name in indicators]
        self.factors = store.characterisation[:, columns]
        self.place = {name: i for i, name in enumerate(store.datasets)}
        self.flow = {flow: i for i, flow in enumerate(store.flows)}
        self.store, self.inventory = store, inventory
        self.fixed = store.background.scores[:, columns]
        self.rows = store.background.rows
        self.nodes: dict[str, Node] = {}
        self.groups = self._order(targets)
        for group in self.groups:
            for name in group:
                self.nodes[name] = self._node(name, inventory.datasets[name])
        self.certain = self._certain()

    def figures(self) -> list[Figure]:
        """List the uncertain figures that can change a score."""
        found = []
        for name, node in self.nodes.items():
            if name in self.certain:
                continue
            found += [figure for figure, _ in node.flows]
            for target, _, figure, _ in node.inputs:
                if figure is not None and self._counts(node, target):
                    found.append(figure)
        return found

    def scores(self, draws: Draws) -> Callable[[Target, int], Any]:
        """Score per unit of every dataset for a block of draws.

        Returns
        -------
        callable
            (dataset or flow, position of the indicator) -> float or ndarray of shape (draws,).
        """
        found: dict[str, Array] = {}
        room = np.empty((len(self.indicators), draws.count))
        for group in self.groups:
            if group[0] in self.certain:
                for name in group:
                    found[name] = self.fixed[self.place[name]][:, None]
            elif len(group) > 1:
                found.update(self._loop(group, found, draws, room))
            else:
                found[group[0]] = self._scores(self.nodes[group[0]], found, draws, room)

        def score(target: Target, indicator: int) -> Any:
            if isinstance(target, str):
                row = found[target][indicator]
                return row if len(row) > 1 or draws.count == 1 else float(row[0])
            return float(self.fixed[self.rows[target], indicator])

        return score

    # -- preparation ------------------------------------------------------------------------

    def _uses(self, name: str) -> list[str]:
        column = self.store.technosphere[:, self.place[name]]
        names = self.store.datasets
        return [names[i] for i in np.flatnonzero(column) if names[i] != name]

    def _order(self, targets: Iterable[str]) -> list[list[str]]:
        """Datasets in the order of their use, those of a loop together (Tarjan 1972)."""
        index: dict[str, int] = {}
        low: dict[str, int] = {}
        stack: list[str] = []
        groups: list[list[str]] = []
        for root in sorted(set(targets)):
            if root in index:
                continue
            work = [(root, iter(self._uses(root)))]
            index[root] = low[root] = len(index)
            stack.append(root)
            while work:
                name, rest = work[-1]
                following = next(rest, None)
                if following is None:
                    work.pop()
                    if work:
                        low[work[-1][0]] = min(low[work[-1][0]], low[name])
                    if low[name] == index[name]:
                        cut = stack.index(name)
                        groups.append(stack[cut:])
                        del stack[cut:]
                elif following not in index:
                    index[following] = low[following] = len(index)
                    stack.append(following)
                    work.append((following, iter(self._uses(following))))
                elif following in stack:
                    low[name] = min(low[name], index[following])
        return groups

    def _node(self, name: str, dataset: Dataset) -> Node:
        column = self.place[name]
        node = Node(name, np.zeros(len(self.indicators)))
        typed: dict[Any, float] = {}
        for exchange in dataset.exchanges:
            target = exchange.input or exchange.flow
            typed[target] = typed.get(target, 0.0) + float(exchange.amount or 0)
        seen: dict[Any, int] = {}
        for exchange in dataset.exchanges:
            amount = float(exchange.amount or 0)
            target = exchange.input or exchange.flow
            seen[target] = seen.get(target, 0) + 1
            if exchange.input is not None:
                entry = -self.store.technosphere[self.place[exchange.input], column]
            else:
                entry = self.store.biosphere[self.flow[exchange.flow], column]
            factor = entry / typed[target] if typed[target] else 0.0
            number = f"#{seen[target]}" if seen[target] > 1 else ""
            label = target if isinstance(target, str) else "/".join([target[0], *target[1]])
            key = f"{name}/{label}{number}"
            figure = self._figure(key, key, amount, exchange.uncertainty)
            if exchange.input is not None:
                node.inputs.append((exchange.input, amount * factor, figure, factor))
            else:
                self._direct(node, figure, amount, factor * self.factors[self.flow[exchange.flow]])
        for result, datum in dataset.results.items():
            self._result(node, result, datum)
        node.mix = self._mix(dataset, node)
        return node

    def _result(self, node: Node, result: str, datum: Any) -> None:
        """Indicator of a published result; those of one family (climate change) move together."""
        from lca_cardato.impact.indicators import INDICATORS, RESULT_ALIASES

        wanted = RESULT_ALIASES.get(result, result)
        family = next(i.family for i in INDICATORS if i.id == wanted)
        row = self.flow[wanted, ("indicator result",)]
        entry = self.store.biosphere[row, self.place[node.name]]
        amount = float(datum.amount or 0)
        factor = entry / amount if amount else 0.0
        figure = self._figure(
            f"{node.name}/result/{family}", f"{node.name}/{wanted}", amount, datum.uncertainty
        )
        self._direct(node, figure, amount, factor * self.factors[row])

    def _figure(self, stream: str, key: str, amount: float, spread: Uncertainty) -> Any:
        return Figure(stream, key, amount, spread) if is_uncertain(spread) else None

    def _direct(self, node: Node, figure: Any, amount: float, burden: Array) -> None:
        if not burden.any():
            return
        if figure is None:
            node.direct = node.direct + amount * burden
        else:
            node.flows.append((figure, burden))

    def _mix(self, dataset: Dataset, node: Node) -> float:
        """Sum of the inputs of an electricity mix, as typed."""
        if dataset.product.unit != "kWh":
            return 0.0
        parts = [a for name, a, _, _ in node.inputs if self._is_power(name)]
        whole = sum(parts)
        return whole if len(parts) > 1 and MIX[0] <= whole <= MIX[1] else 0.0

    def _counts(self, node: Node, target: str) -> bool:
        """Whether the amount of an input can change a score: by its burden, or inside a mix."""
        in_mix = bool(node.mix) and self._is_power(target)
        return in_mix or bool(self.fixed[self.place[target]].any())

    def _is_power(self, name: str) -> bool:
        return self.inventory.datasets[name].product.unit == "kWh"

    def _certain(self) -> set[str]:
        """Datasets with no uncertain figure on the way, or no burden at all."""
        found: set[str] = set()
        for group in self.groups:
            inside = set(group)
            sure = True
            for name in group:
                node = self.nodes[name]
                idle = not self.fixed[self.place[name]].any()
                lone = all(
                    (target in found or target in inside)
                    and (figure is None or not self._counts(node, target))
                    for target, _, figure, _ in node.inputs
                )
                sure = sure and (idle or (not node.flows and lone))
            if sure:
                found |= inside
        return found

    # -- calculation ------------------------------------------------------------------------

    def _amounts(self, node: Node, draws: Draws) -> list[tuple[str, Any]]:
        """Inputs of a dataset for a block of draws."""
        found: list[tuple[str, Any]] = []
        power: Any = 0.0
        for name, stated, figure, factor in node.inputs:
            drawn = figure is not None and self._counts(node, name)
            amount: Any = draws(figure) * factor if drawn else stated
            found.append((name, amount))
            if node.mix and self._is_power(name):
                power = power + amount
        if node.mix:
            scale = node.mix / power
            found = [(n, a * scale if self._is_power(n) else a) for n, a in found]
        return found

    def _own(self, node: Node, draws: Draws, room: Array) -> Array:
        """Burden of the flows of a dataset, shape (indicators, draws)."""
        result = np.empty_like(room)
        result[:] = node.direct[:, None]
        for figure, burden in node.flows:
            np.multiply(burden[:, None], draws(figure), out=room)
            result += room
        return result

    def _scores(self, node: Node, found: dict[str, Array], draws: Draws, room: Array) -> Array:
        """Scores of a dataset from those of its inputs, shape (indicators, draws)."""
        result = self._own(node, draws, room)
        for name, amount in self._amounts(node, draws):
            np.multiply(amount, found[name], out=room)
            result += room
        return result

    def _loop(
        self, group: list[str], found: dict[str, Array], draws: Draws, room: Array
    ) -> dict[str, Array]:
        """Scores of datasets that use each other: a small system for every draw."""
        place = {name: i for i, name in enumerate(group)}
        matrix = np.zeros((draws.count, len(group), len(group)))
        matrix[:, range(len(group)), range(len(group))] = 1.0
        right = np.empty((draws.count, len(group), len(self.indicators)))
        for row, name in enumerate(group):
            result = self._own(self.nodes[name], draws, room)
            for target, amount in self._amounts(self.nodes[name], draws):
                if target in place:
                    matrix[:, row, place[target]] -= amount
                else:
                    np.multiply(amount, found[target], out=room)
                    result += room
            right[:, row] = result.T
        solved = np.linalg.solve(matrix, right)
        return {name: np.ascontiguousarray(solved[:, i].T) for name, i in place.items()}
