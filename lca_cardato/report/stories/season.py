"""Report of a season's orders and the lots that go into them."""

from __future__ import annotations

from typing import Any

from lca_cardato.report.parts import Block, Report, Section, Text
from lca_cardato.report.stories.many import frame
from lca_cardato.report.tables import season as tables
from lca_cardato.words.language import Language


def season_report(document: dict[str, Any], lang: str) -> Report:
    """Make the report of a season.

    Parameters
    ----------
    document : dict
        As `lca_cardato.season.study.Season.to_dict` gives it in the language.
    lang : str

    Returns
    -------
    Report
        How many orders are filled and how sure it is, orders with their lots, those that are left
        and why, kilograms row by row, and what is left of the stock.
    """
    words = Language(lang)
    first: list[Block] = [Text(tables.head(document, words), "lead")]
    first += [Text(text, "warning") for text in tables.limits(document, words)]
    filled: list[Block] = []
    if document["orders"]:
        filled = [tables.orders_table(document, words), tables.plan_table(document, words)]
    left: list[Block] = [tables.left_table(document, words)] if document["left"] else []
    sections = [
        Section("summary", words("sec_summary"), first),
        Section("orders", words("season_filled"), filled),
        Section("left", words("season_left"), left),
        Section("stock", words("season_lots_title"), [tables.stock_table(document, words)]),
    ]
    title = words("season_title")
    return frame("season", words, title, "", document, [], sections, method=("season_note",))
