"""Curves of quarter-hours or hours: each value has its place in the day, and no day has one twice.

When summer time begins a day has four quarter-hours less, when it ends four more; portals write the
second day in one row of 100 values, in two rows of one date, or with the times of that hour twice.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Iterable, Optional

from lca_cardato.meters.cells import clock_changes
from lca_cardato.meters.spans import Span

DAY = 24 * 60
CHANGED = range(120, 180)
"""Minutes of the hour that is missing or comes twice."""


@dataclass
class _Day:
    row: int
    slots: dict[int, Decimal] = field(default_factory=dict)
    more: Decimal = Decimal(0)
    again: int = 0
    estimated: bool = False


@dataclass
class Curve:
    """Values of a meter, collected by day.

    Attributes
    ----------
    clashes : list of (int, int)
        Rows that give a time of a day another value than the row before: row, other row.
    repeated : list of int
        Rows that say the same again.
    """

    days: dict[datetime.date, _Day] = field(default_factory=dict)
    clashes: list[tuple[int, int]] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)

    def add(
        self, day: datetime.date, minute: int, value: Decimal, row: int, estimated: bool = False
    ) -> None:
        """Take a value in; `minute` is where its interval begins."""
        found = self.days.get(day)
        if found is None:
            found = self.days[day] = _Day(row)
        found.estimated = found.estimated or estimated
        if minute not in found.slots:
            found.slots[minute] = value
            return
        changes = day in clock_changes(day.year)
        if changes and minute in CHANGED and day.month == 10 and found.again < 12:
            found.again += 1
            found.more += value
        elif changes and not (value and found.slots[minute]):
            found.slots[minute] += value  # two rows of one date complement each other
        elif found.slots[minute] == value:
            if not self.repeated or self.repeated[-1] != row:
                self.repeated.append(row)
        else:
            self.clashes.append((row, found.row))

    def step(self) -> int:
        """Minutes between the values."""
        return step_of(minute for day in self.days.values() for minute in day.slots)

    def spans(self, factor: Decimal) -> list[Span]:
        """Give the days in their order.

        Parameters
        ----------
        factor : Decimal
            By which the values are multiplied.
        """
        step, found = self.step(), []
        for day in sorted(self.days):
            one = self.days[day]
            full = DAY // step
            least = full - 60 // step if day == clock_changes(day.year)[0] else full
            missing = max(0, least - len(one.slots))
            amount = (sum(one.slots.values(), Decimal(0)) + one.more) * factor
            found.append(
                Span(
                    day, day, amount, one.row, estimated=one.estimated, missing=missing, values=full
                )
            )
        return found


def step_of(times: Iterable[int]) -> int:
    """Minutes between the values of a curve, from the times of the day at which they stand."""
    marks = {minute % 60 for minute in times}
    return next((step for step in (60, 30, 15, 10, 5) if all(m % step == 0 for m in marks)), 1)


def ends_label(moments: Iterable[tuple[datetime.date, int]]) -> Optional[bool]:
    """Whether the times of a curve are those at which the intervals end; None where nothing tells.

    A file that begins at 00:15 or 01:00 and ends at midnight has the ends.
    """
    found = list(moments)
    if not found:
        return None
    if any(minute == DAY for _, minute in found):
        return True
    first, last = min(found), max(found)
    if first[1] == 0 and last[1] != 0:
        return False
    return True if first[1] != 0 and last[1] == 0 else None
