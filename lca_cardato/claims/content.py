"""Criteria about the content of a product, each one function for one blend and for many.

A verdict is a position in `lca_cardato.claims.outcome.ORDER`: an int for one blend with exact
masses, an array with a leading scenario axis for many. Thresholds are always decided on exact
fractions of the text that was typed: floats decide only where the distance is beyond doubt.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, reduce
from operator import and_, or_
from typing import Any, Callable, Optional

import numpy as np
from numpy.typing import NDArray

from lca_cardato.claims.documents import Papers
from lca_cardato.claims.outcome import Message
from lca_cardato.claims.packs_model import Criterion
from lca_cardato.claims.shares import BASES, POINTS, FibrePart, share, share_with_rework
from lca_cardato.model.massflow import total
from lca_cardato.model.structure import ProductModel

NOT_APPLICABLE, MEETS, NOT_PROVEN, NOT_MET = range(4)
CLOSE = 1e-9
VIRGIN_SHARE = Fraction(1, 4)
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

    @cached_property
    def papers(self) -> Papers:
        """The documents of the product."""
        return Papers(self.model)

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
        found = self.share(kind, point, basis)
        return self.compared(
            found, threshold, lambda parts: share(parts, TESTS[kind], point, basis), point
        )

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
        exact, gap = self.exact, found - float(threshold)
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
    """Share of recycled fibre against the threshold, at both points and on both bases."""
    threshold = Fraction(criterion.threshold or 0)
    verdict = _readings(content, "recycled", threshold)
    if criterion.rework == "open" and any(y.rework is not None for y in content.model.yarns):
        flips = reduce(or_, [_with_rework(content, basis, threshold) for basis in BASES])
        verdict = np.where((verdict == NOT_MET) & flips, NOT_PROVEN, verdict)
    if any(part.line.entry.origin == "undeclared" for part in content.parts):
        enough = content.reaches("open", "blend_input", "conditioned", threshold)
        verdict = np.where((verdict != MEETS) & enough, NOT_PROVEN, verdict)
    return _proven(verdict, content)


def _with_rework(content: Content, basis: str, threshold: Fraction) -> Any:
    """Whether own rework, counted as recycled, would reach the threshold."""
    found = share_with_rework(content.parts, basis)
    return content.compared(found, threshold, lambda p: share_with_rework(p, basis)) >= 0


def declared_share(criterion: Criterion, content: Content) -> Any:
    """Recycled content as a figure to declare: no threshold, but evidence."""
    if not content.any("recycled"):
        return NOT_APPLICABLE
    some = content.sign("recycled", "blend_input", "conditioned", Fraction(0)) > 0
    return np.where(some, _proven(MEETS, content), NOT_APPLICABLE)


def bands(criterion: Criterion, content: Content) -> Any:
    """Band of recycled content; an edge that the text leaves open proves nothing."""
    levels, edge = [], []
    for reading in READINGS:
        signs = [content.sign("recycled", *reading, Fraction(bound)) for bound in criterion.bands]
        edge += [sign == 0 for sign in signs]
        levels.append(total([(sign > 0) * 1 for sign in signs]))
    low, high = reduce(np.minimum, levels), reduce(np.maximum, levels)
    inside = np.where(low != high, NOT_PROVEN, _proven(MEETS, content))
    return np.where(reduce(or_, edge), NOT_PROVEN, np.where(high == 0, NOT_MET, inside))


def virgin_wool(criterion: Criterion, content: Content) -> Any:
    """Name *virgin wool*, *lana vergine*: only wool never incorporated in a finished product."""
    wool = [part.line for part in content.parts if TESTS["wool"](part)]
    if not wool:
        return NOT_APPLICABLE
    others = len({part.line.fibre.label.en for part in content.parts}) - 1
    if any(line.recycled for line in wool) or (others > 1 and content.any("carded")):
        return NOT_MET
    good = NOT_PROVEN if any(line.entry.origin != "virgin" for line in wool) else MEETS
    bad = has_rework(content)
    if others:
        enough = content.reaches("wool", "product", "conditioned", VIRGIN_SHARE)
        bad = bad | np.logical_not(enough)
    return np.where(bad, NOT_MET, _proven(good, content, "wool"))


def has_rework(content: Content) -> Any:
    """Whether own rework runs in the blend as a line of its own."""
    if all(yarn.rework is None for yarn in content.model.yarns):
        return False

    def rework(parts: list[FibrePart]) -> Any:
        return total([part.declared_rework for part in parts])

    return content.compared(rework(content.parts), Fraction(0), rework) > 0


# -- evidence --------------------------------------------------------------------------------------


def _proven(verdict: Any, content: Content, kind: str = "recycled") -> Any:
    """Without sound documents for every fibre of a kind nothing is proven."""
    gap: Any = bool(undocumented(content, kind)) or bool(unfit_documents(content, kind))
    gap = gap or (kind == "recycled" and is_processor(content.model))
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

    All lines that name a document are counted together.

    Returns
    -------
    dict
        Document -> whether it is short (bool or ndarray of bool), kg taken in per kg of product,
        kg documented.
    """
    scenario = content.model.scenario
    batch = scenario.product.batch.amount if scenario.product.batch else 0
    found = {}
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
