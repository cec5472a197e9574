"""Dates and periods by ISO 8601: a year, a month, a day, or an interval of these."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from lca_cardato.sentence import say
from lca_cardato.text.number import QuantityError

LATEST = datetime.date(2026, 11, 30)
"""No clock is believed that says an earlier day than that of this version."""
CURE = say("write for instance 2025, 2025-03, 2025-03-31 or 2025-01/2025-12")
_OTHER_DAY = re.compile(
    r"(?P<year>[12][0-9]{3})[-/. ](?P<a>[0-9]{1,2})[-/. ](?P<b>[0-9]{1,2})"
    r"|(?P<c>[0-9]{1,2})[-/. ](?P<d>[0-9]{1,2})[-/. ](?P<last>[12][0-9]{3})"
)
_PART = re.compile(r"([1-9][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True)
class Period:
    """Days from the first to the last, both counted."""

    first: datetime.date
    last: datetime.date

    @property
    def days(self) -> int:
        """Number of days."""
        return (self.last - self.first).days + 1


def parse_period(text: str) -> Period:
    """Read a period.

    Parameters
    ----------
    text : str
        ``2025``, ``2025-03``, ``2025-03-31``, or two of these with a slash between.

    Returns
    -------
    Period

    Raises
    ------
    QuantityError
        ``E224`` for anything else and for an interval that ends before it begins, ``E225`` for a
        period that has not begun yet.
    """
    first, slash, last = text.strip().partition("/")
    period = Period(_part(first)[0], _part(last if slash else first)[1])
    if period.last < period.first:
        raise QuantityError("E224", say("the period ends before it begins"), CURE)
    if period.first > latest_day():
        raise QuantityError("E225", say("the period has not begun yet"), CURE)
    return period


def parse_year(text: str) -> int:
    """Read a calendar year: four digits.

    Raises
    ------
    QuantityError
        ``E227`` for anything else.
    """
    found = re.fullmatch("[1-9][0-9]{3}", str(text).strip())
    if found is None:
        raise QuantityError(
            "E227", say("a calendar year is four digits"), say("write for instance 2025")
        )
    return int(found.group())


def begun(year: int) -> int:
    """Accept a year that has begun.

    Raises
    ------
    QuantityError
        ``E225``.
    """
    if year > latest_day().year:
        raise QuantityError(
            "E225", say("the year has not begun yet"), say("write the year of production")
        )
    return year


def parse_day(text: str) -> datetime.date:
    """Read a date of the form ``2025-03-31``.

    Raises
    ------
    QuantityError
        ``E104`` for anything else.
    """
    found = _PART.fullmatch(text.strip())
    if found is None or not found.group(3):
        raise QuantityError("E104", say("a date of the form 2025-03-31 is expected"), _turned(text))
    try:
        return datetime.date(*map(int, found.groups()))
    except ValueError:
        raise QuantityError("E104", say("there is no such day"), "") from None


def _turned(text: str) -> str:
    """Propose the ISO form of a day that was written in another order; day before month."""
    found = _OTHER_DAY.fullmatch(text.strip())
    if found is None:
        return ""
    if found["year"]:
        year, month, day = found["year"], found["a"], found["b"]
    else:
        day, month, year = found["c"], found["d"], found["last"]
    if int(month) > 12 >= int(day):
        day, month = month, day
    iso = f"{year}-{int(month):02d}-{int(day):02d}"
    try:
        datetime.date.fromisoformat(iso)
    except ValueError:
        return ""
    return say("is {day} meant? year, month, day", day=iso)


def _part(text: str) -> tuple[datetime.date, datetime.date]:
    """First and last day of a year, a month or a day."""
    found = _PART.fullmatch(text.strip())
    try:
        if found is None:
            raise ValueError
        year, month, day = (int(number) if number else 0 for number in found.groups())
        first = datetime.date(year, month or 1, day or 1)
    except ValueError:
        raise QuantityError(
            "E224", say("a period is a year, a month, a day or an interval"), CURE
        ) from None
    if day:
        return first, first
    next_year, next_month = (year + month // 12, month % 12 + 1) if month else (year + 1, 1)
    return first, datetime.date(next_year, next_month, 1) - datetime.timedelta(days=1)


def latest_day() -> datetime.date:
    """Give the last day that can be past: today, a day more for other time zones."""
    return max(datetime.date.today(), LATEST) + datetime.timedelta(days=1)
