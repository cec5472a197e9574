"""Criteria about the content of a product, each one function for one blend and for many.

A verdict is a position in `lca_cardato.claims.outcome.ORDER`: an int for one blend with exact
masses, an array with a leading scenario axis for many. Thresholds are always decided on exact
fractions of the text that was typed: floats decide only where the distance is beyond doubt.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from operator import and_, or_
from typing import Any, Callable, Optional

import numpy as np
from numpy.typing import NDArray

from lca_cardato.claims.documents import Papers, papers_of
from lca_cardato.claims.outcome import Message
from lca_cardato.claims.packs_model import Criterion
from lca_cardato.claims.shares import BASES, POINTS, FibrePart, share, share_with_rework
from lca_cardato.model.massflow import total
from lca_cardato.model.structure import ProductModel

NOT_APPLICABLE, MEETS, NOT_PROVEN, NOT_MET = range(4)
CLOSE = 1e-9
VIRGIN_SHARE = Fraction(1, 4)
SOFT = ("blending", "spinning")
"""Stages whose waste was not spun before: fly, strips and roving."""
READINGS = [(point, basis) for point in POINTS for basis in BASES]
TESTS: dict[str, Callable[[FibrePart], bool]] = {
    "recycled": lambda part: part.line.recycled,
    "carded": lambda part: part.carded,
    "wool": lambda part: part.line.fibre.label.en == "wool",
    "any": lambda part: True,
    "open": lambda part: part.line.recycled or part.line.entry.origin == "undeclared",
}
THINGS = {"recycled": "recycled_origin", "wool": "virgin_origin"}
"""What the document of a fibre is to prove, where a criterion asks for fibres of a kind."""
ZERO = Fraction(0)


@dataclass
class Content:
    """Fibres of a product, of one blend or of many, and exact comparisons of their shares.

    Attributes
    ----------
    model : ProductModel
    parts : list of FibrePart
        With fractions for one blend; with floats or arrays of shape (rows,) for many.
    exact : callable, optional
        Row -> parts with fractions; left out where `parts` are exact themselves.
    codes : callable, optional
        (rows, point of the route) -> equal numbers for rows whose exact shares there are equal;
        the point is ``product``, ``blend_input``, or ``mass`` where the masses themselves count.
    unfit : dict
        Kind of fibre -> what its documents leave open, once it was asked for.
    """

    model: ProductModel
    parts: list[FibrePart]
    exact: Optional[Callable[[int], list[FibrePart]]] = None
    codes: Optional[Callable[[NDArray[np.intp], str], NDArray[np.int64]]] = None
    unfit: dict[str, list[Message]] = field(default_factory=dict)
    _shares: dict[tuple[str, str, str], Any] = field(default_factory=dict)
    _signs: dict[tuple[Any, str, str, Fraction], Any] = field(default_factory=dict)
    _fit: Optional[list[bool]] = None
    _masses: dict[str, dict[str, tuple[Any, Any, Fraction]]] = field(default_factory=dict)

    @property
    def papers(self) -> Papers:
        """The documents of the product."""
        return papers_of(self.model)

    def any(self, kind: str) -> bool:
        """Whether a fibre is of a kind of `TESTS`."""
        return any(map(TESTS[kind], self.parts))

    def share(self, kind: str, point: str, basis: str) -> Any:
        """Share of the fibres of a kind of `TESTS`: a fraction, a float or an array."""
        key = (kind, point, basis)
        if key not in self._shares:
            self._shares[key] = share(self.parts, TESTS[kind], point, basis)
        return self._shares[key]

    def reaches(self, kind: str, point: str, basis: str, threshold: Fraction) -> Any:
        """Whether a share is at or above a threshold."""
        return self.sign(kind, point, basis, threshold) >= 0

    def sign(self, kind: str, point: str, basis: str, threshold: Fraction) -> Any:
        """Sign of a share minus a threshold: -1, 0 or 1."""
        key = (kind, point, basis, threshold)
        if key not in self._signs:
            found = self.share(kind, point, basis)
            self._signs[key] = self.compared(
                found, threshold, lambda parts: share(parts, TESTS[kind], point, basis), point
            )
        return self._signs[key]

    def compared(
        self,
        found: Any,
        threshold: Fraction,
        measure: Callable[[list[FibrePart]], Any],
        point: str = "mass",
    ) -> Any:
        """Sign of a measure of the parts minus a threshold.

        Parameters
        ----------
        found : Fraction, float or ndarray, shape (rows,)
            The measure of `parts`; where it is within 1e-9 of the threshold exact masses decide.
        threshold : Fraction
        measure : callable
            Parts with fractions -> Fraction.
        point : str
            What the measure depends on; see `codes`.
        """
        if self.exact is None:
            return _sign(found - threshold)
        limit = float(threshold)
        if np.ndim(found) and found.min() - limit > CLOSE:
            return 1  # every row, told once
        if np.ndim(found) and limit - found.max() > CLOSE:
            return -1
        exact, gap = self.exact, found - limit
        close = np.abs(gap) <= CLOSE
        if np.ndim(close) == 0:
            return _sign(measure(exact(0)) - threshold) if close else _sign(gap)
        signs, rows = np.sign(gap), np.flatnonzero(close)
        if len(rows):
            assert self.codes is not None
            codes = self.codes(rows, point)
            _, first, inverse = np.unique(codes, return_index=True, return_inverse=True)
            decided = [_sign(measure(exact(int(rows[at]))) - threshold) for at in first]
            signs[rows] = np.array(decided)[inverse.reshape(-1)]
        return signs


def _sign(value: Any) -> int:
    return int(value > 0) - int(value < 0)


def is_processor(model: ProductModel) -> bool:
    """Whether the company works material of others."""
    return model.scenario.company.role == "contract_processor"


def carded_share(criterion: Criterion, content: Content) -> Any:
    """Share of carded fibre against the threshold, by both wordings and on both bases."""
    return _readings(content, "carded", Fraction(criterion.threshold or 0))


def _readings(content: Content, kind: str, threshold: Fraction) -> Any:
    """Meets in every reading, in some, or in none."""
    passed = [content.reaches(kind, *reading, threshold) for reading in READINGS]
    every, some = reduce(and_, passed), reduce(or_, passed)
    return np.where(every, MEETS, np.where(some, NOT_PROVEN, NOT_MET))


def recycled_share(criterion: Criterion, content: Content) -> Any:
    """Share of recycled fibre against the threshold, at both points and on both bases.

    It is met where the fibre that documents prove reaches the threshold in every reading; it is
    not met where all that may be recycled (undocumented, undeclared and, where the wording leaves
    it open, own rework) reaches it in none.
    """
    threshold = Fraction(criterion.threshold or 0)
    proven = reduce(and_, [proven_sign(content, *r, threshold) >= 0 for r in READINGS])
    possible = _possible(criterion, content, threshold)
    return np.where(proven, MEETS, np.where(possible, NOT_PROVEN, NOT_MET))


def _possible(criterion: Criterion, content: Content, threshold: Fraction) -> Any:
    """Whether all that may be recycled reaches the threshold in a reading."""
    kind = open_kind(content)
    found = reduce(or_, [content.reaches(kind, *reading, threshold) for reading in READINGS])
    if criterion.rework == "open" and may_have_rework(content.model):
        test = TESTS[kind]
        for basis in BASES:

            def measure(parts: list[FibrePart], basis: str = basis) -> Any:
                return share_with_rework(parts, basis, test)

            found = found | (content.compared(measure(content.parts), threshold, measure) >= 0)
    return found


def open_kind(content: Content) -> str:
    """Kind of all fibres that may be recycled."""
    undeclared = any(part.line.entry.origin == "undeclared" for part in content.parts)
    return "open" if undeclared else "recycled"


def declared_share(criterion: Criterion, content: Content) -> Any:
    """Recycled content as a figure to declare: no threshold, but evidence."""
    if not content.any("recycled"):
        return NOT_APPLICABLE
    point = ("blend_input", "conditioned")
    some = content.sign("recycled", *point, ZERO) > 0
    proven = np.where(proven_sign(content, *point, ZERO) > 0, MEETS, NOT_PROVEN)
    return np.where(some, proven, NOT_APPLICABLE)


def bands(criterion: Criterion, content: Content) -> Any:
    """Band of the recycled content that is proven; an edge that the text leaves open proves nothing."""
    levels, edge = [], []
    for reading in READINGS:
        signs = [proven_sign(content, *reading, Fraction(bound)) for bound in criterion.bands]
        edge += [sign == 0 for sign in signs]
        levels.append(total([(sign > 0) * 1 for sign in signs]))
    low, high = reduce(np.minimum, levels), reduce(np.maximum, levels)
    possible = _possible(criterion, content, Fraction(criterion.bands[0]))
    inside = np.where(low != high, NOT_PROVEN, MEETS)
    below = np.where(possible, NOT_PROVEN, NOT_MET)
    return np.where(reduce(or_, edge), NOT_PROVEN, np.where(high == 0, below, inside))


def virgin_wool(criterion: Criterion, content: Content) -> Any:
    """Name *virgin wool*, *lana vergine*: only wool never incorporated in a finished product."""
    wool = [part.line for part in content.parts if TESTS["wool"](part)]
    if not wool:
        return NOT_APPLICABLE
    others = len({part.line.fibre.label.en for part in content.parts}) - 1
    if any(line.recycled for line in wool) or (others > 1 and content.any("carded")):
        return NOT_MET
    good: Any = NOT_PROVEN if any(line.entry.origin != "virgin" for line in wool) else MEETS
    good = np.where(has_spun_rework(content), NOT_PROVEN, good)
    if others:
        enough = content.reaches("wool", "product", "conditioned", VIRGIN_SHARE)
        return np.where(enough, _proven(good, content, "wool"), NOT_MET)
    return _proven(good, content, "wool")


def may_have_rework(model: ProductModel) -> bool:
    """Whether losses go back into a mixture, stated by step or as a line of the blend."""
    return any(
        yarn.rework is not None or any(use.reclaimed for use in yarn.steps) for yarn in model.yarns
    )


def has_rework(content: Content) -> Any:
    """Whether own rework runs in the mixture."""
    if not may_have_rework(content.model):
        return False

    def rework(parts: list[FibrePart]) -> Any:
        return total([part.rework for part in parts])

    return content.compared(rework(content.parts), ZERO, rework) > 0


def has_spun_rework(content: Content) -> Any:
    """Whether the rework has to hold wool that was spun before."""
    late = any(
        use.reclaimed and use.step.stage not in SOFT for y in content.model.yarns for use in y.steps
    )
    if not late and all(yarn.rework is None for yarn in content.model.yarns):
        return False

    def spun(parts: list[FibrePart]) -> Any:
        of_wool = [part.spun for part in parts if TESTS["wool"](part)]
        return reduce(np.maximum, of_wool) if isinstance(of_wool[0], np.ndarray) else max(of_wool)

    return content.compared(spun(content.parts), ZERO, spun) > 0


# -- what documents prove --------------------------------------------------------------------------


def fit(content: Content) -> list[bool]:
    """Whether each fibre is recycled and has a document that fits; masses are held apart."""
    if content._fit is None:
        content._fit = [
            part.line.recycled
            and bool(part.line.entry.document)
            and not is_processor(content.model)
            and not content.papers.origin_gaps(part.line.entry, THINGS["recycled"])
            for part in content.parts
        ]
    return content._fit


def proven_sign(content: Content, point: str, basis: str, threshold: Fraction) -> Any:
    """Sign of the share of fibre that is proven to be recycled, minus a threshold."""
    fits, masses = fit(content), _short_masses(content)
    if not masses and fits == [part.line.recycled for part in content.parts]:
        return content.sign("recycled", point, basis, threshold)

    def without(short: set[str]) -> Any:
        good = _lines_with_papers(content, short)
        if len(good) in (0, len(content.parts)):
            return _sign(bool(good) - threshold)

        def measure(parts: list[FibrePart]) -> Any:
            return share(parts, lambda part: part.line.key in good, point, basis)

        return content.compared(measure(content.parts), threshold, measure, point)

    # which documents are short, a bit each: few patterns, however many rows
    pattern: Any = total([0, *(np.where(m[0], 2**n, 0) for n, m in enumerate(masses.values()))])
    signs = np.zeros(np.shape(pattern), dtype=np.int64)
    for bits in np.unique(pattern):
        short = {key for n, key in enumerate(masses) if int(bits) >> n & 1}
        signs = np.where(pattern == bits, without(short), signs)
    return signs if signs.ndim else int(signs)


def _lines_with_papers(content: Content, short: set[str]) -> set[str]:
    """Lines of fibre that fit and whose document is none of those that are short."""
    return {
        part.line.key
        for fits, part in zip(fit(content), content.parts)
        if fits and part.line.entry.document not in short
    }


def _short_masses(content: Content) -> dict[str, tuple[Any, Any, Fraction]]:
    """Documents of less mass than is taken in, in any row."""
    found = document_masses(content).items()
    return {key: masses for key, masses in found if np.any(masses[0])}


def proven_share(content: Content, point: str, basis: str) -> Fraction:
    """Share of the fibre that is proven to be recycled, for one blend with exact masses."""
    good = _lines_with_papers(content, set(_short_masses(content)))
    return Fraction(share(content.parts, lambda part: part.line.key in good, point, basis))


# -- evidence --------------------------------------------------------------------------------------


def _proven(verdict: Any, content: Content, kind: str) -> Any:
    """Without sound documents for every fibre of a kind nothing is proven."""
    gap: Any = bool(undocumented(content, kind)) or bool(unfit_documents(content, kind))
    for short, _, _ in document_masses(content, kind).values():
        gap = gap | short
    return np.where((verdict == MEETS) & gap, NOT_PROVEN, verdict)


def undocumented(content: Content, kind: str = "recycled") -> list[FibrePart]:
    """Fibres of a kind of `TESTS` without a document."""
    return [p for p in content.parts if TESTS[kind](p) and not p.line.entry.document]


def unfit_documents(content: Content, kind: str = "recycled") -> list[Message]:
    """What the documents of the fibres of a kind leave open; their masses are told apart."""
    if kind not in content.unfit:
        thing, found = THINGS[kind], []
        for part in content.parts:
            if TESTS[kind](part) and part.line.entry.document:
                found += [
                    gap for gap in content.papers.origin_gaps(part.line.entry, thing)
                    if gap not in found
                ]  # fmt: skip
        content.unfit[kind] = found
    return content.unfit[kind]


def document_masses(
    content: Content, kind: str = "recycled"
) -> dict[str, tuple[Any, Any, Fraction]]:
    """Hold what the batch takes in of the fibres of a kind against the mass of their documents.

    All lines that name a document are counted together, once for each kind.

    Returns
    -------
    dict
        Document -> whether it is short (bool or ndarray of bool), kg taken in per kg of product,
        kg documented.
    """
    if kind in content._masses:
        return content._masses[kind]
    scenario = content.model.scenario
    batch = scenario.product.batch.amount if scenario.product.batch else 0
    found = content._masses[kind] = {}
    for key in dict.fromkeys(p.line.entry.document or "" for p in content.parts):
        document, test = scenario.documents.get(key), TESTS[kind]
        if not batch or document is None or document.mass is None:
            continue
        if not any(test(part) for part in _of(content.parts, key)):
            continue

        def fresh(parts: list[FibrePart], key: str = key) -> Any:
            return total([part.fresh for part in _of(parts, key)])

        taken, has = fresh(content.parts), document.mass.amount
        found[key] = (content.compared(taken, has / batch, fresh) > 0, taken, has)
    return found


def short_documents(content: Content, kind: str = "recycled") -> list[Message]:
    """Tell which documents are of less mass than the batch of one blend takes in."""
    batch = content.model.scenario.product.batch
    return [
        ("document_mass", {"document": key, "needed": f"{float(taken * batch.amount):.6g}",
                           "has": f"{float(has):.6g}"})
        for key, (short, taken, has) in document_masses(content, kind).items()
        if short and batch is not None
    ]  # fmt: skip


def _of(parts: list[FibrePart], document: str) -> list[FibrePart]:
    return [part for part in parts if part.line.entry.document == document]
