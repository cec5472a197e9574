"""Paired draws behind every difference that is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

from lca_cardato.background.open import Data
from lca_cardato.brightway.condensed import Background
from lca_cardato.calculation.sampling import TILE
from lca_cardato.calculation.simulate import Products, Simulation, simulate
from lca_cardato.calculation.solve import Calculated, calculate
from lca_cardato.errors import CalculationError
from lca_cardato.results.comparison import BESIDE, Beside, Drawn, comparable
from lca_cardato.results.coverage import coverage_of
from lca_cardato.studies.references import Alternative

DRAWS, SEED = TILE, 0
"""Enough for whole percents of a 95 % interval; a few hundredths of a second."""


def beside(one: Alternative, background: Background) -> Beside:
    """Calculate an alternative of the reference."""
    found = calculate(one.model, background)
    return Beside(one.replaced, one.fibre, one.dataset, one.undyed, found)


def draws(
    main: Calculated, reference: Calculated, others: Sequence[Beside], data: Data
) -> Optional[Drawn]:
    """Draw the product, the reference and its alternatives together.

    Parameters
    ----------
    main, reference : Calculated
    others : sequence of Beside
    data : Data

    Returns
    -------
    Drawn or None
        For the indicators that are comparable; None where there is none, or where a draw has no
        sound mass balance.
    """
    background = data.store.background
    own, theirs = coverage_of(main, background), coverage_of(reference, background)
    names = [
        name
        for place, name in enumerate(background.indicators)
        if comparable(own[place], theirs[place])
    ]
    if not names:
        return None
    told = [name for name in names if name in BESIDE]
    first = [main.model, reference.model]
    models = [*first, *(one.calculated.model for one in others)] if told else first
    found = quickly(Products(models, data.inventory, data.store, names))
    return Drawn(tuple(names), found.scores, SEED) if found else None


def quickly(products: Products) -> Optional[Simulation]:
    """Few paired draws; None where a draw has no sound mass balance."""
    try:
        return simulate(products, DRAWS, SEED)
    except CalculationError:
        return None
