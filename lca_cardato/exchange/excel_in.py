"""Processes of a workbook as bw2io and Activity Browser write them."""

from __future__ import annotations

import re
from itertools import dropwhile, takewhile
from typing import Iterator, Optional

from lca_cardato.errors import InputError
from lca_cardato.exchange.imported import Foreign, Line, link, number, unit_of
from lca_cardato.exchange.system import Spread
from lca_cardato.files.workbook import read_workbook, sheet_names
from lca_cardato.sentence import say

MAX_SHEETS, MAX_ROWS, MAX_COLUMNS = 50, 200_000, 100
KINDS = {"undefined": 0, "no": 1, "lognormal": 2, "normal": 3, "uniform": 4, "triangular": 5}
PROCESSES = ("process", "processwithreferenceproduct", "multifunctional", "")
SOURCES = ("source", "reference", "references", "authors")
Row = list[str]


def processes_of(data: bytes, file: str) -> dict[str, Foreign]:
    """Read every activity of a workbook.

    Parameters
    ----------
    data : bytes
    file : str
        Name for messages.

    Returns
    -------
    dict
        Code -> process.

    Raises
    ------
    InputError
        ``E210``, ``E322`` or ``E104``.
    """
    names = sheet_names(data, file)
    if len(names) > MAX_SHEETS:
        raise InputError.one(
            "E210", say("at most {most} sheets are read", most=MAX_SHEETS), file=file
        )
    found: dict[str, Foreign] = {}
    left = MAX_ROWS
    for sheet in names:
        cells = read_workbook(data, sheet, file, left, MAX_COLUMNS)
        left -= len(cells)
        if left < 0:
            raise InputError.one(
                "E210", say("at most {most} rows are read", most=MAX_ROWS), file=file
            )
        rows = [[(cell or "").strip() for cell in row] for row in cells]
        if rows and rows[0][0].lower() == "skip":
            continue
        for block in _blocks(rows):
            process = _process(block, file)
            if process is not None:
                found[process.code] = process
    link(
        found,
        lambda process: {(process.name, p, process.location) for p in (process.product, "")},
        lambda line: (line.name, line.product, line.location),
    )
    return found


def _blocks(rows: list[Row]) -> Iterator[list[Row]]:
    """Rows from each ``Activity`` to the next section."""
    block: Optional[list[Row]] = None
    for row in rows:
        label = row[0].lower()
        if label in ("activity", "database", "project parameters", "database parameters"):
            if block:
                yield block
            block = [row] if label == "activity" else None
        elif block is not None:
            block.append(row)
    if block:
        yield block


def _process(block: list[Row], file: str) -> Optional[Foreign]:
    """Read an activity; None for an elementary flow that the database holds itself."""
    rows = iter(block)
    about: dict[str, str] = {}
    for row in rows:
        label = row[0].lower()
        if label in ("exchanges", "parameters"):
            break
        if label:
            about[label] = row[1]
    if about.get("type", "process") not in PROCESSES:
        return None
    if label == "parameters":
        rows = dropwhile(lambda row: row[0].lower() != "exchanges", rows)
        next(rows, None)
    head = [label.lower() for label in next(rows, [])]
    lines = [
        {label: cell for label, cell in zip(head, row) if label} for row in takewhile(any, rows)
    ]
    name, location = about["activity"], about.get("location", "")
    product = about.get("reference product", "") or name
    made = [line for line in lines if line.get("type") == "production"]
    amount = about.get("production amount") or "1"
    year = about.get("year", "").partition(".")[0]
    process = Foreign(
        about.get("code") or "|".join((name, product, location)), name, product,
        unit_of(about.get("unit") or (made[0].get("unit", "") if made else "")),
        number(made[0].get("amount") if made else amount, file, name), location,
        about.get("comment", ""), next((about[k] for k in SOURCES if about.get(k)), ""),
        int(year) if re.fullmatch("[0-9]{4}", year) else None, max(1, len(made)),
    )  # fmt: skip
    process.lines = [_line(row, file, name) for row in lines if row.get("type") != "production"]
    return process


def _line(row: dict[str, str], file: str, process: str) -> Line:
    kind, name = row.get("type", ""), row.get("name", "")
    where = f"{process}: {name}"
    if kind not in ("technosphere", "biosphere", "substitution"):
        raise InputError.one(
            "E215", say("type of an exchange"), file=file, key=where[:200], value=kind[:80],
            suggestion=say("technosphere, biosphere, production or substitution"),
        )  # fmt: skip
    categories = tuple(
        part.strip() for part in row.get("categories", "").split("::") if part.strip()
    )
    if categories[1:] == ("unspecified",):
        categories = categories[:1]
    line = Line(
        kind == "biosphere", name, unit_of(row.get("unit", "")),
        number(row.get("amount"), file, where), row.get("reference product", ""),
        row.get("location", ""), categories, credit=kind == "substitution",
        comment=row.get("comment", ""),
    )  # fmt: skip
    given = row.get("uncertainty type", "") or "0"
    word = given.lower().split(" ")[0]
    kind_ = KINDS[word] if word in KINDS else int(number(given, file, where))
    if kind_ in (2, 3, 4, 5):
        figures = {
            key: number(row[key], file, where) if row.get(key) else None
            for key in ("loc", "scale", "minimum", "maximum")
        }
        line.spread = Spread(kind_, **figures)
    elif kind_ > 5:
        line.lost = f"distribution {kind_} of stats_arrays"
    return line
