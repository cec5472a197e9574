"""Cells of a workbook and the text of a scenario: what a cell says, and how a text is put into one.

A text goes into a cell as a number, a share or a date only where reading that cell gives the same text
again; else it stays a text. Numbers come by their shortest decimal, in which no thousands can be seen.
"""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any, Optional

from lca_cardato.files.sheets import Cell
from lca_cardato.meters.cells import day, month
from lca_cardato.text.fields import ID_PATTERN
from lca_cardato.text.number import BLANKS, QuantityError
from lca_cardato.text.thousands import plain, two_readings
from lca_cardato.words.entry import folded

NUMERIC = ("share", "quantity", "number", "count", "figure", "year")
"""Kinds of fields in whose texts a decimal comma is read."""
TEXT, GENERAL, DATE = "@", "General", "dd/mm/yyyy"
_COMMA = re.compile(r"([+-]?)(\d{1,3}(?:\.\d{3})+|\d+),(\d+)(?![\d.,])(.*)", re.DOTALL)
_BARE = re.compile(r"[+-]?[\d.,'\s\u00a0]*\d[\d.,]*(?:[eE][+-]?\d+)?")
_SHARE = re.compile(r"0?\.\d+|[01](?:\.0*)?")
_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")


class Unclear(ValueError):
    """A cell that has two readings; both are given.

    Attributes
    ----------
    low, high : str
    """

    def __init__(self, low: str, high: str) -> None:
        super().__init__(low, high)
        self.low, self.high = low, high


def number_text(value: Any) -> str:
    """Write a number of a cell as its shortest decimal.

    Examples
    --------
    >>> number_text(163000.0), number_text(0.45), number_text(389.125), number_text(1e-07)
    ('163000', '0.45', '389.1250', '0.0000001')
    """
    text = format(Decimal(str(value)), "f")
    if "." in text:
        text = text.rstrip("0").removesuffix(".")
    return plain(text) if two_readings(text) else text


def said(cell: Cell, kind: str, unit: str = "") -> Optional[str]:
    """Give what a cell says, as a scenario file would hold it.

    Parameters
    ----------
    cell : Cell
    kind : str
        Kind of the field, or ``figure`` for the value of a reading.
    unit : str
        Unit of the head, or that typed beside the value.

    Returns
    -------
    str or None
        None for an empty cell.

    Raises
    ------
    Unclear
        A share as a bare number from 0 to 1 below a head in percent.
    """
    value = cell.value
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return {"yesno": ("no", "yes")}.get(kind, ("FALSE", "TRUE"))[value]
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return _date_said(value, cell.format)
    if isinstance(value, (int, float)):
        return _number_said(cell, kind, unit)
    text = str(value)
    if kind in NUMERIC:
        return _typed(text, kind, unit)
    if kind == "period":
        return _period(text)
    if kind == "date":
        found = _DAY.fullmatch(text.strip(BLANKS))
        return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else text
    return text


def _period(text: str) -> str:
    """Give a period as files have it; what bills print is read too, and all else left as it is.

    Examples
    --------
    >>> _period("01/03/2025 - 31/03/2025"), _period("marzo 2025"), _period("anno 2025"), _period("2025-03")
    ('2025-03-01/2025-03-31', '2025-03', '2025', '2025-03')
    """
    plain = re.sub(
        r"^(?:anno|year|dal|dall'|from)\s*(?=\d)", "", text.strip(BLANKS), flags=re.IGNORECASE
    )
    if re.fullmatch(r"[12]\d{3}(?:-\d\d){0,2}(?:/.*)?", plain):
        return plain
    ends = re.split(r"\s+(?:-|\u2013|al|to)\s+|\s+all'", plain)
    try:
        if len(ends) == 2:
            return f"{day(ends[0])}/{day(ends[1])}"
        return str(day(plain)) if _DAY.fullmatch(plain) else f"{month(plain)[0]:%Y-%m}"
    except QuantityError:
        return text


def _date_said(value: Any, format_: str) -> str:
    """Give a day, or the month where the cell shows no day."""
    if isinstance(value, datetime.time):
        return value.isoformat()
    if isinstance(value, datetime.datetime) and value.time() != datetime.time():
        return value.isoformat(" ")
    month_only = "d" not in re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", format_.lower())
    return value.strftime("%Y-%m" if month_only else "%Y-%m-%d")


def _number_said(cell: Cell, kind: str, unit: str) -> str:
    number = number_text(cell.value)
    if cell.percent:
        number, unit = number_text(Decimal(str(cell.value)) * 100), "%"
    elif unit == "%" and kind == "share" and 0 < cell.value <= 1:
        raise Unclear(f"{number} %", f"{number_text(Decimal(str(cell.value)) * 100)} %")
    if kind not in NUMERIC and kind != "period":
        zeros = re.fullmatch(r"0{2,30}", cell.format)
        if zeros and number.isdigit():
            return number.zfill(len(zeros[0]))
        return f"{number} %" if cell.percent else number
    return with_unit(number, kind, unit)


def with_unit(number: str, kind: str, unit: str) -> str:
    """Put a number and the unit of its field together.

    Examples
    --------
    >>> with_unit("8", "count", "Nm"), with_unit("420", "quantity", "g/m2")
    ('Nm 8', '420 g/m2')
    """
    if kind in ("number", "year", "period") or not unit:
        return f"{number} {unit}" if unit == "%" else number
    return f"{unit} {number}" if kind == "count" else f"{number} {unit}"


def _typed(text: str, kind: str, unit: str) -> str:
    """Read a number that stands as text: a decimal comma, a unit left to the head."""
    stripped = text.strip(BLANKS)
    comma = _COMMA.fullmatch(stripped)
    if comma:
        whole = comma[2].replace(".", "")
        number = f"{comma[1]}{whole}.{comma[3]}"
        if "." in comma[2] or not two_readings(number):  # else the reader asks which is meant
            text = stripped = (plain(number) if two_readings(number) else number) + comma[4]
    if kind == "count":
        bare = re.fullmatch(r"\d[\d./]*(?:\s*/\s*\d+)?", stripped)
    else:
        bare = _BARE.fullmatch(stripped)
        if bare and kind == "share" and _SHARE.fullmatch(stripped) and float(stripped):
            raise Unclear(f"{stripped} %", f"{number_text(Decimal(stripped) * 100)} %")
    return with_unit(stripped, kind, unit) if bare else text


def put(text: str, kind: str, unit: str = "") -> Cell:
    """Put a text of a scenario into a cell.

    Parameters
    ----------
    text : str
    kind, unit : str
        As in `said`.

    Returns
    -------
    Cell
        One whose reading gives the text again.
    """
    for cell in _candidates(text, kind, unit):
        try:
            if said(cell, kind, unit) == text:
                return cell
        except Unclear:
            continue
    if kind == "share" and _SHARE.fullmatch(text.strip(BLANKS)):  # 0.7, which is 70 %
        return _percent(Decimal(text.strip(BLANKS)) * 100)
    return Cell(text, TEXT)


def _candidates(text: str, kind: str, unit: str) -> list[Cell]:
    if kind == "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        try:
            return [Cell(datetime.date.fromisoformat(text), DATE)]
        except ValueError:
            return []
    if kind not in NUMERIC:
        return []
    number = text.removeprefix(unit) if kind == "count" else text.removesuffix(unit)
    number = number.strip()
    if not re.fullmatch(r"[+-]?\d+(?:\.\d+)?", number) or len(number) > 15:
        return []
    value = Decimal(number)
    found = [_number(value), Cell(number, TEXT)]
    if kind == "share" and unit == "%":
        found.insert(0, _percent(value))
    return found


def _percent(value: Decimal) -> Cell:
    digits = max(0, -int(value.normalize().as_tuple().exponent))
    return Cell(float(value / 100), f"0.{'0' * digits}%" if digits else "0%")


def _number(value: Decimal) -> Cell:
    whole = value == value.to_integral_value()
    return Cell(int(value) if whole else float(value), GENERAL)


def identifier(name: str) -> str:
    """Make an identifier of a name; one that is an identifier stays.

    Examples
    --------
    >>> identifier("Filato Nm 8 (prova)"), identifier("!")
    ('filato-nm-8-prova', 'scenario')
    """
    if re.fullmatch(ID_PATTERN, name):
        return name
    plain = re.sub(r"[^a-z0-9._]+", "-", folded(name)).strip("-._")
    return plain[:64] or "scenario"
