"""What to measure next, on the terminal."""

from __future__ import annotations

from typing import Any

from rich.console import Console

from lca_cardato.report.formats.terminal import show
from lca_cardato.report.parts import Block, Text
from lca_cardato.report.tables import measure as tables
from lca_cardato.report.tables.notices import notice_blocks
from lca_cardato.words.language import Language

ROWS = 15
"""Measures that are told of those that narrow something or prove something."""
BLANK = Text("")


def render_measure_next(document: dict[str, Any], words: Language, console: Console) -> None:
    """Print what to measure or document next."""
    blocks: list[Block] = notice_blocks(document["notices"], words)
    blocks += [BLANK] if blocks else []
    blocks += [tables.scenarios_table(document, words), BLANK, *_order(document, words), BLANK]
    if claims := tables.claims_table(document, words):
        blocks += [claims, Text(words("measure_claims_note"), "note"), BLANK]
    blocks += filter(None, (tables.costs_line(document, words), tables.left_out(document, words)))
    show(blocks, words, console)


def _order(document: dict[str, Any], words: Language) -> list[Block]:
    """What to buy first, and what would prove a claim besides."""
    table = tables.measures_table(document, words, ROWS)
    if table is None:
        return [Text(words("measure_none"))]
    left = len(tables.told(document)) - len(table.rows)
    more: list[Block] = [Text(words("and_more", count=left))] if left > 0 else []
    return [table, *more, *tables.notes(document, words)]
