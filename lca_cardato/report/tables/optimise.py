"""Tables and sentences of the best blend of a space, or of a front of blends."""

from __future__ import annotations

from typing import Any

from lca_cardato.report.parts import Cell, Column, Table
from lca_cardato.report.tables.cells import name_of, number, unit_of
from lca_cardato.words.language import Language
from lca_cardato.words.units import display, unit_name


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


def goal_name(document: dict[str, Any], name: str, words: Language) -> str:
    """Name of a quantity that a document of `optimise` tells of, without what stands in brackets."""
    kind = str(document["blends"][0]["values"].get(name, {}).get("kind", "property"))
    return quantity_name(name, kind, words)


def asked(document: dict[str, Any], words: Language) -> str:
    """Say what was asked for."""
    if document["front"]:
        one, other = (goal_name(document, n, words) for n in document["front"])
        return words("optimise_front", one=one, other=other)
    goals = [(goal_name(document, i["name"], words), i["weight"]) for i in document["minimise"]]
    if len(goals) == 1:
        return words("optimise_goal", goal=goals[0][0])
    told = " + ".join(f"{words.number(weight, 4)} × {name}" for name, weight in goals)
    return words("optimise_goal", goal=told)


def proof(document: dict[str, Any], words: Language) -> str:
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


def chance_line(chance: dict[str, Any], words: Language) -> str:
    """Say in what share of fresh draws everything holds."""
    least = min(chance["verified"])
    key = "optimise_verified" if least >= chance["probability"] else "optimise_not_verified"
    return words(
        key, asked=words.number(chance["probability"] * 100, 4), share=words.number(least * 100, 4),
        draws=str(chance["draws"]), fresh=str(chance["fresh_draws"]),
    )  # fmt: skip


def check_line(document: dict[str, Any], words: Language) -> str:
    """Say what the ordinary assessment says of it."""
    gap = max(item["check"]["largest_relative_difference"] for item in document["blends"])
    solver = document["solver"]
    key = "optimise_solved_exact" if solver["name"] == "exact" else "optimise_solved"
    solved = words(key, programs=str(solver["programs"]))
    return f"{words('optimise_checked', gap=words.decimal(f'{gap:.1e}'))} {solved}"


def chosen_line(blend: dict[str, Any], words: Language) -> str:
    """Say what was chosen beside the shares; empty where nothing else varies."""
    told = "; ".join(f"{item['name']}: {item['told']}" for item in blend["chosen"])
    return words("optimise_chosen", choices=told) if told else ""


def reading_name(reading: str, words: Language) -> str:
    """Name of the reading of a claim that was asked for: every one, or a share and its basis."""
    return words("optimise_every") if reading == "every" else reading


def percents(words: Language, text: str, digits: int) -> Cell:
    """Write a share such as ``45 %`` as the number of its column."""
    value = float(text[:-2])
    return Cell(words.number(value, digits), value)


def quantity(name: str, item: dict[str, Any], words: Language) -> tuple[Cell, str]:
    """Value of a quantity and its unit, in the units of the floor."""
    if item["kind"] != "indicator":
        return Cell(words.number(item["value"], 4), item["value"]), unit_name(words, item["unit"])
    value = display(name, item["value"], "")[0]
    return Cell(words.number(value, 4), value), unit_of(words, name, item["unit"])


def blend_table(blend: dict[str, Any], words: Language, key: str = "blend") -> Table:
    """Fibres of a blend with their lots, shares and, for a batch, kg."""
    rows = [
        [Cell(item["name"]), Cell(item["lot"]), percents(words, item["share"], 4),
         Cell(words.number(item["product_share"], 4), item["product_share"]),
         Cell("–") if item["kg"] is None else Cell(words.number(item["kg"], 6), item["kg"])]
        for item in blend["lines"] if item["fraction"] != "0"
    ]  # fmt: skip
    heads = [
        Column(words("c_fibre")), Column(words("optimise_lot")),
        Column(f"{words('optimise_enters')} %", numeric=True),
        Column(f"{words('optimise_in_product')} %", numeric=True),
        Column("kg", numeric=True),
    ]  # fmt: skip
    return Table(key, words("optimise_blend"), heads, rows)


def values_table(blend: dict[str, Any], words: Language, key: str = "values") -> Table:
    """Every quantity of a blend."""
    rows = []
    for name, item in blend["values"].items():
        if name.startswith("carded_") and item["value"] == 100:
            continue
        cell, unit = quantity(name, item, words)
        rows.append([Cell(quantity_name(name, item["kind"], words)), Cell(unit), cell])
    heads = [Column(""), Column(words("c_unit"), left=True), Column(words("c_value"), numeric=True)]
    return Table(key, words("optimise_values"), heads, rows)


def limits_table(blend: dict[str, Any], words: Language, key: str = "limits") -> Table:
    """Every limit, whether it holds, and how much room is left."""
    rows = []
    for item in blend["limits"]:
        told, room = item["told"], item["room"]
        if name := item.get("quantity"):
            kind = blend["values"].get(name, {}).get("kind", "property")
            amount, unit = display(name, item["number"], item["unit"])
            room = display(name, room, "")[0]
            value = words.decimal(f"{amount:.12g}")
            sign = "≤" if item["most"] else "≥"
            told = f"{quantity_name(name, kind, words)} {sign} {value} {unit_name(words, unit)}"
        holds = words("optimise_yes" if item["holds"] else "optimise_no")
        rows.append([Cell(told.strip()), Cell(holds), number(words, room)])
    heads = [
        Column(words("optimise_limit")), Column(words("optimise_holds"), left=True),
        Column(words("optimise_room"), numeric=True),
    ]  # fmt: skip
    return Table(key, words("optimise_limits"), heads, rows)


def front_table(document: dict[str, Any], words: Language) -> Table:
    """The two goals and the shares of every point of a front."""
    names, first = document["front"], document["blends"][0]
    heads = [Column("", numeric=True)]
    heads += [
        Column(f"{goal_name(document, n, words).split(' (')[0]} {unit}", numeric=True)
        for n in names if (unit := quantity(n, first["values"][n], words)[1])
    ]  # fmt: skip
    heads += [Column(f"{item['name']} %", numeric=True) for item in first["lines"]]
    rows = [
        [Cell(str(place), place), *[quantity(n, blend["values"][n], words)[0] for n in names],
         *[percents(words, item["share"], 4) for item in blend["lines"]]]
        for place, blend in enumerate(document["blends"])
    ]  # fmt: skip
    return Table("front_points", words("optimise_points"), heads, rows)
