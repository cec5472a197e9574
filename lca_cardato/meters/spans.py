"""What a meter counted, span by span: days of a curve, months of bills, readings of a register."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Optional

from lca_cardato.text.period import Period


@dataclass
class Span:
    """Days from the first to the last, and what was counted in them.

    Attributes
    ----------
    first, last : date
    amount : Decimal
        In the unit of the meter.
    row : int
        Row of the file, from 1; of a day of many rows the first.
    energy : Decimal, optional
        Of gas: MJ by the higher heating value (PCS) that the row states.
    of_mass : Decimal, optional
        kg that were worked in the span, where the file says so.
    estimated : bool
    missing : int
        Values of a day that the file does not have, of `values`.
    """

    first: datetime.date
    last: datetime.date
    amount: Decimal
    row: int
    energy: Optional[Decimal] = None
    of_mass: Optional[Decimal] = None
    estimated: bool = False
    missing: int = 0
    values: int = 1

    @property
    def days(self) -> int:
        """Number of days."""
        return (self.last - self.first).days + 1


@dataclass
class Lot:
    """A lot of a lot sheet: what entered, what left, what was lost, kg."""

    lot: str
    row: int
    day: Optional[datetime.date] = None
    article: str = ""
    count: str = ""
    mass_in: Optional[Decimal] = None
    mass_out: Optional[Decimal] = None
    loss: Optional[Decimal] = None


@dataclass
class Meter:
    """A meter of a file.

    Attributes
    ----------
    name : str
        POD, PDR, serial number or what the file calls it; empty where it says nothing.
    measures : str
        One of `lca_cardato.meters.mapping.MEASURES`.
    unit : str
        Unit of all amounts, kWh, Sm3, m3, MJ or kg.
    spans : list of Span
        In the order of the days.
    repeated : list of int
        Rows that say again what another row says; they are counted once.
    lots : list of Lot
        Of a lot sheet.
    """

    name: str
    measures: str
    unit: str
    spans: list[Span] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    lots: list[Lot] = field(default_factory=list)


@dataclass(frozen=True)
class Summed:
    """What a meter counted in a period.

    Attributes
    ----------
    amount : Fraction
        In the unit of the meter, exact.
    energy : Fraction, optional
        Of gas: MJ by the higher heating value; None where a row states none.
    of_mass : Fraction, optional
        kg that were worked; None where a row states none.
    estimated : Fraction
        Part of `amount` that the file calls estimated.
    rows : tuple of (int, int)
        First and last row that counts.
    count : int
        Spans that count.
    months : dict
        ``2025-01`` -> amount of the days in it.
    gaps : list of Period
        Days without any value.
    short : list of (date, int, int)
        Days that lack some values of a curve: how many, of how many.
    parted : list of Span
        Spans that reach over an end of the period; they count by days.
    """

    amount: Fraction
    energy: Optional[Fraction]
    of_mass: Optional[Fraction]
    estimated: Fraction
    rows: tuple[int, int]
    count: int
    months: dict[str, Fraction]
    gaps: list[Period]
    short: list[tuple[datetime.date, int, int]]
    parted: list[Span]


def whole_period(meter: Meter) -> Optional[Period]:
    """Give the period from the first to the last day of a meter; None where it has none."""
    if not meter.spans:
        return None
    return Period(min(s.first for s in meter.spans), max(s.last for s in meter.spans))


def summed(meter: Meter, period: Period) -> Summed:
    """Sum what a meter counted in a period.

    Parameters
    ----------
    meter : Meter
        Whose spans do not overlap.
    period : Period
    """
    amount = estimated = Fraction(0)
    energy: Optional[Fraction] = Fraction(0)
    of_mass: Optional[Fraction] = Fraction(0)
    months: dict[str, Fraction] = {}
    covered: list[Period] = []
    short, parted, rows = [], [], []
    for span in meter.spans:
        first, last = max(span.first, period.first), min(span.last, period.last)
        if last < first:
            continue
        covered.append(Period(first, last))
        share = Fraction((last - first).days + 1, span.days)
        part = Fraction(span.amount) * share
        amount += part
        estimated += part if span.estimated else 0
        energy = _added(energy, span.energy, share)
        of_mass = _added(of_mass, span.of_mass, share)
        rows.append(span.row)
        if share != 1:
            parted.append(span)
        if span.missing:
            short.append((span.first, span.missing, span.values))
        for name, days in _by_month(first, last):
            months[name] = months.get(name, Fraction(0)) + part * days / ((last - first).days + 1)
    ends = (min(rows), max(rows)) if rows else (0, 0)
    return Summed(
        amount, energy, of_mass, estimated, ends, len(rows), dict(sorted(months.items())),
        gaps_of(covered, period), short, parted,
    )  # fmt: skip


def _added(
    total: Optional[Fraction], part: Optional[Decimal], share: Fraction
) -> Optional[Fraction]:
    return None if total is None or part is None else total + Fraction(part) * share


def _by_month(first: datetime.date, last: datetime.date) -> list[tuple[str, int]]:
    found = []
    while first <= last:
        after = (first.replace(day=1) + datetime.timedelta(days=31)).replace(day=1)
        end = min(last, after - datetime.timedelta(days=1))
        found.append((f"{first:%Y-%m}", (end - first).days + 1))
        first = after
    return found


def gaps_of(covered: list[Period], period: Period) -> list[Period]:
    """Days of a period that no span covers.

    Examples
    --------
    >>> from lca_cardato.text.period import parse_period
    >>> gaps_of([parse_period("2025-01/2025-03"), parse_period("2025-05/2025-12")], parse_period("2025"))
    [Period(first=datetime.date(2025, 4, 1), last=datetime.date(2025, 4, 30))]
    """
    one = datetime.timedelta(days=1)
    found, after = [], period.first
    for span in sorted(covered, key=lambda item: item.first):
        if span.first > after:
            found.append(Period(after, span.first - one))
        after = max(after, span.last + one)
    if after <= period.last:
        found.append(Period(after, period.last))
    return found
