"""What a batch found, kept while chunks come in: ranges, verdicts, problems."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from lca_cardato.batch.columns import Column
from lca_cardato.batch.evaluate import RowProblem
from lca_cardato.text.number import nine

if TYPE_CHECKING:
    import pyarrow as pa

MAX_TOLD = 1000
NEAR = 1e-9


def _first(values: Any) -> int:
    """Place of the largest value; of those that agree with it in nine digits, the first."""
    most = float(np.nanmax(values))
    return int(np.argmax(values >= most - NEAR * abs(most)))


@dataclass
class Summary:
    """Running summary.

    Attributes
    ----------
    columns : list of Column
    rows : int
        Rows that pass the conditions.
    ranges : dict
        Column -> (least, its row, largest, its row).
    verdicts : dict
        Claim -> verdict -> number of rows.
    problems : list of RowProblem
        The first thousand.
    problem_count : int
    questioned : int
        Rows that hold a questioned figure.
    """

    columns: list[Column]
    rows: int = 0
    ranges: dict[str, tuple[float, int, float, int]] = field(default_factory=dict)
    verdicts: dict[str, dict[str, int]] = field(default_factory=dict)
    problems: list[RowProblem] = field(default_factory=list)
    problem_count: int = 0
    questioned: int = 0

    def add(self, batch: pa.RecordBatch, problems: list[RowProblem]) -> None:
        """Take in a chunk."""
        self.problem_count += len(problems)
        self.problems += problems[: max(0, MAX_TOLD - len(self.problems))]
        self.rows += batch.num_rows
        if not batch.num_rows:
            return
        numbers = batch.column("row").to_numpy()
        for column in self.columns:
            values = batch.column(column.name)
            if column.kind in ("indicator", "cost", "content"):
                self._range(column.name, values.to_numpy(zero_copy_only=False), numbers)
            elif column.kind == "questions":
                asked = values.fill_null(0).to_numpy()
                self.questioned += int(np.count_nonzero(asked > 0))
            elif column.kind == "verdict":
                counts = self.verdicts.setdefault(column.name, {})
                words = values.dictionary.to_pylist()
                codes = values.indices.drop_null().to_numpy()
                for code, count in enumerate(np.bincount(codes, minlength=len(words))):
                    if count:
                        counts[words[code]] = counts.get(words[code], 0) + int(count)

    def _range(self, name: str, values: Any, rows: Any) -> None:
        if np.isnan(values).all():
            return
        low, high = _first(-values), _first(values)
        found = (float(values[low]), int(rows[low]), float(values[high]), int(rows[high]))
        before = self.ranges.get(name)
        if before is not None:
            least = before[:2] if nine(before[0]) <= nine(found[0]) else found[:2]
            most = before[2:] if nine(before[2]) >= nine(found[2]) else found[2:]
            found = (*least, *most)
        self.ranges[name] = found

    def to_dict(self) -> dict[str, Any]:
        """Give it for the record."""
        return {
            "rows_kept": self.rows,
            "ranges": {
                name: {"min": low, "min_row": at, "max": high, "max_row": there}
                for name, (low, at, high, there) in self.ranges.items()
            },
            "verdicts": self.verdicts,
            "questioned_rows": self.questioned,
            "problem_count": self.problem_count,
            "problems": [{"row": p.row, "problem": p.text} for p in self.problems],
        }
