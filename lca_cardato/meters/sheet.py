"""The table of a meter's file: where its heads stand, what each column holds, in which unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Optional

from lca_cardato.errors import InputError, Problem, nearest, shorten
from lca_cardato.files.workbook import read_workbook
from lca_cardato.meters.cells import minutes, plain
from lca_cardato.meters.mapping import Mapping
from lca_cardato.sentence import say
from lca_cardato.text.number import QuantityError
from lca_cardato.text.table import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, SEPARATORS, csv_rows
from lca_cardato.text.yamltree import HIDDEN, decode, hidden_text, read_document

__all__ = ["MAX_BYTES", "Sheet", "read_sheet", "unit_of"]

LOOKED_AT = 60
"""Rows in which the heads are looked for."""
WHEN = ("date", "month", "from")
HOW_MUCH = ("amount", "band", "register", "mass_in", "mass_out")
SINGLE = ("of_mass", "loss", "count")
_UNIT_WORDS: dict[str, tuple[str, Decimal]] = {
    **dict.fromkeys(("kwh",), ("kWh", Decimal(1))),
    **dict.fromkeys(("mwh",), ("kWh", Decimal(1000))),
    **dict.fromkeys(("wh",), ("kWh", Decimal("0.001"))),
    **dict.fromkeys(("kw",), ("kW", Decimal(1))),
    **dict.fromkeys(("mj",), ("MJ", Decimal(1))),
    **dict.fromkeys(("gj",), ("MJ", Decimal(1000))),
    **dict.fromkeys(("smc", "sm3", "stm3", "standard metri cubi"), ("Sm3", Decimal(1))),
    **dict.fromkeys(("mc", "m3", "metri cubi"), ("m3", Decimal(1))),
    **dict.fromkeys(("l", "lt", "litri"), ("m3", Decimal("0.001"))),
    **dict.fromkeys(("kg", "chili", "chilogrammi"), ("kg", Decimal(1))),
    **dict.fromkeys(("q", "ql", "qli", "quintali"), ("kg", Decimal(100))),
    **dict.fromkeys(("t", "tonnellate"), ("kg", Decimal(1000))),
    **dict.fromkeys(("g", "gr", "grammi"), ("kg", Decimal("0.001"))),
}  # fmt: skip
_BRACKETS = re.compile(r"[\[(]([^\])]*)[\])]")
_SLOT = re.compile(
    r"\s*\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s*[-\u2013]\s*\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)?\s*"
)
_METER = re.compile(r"\b(IT\d{3}E[0-9A-Z]{8,9}|\d{14})\b")
"""A POD (IT, distributor, E, number) or a PDR (14 digits)."""


def unit_of(text: str) -> Optional[tuple[str, Decimal]]:
    """Give the unit in which something is summed, and the factor to it; None for a word that is none.

    Examples
    --------
    >>> unit_of("Smc"), unit_of("q"), unit_of("MWh")
    (('Sm3', Decimal('1')), ('kg', Decimal('100')), ('kWh', Decimal('1000')))
    """
    return _UNIT_WORDS.get(plain(text))


@dataclass
class Sheet:
    """A table and what its columns hold.

    Attributes
    ----------
    name : str
        Name of the file, for messages.
    rows : list of list
        All rows, from the first of the file; cells as text, empty ones None or ``""``.
    workbook : bool
    separator : str
        Of a CSV.
    head : int
        Index of the row of heads.
    columns : dict
        Role -> columns.
    slots : dict
        Column -> minute of the day at which its interval begins, where each day is a row.
    units : dict
        Column -> unit and factor, where the head names one.
    meter : str
        POD, PDR or name that stands above the table; empty where none does.
    """

    name: str
    rows: list[list[Any]]
    workbook: bool
    separator: str = ""
    head: int = 0
    columns: dict[str, list[int]] = field(default_factory=dict)
    slots: dict[int, int] = field(default_factory=dict)
    units: dict[int, tuple[str, Decimal]] = field(default_factory=dict)
    meter: str = ""

    @property
    def heads(self) -> list[str]:
        """Heads as they stand in the file."""
        return [str(cell or "").strip() for cell in self.rows[self.head]]

    def problem(self, code: str, text: str, row: int, column: int, hint: str = "") -> Problem:
        """Make a problem that points at a cell, both counted from 0."""
        cells = self.rows[row] if row < len(self.rows) else []
        typed = str(cells[column] or "") if column < len(cells) else ""
        key = self.heads[column] if column < len(self.heads) and row != self.head else ""
        return Problem(
            code, text, self.name, row + 1, column + 1, shorten(key, 60), shorten(typed), hint
        )


def read_sheet(data: bytes, name: str, mapping: Mapping) -> Sheet:
    """Read the table of a file and find out what its columns hold.

    Parameters
    ----------
    data : bytes
        The file: a workbook, else CSV.
    name : str
        Name of the file.
    mapping : Mapping

    Raises
    ------
    InputError
        As `lca_cardato.files.workbook.read_workbook` and `lca_cardato.text.table.csv_rows`; ``E370``:
        columns that are not known, or not there.
    """
    workbook = data[:4] == b"PK\x03\x04"
    if workbook:
        rows = read_workbook(data, mapping.sheet, name, MAX_ROWS + 1, MAX_COLUMNS)
        sheet = Sheet(name, rows, True)
    else:
        text = _text(data, name, mapping.encoding)
        separator = mapping.separator or _separator(text)
        sheet = Sheet(name, csv_rows(text, separator, name), False, separator)
    if len(sheet.rows) > MAX_ROWS:
        raise InputError.one(
            "E210",
            say("at most {count} rows are read", count=MAX_ROWS),
            file=name,
            line=1,
            column=1,
        )
    if mapping.columns.named():
        _mapped(sheet, mapping)
    else:
        _recognised(sheet, mapping)
    _name_above(sheet)
    return sheet


def _text(data: bytes, name: str, encoding: str) -> str:
    if encoding == "windows-1252":
        text = data.decode("cp1252", errors="replace")
    else:
        try:
            text = decode(data, name)
        except InputError as error:
            problem = error.problems[0]
            cure = say("a mapping can say `encoding: windows-1252`")
            raise InputError.one(
                problem.code, problem.message, file=name, line=problem.line, column=problem.column,
                suggestion=cure,
            ) from None  # fmt: skip
    found = HIDDEN.search(text.replace("\r\n", "\n").replace("\r", "\n"))
    if found:
        line = text.count("\n", 0, text.find(found.group())) + 1
        raise InputError.one("E221", hidden_text(found.group()), file=name, line=line, column=1)
    return text


def _separator(text: str) -> str:
    """Give the separator that parts most cells of the first lines; the comma may be a decimal one."""
    lines = [line for line in text.splitlines()[:LOOKED_AT] if line.strip()]
    counts = {name: sum(line.count(sign) for line in lines) for name, sign in SEPARATORS.items()}
    for name in ("semicolon", "tab"):
        if counts[name] >= len(lines) / 2 and counts[name]:
            return name
    return "comma"


@lru_cache(maxsize=1)
def words() -> dict[str, list[str]]:
    """Role -> words of its heads."""
    data: Any = read_document(Path(__file__).with_name("heads.yaml")).data
    return {role: list(found) for role, found in data.items()}


@lru_cache(maxsize=4096)
def _role(head: str) -> str:
    """What a column of this head holds; empty where nobody knows."""
    bare = plain(_BRACKETS.sub(" ", head))
    tokens = bare.split()
    if "€" in head or set(plain(head).split()) & set(words()["not"]):
        return ""
    named = any(unit_of(token) for token in tokens) or unit_of(head) is not None
    kept = " ".join(token for token in tokens if not unit_of(token) or len(token) == 1)
    roles = {role: found for role, found in words().items() if role != "not"}
    for role, found in roles.items():
        if bare in found and bare:
            return role
    for role, found in roles.items():
        if kept in found and (kept or named):
            return "of_mass" if kept == "of" and "kg" not in tokens else role
    begins = [(len(word), role) for role, found in roles.items() for word in found
              if len(word) > 3 and kept.startswith(f"{word} ")]  # fmt: skip
    return max(begins)[1] if begins else ""


def _head_unit(head: str) -> Optional[tuple[str, Decimal]]:
    for inside in _BRACKETS.findall(head):
        if unit_of(inside):
            return unit_of(inside)
    found = [unit_of(token) for token in plain(head).split() if len(token) > 1]
    return next(filter(None, reversed(found)), None)


def _recognised(sheet: Sheet, mapping: Mapping) -> None:
    """Find the row of heads by their words."""
    best, most = 0, -1
    rows = sheet.rows[:LOOKED_AT]
    wanted = range(len(rows)) if mapping.head is None else [int(mapping.head) - 1]
    for number in wanted:
        cells = rows[number] if number < len(rows) else []
        if cells and str(cells[0] or "").startswith("#"):
            continue
        columns, slots = _roles(cells)
        if any(role in columns for role in (*WHEN, "lot")) and (
            len(slots) >= 24 or any(role in columns for role in HOW_MUCH)
        ):
            sheet.head, sheet.columns, sheet.slots = number, columns, slots
            _units(sheet)
            _one_amount(sheet)
            return
        filled = sum(bool(str(cell or "").strip()) for cell in cells)
        if filled > most:
            best, most = number, filled
    sheet.head = best
    heads = [head for head in sheet.heads if head] if sheet.rows else []
    raise InputError.one(
        "E370", say("no row of heads was found that names a date or month and an amount"),
        file=sheet.name, line=best + 1, column=1, value=shorten("; ".join(heads), 120),
        suggestion=say("name the columns in a mapping: lca-cardato meters FILE --write FILE.map.yaml"),
    )  # fmt: skip


def _roles(cells: list[Any]) -> tuple[dict[str, list[int]], dict[int, int]]:
    columns: dict[str, list[int]] = {}
    slots: dict[int, int] = {}
    for column, cell in enumerate(cells):
        head = str(cell or "").strip()
        if not head:
            continue
        if _SLOT.fullmatch(head):
            try:
                slots[column] = minutes(head)
                continue
            except QuantityError:
                pass
        role = _role(head)
        if role and role not in columns:
            columns[role] = [column]
        elif role in ("band", "amount"):
            columns[role].append(column)
    if "amount" in columns:
        columns["amount"] = _amounts(columns["amount"], cells)
        columns.pop("band", None)
    elif "band" in columns:
        columns["amount"] = columns.pop("band")
    if "register" in columns and "amount" in columns:
        columns.pop("register")
        columns.pop("register_before", None)
    return columns, slots


def _amounts(found: list[int], cells: list[Any]) -> list[int]:
    """Choose the column of the amount: one that names its unit, one that is called a total."""
    for best in (_head_unit, lambda head: "total" in plain(head)):
        some = [column for column in found if best(str(cells[column]))]
        found = some if some else found
    units = [(_head_unit(str(cells[column])) or ("",))[0] for column in found]
    if set(units) == {"m3", "Sm3"}:
        found = [column for column, unit in zip(found, units) if unit == "Sm3"]
    return found  # beside the m3 of the meter, what the bill counts


def _mapped(sheet: Sheet, mapping: Mapping) -> None:
    """Find the columns that the mapping names."""
    named = mapping.columns.named()
    wanted = {plain(head) for heads in named.values() for head in heads}
    found, best = -1, 0
    rows = sheet.rows[:LOOKED_AT]
    for number in range(len(rows)) if mapping.head is None else [int(mapping.head) - 1]:
        here = {plain(str(cell or "")) for cell in (rows[number] if number < len(rows) else [])}
        if len(wanted & here) > best:
            found, best = number, len(wanted & here)
    sheet.head = max(found, 0)
    heads = [plain(head) for head in sheet.heads] if sheet.rows else []
    problems = []
    for role, names in named.items():
        for name in names:
            if plain(name) in heads:
                sheet.columns.setdefault(role, []).append(heads.index(plain(name)))
            else:
                problems.append(Problem(
                    "E370", say("the mapping names a column that is not there"), sheet.name,
                    sheet.head + 1, 1, f"columns.{role}", name, nearest(name, sheet.heads),
                ))  # fmt: skip
    if problems:
        raise InputError(problems)
    taken = {column for columns in sheet.columns.values() for column in columns}
    if not any(role in sheet.columns for role in HOW_MUCH):
        _, slots = _roles(sheet.rows[sheet.head])
        sheet.slots = {column: start for column, start in slots.items() if column not in taken}
    if not any(role in sheet.columns for role in (*WHEN, "lot")) or not (
        sheet.slots or any(role in sheet.columns for role in HOW_MUCH)
    ):
        raise InputError.one(
            "E370", say("the mapping names no column for the date or month, or none for the amount"),
            file=sheet.name, line=sheet.head + 1, column=1,
            suggestion=say("columns.date, month or from; columns.amount, register or mass_out"),
        )  # fmt: skip
    _units(sheet)


def _one_amount(sheet: Sheet) -> None:
    """Refuse to choose between columns that all can be the amount; bands of a tariff are summed."""
    found = [sheet.heads[column] for column in sheet.columns.get("amount", [])]
    if len(found) > 1 and not all(_role(head) == "band" for head in found):
        raise InputError.one(
            "E370", say("several columns can be the amount: {heads}", heads=found), file=sheet.name,
            line=sheet.head + 1, column=sheet.columns["amount"][0] + 1,
            suggestion=say("name the one that counts in a mapping: columns: {{amount: {head}}}", head=found[0]),
        )  # fmt: skip


def _units(sheet: Sheet) -> None:
    for column, head in enumerate(sheet.heads):
        unit = _head_unit(head)
        if unit:
            sheet.units[column] = unit


def _name_above(sheet: Sheet) -> None:
    """Find the POD or PDR above the table."""
    for row in sheet.rows[: sheet.head]:
        for cell in row:
            found = _METER.search(str(cell or "").upper())
            if found:
                sheet.meter = sheet.meter or found.group(1)
