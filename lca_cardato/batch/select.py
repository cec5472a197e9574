"""Choose rows: conditions, the best by a column, the Pareto front."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Optional, Sequence

import numpy as np

from lca_cardato.batch.columns import Column
from lca_cardato.errors import InputError, nearest
from lca_cardato.sentence import say
from lca_cardato.text.number import QuantityError, nine, parse_number

if TYPE_CHECKING:
    import pyarrow as pa

_CONDITION = re.compile(r"\s*([A-Za-z][\w.\[\]-]*?)\s*(<=|>=|==|!=|=|<|>)\s*(.+?)\s*")
_OPERATIONS = {
    "<": "less", "<=": "less_equal", ">": "greater", ">=": "greater_equal", "==": "equal",
    "=": "equal", "!=": "not_equal",
}  # fmt: skip
"""Sign of a condition -> its function of `pyarrow.compute`."""


@dataclass(frozen=True)
class Condition:
    """``column operator value``."""

    column: str
    operation: str
    value: Any


@dataclass(frozen=True)
class Goal:
    """A column to make small, or large."""

    column: str
    large: bool = False


def parse_condition(text: str, columns: Sequence[Column]) -> Condition:
    """Read ``climate_change < 4`` or ``cardato == meets``.

    Raises
    ------
    InputError
        ``E323`` when it is not understood or the column is not there.
    """
    match = _CONDITION.fullmatch(text)
    if not match:
        raise InputError.one(
            "E323", say("condition not understood"), value=text,
            suggestion=say("write e.g. 'climate_change < 4' or 'cardato == meets'"),
        )  # fmt: skip
    column = _column(match.group(1), columns)
    value: Any = match.group(3).strip("'\"")
    if column.kind in ("verdict", "problem", "kept") or (
        column.kind == "parameter" and not column.unit
    ):
        if match.group(2) not in ("=", "==", "!="):
            raise InputError.one(
                "E323", say("{name} holds words: compare by == or !=", name=column.name), value=text
            )
        return Condition(column.name, match.group(2), value)
    unit = column.unit
    number = value[: -len(unit)].strip() if unit and value.endswith(unit) else value
    try:
        return Condition(column.name, match.group(2), float(parse_number(number)))
    except QuantityError as error:
        raise InputError.one(
            "E323",
            say(
                "{name} is compared with a number ({unit})",
                name=column.name,
                unit=unit or say("no unit"),
            ),
            value=text,
            suggestion=error.suggestion,
        ) from None


def parse_goals(text: str, columns: Sequence[Column]) -> list[Goal]:
    """Read ``climate_change,cost``; ``max:`` before a name asks for large values.

    Raises
    ------
    InputError
        ``E323`` when a column is not there or holds words.
    """
    goals = []
    for part in text.split(","):
        name = part.strip()
        large = name.startswith("max:")
        column = _column(name.removeprefix("max:").removeprefix("min:").strip(), columns)
        if column.kind in ("verdict", "problem", "kept") or (
            column.kind == "parameter" and not column.unit
        ):
            raise InputError.one("E323", say("this column holds words"), value=column.name)
        goals.append(Goal(column.name, large))
    return goals


def _column(name: str, columns: Sequence[Column]) -> Column:
    for column in columns:
        if column.name == name:
            return column
    names = [column.name for column in columns]
    hint = nearest(name, names) or say("e.g. {names}", names=names[-12:])
    raise InputError.one("E323", say("there is no such column"), value=name[:80], suggestion=hint)


def filtered(batch: pa.RecordBatch, conditions: Sequence[Condition]) -> pa.RecordBatch:
    """Keep the rows that fulfil every condition."""
    if not conditions:
        return batch
    import pyarrow as pa
    import pyarrow.compute as pc

    keep: Any = None
    for condition in conditions:
        values = batch.column(condition.column)
        if pa.types.is_dictionary(values.type):
            values = values.cast(pa.string())
        wanted = condition.value
        if pa.types.is_floating(values.type):
            wanted = nine(wanted)
            values = pa.array(nine_digits(values.to_numpy(zero_copy_only=False)))
        mask = pc.fill_null(getattr(pc, _OPERATIONS[condition.operation])(values, wanted), False)
        if pa.types.is_floating(values.type):
            mask = pc.and_(mask, pc.fill_null(pc.invert(pc.is_nan(values)), False))
        keep = mask if keep is None else pc.and_(keep, mask)
    return batch.filter(keep)


def pareto_front(values: Any) -> Any:
    """Tell which rows no other row beats in one column without being worse in another.

    Parameters
    ----------
    values : ndarray, shape (rows, columns)
        All to be made small.

    Returns
    -------
    ndarray of int
        Positions of the front, in the order of the rows; of equal rows all stay.
    """
    order = np.lexsort(values.T[::-1])
    ranked = values[order]
    front = np.zeros((0, values.shape[1]))
    kept = []
    for start in range(0, len(ranked), 4096):
        block = ranked[start : start + 4096]
        alive = np.flatnonzero(~_beaten(block, front))
        for place in alive:
            if not _beaten(block[place : place + 1], front)[0]:
                front = np.vstack([front, block[place]])
                kept.append(order[start + place])
    return np.sort(np.array(kept, dtype=np.intp))


def _beaten(rows: Any, front: Any) -> Any:
    result = np.zeros(len(rows), dtype=bool)
    for best in front:
        result |= (best <= rows).all(axis=1) & (best < rows).any(axis=1)
    return result


@dataclass
class Selection:
    """Rows that are kept while chunks come in.

    Attributes
    ----------
    conditions : list of Condition
    pareto : list of Goal
    top : int
        Number of rows to keep; 0 for all.
    by : list of Goal
        Order of the best.
    """

    conditions: list[Condition] = field(default_factory=list)
    pareto: list[Goal] = field(default_factory=list)
    top: int = 0
    by: list[Goal] = field(default_factory=list)

    @property
    def narrows(self) -> bool:
        """Whether only a few rows are kept at the end."""
        return bool(self.pareto or self.top)

    def reduce(self, kept: Optional[pa.Table], batch: pa.RecordBatch) -> pa.Table:
        """Take the rows of a chunk into those that were kept before."""
        import pyarrow as pa

        fresh = pa.Table.from_batches([batch])
        table = fresh if kept is None else pa.concat_tables([kept, fresh])
        if self.pareto:
            values = _goal_values(table, self.pareto)
            sound = np.flatnonzero(~np.isnan(values).any(axis=1))
            table = table.take(pa.array(sound[pareto_front(values[sound])]))
        elif self.top:
            table = self.best(table)
        return table

    def best(self, table: pa.Table) -> pa.Table:
        """Sort by the goals; of equal rows the first number comes first."""
        import pyarrow as pa

        values = _goal_values(table, self.by or self.pareto)
        rows = table.column("row").to_numpy()
        order = np.lexsort([rows, *values.T[::-1]])
        order = order[~np.isnan(values[order]).any(axis=1)]
        return table.take(pa.array(order[: self.top] if self.top else order))


def _goal_values(table: pa.Table, goals: Sequence[Goal]) -> Any:
    columns = []
    for goal in goals:
        values = table.column(goal.column).to_numpy(zero_copy_only=False).astype(np.float64)
        columns.append(-values if goal.large else values)
    return nine_digits(np.column_stack(columns))


def nine_digits(values: Any) -> Any:
    """Keep nine digits of every number, so that rows are not told apart by a last bit."""
    with np.errstate(divide="ignore", invalid="ignore"):
        power = np.floor(np.log10(np.abs(values)))
    scale = 10.0 ** (8 - np.where(np.isfinite(power), power, 0.0))
    return np.round(values * scale) / scale
