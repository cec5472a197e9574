"""``lca-cardato inventory``: list, show and check the records behind a result."""

from __future__ import annotations

from typing import Annotated

import typer

from lca_cardato.cli import complete
from lca_cardato.cli.options import InventoriesOption, Lang, LangOption

app = typer.Typer(
    help="List, show and check the inventory records behind a result.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.command("list")
def list_(
    text: Annotated[
        str, typer.Argument(metavar="[TEXT]", help="Only ids and names that hold this text.")
    ] = "",
    lang: LangOption = Lang.en,
    inventories: InventoriesOption = None,
) -> None:
    """List every dataset and step, with how many of its figures are assumed."""
    from lca_cardato.cli.commands import run_inventory_list

    run_inventory_list(text, lang.value, inventories)


@app.command()
def show(
    record: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="Dataset, step or source.", autocompletion=complete.records
        ),
    ],
    lang: LangOption = Lang.en,
    inventories: InventoriesOption = None,
) -> None:
    """Print a dataset, step or source as a card: figures, sources, scores, who uses it."""
    from lca_cardato.cli.commands import run_inventory_show

    run_inventory_show(record, lang.value, inventories)


@app.command()
def check(inventories: InventoriesOption = None) -> None:
    """Check every inventory file; all problems at once, with file and line."""
    from lca_cardato.cli.commands import run_inventory_check

    run_inventory_check(inventories)
