"""The document for signature: what is read before signing, and what is looked up in the annex."""

from __future__ import annotations

from dataclasses import replace

from lca_cardato.charts.picture import Picture
from lca_cardato.report.parts import Block, Cell, Choice, Claim, Report, Section, Table
from lca_cardato.report.tables.cells import heads
from lca_cardato.words.language import Language

ORDER = ("notices", "summary", "parties", "goal", "claims", "stages", "quality", "uncertainty",
         "method", "reproduce")  # fmt: skip
"""Sections of the body; the others are in the annex whole."""
ANNEX = ("questions", "verifier", "other_indicators", "coverage", "methods", "assumptions")
"""Tables of the annex beside those that are folded away on a page."""
PICTURES = ("tornado",)
PAPERS = ("doc_id", "doc_kind", "doc_issuer", "doc_date", "doc_lot")
"""Columns of the list of documents in the body; the annex has all, with the digests."""


def body_and_annex(report: Report) -> tuple[list[Section], list[Section]]:
    """Part the sections of a report; one that is not of one product has no annex.

    Parameters
    ----------
    report : Report

    Returns
    -------
    tuple of (list of Section, list of Section)
        Body and annex.
    """
    formal = [section for section in report.sections if section.formal]
    if report.kind != "assessment":
        return formal, []
    words = Language(report.lang)
    found = {section.key: section for section in formal}
    body = [_part(found[key], words, False) for key in ORDER if key in found]
    annex = [_part(section, words, True) for section in formal]
    return ([s for s in body if s.blocks], [s for s in annex if s.blocks])


def _part(section: Section, words: Language, annex: bool) -> Section:
    whole = section.key not in ORDER
    blocks = [block for block in section.blocks if (whole or _in_annex(block)) is annex]
    if not annex:
        blocks += _neighbours(section, words)
        papers = [b for b in section.blocks if isinstance(b, Table) and b.key == "documents"]
        blocks += [_papers(table, words) for table in papers]
    return replace(section, blocks=blocks)


def _in_annex(block: Block) -> bool:
    if isinstance(block, Table):
        return block.folded or block.key in (*ANNEX, "documents")
    if isinstance(block, Claim):
        return block.folded
    return isinstance(block, Choice) or (isinstance(block, Picture) and block.key in PICTURES)


def _neighbours(section: Section, words: Language) -> list[Block]:
    """List the claims of the annex, a line each."""
    claims = [block for block in section.blocks if isinstance(block, Claim) and block.folded]
    rows = [
        [Cell(c.name), Cell(words(c.verdict), None, c.verdict), Cell(c.rule_pack)] for c in claims
    ]
    columns = heads(words, "signed_claim", "signed_verdict", "frame_rule_pack")
    title = words("frame_sheet_others")
    return [Table("neighbours", title, columns, rows, note=words("in_annex"))] if rows else []


def _papers(table: Table, words: Language) -> Table:
    """Give the list of documents without files, masses and digests."""
    kept = [words(key) for key in PAPERS]
    at = [i for i, column in enumerate(table.columns) if column.title in kept]
    columns = [table.columns[i] for i in at]
    rows = [[row[i] for i in at] for row in table.rows]
    return replace(table, key="papers", columns=columns, rows=rows, note=words("in_annex"))
