"""Lot sheets: kg that enter a step, kg that leave it, kg that are lost, by partita."""

from __future__ import annotations

from decimal import Decimal
from typing import Optional

from lca_cardato.meters.rows import MeterFile, Rows
from lca_cardato.meters.sheet import unit_of
from lca_cardato.meters.spans import Lot, Meter
from lca_cardato.sentence import say
from lca_cardato.text.number import QuantityError


class LotSheets(Rows):
    """The layout whose rows are lots."""

    def _lots(self, found: MeterFile) -> None:
        """A sheet of lots: kg in, kg out, loss."""
        meter: Optional[Meter] = None
        for row in self.body:
            masses = {role: self.value(row, role) for role in ("mass_in", "mass_out", "loss")}
            if "amount" in self.column:  # one mass a lot: what was taken in
                masses["mass_in"] = self.value(row, "amount")
            lot = self.cell(row, self.column.get("lot"))
            if self.is_rest(row) or all(mass is None for mass in masses.values()):
                continue
            days = self.dated(row)
            meter = self.meter(found, row)
            if meter is None:
                return
            factors = {role: self._mass_factor(role) for role in masses}
            kept = {role: None if m is None else m * factors[role] for role, m in masses.items()}
            entry = Lot(lot, row + 1, days[1] if days else None, self.cell(row, self.column.get("article")),
                        self.cell(row, self.column.get("count")), **kept)  # fmt: skip
            self._balanced(entry, row)
            meter.lots.append(entry)

    def _mass_factor(self, role: str) -> Decimal:
        own = self.sheet.units.get(self.column.get(role, self.column.get("amount", -1)))
        told = unit_of(self.mapping.unit or "")
        return (own or told or ("kg", Decimal(1)))[1]

    def _balanced(self, lot: Lot, row: int) -> None:
        """Fill in what follows from the rest, and refuse a lot from which more comes than went in."""
        if lot.mass_in is not None and lot.loss is not None and lot.mass_out is None:
            lot.mass_out = lot.mass_in - lot.loss
        if lot.mass_out is not None and lot.loss is not None and lot.mass_in is None:
            lot.mass_in = lot.mass_out + lot.loss
        low = [m for m in (lot.mass_in, lot.mass_out, lot.loss) if m is not None and m < 0]
        column = self.column.get("mass_out", self.column.get("mass_in", 0))
        if low or (
            lot.mass_in is not None and lot.mass_out is not None and lot.mass_out > lot.mass_in
        ):
            self.refused(QuantityError(
                "E310", say("more leaves the step than enters it"),
                say("check kg in, kg out and loss of the lot")), row, column)  # fmt: skip
