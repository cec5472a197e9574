"""The commands `report`, `open` and `serve`, and the options that other commands share."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated, Optional

import typer


class Lang(str, Enum):
    """Language of the output."""

    en = "en"
    it = "it"


RunFolder = Annotated[
    Path,
    typer.Argument(metavar="RUN", help="Folder that `assess --out` wrote.", show_default=False),
]
ReportOption = Annotated[
    Optional[list[Path]],
    typer.Option(
        "--report",
        metavar="FILE",
        help="Write a report: .html, .pdf, .xlsx, .json or .jsonld; repeatable.",
    ),
]
ChartsOption = Annotated[
    Optional[Path],
    typer.Option("--charts", metavar="DIR", help="New folder for the charts as SVG and PNG."),
]
ForceOption = Annotated[bool, typer.Option("--force", help="Replace files that are there.")]
BackgroundOption = Annotated[
    Optional[str],
    typer.Option(
        "--background",
        metavar="PROJECT/DATABASE",
        help="Database of your own Brightway project, e.g. ecoinvent, in place of the open one.",
    ),
]
MappingOption = Annotated[
    Optional[str],
    typer.Option("--mapping", help="Mapping for that database: a shipped one, or a file."),
]
MethodOption = Annotated[
    Optional[list[str]],
    typer.Option(
        "--method",
        metavar="NAME",
        help="Further method: see `methods`; of your own project, or a file; repeatable.",
    ),
]
RunLangOption = Annotated[
    Optional[Lang], typer.Option("--lang", help="Language; that of the run when left out.")
]


def report(
    run: RunFolder,
    files: Annotated[
        Optional[list[Path]],
        typer.Argument(
            metavar="[FILE]...",
            help="Report files: .html, .pdf, .xlsx, .json, .jsonld; RUN.html when left out.",
            show_default=False,
        ),
    ] = None,
    charts: ChartsOption = None,
    force: ForceOption = False,
    lang: RunLangOption = None,
) -> None:
    """Write the report of a run: page, document for signature, workbook, passport figures."""
    from lca_cardato.cli.audit import leave
    from lca_cardato.cli.reports import run_report

    leave(run_report(run, files or [], lang.value if lang else None, charts, force))


def open_(run: RunFolder, lang: RunLangOption = None) -> None:
    """Show the report of a run in the browser."""
    from lca_cardato.cli.audit import leave
    from lca_cardato.cli.reports import run_open

    leave(run_open(run, lang.value if lang else None))


def serve(
    folder: Annotated[
        Path, typer.Argument(metavar="[DIR]", help="Folder with runs and scenarios.")
    ] = Path("."),
    port: Annotated[int, typer.Option("--port", help="Port on this machine.")] = 8765,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")
    ] = True,
    lang: Annotated[Lang, typer.Option("--lang", help="Language of the pages.")] = Lang.en,
) -> None:
    """Compare runs and move blend sliders on a page of this machine only."""
    from lca_cardato.cli.audit import leave
    from lca_cardato.cli.reports import run_serve

    leave(run_serve(folder, port, lang.value, browser))


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(report)
    app.command("open")(open_)
    app.command()(serve)
