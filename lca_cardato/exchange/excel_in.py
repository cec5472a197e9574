"""Processes of a workbook as bw2io and Activity Browser write them."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, Iterator, Optional

from lca_cardato.errors import InputError, Problem
from lca_cardato.exchange.excel_rows import Reader, cell, filled, labelled, scope_of
from lca_cardato.exchange.foreign_units import unit_of
from lca_cardato.exchange.formula import Scope
from lca_cardato.exchange.imported import Foreign, Head, link, makers
from lca_cardato.files.workbook import Sheet, read_sheets
from lca_cardato.sentence import say

MAX_SHEETS, MAX_ROWS, MAX_COLUMNS = 50, 200_000, 100
PROCESSES = ("process", "processwithreferenceproduct", "multifunctional", "")
SOURCES = ("source", "reference", "references", "authors")
SECTIONS = ("activity", "database", "project parameters", "database parameters")
Row = list[Any]
Block = list[tuple[int, Row]]


def processes_of(data: bytes, file: str) -> tuple[dict[str, Foreign], list[str]]:
    """Read every activity of a workbook.

    Parameters
    ----------
    data : bytes
    file : str
        Name for messages.

    Returns
    -------
    dict
        Key -> process; what is wrong with one of them lies in its `problems`.
    list of str
        What was not read, and why.

    Raises
    ------
    InputError
        ``E210`` or ``E322``.
    """
    sheets = read_sheets(data, file, MAX_SHEETS, MAX_ROWS, MAX_COLUMNS)
    book = _Book(file)
    kept = [sheet for sheet in sheets if book.is_read(sheet)]
    for sheet in kept:
        book.declare(sheet)
    for sheet in kept:
        book.activities(sheet)
    found = {process.code: process for process in book.found}
    named = makers(
        (head_of(process) for process in book.found),
        lambda head: [
            (head.database, head.ident),
            *((head.database, head.name, p, head.location) for p in (head.product, "")),
        ],
    )
    known = {process.database for process in book.found}
    for process in book.found:
        for line in process.lines:
            place = line.database or process.database
            if place in known:
                keys = [(place, line.name, line.product, line.location)]
                link(line, named, [(place, line.code), *keys] if line.code else keys)
    return found, book.unread


def head_of(process: Foreign) -> Head:
    """What an activity is called."""
    return Head(
        process.code, process.name, process.ident, process.product, process.location,
        process.database,
    )  # fmt: skip


class _Book:
    """A workbook under way: its databases, parameters and activities."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.first = ""
        self.project: list[dict[str, str]] = []
        self.database: list[dict[str, str]] = []
        self.scope = Scope({}, {})
        self.found: list[Foreign] = []
        self.unread: list[str] = []
        self.taken: Counter[str] = Counter()

    def is_read(self, sheet: Sheet) -> bool:
        """Whether bw2io reads a sheet: its first cell is a text other than ``skip``."""
        holds = any(_label(row) == "activity" for row in sheet.rows)
        first = sheet.rows[0][0] if sheet.rows and sheet.rows[0] else None
        if not isinstance(first, str) or first.strip().lower() == "skip":
            if holds and not (isinstance(first, str) and first.strip()):
                self.unread.append(
                    say(
                        "sheet '{name}': its first cell is empty, so it is not read",
                        name=sheet.name,
                    )
                )
            return False
        if holds and sheet.wide:
            raise InputError.one(
                "E210", say("at most {max_columns} columns are read", max_columns=MAX_COLUMNS),
                file=self.file, value=sheet.name[:80],
            )  # fmt: skip
        if first.strip().lower() == "cutoff":
            width = int(sheet.rows[0][1]) if isinstance(sheet.rows[0][1], (int, float)) else 0
            sheet.rows = [row[:width] for row in sheet.rows] if width > 0 else sheet.rows
        return True

    def declare(self, sheet: Sheet) -> None:
        """Note the database and the parameters that hold for every activity."""
        for at, row in enumerate(sheet.rows):
            label = _label(row)
            if label == "database" and len(row) > 1 and not self.first:
                self.first = cell(row[1])
            elif label in ("project parameters", "database parameters"):
                rows = labelled(list(_until_blank(sheet.rows[at + 1 :])))
                (self.project if label.startswith("project") else self.database).extend(rows)
        self.scope = scope_of(self.database, scope_of(self.project, None))

    def activities(self, sheet: Sheet) -> None:
        """Read the activities of a sheet."""
        for name, block in _blocks(sheet.rows):
            process = self.process(sheet, name or self.first, block)
            if process is not None:
                self.found.append(process)

    def process(self, sheet: Sheet, database: str, block: Block) -> Optional[Foreign]:
        """Read an activity; None for an elementary flow that the database holds itself."""
        block = [(number, row) for number, row in block if filled(row)]
        labels = [_label(row) for _, row in block]
        ends = [i for i, label in enumerate(labels) if label in ("exchanges", "parameters")]
        about = {
            label: cell(row[1]) if len(row) > 1 else ""
            for label, (_, row) in zip(labels[: ends[0] if ends else None], block)
            if label
        }
        if about.get("type", "process") not in PROCESSES:
            return None
        name, location = about["activity"], about.get("location", "")
        database = about.get("database", "") or database
        reader = Reader(self.file, sheet, name)
        at = labels.index("exchanges") if "exchanges" in labels else len(block)
        scope = self.scope
        if "parameters" in labels:
            begin = labels.index("parameters")
            stop = at if at > begin else len(block)
            scope = scope_of(labelled([row for _, row in block[begin + 1 : stop]]), self.scope)
        made, lines = reader.exchanges(block[at + 1 :], scope)
        first = made[0] if made else {}
        database = first.get("database") or database
        product = (
            about.get("reference product") or first.get("reference product") or first.get("name")
        )
        unit = about.get("unit", "")
        year = about.get("year", "").partition(".")[0]
        ident = about.get("code") or "|".join((name, product or name, location))
        process = Foreign(
            self.key(database, ident), name, product or name, unit_of(first.get("unit") or unit),
            1.0, location, about.get("comment", ""),
            next((about[k] for k in SOURCES if about.get(k)), ""),
            int(year) if re.fullmatch("[0-9]{4}", year) else None, max(1, len(made)),
            database=database, ident=ident, lines=lines,
        )  # fmt: skip
        self.amount(process, reader, first, about, scope)
        if unit and unit_of(unit) != process.unit:
            process.told.append(
                say("the activity is in {unit}, its production in {other}; the production counts",
                    unit=unit, other=process.unit)
            )  # fmt: skip
        self.twice(process, reader)
        process.problems += reader.problems
        return process

    def amount(
        self, process: Foreign, reader: Reader, row: dict[str, str], about: dict[str, str],
        scope: Scope,
    ) -> None:  # fmt: skip
        """Read how much of the product the rows belong to."""
        told: list[str] = []
        if row:
            process.amount = reader.amount(row, process.name, scope, told)
        elif about.get("production amount", "1") not in ("1", "1.0"):
            reader.problem(
                "E213", say("no row of type production, and a production amount of {amount}",
                            amount=about["production amount"]), process.name,
                suggestion=say("add a row of type production; without one the amounts are per 1"),
            )  # fmt: skip
        process.told += told

    def key(self, database: str, ident: str) -> str:
        """Key of an activity, its code where no other one has it."""
        found = ident if database == self.first else f"{database}|{ident}"
        self.taken[found] += 1
        return found if self.taken[found] == 1 else f"{found}#{self.taken[found]}"

    def twice(self, process: Foreign, reader: Reader) -> None:
        """Refuse a code that stands twice in a database, for both that have it."""
        for other in self.found:
            if (other.database, other.ident) == (process.database, process.ident):
                text = say(
                    "the code '{code}' stands twice in the database", code=process.ident[:80]
                )
                for each in (other, process):
                    problem = Problem(
                        "E322", text, self.file, key=each.name,
                        suggestion=say("give each activity a code of its own, or write `skip` into the first "
                                   "cell of the sheet that is not meant"),
                    )  # fmt: skip
                    each.problems.append(problem)


def _label(row: Row) -> str:
    return row[0].strip().lower() if row and isinstance(row[0], str) else ""


def _until_blank(rows: list[Row]) -> Iterator[Row]:
    for row in rows:
        if not filled(row):
            return
        yield row


def _blocks(rows: list[Row]) -> Iterator[tuple[str, Block]]:
    """Rows from each ``Activity`` to the next section, with the database that they stand below."""
    database, block = "", []  # type: str, Block
    for number, row in enumerate(rows, start=1):
        label = _label(row)
        named = len(row) > 1 and isinstance(row[1], str) and bool(row[1].strip())
        if label in SECTIONS and (named or label.endswith("parameters")):
            if block:
                yield database, block
            block = [(number, row)] if label == "activity" else []
            if label == "database":
                database = cell(row[1])
        elif block:
            block.append((number, row))
    if block:
        yield database, block
