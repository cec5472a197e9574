"""Bills and registers: a row is a span of days, or a reading that ends one."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any, Optional

from lca_cardato.meters.rows import MeterFile, Rows, exact
from lca_cardato.meters.spans import Meter, Span
from lca_cardato.sentence import say
from lca_cardato.text.number import QuantityError

PCS = ((Decimal("0.02"), Decimal("0.06"), Decimal(1000)), (Decimal(20), Decimal(60), Decimal(1)),
       (Decimal(6), Decimal(17), Decimal("3.6")))  # fmt: skip
"""Heating values as bills write them, GJ/Smc, MJ/Smc and kWh/Smc: from, to, factor to MJ."""
"""Heating values as bills write them, GJ/Smc, MJ/Smc and kWh/Smc: from, to, factor to MJ."""


class Bills(Rows):
    """Layouts whose rows are spans."""

    def _bills(self, found: MeterFile) -> None:
        for row in self.body:
            if self.is_rest(row):
                continue
            amount, days = self.amount(row), self.dated(row)
            if amount is None or days is None:
                found.dropped += 1
                continue
            self._span(found, row, days, amount, self.sheet.columns["amount"][0])

    def _register(self, found: MeterFile) -> None:
        """Differences of readings; a row that has the reading before it stands alone."""
        column, before = self.column["register"], "register_before" in self.column
        last: dict[str, tuple[datetime.date, Decimal, int]] = {}
        rows = [row for row in self.body if not self.is_rest(row)]
        dated = {row: self.dated(row) for row in rows}
        firsts = all(days is None or days[1].day == 1 for days in dated.values())
        for row in sorted((r for r in rows if dated[r]), key=lambda r: dated[r][1]):  # type: ignore[index]
            days, reading = dated[row], self.value(row, "register")
            if reading is None or days is None:
                found.dropped += 1
                continue
            start = self.value(row, "register_before") if before else None
            name = self.cell(row, self.column.get("meter"))
            if not before:
                known, last[name] = last.get(name), (days[1], reading, row)
                if known is None:
                    continue
                if known[0] == days[1]:
                    if known[1] != reading:
                        self.problems.append(self.sheet.problem(
                            "E372", say("row {other} has another reading of this day", other=known[2] + 1),
                            row, column))  # fmt: skip
                    continue
                one = datetime.timedelta(days=1)
                days = (known[0], days[1] - one) if firsts else (known[0] + one, days[1])
                start = known[1]
            if start is None:
                found.dropped += 1
            elif reading < start:
                self.refused(QuantityError(
                    "E373", say("the register goes back, from {before} to {after}", before=str(start), after=str(reading)),
                    say("a new meter, or one that passed through zero: write what it counted as an amount, "
                        "in a table of months, or part the file where it changed")), row, column)  # fmt: skip
            else:
                self._span(found, row, days, reading - start, column)

    def _span(self, found: MeterFile, row: int, days: Any, amount: Decimal, column: int) -> None:
        """Take in the amount of a span of days, in the unit of the meter."""
        meter, unit = self.meter(found, row, column), self.unit(row, column)
        if meter is None or unit is None:
            return
        first, last = days
        if last < first:
            self.refused(QuantityError("E224", say("the row ends before it begins")), row,
                         self.column.get("to", column))  # fmt: skip
            return
        if amount < 0 and self.mapping.corrections == "refused":
            self.refused(QuantityError(
                "E373", say("a meter does not count backwards"),
                say("if it corrects estimates of before, write `corrections: counted` in the mapping")),
                row, column)  # fmt: skip
            return
        amount *= unit[1] * self.factor(row)
        if meter.measures == "gas" and unit[0] == "m3":
            coefficient = self.value(row, "coefficient")
            if coefficient is None and self.mapping.coefficient is not None:
                coefficient = exact(self.mapping.coefficient)
            if coefficient is None:
                self.refused(QuantityError(
                    "E107", say("m3 of gas are what the meter counts; Smc are m3 times the coefficient C"),
                    say("write `coefficient: ...` of the bill, or `unit: Smc`, in the mapping")),
                    row, column)  # fmt: skip
                return
            amount *= coefficient
        elif unit[0] not in (meter.unit, "kW"):
            self.refused(QuantityError(
                "E370", say("one meter is given in {unit} and in {other}", unit=unit[0], other=meter.unit),
                say("keep one unit for a meter, or name the meters apart")), row, column)  # fmt: skip
            return
        meter.spans.append(Span(
            first, last, amount, row + 1, self._energy(meter, row, amount), self._of_mass(row),
            self.estimated(row)))  # fmt: skip

    def _energy(self, meter: Meter, row: int, amount: Decimal) -> Optional[Decimal]:
        """MJ of gas by the higher heating value that the row or the mapping states."""
        if meter.measures != "gas":
            return None
        stated = self.value(row, "heating_value")
        if stated is None:
            told = self.mapping.heating_value
            return None if told is None else amount * exact(told.amount)
        factor = next((by for low, high, by in PCS if low <= stated <= high), None)
        if factor is None:
            self.refused(QuantityError(
                "E107", say("no natural gas has this heating value"),
                say("PCS is near 0.0385 GJ/Smc, 38.5 MJ/Smc or 10.7 kWh/Smc")),
                row, self.column["heating_value"])  # fmt: skip
            return None
        return amount * stated * factor

    def _of_mass(self, row: int) -> Optional[Decimal]:
        mass = self.value(row, "of_mass")
        unit = self.sheet.units.get(self.column.get("of_mass", -1), ("kg", Decimal(1)))
        return None if mass is None else mass * unit[1]
