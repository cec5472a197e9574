"""Put sheets into a workbook that is there: all that stands in it stays byte for byte.

A library that reads a workbook and writes it anew loses what it does not know: charts, pictures,
formats of other programs. Here the new sheets are added as parts of the archive, and only its three
lists of parts get a line more each.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Iterable, Sequence, Union
from xml.sax.saxutils import escape, quoteattr

from lca_cardato.errors import InputError
from lca_cardato.files.sheets import letters
from lca_cardato.sentence import say

Value = Union[str, int, float, None]
BOOK = "xl/workbook.xml"
LINKS = "xl/_rels/workbook.xml.rels"
TYPES = "[Content_Types].xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
EPOCH = (1980, 1, 1, 0, 0, 0)
_HELD = re.compile("[\x00-\x08\x0b-\x1f]|_(?=x[0-9A-Fa-f]{4}_)")
_TITLE = re.compile(r'<(?:\w+:)?sheet\s[^>]*?\bname="([^"]*)"')


def with_sheets(
    workbook: bytes, sheets: Sequence[tuple[str, Iterable[Sequence[Value]]]], name: str
) -> bytes:
    """Give a workbook with further sheets behind its own.

    Parameters
    ----------
    workbook : bytes
        A sound .xlsx.
    sheets : sequence of (str, rows)
        Title, and rows of texts and finite numbers, of which the first one is the head. A title
        that is taken gets a number.
    name : str
        Name of the file, for messages.

    Raises
    ------
    InputError
        ``E322``: the workbook has no such lists of parts as it should.
    """
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        parts = {item.filename: archive.read(item) for item in archive.infolist()}
        stored = list(archive.infolist())
    try:
        book, links, types = (parts[part].decode("utf-8") for part in (BOOK, LINKS, TYPES))
    except (KeyError, UnicodeDecodeError):
        raise InputError.one("E322", say("not a sound workbook"), file=name) from None
    taken = {title.casefold() for title in _TITLE.findall(book)}
    number = 1 + max([int(n) for n in re.findall(r'\bsheetId="(\d+)"', book)], default=0)
    added: dict[str, bytes] = {}
    for title, rows in sheets:
        part = next(
            f"lca{n}.xml" for n in range(1, 10_000)
            if f"xl/worksheets/lca{n}.xml" not in {*parts, *added}
        )  # fmt: skip
        link = next(f"lca{n}" for n in range(1, 10_000) if f'"lca{n}"' not in links)
        free = next(t for t in (title, *(f"{title} {n}" for n in range(2, 10_000)))
                    if t.casefold() not in taken)  # fmt: skip
        taken.add(free.casefold())
        added[f"xl/worksheets/{part}"] = _sheet(rows)
        entry = (
            f'sheet xmlns:r="{RELATIONS}" name={quoteattr(free)} sheetId="{number}" r:id="{link}"/>'
        )
        book = _before(book, "sheets", entry, name)
        kind = f'Relationship Id="{link}" Type="{RELATIONS}/worksheet" Target="/xl/worksheets/{part}"/>'
        links = _before(links, "Relationships", kind, name)
        told = f'Override PartName="/xl/worksheets/{part}" ContentType="{SHEET_TYPE}"/>'
        types = _before(types, "Types", told, name)
        number += 1
    parts.update({BOOK: book.encode(), LINKS: links.encode(), TYPES: types.encode()})
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for item in stored:
            archive.writestr(zipfile.ZipInfo(item.filename, item.date_time), parts[item.filename],
                             zipfile.ZIP_DEFLATED)  # fmt: skip
        for part, data in added.items():
            archive.writestr(zipfile.ZipInfo(part, EPOCH), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _before(text: str, element: str, entry: str, name: str) -> str:
    """Put an element before the end of another, with its prefix."""
    end = list(re.finditer(rf"</(\w+:)?{element}\s*>", text))
    if not end:
        raise InputError.one("E322", say("not a sound workbook"), file=name)
    last = end[-1]
    return f"{text[: last.start()]}<{last.group(1) or ''}{entry}{text[last.start() :]}"


def _sheet(rows: Iterable[Sequence[Value]]) -> bytes:
    lines = [
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}">'
        '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
        'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
    ]
    for number, row in enumerate(rows, start=1):
        cells = "".join(
            _cell(f"{letters(column)}{number}", value)
            for column, value in enumerate(row)
            if value is not None and value != ""
        )
        lines.append(f'<row r="{number}">{cells}</row>')
    lines.append("</sheetData></worksheet>")
    return "".join(lines).encode()


def _cell(place: str, value: Value) -> str:
    if isinstance(value, str):
        held = _HELD.sub(lambda found: f"_x{ord(found.group()):04X}_", value)
        return (
            f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(held)}</t></is></c>'
        )
    return f'<c r="{place}"><v>{value!r}</v></c>'
