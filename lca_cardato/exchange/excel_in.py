"""Processes of a workbook as bw2io and Activity Browser write them."""

from __future__ import annotations

import re
from typing import Any, Iterator, Optional

from lca_cardato.errors import InputError
from lca_cardato.exchange.imported import Foreign, Line, number, unit_of
from lca_cardato.exchange.system import Spread
from lca_cardato.files.workbook import read_workbook, sheet_names

MAX_SHEETS, MAX_ROWS, MAX_COLUMNS = 50, 200_000, 100
KINDS = {"undefined": 0, "no": 1, "lognormal": 2, "normal": 3, "uniform": 4, "triangular": 5}
PROCESSES = ("process", "processwithreferenceproduct", "multifunctional", "")
SOURCES = ("source", "reference", "references", "authors")
Row = list[Any]


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
        raise InputError.one("E210", f"at most {MAX_SHEETS} sheets are read", file=file)
    found: dict[str, Foreign] = {}
    left = MAX_ROWS
    for sheet in names:
        rows = read_workbook(data, sheet, file, left, MAX_COLUMNS)
        left -= len(rows)
        if left < 0:
            raise InputError.one("E210", f"at most {MAX_ROWS} rows are read", file=file)
        if rows and rows[0] and str(rows[0][0] or "").strip().lower() == "skip":
            continue
        for block in _blocks(rows):
            process = _process(block, file)
            if process is not None:
                found[process.code] = process
    _link(found)
    return found


def _blocks(rows: list[Row]) -> Iterator[list[Row]]:
    """Rows from each ``Activity`` to the next section."""
    block: Optional[list[Row]] = None
    for row in rows:
        label = _cell(row, 0).lower()
        if label in ("activity", "database", "project parameters", "database parameters"):
            if block:
                yield block
            block = [row] if label == "activity" else None
        elif block is not None:
            block.append(row)
    if block:
        yield block


def _cell(row: Row, index: int) -> str:
    return str(row[index]).strip() if index < len(row) and row[index] is not None else ""


def _process(block: list[Row], file: str) -> Optional[Foreign]:
    """Read an activity; None for an elementary flow that the database holds itself."""
    name = _cell(block[0], 1)
    about: dict[str, str] = {}
    at = 1
    while at < len(block) and _cell(block[at], 0).lower() not in ("exchanges", "parameters"):
        if _cell(block[at], 0):
            about[_cell(block[at], 0).lower()] = _cell(block[at], 1)
        at += 1
    if about.get("type", "process") not in PROCESSES:
        return None
    while at < len(block) and _cell(block[at], 0).lower() != "exchanges":
        at += 1
    head = [_cell(block[at + 1], i).lower() for i in range(len(block[at + 1]))] if at + 1 < len(block) else []  # fmt: skip
    lines: list[dict[str, str]] = []
    for row in block[at + 2 :]:
        if not any(_cell(row, i) for i in range(len(row))):
            break
        lines.append({label: _cell(row, i) for i, label in enumerate(head) if label})
    location, product = about.get("location", ""), about.get("reference product", "") or name
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
            "E215", "type of an exchange", file=file, key=where[:200], value=kind[:80],
            suggestion="technosphere, biosphere, production or substitution",
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
    words = given.lower().split(" ")[0]
    number_ = KINDS[words] if words in KINDS else int(number(given, file, where))
    if number_ in (2, 3, 4, 5):
        figures = {
            key: number(row[key], file, where) if row.get(key) else None
            for key in ("loc", "scale", "minimum", "maximum")
        }
        line.spread = Spread(number_, **figures)
    elif number_ > 5:
        line.lost = f"distribution {number_} of stats_arrays"
    return line


def _link(found: dict[str, Foreign]) -> None:
    """Name the process of the same file that makes an input, where it is one alone."""
    makers: dict[tuple[str, ...], list[str]] = {}
    for process in found.values():
        for key in {
            (process.name, process.product, process.location),
            (process.name, "", process.location),
        }:
            makers.setdefault(key, []).append(process.code)
    for process in found.values():
        for line in process.lines:
            if not line.flow:
                hits = makers.get((line.name, line.product, line.location), [])
                line.sibling = hits[0] if len(hits) == 1 else ""
