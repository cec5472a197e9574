"""Read the meters of a file: a bill, a curve of the distributor, a register, a lot sheet."""

from __future__ import annotations

from lca_cardato.errors import InputError, Problem
from lca_cardato.meters.bills import Bills
from lca_cardato.meters.curve_tables import CurveTables
from lca_cardato.meters.lot_sheets import LotSheets
from lca_cardato.meters.mapping import PLAIN, Mapping
from lca_cardato.meters.rows import MeterFile
from lca_cardato.meters.sheet import read_sheet
from lca_cardato.meters.spans import Meter, Span
from lca_cardato.sentence import say


def read_meters(data: bytes, name: str, mapping: Mapping = PLAIN) -> MeterFile:
    """Read the meters of a file.

    Parameters
    ----------
    data : bytes
        The file: CSV or a workbook.
    name : str
        Name of the file, for messages.
    mapping : Mapping
        What the file itself does not say plainly.

    Returns
    -------
    MeterFile

    Raises
    ------
    InputError
        Every problem, at most 50: as `lca_cardato.meters.sheet.read_sheet`; ``E101``, ``E104``,
        ``E115``: a number or date that can't be read; ``E370``: the unit is not told; ``E372``: a
        time is there twice with different values; ``E373``: a meter counts backwards.
    """
    return _Reader(read_sheet(data, name, mapping), mapping).run()


class _Reader(Bills, CurveTables, LotSheets):
    """Chooses the layout."""

    def run(self) -> MeterFile:
        """Choose the layout and read the rows."""
        layout = self._layout()
        found = MeterFile(self.sheet, self.decimal, layout)
        if not self.problems:
            getattr(self, f"_{layout}")(found)
        found.meters = {name: one for name, one in found.meters.items() if one.spans or one.lots}
        if not self.problems and not found.meters:
            self.problems.append(self.sheet.problem(
                "E370", say("the file holds no amount below its heads"), self.sheet.head, 0))  # fmt: skip
        if self.problems:
            raise InputError(self.problems)
        for meter in found.meters.values():
            _tidy(meter, found, self.problems)
        if self.problems:
            raise InputError(self.problems)
        return found

    def _layout(self) -> str:
        have = self.sheet.columns
        if "mass_in" in have or "mass_out" in have or ("lot" in have and "amount" in have):
            return "lots"
        if self.sheet.slots:
            return "days"
        if "register" in have and "amount" not in have:
            return "register"
        if (
            "date" in have
            and "amount" in have
            and ("time" in have or any(self._timed(row) for row in list(self.body)[:5]))
        ):
            return "curve"
        return "bills"


def _tidy(meter: Meter, found: MeterFile, problems: list[Problem]) -> None:
    """Put the spans in order; what is said twice counts once, what overlaps is refused."""
    meter.spans.sort(key=lambda span: (span.first, span.last, span.row))
    kept: list[Span] = []
    for span in meter.spans:
        before = kept[-1] if kept else None
        if before is None or span.first > before.last:
            kept.append(span)
            continue
        same = (before.first, before.last) == (span.first, span.last)
        if same and before.amount == span.amount:
            meter.repeated.append(span.row)
            continue
        if same and span.amount < 0:
            before.amount += span.amount  # a correction of the same days
            continue
        problems.append(found.sheet.problem(
            "E372",
            say("row {other} has another amount for these days", other=before.row) if same else say(
                "the days {first} to {last} are in row {other} too", first=str(span.first),
                last=str(min(span.last, before.last)), other=before.row),
            span.row - 1, 0, say("keep one of the two; a meter counts a day once")))  # fmt: skip
    meter.spans = kept
