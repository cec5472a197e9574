"""Paired draws behind every difference that is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

from lca_cardato.background.open import Data
from lca_cardato.brightway.condensed import FOUR, Background
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
    main: Calculated, reference: Optional[Calculated], others: Sequence[Beside], data: Data
) -> Optional[Drawn]:
    """Draw the product, its reference and the alternatives together.

    Parameters
    ----------
    main : Calculated
    reference : Calculated or None
    others : sequence of Beside
    data : Data

    Returns
    -------
    Drawn or None
        For the four indicators that the marks speak of, and for those that are comparable; of the
        alternatives for `BESIDE` alone. None where a draw has no sound mass balance.
    """
    background = data.store.background
    own = coverage_of(main, background)
    theirs = own if reference is None else coverage_of(reference, background)
    told = [
        name
        for place, name in enumerate(background.indicators)
        if reference is not None and comparable(own[place], theirs[place])
    ]
    names = [name for name in background.indicators if name in FOUR or name in told]
    models = [main.model] if reference is None else [main.model, reference.model]
    if set(told) & set(BESIDE):
        models += [one.calculated.model for one in others]
    asked = [names, names, *([BESIDE] * len(others))][: len(models)]
    found = quickly(Products(models, data.inventory, data.store, names, asked))
    return Drawn(tuple(names), found.scores, SEED) if found else None


def quickly(products: Products) -> Optional[Simulation]:
    """Few paired draws; None where a draw has no sound mass balance."""
    try:
        return simulate(products, DRAWS, SEED)
    except CalculationError:
        return None
