"""Limits of what a mill can have read: outside the inner ones a figure is questioned.

A limit is a number of its own (``relative: "no"``), or a multiple of the range of the default that
a figure replaces. Beyond the hard ends a figure is refused unless the mill writes its reason.
"""

from __future__ import annotations

from typing import Optional

from pydantic import Field, model_validator

from lca_cardato.inventory.datum import DATA_CLASSES, Names
from lca_cardato.sentence import say
from lca_cardato.text.fields import Expression, Identifier, StrictModel, choice, refusal

QUANTITIES = (
    # figures of a step, per kg of its product
    "electricity", "heat", "warmed_water", "water_in", "water_evaporated", "loss", "reclaimed", "chemicals",
    "packaging",
    # how a figure was worked out
    "power", "output", "load", "heating_value",
    # the product and its blend; `of` names spinning systems, constructions, means of transport
    "count", "twist_factor", "surface_mass", "batch", "price", "distance", "photovoltaic",
    # figures against each other
    "evaporated_share", "mass_passed", "mass_of_step", "energy_neighbours", "energy_yarn",
)  # fmt: skip
"""What a limit can be about, as `lca_cardato.model.checks` measures it."""


class Limit(StrictModel):
    """Inner and hard ends of a quantity, with where they were read.

    ``low`` and ``high`` question, ``hard_low`` and ``hard_high`` refuse. With ``relative: "yes"``
    they multiply the lower and the upper end of the range of the default. ``of`` names the steps
    that it is for; all of them where it is left out.
    """

    name: Names
    quantity: choice(*QUANTITIES)  # type: ignore[valid-type]
    relative: choice("yes", "no") = "no"  # type: ignore[valid-type]
    of: list[Identifier] = Field(default_factory=list)
    unit: str
    low: Optional[Expression] = None
    high: Optional[Expression] = None
    hard_low: Optional[Expression] = None
    hard_high: Optional[Expression] = None
    zero: choice("yes", "no") = "no"  # type: ignore[valid-type]
    source: Optional[str] = None
    at: str = ""
    year: int
    geography: str
    class_: choice(*DATA_CLASSES) = Field(alias="class")  # type: ignore[valid-type]
    reason: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _traceable(self) -> Limit:
        ends = [self.hard_low, self.low, self.high, self.hard_high]
        given = [end for end in ends if end is not None]
        if not given:
            raise refusal("E213", say("a limit needs `low` or `high`, or a hard end"))
        if given != sorted(given):
            raise refusal("E305", say("`low` to `high` lies inside the hard ends"))
        if self.class_ == "assumed" and not self.reason:
            raise refusal("E315", say("an assumption needs `reason`"))
        if self.class_ != "assumed" and not self.source:
            raise refusal("E315", say("a limit that is not assumed needs `source`"))
        return self
