"""Our own solver: foreground by dense algebra, background condensed to scores per unit.

The condensed background is exact because nothing behind it depends on the foreground. It is
computed once by Brightway when the inventories are installed; `lca_cardato.brightway` solves
the same system whole and both must agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lca_cardato.brightway.condensed import Array, Background
from lca_cardato.errors import CalculationError
from lca_cardato.model.structure import ProductModel
from lca_cardato.model.system import System, build_system, parameter_values


@dataclass
class Solution:
    """Solved foreground, per declared unit.

    Attributes
    ----------
    supply : ndarray, shape (scenarios, activities)
        Product of each activity, kg.
    amounts : ndarray, shape (scenarios, exchanges)
        Amount of each background exchange.
    scores : ndarray, shape (scenarios, indicators)
    rows : ndarray of int, shape (exchanges,)
        Background row of each exchange.
    """

    supply: Array
    amounts: Array
    scores: Array
    rows: NDArray[np.intp]

    def contributions(self, background: Background) -> Array:
        """Impact of each exchange, shape (scenarios, exchanges, indicators)."""
        result: Array = self.amounts[:, :, None] * background.scores[self.rows][None, :, :]
        return result


def scenarios(system: System) -> int:
    """Length of the scenario axis, 1 when every amount is a single number."""
    amounts = [amount for _, _, amount in system.links] + [e.amount for e in system.exchanges]
    return max((len(a) for a in [*amounts, system.mass] if np.ndim(a)), default=1)


def supplies(system: System) -> list[Any]:
    """Product of each activity per declared unit, kg: floats, or arrays over the scenarios.

    Notes
    -----
    An activity takes only from activities that stand before it (what it gives back as rework is
    a negative use of them), so the technosphere matrix is triangular with 1 on the diagonal and
    back substitution solves it exactly, with no operation on a zero.
    """
    before: list[list[tuple[int, Any]]] = [[] for _ in system.activities]
    for row, column, amount in system.links:
        if row >= column:
            raise CalculationError.one(
                "E304", "the route is not in the order of the material", key="route"
            )
        before[column].append((row, amount))
    result: list[Any] = [0.0] * len(system.activities)
    result[system.demand] = system.mass
    for column in range(len(system.activities) - 1, -1, -1):
        product = result[column]
        for row, amount in before[column]:
            result[row] = result[row] + product * amount
    return result


def foreground_matrix(system: System) -> Array:
    """Technosphere matrix of the foreground, shape (scenarios, activities, activities).

    Diagonal 1 kg of product; use is negative, as usual.
    """
    count = len(system.activities)
    size = scenarios(system)
    matrix = np.zeros((size, count, count))
    matrix[:, range(count), range(count)] = 1.0
    for row, column, amount in system.links:
        matrix[:, row, column] -= amount
    return matrix


def solve(system: System, background: Background) -> Solution:
    """Solve the foreground for its declared unit.

    Parameters
    ----------
    system : System
    background : Background

    Returns
    -------
    Solution

    Raises
    ------
    CalculationError
        ``E304`` when a rework loop returns as much as it takes, ``E307`` when an exchange has
        no background row.
    """
    size = scenarios(system)
    supply = np.empty((size, len(system.activities)))
    for column, amount in enumerate(supplies(system)):
        supply[:, column] = amount
    if not np.all(np.isfinite(supply)) or np.any(supply < -1e-12):
        raise CalculationError.one(
            "E304",
            "the mass balance has no sound solution: a rework loop returns as much as it takes",
            key="route",
            suggestion="check loss, reclaimed and the share of rework",
        )
    amounts: Array = np.zeros((len(supply), len(system.exchanges)))
    for index, exchange in enumerate(system.exchanges):
        amounts[:, index] = supply[:, exchange.activity] * exchange.amount
    rows = exchange_rows(system, background)
    return Solution(supply, amounts, amounts @ background.scores[rows], rows)


def solve_demand(matrix: Array, demand: Array) -> Array:
    """Solve ``A x = f`` for every scenario; `demand` has shape (activities,)."""
    try:
        stacked = np.broadcast_to(demand[None, :, None], (len(matrix), len(demand), 1))
        return np.asarray(np.linalg.solve(matrix, stacked)[:, :, 0], dtype=np.float64)
    except np.linalg.LinAlgError:
        raise CalculationError.one(
            "E304", "the foreground matrix is singular: a rework loop closes on itself", key="route"
        ) from None


def exchange_rows(system: System, background: Background) -> NDArray[np.intp]:
    """Row of the background for each exchange."""
    rows = []
    for exchange in system.exchanges:
        row = background.rows.get(exchange.target)
        if row is None:
            raise CalculationError.one(
                "E307", f"'{exchange.target}' is not in the background", key="inventories"
            )
        rows.append(row)
    return np.array(rows, dtype=np.intp)


@dataclass
class Calculated:
    """A product system with its solution."""

    model: ProductModel
    system: System
    solution: Solution

    @property
    def scores(self) -> Any:
        """Scores of the single scenario, shape (indicators,)."""
        return self.solution.scores[0]


def calculate(model: ProductModel, background: Background) -> Calculated:
    """Build and solve the product system with our own solver."""
    system = build_system(model, parameter_values(model))
    return Calculated(model, system, solve(system, background))
