"""What to measure next, on the terminal."""

from __future__ import annotations

from typing import Any, Optional

from rich.console import Console

from lca_cardato.report.formats.terminal import show
from lca_cardato.report.parts import Block, Cell, Column, Table, Text
from lca_cardato.report.tables.cells import shown, unit_of
from lca_cardato.report.tables.notices import notice_blocks
from lca_cardato.words.language import Language
from lca_cardato.words.said import NAME

ROWS = 15
"""Measures that are told of those that narrow something or prove something."""
FAINT = 0.005
BLANK = Text("")


def render_measure_next(document: dict[str, Any], words: Language, console: Console) -> None:
    """Print what to measure or document next."""
    blocks: list[Block] = notice_blocks(document["notices"], words)
    blocks += [BLANK] if blocks else []
    blocks += [*_scenarios(document, words), BLANK, *_order(document, words), BLANK]
    blocks += [*_claims(document, words), *_costs(document, words)]
    if document["left_out"]:
        files = ", ".join(document["left_out"])
        blocks.append(Text(words("measure_left_out", files=files), "warning"))
    show(blocks, words, console)


def _scenarios(document: dict[str, Any], words: Language) -> list[Block]:
    name = document["indicator"]
    rows = []
    for item in document["scenarios"]:
        low, high = (shown(words, name, item[key]).text for key in ("low", "high"))
        rows.append([
            Cell(words.quote(item["name"], NAME)), shown(words, name, item["stated"]),
            Cell(words("from_to", low=low, high=high)), Cell(_part(words, item["reach"])),
        ])  # fmt: skip
    unit = unit_of(words, name, document["unit"])
    title = f"{words(name).strip()} ({unit})"
    heads = ["", words("stated"), words("interval_95"), words("measure_reach")]
    return [Table("", title, [Column(head) for head in heads], rows)]


def _order(document: dict[str, Any], words: Language) -> list[Block]:
    """What to buy first, and what would prove a claim besides."""
    rows = {row["measure"]: row for row in document["measures"]}
    cells = []
    for number, step in enumerate(document["order"], 1):
        row = rows[step["measure"]]
        cells.append([
            Cell(f"{number}. {row['name']}"), Cell(_money(words, step["cost"])),
            Cell(_part(words, row["narrowed"])), Cell(_per_euro(words, row)),
            Cell(_part(words, step["narrowed"])), Cell(_proves(row)),
        ])  # fmt: skip
    ordered = {step["measure"] for step in document["order"]}
    others = [
        row for row in document["measures"]
        if row["measure"] not in ordered and (row["proves"] or row["narrowed"] >= FAINT)
    ]  # fmt: skip
    for row in others[: max(0, ROWS - len(cells))]:
        cells.append([
            Cell(row["name"]), Cell(_money(words, row["cost"])), Cell(_part(words, row["narrowed"])),
            Cell(_per_euro(words, row)), Cell("–"), Cell(_proves(row)),
        ])  # fmt: skip
    keys = ("measure", "measure_cost", "measure_alone", "measure_per_100", "measure_with", "measure_proves")  # fmt: skip
    columns = [Column(words(key), left=key == "measure_proves") for key in keys]
    if not cells:
        return [Text(words("measure_none"))]
    left = len(others) - max(0, ROWS - len(document["order"]))
    blocks: list[Block] = [Table("", words("measure_title"), columns, cells)]
    if left > 0:
        blocks.append(Text(words("and_more", count=left)))
    draws = {"samples": str(document["samples"]), "seed": str(document["seed"])}
    blocks += [Text(words("measure_note", **draws), "note"), *_checked(document, rows, words)]
    return blocks


def _checked(
    document: dict[str, Any], rows: dict[str, dict[str, Any]], words: Language
) -> list[Block]:
    found = document["checked"]
    if not found:
        return []
    worse = [item for item in found if not item["same"]]
    if not worse:
        return [Text(words("measure_checked", count=len(found)), "note")]
    blocks: list[Block] = []
    for item in worse:
        names = "; ".join(rows[name]["name"] for name in item["set"])
        told = {"best": _part(words, item["best"]), "order": _part(words, item["order"])}
        spent = _money(words, item["budget"])
        blocks.append(Text(words("measure_better", spent=spent, measures=names, **told), "note"))
    return blocks


def _claims(document: dict[str, Any], words: Language) -> list[Block]:
    if not document["claims"]:
        return []
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
        cells.append([Cell(name), Cell(_money(words, item["cost"])), Cell(what)])
    columns = [Column(words("measure_claim")), Column(words("measure_cost")),
               Column(words("measure_needs"), left=True)]  # fmt: skip
    return [Table("", words("measure_claims_title"), columns, cells),
            Text(words("measure_claims_note"), "note"), BLANK]  # fmt: skip


def _costs(document: dict[str, Any], words: Language) -> list[Block]:
    """Say on what the costs rest."""
    told = [row for row in document["measures"] if row["narrowed"] >= FAINT or row["proves"]]
    assumed = sum(row["cost_class"] == "assumed" for row in told)
    if not assumed:
        return []
    return [Text(words("measure_costs", count=assumed, all=str(len(told))), "note")]


def _money(words: Language, value: Optional[float]) -> str:
    return "–" if value is None else words.number(value, 3)


def _part(words: Language, share: float) -> str:
    return "–" if not share else words.decimal(f"{share * 100:.0f}") + " %"


def _per_euro(words: Language, row: dict[str, Any]) -> str:
    value = row["narrowed_per_100_eur"]
    return "–" if not value else words.decimal(f"{value * 100:.1f}") + " %"


def _proves(row: dict[str, Any]) -> str:
    return ", ".join(dict.fromkeys(item["claim"] for item in row["proves"]))
