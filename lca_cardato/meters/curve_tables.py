"""Tables of curves: a row a day with a column an interval, or a row a value."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

from lca_cardato.errors import MAX_PROBLEMS
from lca_cardato.meters.cells import minutes, moment
from lca_cardato.meters.curves import DAY, Curve, ends_label, step_of
from lca_cardato.meters.rows import MeterFile, Rows
from lca_cardato.meters.spans import Meter
from lca_cardato.sentence import say
from lca_cardato.text.number import QuantityError


class CurveTables(Rows):
    """Layouts whose values are intervals of a day."""

    def _days(self, found: MeterFile) -> None:
        """One row a day, one column an interval."""
        curves: dict[str, Curve] = {}
        after = self._behind_slots()
        for row in self.body:
            if self.is_rest(row):
                continue
            days = self.dated(row)
            meter = self.meter(found, row)
            if days is None or meter is None:
                continue
            curve, estimated = curves.setdefault(meter.name, Curve()), self.estimated(row)
            for column, minute in (*self.sheet.slots.items(), *after):
                self._point(curve, row, column, days[0], minute, estimated)
        self._end(found, curves)

    def _behind_slots(self) -> list[tuple[int, int]]:
        """Columns behind the last time of a day, for the hour that comes twice in October."""
        slots = self.sheet.slots
        last = max(slots)
        heads = self.sheet.heads
        width = max((len(self.sheet.rows[row]) for row in self.body), default=0)
        more = [
            c
            for c in range(last + 1, width)
            if c >= len(heads) or re.fullmatch(r"\d{0,3}", heads[c])
        ]
        each = 60 // max(1, len(more)) if more else 60
        return [(column, 120 + each * number) for number, column in enumerate(more)][:12]

    def _point(
        self, curve: Curve, row: int, column: int, day_: datetime.date, minute: int, estimated: bool
    ) -> None:
        text = self.cell(row, column)
        if not text:
            return
        value = self.parsed(row, column)
        if value is None:
            return
        if value < 0:
            self.refused(
                QuantityError("E373", say("a meter does not count backwards")), row, column
            )
            return
        curve.add(day_, minute, value, row + 1, estimated)

    def _curve(self, found: MeterFile) -> None:
        """One row a value, with date and time."""
        times, column = self.column.get("time"), self.sheet.columns["amount"][0]
        hours = times is not None and all(
            self.cell(row, times).isdigit() or not self.cell(row, times) for row in self.body
        )
        points: list[tuple[Meter, int, datetime.date, int]] = []
        for row in self.body:
            text = self.cell(row, self.column["date"])
            meter = self.meter(found, row, column) if text else None
            if meter is None:
                continue
            try:
                day_, minute = moment(text)
                if times is not None:
                    typed = self.cell(row, times)
                    minute = 60 * (int(typed) - 1) if hours and typed else minutes(typed)
            except QuantityError as error:
                self.refused(error, row, self.column["date"] if times is None else times)
                continue
            points.append((meter, row, day_, minute or 0))
        told = self.mapping.times
        ends = (
            told == "end"
            if told
            else not hours and bool(ends_label((d, m) for _, _, d, m in points))
        )
        curves: dict[str, Curve] = {}
        shift = step_of(minute for *_, minute in points) if ends else 0
        found.at_end = ends
        for meter, row, day_, minute in points:
            minute -= shift
            if minute < 0:
                day_, minute = day_ - datetime.timedelta(days=1), minute + DAY
            curve = curves.setdefault(meter.name, Curve())
            self._point(curve, row, column, day_, minute, self.estimated(row))
        self._end(found, curves)

    def _end(self, found: MeterFile, curves: dict[str, Curve]) -> None:
        """Make the days of the meters from their curves."""
        first = next(iter(self.body), 0)
        for name, curve in curves.items():
            found.step = curve.step()
            unit = self.unit(first) or ("kWh", Decimal(1))
            factor = unit[1] * self.factor(first)
            if unit[0] == "kW":
                factor *= Decimal(found.step) / 60
            found.meters[name].spans = curve.spans(factor)
            found.meters[name].repeated = curve.repeated
            for row, other in curve.clashes[:MAX_PROBLEMS]:
                self.problems.append(self.sheet.problem(
                    "E372", say("row {other} has another value for a time of this day", other=other),
                    row - 1, self.column.get("date", 0),
                    say("keep one of the two, or part the meters by name in a column")))  # fmt: skip
