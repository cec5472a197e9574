"""Linear rows over whole steps of shares and a few further variables: what a solver is asked.

A solver proposes; it does not decide. Those that there are stand in `lca_cardato.optimise.solvers`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Optional, Protocol, Sequence


@dataclass
class Row:
    """A row: ``sum(shares * x) + sum(others * v) >= least``.

    Attributes
    ----------
    shares : list
        Coefficient of the steps of every column: int, Fraction or float.
    others : dict
        Coefficients of other variables, by number.
    least : int, Fraction or float
    whole : bool
        Whether it is over whole steps, and so of small whole numbers.
    """

    shares: list[Any]
    others: dict[int, Any]
    least: Any
    whole: bool = False


@dataclass(frozen=True)
class Forbidden:
    """Steps of the columns that are cut off, alone.

    Attributes
    ----------
    steps : list of int
    bounds : list of (low, high)
        Of the columns, when that was asked.
    """

    steps: list[int]
    bounds: list[tuple[float, float]]


@dataclass
class Linear:
    """Variables and rows. The first variables are the steps of the columns.

    Attributes
    ----------
    columns : int
        How many of the variables are steps of columns; they sum to `total`.
    total : int
    bounds : list of (low, high)
        By variable; those of integral ones are whole numbers.
    integral : list of bool
    rows : list of Row
        Rows are added, and never changed but by `Row.others`.
    forbidden : list of Forbidden
    """

    columns: int = 0
    total: int = 0
    bounds: list[tuple[float, float]] = field(default_factory=list)
    integral: list[bool] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    forbidden: list[Forbidden] = field(default_factory=list)


@dataclass
class Proposal:
    """What a solver found.

    Attributes
    ----------
    steps : list of int or None
        Of the columns; None where there are none, or none were found in time.
    bound : float
        The goal is nowhere below it; inf where nothing fulfils the rows, -inf where nothing is
        known.
    finished : bool
        Whether the answer is final.
    """

    steps: Optional[list[int]]
    bound: float
    finished: bool


NOTHING = Proposal(None, float("inf"), True)
"""No values fulfil the rows."""


class Solver(Protocol):
    """Minimises linear goals over the rows of a `Linear`."""

    def minimise(self, goal: Sequence[Any], deadline: float) -> Proposal:
        """Minimise a goal over the steps of the columns.

        Parameters
        ----------
        goal : sequence
            Coefficient of the steps of every column.
        deadline : float
            Reading of `time.monotonic` at which the search ends.
        """


class Make(Protocol):
    """Makes a solver of a program."""

    name: str

    def __call__(self, problem: Linear) -> Solver:
        """Make it."""
