"""The rows of a meter's file: what stands in a cell, of which meter, in which unit, of which days."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, Optional

from lca_cardato.errors import MAX_PROBLEMS, Problem
from lca_cardato.meters.cells import COMMA, EMPTY, POINT, day, decimal_of, month, number, plain
from lca_cardato.meters.mapping import Mapping
from lca_cardato.meters.sheet import HOW_MUCH, Sheet, unit_of
from lca_cardato.meters.spans import Meter
from lca_cardato.sentence import say
from lca_cardato.text.number import QuantityError

MEASURE = {
    "kWh": "electricity",
    "kW": "electricity",
    "Sm3": "gas",
    "MJ": "heat",
    "kg": "mass",
    "m3": "water",
}
"""What is measured in a unit, where the file does not say more."""
"""What is measured in a unit, where the file does not say more."""
TWO_DAYS = re.compile(
    r"(\S{6,10})\s*(?:-|\u2013|/|al?|to)\s+(\S{6,10})|(\d\S{7,9})\s*[-\u2013]\s*(\d\S{7,9})"
)
_ESTIMATED = re.compile(r"stim|estim|presunt|s\b|e\b")
_MEASURED = re.compile(r"effett|reale|rilev|actual|misurat|r\b|autolett|a\b|no\b|false")


@dataclass
class MeterFile:
    """What was read of a file.

    Attributes
    ----------
    sheet : Sheet
    decimal : str
        Decimal mark of its numbers.
    layout : str
        ``days`` (a row a day), ``curve`` (a row a value), ``bills``, ``register`` or ``lots``.
    meters : dict
        Name -> meter; one that has no name stands under ``""``.
    step : int
        Minutes between the values of a curve.
    at_end : bool
        Whether the times of a curve are those at which the intervals end.
    dropped : int
        Rows without an amount.
    """

    sheet: Sheet
    decimal: str
    layout: str
    meters: dict[str, Meter] = field(default_factory=dict)
    step: int = 0
    at_end: bool = False
    dropped: int = 0


class Rows:
    """Rows below the heads, read by what their columns hold."""

    def __init__(self, sheet: Sheet, mapping: Mapping) -> None:
        self.sheet, self.mapping = sheet, mapping
        self.problems: list[Problem] = []
        self.column = {role: columns[0] for role, columns in sheet.columns.items()}
        self.body = range(sheet.head + 1, len(sheet.rows))
        self.decimal = mapping.decimal or self._decimal()

    def cell(self, row: int, column: Optional[int]) -> str:
        """Text of a cell; empty where it says nothing."""
        if column is None:
            return ""
        cells = self.sheet.rows[row]
        value = cells[column] if column < len(cells) else None
        text = value.strip() if value else ""
        return "" if len(text) < 5 and text.casefold() in EMPTY else text

    def refused(self, error: QuantityError, row: int, column: int) -> None:
        """Note a cell that can't be read."""
        if len(self.problems) < MAX_PROBLEMS + 1:
            self.problems.append(
                self.sheet.problem(error.code, error.message, row, column, error.suggestion)
            )

    def parsed(self, row: int, column: int) -> Optional[Decimal]:
        """Number of a cell that is not empty; None, and noted, where it is none or of another unit."""
        try:
            value, behind = number(self.cell(row, column), self.decimal)
            if not behind or behind in ("%", "\u20ac"):
                return value
            unit, head = unit_of(behind), self.sheet.units.get(column)
            if unit is None:
                raise QuantityError(
                    "E104", say("not a number"), say("write digits, or leave the cell empty")
                )
            if head is not None and head != unit:
                raise QuantityError(
                    "E370", say("the cell is in {unit}, its head says another unit", unit=behind),
                    say("write all amounts of a column in one unit"),
                )  # fmt: skip
            return value
        except QuantityError as error:
            self.refused(error, row, column)
            return None

    def value(self, row: int, role: str) -> Optional[Decimal]:
        """Number of a role in a row; None where there is none."""
        column = self.column.get(role)
        text = self.cell(row, column)
        if not text or column is None:
            return None
        return self.parsed(row, column)

    def numeric(self) -> list[int]:
        """Columns of numbers."""
        roles = (
            *HOW_MUCH,
            "register_before",
            "of_mass",
            "loss",
            "heating_value",
            "coefficient",
            "factor",
        )
        found = [column for role in roles for column in self.sheet.columns.get(role, [])]
        return [*found, *self.sheet.slots]

    def _decimal(self) -> str:
        texts = (self.cell(row, column) for row in self.body for column in self.numeric())
        try:
            found = decimal_of(texts, self.sheet.separator in ("semicolon", "tab"))
        except QuantityError as error:
            self.refused(error, self.sheet.head, 0)
            return COMMA
        if found is None and self.sheet.workbook:
            return POINT  # numbers of a workbook have no thousands mark
        if found is None:
            row, column = next(
                (row, column) for row in self.body for column in self.numeric()
                if set(".,") & set(self.cell(row, column))
            )  # fmt: skip
            self.problems.append(self.sheet.problem(
                "E115", say("numbers such as this may have decimals or be meant in thousands"), row, column,
                say("write `decimal: comma` (1.234 is 1234) or `decimal: point` in the mapping"),
            ))  # fmt: skip
        return found or POINT

    def _timed(self, row: int) -> bool:
        text = self.cell(row, self.column.get("date"))
        return bool(re.search(r"\d[T ]+(?!00:00(:00)?$)\d{1,2}:\d{2}", text))

    def meter(self, found: MeterFile, row: int, column: Optional[int] = None) -> Optional[Meter]:
        """Meter of a row; noted when its unit is not told."""
        name = self.cell(row, self.column.get("meter")) or self.mapping.meter or self.sheet.meter
        if name not in found.meters:
            unit = self.unit(row, column)
            if unit is None:
                return None
            measures = self.mapping.measures or MEASURE[unit[0]]
            if unit[0] == "m3" and self._is_gas():
                measures = "gas"
            base = "Sm3" if measures == "gas" else "kWh" if unit[0] == "kW" else unit[0]
            found.meters[name] = Meter(name, measures, base)
        return found.meters[name]

    def _is_gas(self) -> bool:
        told = self.mapping.coefficient, self.mapping.heating_value
        return any(told) or bool({"coefficient", "heating_value"} & set(self.sheet.columns))

    def unit(self, row: int, column: Optional[int] = None) -> Optional[tuple[str, Decimal]]:
        """Unit of a row: from its cell, the head, the mapping; noted once where nothing tells."""
        typed = self.cell(row, self.column.get("unit")) or self.mapping.unit or ""
        if typed:
            found = unit_of(typed)
            if found is None:
                where = self.column.get("unit", 0)
                self.problems.append(self.sheet.problem(
                    "E107", say("the unit {unit} is not known", unit=typed[:30]), row, where,
                    say("known: kWh, MWh, GJ, MJ, Smc, mc, L, kg, q, t")))  # fmt: skip
            return found
        columns = [column] if column is not None else [
            c for role in ("amount", "register", "mass_out", "mass_in") for c in self.sheet.columns.get(role, [])
        ]  # fmt: skip
        for one in columns:
            if one in self.sheet.units:
                return self.sheet.units[one]
        for one in columns:
            text = self.cell(row, one)
            if text and unit_of(_behind(text)):
                return unit_of(_behind(text))
        if self.sheet.slots:
            return "kWh", Decimal(1)  # curves of distributors are in kWh
        if not any(problem.code == "E370" for problem in self.problems):
            self.problems.append(self.sheet.problem(
                "E370", say("nothing tells the unit of the amounts"), self.sheet.head,
                columns[0] if columns else 0, say("write `unit: kWh`, Smc, mc or kg in the mapping")))  # fmt: skip
        return None

    def estimated(self, row: int) -> bool:
        """Whether a row calls its reading estimated."""
        column = self.column.get("kind")
        if column is None:
            return False
        text = plain(self.cell(row, column))
        if plain(self.sheet.heads[column]).startswith(("stima", "estim")):
            return text in ("si", "s", "yes", "y", "true", "vero", "x", "1") or text.startswith(
                "stim"
            )
        return bool(_ESTIMATED.match(text)) or ("stimat" in text and not _MEASURED.match(text))

    def dated(self, row: int) -> Optional[tuple[datetime.date, datetime.date]]:
        """First and last day of a row of a bill; None where it has none or it can't be read."""
        role = next(
            (
                name
                for name in ("from", "month", "date", "to")
                if self.cell(row, self.column.get(name))
            ),
            "",
        )
        if not role:
            return None
        try:
            text = self.cell(row, self.column[role])
            if role == "from":
                end = self.cell(row, self.column.get("to"))
                first = day(text)
                return (first, day(end)) if end else month(text)
            two = TWO_DAYS.fullmatch(text)
            if role == "month" and two:
                first_text, last_text = [part for part in two.groups() if part]
                return day(first_text), day(last_text)
            if role == "month":
                return month(text, self.mapping.year)
            one = day(text)
            return one, one
        except QuantityError as error:
            self.refused(error, row, self.column[role])
            return None

    def amount(self, row: int) -> Optional[Decimal]:
        """Sum of the columns of the amount; None where all are empty."""
        filled = [column for column in self.sheet.columns["amount"] if self.cell(row, column)]
        found = [self.parsed(row, column) for column in filled]
        return sum((one for one in found if one is not None), Decimal(0)) if found else None

    def factor(self, row: int) -> Decimal:
        """Constant K of the meter."""
        own = self.value(row, "factor")
        told = self.mapping.factor
        return own if own is not None else exact(told) if told is not None else Decimal(1)

    def is_rest(self, row: int) -> bool:
        """Whether a row is empty, a note or a line of totals."""
        cells = [str(cell).strip() for cell in self.sheet.rows[row] if cell and str(cell).strip()]
        return (
            not cells
            or cells[0].startswith("#")
            or plain(cells[0]).split(" ")[0] in ("totale", "total", "totali", "somma")
        )


def _behind(text: str) -> str:
    """What stands behind a number."""
    found = re.search(r"[A-Za-z][A-Za-z0-9\u00b3]*$", text)
    return found.group() if found else ""


def exact(value: Any) -> Decimal:
    """Write a typed fraction, which came from decimal digits, as a decimal."""
    exact = Fraction(value)
    return Decimal(exact.numerator) / Decimal(exact.denominator)
