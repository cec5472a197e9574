"""Find the best blend: a sequence of linear programs for a ratio, decided by exact fractions.

A goal is a ratio of two linear forms of the shares. With the best value known so far, ``t``, the
program minimises numerator minus ``t`` times denominator: below 0 there is a better blend, else
there is none (Dinkelbach 1967, for integers as for reals). Every proposal is held against the exact
limits and against the ordinary calculation before it counts; one that fails is cut off.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Callable, Optional, Sequence

from lca_cardato.optimise.choices import Choice, Choices, Shares
from lca_cardato.optimise.limits import Bound, Limit, Ratio
from lca_cardato.optimise.linear import Make
from lca_cardato.optimise.program import Program, Solved
from lca_cardato.optimise.quantities import Goal

if TYPE_CHECKING:
    from lca_cardato.optimise.chance import Chance

MOST_CUTS = 2000
"""Proposals of one program that may fail before the search says that it is not finished."""


@dataclass(frozen=True)
class Best:
    """A blend.

    Attributes
    ----------
    choice : Choice
    shares : tuple of Fraction
        By column of the choice.
    value : Fraction or float
        Of the goal.
    """

    choice: Choice
    shares: Shares
    value: Any


@dataclass
class Outcome:
    """What a search found.

    Attributes
    ----------
    best : Best or None
    bound : Fraction or float
        No blend is below it.
    finished : bool
        Whether the best is proven to be so.
    alike : bool
        Whether other blends are as good; the first in the order of a batch is given.
    """

    best: Optional[Best]
    bound: Any
    finished: bool
    alike: bool = False


@dataclass
class Search:
    """Looks for blends in a space.

    Parameters
    ----------
    choices : Choices
    step : Fraction
    make : callable
        Makes the solver of a program.
    confirm : callable
        Whether the ordinary calculation agrees to a blend.
    deadline : float
        Reading of `time.monotonic` at which it ends.
    chance : Chance, optional
        In what share of draws all limits have to hold.

    Attributes
    ----------
    solves, cuts : int
        Programs that were solved; proposals that the exact answer refused.
    """

    choices: Choices
    step: Fraction
    make: Make
    confirm: Callable[[Choice, Shares], bool]
    deadline: float = math.inf
    chance: Optional[Chance] = None
    solves: int = 0
    cuts: int = 0

    def program(
        self, choice: Choice, limits: Sequence[Limit], loosened: frozenset[str] = frozenset()
    ) -> Program:
        """Write the program of a combination."""
        program = Program(choice, self.step, self.make, loosened)
        for limit in limits:
            limit.put(program)
        return program

    def propose(
        self,
        program: Program,
        limits: Sequence[Limit],
        form: Sequence[Any],
        confirmed: bool = True,
        wanted: Optional[Callable[[Shares], bool]] = None,
    ) -> Solved:
        """Minimise a linear form over the blends that hold every limit exactly.

        Parameters
        ----------
        program : Program
            Blends that fail are cut off in it.
        limits : sequence of Limit
        form : sequence
            Coefficient of every share.
        confirmed : bool
            Whether the ordinary calculation has to agree.
        wanted : callable, optional
            Whether a blend is worth to be looked at; the first one that is not ends the search.
        """
        for _ in range(MOST_CUTS):
            found = program.solve(form, deadline=self.deadline)
            self.solves += 1
            if found.shares is None:
                return found
            shares, choice = found.shares, program.choice
            if wanted is not None and not wanted(shares):
                return found
            failing = [one for one in limits if not one.late and not one.holds(choice, shares)]
            if not failing:
                failing = [one for one in limits if one.late and not one.holds(choice, shares)]
            if not failing and (not confirmed or self.confirm(choice, shares)):
                return found
            self.cuts += 1
            learned = [one.learn(choice, shares, program) for one in failing]
            if not any(learned):
                program.forbid(shares)
        return Solved(None, -math.inf, False)

    # -- the best ----------------------------------------------------------------------------

    def minimise(self, goal: Goal, limits: Sequence[Limit]) -> Outcome:
        """Find the best blend of all combinations; of equal ones the first."""
        best: Optional[Best] = None
        finished, alike, bounds = True, False, []
        for number in range(len(self.choices)):
            late = time.monotonic() > self.deadline
            if late and not self.choices.made(number):
                bounds.append(-math.inf)  # nothing is known of it, and of those after it
                finished = False
                break
            choice = self.choices.get(number)
            if choice is None:
                continue
            lowest = min(goal.corners(choice))
            if best is not None and (
                not goal.below(lowest, best.value)
                if alike or late
                else goal.below(best.value, lowest)
            ):
                continue
            if late:
                bounds.append(float(lowest))
                finished = False
                continue
            found, bound, done, equal = self._of_choice(choice, goal, limits, best)
            alike = equal or (alike and found is best)
            best = found
            finished = finished and done
            if not done:
                bounds.append(max(bound, float(lowest)))
        if best is None:
            return Outcome(None, min(bounds, default=math.inf), finished)
        if not finished:
            return Outcome(best, min([*bounds, float(best.value)]), False)
        first = self._first_of_equal(best, goal, limits)
        return replace(first, alike=first.alike or alike)

    def _of_choice(
        self, choice: Choice, goal: Goal, limits: Sequence[Limit], best: Optional[Best]
    ) -> tuple[Optional[Best], float, bool, bool]:
        """Better blends of one combination, if any.

        Returns
        -------
        best : Best or None
        bound : float
        finished : bool
        equal : bool
            Whether a blend of it is as good as the best, which is of another combination.
        """
        given = best
        corners = goal.corners(choice)
        program = self.program(choice, limits)
        level = best.value if best is not None else sum(corners[1:], corners[0]) / len(corners)

        def as_good(shares: Shares) -> bool:
            return best is None or not goal.below(best.value, goal.value(choice, shares))

        while True:
            form = _form(choice, corners, level)
            found = self.propose(program, limits, form, wanted=as_good)
            if found.shares is None:
                return best, self._bound(choice, level, found), found.finished, False
            value = goal.value(choice, found.shares)
            if best is not None and not goal.below(value, best.value):
                equal = best is given and not goal.below(best.value, value)
                return best, self._bound(choice, level, found), found.finished, equal
            best = Best(choice, found.shares, value)
            if not found.finished:
                return best, self._bound(choice, level, found), False, False
            level = value

    @staticmethod
    def _bound(choice: Choice, level: Any, found: Solved) -> float:
        """Bound of the ratio from a bound of the linear form."""
        least = float(min(choice.yields) * choice.whole)
        if found.bound == -math.inf:
            return -math.inf
        return float(level) + min(0.0, found.bound) / least

    def _first_of_equal(self, best: Best, goal: Goal, limits: Sequence[Limit]) -> Outcome:
        """Of blends that are as good, the first in the order of a batch."""
        choice = best.choice
        as_good = Ratio("goal", "", goal.corners, None, Fraction(best.value), True)
        every = [*limits, as_good]
        program = self.program(choice, every)
        program.forbid(best.shares)
        zero = [Fraction(0)] * len(choice.columns)
        if self.propose(program, every, zero).shares is None:
            return Outcome(best, best.value, True)
        program = self.program(choice, every)
        for place, column in enumerate(choice.columns):
            if not column.varied:
                continue
            form = [Fraction(int(i == place)) for i in range(len(choice.columns))]
            found = self.propose(program, every, form)
            if found.shares is None:
                break  # out of time: any of the equal ones will do
            best = Best(choice, found.shares, goal.value(choice, found.shares))
            count = program.counts(found.shares)[place]
            program.bounds[place] = (count, count)
        return Outcome(best, best.value, True, alike=True)

    # -- fronts ------------------------------------------------------------------------------

    def front(
        self, goals: tuple[Goal, Goal], points: int, limits: Sequence[Limit]
    ) -> tuple[list[Best], bool]:
        """Blends of which none is better in both goals, from the best of the first to the second.

        Between the ends, the first goal is minimised below levels of the second that lie evenly.

        Returns
        -------
        blends : list of Best
            The value is that of the first goal.
        finished : bool
        """
        first, second = goals
        found: list[Best] = []
        ends = [self._end(first, second, limits), self._end(second, first, limits)]
        finished = all(outcome.finished for outcome in ends)
        if ends[0].best is None or ends[1].best is None:
            return [], finished
        low, high = (second.value(o.best.choice, o.best.shares) for o in reversed(ends) if o.best)
        found.append(ends[0].best)
        for number in range(1, points - 1):
            level = high + (low - high) * Fraction(number, points - 1)
            outcome = self._end(first, second, [*limits, _at_most(second, level)])
            finished = finished and outcome.finished
            if outcome.best is not None:
                found.append(outcome.best)
        found.append(ends[1].best)
        return _each_once(found), finished

    def _end(self, first: Goal, second: Goal, limits: Sequence[Limit]) -> Outcome:
        """Best of the first goal, and among the equal ones of the second."""
        outcome = self.minimise(first, limits)
        if outcome.best is None:
            return outcome
        again = self.minimise(second, [*limits, _at_most(first, outcome.best.value)])
        best = again.best or outcome.best
        return Outcome(best, outcome.bound, outcome.finished and again.finished)

    # -- whether there is any ------------------------------------------------------------------

    def possible(self, limits: Sequence[Limit], loosened: frozenset[str] = frozenset()) -> bool:
        """Whether any blend holds the limits; where time runs out, it is taken that one does."""
        if self.chance is not None:
            limits = [*limits, self.chance.of(limits)]
        for choice in self.choices:
            program = self.program(choice, limits, loosened)
            zero = [Fraction(0)] * len(choice.columns)
            found = self.propose(program, limits, zero, confirmed=False)
            if found.shares is not None or not found.finished:
                return True
        return False


def _form(choice: Choice, corners: Sequence[Any], level: Any) -> list[Any]:
    """Numerator minus level times denominator, as coefficients of the shares."""
    if isinstance(corners[0], float):
        return [float(y) * (c - float(level)) for y, c in zip(choice.yields, corners)]
    return [y * (c - level) for y, c in zip(choice.yields, corners)]


def _at_most(goal: Goal, level: Any) -> Ratio:
    return Ratio("front", "", goal.corners, None, Fraction(level), True)


def _each_once(found: Sequence[Best]) -> list[Best]:
    seen: set[Any] = set()
    once = []
    for best in found:
        key = (best.choice.number, best.shares)
        if key not in seen:
            seen.add(key)
            once.append(best)
    return once


def loosened_by(bounds: Sequence[Bound], kept: Sequence[Limit]) -> frozenset[str]:
    """Keys of the bounds that are not kept."""
    return frozenset(bound.loosening for bound in bounds if bound not in kept)
