"""What became of every exchange of a process that was imported: nothing is dropped in silence."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from math import fsum
from typing import Any

TAKEN, LEFT_OUT, ZERO = "taken", "left out", "zero"


@dataclass
class Entry:
    """An exchange of the file and what became of it.

    Attributes
    ----------
    process, name, place : str
        Where it stands in the file.
    amount : float
        As the file has it, in `unit`.
    became : str
        `TAKEN`, `LEFT_OUT` or `ZERO`.
    target : str
        Our dataset, the dataset that comes along, or the elementary flow.
    here : float
        Amount per unit of the product, in `unit_here`.
    told : list of str
        Why it was left out, what was converted.
    """

    process: str
    name: str
    place: str
    amount: float
    unit: str
    became: str = TAKEN
    target: str = ""
    here: float = 0.0
    unit_here: str = ""
    told: list[str] = field(default_factory=list)


@dataclass
class Account:
    """Every exchange of the processes that were taken."""

    entries: list[Entry] = field(default_factory=list)

    def sums(self) -> list[dict[str, Any]]:
        """Give the sum of absolute amounts of each unit: in the file, taken, left out.

        Returns
        -------
        list of dict
            ``unit``, ``file``, ``taken``, ``left_out``, in the order of the units.
        """
        rows = []
        for unit in sorted({entry.unit for entry in self.entries}):
            own = [entry for entry in self.entries if entry.unit == unit]
            parts = {
                became: fsum(abs(entry.amount) for entry in own if entry.became == became)
                for became in (TAKEN, LEFT_OUT)
            }
            whole = fsum(abs(entry.amount) for entry in own)
            rows.append(
                {"unit": unit, "file": whole, "taken": parts[TAKEN], "left_out": parts[LEFT_OUT]}
            )
        return rows

    def left_out(self) -> list[Entry]:
        """Give the exchanges that are missing."""
        return [entry for entry in self.entries if entry.became == LEFT_OUT]

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain data."""
        return {"exchanges": [asdict(entry) for entry in self.entries], "sums": self.sums()}
