"""Read a table of orders and a table of lots, as an office has them: CSV or workbook."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import Callable, Mapping, Optional, Sequence

from lca_cardato.claims.packs_model import RulePack, shipped_packs
from lca_cardato.files.sheets import Cell
from lca_cardato.inventory.records import Inventory
from lca_cardato.scenario.models import ORIGINS
from lca_cardato.season.cells import Table
from lca_cardato.season.model import Lot, Order
from lca_cardato.sentence import say
from lca_cardato.text.quantity import parse_quantity, parse_share
from lca_cardato.text.yarncount import parse_yarn_count
from lca_cardato.words.entry import choices_of, folded
from lca_cardato.words.find import one_of, proposal

MOST_ORDERS, MOST_LOTS = 400, 1000
LAST = Fraction(95, 100)
OPEN = ("bands", "declared_share")
"""Kinds of criteria that any share can fulfil."""
_PART = re.compile(r"\s*(?:(\d+(?:[.,]\d+)?)\s*%\s*)?([^%\d]+?)\s*(?:(\d+(?:[.,]\d+)?)\s*%)?\s*")
NONE = ("", "-", "–", "no", "none", "nessuna", "nessuno")


def _mass(text: str) -> Fraction:
    return parse_quantity(text, "kg").amount


def _money(text: str) -> Fraction:
    return parse_quantity(text, "EUR/kg").amount


def _count(text: str) -> Fraction:
    return parse_yarn_count(text).nm


def read_lots(path: Path, inventory: Inventory, sheet: Optional[str] = None) -> list[Lot]:
    """Read the stock.

    Parameters
    ----------
    path : Path
        CSV or workbook, with a head.
    inventory : Inventory
        Knows the fibres.
    sheet : str, optional

    Returns
    -------
    list of Lot

    Raises
    ------
    InputError
        Every problem of the table at once: ``E320`` a column that is missing, ``E201`` a lot that
        stands twice, ``E103`` a negative number, ``E307`` a fibre or origin that is not known.
    """
    table = Table(path, "lots", sheet)
    fibres, origins = _fibres(inventory), choices_of("origin", ORIGINS)
    seen: dict[str, int] = {}
    found = []
    for row, line in zip(table.table.rows, table.table.lines):
        name = _name(table, row, line, seen)
        kg = _above(table, row, line, "kg", _mass, zero=True)
        cost = _above(table, row, line, "cost", _money, zero=True)
        loss = table.read(row, line, "loss", parse_share) or Fraction(0)
        if loss > LAST:
            table.wrong(row, line, "loss", "E109", say("a loss is at most 95 %"))
            loss = Fraction(0)
        typed = table.text(row, "fibre")
        key = one_of(typed, fibres) or _of_label(typed, inventory)
        if not key:
            table.wrong(
                row, line, "fibre", "E307", say("fibre is not known"), proposal(typed, fibres)
            )
        said = one_of(table.text(row, "origin"), origins)
        if not said:
            table.wrong(
                row,
                line,
                "origin",
                "E307",
                say("origin is not known"),
                say("valid: {choices}", choices=list(ORIGINS)),
            )
        document = table.text(row, "document")
        if key and said and kg is not None and cost is not None:
            fibre = inventory.fibres[key]
            found.append(Lot(
                name, kg, key, fibre.label.en, Fraction(fibre.regain.carded), said,
                "" if folded(document) in NONE else document, folded(table.text(row, "colour")),
                table.read(row, line, "finest", _count), loss, cost, line,
            ))  # fmt: skip
    _few(table, len(table.table.rows), MOST_LOTS)
    table.done()
    return found


def read_orders(path: Path, inventory: Inventory, sheet: Optional[str] = None) -> list[Order]:
    """Read the orders; see `read_lots`.

    Raises
    ------
    InputError
        Also ``E307`` for a claim that is not known, ``E305`` for shares above 100 %.
    """
    table = Table(path, "orders", sheet)
    claims = {pack.claim: pack for pack, _ in shipped_packs()}
    names = {key: [pack.name.en, pack.name.it] for key, pack in claims.items()}
    labels = {f.label.en: [f.label.en, f.label.it] for f in inventory.fibres.values()}
    seen: dict[str, int] = {}
    found = []
    for row, line in zip(table.table.rows, table.table.lines):
        name = _name(table, row, line, seen)
        kg = _above(table, row, line, "kg", _mass)
        price = _above(table, row, line, "price", _money, zero=True, needed=False)
        typed = table.text(row, "claim")
        claim = "" if folded(typed) in NONE else one_of(typed, names)
        if not claim and folded(typed) not in NONE:
            table.wrong(
                row, line, "claim", "E307", say("claim is not known"), proposal(typed, names)
            )
        if claim and any(item.kind in OPEN for item in claims[claim].criteria):
            table.wrong(
                row, line, "claim", "E316", say("this claim has no share that is to be reached"),
                say("leave the cell empty, and state what is wanted as another claim"),
            )  # fmt: skip
        fibres = _shares(table, row, line, labels)
        if kg is not None:
            recycled, virgin = asked(claims[claim]) if claim else (None, False)
            found.append(Order(
                name, kg, table.read(row, line, "count", _count), folded(table.text(row, "colour")),
                claim, recycled, virgin, fibres, price, line,
            ))  # fmt: skip
    _few(table, len(table.table.rows), MOST_ORDERS)
    table.done()
    return found


def asked(pack: RulePack) -> tuple[Optional[Fraction], bool]:
    """What a claim asks of the lots: recycled share, and whether all wool has to be virgin.

    Its other criteria (district, meters, traceability, carding) are no matter of lots.
    """
    recycled: Optional[Fraction] = None
    for item in pack.criteria:
        if item.kind == "recycled_share":
            recycled = Fraction(item.threshold or 0)
    return recycled, any(item.kind == "virgin_wool" for item in pack.criteria)


def _few(table: Table, count: int, most: int) -> None:
    if count > most:
        table.add("E210", say("at most {count} rows are read", count=most), 1, 0)


def _name(table: Table, row: Sequence[Cell], line: int, seen: dict[str, int]) -> str:
    name = table.text(row, "id")
    if not name:
        table.wrong(row, line, "id", "E213", say("a name or a number is missing"))
    elif name in seen:
        text = say("stands twice; the first time in row {row}", row=seen[name])
        table.wrong(
            row,
            line,
            "id",
            "E201",
            text,
            say("put the rows together, or give them names of their own"),
        )
    seen.setdefault(name, line)
    return name


def _above(
    table: Table, row: Sequence[Cell], line: int, role: str, take: Callable[[str], Fraction],
    zero: bool = False, needed: bool = True,
) -> Optional[Fraction]:  # fmt: skip
    """Read a number that is above 0, or 0 where that is allowed."""
    count = len(table.problems)
    value: Optional[Fraction] = table.read(row, line, role, take)
    if value is None:
        if needed and len(table.problems) == count:
            table.wrong(row, line, role, "E213", say("the number is missing"))
        return None
    if value < 0 or (value == 0 and not zero):
        table.wrong(row, line, role, "E103", say("must be above 0"))
        return None
    return value


def _fibres(inventory: Inventory) -> dict[str, list[str]]:
    return {key: [one.name.en, one.name.it] for key, one in inventory.fibres.items()}


def _of_label(typed: str, inventory: Inventory) -> str:
    """Give the fibre that is called as on the label; of several, that of the label's own name."""
    labels = {one.label.en: [one.label.en, one.label.it] for one in inventory.fibres.values()}
    label = one_of(typed, labels)
    found = [key for key, one in inventory.fibres.items() if one.label.en == label]
    return label if label in found else found[0] if len(found) == 1 else ""


def _shares(
    table: Table, row: Sequence[Cell], line: int, labels: Mapping[str, Sequence[str]]
) -> dict[str, Fraction]:
    """Read ``70 % wool, 20 % polyamide``: at least so much of each."""
    typed, found = table.text(row, "composition"), dict[str, Fraction]()
    for part in filter(str.strip, re.split(r"[;+/]|,(?!\d)", typed)):
        match = _PART.fullmatch(part)
        number = match and (match[1] or match[3])
        label = one_of(match[2].strip(), labels) if match and number else ""
        if not label or not number:
            text = say("a share and a fibre are expected, such as `70 % wool`")
            table.wrong(row, line, "composition", "E307", text, proposal(part, labels))
            return {}
        found[label] = found.get(label, Fraction(0)) + Fraction(number.replace(",", ".")) / 100
    if sum(found.values(), Fraction(0)) > 1:
        table.wrong(row, line, "composition", "E305", say("the shares are more than 100 %"))
        return {}
    return found
