"""The commands `export` and `import`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from lca_cardato.cli.options import (
    BackgroundOption,
    InventoriesOption,
    Lang,
    MappingOption,
    MethodOption,
    ScenarioFile,
    rests_on,
)

LangOption = Annotated[Lang, typer.Option("--lang", help="Language of names and comments.")]


def export(
    scenario: ScenarioFile,
    target: Annotated[
        str,
        typer.Argument(
            metavar="TARGET",
            help="New file: .zip (openLCA JSON-LD), .xlsx or .bw2package (Brightway), .spold.zip "
            "(EcoSpold 2); or PROJECT/DATABASE with --format brightway.",
            show_default=False,
        ),
    ],
    format_: Annotated[
        Optional[str],
        typer.Option(
            "--format", help="brightway, excel, bw2package, jsonld, ecospold2; else by the ending."
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a file or database that is there.")
    ] = False,
    inventories: InventoriesOption = None,
    background: BackgroundOption = None,
    mapping: MappingOption = None,
    method: MethodOption = None,
    lang: LangOption = Lang.en,
) -> None:
    """Write the product system with everything behind it for Brightway, openLCA and others."""
    from lca_cardato.cli.formats_run import run_export

    base = rests_on(inventories, background, mapping, method)
    run_export(scenario, target, format_, force, base, lang.value)


def import_(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="Brightway workbook (.xlsx) or openLCA JSON-LD (.zip).",
            show_default=False,
        ),
    ],
    to: Annotated[
        Path, typer.Option("--to", help="New inventory file (YAML).", show_default=False)
    ],
    process: Annotated[
        Optional[str], typer.Option("--process", help="Name of the process, where there are many.")
    ] = None,
    source: Annotated[
        Optional[str],
        typer.Option("--source", help="Where the figures come from, if the file does not say it."),
    ] = None,
    year: Annotated[
        Optional[int], typer.Option("--year", help="Year of the data, if the file does not say it.")
    ] = None,
    class_: Annotated[
        str, typer.Option("--class", help="published, supplier or measured.")
    ] = "published",
    key: Annotated[
        Optional[str], typer.Option("--key", help="Id of the dataset; else made from its name.")
    ] = None,
    allow_unmatched: Annotated[
        bool,
        typer.Option("--allow-unmatched", help="Leave out what is not found here, and say so."),
    ] = False,
) -> None:
    """Turn a process of a Brightway workbook or of openLCA into an inventory file."""
    from lca_cardato.cli.formats_run import run_import

    about = {"source": source, "year": year, "class_": class_, "key": key}
    run_import(file, to, process, allow_unmatched, about)
