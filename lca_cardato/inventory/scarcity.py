"""Scarcity of water by place: a factor for every country, and means of regions."""

from __future__ import annotations

import re
from math import fsum
from typing import Mapping, Optional

from pydantic import Field, model_validator

from lca_cardato.sentence import say
from lca_cardato.text.fields import Expression, StrictModel, refusal

HOME = "IT"
"""Where the mill's own steps and those of its contractors stand."""
WORLD = "GLO"
ALL = "all"
UNREGIONALISED = 42.95
"""Factor of EF 3.1 for every country, m3 world-eq per m3; it stands in where there is no table."""
_STATE = re.compile(r"[A-Z]{2}-[A-Z]{2,3}")


class Scarcity(StrictModel):
    """Factor of a country or state, m3 world-eq per m3 consumed; or the mean of several.

    ``consumed`` (m3 a year) weighs countries in the mean of a region.
    """

    factor: Optional[Expression] = None
    consumed: Optional[Expression] = None
    of: list[str] = Field(default_factory=list)
    source: str
    at: str = ""

    @model_validator(mode="after")
    def _one_way(self) -> Scarcity:
        if (self.factor is None) == (not self.of):
            raise refusal("E213", say("give either `factor`, or the countries `of` a region"))
        if self.factor is not None and self.factor < 0:
            raise refusal("E305", say("a factor of scarcity is 0 or more"))
        return self


def water_factors(table: Mapping[str, Scarcity]) -> dict[str, float]:
    """Factors of countries, states and regions.

    Parameters
    ----------
    table : mapping
        Place -> its record. A region is the mean of its countries (``all``: of every country,
        two letters) by the water that they consume; countries that are not in the table, or have
        no ``consumed``, are left out.

    Returns
    -------
    dict
        Place -> m3 world-eq per m3 consumed; with `WORLD` in any case.
    """
    found = {key: float(one.factor) for key, one in table.items() if one.factor is not None}
    for key, one in table.items():
        if one.factor is not None:
            continue
        names = [name for name in found if len(name) == 2] if one.of == [ALL] else one.of
        parts = [(found[name], float(table[name].consumed or 0)) for name in names if name in found]
        whole = fsum(weight for _, weight in parts)  # whatever the order of the files
        if whole > 0:
            found[key] = fsum(factor * weight for factor, weight in parts) / whole
    found.setdefault(WORLD, UNREGIONALISED)
    return found


def water_place(factors: Mapping[str, float], geography: str) -> Optional[str]:
    """Place whose factor counts for a geography: its own, or the country of a state.

    None where there is none; then the mean of the world stands in, and a warning says so.
    """
    if geography in factors:
        return geography
    country = geography.partition("-")[0]
    return country if _STATE.fullmatch(geography) and country in factors else None
