"""Readings that a scenario takes from files: which meter, which days, how it is divided.

`lca_cardato.scenario.take` reads them.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Optional

from pydantic import AfterValidator, Field

from lca_cardato.sentence import say
from lca_cardato.text.fields import (
    Identifier,
    Named,
    Number,
    Share,
    StrictModel,
    Text,
    choice,
    quantity,
    refusal,
)
from lca_cardato.text.fields import Period as PeriodText

if TYPE_CHECKING:
    from lca_cardato.meters.spans import Lot, Meter, Summed

RULES = ("hours", "power", "power_hours", "share")
"""By what a meter is divided among the parts behind it."""
NEEDED = {
    "hours": ("hours",),
    "power": ("power",),
    "power_hours": ("power", "hours"),
    "share": ("share",),
}
MAP = "map:"
"""Begins the key of a mapping among the files of a scenario."""


def _counted(value: Fraction) -> Fraction:
    if value < 0:
        raise refusal("E103", say("must not be negative"))
    return value


class Part(StrictModel):
    """A department, step or machine behind a meter."""

    hours: Optional[Annotated[Number, AfterValidator(_counted)]] = None
    power: Optional[quantity("kW")] = None  # type: ignore[valid-type]
    load: Optional[Share] = None
    share: Optional[Share] = None


class Reading(StrictModel):
    """A meter of a file, or a lot sheet, over a period."""

    document: Text
    map: Optional[Text] = None
    meter: Optional[Named] = None
    period: Optional[PeriodText] = None
    reason: Optional[Text] = None
    by: Optional[choice(*RULES)] = None  # type: ignore[valid-type]
    among: dict[Identifier, Part] = Field(default_factory=dict, max_length=200)


@dataclass(frozen=True)
class Taken:
    """A reading with what its file says.

    Attributes
    ----------
    name : str
    reading : Reading
    meter : Meter
    period : str
        Period that was summed, as the scenario writes periods; empty where the file has no dates.
    total : Summed or None
        None for a lot sheet.
    lots : tuple of Lot
        Of the period.
    file, sha256 : str
        File that was read, and its digest.
    map_sha256 : str
    """

    name: str
    reading: Reading
    meter: Meter
    period: str
    total: Optional[Summed]
    lots: tuple[Lot, ...]
    file: str
    sha256: str
    map_sha256: str = ""

    @property
    def open_gaps(self) -> bool:
        """Whether days of the period are missing, and nobody says that it is right so."""
        return bool(self.total and self.total.gaps and not self.reading.reason)

    def shares(self) -> dict[str, Fraction]:
        """Part -> share of the total; the shares sum to exactly 1."""
        weights = {
            name: weight_of(part, str(self.reading.by)) for name, part in self.reading.among.items()
        }
        whole = sum(weights.values(), Fraction(0))
        return {name: weight / whole for name, weight in weights.items()}


def weight_of(part: Part, by: str) -> Fraction:
    """Weight of a part: machine hours, kW, kWh of the machines (power, load and hours), or a share."""
    if by == "share":
        return Fraction(part.share or 0)
    hours = Fraction(part.hours or 0) if by != "power" else Fraction(1)
    power = Fraction(part.power.amount) if part.power and by != "hours" else Fraction(1)
    load = Fraction(part.load) if part.load is not None and by != "hours" else Fraction(1)
    return hours * power * load
