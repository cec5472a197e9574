"""Rows of a CSV that people hand over: bounded in size, nothing guessed."""

from __future__ import annotations

import csv
import io
from typing import Any

from lca_cardato.errors import InputError
from lca_cardato.sentence import say
from lca_cardato.text.foreign import of_parser

MAX_BYTES = 50_000_000
MAX_ROWS = 200_000
MAX_COLUMNS = 200
MAX_CELL = 10_000
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}


def csv_rows(text: str, separator: str, name: str) -> list[list[Any]]:
    """Read the rows of a CSV, one more than `MAX_ROWS` and a head at most.

    Parameters
    ----------
    text : str
    separator : str
        One of `SEPARATORS`.
    name : str
        Name of the file, for messages.

    Returns
    -------
    list of list of str
        A line that is empty gives an empty row.

    Raises
    ------
    InputError
        ``E210``: a cell is too long; ``E322``: quotes that do not close.
    """
    rows: list[list[Any]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=SEPARATORS[separator], strict=True)
    try:
        for row in reader:
            rows.append(row)
            if len(rows) > MAX_ROWS + 1:
                break
    except csv.Error as error:
        if "field larger" in str(error):
            raise InputError.one(
                "E210", say("a cell has more than {most} characters", most=MAX_CELL),
                file=name, line=len(rows) + 1, column=1,
            ) from None  # fmt: skip
        raise InputError.one(
            "E322", say("not a sound CSV: {error}", error=of_parser(str(error))), file=name,
            line=reader.line_num, column=1, suggestion=say("check the quotes of this line"),
        ) from None  # fmt: skip
    return rows
