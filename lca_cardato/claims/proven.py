"""What the documents of the fibres prove: by what they say, and by their mass."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from lca_cardato.claims.blend import MEETS, NOT_PROVEN, TESTS, Content, is_processor, pick
from lca_cardato.claims.outcome import Message
from lca_cardato.claims.shares import FibrePart, share
from lca_cardato.model.massflow import total
from lca_cardato.words.language import Digits

THINGS = {"recycled": "recycled_origin", "wool": "virgin_origin"}
"""What the document of a fibre is to prove, where a criterion asks for fibres of a kind."""


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
    masses, patterns = _short_masses(content)

    def without(short: set[str]) -> Any:
        good = _lines_with_papers(content, short)
        return content.sign_among(good, point, basis, threshold)

    if not masses:
        return without(set())
    signs: Any = 0
    for bits, here in patterns:
        short = {key for n, key in enumerate(masses) if bits >> n & 1}
        signs = pick(here, without(short), signs)
    return signs


def _lines_with_papers(content: Content, short: set[str]) -> frozenset[str]:
    """Lines of fibre that fit and whose document is none of those that are short."""
    return frozenset(
        part.line.key
        for fits, part in zip(fit(content), content.parts)
        if fits and part.line.entry.document not in short
    )


def _short_masses(content: Content) -> tuple[dict[str, Any], list[tuple[int, Any]]]:
    """Documents of less mass than is taken in, in any row, and where which of them are short.

    Returns
    -------
    masses : dict
        Document -> as `document_masses`.
    patterns : list of (int, bool or ndarray of bool)
        A bit for each document that is short, and where it is these: few, however many rows.
    """
    if content._short is None:
        found = {k: m for k, m in document_masses(content).items() if np.any(m[0])}
        bits: Any = total([0, *(np.where(m[0], 2**n, 0) for n, m in enumerate(found.values()))])
        patterns = [(int(one), bits == one) for one in np.unique(bits)]
        content._short = found, patterns
    return content._short


def proven_share(content: Content, point: str, basis: str) -> Fraction:
    """Share of the fibre that is proven to be recycled, for one blend with exact masses."""
    good = _lines_with_papers(content, set(_short_masses(content)[0]))
    return Fraction(share(content.parts, lambda part: part.line.key in good, point, basis))


def held_to_papers(verdict: Any, content: Content, kind: str) -> Any:
    """Without sound documents for every fibre of a kind nothing is proven."""
    gap: Any = bool(undocumented(content, kind)) or bool(unfit_documents(content, kind))
    for short, _, _ in document_masses(content, kind).values():
        gap = gap | short
    return pick((verdict == MEETS) & gap, NOT_PROVEN, verdict)


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
        ("document_mass", {"document": key, "needed": Digits(f"{float(taken * batch.amount):.6g}"),
                           "has": Digits(f"{float(has):.6g}")})
        for key, (short, taken, has) in document_masses(content, kind).items()
        if short and batch is not None
    ]  # fmt: skip


def _of(parts: list[FibrePart], document: str) -> list[FibrePart]:
    return [part for part in parts if part.line.entry.document == document]
