"""Range of a default: where the inventory expects the figure that a mill puts in its place."""

from __future__ import annotations

from typing import Any, Callable, Mapping

from lca_cardato.inventory.datum import Datum
from lca_cardato.model.formulas import evaluate
from lca_cardato.model.parameters import scale_of

Values = Mapping[str, Any]
"""Key -> number, or array over scenarios."""
Ends = Callable[[Values], tuple[Any, Any]]
HALF = 1.96
"""Standard deviations on either side that hold 95 % of a normal distribution."""


def range_of(datum: Datum, count: str) -> Ends:
    """Give the ends of the distribution of a default: all of it, or the middle 95 %.

    Parameters
    ----------
    datum : Datum
    count : str
        Key of the yarn count that its formula needs, Nm.

    Returns
    -------
    callable
        Values -> lower and upper end, in the unit of calculation.
    """
    factor = float(scale_of(datum.unit)[1])
    spread = datum.uncertainty
    if spread.min is not None and spread.max is not None:
        ends = float(spread.min) * factor, float(spread.max) * factor
        return lambda values: ends
    if spread.distribution == "lognormal":
        times = float(spread.gsd or 1) ** HALF
        below, above, apart = 1 / times, times, 0.0
    else:
        below = above = 1.0
        apart = HALF * float(spread.sd or 0) * factor
    if datum.formula is None:
        amount = float(datum.amount or 0) * factor
        fixed = amount * below - apart, amount * above + apart
        return lambda values: fixed
    middle = middle_of(datum, count)

    def moving(values: Values) -> tuple[Any, Any]:
        found = middle(values)
        return found * below - apart, found * above + apart

    return moving


def middle_of(datum: Datum, count: str) -> Callable[[Values], Any]:
    """Give the default itself, in the unit of calculation."""
    factor = float(scale_of(datum.unit)[1])
    if datum.formula is None:
        amount = float(datum.amount or 0) * factor
        return lambda values: amount
    formula = datum.formula
    coefficients = {name: float(value) for name, value in formula.parameters.items()}
    return lambda values: (
        evaluate(formula.name, coefficients, values[count], formula.outside) * factor
    )


def mixed(parts: list[tuple[str, Ends]]) -> Ends:
    """Give the range of what several fibres have together, each by its share.

    Parameters
    ----------
    parts : list of (str, Ends)
        Key of the share, and range of the fibre.
    """

    def ends(values: Values) -> tuple[Any, Any]:
        found = [(values[share], *own(values)) for share, own in parts]
        low = [share * low for share, low, _ in found]
        high = [share * high for share, _, high in found]
        return sum(low[1:], low[0]), sum(high[1:], high[0])

    return ends


def summed(parts: list[Ends]) -> Ends:
    """Give the range of a sum."""

    def ends(values: Values) -> tuple[Any, Any]:
        found = [own(values) for own in parts]
        return sum(low for low, _ in found), sum(high for _, high in found)

    return ends


class _Asked(dict):
    """Notes which values are asked for."""

    def __getitem__(self, key: str) -> float:
        self.setdefault(key, 1.0)
        return 1.0


def asked(ends: Callable[[Values], Any]) -> set[str]:
    """Give the keys of the values that a range depends on."""
    values = _Asked()
    ends(values)
    return set(values)
