"""Criteria about the content of a product, each one function for one blend and for many.

A verdict is a position in `lca_cardato.claims.outcome.ORDER`: an int for one blend with exact
masses, an array with a leading scenario axis for many.
"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from operator import and_, or_
from typing import Any

import numpy as np

from lca_cardato.claims.blend import (
    MEETS,
    NOT_APPLICABLE,
    NOT_MET,
    NOT_PROVEN,
    READINGS,
    TESTS,
    ZERO,
    Content,
    pick,
)
from lca_cardato.claims.packs_model import Criterion
from lca_cardato.claims.proven import held_to_papers, proven_sign
from lca_cardato.claims.shares import BASES, FibrePart, share_with_rework
from lca_cardato.model.massflow import total
from lca_cardato.model.structure import ProductModel

ONE = np.int8(1)
VIRGIN_SHARE = Fraction(1, 4)
SOFT = ("blending", "spinning")
"""Stages whose waste was not spun before: fly, strips and roving."""


def carded_share(criterion: Criterion, content: Content) -> Any:
    """Share of carded fibre against the threshold, by both wordings and on both bases."""
    return _readings(content, "carded", Fraction(criterion.threshold or 0))


def _readings(content: Content, kind: str, threshold: Fraction) -> Any:
    """Meets in every reading, in some, or in none."""
    passed = [content.reaches(kind, *reading, threshold) for reading in READINGS]
    every, some = reduce(and_, passed), reduce(or_, passed)
    return pick(every, MEETS, pick(some, NOT_PROVEN, NOT_MET))


def recycled_share(criterion: Criterion, content: Content) -> Any:
    """Share of recycled fibre against the threshold, at both points and on both bases.

    It is met where the fibre that documents prove reaches the threshold in every reading; it is
    not met where all that may be recycled (undocumented, undeclared and, where the wording leaves
    it open, own rework) reaches it in none.
    """
    threshold = Fraction(criterion.threshold or 0)
    proven = reduce(and_, [proven_sign(content, *r, threshold) >= 0 for r in READINGS])
    possible = _possible(criterion, content, threshold)
    return pick(proven, MEETS, pick(possible, NOT_PROVEN, NOT_MET))


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
    proven = pick(proven_sign(content, *point, ZERO) > 0, MEETS, NOT_PROVEN)
    return pick(some, proven, NOT_APPLICABLE)


def bands(criterion: Criterion, content: Content) -> Any:
    """Band of the recycled content that is proven; an edge that the text leaves open proves nothing."""
    levels, edge = [], []
    for reading in READINGS:
        signs = [proven_sign(content, *reading, Fraction(bound)) for bound in criterion.bands]
        edge += [sign == 0 for sign in signs]
        levels.append(total([(sign > 0) * ONE for sign in signs]))
    low, high = reduce(np.minimum, levels), reduce(np.maximum, levels)
    possible = _possible(criterion, content, Fraction(criterion.bands[0]))
    inside = pick(low != high, NOT_PROVEN, MEETS)
    below = pick(possible, NOT_PROVEN, NOT_MET)
    return pick(reduce(or_, edge), NOT_PROVEN, pick(high == 0, below, inside))


def virgin_wool(criterion: Criterion, content: Content) -> Any:
    """Name *virgin wool*, *lana vergine*: only wool never incorporated in a finished product."""
    wool = [part.line for part in content.parts if TESTS["wool"](part)]
    if not wool:
        return NOT_APPLICABLE
    others = len({part.line.fibre.label.en for part in content.parts}) - 1
    if any(line.recycled for line in wool) or (others > 1 and content.any("carded")):
        return NOT_MET
    good: Any = NOT_PROVEN if any(line.entry.origin != "virgin" for line in wool) else MEETS
    good = pick(has_spun_rework(content), NOT_PROVEN, good)
    if others:
        enough = content.reaches("wool", "product", "conditioned", VIRGIN_SHARE)
        return pick(enough, held_to_papers(good, content, "wool"), NOT_MET)
    return held_to_papers(good, content, "wool")


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
        many = any(isinstance(mass, np.ndarray) for mass in of_wool)  # a yarn may stay as it is
        return reduce(np.maximum, of_wool) if many else max(of_wool)

    return content.compared(spun(content.parts), ZERO, spun) > 0
