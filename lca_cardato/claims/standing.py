"""Verdicts of the rule packs for many blends at once.

The verdicts are those of `lca_cardato.claims.evaluate`, on arrays with a leading scenario axis.
What does not depend on shares is evaluated once for a product system. Comparisons with a
threshold are made on floats only where the distance is beyond doubt; the others are decided on
exact fractions of the typed text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Callable, Optional, Protocol

import numpy as np
from numpy.typing import NDArray

from lca_cardato.claims.content import document_gaps, is_processor
from lca_cardato.claims.evaluate import criterion_result
from lca_cardato.claims.names import VIRGIN_SHARE, label_parts
from lca_cardato.claims.outcome import ORDER
from lca_cardato.claims.packs_model import Criterion, RulePack
from lca_cardato.claims.shares import BASES, POINTS, FibrePart, fibre_parts, share
from lca_cardato.inventory.records import Inventory
from lca_cardato.model.structure import Line, ProductModel
from lca_cardato.model.system import System

NOT_APPLICABLE, MEETS, NOT_PROVEN, NOT_MET = range(4)
CLOSE = 1e-9
FIXED = ("district", "carded_in_region", "traceability", "measured", "composition")


class Exact(Protocol):
    """Exact masses of single rows."""

    def __call__(self, row: int) -> list[FibrePart]:
        """Exact masses of a row."""

    def codes(self, rows: NDArray[np.intp], point: str) -> NDArray[np.int64]:
        """Give equal numbers to rows whose exact shares at a point of the route are equal.

        `point` is ``product``, ``blend_input``, or ``mass`` where the masses themselves count.
        """


@dataclass
class ExactRow:
    """Exact masses where there is one row only."""

    parts: list[FibrePart]

    def __call__(self, row: int) -> list[FibrePart]:
        """Exact masses of the row."""
        return self.parts

    def codes(self, rows: NDArray[np.intp], point: str) -> NDArray[np.int64]:
        """One number for all."""
        return np.zeros(len(rows), dtype=np.int64)


@dataclass
class Masses:
    """Masses of every fibre of a product, per kg of product.

    Attributes
    ----------
    lines : list of Line
    carded : list of bool
    fresh, product, rework : list of float or ndarray, shape (rows,)
        Conditioned mass brought in, in the product, and own rework that runs with it.
    declared : list of bool
        Whether the rework is a line of the blend.
    """

    lines: list[Line] = field(default_factory=list)
    carded: list[bool] = field(default_factory=list)
    fresh: list[Any] = field(default_factory=list)
    product: list[Any] = field(default_factory=list)
    rework: list[Any] = field(default_factory=list)
    declared: list[bool] = field(default_factory=list)

    def sum(self, test: Optional[list[bool]], point: str, basis: str) -> Any:
        """Mass of the fibres that pass a test (all when None)."""
        found: Any = 0.0
        for index, line in enumerate(self.lines):
            if test is None or test[index]:
                amount = self.product[index] if point == "product" else self.fresh[index]
                found = found + (amount / (1 + float(line.regain)) if basis == "dry" else amount)
        return found


def masses_of(model: ProductModel, system: System) -> Masses:
    """Masses of the fibres from the flows of a product system."""
    result = Masses()
    fabric = system.fabric_flows
    for index, yarn in enumerate(model.yarns):
        into = fabric.fresh[index] if fabric else 1.0
        out = fabric.product[index] if fabric else 1.0
        flows = system.yarn_flows[yarn.name]
        carded = yarn.carded and any(use.id == "carding" for use in yarn.steps)
        for line in yarn.lines:
            i = line.index
            result.lines.append(line)
            result.carded.append(carded)
            result.fresh.append(flows.fresh[i] * into)
            result.product.append(flows.product[i] * out)
            result.rework.append((flows.feed[i] - flows.fresh[i]) * into)
            result.declared.append(yarn.rework is not None)
    return result


class Shares:
    """Shares of recycled and of carded fibre, compared exactly.

    Parameters
    ----------
    masses : Masses
    rows : int
    exact : Exact
    """

    def __init__(self, masses: Masses, rows: int, exact: Exact) -> None:
        self.masses, self.rows, self.exact = masses, rows, exact
        self.recycled = [line.recycled for line in masses.lines]
        self._whole: dict[tuple[str, str], Any] = {}
        self._found: dict[tuple[str, str, str], Any] = {}

    def test(self, kind: str) -> list[bool]:
        """Which fibres count."""
        if kind == "recycled":
            return self.recycled
        if kind == "carded":
            return self.masses.carded
        if kind == "wool":
            return [line.fibre.label.en == "wool" for line in self.masses.lines]
        return [r or line.entry.origin == "undeclared"
                for r, line in zip(self.recycled, self.masses.lines)]  # fmt: skip

    def value(self, kind: str, point: str, basis: str) -> Any:
        """Share as a float or an array."""
        key = (kind, point, basis)
        if key not in self._found:
            test = self.test(kind)
            if not any(test):
                self._found[key] = 0.0
            elif all(test):
                self._found[key] = 1.0
            else:
                if (point, basis) not in self._whole:
                    self._whole[point, basis] = self.masses.sum(None, point, basis)
                part = self.masses.sum(test, point, basis)
                self._found[key] = part / self._whole[point, basis]
        return self._found[key]

    def compare(self, kind: str, point: str, basis: str, threshold: Fraction) -> Any:
        """Sign of share - threshold: -1, 0 or 1."""
        test = self.test(kind)
        chosen = {id(line) for line, counts in zip(self.masses.lines, test) if counts}
        keys = {line.key for line in self.masses.lines if id(line) in chosen}

        def exactly(parts: list[FibrePart]) -> Fraction:
            return share(parts, lambda p: p.line.key in keys, point, basis) - threshold

        return self.sign(self.value(kind, point, basis) - float(threshold), exactly, point)

    def sign(
        self, gap: Any, exactly: Callable[[list[FibrePart]], Fraction], point: str = "mass"
    ) -> Any:
        """Sign of a difference; where it is within 1e-9 of 0 the exact masses decide."""
        signs = np.sign(gap)
        close = np.abs(gap) <= CLOSE
        if np.ndim(close) == 0:
            return _sign(exactly(self.exact(0))) if close else int(signs)
        rows = np.flatnonzero(close)
        if len(rows):
            codes = self.exact.codes(rows, point)
            _, first, inverse = np.unique(codes, return_index=True, return_inverse=True)
            decided = [_sign(exactly(self.exact(int(rows[place])))) for place in first]
            signs[rows] = np.array(decided)[inverse.reshape(-1)]
        return signs


def _sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)


@dataclass
class Standing:
    """Verdicts of the rule packs for one shape of product system.

    Attributes
    ----------
    model : ProductModel
    packs : list of RulePack
    fixed : dict
        Criterion (by pack and id) -> verdict that no share changes.
    parts : list of FibrePart
        Exact masses of the row that the shape was resolved for.
    gaps : bool
        Whether lot or validity of a document leave something open.
    """

    model: ProductModel
    packs: list[RulePack]
    fixed: dict[tuple[str, str], int]
    parts: list[FibrePart]
    gaps: bool

    def verdicts(self, shares: Shares) -> dict[str, NDArray[np.int8]]:
        """Verdict of every pack.

        Returns
        -------
        dict
            Pack id -> ndarray of shape (rows,), positions in `outcome.ORDER`.
        """
        found = {}
        memory: dict[Any, Any] = {}
        for pack in self.packs:
            worst: Any = 0
            for criterion in pack.criteria:
                verdict = self.fixed.get((pack.id, criterion.id))
                if verdict is None:
                    key = (criterion.kind, criterion.threshold, tuple(criterion.bands),
                           criterion.rework)  # fmt: skip
                    if key not in memory:
                        memory[key] = self.verdict(criterion, shares)
                    worst = np.maximum(worst, memory[key])
                else:
                    worst = np.maximum(worst, verdict)
            found[pack.id] = np.broadcast_to(np.asarray(worst, dtype=np.int8), (shares.rows,))
        return found

    def verdict(self, criterion: Criterion, shares: Shares) -> Any:
        """Verdict of one criterion that depends on shares."""
        if criterion.kind == "carded_share":
            return _readings(shares, "carded", Fraction(criterion.threshold or 0))
        if criterion.kind == "recycled_share":
            return self._recycled(criterion, shares)
        if criterion.kind == "declared_share":
            if not any(shares.recycled):
                return NOT_APPLICABLE
            return self._evidence(np.int8(MEETS), shares)
        if criterion.kind == "bands":
            return self._bands(criterion, shares)
        return self._virgin_wool(shares)

    def _recycled(self, criterion: Criterion, shares: Shares) -> Any:
        threshold = Fraction(criterion.threshold or 0)
        verdict = _readings(shares, "recycled", threshold)
        if any(shares.masses.declared) and criterion.rework == "open":
            flips = self._with_rework(shares, threshold)
            verdict = np.where((verdict == NOT_MET) & flips, NOT_PROVEN, verdict)
        if any(line.entry.origin == "undeclared" for line in shares.masses.lines):
            enough = shares.compare("open", "blend_input", "conditioned", threshold) >= 0
            verdict = np.where((verdict != MEETS) & enough, NOT_PROVEN, verdict)
        return self._evidence(verdict, shares)

    def _with_rework(self, shares: Shares, threshold: Fraction) -> Any:
        """Whether own rework, counted as recycled, would reach the threshold on any basis."""
        from lca_cardato.claims.shares import share_with_rework

        masses = shares.masses
        flips: Any = False
        for basis in BASES:
            whole: Any = 0.0
            part: Any = 0.0
            for index, line in enumerate(masses.lines):
                dry = 1 + float(line.regain) if basis == "dry" else 1.0
                rework = masses.rework[index] / dry if masses.declared[index] else 0.0
                fresh = masses.fresh[index] / dry
                whole = whole + fresh + rework
                part = part + rework + (fresh if line.recycled else 0.0)

            def exactly(parts: list[FibrePart], basis: str = basis) -> Fraction:
                return share_with_rework(parts, basis) - threshold

            flips = flips | (shares.sign(part / whole - float(threshold), exactly) >= 0)
        return flips

    def _bands(self, criterion: Criterion, shares: Shares) -> Any:
        levels, edge = [], False
        for point in POINTS:
            for basis in BASES:
                level: Any = 0
                for bound in criterion.bands:
                    sign = shares.compare("recycled", point, basis, Fraction(bound))
                    edge = edge | (sign == 0)
                    level = level + (sign > 0)
                levels.append(level)
        low = np.minimum.reduce(np.broadcast_arrays(*levels))
        high = np.maximum.reduce(np.broadcast_arrays(*levels))
        inside = self._evidence(np.int8(MEETS), shares)
        verdict = np.where(high == 0, NOT_MET, np.where(low != high, NOT_PROVEN, inside))
        return np.where(edge, NOT_PROVEN, verdict)

    def _virgin_wool(self, shares: Shares) -> Any:
        wool = [line for line in shares.masses.lines if line.fibre.label.en == "wool"]
        if not wool:
            return NOT_APPLICABLE
        if any(line.recycled for line in wool) or any(shares.masses.declared):
            return NOT_MET
        others = len(label_parts(self.parts)) - 1
        if others > 1 and any(shares.masses.carded):
            return NOT_MET
        unknown = any(line.entry.origin != "virgin" for line in wool)
        good = NOT_PROVEN if unknown else MEETS
        if not others:
            return good
        enough = shares.compare("wool", "product", "conditioned", VIRGIN_SHARE) >= 0
        return np.where(enough, good, NOT_MET)

    def _evidence(self, verdict: Any, shares: Shares) -> Any:
        """Without sound documents for every recycled fibre nothing is proven."""
        lines = shares.masses.lines
        gap: Any = any(line.recycled and not line.entry.document for line in lines)
        gap = gap or is_processor(self.model) or self.gaps
        if not gap:
            gap = self._short_documents(shares)
        return np.where((verdict == MEETS) & gap, NOT_PROVEN, verdict)

    def _short_documents(self, shares: Shares) -> Any:
        """Whether the batch takes in more of a fibre than its document covers."""
        scenario = self.model.scenario
        if scenario.product.batch is None:
            return False
        batch = scenario.product.batch.amount
        if not batch:
            return False
        needed: dict[str, Any] = {}
        for index, line in enumerate(shares.masses.lines):
            key = line.entry.document or ""
            if line.recycled and key in scenario.documents:
                needed[key] = needed.get(key, 0.0) + shares.masses.fresh[index]
        short: Any = False
        for key, fresh in needed.items():
            mass = scenario.documents[key].mass
            if mass is None:
                continue
            limit = mass.amount / batch

            def exactly(
                parts: list[FibrePart], key: str = key, limit: Fraction = limit
            ) -> Fraction:
                taken = [p.fresh for p in parts if p.line.recycled and p.line.entry.document == key]
                return sum(taken, Fraction(0)) - limit

            short = short | (shares.sign(fresh - float(limit), exactly) > 0)
        return short


def _readings(shares: Shares, kind: str, threshold: Fraction) -> Any:
    """Meets in every reading, in some, or in none."""
    passed = [
        shares.compare(kind, point, basis, threshold) >= 0 for point in POINTS for basis in BASES
    ]
    every: Any = True
    some: Any = False
    for one in passed:
        every, some = every & one, some | one
    return np.where(every, MEETS, np.where(some, NOT_PROVEN, NOT_MET))


def standing(model: ProductModel, inventory: Inventory, packs: list[RulePack]) -> Standing:
    """Prepare the verdicts of a product system.

    Parameters
    ----------
    model : ProductModel
        Any row of that shape; its shares and losses do not matter.
    inventory : Inventory
    packs : list of RulePack

    Returns
    -------
    Standing
    """
    parts = fibre_parts(model)
    fixed = {}
    for pack in packs:
        for criterion in pack.criteria:
            if criterion.kind in FIXED:
                result = criterion_result(criterion, model, inventory, parts, {})
                fixed[pack.id, criterion.id] = ORDER.index(result.verdict)
    gaps = any(reason != "document_mass" for reason, _ in document_gaps(model, parts))
    return Standing(model, packs, fixed, parts, gaps)
