"""Uncertain figures: of the scenario, of its defaults, and of the background."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Optional, Sequence

import numpy as np
from numpy.typing import NDArray

from lca_cardato.calculation.sampling import Distribution, limited
from lca_cardato.inventory.datum import Uncertainty
from lca_cardato.model.parameters import Parameter
from lca_cardato.model.structure import ProductModel
from lca_cardato.model.system import follow, parameter_values

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Figure:
    """An uncertain figure.

    Attributes
    ----------
    stream : str
        Name of its random stream.
    key : str
        Parameter key, or place in the background.
    amount : float
    spread : Uncertainty
    """

    stream: str
    key: str
    amount: float
    spread: Uncertainty

    @cached_property
    def distribution(self) -> Distribution:
        """Its distribution in floats."""
        return Distribution.of(self.spread, self.amount)

    @cached_property
    def bounded(self) -> bool:
        """Whether draws can leave what can be, so that they are kept inside."""
        d = self.distribution
        if ".loss" in self.key or self.key.endswith(".reclaimed"):
            return True
        return d.kind == "normal" or min(d.amount, d.low) < 0

    @cached_property
    def identity(self) -> tuple[Any, ...]:
        """Figures with the same identity have the same draws."""
        kind = ".loss" in self.key, self.key.endswith(".reclaimed")
        return (self.stream, self.distribution, kind)

    def limited(self, values: Array) -> Array:
        """Keep values inside what can be."""
        return limited(self.key, values) if self.bounded else values


class Draws:
    """Values of uncertain figures for the draws of a block.

    Attributes
    ----------
    count : int
        Number of draws.
    """

    count: int

    def __call__(self, figure: Figure) -> Array:
        """Values, ndarray of shape (draws,)."""
        raise NotImplementedError

    def times(self, figures: Sequence[Figure], factor: Array, result: Array) -> None:
        """Multiply figures by one array.

        Parameters
        ----------
        figures : sequence of Figure
        factor : ndarray, shape (draws,)
        result : ndarray, shape (figures, draws)
            Where the products go.
        """
        for figure, row in zip(figures, result):
            np.multiply(self(figure), factor, out=row)


def is_uncertain(spread: Optional[Uncertainty]) -> bool:
    """Whether there is a distribution."""
    return spread is not None and spread.distribution != "none"


@dataclass
class Foreground:
    """Uncertain figures of a product system.

    Attributes
    ----------
    model : ProductModel
    figures : list of Figure
    constants : dict
        Every parameter at its deterministic amount.
    """

    model: ProductModel
    figures: list[Figure] = field(default_factory=list)
    constants: dict[str, float] = field(default_factory=dict)

    def values(self, draws: Draws) -> dict[str, Any]:
        """Parameter values for a block of draws; figures that follow from others follow."""
        values: dict[str, Any] = dict(self.constants)
        for figure in self.figures:
            values[figure.key] = draws(figure)
        follow(self.model, values)
        for item in self.model.derived:
            values[item.key] = np.maximum(values[item.key], 0.0)
        return values


def foreground(model: ProductModel) -> Foreground:
    """Collect the uncertain figures of a product system."""
    derived = {item.key for item in model.derived}
    found = Foreground(model, constants=parameter_values(model))

    def take(key: str, item: Parameter) -> None:
        if item.uncertainty is not None and is_uncertain(item.uncertainty):
            found.figures.append(
                Figure(item.stream or key, key, float(item.amount), item.uncertainty)
            )

    for key, item in model.parameters.items():
        if key not in derived:
            take(key, item)
    for relation in model.derived:
        if relation.less is not None:
            take(relation.less.key, relation.less)
    return found


class QuantileDraws(Draws):
    """Values at given probabilities, one column of probabilities per stream.

    Parameters
    ----------
    columns : dict
        Stream -> ndarray of probabilities, shape (draws,).
    count : int
        Draws; figures of other streams stay at their amount.
    """

    def __init__(self, columns: dict[str, Array], count: int) -> None:
        self.columns, self.count = columns, count

    def __call__(self, figure: Figure) -> Array:
        """Values at the probabilities of the figure's stream."""
        u = self.columns.get(figure.stream)
        if u is None:
            return np.full(self.count, figure.amount)
        return figure.limited(figure.distribution.quantile(u))
