"""A season's orders on the terminal."""

from __future__ import annotations

from typing import Any

from rich.console import Console

from lca_cardato.report.formats.terminal import show
from lca_cardato.report.parts import Block, Text
from lca_cardato.report.tables import season as tables
from lca_cardato.words.language import Language

LOTS = 6
"""Lots that are named of an order."""
BLANK = Text("")


def render_season(document: dict[str, Any], words: Language, console: Console) -> None:
    """Print which lot goes into which order, and why an order is left."""
    blocks: list[Block] = [Text(tables.head(document, words), "lead")]
    blocks += [Text(text, "warning") for text in tables.limits(document, words)]
    if document["orders"]:
        blocks += [BLANK, tables.orders_table(document, words, LOTS)]
    if document["left"]:
        blocks += [BLANK, tables.left_table(document, words)]
    show([*blocks, BLANK, Text(words("season_note"), "note")], words, console)
