"""The background under uncertainty: its datasets in the order of their use."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from lca_cardato.brightway.condense import RESULT
from lca_cardato.brightway.exchanges import published_results
from lca_cardato.brightway.store import Store
from lca_cardato.calculation.figures import Figure, is_uncertain
from lca_cardato.inventory.datum import Uncertainty
from lca_cardato.inventory.models import Dataset
from lca_cardato.inventory.placed import placed
from lca_cardato.inventory.records import Inventory
from lca_cardato.lcia.methods import describe

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
    flows : list of Figure
        Uncertain flows.
    burdens : ndarray, shape (indicators, flows)
        Burden of one typed unit of each.
    inputs : list of (str, float, Figure or None, float)
        Dataset, amount in its unit, the uncertain figure behind it and the factor from the typed
        unit.
    mix : float
        Sum of the inputs that share out a mix; 0 when there is none.
    """

    name: str
    direct: Array
    flows: list[Figure] = field(default_factory=list)
    burdens: Array = field(default_factory=lambda: np.zeros((0, 0)))
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
    Amounts come from the matrices that Brightway built. Figures that reach no indicator are never
    drawn; as each has a stream of its own, this changes no other draw.
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
            found += node.flows
            for target, _, figure, _ in node.inputs:
                if figure is not None and self.counts(node, target):
                    found.append(figure)
        return found

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
        self._columns: list[Array] = []
        typed: dict[Any, float] = {}
        for exchange in dataset.exchanges:
            target = exchange.input or exchange.flow
            typed[target] = typed.get(target, 0.0) + float(exchange.amount or 0)
        seen: dict[Any, int] = {}
        places = self.inventory.water_factors
        for exchange in dataset.exchanges:
            amount = float(exchange.amount or 0)
            target = exchange.input or exchange.flow
            seen[target] = seen.get(target, 0) + 1
            if exchange.input is not None:
                entry = -self.store.technosphere[self.place[exchange.input], column]
            else:
                flow = placed(exchange.flow, dataset.geography, places)
                entry = self.store.biosphere[self.flow[flow], column]
            factor = entry / typed[target] if typed[target] else 0.0
            number = f"#{seen[target]}" if seen[target] > 1 else ""
            label = target if isinstance(target, str) else "/".join([target[0], *target[1]])
            key = f"{name}/{label}{number}"
            figure = self._figure(key, key, amount, exchange.uncertainty)
            if exchange.input is not None:
                node.inputs.append((exchange.input, amount * factor, figure, factor))
            else:
                self._direct(node, figure, amount, factor * self.factors[self.flow[flow]])
        for result, datum in published_results(dataset):
            self._result(node, result, datum)
        if node.flows:
            node.burdens = np.array(self._columns).T.copy()
        node.mix = self._mix(dataset, node)
        return node

    def _result(self, node: Node, result: str, datum: Any) -> None:
        """Indicator of a published result; those of one family (climate change) move together."""
        known = describe(result)
        family = known.family if known else result
        row = self.flow[result, RESULT]
        entry = self.store.biosphere[row, self.place[node.name]]
        amount = float(datum.amount or 0)
        factor = entry / amount if amount else 0.0
        figure = self._figure(
            f"{node.name}/result/{family}", f"{node.name}/{result}", amount, datum.uncertainty
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
            node.flows.append(figure)
            self._columns.append(burden)

    def _mix(self, dataset: Dataset, node: Node) -> float:
        """Sum of the inputs of an electricity mix, as typed."""
        if dataset.product.unit != "kWh":
            return 0.0
        parts = [a for name, a, _, _ in node.inputs if self.is_power(name)]
        whole = sum(parts)
        return whole if len(parts) > 1 and MIX[0] <= whole <= MIX[1] else 0.0

    def counts(self, node: Node, target: str) -> bool:
        """Whether the amount of an input can change a score: by its burden, or inside a mix."""
        in_mix = bool(node.mix) and self.is_power(target)
        return in_mix or bool(self.fixed[self.place[target]].any())

    @cached_property
    def taken(self) -> dict[str, list[tuple[str, float, Any, float, bool, bool]]]:
        """Inputs of each dataset that can change a score, or that share out a mix.

        Dataset -> (input, amount, the uncertain figure behind it, its factor, whether it is part
        of the mix, whether it has a burden).
        """
        found: dict[str, list[tuple[str, float, Any, float, bool, bool]]] = {}
        for name, node in self.nodes.items():
            rows = found[name] = []
            for target, stated, figure, factor in node.inputs:
                if self.counts(node, target):
                    mixed = bool(node.mix) and self.is_power(target)
                    burden = bool(self.fixed[self.place[target]].any())
                    rows.append((target, stated, figure, factor, mixed, burden))
        return found

    def is_power(self, name: str) -> bool:
        """Whether a dataset gives electricity."""
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
                    and (figure is None or not self.counts(node, target))
                    for target, _, figure, _ in node.inputs
                )
                sure = sure and (idle or (not node.flows and lone))
            if sure:
                found |= inside
        return found
