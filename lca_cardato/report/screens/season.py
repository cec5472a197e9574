"""A season's orders on the terminal."""

from __future__ import annotations

from typing import Any, Optional

from rich.console import Console

from lca_cardato.report.formats.terminal import show
from lca_cardato.report.parts import Block, Cell, Column, Table, Text
from lca_cardato.words.language import Language

LOTS = 6
"""Lots that are named of an order."""
BLANK = Text("")


def render_season(document: dict[str, Any], words: Language, console: Console) -> None:
    """Print which lot goes into which order, and why an order is left."""
    told = {key: str(document[key]) for key in ("filled", "of")}
    blocks: list[Block] = [
        Text(words("season_head", **told, cost=_number(words, document["cost"])), "lead")
    ]
    blocks += [Text(text, "warning") for text in _limits(document, words)]
    if document["orders"]:
        blocks += [BLANK, _orders(document, words)]
    if document["left"]:
        blocks += [BLANK, _left(document, words)]
    show([*blocks, BLANK, Text(words("season_note"), "note")], words, console)


def _limits(document: dict[str, Any], words: Language) -> list[str]:
    """Say how far the answer is proven, where it is not whole."""
    found = []
    if document["timed_out"]:
        most = str(document["at_most"])
        found.append(
            words(
                "season_time", most=most, gap=words.decimal(f"{document['gap'] * 100:.1f}") + " %"
            )
        )
    if document["missed_exactly"]:
        found.append(words("season_missed", orders=", ".join(document["missed_exactly"])))
    return found


def _orders(document: dict[str, Any], words: Language) -> Table:
    rows = []
    for item in document["orders"]:
        lots = [f"{row['lot']} {_number(words, row['kg'])} kg" for row in item["lots"][:LOTS]]
        if len(item["lots"]) > LOTS:
            lots.append(words("and_more", count=len(item["lots"]) - LOTS))
        recycled = words.decimal(f"{item['recycled_lowest'] * 100:.2f}") + " %"
        rows.append([
            Cell(item["order"]), Cell(_number(words, item["kg"])), Cell(item["claim"] or "–"), Cell(recycled),
            Cell(_number(words, item["cost"])), Cell(_number(words, item["value"])), Cell(", ".join(lots)),
        ])  # fmt: skip
    keys = ("season_order", "season_kg", "measure_claim", "season_recycled", "season_cost", "season_value", "season_lots")  # fmt: skip
    lefts = ("measure_claim", "season_lots")
    columns = [Column(words(key), left=key in lefts) for key in keys]
    return Table("", words("season_title"), columns, rows)


def _left(document: dict[str, Any], words: Language) -> Table:
    rows = []
    for item in document["left"]:
        told = {key: _number(words, item[key]) for key in ("there", "needed")}
        why = words(
            f"season_why_{item['reason']}",
            fibre=item["fibre"],
            **told,
        )
        rows.append(
            [
                Cell(item["order"]),
                Cell(_number(words, item["kg"])),
                Cell(item["claim"] or "–"),
                Cell(why),
            ]
        )
    keys = ("season_order", "season_kg", "measure_claim", "season_why")
    columns = [Column(words(key), left=key in ("measure_claim", "season_why")) for key in keys]
    return Table("", words("season_left"), columns, rows)


def _number(words: Language, value: Optional[float]) -> str:
    return "–" if value is None else words.decimal(f"{value:.6g}")
