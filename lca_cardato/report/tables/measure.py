"""Tables and sentences of what to measure or document next."""

from __future__ import annotations

from typing import Any, Optional

from lca_cardato.report.parts import Block, Cell, Column, Table, Text
from lca_cardato.report.tables.cells import shown, unit_of
from lca_cardato.words.language import Language
from lca_cardato.words.said import NAME

FAINT = 0.005
"""Narrowing from which a measure is told for it alone."""


def scenarios_table(document: dict[str, Any], words: Language) -> Table:
    """Every product as stated, its interval, and what all measures together take off it."""
    name = document["indicator"]
    rows = []
    for item in document["scenarios"]:
        low, high = (shown(words, name, item[key]).text for key in ("low", "high"))
        rows.append([
            Cell(words.quote(item["name"], NAME)), shown(words, name, item["stated"]),
            Cell(words("from_to", low=low, high=high)), _part(words, item["reach"]),
        ])  # fmt: skip
    unit = unit_of(words, name, document["unit"])
    heads = [
        Column(""), Column(words("stated"), numeric=True), Column(words("interval_95")),
        Column(words("measure_reach"), numeric=True),
    ]  # fmt: skip
    return Table("scenarios", f"{words(name).strip()} ({unit})", heads, rows)


def told(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Measures that narrow something or prove something: those of the order first."""
    ordered = {step["measure"] for step in document["order"]}
    rows = {row["measure"]: row for row in document["measures"]}
    return [rows[step["measure"]] for step in document["order"]] + [
        row for row in document["measures"]
        if row["measure"] not in ordered and (row["proves"] or row["narrowed"] >= FAINT)
    ]  # fmt: skip


def measures_table(
    document: dict[str, Any], words: Language, most: Optional[int] = None
) -> Optional[Table]:
    """What to buy first, and what would prove a claim besides; None where there is nothing.

    Parameters
    ----------
    document : dict
    words : Language
    most : int, optional
        Rows at most, save those of the order.
    """
    steps = document["order"]
    rows = told(document)[: None if most is None else max(most, len(steps))]
    cells = []
    for place, row in enumerate(rows):
        step = steps[place] if place < len(steps) else None
        name = f"{place + 1}. {row['name']}" if step else row["name"]
        cells.append([
            Cell(name), money(words, row["cost"] if step is None else step["cost"]),
            _part(words, row["narrowed"]), _per_euro(words, row["narrowed_per_100_eur"]),
            _part(words, step["narrowed"]) if step else Cell("–"), Cell(_proves(row)),
        ])  # fmt: skip
    keys = ("measure", "measure_cost", "measure_alone", "measure_per_100", "measure_with", "measure_proves")  # fmt: skip
    columns = [
        Column(words(key), numeric=0 < place < 5, left=key == "measure_proves")
        for place, key in enumerate(keys)
    ]
    return Table("measures", words("measure_title"), columns, cells) if cells else None


def notes(document: dict[str, Any], words: Language) -> list[Block]:
    """Say how the order was found, and where another set narrows more."""
    draws = {"samples": str(document["samples"]), "seed": str(document["seed"])}
    found: list[Block] = [Text(words("measure_note", **draws), "note")]
    rows = {row["measure"]: row for row in document["measures"]}
    worse = [item for item in document["checked"] if not item["same"]]
    if document["checked"] and not worse:
        found.append(Text(words("measure_checked", count=len(document["checked"])), "note"))
    for item in worse:
        names = "; ".join(rows[name]["name"] for name in item["set"])
        shares = {key: _part(words, item[key]).text for key in ("best", "order")}
        spent = money(words, item["budget"]).text
        found.append(Text(words("measure_better", spent=spent, measures=names, **shares), "note"))
    return found


def claims_table(document: dict[str, Any], words: Language) -> Optional[Table]:
    """What would prove the claims that are not proven, at least cost; None where all are."""
    rows = {row["measure"]: row for row in document["measures"]}
    several = len(document["scenarios"]) > 1
    cells = []
    for item in document["claims"]:
        name = f"{item['scenario']}: {item['name']}" if several else item["name"]
        if item["reached"]:
            what = "; ".join(rows[key]["name"] for key in item["needed"])
            if item["state"]:
                keys = ", ".join(f"`{key}`" for key in item["state"])
                what = f"{what}; {words('measure_state', keys=keys)}"
        else:
            what = words("measure_open", criteria="; ".join(item["open"]))
        cells.append([Cell(name), money(words, item["cost"]), Cell(what)])
    columns = [
        Column(words("measure_claim")), Column(words("measure_cost"), numeric=True),
        Column(words("measure_needs"), left=True),
    ]  # fmt: skip
    return Table("claims", words("measure_claims_title"), columns, cells) if cells else None


def costs_table(document: dict[str, Any], words: Language) -> Table:
    """On what the costs of the measures that are told rest."""
    rows = [
        [Cell(row["name"]), money(words, row["cost"]), money(words, row["cost_low"]),
         money(words, row["cost_high"]), Cell(words(row["cost_class"]), None, row["cost_class"]),
         Cell(f"{row['cost_year']} {row['cost_geography']}"),
         Cell(row["cost_source"] or row["cost_note"] or "")]
        for row in told(document)
    ]  # fmt: skip
    columns = [
        Column(words("measure")), Column(words("measure_cost"), numeric=True),
        Column(words("least"), numeric=True), Column(words("largest"), numeric=True),
        Column(words("c_class")), Column(words("c_year")), Column(words("c_source"), left=True),
    ]  # fmt: skip
    return Table("costs", words("measure_costs_title"), columns, rows, folded=True)


def costs_line(document: dict[str, Any], words: Language) -> Optional[Text]:
    """Say how many of the costs are assumed."""
    rows = [row for row in document["measures"] if row["narrowed"] >= FAINT or row["proves"]]
    assumed = sum(row["cost_class"] == "assumed" for row in rows)
    if not assumed:
        return None
    return Text(words("measure_costs", count=assumed, all=str(len(rows))), "note")


def left_out(document: dict[str, Any], words: Language) -> Optional[Text]:
    """Name files of a folder that are no sound scenarios."""
    if not document["left_out"]:
        return None
    return Text(words("measure_left_out", files=", ".join(document["left_out"])), "warning")


def money(words: Language, value: Optional[float]) -> Cell:
    """Write EUR."""
    return Cell("–") if value is None else Cell(words.number(value, 3), value)


def _part(words: Language, share: float) -> Cell:
    text = "–" if not share else words.decimal(f"{share * 100:.0f}") + " %"
    return Cell(text, share * 100 if share else None)


def _per_euro(words: Language, value: Optional[float]) -> Cell:
    text = "–" if not value else words.decimal(f"{value * 100:.1f}") + " %"
    return Cell(text, value * 100 if value else None)


def _proves(row: dict[str, Any]) -> str:
    return ", ".join(dict.fromkeys(item["claim"] for item in row["proves"]))
