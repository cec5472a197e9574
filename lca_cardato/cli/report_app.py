"""The commands `report`, `open` and `serve`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from lca_cardato.cli.options import ChartsOption, ForceOption, Lang, RunFolder

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
