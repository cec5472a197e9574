"""Calculate rows of a space: by arrays where rows share a product system, else one by one."""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass, field
from typing import Any, Callable, Mapping, Optional, Sequence

import numpy as np
from numpy.typing import NDArray

from lca_cardato.batch.bind import Bindings, bind, values_of
from lca_cardato.batch.exact import Exact
from lca_cardato.batch.examined import Examination, examination, of_questions, refused_text
from lca_cardato.brightway.condensed import Background
from lca_cardato.calculation.solve import Evaluation, UnitScores, evaluate, fibre_costs
from lca_cardato.claims.blend import Content, Known
from lca_cardato.claims.evaluate import Standing, standing
from lca_cardato.claims.packs_model import RulePack
from lca_cardato.claims.shares import BASES, POINTS, FibrePart, fibre_parts, parts_of
from lca_cardato.errors import CardatoError
from lca_cardato.inventory.records import Inventory
from lca_cardato.model.examine import Refused
from lca_cardato.model.massflow import total
from lca_cardato.model.resolve import resolve
from lca_cardato.model.structure import ProductModel
from lca_cardato.model.system import System
from lca_cardato.sentence import joined, say
from lca_cardato.space.load import LoadedSpace
from lca_cardato.space.paths import moved_path

Array = NDArray[np.float64]
SHARE_COLUMNS = [
    f"{kind}/{point}/{basis}" for kind in ("recycled", "carded") for point in POINTS
    for basis in BASES
]  # fmt: skip
NO_VERDICT = 4
TRIES = 8
REMEMBERED = 65_536
"""Blends of which it is remembered on which side of a threshold they lie, over all product systems."""


@dataclass
class RowProblem:
    """Why a row has no result."""

    row: int
    text: str


@dataclass
class Rows:
    """Results of consecutive rows.

    Attributes
    ----------
    start : int
        Number of the first row.
    entries : list of ndarray
        Entry of every part of the space, shape (rows,).
    scores : ndarray, shape (indicators, rows)
        Per declared unit; NaN where a row has no result.
    shares : ndarray, shape (readings, rows)
        In the order of `SHARE_COLUMNS`, percent.
    verdicts : ndarray of int8, shape (packs, rows)
        Positions in `lca_cardato.claims.outcome.ORDER`; 4 where a row has no result.
    cost : ndarray, shape (rows,)
        EUR per declared unit; NaN where a fibre has no price.
    questions : ndarray of int32, shape (rows,)
        Values that are questioned and have no reason; -1 where a row has no result.
    problems : list of RowProblem
    """

    start: int
    entries: list[NDArray[np.int64]]
    scores: Array
    shares: Array
    verdicts: NDArray[np.int8]
    cost: Array
    questions: NDArray[np.int32]
    problems: list[RowProblem] = field(default_factory=list)

    def part(self, first: int, last: int) -> Rows:
        """Give some of the rows, to be filled in in their place."""
        return Rows(
            self.start + first, [entry[first:last] for entry in self.entries],
            self.scores[:, first:last], self.shares[:, first:last], self.verdicts[:, first:last],
            self.cost[first:last], self.questions[first:last], self.problems,
        )  # fmt: skip

    def empty(self, places: Any) -> None:
        """Take the results of rows away."""
        self.scores[:, places] = np.nan
        self.shares[:, places] = np.nan
        self.verdicts[:, places] = NO_VERDICT
        self.cost[places] = np.nan
        self.questions[places] = -1


@dataclass
class _Shape:
    """Everything that rows of one product system share; `bindings` is None when they don't."""

    bindings: Optional[Bindings]
    standing: Optional[Standing]
    examination: Optional[Examination] = None
    memory: dict[Any, list[FibrePart]] = field(default_factory=dict)
    known: Known = field(default_factory=Known)


class Evaluator:
    """Calculates rows of a space.

    Parameters
    ----------
    space : LoadedSpace
    inventory : Inventory
    background : Background
    packs : sequence of RulePack
    indicators : sequence of str
    """

    def __init__(
        self,
        space: LoadedSpace,
        inventory: Inventory,
        background: Background,
        packs: Sequence[RulePack],
        indicators: Sequence[str],
    ) -> None:
        self.space, self.inventory = space, inventory
        self.packs, self.indicators = list(packs), list(indicators)
        self.about = [background.about(name) for name in self.indicators]
        self.scored = UnitScores(background, indicators)
        self.spelled = any(axis.two_readings() for axis in space.axes)
        self.structures = math.prod(part.structures for part in space.parts)
        self.remembered = REMEMBERED // self.structures
        self._shapes: dict[int, _Shape] = {}
        self._lock = threading.Lock()

    def __getstate__(self) -> dict[str, Any]:
        state = dict(self.__dict__)
        state["_lock"], state["_shapes"] = None, {}
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._lock = threading.Lock()

    def rows(self, start: int, stop: int, block: int = 0) -> Rows:
        """Calculate the rows from `start` up to, not including, `stop`.

        Parameters
        ----------
        start, stop : int
        block : int
            Rows that are calculated at once, so that their arrays stay near the processor; all when
            left out. It changes no result.
        """
        result = self._empty(np.arange(start, stop, dtype=np.int64))
        count = stop - start
        for first in range(0, count, block or count):
            self._block(result.part(first, min(count, first + (block or count))))
        result.problems.sort(key=lambda problem: problem.row)
        return result

    def one(self, row: int) -> Rows:
        """Calculate one row as a scenario of its own."""
        result = self._empty(np.array([row], dtype=np.int64))
        self._single(result, 0)
        return result

    def _empty(self, numbers: NDArray[np.int64]) -> Rows:
        """Rows without results yet."""
        count = len(numbers)
        return Rows(
            int(numbers[0]), self.space.entries(numbers),
            np.full((len(self.indicators), count), np.nan),
            np.full((len(SHARE_COLUMNS), count), np.nan),
            np.full((len(self.packs), count), NO_VERDICT, dtype=np.int8),
            np.full(count, np.nan),
            np.full(count, -1, dtype=np.int32),
        )  # fmt: skip

    def _block(self, result: Rows) -> None:
        codes = self.space.structures(result.entries)
        if codes[0] == codes[-1] and (codes == codes[0]).all():
            self._group(result, int(codes[0]), None)
            return
        order = np.argsort(codes, kind="stable")
        cuts = np.flatnonzero(np.diff(codes[order])) + 1
        for chosen in np.split(order, cuts):
            self._group(result, int(codes[chosen[0]]), chosen)

    # -- rows that share a product system ---------------------------------------------------

    def _group(self, result: Rows, code: int, chosen: Optional[NDArray[np.intp]]) -> None:
        """Calculate rows of one structure; `chosen` is None for all rows of the result."""
        places = np.arange(len(result.cost)) if chosen is None else chosen
        shape = self._shapes.get(code)
        if shape is None:
            shape = self._shape([int(entry[places[0]]) for entry in result.entries])
            with self._lock:
                if len(self._shapes) > 4096:
                    self._shapes.clear()
                self._shapes[code] = shape
        if shape.bindings is None or shape.standing is None or shape.examination is None:
            for place in places:
                self._single(result, int(place))
            return
        entries = result.entries if chosen is None else [e[chosen] for e in result.entries]
        numbers = self._numbers(entries)
        with np.errstate(all="ignore"):
            values, prices, doubtful = values_of(shape.bindings, numbers)
            asked = shape.examination.find(values, prices)
        found = evaluate(shape.bindings.model, values, self.scored)
        doubtful = doubtful | np.logical_not(found.sound)
        exact = Exact(self.space.parts, shape.bindings, entries, shape.memory, self.remembered)
        fibres = contents(shape.bindings.model, found.system, exact, exact.codes)
        if not np.any(doubtful):  # what is remembered comes from rows that are sound
            fibres.groups, fibres.exact_at, fibres.known = exact.groups, exact.at, shape.known
        shares, verdicts = verdicts_of(fibres, shape.standing, len(places), asked.held)
        at: Any = slice(None) if chosen is None else chosen
        result.scores[:, at] = found.scores
        for index, name in enumerate(SHARE_COLUMNS):
            result.shares[index, at] = np.round(shares[name] * 100, 10)
        for index, pack in enumerate(self.packs):
            result.verdicts[index, at] = verdicts[pack.id]
        cost = fibre_cost(found, prices)
        result.cost[at] = np.nan if cost is None else cost
        result.questions[at] = asked.count
        if self.spelled:  # a questioned number may be meant in thousands
            doubtful = doubtful | (asked.count != len(shape.examination.fixed))
        doubtful = np.broadcast_to(doubtful, (len(places),))
        if asked.sets:
            beyond = np.broadcast_to(asked.beyond, (len(places),))
            gone = np.flatnonzero((beyond != 0) & ~doubtful)
            result.empty(places[gone])
            rows = zip(beyond[gone].tolist(), (result.start + places[gone]).tolist())
            result.problems += [RowProblem(row, asked.sets[code]) for code, row in rows]
        for place in places[doubtful]:
            self._single(result, int(place))

    def _numbers(self, entries: list[NDArray[np.int64]]) -> dict[int, Array]:
        """Typed numbers of every axis that has numbers."""
        found, position = {}, 0
        for part, entry in zip(self.space.parts, entries):
            for axis in part.axes:
                if axis.numbers is not None:
                    found[position] = axis.numbers[entry]
                position += 1
        return found

    def _shape(self, entries: list[int]) -> _Shape:
        """Resolve the product system from one of its rows.

        Which one depends on the space alone, so that chunks and threads change no digit.
        """
        tried: set[int] = set()
        for place in range(TRIES):
            row = 0
            for part, entry in zip(self.space.parts, entries):
                row = row * part.size + part.like(entry, place, TRIES)
            if row in tried:
                continue
            tried.add(row)
            try:
                loaded = self.space.scenario(row)
                model = resolve(loaded, self.inventory, examined=False)
            except CardatoError:
                continue
            _, moved = self.space.scenario_data(row)
            axes = [
                (position, axis, moved_path(axis.path, moved))
                for position, axis in enumerate(self.space.axes)
                if axis.numbers is not None
            ]
            bindings = bind(model, loaded.document.data, axes, self.inventory)
            if bindings is not None:
                if any(v >= 1.0 for k, v in bindings.constants.items() if ".loss" in k):
                    continue  # all is lost as far as floats can tell
                return _Shape(
                    bindings,
                    standing(model, self.inventory, self.packs),
                    examination(bindings, loaded.document, self.inventory),
                )
            break
        return _Shape(None, None)

    # -- one row ------------------------------------------------------------------------------

    def _single(self, result: Rows, place: int) -> None:
        """Calculate one row by itself; its problems are noted."""
        row = result.start + place
        result.empty(place)
        try:
            model = resolve(self.space.scenario(row), self.inventory)
        except CardatoError as error:
            if isinstance(error, Refused) and error.beyond:
                result.problems.append(RowProblem(row, refused_text(error.beyond)))
                return
            told = joined(problem.sentence() for problem in error.problems[:3])
            result.problems.append(RowProblem(row, told))
            return
        bindings = bind(model, {}, [], self.inventory)
        assert bindings is not None
        try:
            found = evaluate(model, bindings.constants, self.scored)
            sound = bool(found.sound)
        except ZeroDivisionError:
            sound = False
        if not sound:
            result.problems.append(
                RowProblem(row, say("E304 route: a rework loop returns as much as it takes"))
            )
            return
        parts = fibre_parts(model)
        fibres = contents(model, found.system, lambda _: parts)
        asked = of_questions(model.questions)
        stands = standing(model, self.inventory, self.packs)
        shares, verdicts = verdicts_of(fibres, stands, 1, asked.held)
        result.scores[:, place] = found.scores[:, 0]
        result.shares[:, place] = np.round([shares[name] * 100 for name in SHARE_COLUMNS], 10)
        result.verdicts[:, place] = [verdicts[pack.id][0] for pack in self.packs]
        result.questions[place] = asked.count
        cost = fibre_cost(found, bindings.prices)
        result.cost[place] = np.nan if cost is None else cost


def fibre_cost(evaluation: Evaluation, prices: Mapping[str, Any]) -> Optional[Any]:
    """Cost of the fibres per declared unit, EUR; None unless every fibre has a price.

    Parameters
    ----------
    evaluation : Evaluation
    prices : mapping
        Blend line -> EUR per kg of fibre ready for blending.
    """
    costs = fibre_costs(evaluation.system, evaluation.supply, prices)
    return total(list(costs.values())) if len(costs) == len(evaluation.system.line_rows) else None


def contents(
    model: ProductModel,
    system: System,
    exact: Callable[[int], list[FibrePart]],
    codes: Optional[Callable[[NDArray[np.intp], str], NDArray[np.int64]]] = None,
) -> Content:
    """Fibres of many blends, from the flows of a solved product system."""
    with np.errstate(all="ignore"):
        parts = parts_of(model, system.yarn_flows, system.fabric_flows)
    return Content(model, parts, exact, codes)


def verdicts_of(
    fibres: Content, standing: Standing, rows: int, held: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, NDArray[np.int8]]]:
    """Shares of recycled and carded fibre in every reading, and verdicts.

    Returns
    -------
    shares : dict
        ``recycled/product/dry`` and the like -> fraction of 1, float or ndarray.
    verdicts : dict
        Pack id -> ndarray of int8, shape (rows,).
    """
    with np.errstate(all="ignore"):
        verdicts = standing.verdicts(fibres, rows, held)
        return {name: fibres.share(*name.split("/")) for name in SHARE_COLUMNS}, verdicts
