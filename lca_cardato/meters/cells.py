"""Cells of a meter's file: numbers, dates, months and times as bills and portals write them.

Numbers are read as `decimal.Decimal`, so that sums of tens of thousands of them are exact and fast.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import Iterable, Optional

from lca_cardato.sentence import say
from lca_cardato.text.number import BLANKS, QuantityError

COMMA, POINT = "comma", "point"
EMPTY = frozenset(("", "-", "--", "n.d.", "nd", "n/d", "n.a.", "na", "n/a", "\u2013", "\u2014"))
"""What stands in a cell that says nothing."""
NUMBERS = {
    COMMA: re.compile(r"([+-]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d*)?|[+-]?,\d+)"),
    POINT: re.compile(
        r"([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?(?:[eE][+-]?\d{1,2})?|[+-]?\.\d+)"
    ),
}
_SURE = {
    COMMA: re.compile(r"[+-]?(?:0|\d{4,}),\d+|[+-]?\d+,(?:\d{1,2}|\d{4,})|[+-]?[\d.]*\.\d{3},\d+"),
    POINT: re.compile(
        r"[+-]?(?:0|\d{4,})\.\d+|[+-]?\d+\.(?:\d{1,2}|\d{4,})|[+-]?[\d,]*,\d{3}\.\d+"
    ),
}
_MONTHS = (
    "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre",
    "ottobre", "novembre", "dicembre",
)  # fmt: skip
_ENGLISH = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_DAY = re.compile(
    r"(?P<y>[12]\d{3})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})"
    r"|(?P<dd>\d{1,2})[-/.](?P<mm>\d{1,2})[-/.](?P<yy>\d{4}|\d{2})"
    r"|(?P<p>[12]\d{3})(?P<pm>[01]\d)(?P<pd>[0-3]\d)"
)
_MONTH = re.compile(
    r"(?P<y>[12]\d{3})[-/. ]?(?P<m>\d{1,2})|(?P<mm>\d{1,2})[-/. ](?P<yy>[12]\d{3})"
    r"|(?P<name>[a-z]{3,12})\.?(?:[-/. ']*(?P<year>[12]\d{3}|\d{2}))?"
)
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.]\d{2}(?:\.0+)?)?")
_STAMP = re.compile(r"(\S+)[T ]+(\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)(?:\.0+)?(?:Z|[+-]\d\d:?\d\d)?")

Days = tuple[datetime.date, datetime.date]


def plain(text: str) -> str:
    """Write a word without case, accents and signs, as heads are compared.

    Examples
    --------
    >>> plain(" Quantità [kWh] "), plain("Coeff. C"), plain("of_kg")
    ('quantita kwh', 'coeff c', 'of kg')
    """
    letters = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(c for c in letters if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^a-z0-9%]+", " ", bare).split())


def decimal_of(texts: Iterable[str], semicolons: bool) -> Optional[str]:
    """Find the decimal mark of a column; None where every number can be read in two ways.

    Parameters
    ----------
    texts : iterable of str
        Cells of numbers.
    semicolons : bool
        Whether a semicolon or a tab parts the cells, so that a comma is no thousands mark.

    Returns
    -------
    str or None
        ``comma`` or ``point``; ``point`` where no number has a mark.

    Raises
    ------
    QuantityError
        ``E101``: both stand in one column.
    """
    found: dict[str, str] = {}
    doubtful = ""
    for text in texts:
        if "," not in text and "." not in text:
            continue
        number = text.strip(BLANKS).split(" ")[0]
        mark = next((name for name, sure in _SURE.items() if sure.fullmatch(number)), "")
        if mark:
            found.setdefault(mark, text)
        elif "," in number and "." not in number and semicolons:
            found.setdefault(COMMA, text)
        else:
            doubtful = doubtful or text
    if len(found) == 2:
        raise QuantityError(
            "E101",
            say("a decimal comma and a decimal point stand in one column: {comma} and {point}",
                comma=found[COMMA], point=found[POINT]),
            say("write all numbers of the file in one way"),
        )  # fmt: skip
    if found:
        return next(iter(found))
    return None if doubtful else POINT


@lru_cache(maxsize=65536)
def number(text: str, decimal: str) -> tuple[Decimal, str]:
    """Read a number and what stands behind it, a unit.

    Raises
    ------
    QuantityError
        ``E104``: no number; ``E101``: one of the other decimal mark.
    """
    stripped = text.strip(BLANKS)
    found = NUMBERS[decimal].match(stripped)
    rest = stripped[found.end() :] if found else ""
    if found is None or len(stripped) > 64 or rest[:1].isdigit() or rest[:1] in tuple(".,'"):
        other = NUMBERS[POINT if decimal == COMMA else COMMA]
        if found is not None and other.match(stripped):
            raise QuantityError(
                "E101", say("the number does not have the decimal mark of the column"),
                say("write 1234,5 or 1.234,5") if decimal == COMMA else say("write 1234.5"),
            )  # fmt: skip
        raise QuantityError(
            "E104", say("not a number"), say("write digits, or leave the cell empty")
        )
    digits = found.group().replace("." if decimal == COMMA else ",", "").replace(",", ".")
    return Decimal(digits), rest.strip(BLANKS)


@lru_cache(maxsize=65536)
def day(text: str) -> datetime.date:
    """Read a day: ``31/01/2025``, day before month, or ``2025-01-31``; a time behind it is left out.

    Raises
    ------
    QuantityError
        ``E104``.
    """
    found = _DAY.fullmatch(re.split(r"[T ]", text.strip(BLANKS))[0])
    if found is None:
        raise QuantityError("E104", say("a date is expected"), say("write for instance 31/01/2025"))
    if found["y"]:
        parts = found["y"], found["m"], found["d"]
    elif found["p"]:
        parts = found["p"], found["pm"], found["pd"]
    else:
        year = found["yy"]
        parts = year if len(year) == 4 else f"20{year}", found["mm"], found["dd"]
    try:
        return datetime.date(*map(int, parts))
    except ValueError:
        cure = say("dates are written day, month, year: 31/01/2025")
        raise QuantityError("E104", say("there is no such day"), cure) from None


@lru_cache(maxsize=4096)
def month(text: str, year: Optional[int] = None) -> Days:
    """Read a month: ``2025-01``, ``01/2025``, ``gennaio 2025``, ``gen-25``, or its name with a year apart.

    Raises
    ------
    QuantityError
        ``E104``; also for a name without a year where none is given.
    """
    stripped = text.strip(BLANKS).casefold()
    found = _MONTH.fullmatch(stripped)
    if found is None:
        try:
            first = day(text)
        except QuantityError:
            cure = say("write for instance 2025-01, 01/2025 or gennaio 2025")
            raise QuantityError("E104", say("a month is expected"), cure) from None
        return month_of(first)
    if found["name"]:
        names = [n for n in range(12) for word in (_MONTHS[n], _ENGLISH[n])
                 if word.startswith(found["name"])]  # fmt: skip
        if not names:
            raise QuantityError(
                "E104", say("no month has this name"), say("write for instance gennaio 2025")
            )
        typed = found["year"]
        if typed is None and year is None:
            raise QuantityError(
                "E104", say("the month stands without a year"),
                say("write for instance gennaio 2025, or `year: 2025` in the mapping"),
            )  # fmt: skip
        if typed is not None:
            year = int(typed) if len(typed) == 4 else 2000 + int(typed)
        assert year is not None
        return month_of(datetime.date(year, names[0] + 1, 1))
    try:
        return month_of(
            datetime.date(int(found["y"] or found["yy"]), int(found["m"] or found["mm"]), 1)
        )
    except ValueError:
        raise QuantityError("E104", say("there is no such month"), "") from None


def month_of(any_day: datetime.date) -> Days:
    """Give the first and the last day of the month of a day."""
    first = any_day.replace(day=1)
    after = (first + datetime.timedelta(days=31)).replace(day=1)
    return first, after - datetime.timedelta(days=1)


@lru_cache(maxsize=4096)
def minutes(text: str) -> int:
    """Read a time of the day in minutes: ``13:15``, ``13:15:00``, ``13:00-13:15`` or an hour ``14``.

    Raises
    ------
    QuantityError
        ``E104``.
    """
    stripped = re.split(r"\s*[-\u2013]\s*", text.strip(BLANKS))[0]
    found = _TIME.fullmatch(stripped)
    value = int(found[1]) * 60 + int(found[2]) if found else -1
    if not 0 <= value <= 24 * 60:
        raise QuantityError("E104", say("a time is expected"), say("write for instance 13:15"))
    return value


@lru_cache(maxsize=65536)
def moment(text: str) -> tuple[datetime.date, Optional[int]]:
    """Read a day and, where one stands behind it, the time in minutes."""
    found = _STAMP.fullmatch(text.strip(BLANKS))
    if found is None:
        return day(text), None
    return day(found[1]), minutes(found[2])


def clock_changes(year: int) -> Days:
    """Give the days of summer time in the European Union: last Sundays of March and October.

    Source: directive 2000/84/EC, articles 2 and 3.
    """
    last = [datetime.date(year, number, 31) for number in (3, 10)]
    march, october = (end - datetime.timedelta(days=(end.weekday() + 1) % 7) for end in last)
    return march, october
