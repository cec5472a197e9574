"""The commands on one scenario: `new`, `validate`, `assess`, and the names that it may use."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from lca_cardato.cli import complete
from lca_cardato.cli.options import (
    BackgroundOption,
    ChartsOption,
    ForceOption,
    InventoriesOption,
    Lang,
    LangOption,
    MappingOption,
    MethodOption,
    ReportOption,
    ScenarioFile,
    rests_on,
)


def new(
    file: Annotated[
        Optional[Path],
        typer.Argument(metavar="FILE", help="File to write.", show_default=False),
    ] = None,
    product: Annotated[
        Optional[str],
        typer.Option(
            "--product",
            help="Kind of product: yarn or fabric; yarn when left out.",
            autocompletion=complete.products,
        ),
    ] = None,
    from_: Annotated[
        Optional[str],
        typer.Option(
            "--from",
            metavar="NAME",
            help="Copy a shipped scenario or space instead.",
            autocompletion=complete.shipped,
        ),
    ] = None,
    list_: Annotated[
        bool, typer.Option("--list", help="List the shipped scenarios and stop.")
    ] = False,
) -> None:
    """Write a commented scenario to start from, or a copy of a shipped one."""
    from lca_cardato.cli.commands import list_shipped, run_copy, run_new

    if list_:
        list_shipped()
        return
    if file is None:
        raise typer.BadParameter("name the file to write", param_hint="FILE")
    if from_ is None:
        run_new(file, product or "yarn")
    elif product is None:
        run_copy(file, from_)
    else:
        raise typer.BadParameter("goes with a new file, not with a copy", param_hint="--product")


def validate(
    scenario: ScenarioFile, lang: LangOption = Lang.en, inventories: InventoriesOption = None
) -> None:
    """Check a scenario without calculating."""
    from lca_cardato.cli.commands import run_validate

    run_validate(scenario, lang.value, inventories)


def assess(
    scenario: ScenarioFile,
    json_: Annotated[
        bool, typer.Option("--json", help="Print the result as one JSON document.")
    ] = False,
    out: Annotated[
        Optional[Path],
        typer.Option("--out", help="Write a run folder: inputs, result, tables, proof."),
    ] = None,
    report: ReportOption = None,
    charts: ChartsOption = None,
    force: ForceOption = False,
    lang: LangOption = Lang.en,
    inventories: InventoriesOption = None,
    background: BackgroundOption = None,
    mapping: MappingOption = None,
    method: MethodOption = None,
) -> None:
    """Calculate impacts and claims of a scenario."""
    from lca_cardato.cli.commands import run_assess

    base = rests_on(inventories, background, mapping, method)
    run_assess(scenario, json_, out, lang.value, base, report or [], charts, force)


def fibres(lang: LangOption = Lang.en, inventories: InventoriesOption = None) -> None:
    """List the fibres, with their origins and default datasets."""
    from lca_cardato.cli.commands import run_fibres

    run_fibres(lang.value, inventories)


def steps(lang: LangOption = Lang.en, inventories: InventoriesOption = None) -> None:
    """List the steps of a route, with their default figures."""
    from lca_cardato.cli.commands import run_steps

    run_steps(lang.value, inventories)
