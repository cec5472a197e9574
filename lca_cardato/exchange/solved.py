"""A product system solved: what each process makes for one declared unit, what its product carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lca_cardato.exchange.system import ProductSystem

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Solved:
    """A product system solved for one declared unit.

    Attributes
    ----------
    place : dict
        Code of a process -> place in the arrays.
    technosphere : sparse matrix, shape (processes, processes)
        Products by processes; inputs below 0.
    supply : ndarray, shape (processes,)
        What each process makes for one declared unit.
    """

    place: dict[str, int]
    technosphere: Any
    supply: Array

    def carried(self, direct: Array) -> Array:
        """Burden of a unit of each product, with all behind it.

        Parameters
        ----------
        direct : ndarray, shape (processes,)
            Burden of each process itself, per unit of its product.
        """
        from scipy.sparse.linalg import spsolve

        return np.asarray(spsolve(self.technosphere.T.tocsc(), direct))

    def inventory(self, system: ProductSystem) -> dict[str, float]:
        """Elementary flows behind one declared unit, code -> amount in the unit of the flow."""
        found = {flow.code: 0.0 for flow in system.flows}
        for process in system.processes:
            for edge in process.edges:
                if edge.flow:
                    found[edge.target] += edge.amount * float(self.supply[self.place[process.code]])
        return found


def solved(system: ProductSystem) -> Solved:
    """Solve a product system for one declared unit."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.linalg import spsolve

    place = {process.code: i for i, process in enumerate(system.processes)}
    rows, columns, amounts = list(place.values()), list(place.values()), [1.0] * len(place)
    for process in system.processes:
        for edge in process.edges:
            if not edge.flow:
                rows.append(place[edge.target])
                columns.append(place[process.code])
                amounts.append(-edge.amount)
    matrix = coo_matrix((amounts, (rows, columns)), shape=(len(place),) * 2).tocsc()
    demand = np.zeros(len(place))
    demand[place[system.demand]] = 1.0
    return Solved(place, matrix, np.asarray(spsolve(matrix, demand)))
