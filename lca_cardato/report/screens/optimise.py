"""The best blend of a space on the terminal."""

from __future__ import annotations

from typing import Any

from rich.console import Console

from lca_cardato.report.formats.terminal import show
from lca_cardato.report.parts import Block, Cell, Column, Table, Text
from lca_cardato.report.tables.cells import name_of, unit_of
from lca_cardato.words.language import Language
from lca_cardato.words.units import display

BLANK = Text("")


def render_optimise(document: dict[str, Any], words: Language, console: Console) -> None:
    """Print the best blend, or the front.

    Parameters
    ----------
    document : dict
        As `lca_cardato.studies.optimise.Found.to_dict` gives it.
    words : Language
    console : Console
    """
    blocks: list[Block] = [Text(_asked(document, words), "lead"), Text(_proof(document, words))]
    if document["chance"]:
        blocks.append(Text(_chance(document["chance"], words)))
    if document["front"]:
        blocks += [BLANK, _front(document, words)]
    for place, blend in enumerate(document["blends"]):
        if document["front"]:
            blocks += [BLANK, Text(words("optimise_point", number=str(place)), "lead")]
        blocks += [BLANK, *_blend(blend, words)]
        if document["front"]:
            continue
        blocks += [BLANK, _values(blend, words)]
        if blend["limits"]:
            blocks += [BLANK, _limits(blend, words)]
    blocks += [BLANK, Text(_check(document, words), "note")]
    blocks += [
        Text(
            words("optimise_refused", combination=str(item["combination"]), why=item["why"]), "note"
        )
        for item in document["refused"][:5]
    ]
    show(blocks, words, console)


def quantity_name(name: str, kind: str, words: Language) -> str:
    """Name of a quantity, as people read it."""
    if kind == "indicator":
        return name_of(words, name)
    if kind == "cost":
        return words("c_cost")
    if kind == "content":
        what, place, basis = name.split("_")
        return words(f"column_{what}_{place}", basis=words(basis))
    return name


def _kind(document: dict[str, Any], name: str) -> str:
    return str(document["blends"][0]["values"].get(name, {}).get("kind", "property"))


def _asked(document: dict[str, Any], words: Language) -> str:
    """Say what was asked for."""
    if document["front"]:
        one, other = (quantity_name(n, _kind(document, n), words) for n in document["front"])
        return words("optimise_front", one=one, other=other)
    goals = [
        (quantity_name(item["name"], _kind(document, item["name"]), words), item["weight"])
        for item in document["minimise"]
    ]
    if len(goals) == 1:
        return words("optimise_goal", goal=goals[0][0])
    told = " + ".join(f"{words.number(weight, 4)} × {name}" for name, weight in goals)
    return words("optimise_goal", goal=told)


def _proof(document: dict[str, Any], words: Language) -> str:
    """Say how sure it is that nothing is better."""
    count, of = str(document["blends_in_space"]), str(document["combinations"])
    if document["status"] == "optimal":
        told = words("optimise_proven", blends=count, combinations=of)
        alike = document["blends"][0].get("alike")
        return f"{told} {words('optimise_alike')}" if alike else told
    gap = document["blends"][0].get("gap")
    if gap is None:
        return words("optimise_unfinished", blends=count)
    return words("optimise_gap", blends=count, gap=words.number(gap * 100, 3))


def _chance(chance: dict[str, Any], words: Language) -> str:
    """Say in what share of fresh draws everything holds."""
    least = min(chance["verified"])
    key = "optimise_verified" if least >= chance["probability"] else "optimise_not_verified"
    return words(
        key, asked=words.number(chance["probability"] * 100, 4), share=words.number(least * 100, 4),
        draws=str(chance["draws"]), fresh=str(chance["fresh_draws"]),
    )  # fmt: skip


def _table(title: str, heads: list[Column], rows: list[list[str]]) -> Table:
    return Table("", title, heads, [[Cell(text) for text in row] for row in rows])


def _blend(blend: dict[str, Any], words: Language) -> list[Block]:
    """Fibres of a blend, and what was chosen beside them."""
    rows = [
        [item["name"], item["lot"], words.number(float(item["share"][:-2]), 6),
         words.number(item["product_share"], 4),
         "–" if item["kg"] is None else words.number(item["kg"], 6)]
        for item in blend["lines"] if item["fraction"] != "0"
    ]  # fmt: skip
    heads = [
        Column(words("c_fibre")), Column(words("optimise_lot")),
        Column(words("optimise_enters"), "%", numeric=True),
        Column(words("optimise_in_product"), "%", numeric=True), Column("", "kg", numeric=True),
    ]  # fmt: skip
    blocks: list[Block] = [_table(words("optimise_blend"), heads, rows)]
    if blend["chosen"]:
        told = "; ".join(f"{item['name']}: {_word(item['value'])}" for item in blend["chosen"])
        blocks.append(Text(words("optimise_chosen", choices=told)))
    return blocks


def _word(value: Any) -> str:
    """Text of a choice."""
    if isinstance(value, dict):
        return ", ".join(f"{key} {_word(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(_word(item) for item in value)
    return str(value)


def _number(name: str, item: dict[str, Any], words: Language) -> tuple[str, str]:
    """Value of a quantity and its unit, in the units of the floor."""
    if item["kind"] != "indicator":
        return words.number(item["value"], 4), item["unit"]
    return words.number(display(name, item["value"], "")[0], 4), unit_of(words, name, item["unit"])


def _values(blend: dict[str, Any], words: Language) -> Table:
    rows = []
    for name, item in blend["values"].items():
        if name.startswith("carded_") and item["value"] == 100:
            continue
        value, unit = _number(name, item, words)
        rows.append([quantity_name(name, item["kind"], words), unit, value])
    heads = [Column(""), Column(words("c_unit"), left=True), Column(words("c_value"), numeric=True)]
    return _table(words("optimise_values"), heads, rows)


def _limits(blend: dict[str, Any], words: Language) -> Table:
    rows = [
        [item["told"], words("optimise_yes" if item["holds"] else "optimise_no"),
         "" if item["room"] is None else words.number(item["room"], 4)]
        for item in blend["limits"]
    ]  # fmt: skip
    heads = [
        Column(words("optimise_limit")), Column(words("optimise_holds"), left=True),
        Column(words("optimise_room"), numeric=True),
    ]  # fmt: skip
    return _table(words("optimise_limits"), heads, rows)


def _front(document: dict[str, Any], words: Language) -> Table:
    """The two goals and the shares of every point."""
    names = document["front"]
    fibres = [item["name"] for item in document["blends"][0]["lines"]]
    heads = [Column("", numeric=True)]
    heads += [
        Column(quantity_name(n, _kind(document, n), words).split(" (")[0],
               _number(n, document["blends"][0]["values"][n], words)[1], numeric=True)
        for n in names
    ]  # fmt: skip
    heads += [Column(name, "%", numeric=True) for name in fibres]
    rows = []
    for place, blend in enumerate(document["blends"]):
        values = [_number(n, blend["values"][n], words)[0] for n in names]
        shares = [words.number(float(item["share"][:-2]), 4) for item in blend["lines"]]
        rows.append([str(place), *values, *shares])
    return _table(words("optimise_points"), heads, rows)


def _check(document: dict[str, Any], words: Language) -> str:
    """Say what the ordinary assessment says of it."""
    gap = max(item["check"]["largest_relative_difference"] for item in document["blends"])
    programs = str(document["solver"]["programs"])
    return words("optimise_checked", gap=f"{gap:.1e}", programs=programs)
