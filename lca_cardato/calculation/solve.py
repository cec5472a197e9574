"""The physics, written once: parameter values and a demand to amounts, scores and soundness.

Every operation works element by element, so one function serves a single scenario, the rows of a
batch and the draws of a simulation, and a row's result does not depend on the rows beside it. The
background is condensed to scores per unit, which is exact because nothing behind it depends on
the foreground; `lca_cardato.calculation.brightway_check` solves the same system whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Mapping, Optional, Sequence, Union

import numpy as np
from numpy.typing import NDArray

from lca_cardato.brightway.condensed import Array, Background
from lca_cardato.errors import CalculationError
from lca_cardato.model.structure import ProductModel
from lca_cardato.model.system import FlowKey, System, build_system, parameter_values
from lca_cardato.sentence import say

Target = Union[str, FlowKey]
Scored = Callable[[Mapping[Target, Any]], Array]


@dataclass
class Evaluation:
    """A solved product system, for one scenario or for many.

    Attributes
    ----------
    system : System
    supply : list of float or ndarray, shape (rows,)
        Product of each activity, kg.
    scores : ndarray, shape (indicators, rows) or (indicators, 1)
    sound : bool or ndarray of bool
        Rows whose mass balance has a sound solution.
    """

    system: System
    supply: list[Any]
    scores: Array
    sound: Any


def evaluate(model: ProductModel, values: Mapping[str, Any], scored: Scored) -> Evaluation:
    """Calculate a product for parameter values.

    Parameters
    ----------
    model : ProductModel
    values : mapping
        Parameter key -> float or ndarray of shape (rows,).
    scored : callable
        Amounts taken from the background -> scores, shape (indicators, rows) or (indicators, 1):
        `UnitScores`, or `lca_cardato.calculation.propagate.Propagation` where the background
        itself is drawn.

    Returns
    -------
    Evaluation
        Per declared unit.
    """
    with np.errstate(all="ignore"):
        return solve(build_system(model, values), scored)


def solve(system: System, scored: Scored, demand: Optional[int] = None) -> Evaluation:
    """Solve a product system for its declared unit, or for 1 kg of the product of an activity."""
    with np.errstate(all="ignore"):
        supply = supplies(system, demand)
        sound: Any = True
        for made in supply:
            sound = sound & (made >= -1e-12) & (made < np.inf)
        return Evaluation(system, supply, scored(background_amounts(system, supply)), sound)


def supplies(system: System, demand: Optional[int] = None) -> list[Any]:
    """Product of each activity, kg: floats, or arrays over the scenarios; see `solve`.

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
                "E304", say("the route is not in the order of the material"), key="route"
            )
        before[column].append((row, amount))
    result: list[Any] = [0.0] * len(system.activities)
    result[system.demand if demand is None else demand] = system.mass if demand is None else 1.0
    for column in range(len(system.activities) - 1, -1, -1):
        product = result[column]
        for row, amount in before[column]:
            result[row] = result[row] + product * amount
    return result


def background_amounts(system: System, supply: Sequence[Any]) -> dict[Target, Any]:
    """Amount of every background dataset and flow, float or ndarray."""
    found: dict[Target, Any] = {}
    for exchange in system.exchanges:
        if np.ndim(exchange.amount) == 0 and exchange.amount == 0.0:
            continue
        amount = supply[exchange.activity] * exchange.amount
        before = found.get(exchange.target)
        found[exchange.target] = amount if before is None else before + amount
    return found


class UnitScores:
    """Scores of amounts taken from a background without uncertainty.

    Parameters
    ----------
    background : Background
    indicators : sequence of str, optional
        All of the background when left out.
    """

    def __init__(self, background: Background, indicators: Optional[Sequence[str]] = None) -> None:
        names = background.indicators if indicators is None else indicators
        columns = [background.indicators.index(name) for name in names]
        self.background = background
        self.table = np.ascontiguousarray(background.scores[:, columns])[:, :, None]

    def __call__(self, amounts: Mapping[Target, Any]) -> Array:
        """Sum of amounts times scores per unit, shape (indicators, rows) or (indicators, 1)."""
        rows = max((np.size(amount) for amount in amounts.values()), default=1)
        shape = self.table.shape[1], rows
        whole, room = np.zeros(shape), np.empty(shape)
        for target, amount in amounts.items():
            unit = self.table[self.background.row(target)]
            if rows == 1:
                whole += amount * unit
                continue
            for place in np.flatnonzero(unit):
                whole[place] += np.multiply(amount, unit[place, 0], out=room[place])
        return whole


def fibre_costs(system: System, supply: Sequence[Any], prices: Mapping[str, Any]) -> dict[str, Any]:
    """Cost of every fibre that has a price, EUR.

    Parameters
    ----------
    system : System
    supply : sequence
        Product of each activity, kg.
    prices : mapping
        Blend line -> EUR per kg of fibre ready for blending.
    """
    return {k: supply[row] * prices[k] for k, row in system.line_rows.items() if k in prices}


# -- one scenario, exchange by exchange ------------------------------------------------------------


@dataclass
class Solution:
    """What one scenario takes, exchange by exchange, per declared unit.

    Attributes
    ----------
    supply : ndarray, shape (1, activities)
        Product of each activity, kg.
    amounts : ndarray, shape (1, exchanges)
        Amount of each background exchange.
    scores : ndarray, shape (1, indicators)
    rows : ndarray of int, shape (exchanges,)
        Background row of each exchange.
    """

    supply: Array
    amounts: Array
    scores: Array
    rows: NDArray[np.intp]

    def contributions(self, background: Background) -> Array:
        """Impact of each exchange, shape (1, exchanges, indicators)."""
        result: Array = self.amounts[:, :, None] * background.scores[self.rows][None, :, :]
        return result


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


def calculate(
    model: ProductModel, background: Background, values: Optional[Mapping[str, float]] = None
) -> Calculated:
    """Calculate one scenario.

    Parameters
    ----------
    model : ProductModel
    background : Background
    values : mapping, optional
        Parameter key -> amount; as stated when left out.

    Returns
    -------
    Calculated

    Raises
    ------
    CalculationError
        ``E304`` when a rework loop returns as much as it takes, ``E307`` when an exchange has
        no background row.
    """
    given = parameter_values(model) if values is None else values
    found = evaluate(model, given, UnitScores(background))
    if not np.all(found.sound):
        raise CalculationError.one(
            "E304",
            say(
                "the mass balance has no sound solution: a rework loop returns as much as it takes"
            ),
            key="route",
            suggestion=say("check loss, reclaimed and the share of rework"),
        )
    exchanges = found.system.exchanges
    supply = np.array([found.supply], dtype=np.float64)
    taken = supply[:, [e.activity for e in exchanges]] * [float(e.amount) for e in exchanges]
    rows = np.array([background.row(e.target) for e in exchanges], dtype=np.intp)
    return Calculated(model, found.system, Solution(supply, taken, found.scores.T, rows))


def climate_weights(main: Calculated, background: Background) -> dict[str, float]:
    """Share of climate change that hangs on each parameter."""
    column = background.indicators.index("climate_change")
    values = main.solution.contributions(background)[0][:, column]
    whole = float(np.abs(values).sum()) or 1.0
    weights: dict[str, float] = {}
    for exchange, value in zip(main.system.exchanges, values):
        if exchange.parameter:
            weights[exchange.parameter] = weights.get(exchange.parameter, 0.0) + abs(value) / whole
    return weights
