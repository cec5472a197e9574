"""One vectorised path for one scenario and for a million: parameters to scores and verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Mapping, Optional, Sequence, Union

import numpy as np
from numpy.typing import NDArray

from lca_cardato.claims.shares import BASES, POINTS
from lca_cardato.claims.standing import Exact, Shares, Standing, masses_of
from lca_cardato.errors import CalculationError
from lca_cardato.model.solve import Background, supplies
from lca_cardato.model.structure import ProductModel
from lca_cardato.model.system import FlowKey, System, build_system

Array = NDArray[np.float64]
Target = Union[str, FlowKey]
UnitScore = Callable[[Target, int], Any]


@dataclass
class Evaluation:
    """What comes out for many rows of one product system.

    Attributes
    ----------
    system : System
    scores : list of float or ndarray, shape (rows,)
        One per indicator, per declared unit.
    sound : ndarray of bool or bool
        Rows whose mass balance has a sound solution.
    supply : list of float or ndarray, shape (rows,)
        Product of each activity per declared unit, kg.
    """

    system: System
    scores: list[Any]
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
        self.table = background.scores[:, columns].tolist()
        self.rows = background.rows

    def __call__(self, target: Target, indicator: int) -> float:
        """Score of one unit of a target, by position of the indicator."""
        row = self.rows.get(target)
        if row is None:
            raise CalculationError.one(
                "E307", f"'{target}' is not in the background", key="inventories"
            )
        return float(self.table[row][indicator])


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
        Score per unit of a background row; a float, or an ndarray of shape (rows,).
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
        sound: Any = True
        for made in supply:
            sound = sound & (made >= -1e-12) & (made < np.inf)
        scores = []
        for indicator in range(indicators):
            whole: Any = 0.0
            for target, amount in amounts.items():
                unit = score(target, indicator)
                if np.ndim(unit) or unit != 0.0:
                    whole = whole + amount * unit
            scores.append(whole)
    return Evaluation(system, scores, sound, supply)


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


def fibre_cost(evaluation: Evaluation, prices: Mapping[str, Any]) -> Optional[Any]:
    """Cost of the fibres per declared unit, EUR; None unless every fibre has a price.

    Parameters
    ----------
    evaluation : Evaluation
    prices : mapping
        Blend line -> EUR per kg of fibre ready for blending.
    """
    rows = evaluation.system.line_rows
    if not prices or set(prices) != set(rows):
        return None
    cost: Any = 0.0
    for key, row in rows.items():
        cost = cost + evaluation.supply[row] * prices[key]
    return cost


def contents(
    model: ProductModel, system: System, standing: Standing, rows: int, exact: Exact
) -> tuple[dict[str, Any], dict[str, NDArray[np.int8]]]:
    """Shares of recycled and carded fibre in every reading, and verdicts.

    Returns
    -------
    shares : dict
        ``recycled/product/dry`` and the like -> fraction of 1, float or ndarray.
    verdicts : dict
        Pack id -> ndarray of int8, shape (rows,).
    """
    with np.errstate(all="ignore"):
        shares = Shares(masses_of(model, system), rows, exact)
        verdicts = standing.verdicts(shares)
        values = {
            f"{kind}/{point}/{basis}": shares.value(kind, point, basis)
            for kind in ("recycled", "carded")
            for point in POINTS
            for basis in BASES
        }
    return values, verdicts
