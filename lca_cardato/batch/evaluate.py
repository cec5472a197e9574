"""Calculate rows of a space: by arrays where rows share a product system, else one by one."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Callable, Mapping, Optional, Sequence

import numpy as np
from numpy.typing import NDArray

from lca_cardato.batch.bind import Bindings, bind, values_of
from lca_cardato.batch.examined import Examination, examination, of_questions, refused_text
from lca_cardato.brightway.condensed import Background
from lca_cardato.calculation.solve import Evaluation, UnitScores, evaluate, fibre_costs
from lca_cardato.claims.blend import Content
from lca_cardato.claims.evaluate import Standing, standing
from lca_cardato.claims.packs_model import RulePack
from lca_cardato.claims.shares import BASES, POINTS, FibrePart, fibre_parts, parts_of
from lca_cardato.errors import CardatoError
from lca_cardato.inventory.records import Inventory
from lca_cardato.model.examine import Refused
from lca_cardato.model.massflow import total
from lca_cardato.model.resolve import resolve
from lca_cardato.model.structure import ProductModel
from lca_cardato.model.system import System, rework_key, share_key
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
        In the order of `SHARE_COLUMNS`, fractions of 1.
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
        self._shapes: dict[int, _Shape] = {}
        self._lock = threading.Lock()

    def __getstate__(self) -> dict[str, Any]:
        state = dict(self.__dict__)
        state["_lock"], state["_shapes"] = None, {}
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._lock = threading.Lock()

    def rows(self, start: int, stop: int) -> Rows:
        """Calculate the rows from `start` up to, not including, `stop`."""
        count = stop - start
        numbers = np.arange(start, stop, dtype=np.int64)
        entries = self.space.entries(numbers)
        result = Rows(
            start, entries,
            np.full((len(self.indicators), count), np.nan),
            np.full((len(SHARE_COLUMNS), count), np.nan),
            np.full((len(self.packs), count), NO_VERDICT, dtype=np.int8),
            np.full(count, np.nan),
            np.full(count, -1, dtype=np.int32),
        )  # fmt: skip
        codes = self.space.structures(entries)
        if codes[0] == codes[-1] and (codes == codes[0]).all():
            self._group(result, int(codes[0]), None)
        else:
            order = np.argsort(codes, kind="stable")
            cuts = np.flatnonzero(np.diff(codes[order])) + 1
            for chosen in np.split(order, cuts):
                self._group(result, int(codes[chosen[0]]), chosen)
        result.problems.sort(key=lambda problem: problem.row)
        return result

    def one(self, row: int) -> Rows:
        """Calculate one row as a scenario of its own."""
        numbers = np.array([row], dtype=np.int64)
        result = Rows(
            row, self.space.entries(numbers), np.full((len(self.indicators), 1), np.nan),
            np.full((len(SHARE_COLUMNS), 1), np.nan),
            np.full((len(self.packs), 1), NO_VERDICT, dtype=np.int8), np.full(1, np.nan),
            np.full(1, -1, dtype=np.int32),
        )  # fmt: skip
        self._single(result, 0)
        return result

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
        exact = _Exact(self, shape, entries)
        fibres = contents(shape.bindings.model, found.system, exact, exact.codes)
        shares, verdicts = verdicts_of(fibres, shape.standing, len(places), asked.held)
        at: Any = slice(None) if chosen is None else chosen
        result.scores[:, at] = found.scores
        for index, name in enumerate(SHARE_COLUMNS):
            result.shares[index, at] = shares[name]
        for index, pack in enumerate(self.packs):
            result.verdicts[index, at] = verdicts[pack.id]
        cost = fibre_cost(found, prices)
        result.cost[at] = np.nan if cost is None else cost
        result.questions[at] = asked.count
        doubtful = doubtful | np.logical_not(found.sound)
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
        result.shares[:, place] = [shares[name] for name in SHARE_COLUMNS]
        result.verdicts[:, place] = [verdicts[pack.id][0] for pack in self.packs]
        result.questions[place] = asked.count
        cost = fibre_cost(found, bindings.prices)
        result.cost[place] = np.nan if cost is None else cost


class _Exact:
    """Exact masses of a row of a group, remembered by what decides them."""

    def __init__(
        self, evaluator: Evaluator, shape: _Shape, entries: list[NDArray[np.int64]]
    ) -> None:
        assert shape.bindings is not None
        self.shape, self.entries = shape, entries
        self.model: ProductModel = shape.bindings.model
        places = []
        for number, part in enumerate(evaluator.space.parts):
            places += [(number, axis) for axis in part.axes]
        self.items = [
            (item, *places[item.axis])
            for item in shape.bindings.items
            if item.kind == "share" or item.key.endswith(".reclaimed") or ".loss" in item.key
        ]
        parts = evaluator.space.parts
        everything = {number: parts[number].size for _, number, _ in self.items}
        shares = {n: parts[n].size for item, n, _ in self.items if item.kind == "share"}
        one = len(self.model.yarns) == 1
        self.sizes = {
            "mass": everything,
            "blend_input": shares if one else everything,
            "product": shares if one and _same_losses(self.model) else everything,
        }

    def codes(self, rows: NDArray[np.intp], point: str) -> NDArray[np.int64]:
        """Number the entries that the shares at a point depend on."""
        code = np.zeros(len(rows), dtype=np.int64)
        for number, size in self.sizes[point].items():
            code = code * size + self.entries[number][rows]
        return code

    def __call__(self, row: int) -> list[FibrePart]:
        """Exact masses of a row."""
        code = int(self.codes(np.array([row]), "mass")[0])
        found = self.shape.memory.get(code)
        if found is None:
            if len(self.shape.memory) > 20_000:
                self.shape.memory.clear()
            typed = {
                item.key: axis.exact(int(self.entries[number][row])) * item.factor
                for item, number, axis in self.items
            }
            found = fibre_parts(self.model, self._changed(typed))
            self.shape.memory[code] = found
        return found

    def _changed(self, typed: dict[str, Fraction]) -> dict[str, Fraction]:
        changed = {k: v for k, v in typed.items() if ".loss" in k or k.endswith(".reclaimed")}
        for yarn in self.model.yarns:
            rework = typed.get(rework_key(yarn), yarn.rework)
            if rework_key(yarn) not in typed and not any(x.key in typed for x in yarn.lines):
                continue
            fresh = 1 - (yarn.rework or Fraction(0))
            shares = [
                typed.get(line.key, fresh * share) for line, share in zip(yarn.lines, yarn.shares)
            ]
            whole = sum(shares, Fraction(0))
            for line, share in zip(yarn.lines, shares):
                changed[share_key(line)] = share / whole
            if rework is not None:
                changed[rework_key(yarn)] = rework
        return changed


def _same_losses(model: ProductModel) -> bool:
    """Whether all fibres of the yarn lose the same in every step; their shares then stay."""
    for use in model.yarns[0].steps:
        keys = {use.loss.get(line.index, use.loss.get(-1)) for line in model.yarns[0].lines}
        if len(keys) > 1:
            return False
    return True


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
