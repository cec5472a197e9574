"""Parameters of a product system: every number that a scenario or a default brings in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Optional

from lca_cardato.inventory.datum import Datum, Uncertainty
from lca_cardato.text.quantity import conversion_factor


@dataclass(frozen=True)
class Parameter:
    """A figure on its way into the calculation.

    Attributes
    ----------
    key : str
        Unique name, for instance ``yarn/carding.electricity``.
    amount : Fraction
        Amount in `unit`, exact.
    unit : str
    data_class : str
        ``measured``, ``supplier``, ``published``, ``calculated`` or ``assumed``.
    origin : str
        ``scenario`` or ``default``.
    source, at, period, document, note, reason : str
        What the figure rests on.
    file, line : str, int
        Where it was typed, when it came from a file.
    uncertainty : Uncertainty, optional
    stream : str
        Name of its random stream: two products that rest on the same figure draw it once.
    reading : str
        Reading of the scenario that it comes from; empty where it is typed.
    """

    key: str
    amount: Fraction
    unit: str
    data_class: str
    origin: str
    source: str = ""
    at: str = ""
    period: str = ""
    document: str = ""
    note: str = ""
    reason: str = ""
    file: str = ""
    line: int = 0
    uncertainty: Optional[Uncertainty] = None
    stream: str = ""
    reading: str = ""

    @property
    def evidenced(self) -> bool:
        """Whether it is measured, with period and document."""
        return self.data_class == "measured" and bool(self.period) and bool(self.document)

    def scaled(self, factor: Fraction, unit: str) -> Parameter:
        """Give the same figure in another unit, its distribution with it."""
        spread = self.uncertainty
        if spread is not None:
            bounds = {
                name: value * factor
                for name in ("sd", "min", "max")
                if (value := getattr(spread, name)) is not None
            }
            spread = spread.model_copy(update=bounds)
        return replace(self, amount=self.amount * factor, unit=unit, uncertainty=spread)


def scale_of(unit: str) -> tuple[str, Fraction]:
    """Give the unit that a default of this unit is calculated in, and the factor to it."""
    if unit == "%":
        return "%", Fraction(1, 100)
    if unit in ("kWh/kg", "MJ/kg"):
        return unit, Fraction(1)
    if unit.startswith(("L", "l", "m3")):
        return "L/kg", conversion_factor(unit, "L/kg")
    if unit in ("g/kg", "kg/t"):
        return "kg/kg", conversion_factor(unit, "kg/kg")
    return unit, Fraction(1)


def from_datum(
    key: str,
    datum: Datum,
    where: tuple[str, int],
    amount: Optional[Fraction] = None,
    stream: str = "",
) -> Parameter:
    """Make the parameter of an inventory default.

    Parameters
    ----------
    key : str
    datum : Datum
        Record of the inventory.
    where : tuple
        File and line of the record.
    amount : Fraction, optional
        Amount to take instead of the record's, when a formula gave it.
    stream : str
        Name of the record, the same wherever it is used.

    Returns
    -------
    Parameter
    """
    value = amount if amount is not None else datum.amount
    assert value is not None
    return Parameter(
        key=key,
        amount=value,
        unit=datum.unit,
        data_class=datum.class_,
        origin="default",
        source=datum.source or "",
        at=datum.at,
        note=datum.note,
        reason=datum.reason,
        file=where[0],
        line=where[1],
        uncertainty=datum.uncertainty,
        stream=stream or key,
    )
