"""Open the file of a scenario, whatever form it has; readers of workbooks come in with the first one."""

from __future__ import annotations

from pathlib import Path
from typing import Union

from lca_cardato.errors import InputError, Problem
from lca_cardato.files.read import read_bytes
from lca_cardato.files.sheets import is_workbook
from lca_cardato.sentence import say
from lca_cardato.text.yamltree import MAX_BYTES, Document, document_of

WORKBOOKS = (".xlsx", ".xlsm")


def open_scenario(path: Union[str, Path]) -> tuple[Document, list[Problem]]:
    """Read the file of a scenario: YAML, or a workbook.

    Returns
    -------
    document : Document
    problems : list of Problem
        Of a workbook, see `lca_cardato.scenario.entry.read.read_scenario_workbook`.

    Raises
    ------
    InputError
        The file can't be read as either.
    DiskError
        It can't be read at all.
    """
    raw = read_bytes(path, MAX_BYTES)
    if is_workbook(raw):
        from lca_cardato.scenario.entry.read import read_scenario_workbook

        return read_scenario_workbook(raw, str(path))
    if Path(path).suffix.lower() in WORKBOOKS:
        raise InputError.one(
            "E322", say("this is no workbook, whatever its name says"), file=str(path),
            suggestion=say("save it as .xlsx from a spreadsheet program, or call a YAML file .yaml"),
        )  # fmt: skip
    return document_of(raw, str(path)), []
