"""From a run folder or a fresh result to report files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Optional

from lca_cardato.errors import InputError

if TYPE_CHECKING:
    from lca_cardato.report.parts import Report

FORMATS = ("html", "pdf", "xlsx", "json", "jsonld")


def check_targets(
    files: Sequence[Path], charts: Optional[Path] = None, force: bool = False,
    kind: str = "assessment",
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
        Kind of report; the passport is of one product.

    Raises
    ------
    InputError
        ``E215``: unknown endings, all at once.
    DiskError
        ``E503``: a file or the folder exists; ``E504``: it would lie in a run folder.
    """
    from lca_cardato.errors import DiskError, Problem
    from lca_cardato.files.atomic import check_free
    from lca_cardato.files.runs import outside_runs

    possible = [form for form in FORMATS if kind == "assessment" or form != "jsonld"]
    valid = "valid endings: " + ", ".join(f".{form}" for form in possible)
    problems = [
        Problem("E215", "ending of a report file", file=str(file), value=file.suffix, suggestion=valid)
        for file in files if file.suffix[1:].lower() not in possible
    ]  # fmt: skip
    if problems:
        raise InputError(problems)
    for file in files:
        outside_runs(file)
        if file.exists() and not force:
            raise DiskError.one(
                "E503", "the file exists; nothing is overwritten", file=str(file),
                suggestion="name another file, or --force",
            )  # fmt: skip
    if charts is not None:
        outside_runs(charts)
        check_free(charts)


def render(
    report: Report, form: str, document: dict[str, Any], run: Optional[dict[str, Any]] = None
) -> bytes:
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

    Returns
    -------
    bytes
    """
    from lca_cardato.results.csv_tables import json_text

    if form == "html":
        from lca_cardato.report.formats.html import html_text

        return html_text(report).encode()
    if form == "pdf":
        from lca_cardato.report.formats.pdf import pdf_bytes

        return pdf_bytes(report)
    if form == "xlsx":
        from lca_cardato.report.formats.xlsx import xlsx_bytes

        return xlsx_bytes(report)
    if form == "jsonld":
        from lca_cardato.report.formats.passport import passport

        return json_text(passport(document, run)).encode()
    return json_text(document).encode()


def write_reports(
    report: Report,
    document: dict[str, Any],
    files: Sequence[Path],
    charts: Optional[Path] = None,
    force: bool = False,
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

    Returns
    -------
    list of Path
        What was written. All formats are made before the first is written, and each file
        appears whole or not at all.
    """
    from lca_cardato.files.atomic import write_file, write_folder

    check_targets(files, charts, force, report.kind)
    run = {"id": report.run, "sha256": report.digest} if report.run else None
    made = {file: render(report, file.suffix[1:].lower(), document, run) for file in files}
    pictures = {}
    if charts is not None:
        from lca_cardato.report.charts.pictures import picture_files

        pictures = picture_files(report)
    for file, data in made.items():
        write_file(file, data, force, "name another file, or --force")
    if charts is None:
        return list(made)
    write_folder(charts, pictures)
    return [*made, charts]
