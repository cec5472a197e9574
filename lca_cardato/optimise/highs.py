"""HiGHS, by `scipy.optimize.milp`: in floats, a row being held within a millionth of its scale."""

from __future__ import annotations

import math
import time
from typing import Any, Optional, Sequence

import numpy as np

from lca_cardato.optimise.linear import NOTHING, Linear, Proposal, Row

SCALE = 1e3
"""Largest coefficient of a row: the tolerance of HiGHS, 1e-6, is then 1e-9 of it."""
GOAL_SCALE = 1e4


class Highs:
    """Asks HiGHS.

    Parameters
    ----------
    problem : Linear
    """

    name = "HiGHS"

    def __init__(self, problem: Linear) -> None:
        self.problem = problem
        self._made_of: Any = None
        self._arrays: Any = None

    def _made(self) -> Any:
        """Rows as a matrix, their least values, and how many binaries came to the variables."""
        problem = self.problem
        state = (len(problem.bounds), [(row, len(row.others)) for row in problem.rows],
                 len(problem.forbidden))  # fmt: skip
        if state != self._made_of:
            more, width = self._of_forbidden(len(problem.bounds))
            rows = [*problem.rows, *more]
            matrix, least = np.zeros((len(rows), width)), np.zeros(len(rows))
            for place, row in enumerate(rows):
                numbers = [float(a) for a in row.shares]
                rest = {key: float(value) for key, value in row.others.items()}
                largest = max([abs(a) for a in [*numbers, *rest.values()]], default=0.0)
                factor = 1.0 if row.whole or not largest else SCALE / largest
                matrix[place, : len(numbers)] = [a * factor for a in numbers]
                for key, value in rest.items():
                    matrix[place, key] += value * factor
                least[place] = float(row.least) * factor
            self._arrays, self._made_of = (matrix, least, width - len(problem.bounds)), state
        return self._arrays

    def _of_forbidden(self, width: int) -> tuple[list[Row], int]:
        """Rows that cut blends off: some column has more steps, of which a binary tells."""
        rows = []
        for one in self.problem.forbidden:
            binaries = []
            for place, (count, (low, high)) in enumerate(zip(one.steps, one.bounds)):
                if count < high:
                    unit = [int(other == place) for other in range(len(one.steps))]
                    rows.append(Row(unit, {width: -(count + 1 - low)}, low, whole=True))
                    binaries.append(width)
                    width += 1
            rows.append(Row([], dict.fromkeys(binaries, 1), 1, whole=True))
        return rows, width

    def minimise(self, goal: Sequence[Any], deadline: float) -> Proposal:
        """Minimise a goal; see `lca_cardato.optimise.linear.Solver`."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        problem = self.problem
        columns = problem.columns
        if any(a > b for a, b in problem.bounds):
            return NOTHING
        matrix, least, more = self._made()
        bounds = [*problem.bounds, *[(0, 1)] * more]
        whole = np.zeros(len(bounds))
        whole[:columns] = [float(a) for a in goal]
        factor = GOAL_SCALE / (float(np.abs(whole).max()) or 1.0)
        sum_row = np.zeros((1, len(bounds)))
        sum_row[0, :columns] = 1
        limits = [LinearConstraint(sum_row, problem.total, problem.total)]
        if len(least):
            limits.append(LinearConstraint(matrix, least, np.inf))
        low, high = zip(*bounds)
        options: dict[str, Any] = {"mip_rel_gap": 0.0}
        if deadline < math.inf:
            options["time_limit"] = deadline - time.monotonic()
        found = milp(
            whole * factor, integrality=[*map(int, problem.integral), *[1] * more],
            bounds=Bounds(low, high), constraints=limits, options=options,
        )  # fmt: skip
        if found.status == 2:
            return NOTHING
        dual: Optional[float] = getattr(found, "mip_dual_bound", None)
        bound = -math.inf if dual is None or not math.isfinite(dual) else dual / factor
        if found.x is None:
            return Proposal(None, bound, False)
        steps = [round(found.x[place]) for place in range(columns)]
        return Proposal(steps, bound, found.status == 0)
