"""Fibre names by Regulation (EU) No 1007/2011: the composition on the label."""

from __future__ import annotations

from fractions import Fraction

from lca_cardato.claims.blend import is_processor
from lca_cardato.claims.outcome import CriterionResult
from lca_cardato.claims.packs_model import Criterion
from lca_cardato.claims.shares import FibrePart
from lca_cardato.inventory.datum import Names
from lca_cardato.model.structure import ProductModel
from lca_cardato.words.language import Language

SMALL = Fraction(1, 10)


def label_parts(parts: list[FibrePart]) -> list[tuple[Names, Fraction]]:
    """Fibre names of the label with their share of the conditioned mass, the largest first.

    Fibres of one name (virgin and recycled wool) are one entry.
    """
    whole = sum((part.product for part in parts), Fraction(0))
    found: dict[str, tuple[Names, Fraction]] = {}
    for part in parts:
        label = part.line.fibre.label
        before = found.get(label.en, (label, Fraction(0)))[1]
        found[label.en] = (label, before + part.product / whole)
    return sorted(found.values(), key=lambda item: (-item[1], item[0].en))


def rounded(shares: list[Fraction]) -> list[int]:
    """Whole percentages that sum to 100 (largest remainders)."""
    floors = [int(share * 100) for share in shares]
    rest = sorted(range(len(shares)), key=lambda i: (floors[i] - shares[i] * 100, i))
    for index in rest[: 100 - sum(floors)]:
        floors[index] += 1
    return floors


def label_text(parts: list[FibrePart], lang: str, group: bool = False) -> str:
    """Text of the label, such as ``70 % wool, 25 % polyamide, 5 % viscose``.

    Parameters
    ----------
    parts : list of FibrePart
    lang : str
    group : bool
        Put fibres of less than 10 % each together as *other fibres*.
    """
    entries = label_parts(parts)
    named = [(getattr(name, lang), share) for name, share in entries]
    if group:
        small = [share for _, share in named if share < SMALL]
        other = Language(lang)("other_fibres")
        named = [item for item in named if item[1] >= SMALL]
        if small:
            named.append((other, sum(small, Fraction(0))))
    numbers = rounded([share for _, share in named])
    return ", ".join(f"{number} % {name}" for number, (name, _) in zip(numbers, named))


def composition(
    criterion: Criterion, model: ProductModel, parts: list[FibrePart]
) -> CriterionResult:
    """Composition for the label; it is a statement of the mill, checked by analysis."""
    if is_processor(model):
        return CriterionResult(criterion, "not_applicable", {}, [("label_processor", {})])
    result = CriterionResult(criterion, "meets")
    for lang in ("it", "en"):
        result.reasons.append(("label_text", {"lang": lang, "text": label_text(parts, lang)}))
    small = [share for _, share in label_parts(parts) if share < SMALL]
    if len(small) > 1:
        texts = {lang: label_text(parts, lang, group=True) for lang in ("it", "en")}
        result.reasons.append(("label_grouped", texts))
    if len(label_parts(parts)) == 1:
        result.reasons.append(("label_pure", {}))
    result.reasons.append(("label_tolerance", {}))
    return result
