"""Our unit scores beside those of other full inventories: ``docs/solved-inventories.csv``.

The scores of the others are data: their processes solved as a linear system, or their published
totals. Ours are calculated when the table is read.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lca_cardato.brightway.condensed import Background

TABLE = Path(__file__).resolve().parent.parent / "solved-inventories.csv"
FACTOR = 3.0


@dataclass(frozen=True)
class Solved:
    """A unit score of another inventory beside ours.

    Attributes
    ----------
    category, dataset : str
        Indicator and dataset of ours.
    theirs : float
        Per unit of our dataset, in the unit of the indicator.
    ours : float
    source, at : str
        Source record, and the process in it.
    taken : bool
        Our dataset rests on the same source.
    flows : str
        Its three largest flows, where they are known.
    reason : str
        Why the two differ by more than `FACTOR`; empty where they do not.
    """

    category: str
    dataset: str
    theirs: float
    ours: float
    source: str
    at: str
    taken: bool
    flows: str
    reason: str

    @property
    def ratio(self) -> float:
        """Ours over theirs."""
        return self.ours / self.theirs

    @property
    def within(self) -> bool:
        """Whether the two lie within `FACTOR` of each other."""
        return 1 / FACTOR <= self.ratio <= FACTOR


def solved_inventories(background: Background, table: Path = TABLE) -> list[Solved]:
    """Read the table and set our scores beside it.

    Returns
    -------
    list of Solved
        In the order of the table.
    """
    with table.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [
        Solved(
            row["category"], row["dataset"], float(row["score"]),
            float(background.scores[
                background.rows[row["dataset"]], background.indicators.index(row["category"])
            ]),
            row["source"], row["at"], row["taken"] == "yes", row["flows"], row["reason"],
        )
        for row in rows
    ]  # fmt: skip
