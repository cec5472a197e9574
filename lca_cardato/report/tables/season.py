"""Tables and sentences of a season's orders and the lots that go into them."""

from __future__ import annotations

from typing import Any, Optional

from lca_cardato.report.parts import Cell, Column, Table
from lca_cardato.words.language import Language


def head(document: dict[str, Any], words: Language) -> str:
    """Say how many orders keep their claim, and what their lots cost."""
    counts = {key: str(document[key]) for key in ("filled", "of")}
    return words("season_head", **counts, cost=_number(words, document["cost"]).text)


def limits(document: dict[str, Any], words: Language) -> list[str]:
    """Say how far the answer is proven, where it is not whole."""
    found = []
    if document["timed_out"]:
        gap = words.decimal(f"{document['gap'] * 100:.1f}") + " %"
        found.append(words("season_time", most=str(document["at_most"]), gap=gap))
    if document["missed_exactly"]:
        found.append(words("season_missed", orders=", ".join(document["missed_exactly"])))
    return found


def orders_table(document: dict[str, Any], words: Language, lots: Optional[int] = None) -> Table:
    """Orders that are filled, with their lots.

    Parameters
    ----------
    document : dict
    words : Language
    lots : int, optional
        Lots at most that are named of an order.
    """
    rows = []
    for item in document["orders"]:
        taken = [f"{row['lot']} {_number(words, row['kg']).text} kg" for row in item["lots"][:lots]]
        if left := len(item["lots"]) - len(taken):
            taken.append(words("and_more", count=left))
        recycled = words.decimal(f"{item['recycled_lowest'] * 100:.2f}") + " %"
        rows.append([
            Cell(item["order"]), _number(words, item["kg"]), Cell(item["claim"] or "–"),
            Cell(recycled, item["recycled_lowest"] * 100), _number(words, item["cost"]),
            _number(words, item["value"]), Cell(", ".join(taken)),
        ])  # fmt: skip
    keys = ("season_order", "season_kg", "measure_claim", "season_recycled", "season_cost", "season_value", "season_lots")  # fmt: skip
    lefts = ("measure_claim", "season_lots")
    columns = [
        Column(words(key), numeric=place > 0 and key not in lefts, left=key in lefts)
        for place, key in enumerate(keys)
    ]
    return Table("orders", words("season_title"), columns, rows)


def left_table(document: dict[str, Any], words: Language) -> Table:
    """Orders that are left, and why."""
    rows = []
    for item in document["left"]:
        told = {key: _number(words, item[key]).text for key in ("there", "needed")}
        why = words(f"season_why_{item['reason']}", fibre=item["fibre"], **told)
        claim = Cell(item["claim"] or "–")
        rows.append([Cell(item["order"]), _number(words, item["kg"]), claim, Cell(why)])
    keys = ("season_order", "season_kg", "measure_claim", "season_why")
    lefts = ("measure_claim", "season_why")
    columns = [Column(words(key), numeric=key == "season_kg", left=key in lefts) for key in keys]
    return Table("left", words("season_left"), columns, rows)


def plan_table(document: dict[str, Any], words: Language) -> Table:
    """Kilograms and cost of each lot in each order, a row each."""
    rows = [
        [
            Cell(item["order"]),
            Cell(row["lot"]),
            _number(words, row["kg"]),
            _number(words, row["cost"]),
        ]
        for item in document["orders"]
        for row in item["lots"]
    ]
    keys = ("season_order", "season_lot", "season_kg", "season_cost")
    columns = [Column(words(key), numeric=place > 1) for place, key in enumerate(keys)]
    return Table("plan", words("season_plan"), columns, rows, tool=True)


def stock_table(document: dict[str, Any], words: Language) -> Table:
    """What is taken of every lot, and what is left of it."""
    rows = [
        [Cell(item["lot"]), *(_number(words, item[key]) for key in ("kg", "used", "left"))]
        for item in document["lots"]
    ]
    keys = ("season_lot", "season_stock", "season_used", "season_rest")
    columns = [Column(words(key), numeric=place > 0) for place, key in enumerate(keys)]
    return Table("stock", words("season_lots_title"), columns, rows, tool=True)


def _number(words: Language, value: Optional[float]) -> Cell:
    return Cell("–") if value is None else Cell(words.decimal(f"{value:.6g}"), value)
