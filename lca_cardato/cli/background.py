"""The commands `background list`, `background check` and `methods`."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from lca_cardato.cli import complete
from lca_cardato.cli.options import JsonOption, Lang, LangOption, MappingOption

app = typer.Typer(
    help="Databases of your own Brightway projects, such as ecoinvent, as background.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.command("list")
def list_(json_: JsonOption = False, lang: LangOption = Lang.en) -> None:
    """List the databases of your Brightway projects."""
    from rich.table import Table

    from lca_cardato.background.check import list_databases
    from lca_cardato.cli.commands import console, print_json
    from lca_cardato.words.language import Language

    words = Language(lang.value)
    rows = list_databases()
    if json_:
        print_json(rows)
        return
    table = Table(
        "--background", words("bg_processes"), words("bg_behind"), box=None, pad_edge=False
    )
    for row in rows:
        table.add_row(row["name"], str(row["processes"] or ""), ", ".join(row["depends"]))
    console().print(table)


@app.command("check")
def check(
    name: Annotated[
        str,
        typer.Argument(
            metavar="PROJECT/DATABASE",
            help="Database, as `background list` names it.",
            show_default=False,
            autocompletion=complete.databases,
        ),
    ],
    mapping: MappingOption = None,
    json_: JsonOption = False,
    lang: LangOption = Lang.en,
) -> None:
    """Check that a database fits a mapping, and set its scores beside the open ones."""
    from lca_cardato.background.check import check_background
    from lca_cardato.cli.commands import InstallProgress, console, print_json
    from lca_cardato.report.screens.background import render_check
    from lca_cardato.words.language import Language

    words = Language(lang.value)
    progress = InstallProgress()
    try:
        document = check_background(name, mapping, progress).to_dict(lang.value)
    finally:
        progress.close()
    if json_:
        print_json(document)
    else:
        render_check(document, words, console())


def methods(
    text: Annotated[
        Optional[list[str]], typer.Argument(metavar="[TEXT]...", help="Words of the name.")
    ] = None,
    project: Annotated[
        Optional[str], typer.Option("--project", help="Methods of this Brightway project of yours.")
    ] = None,
    json_: JsonOption = False,
    lang: LangOption = Lang.en,
) -> None:
    """List the methods that --method takes beside the indicators."""
    from rich.table import Table

    from lca_cardato.background.check import list_methods
    from lca_cardato.cli.commands import console, print_json
    from lca_cardato.words.language import Language

    words = Language(lang.value)
    rows = list_methods(project, text or [])
    if json_:
        print_json(rows)
        return
    table = Table("--method", words("c_method"), words("c_unit"), box=None, pad_edge=False)
    group = None
    for row in rows:
        if project is None and row["group"] != group:
            group = row["group"]
            table.add_row(str(group), words("methods_all"), "", style="bold")
        shown = row["id"] or f"{project}/{row['name']}"
        table.add_row(f"  {shown}" if project is None else shown, row["name"], row["unit"])
    console().print(table)
