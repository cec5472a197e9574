"""From a run folder or a fresh result to report files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Optional

from lca_cardato.errors import DiskError, InputError, Problem
from lca_cardato.files.atomic import check_free, write_file, write_folder
from lca_cardato.files.extra import load, require
from lca_cardato.files.runs import outside_runs
from lca_cardato.report.formats.html import html_text
from lca_cardato.report.formats.passport import passport
from lca_cardato.report.formats.pdf import pdf_bytes
from lca_cardato.report.formats.sheet import sheet_html, sheet_pdf
from lca_cardato.report.formats.xlsx import xlsx_bytes
from lca_cardato.report.parts import Report
from lca_cardato.report.sheet import Sheet
from lca_cardato.results.csv_tables import json_text
from lca_cardato.sentence import say

FORMATS = ("html", "pdf", "xlsx", "json", "jsonld")
SHEETS: dict[str, Callable[[Sheet], bytes]] = {
    "html": lambda sheet: sheet_html(sheet).encode(), "pdf": sheet_pdf,
}  # fmt: skip
PICTURES = say("the folder of pictures")
NAMED = ("sheet", "scheda")
"""Words with which the name of a file begins that is to hold the sheet."""
WRITERS: dict[str, Callable[[Report], bytes]] = {
    "html": lambda report: html_text(report).encode(), "pdf": pdf_bytes, "xlsx": xlsx_bytes,
}  # fmt: skip


def is_sheet(file: Path) -> bool:
    """Whether a file is to hold the sheet for the customer, by its name.

    Examples
    --------
    >>> [is_sheet(Path(name)) for name in ("sheet.pdf", "Scheda-lotto-7.html", "report.pdf", "sheet.xlsx")]
    [True, True, False, False]
    """
    return file.name.casefold().startswith(NAMED) and file.suffix[1:].lower() in SHEETS


def check_targets(
    files: Sequence[Path], charts: Optional[Path] = None, force: bool = False,
    kind: str = "assessment", sheet: bool = False, needs: Optional[Mapping[str, str]] = None,
) -> None:  # fmt: skip
    """Refuse report files that can't be, before anything is calculated.

    Parameters
    ----------
    files : sequence of Path
        Their endings name the formats.
    charts : Path, optional
        Folder for pictures.
    force : bool
        Whether files that are there may be replaced.
    kind : str
        Kind of report; passport and sheet are of one product.
    sheet : bool
        Whether all files are to hold the sheet for the customer.
    needs : mapping, optional
        Extras that what is reported needs beside, as in `lca_cardato.files.extra.require`.

    Raises
    ------
    InputError
        ``E215``: unknown endings, all at once.
    MissingError
        ``E510``: an extra is not installed.
    DiskError
        ``E503``: a file or the folder exists; ``E504``: it would lie in a run folder.
    """
    possible = [form for form in FORMATS if kind == "assessment" or form != "jsonld"]
    possible = list(SHEETS) if sheet else possible
    valid = say("valid endings: {choices}", choices=[f".{form}" for form in possible])
    problems = [
        Problem("E215", say("ending of a report file"), file=str(file), value=file.suffix, suggestion=valid)
        for file in files if file.suffix[1:].lower() not in possible
    ]  # fmt: skip
    if problems:
        raise InputError(problems)
    require({**(needs or {}), **extras_of(files, charts)})
    for file in files:
        outside_runs(file)
        if file.exists() and not force:
            raise DiskError.one(
                "E503", say("the file exists; nothing is overwritten"), file=str(file),
                suggestion=say("name another file, or --force"),
            )  # fmt: skip
    if charts is not None:
        outside_runs(charts)
        check_free(charts)


def extras_of(files: Sequence[Path], charts: Optional[Path] = None) -> dict[str, str]:
    """Give the extras that report files and pictures need, and what needs each."""
    if any(file.suffix.lower() == ".pdf" for file in files):
        return {"reports": say("a PDF document")}
    return {} if charts is None else {"reports": PICTURES}


def render(
    report: Report, form: str, document: dict[str, Any], run: Optional[dict[str, Any]] = None,
    sheet: bool = False,
) -> bytes:  # fmt: skip
    """Write a report in a format.

    Parameters
    ----------
    report : Report
    form : str
        One of `FORMATS`.
    document : dict
        What the report was made from, for JSON and JSON-LD.
    run : dict, optional
        Id and digest of the run, for JSON-LD.
    sheet : bool
        Whether it is the sheet for the customer that is wanted.

    Returns
    -------
    bytes
    """
    if sheet and report.sheet is not None:
        return SHEETS[form](report.sheet)
    if form in WRITERS:
        return WRITERS[form](report)
    return json_text(passport(document, run) if form == "jsonld" else document).encode()


def write_reports(
    report: Report,
    document: dict[str, Any],
    files: Sequence[Path],
    charts: Optional[Path] = None,
    force: bool = False,
    sheet: bool = False,
) -> list[Path]:
    """Write a report in the formats that the file endings name, and its pictures.

    Parameters
    ----------
    report : Report
    document : dict
        What the report was made from.
    files : sequence of Path
    charts : Path, optional
        New folder for the pictures as SVG and PNG.
    force : bool
        Whether files that are there may be replaced.
    sheet : bool
        Whether all of them are to hold the sheet for the customer; else those named so.

    Returns
    -------
    list of Path
        What was written. All formats are made before the first is written, and each file
        appears whole or not at all.
    """
    check_targets(files, charts, force, report.kind, sheet)
    run = {"id": report.run, "sha256": report.digest} if report.run else None
    made = {
        file: render(report, file.suffix[1:].lower(), document, run, sheet or is_sheet(file))
        for file in files
    }
    pictures = {} if charts is None else picture_files(report)
    for file, data in made.items():
        write_file(file, data, force, say("name another file, or --force"))
    if charts is None:
        return list(made)
    write_folder(charts, pictures)
    return [*made, charts]


def picture_files(report: Report) -> dict[str, bytes]:
    """Every picture of a report as SVG and PNG, file name -> content."""
    vl_convert = load("reports", "vl_convert", PICTURES)
    files = {}
    for item in report.pictures():
        files[f"{item.key}.svg"] = item.svg.encode()
        files[f"{item.key}.png"] = bytes(vl_convert.svg_to_png(item.svg, scale=2))
    return files
