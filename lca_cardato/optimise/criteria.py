"""Criteria of a claim as limits: rows of the program, decided by the claim's own exact arithmetic."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from operator import and_
from typing import Any, Callable, Sequence

import numpy as np

from lca_cardato.claims.blend import MEETS, READINGS, TESTS, Content
from lca_cardato.claims.content import VIRGIN_SHARE
from lca_cardato.claims.evaluate import OF_CONTENT, criterion_result
from lca_cardato.claims.outcome import ORDER
from lca_cardato.claims.packs_model import Criterion, RulePack
from lca_cardato.claims.proven import THINGS, fit, proven_sign
from lca_cardato.claims.shares import FibrePart
from lca_cardato.errors import CardatoError
from lca_cardato.model.massflow import total
from lca_cardato.model.resolve import resolve
from lca_cardato.optimise.choices import Choice, Choices, Shares, parts, scenario_of
from lca_cardato.optimise.limits import Limit
from lca_cardato.optimise.program import Program

EVERY = "every"
NUMERIC = ("carded_share", "recycled_share")
"""Kinds of criteria whose readings can be asked for one by one."""


def masses(choice: Choice, test: Callable[[FibrePart], bool], point: str, basis: str) -> list[Any]:
    """Mass of the fibres that pass a test, per kg of product, by corner."""
    return [
        total([part.mass(point, basis) for part in corner if test(part)] or [Fraction(0)])
        for corner in choice.corners
    ]


@dataclass(eq=False)
class OfClaim(Limit):
    """A criterion of a claim that has to be met.

    Attributes
    ----------
    pack : RulePack
    criterion : Criterion
    reading : str
        ``every``, or ``POINT/BASIS``.
    choices : Choices
    """

    pack: RulePack
    criterion: Criterion
    reading: str
    choices: Choices
    _known: dict[Any, bool] = field(default_factory=dict)

    @property
    def readings(self) -> list[tuple[str, ...]]:
        """Points and bases that count."""
        if self.reading == EVERY or self.criterion.kind not in NUMERIC:
            return [tuple(reading) for reading in READINGS]
        return [tuple(self.reading.split("/"))]

    @property
    def of_content(self) -> bool:
        """Whether the shares decide it, beside which fibres are in the blend."""
        return self.criterion.kind in OF_CONTENT

    # -- the program ---------------------------------------------------------------------------

    def put(self, program: Program) -> None:
        """Write it into a program; what hangs on the fibres alone is learned as it comes up."""
        writers: dict[str, Callable[[Program], None]] = {
            "carded_share": self._carded, "recycled_share": self._recycled, "bands": self._bands,
            "declared_share": self._declared, "virgin_wool": self._wool,
        }  # fmt: skip
        if self.of_content:
            writers[self.criterion.kind](program)
        for places in self._lessons(program.choice):
            program.forbid_together(places)

    def _lessons(self, choice: Choice) -> list[tuple[int, ...]]:
        found: list[tuple[int, ...]] = choice.memory.setdefault(("lessons", self.key), [])
        return found

    def _carded(self, program: Program) -> None:
        threshold = Fraction(self.criterion.threshold or 0)
        for point, basis in self.readings:
            self._share(program, TESTS["carded"], point, basis, threshold)

    def _share(
        self, program: Program, test: Callable[[FibrePart], bool], point: str, basis: str,
        threshold: Fraction,
    ) -> None:  # fmt: skip
        """Share of the fibres of a test is at least a threshold."""
        choice = program.choice
        some = masses(choice, test, point, basis)
        whole = masses(choice, TESTS["any"], point, basis)
        program.row([y * (a - threshold * b) for y, a, b in zip(choice.yields, some, whole)])

    def _proven(self, program: Program, point: str, basis: str) -> tuple[list[Any], dict[int, Any]]:
        """Mass that documents prove, as coefficients of the shares and of other variables.

        A document of less mass than the batch takes proves nothing, so each has a binary: whether
        it is counted on, and then holds what is taken.
        """
        choice = program.choice
        counted = _counted(program)
        shares: list[Any] = [Fraction(0)] * len(choice.columns)
        others: dict[int, Any] = {}
        content = Content(choice.model, choice.corners[0])
        for place, (fits, part) in enumerate(zip(fit(content), choice.corners[0])):
            if not fits:
                continue
            column = next((i for i, c in enumerate(choice.columns) if c.line is part.line), None)
            variable = counted.get(part.line.key)
            by_corner = [corner[place].mass(point, basis) for corner in choice.corners]
            if variable is None:
                shares = [s + y * a for s, y, a in zip(shares, choice.yields, by_corner)]
            elif column is not None:
                others[variable] = choice.yields[column] * by_corner[column]
            else:
                others[variable] = by_corner[0]
        return shares, others

    def _recycled(self, program: Program) -> None:
        threshold = Fraction(self.criterion.threshold or 0)
        for point, basis in self.readings:
            shares, others = self._proven(program, point, basis)
            whole = masses(program.choice, TESTS["any"], point, basis)
            rest = [threshold * y * b for y, b in zip(program.choice.yields, whole)]
            program.row([a - b for a, b in zip(shares, rest)], others)

    def _bands(self, program: Program) -> None:
        """One band holds in every reading; its edges are left to the exact answer."""
        choice = program.choice
        edges = [Fraction(edge) for edge in self.criterion.bands]
        levels = [program.variable(0, 1) for _ in edges]
        program.steps({}, dict.fromkeys(levels, 1), 1)
        largest = max(choice.yields) * choice.whole * 10
        for point, basis in self.readings:
            shares, others = self._proven(program, point, basis)
            whole = [y * b for y, b in
                     zip(choice.yields, masses(choice, TESTS["any"], point, basis))]  # fmt: skip
            for number, level in enumerate(levels):
                over = [a - edges[number] * b for a, b in zip(shares, whole)]
                program.row(over, {**others, level: -largest}, -largest)
                if number + 1 < len(edges):
                    under = [edges[number + 1] * b - a for a, b in zip(shares, whole)]
                    less = {key: -value for key, value in others.items()}
                    program.row(under, {**less, level: -largest}, -largest)

    def _declared(self, program: Program) -> None:
        """A fibre that is proven is in the blend."""
        shares, others = self._proven(program, "blend_input", "conditioned")
        good = [place for place, a in enumerate(shares) if a]
        for place, column in enumerate(program.choice.columns):
            if _counted(program).get(column.line.key) in others:
                good.append(place)
        program.steps({}, {program.used(place): 1 for place in good}, 1)

    def _wool(self, program: Program) -> None:
        """A quarter of the product is wool: a label of one fibre has all of it."""
        self._share(program, TESTS["wool"], "product", "conditioned", VIRGIN_SHARE)

    # -- the exact answer ----------------------------------------------------------------------

    def holds(self, choice: Choice, shares: Shares) -> bool:
        """Ask the claim itself, with exact masses."""
        if not self.of_content:
            return self._of_fibres(choice, [i for i, x in enumerate(shares) if x])
        content = Content(choice.model, choice.mixture(shares))
        kind = self.criterion.kind
        if self.reading != EVERY and kind in NUMERIC:
            threshold = Fraction(self.criterion.threshold or 0)
            point, basis = self.reading.split("/")
            if kind == "carded_share":
                return bool(content.sign("carded", point, basis, threshold) >= 0)
            return bool(proven_sign(content, point, basis, threshold) >= 0)
        return int(OF_CONTENT[kind][0](self.criterion, content)) == MEETS

    def drawn(self, choice: Choice, parts: Sequence[FibrePart], near: float) -> Any:
        """Whether it is met in every draw of a blend.

        Parameters
        ----------
        choice : Choice
        parts : sequence of FibrePart
            Masses are floats or arrays of shape (draws,).
        near : float
            Relative distance in which a share reaches its threshold.
        """
        threshold = float(self.criterion.threshold or 0) * (1 - near)
        kind = self.criterion.kind
        if kind in ("carded_share", "virgin_wool"):
            wool = kind == "virgin_wool"
            test = TESTS["wool" if wool else "carded"]
            least = float(VIRGIN_SHARE) * (1 - near) if wool else threshold
            readings = [("product", "conditioned")] if wool else self.readings
            found = [
                _share(parts, [1 if test(part) else 0 for part in parts], *r) for r in readings
            ]
            return reduce(and_, [share >= least for share in found])
        counted = proven_parts(choice, parts, near)
        shares = [_share(parts, counted, *reading) for reading in self.readings]
        if kind == "recycled_share":
            return reduce(and_, [share >= threshold for share in shares])
        if kind == "declared_share":
            return shares[0] > 0
        levels = [
            sum((share > float(edge) * (1 + near)) * 1 for edge in self.criterion.bands)
            for share in shares
        ]
        return (reduce(np.minimum, levels) == reduce(np.maximum, levels)) & (levels[0] > 0)

    def learn(self, choice: Choice, shares: Shares, program: Program) -> bool:
        """Cut off every blend with the fibres that already fail together."""
        if self.criterion.kind in ("bands", *NUMERIC):
            return False
        places = [i for i, x in enumerate(shares) if x]
        fails = self._fails_with if self.of_content else self._fails
        if not fails(choice, places, shares):
            return False
        for place in list(places):
            fewer = [i for i in places if i != place]
            if not any(choice.columns[i].varied for i in fewer):
                continue  # what is left to share out has to go somewhere
            if choice.columns[place].varied and fails(choice, fewer, shares):
                places = fewer
        self._lessons(choice).append(tuple(places))
        program.forbid_together(places)
        return True

    def _fails(self, choice: Choice, places: Sequence[int], shares: Shares) -> bool:
        return not self._of_fibres(choice, places)

    def _fails_with(self, choice: Choice, places: Sequence[int], shares: Shares) -> bool:
        """Whether some fibres stand against the name by themselves, whatever their shares."""
        if self.criterion.kind != "virgin_wool":
            return False
        wool = [part for part in choice.corners[0] if TESTS["wool"](part)]
        keys = {choice.columns[place].line.key for place in places}
        kept = [part.line for part in choice.corners[0] if part.line.key in keys]
        papers = Content(choice.model, choice.corners[0]).papers
        bad = any(
            part.line.recycled
            or part.line.entry.origin != "virgin"
            or not part.line.entry.document
            or bool(papers.origin_gaps(part.line.entry, THINGS["wool"]))
            for part in wool
            if part.line.key in keys
        )
        others = len({line.fibre.label.en for line in kept}) > 2
        return bad or (others and choice.yarn.carded)

    def _of_fibres(self, choice: Choice, places: Sequence[int]) -> bool:
        """Whether a criterion that no share changes is met with some fibres in the blend."""
        key = (choice.number, tuple(places))
        if key not in self._known:
            self._known[key] = self._ask(choice, places)
        return self._known[key]

    def _ask(self, choice: Choice, places: Sequence[int]) -> bool:
        model, fibres = choice.model, choice.corners[0]
        if len(places) < len(choice.columns):
            varied = [choice.columns[i] for i in places if choice.columns[i].varied]
            whole = choice.whole - sum((c.low for c in choice.columns if not c.varied), Fraction(0))
            line = self.choices.shape.lines
            every = {one.place: Fraction(0) for one in line}
            every.update({c.place: part for c, part in zip(varied, parts(whole, len(varied)))})
            loaded = scenario_of(self.choices.space, self.choices.shape, choice.number, every)
            try:
                model = resolve(loaded, self.choices.inventory, examined=False)
            except CardatoError:
                return False
        content = Content(model, fibres)
        found = criterion_result(self.criterion, content, self.choices.inventory, {})
        return ORDER.index(found.verdict) <= MEETS


def _share(parts: Sequence[FibrePart], counted: Sequence[Any], point: str, basis: str) -> Any:
    """Share of what is counted of every fibre, from floats or arrays."""
    masses_ = [part.mass(point, basis) for part in parts]
    some = [mass * count for mass, count in zip(masses_, counted)]
    return np.asarray(total(some) / total(masses_))


def proven_parts(choice: Choice, parts: Sequence[FibrePart], near: float) -> list[Any]:
    """Tell of every fibre whether documents prove it, draw by draw: their mass has to suffice."""
    fits = dict(zip((part.line.key for part in choice.corners[0]),
                    fit(Content(choice.model, choice.corners[0]))))  # fmt: skip
    has = document_room(choice)
    enough: dict[str, Any] = {}
    for name, room in has.items():
        taken = total([p.fresh for p in parts if p.line.entry.document == name] or [0.0])
        enough[name] = taken <= float(room) * (1 + near)
    return [
        fits[part.line.key] * (enough.get(part.line.entry.document or "", True) * 1)
        for part in parts
    ]


def document_room(choice: Choice) -> dict[str, Fraction]:
    """Mass of every document of recycled fibre that states one, per kg of product."""
    scenario = choice.model.scenario
    batch = scenario.product.batch.amount if scenario.product.batch else Fraction(0)
    found: dict[str, Fraction] = {}
    for part in choice.corners[0]:
        document = scenario.documents.get(part.line.entry.document or "")
        if batch and document is not None and document.mass is not None and part.line.recycled:
            found[part.line.entry.document or ""] = document.mass.amount / batch
    return found


def _counted(program: Program) -> dict[str, int]:
    """Variables of the fibres whose document has a mass: what of them is counted as proven."""
    choice = program.choice
    if program.counted is not None:
        return program.counted
    found: dict[str, int] = {}
    for name, has in document_room(choice).items():
        places = [
            place for place, part in enumerate(choice.corners[0])
            if part.line.entry.document == name
        ]  # fmt: skip
        taken = [sum((c[p].fresh for p in places), Fraction(0)) for c in choice.corners]
        room = max(y * max(a - has, Fraction(0)) for y, a in zip(choice.yields, taken))
        if not room:
            continue  # it holds whatever is taken
        counts = program.variable(0, 1)
        most = room * choice.whole
        # counted on: what is taken is no more than it has
        program.row([y * (has - a) for y, a in zip(choice.yields, taken)], {counts: -most}, -most)
        for place in places:
            line = choice.corners[0][place].line
            column = next((i for i, c in enumerate(choice.columns) if c.line is line), None)
            if column is None:
                limit = max(choice.yields) * choice.whole
                variable = program.variable(0, float(limit), integral=False)
                program.row(list(choice.yields), {variable: -1})
            else:
                limit = choice.whole
                variable = program.variable(0, float(limit), integral=False)
                unit = [Fraction(int(i == column)) for i in range(len(choice.columns))]
                program.row(unit, {variable: -1})
            program.row([Fraction(0)] * len(choice.columns), {counts: limit, variable: -1})
            found[line.key] = variable
    program.counted = found
    return found


def criteria_of(
    pack: RulePack, reading: str, choices: Choices, told: Callable[[Criterion], Any]
) -> list[OfClaim]:
    """Criteria of a claim as limits."""
    return [
        OfClaim(f"meets.{pack.claim}.{item.id}", told(item), pack, item, reading, choices)
        for item in pack.criteria
    ]
