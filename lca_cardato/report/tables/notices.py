"""What is shown before any figure: questions, and data and rules of the user's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from lca_cardato.report.parts import Block, Cell, Section, Table, Text
from lca_cardato.report.tables.cells import heads
from lca_cardato.words.language import Language

LEVELS = ("differs", "questioned", "answered", "own", "read")
SHOWN = 20
"""Notices of a level that are told one by one; a table of a report holds them all."""


def notice_blocks(found: Sequence[dict[str, Any]], words: Language) -> list[Block]:
    """Tell what was questioned and what is the user's own, by level; nothing where there is none.

    Parameters
    ----------
    found : sequence of dict
        As `lca_cardato.results.notices.notices` makes them.
    words : Language
    """
    blocks: list[Block] = []
    for level in LEVELS:
        texts = list(dict.fromkeys(item["text"] for item in found if item["level"] == level))
        if texts:
            blocks.append(Text(words(f"h_{level}"), "alert"))
            blocks += [Text(text, "notice") for text in texts[:SHOWN]]
            if len(texts) > SHOWN:
                blocks.append(Text(words("notice_rest", count=str(len(texts) - SHOWN)), "notice"))
    return blocks


def of_several(
    found: Iterable[tuple[str, Sequence[dict[str, Any]]]], words: Language
) -> list[Block]:
    """Tell the same of several products: what holds for all of them once.

    Parameters
    ----------
    found : iterable of (str, sequence of dict)
        Name of a product and its notices.
    words : Language
    """
    pairs = list(found)
    whose: dict[tuple[str, str], list[str]] = {}
    for name, items in pairs:
        for item in items:
            whose.setdefault((item["level"], item["text"]), []).append(name)
    told = [
        {"level": level,
         "text": text if len(names) == len(pairs) else f"{', '.join(names)}: {text}"}
        for (level, text), names in whose.items()
    ]  # fmt: skip
    return notice_blocks(told, words)


def notice_section(blocks: list[Block], words: Language) -> Section:
    """Section of a report that stands before all others; left out where it is empty."""
    return Section("notices", words("h_notices"), blocks)


def questions(found: Sequence[dict[str, Any]], words: Language) -> list[Block]:
    """Every questioned figure as a table, for the section about data."""
    rows = []
    for item in found:
        if item["kind"] != "question":
            continue
        reach = item["range"] or {}
        ends = [reach.get(key) for key in ("low", "high")]
        between = " … ".join("" if end is None else words.readable(end) for end in ends)
        factor = item["factor"]
        rows.append([
            Cell(item.get("place", item["key"])), Cell(words.quote(item["value"])),
            Cell(f"{between} {reach['unit']}" if reach else ""),
            Cell("" if factor is None else words.readable(factor), factor), Cell(item["source"]),
            Cell(item["slip"]), Cell(words.quote(item["reason"]) if item["reason"] else "–"),
        ])  # fmt: skip
    if not rows:
        return []
    keys = ("c_place", "c_typed", "c_range", "#c_factor", "c_source", "c_slip", "c_reason")
    return [Table("questions", words("tab_questions"), heads(words, *keys), rows)]
