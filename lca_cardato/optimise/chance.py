"""A probability: claims and limits hold in a share of paired draws (scenario approach).

Every uncertain figure, of the mill, of its defaults and of the background, is drawn together; each
draw moves yields, scores and masses of every corner. A blend is good when all claims and limits
hold at once in enough draws. Draws enter the program when a proposal fails in them, each with a
binary that says whether it is given up (Luedtke and Ahmed 2008, SIAM J. Optim. 19(2), 674-699);
then the blend is tried on fresh draws, which the program has not seen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, ClassVar, Mapping, Optional, Sequence

import numpy as np
from numpy.typing import NDArray

from lca_cardato.brightway.store import Store
from lca_cardato.calculation.draws import RandomDraws
from lca_cardato.calculation.propagate import Propagation
from lca_cardato.calculation.simulate import Products
from lca_cardato.calculation.solve import evaluate
from lca_cardato.claims.shares import FibrePart, parts_of
from lca_cardato.inventory.records import Inventory
from lca_cardato.model.massflow import total
from lca_cardato.model.system import share_key
from lca_cardato.optimise.choices import Choice, Shares, packed_mass
from lca_cardato.optimise.criteria import OfClaim
from lca_cardato.optimise.limits import Limit, Ratio, Stock
from lca_cardato.optimise.program import Program

Array = NDArray[np.float64]
DRAWS, SEED = 400, 0
FRESH, FRESH_SEED = 4096, 1
NEAR = 1e-12
"""Relative distance in which a share drawn in floats reaches its threshold."""
MASSES = ("fresh", "product", "rework", "spun")


def drawn(
    choice: Choice, inventory: Inventory, store: Store, names: Sequence[str], seed: int, count: int
) -> Choice:
    """Give the corners of a combination in many draws.

    Parameters
    ----------
    choice : Choice
    inventory : Inventory
    store : Store
    names : sequence of str
        Indicators, in the order of the scores.
    seed, count : int

    Returns
    -------
    Choice
        Yields and costs are arrays of shape (draws,), scores of shape (indicators, corners, draws).
    """
    products = Products([choice.model], inventory, store, names)
    draws = RandomDraws(products.streams, seed).draw(count)
    propagation = Propagation(products.background)
    propagation.begin(draws)
    scored = propagation.unit_scores().of_some(np.ones(len(names), dtype=bool))
    values = products.foregrounds[0].values(draws)
    corners: list[list[FibrePart]] = []
    scores = np.empty((len(names), len(choice.columns), count))
    for place, column in enumerate(choice.columns):
        pure = {share_key(x): float(x is column.line) for x in choice.yarn.lines}
        one = evaluate(choice.model, {**values, **pure}, scored)
        scores[:, place] = np.where(one.sound, one.scores, np.nan)
        corners.append(parts_of(choice.model, one.system.yarn_flows, one.system.fabric_flows))
    at = {part.line.key: place for place, part in enumerate(corners[0])}
    yields: list[Any] = [
        np.broadcast_to(1.0 / corner[at[column.line.key]].fresh, (count,))
        for corner, column in zip(corners, choice.columns)
    ]
    cost: Optional[list[Any]] = None
    if choice.cost is not None:
        packed = float(packed_mass(choice.model))
        cost = [
            packed * total([p.fresh * float(p.line.entry.price.amount) for p in corner
                            if p.line.entry.price])
            for corner in corners
        ]  # fmt: skip
    return replace(choice, yields=yields, corners=corners, scores=scores, cost=cost, memory={})


def one_draw(many: Choice, place: int) -> Choice:
    """Give the corners of one of the draws, as floats."""

    def at(value: Any) -> float:
        return float(value[place]) if np.ndim(value) else float(value)

    corners = [[replace(part, **_masses(part, at)) for part in corner] for corner in many.corners]
    cost: Any = None if many.cost is None else [at(value) for value in many.cost]
    yields: Any = [at(value) for value in many.yields]
    return replace(
        many, yields=yields, corners=corners, scores=many.scores[:, :, place], cost=cost, memory={}
    )


def _masses(part: FibrePart, give: Any) -> dict[str, Any]:
    return {name: give(getattr(part, name)) for name in MASSES}


# -- whether a blend holds, in every draw ------------------------------------------------------


@dataclass(eq=False)
class Blend:
    """A blend in many draws.

    Parameters
    ----------
    many : Choice
    shares : tuple of Fraction
    """

    many: Choice
    shares: Shares
    weights: Array = field(init=False)
    parts: list[FibrePart] = field(init=False)

    def __post_init__(self) -> None:
        raw = np.array([float(x) * np.asarray(y) for x, y in zip(self.shares, self.many.yields)])
        self.weights = raw / raw.sum(axis=0)
        absent = {c.line.key for c, x in zip(self.many.columns, self.shares) if not x}
        self.parts = []
        for place, part in enumerate(self.many.corners[0]):
            if part.line.key in absent:
                continue

            def mixed(name: str, place: int = place) -> Any:
                return self.mean([getattr(corner[place], name) for corner in self.many.corners])

            self.parts.append(replace(part, **{name: mixed(name) for name in MASSES}))

    def mean(self, corners: Sequence[Any]) -> Array:
        """Mean of a quantity of the corners, shape (draws,)."""
        found: Array = sum(  # type: ignore[assignment]
            weight * (float(value) if isinstance(value, Fraction) else value)
            for weight, value in zip(self.weights, corners)
        )
        return found

    def holds(self, limit: Limit) -> Any:
        """Whether a limit holds, bool or ndarray of shape (draws,)."""
        if isinstance(limit, Ratio):
            value = self.mean(limit.above(self.many))
            if limit.below is not None:
                value = value / self.mean(limit.below(self.many))
            number = float(limit.number)
            room = NEAR * abs(number)
            return value <= number + room if limit.most else value >= number - room
        if isinstance(limit, Stock):
            taken = total(
                [p.fresh for p in self.parts if p.line.key in limit.lines(self.many)] or [0.0]
            )
            return taken <= float(limit.per_product(self.many)) * (1 + NEAR)
        if isinstance(limit, OfClaim) and limit.of_content:
            return limit.drawn(self.many, self.parts, NEAR)
        return True


# -- the limit ---------------------------------------------------------------------------------


class OneDraw:
    """A program seen by the limits of one draw: what they write holds unless the draw is given up."""

    def __init__(self, program: Program, choice: Choice, given_up: int) -> None:
        self.program, self.choice, self.given_up = program, choice, given_up
        self.counted: Optional[dict[str, int]] = None
        self.step, self.ends = program.step, program.ends

    def variable(self, low: float, high: float, integral: bool = True) -> int:
        """Add a variable of the draw."""
        return self.program.variable(low, high, integral)

    def used(self, place: int) -> int:
        """Whether a column is in the blend."""
        return self.program.used(place)

    def steps(self, counts: Mapping[int, float], others: Mapping[int, float], least: float) -> None:
        """Add a row over whole steps; those of a draw hold anyway."""
        self.program.steps(counts, others, least)

    def row(
        self, shares: Sequence[Any], others: Optional[Mapping[int, Any]] = None, least: Any = 0
    ) -> None:
        """Add a row that holds unless the draw is given up."""
        others = others or {}
        lowest = min([0.0, *(float(a) for a in shares)]) * float(self.program.choice.whole)
        for key, value in others.items():
            low, high = self.program.bounds[key]
            lowest += min(float(value) * low, float(value) * high)
        slack = float(least) - lowest
        if slack > 0:
            self.program.row(shares, {**others, self.given_up: slack}, least)

    def forbid_together(self, places: Sequence[int]) -> None:
        """Nothing: it stands in the program already."""


@dataclass(eq=False)
class Chance(Limit):
    """All claims and limits hold at once in a share of the draws.

    Attributes
    ----------
    share : Fraction
    limits : list of Limit
    inventory, store, names
        What draws rest on.
    """

    share: Fraction
    limits: Sequence[Limit]
    inventory: Inventory
    store: Store
    names: Sequence[str]
    draws: int = DRAWS
    seed: int = SEED
    given_up: int = -1
    late: ClassVar[bool] = True

    def __post_init__(self) -> None:
        if self.given_up < 0:
            self.given_up = int((1 - self.share) * self.draws)

    def of(self, limits: Sequence[Limit]) -> Chance:
        """Give the same of other limits."""
        return replace(self, limits=limits)

    def tighten(self, found: float) -> bool:
        """Give up fewer draws, where too few of the fresh ones hold; whether that could be done."""
        if not self.given_up:
            return False
        more = math.ceil((float(self.share) - found) * self.draws)
        self.given_up = max(0, self.given_up - max(1, more))
        return True

    def many(self, choice: Choice) -> Choice:
        """Give the draws of a combination; they are made once."""
        if "drawn" not in choice.memory:
            choice.memory["drawn"] = drawn(
                choice, self.inventory, self.store, self.names, self.seed, self.draws
            )
        found: Choice = choice.memory["drawn"]
        return found

    def good(self, many: Choice, shares: Shares) -> NDArray[np.bool_]:
        """Whether everything holds, draw by draw."""
        blend, found = Blend(many, shares), np.ones(many.scores.shape[2], dtype=bool)
        for limit in self.limits:
            found &= blend.holds(limit)
        return found

    def fresh(self, choice: Choice, shares: Shares) -> float:
        """Share of fresh draws in which everything holds."""
        many = drawn(choice, self.inventory, self.store, self.names, self.seed + FRESH_SEED, FRESH)
        return float(np.mean(self.good(many, shares)))

    def put(self, program: Program) -> None:
        """Write the draws that some proposal failed in."""
        for place in self._known(program.choice):
            self._write(program, place)

    def holds(self, choice: Choice, shares: Shares) -> bool:
        """Count the draws in which something does not hold."""
        good = self.good(self.many(choice), shares)
        return int((~good).sum()) <= self.given_up

    def learn(self, choice: Choice, shares: Shares, program: Program) -> bool:
        """Write the draws into the program in which a proposal fails."""
        bad = np.flatnonzero(~self.good(self.many(choice), shares))
        known = self._known(choice)
        new = [int(place) for place in bad if int(place) not in known]
        for place in new:
            known.append(place)
            self._write(program, place)
        return bool(new)

    def _known(self, choice: Choice) -> list[int]:
        found: list[int] = choice.memory.setdefault(
            ("draws", *(limit.key for limit in self.limits)), []
        )
        return found

    def _write(self, program: Program, place: int) -> None:
        given_up = program.give_up(self.given_up)
        view: Any = OneDraw(program, one_draw(self.many(program.choice), place), given_up)
        for limit in self.limits:
            if isinstance(limit, (Ratio, Stock)) or (
                isinstance(limit, OfClaim) and limit.of_content
            ):
                limit.put(view)
