"""The result on the terminal, read at a glance."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rich.console import Console

from lca_cardato.report.formats.terminal import show
from lca_cardato.report.parts import Block, Cell, Column, Text
from lca_cardato.report.stories import short
from lca_cardato.report.tables import assessment as tables
from lca_cardato.report.tables.claims import claim_block, said_once, verifier_list
from lca_cardato.report.tables.contributors import contributors
from lca_cardato.report.tables.notices import notice_blocks
from lca_cardato.report.tables.readings import divided
from lca_cardato.report.tables.reference import comparison_lines, draws_line
from lca_cardato.results.notices import place_notices
from lca_cardato.words.language import Language
from lca_cardato.words.said import NAME, Said
from lca_cardato.words.units import STAGE_COLUMNS, share

ASSUMPTIONS = 6
BLANK = Text("")


def render(document: dict[str, Any], console: Console, full: bool = False) -> None:
    """Print a result document.

    Parameters
    ----------
    document : dict
        As `lca_cardato.results.document.result_document` makes it.
    console : rich.console.Console
    full : bool
        Whether all of it is printed below the first answer, in the order of that answer.
    """
    words = Language(document["language"])
    blocks: list[Block] = [
        *first(document, words), *_head(document, words, full), *short.blocks(document, words)
    ]  # fmt: skip
    if not full:
        show([*blocks, Text(words("short_more"), "note")], words, console)
        return
    blocks += [
        BLANK,
        *_indicators(document, words),
        *_methods(document, words),
        tables.indicators(document, words, False),
        BLANK,
        *_stages(document, words),
        *_claims(document, words, False),
        *_verifier(document, words),
        *_readings(document, words),
        *_contributors(document, words),
        *_assumptions(document, words),
        tables.classes(document, words, STAGE_COLUMNS),
        BLANK,
        *_mass(document, words),
        *_allocation(document, words),
        *_cost(document, words),
        *_warnings(document, words),
    ]
    show(blocks, words, console)


def render_claims(
    document: dict[str, Any], words: Language, console: Console, full: bool = False
) -> None:
    """Print the marks criterion by criterion, the neighbouring claims in a line each, the documents."""
    found = [*document.get("notices", []), *place_notices(document["warnings"])]
    blocks = [*first({"notices": found}, words), *_claims(document, words, full)]
    show([*blocks, *verifier_list(document, words)], words, console)


def first(document: dict[str, Any], words: Language) -> list[Block]:
    """Tell what was questioned and what is the user's own, before all else."""
    blocks = notice_blocks(document.get("notices", []), words)
    return [*blocks, BLANK] if blocks else []


def _claims(document: dict[str, Any], words: Language, full: bool) -> list[Block]:
    claims, once = said_once(document["claims"], words)
    detailed = [claim for claim in claims if full or claim["family"] == "mark"]
    others = [claim for claim in claims if claim not in detailed]
    blocks: list[Block] = [Text(words("h_claims"), "lead")]
    blocks += [claim_block(claim, words, False) for claim in detailed]
    blocks += [Text(words("h_neighbours"), "lead")] if others else []
    blocks += [claim_block(claim, words, True) for claim in others]
    grantors = dict.fromkeys(claim["grantor"] for claim in detailed)
    return [*blocks, *once, *(Text(text, "note") for text in grantors), BLANK]


def _verifier(document: dict[str, Any], words: Language) -> list[Block]:
    """Say how many documents there are, how many count, and which command lists them."""
    rows = document.get("verifier", [])
    counting = sum(row["counts"] for row in rows)
    told = words("ver_line", count=str(len(rows)), counting=str(counting))
    return [Text(told), BLANK] if rows else []


def _readings(document: dict[str, Any], words: Language) -> list[Block]:
    """Readings from files: which meter and days, and the arithmetic of each figure."""
    rows = document.get("readings") or []
    blocks: list[Block] = [Text(words("tab_readings"), "lead")] if rows else []
    for row in rows:
        amount = words("meters_lots", count=str(row["lots"]))
        if row["amount"] is not None:
            amount = f"{words.readable(row['amount'])} {row['unit']}"
        told = ", ".join(filter(None, [row["file"], row["meter"], row["period"]]))
        blocks.append(Text(f"{row['name']}: {amount} ({told})"))
        blocks += [Text(f"  {divided(row, words)}")] if row["parts"] else []
        blocks += [Text(f"  {one['name']}: {one['rule']}") for one in row["figures"]]
    return [*blocks, BLANK] if blocks else []


def _head(document: dict[str, Any], words: Language, full: bool) -> list[Block]:
    product = document["product"]
    blocks: list[Block] = [Text(words.quote(product["name"], NAME), "lead")]
    blocks += [Text(f"{y['count']}  {tables.blend(words, y)}") for y in product["yarns"]]
    blocks.append(Text(f"{words('declared_unit')}: {document['declared_unit']['text']}"))
    if line := tables.background_line(document, words):
        blocks.append(Text(line, "lead"))
    if full and (note := document["scenario"]["note"]):
        blocks.append(Text(words("said_note", text=Said(note)), "quote"))
    return [*blocks, BLANK]


def _indicators(document: dict[str, Any], words: Language) -> list[Block]:
    blocks: list[Block] = [tables.indicators(document, words, True)]
    if line := draws_line(document, words):
        blocks.append(Text(line))
    energy = document["final_energy"]
    if energy:
        parts = [
            f"{words(k)} "
            f"{words.number(v / 3.6 if k == 'electricity' else v)} "
            f"{'kWh' if k == 'electricity' else 'MJ'}"
            for k, v in energy.items()
        ]
        blocks.append(Text(f"{words('final_energy')}: " + ", ".join(parts)))
    blocks.append(short.scope(document, words))
    if document["reference"]:
        name = document["reference"]["name"]
        blocks.append(Text(words("reference_line", name=name), "note"))
        first, then = comparison_lines(document, words)
        blocks += [*first, *then]
        blocks.append(Text(words("comparison_note"), "note"))
    return [*blocks, BLANK]


def _methods(document: dict[str, Any], words: Language) -> list[Block]:
    """Scores of the further methods that were asked for."""
    return [tables.methods(document, words), BLANK] if document["methods"] else []


def _stages(document: dict[str, Any], words: Language) -> list[Block]:
    table = tables.stages(document, words, STAGE_COLUMNS)
    climate = document["indicators"]["climate_change"]
    whole = climate["value"]
    shares = [value / whole if whole else 0.0 for value in climate["by_stage"].values()]
    last = [*(f"{value * 100:.0f}" for value in shares), "100"]
    columns = [
        replace(c, title=f"{c.title}\n{c.unit}" if c.unit else c.title) for c in table.columns
    ]
    rows = [[*row, Cell(text)] for row, text in zip(table.rows, last)]
    return [replace(table, columns=[*columns, Column("%")], rows=rows), BLANK]


def _contributors(document: dict[str, Any], words: Language) -> list[Block]:
    table = contributors(document, words, "climate_change")
    step, taken, amount, _, value, part = table.columns
    columns = [step, replace(taken, left=True), amount, replace(value, title=value.unit), part]
    rows = [
        [step_, name, Cell(f"{number.text} {unit.text}".strip()), score, share_]
        for step_, name, number, unit, score, share_ in table.rows
    ]
    return [replace(table, title=words("h_contributors"), columns=columns, rows=rows), BLANK]


def _mass(document: dict[str, Any], words: Language) -> list[Block]:
    blocks: list[Block] = [tables.mass(document, words)]
    for basis, key in (("conditioned", "share"), ("dry", "share_dry")):
        fibres = document["mass_balance"]["fibres"]
        parts = ", ".join(f"{share(words, item[key])} {item['name']}" for item in fibres)
        blocks.append(Text(f"{words('composition')}, {words(basis)}: {parts}"))
    return [*blocks, BLANK]


def _assumptions(document: dict[str, Any], words: Language) -> list[Block]:
    table = tables.assumptions(document, words)
    if table is None:
        return []
    return [replace(table, title=words("h_assumptions"), rows=table.rows[:ASSUMPTIONS]), BLANK]


def _allocation(document: dict[str, Any], words: Language) -> list[Block]:
    table = tables.allocation(document, words, ["climate_change"])
    if table is None:
        return []
    return [replace(table, columns=[Column(""), Column("kg CO2-eq")]), BLANK]


def _cost(document: dict[str, Any], words: Language) -> list[Block]:
    """Cost of the fibres, where the scenario states prices."""
    cost = document["fibre_cost"]
    if cost is None:
        return []
    if cost["value"] is None:
        return [Text(words("fibre_cost_open")), BLANK]
    return [Text(words("fibre_cost", value=words.number(cost["value"]))), BLANK]


def _warnings(document: dict[str, Any], words: Language) -> list[Block]:
    found = [Text(f"- {item['text']}") for item in tables.warnings(document)]
    return [Text(words("h_warnings"), "lead"), *found] if found else []
