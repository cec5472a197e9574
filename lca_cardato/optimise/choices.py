"""Combinations of choices, and what each pure fibre gives in them: the corners of the blends.

Within one combination everything per unit of product is a mean of what the pure fibres give,
weighted by their share of the product. A fibre that enters with share ``x_i`` and yields ``y_i``
kg of product per kg has the weight ``y_i * x_i``; so results are ratios of two linear forms of the
shares that enter, with exact fractions where the typed figures decide.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, Iterator, Optional, Sequence

import numpy as np
from numpy.typing import NDArray

from lca_cardato.calculation.solve import UnitScores, evaluate
from lca_cardato.claims.shares import FibrePart, fibre_parts
from lca_cardato.errors import CardatoError
from lca_cardato.inventory.records import Inventory
from lca_cardato.model.resolve import resolve
from lca_cardato.model.structure import Line, ProductModel, YarnUse
from lca_cardato.model.system import parameter_values, share_key
from lca_cardato.optimise.shape import Shape, fixed_share
from lca_cardato.scenario.load import LoadedScenario, validate_document
from lca_cardato.space.axes import percent_text
from lca_cardato.space.load import LoadedSpace
from lca_cardato.space.paths import value_at, with_overrides, without_empty_lines
from lca_cardato.text.quantity import parse_share
from lca_cardato.text.yamltree import tree_document

Array = NDArray[np.float64]
Shares = tuple[Fraction, ...]
"""Share of every column of a choice, in the order of its lines."""


@dataclass(frozen=True)
class Column:
    """A fibre of the blend in one combination.

    Attributes
    ----------
    place : int
        Its line in the blend of the base scenario.
    line : Line
        As the model has it.
    low, high : Fraction
        Bounds of its share; equal where it does not vary.
    varied : bool
    """

    place: int
    line: Line
    low: Fraction
    high: Fraction
    varied: bool


@dataclass(eq=False)
class Choice:
    """A combination of choices, with the corners of its blends.

    Attributes
    ----------
    number : int
        Row among the combinations, from 0.
    model : ProductModel
        With every fibre in the blend.
    yarn : YarnUse
        The one whose blend is looked for.
    columns : list of Column
    whole : Fraction
        Sum of the shares of the columns.
    yields : list of Fraction
        Conditioned product per fresh fibre, by corner; up to one common factor.
    corners : list of list of FibrePart
        Exact masses per kg of product, by corner.
    scores : ndarray, shape (indicators, corners)
        Per declared unit.
    cost : list of Fraction or None
        EUR of fibre per declared unit, by corner; None where a fibre has no price.
    memory : dict
        What was worked out of it once, by name.
    """

    number: int
    model: ProductModel
    yarn: YarnUse
    columns: list[Column]
    whole: Fraction
    yields: list[Fraction]
    corners: list[list[FibrePart]]
    scores: Array
    cost: Optional[list[Fraction]]
    memory: dict[Any, Any] = field(default_factory=dict)

    def weights(self, shares: Sequence[Fraction]) -> list[Fraction]:
        """Weight of every corner; they sum to 1."""
        raw = [y * x for y, x in zip(self.yields, shares)]
        whole = sum(raw, Fraction(0))
        return [part / whole for part in raw]

    def mixture(self, shares: Sequence[Fraction]) -> list[FibrePart]:
        """Exact masses of every fibre of a blend, per kg of product; absent ones are left out."""
        weights = self.weights(shares)
        absent = {c.line.key for c, x in zip(self.columns, shares) if not x}
        found = []
        for place, part in enumerate(self.corners[0]):
            if part.line.key in absent:
                continue
            masses: dict[str, Any] = {
                name: sum(
                    (w * getattr(c[place], name) for w, c in zip(weights, self.corners) if w),
                    Fraction(0),
                )
                for name in ("fresh", "product", "rework", "spun")
            }
            found.append(replace(part, **masses))
        return found

    def score(self, place: int, shares: Sequence[Fraction]) -> float:
        """Score of a blend per declared unit."""
        return float(np.dot([float(w) for w in self.weights(shares)], self.scores[place]))

    def costs(self, shares: Sequence[Fraction]) -> Optional[Fraction]:
        """Exact cost of the fibres per declared unit, EUR."""
        if self.cost is None:
            return None
        return sum((w * c for w, c in zip(self.weights(shares), self.cost)), Fraction(0))


def overrides_of(
    space: LoadedSpace, shape: Shape, number: int, shares: dict[int, Fraction]
) -> list[tuple[tuple, Any]]:
    """Paths and values of a blend in a combination; `shares` by the line of the base scenario."""
    typed: list[tuple[tuple, Any]] = [
        ((*shape.path, place, "share"), percent_text(share)) for place, share in shares.items()
    ]
    return [*space.overrides(number), *typed]


def scenario_of(
    space: LoadedSpace, shape: Shape, number: int, shares: dict[int, Fraction]
) -> LoadedScenario:
    """Load the ordinary scenario of a blend in a combination.

    Raises
    ------
    InputError
        What it can't be calculated with.
    """
    overrides = overrides_of(space, shape, number, shares)
    data, _ = without_empty_lines(with_overrides(space.base.document.data, overrides))
    document = tree_document(data, f"blend {number}")
    document.lots = space.base.document.lots
    return LoadedScenario(
        validate_document(document), document, space.base.files, space.base.readings,
        frozenset(path for path, _ in overrides),
    )  # fmt: skip


class Choices:
    """All combinations of a space, each worked out when it is asked for.

    Parameters
    ----------
    space : LoadedSpace
        Loaded without listing its blends.
    shape : Shape
    inventory : Inventory
    scored : UnitScores
    """

    def __init__(
        self, space: LoadedSpace, shape: Shape, inventory: Inventory, scored: UnitScores
    ) -> None:
        self.space, self.shape, self.inventory, self.scored = space, shape, inventory, scored
        self.refused: dict[int, CardatoError] = {}
        self._made: dict[int, Choice] = {}

    def __len__(self) -> int:
        return self.space.size

    def __iter__(self) -> Iterator[Choice]:
        for number in range(self.space.size):
            choice = self.get(number)
            if choice is not None:
                yield choice

    def made(self, number: int) -> bool:
        """Whether a combination was worked out."""
        return number in self._made or number in self.refused

    def get(self, number: int) -> Optional[Choice]:
        """Work a combination out; None where it can't be calculated, see `refused`."""
        if not self.made(number):
            try:
                self._made[number] = self._make(number)
            except CardatoError as error:
                self.refused[number] = error
        return self._made.get(number)

    def _make(self, number: int) -> Choice:
        shape = self.shape
        data = with_overrides(self.space.base.document.data, self.space.overrides(number))
        whole = 1 - fixed_share(data, shape)
        every = {v.place: part for v, part in zip(shape.lines, parts(whole, len(shape.lines)))}
        loaded = scenario_of(self.space, shape, number, every)
        model = resolve(loaded, self.inventory, examined=False)
        yarn = model.yarns[shape.path[1] if shape.path[0] == "yarns" else 0]
        columns = _columns(shape, value_at(data, shape.path), yarn)
        corners = [
            fibre_parts(model, {share_key(x): Fraction(x is c.line) for x in yarn.lines})
            for c in columns
        ]
        places = {part.line.key: place for place, part in enumerate(corners[0])}
        yields = [1 / c[places[k.line.key]].fresh for c, k in zip(corners, columns)]
        values: dict[str, Any] = dict(parameter_values(model))
        pure = np.eye(len(columns))
        values.update({share_key(c.line): row for c, row in zip(columns, pure)})
        scores = np.broadcast_to(
            evaluate(model, values, self.scored).scores, (self.scored.table.shape[1], len(columns))
        )
        return Choice(
            number, model, yarn, columns, sum((c.low for c in columns if not c.varied), whole),
            yields, corners, scores, _cost(model, corners),
        )  # fmt: skip


def parts(whole: Fraction, count: int) -> list[Fraction]:
    """Part a share among lines, all above 0, with few digits."""
    if not count:
        return []
    grain = Fraction(1, 10**6)
    each = whole / count // grain * grain
    return [each] * (count - 1) + [whole - each * (count - 1)]


def _columns(shape: Shape, blend: list[Any], yarn: YarnUse) -> list[Column]:
    """Columns of a blend: its lines that are there, in their order."""
    varied = {line.place: line for line in shape.lines}
    lines = iter(yarn.lines)
    found = []
    for place, entry in enumerate(blend):
        if entry.get("origin") == "in_process_rework":
            continue
        if place in varied:
            item = varied[place]
            found.append(Column(place, next(lines), item.low, item.high, True))
            continue
        share = parse_share(entry["share"])
        if share:
            found.append(Column(place, next(lines), share, share, False))
    return found


def _cost(model: ProductModel, corners: list[list[FibrePart]]) -> Optional[list[Fraction]]:
    """Exact cost of the fibres per declared unit, by corner."""
    if any(part.line.entry.price is None for part in corners[0]):
        return None
    packed = packed_mass(model)
    return [
        packed * sum((p.fresh * p.line.entry.price.amount for p in corner if p.line.entry.price),
                     Fraction(0))
        for corner in corners
    ]  # fmt: skip


def packed_mass(model: ProductModel) -> Fraction:
    """Product that is packed for the declared unit, kg."""
    mass = Fraction(model.declared_mass_kg)
    for use in model.packing:
        key = use.loss.get(-1)
        mass /= 1 - (model.parameters[key].amount if key else 0)
    return mass
