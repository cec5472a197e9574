"""One vectorised path for one scenario and for a million: parameters to scores and verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Mapping, Sequence, Union

import numpy as np
from numpy.typing import NDArray

from lca_cardato.brightway.condensed import Background
from lca_cardato.calculation.solve import supplies
from lca_cardato.errors import CalculationError
from lca_cardato.model.structure import ProductModel
from lca_cardato.model.system import FlowKey, System, build_system

Array = NDArray[np.float64]
Target = Union[str, FlowKey]
UnitScore = Callable[[Target], Array]


@dataclass
class Evaluation:
    """What comes out for many rows of one product system.

    Attributes
    ----------
    system : System
    scores : ndarray, shape (indicators, rows) or (indicators, 1)
        Per declared unit.
    sound : ndarray of bool or bool
        Rows whose mass balance has a sound solution.
    supply : list of float or ndarray, shape (rows,)
        Product of each activity per declared unit, kg.
    """

    system: System
    scores: Array
    sound: Any
    supply: list[Any]


class UnitScores:
    """Scores per unit of background datasets and flows.

    Parameters
    ----------
    background : Background
    indicators : sequence of str
    """

    def __init__(self, background: Background, indicators: Sequence[str]) -> None:
        columns = [background.indicators.index(name) for name in indicators]
        self.table = np.ascontiguousarray(background.scores[:, columns])[:, :, None]
        self.rows = background.rows

    def __call__(self, target: Target) -> Array:
        """Scores of one unit of a target, shape (indicators, 1)."""
        row = self.rows.get(target)
        if row is None:
            raise CalculationError.one(
                "E307", f"'{target}' is not in the background", key="inventories"
            )
        unit: Array = self.table[row]
        return unit


def evaluate_values(
    model: ProductModel, values: Mapping[str, Any], score: UnitScore, indicators: int
) -> Evaluation:
    """Calculate a product system for arrays of parameter values.

    Parameters
    ----------
    model : ProductModel
    values : mapping
        Parameter key -> float or ndarray of shape (rows,).
    score : callable
        Scores per unit of a target, ndarray of shape (indicators, 1) or (indicators, rows).
    indicators : int
        Number of indicators.

    Returns
    -------
    Evaluation

    Notes
    -----
    Every operation works element by element, so a row's result does not depend on the rows
    beside it.
    """
    with np.errstate(all="ignore"):
        system = build_system(model, values)
        supply = supplies(system)
        amounts = background_amounts(system, supply)
        sound = is_sound(supply)
        scores = total_scores(amounts, score, indicators)
    return Evaluation(system, scores, sound, supply)


def total_scores(amounts: Mapping[Target, Any], score: UnitScore, indicators: int) -> Array:
    """Sum of amounts times scores per unit, shape (indicators, 1) or (indicators, rows)."""
    rows = max((np.size(amount) for amount in amounts.values()), default=1)
    rows = max([rows, *(score(target).shape[1] for target in amounts)])
    whole, room = np.zeros((indicators, rows)), np.empty((indicators, rows))
    for target, amount in amounts.items():
        unit = score(target)
        if unit.shape[1] > 1:
            np.multiply(amount, unit, out=room)
            whole += room
            continue
        for place in np.flatnonzero(unit):
            np.multiply(amount, unit[place, 0], out=room[place])
            whole[place] += room[place]
    return whole


def is_sound(supply: Sequence[Any]) -> Any:
    """Rows where every activity makes a finite amount, none below 0; bool or ndarray of bool."""
    sound: Any = True
    for made in supply:
        sound = sound & (made >= -1e-12) & (made < np.inf)
    return sound


def background_amounts(system: System, supply: Sequence[Any]) -> dict[Target, Any]:
    """Amount of every background dataset and flow per declared unit.

    Returns
    -------
    dict
        Target -> float or ndarray.
    """
    found: dict[Target, Any] = {}
    for exchange in system.exchanges:
        if np.ndim(exchange.amount) == 0 and exchange.amount == 0.0:
            continue
        amount = supply[exchange.activity] * exchange.amount
        before = found.get(exchange.target)
        found[exchange.target] = amount if before is None else before + amount
    return found
