"""Cells as a mill's office types them, written as a scenario takes them.

A number gets the unit of its head or of the column's mapping, a percent cell its percent sign, a
yarn count its Nm; a decimal comma becomes a point. What could be read in two ways is refused.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Optional

from lca_cardato.files.sheets import Cell
from lca_cardato.sentence import say
from lca_cardato.space.axes import percent_text
from lca_cardato.text.number import QuantityError
from lca_cardato.text.thousands import GROUPED, plain

UNITS = {"price": "EUR/kg", "surface_mass": "g/m2", "batch": "kg"}
"""Last key of a path -> unit of its numbers where the head names none."""
WRITTEN = {
    "€/kg": "EUR/kg", "eur/kg": "EUR/kg", "euro/kg": "EUR/kg", "g/mq": "g/m2", "gr/mq": "g/m2",
    "g/m²": "g/m2", "gsm": "g/m2", "gr/m2": "g/m2", "kg": "kg", "mc": "m3", "m³": "m3", "l/kg": "L/kg",
    "lt/kg": "L/kg", "litri/kg": "L/kg", "kwh/kg": "kWh/kg", "mj/kg": "MJ/kg", "mc/kg": "m3/kg",
    "km": "km", "%": "%", "nm": "Nm", "tex": "tex", "ne": "Ne", "g/m2": "g/m2",
}  # fmt: skip
"""Unit as offices write it in a head, in small letters -> as a scenario has it."""
_UNIT = re.compile(
    r"[\[(]\s*([^\[\]()]{1,20}?)\s*[\])]\s*$|(?:\s|^)(€/kg|%|Nm)\s*$|^(%|Nm)(?=\s|$)", re.I
)
_NUMBER = re.compile(r"\s*([+-]?)(\d[\d.,]*)\s*(.*)", re.S)
_COMMA = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+),(\d+)")
SHARES = ("share", "photovoltaic", "load", "plus_minus", "loss", "reclaimed")


@dataclass(frozen=True)
class Column:
    """What a column of a table is.

    Attributes
    ----------
    head : str
    place : int
        Position in the table, from 0.
    path : tuple
        Path in the scenario; empty for a column that is kept as it is.
    unit : str
        Of numbers without one.
    """

    head: str
    place: int
    path: tuple = ()
    unit: str = ""

    @property
    def share(self) -> bool:
        """Whether its values are shares."""
        keys = [key for key in self.path if key != "value"]
        return bool(keys) and keys[-1] in SHARES


def unit_of(head: str) -> str:
    """Give the unit that a head names, as a scenario has it.

    Examples
    --------
    >>> unit_of("Energia carda (kWh/kg)"), unit_of("% lana"), unit_of("Prezzo €/kg"), unit_of("Nm")
    ('kWh/kg', '%', 'EUR/kg', 'Nm')
    """
    found = _UNIT.search(head.strip())
    if not found:
        return ""
    text = next(part for part in found.groups() if part)
    return WRITTEN.get(text.casefold(), text)


def bare(head: str) -> str:
    """Give a head without its unit.

    Examples
    --------
    >>> bare("Energia carda (kWh/kg)"), bare("% lana"), bare("Titolo Nm")
    ('Energia carda', 'lana', 'Titolo')
    """
    return _UNIT.sub("", head.strip()).strip() or head.strip()


def kept_text(cell: Cell) -> str:
    """Give a cell of a column that is kept, as it is shown: no unit, no reading."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return percent_text(_exact(value)) if cell.percent else _digits(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    return str(value)


def cell_text(cell: Cell, column: Column) -> Optional[str]:
    """Give a cell as a scenario takes it; None where it is empty.

    Parameters
    ----------
    cell : Cell
    column : Column
        With a path.

    Raises
    ------
    QuantityError
        ``E105`` for a number without a unit, ``E101`` and ``E115`` for one that has two readings,
        ``E112`` for a date or a truth value.
    """
    value = cell.value
    if cell.blank or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, (bool, datetime.date, datetime.time)):
        raise QuantityError("E112", say("a number with its unit, or a text, is expected"))
    if isinstance(value, (int, float)):
        if cell.percent:
            return percent_text(_exact(value))
        return _with_unit(_digits(value), column)
    return _typed(str(value).strip(), column)


def _typed(text: str, column: Column) -> str:
    """Read what was typed as text: a number alone, with its unit, or words."""
    found = _NUMBER.fullmatch(text)
    if found is None or column.path[-1] not in _NUMERIC:
        return text
    sign, digits, rest = found.groups()
    if column.path[-1] == "count" and rest.lstrip().startswith("/"):  # plies: 2/28
        if rest[-1].isalpha():  # 28/2 Nm
            return text.replace(",", ".")
        return f"{column.unit or 'Nm'} {text.replace(',', '.')}"
    comma = _COMMA.fullmatch(digits)
    if comma:
        digits = plain(comma[1].replace(".", "") + "." + comma[2])
    elif GROUPED.fullmatch(digits) and "/" not in rest:
        raise QuantityError(
            "E115", say("this may be meant in thousands"),
            say("write {one} or {other}", one=digits.replace(".", ""), other=digits.replace(".", ",")),
        )  # fmt: skip
    elif "," in digits or digits.count(".") > 1:
        raise QuantityError("E101", say("not a number"), say("write 1234,5 or 1.234,5, or 1234.5"))
    unit = WRITTEN.get(rest.strip().casefold(), rest.strip())
    return f"{sign}{digits} {unit}" if unit else _with_unit(sign + digits, column)


_NUMERIC = {
    *UNITS, *SHARES, "count", "value", "electricity", "heat", "water_in", "water_out", "distance",
    "for", "output", "twist", "heating_value",
}  # fmt: skip
"""Last keys of paths whose values are numbers; a lot or a name stays as it is."""


def _with_unit(digits: str, column: Column) -> str:
    """Give a number its unit.

    Raises
    ------
    QuantityError
        ``E105`` where nothing says which.
    """
    last = column.path[-1]
    if last not in _NUMERIC or last == "twist":
        return digits
    if last == "count":
        unit = column.unit or "Nm"
        return f"{unit} {digits}" if unit in ("Nm", "Ne") else f"{digits} {unit}"
    unit = column.unit or UNITS.get(last, "")
    if not unit:
        cure = say("write the unit in the head, e.g. {head} (kWh/kg)", head=bare(column.head))
        if column.share:
            cure = say("format the cells as percent, or write % in the head: % {head}",
                       head=bare(column.head))  # fmt: skip
        raise QuantityError("E105", say("the unit is missing"), cure)
    return f"{digits} {unit}"


def _exact(value: Any) -> Fraction:
    return Fraction(_digits(value))


def _digits(value: Any) -> str:
    """Write a number by the fifteen digits that a spreadsheet shows: its sums end in 0.7, not 0.7000000000000001."""
    if isinstance(value, int):
        return str(value)
    return plain(f"{value:.15g}")
