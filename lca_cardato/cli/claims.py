"""``lca-cardato claims``: list, show, checklist and check the rule packs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from lca_cardato.cli import complete
from lca_cardato.cli.options import InventoriesOption, Lang, LangOption, ScenarioFile

app = typer.Typer(
    help="What may be said of a product: rules, papers to collect, verdicts.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
Pack = Annotated[
    str,
    typer.Argument(metavar="PACK", help="Rule pack or claim.", autocompletion=complete.packs),
]


@app.command("list")
def list_(lang: LangOption = Lang.en) -> None:
    """List the rule packs: claim, since when, how sure the wording is."""
    from lca_cardato.cli.claims_run import run_list

    run_list(lang.value)


@app.command()
def show(pack: Pack, lang: LangOption = Lang.en) -> None:
    """Print a rule pack: wording, address, readings, what is not known."""
    from lca_cardato.cli.claims_run import run_show

    run_show(pack, lang.value)


@app.command()
def checklist(pack: Pack, lang: LangOption = Lang.en) -> None:
    """List the papers and figures that a mill needs, before any calculation."""
    from lca_cardato.cli.claims_run import run_checklist

    run_checklist(pack, lang.value)


@app.command()
def check(
    scenario: ScenarioFile,
    pack: Annotated[
        Optional[list[str]],
        typer.Option(
            "--pack", help="Only this pack; may be repeated.", autocompletion=complete.packs
        ),
    ] = None,
    require: Annotated[
        Optional[list[str]],
        typer.Option(
            "--require",
            help="End with 1 unless this pack is met; may be repeated.",
            autocompletion=complete.packs,
        ),
    ] = None,
    samples: Annotated[
        int,
        typer.Option("--samples", min=0, max=1_000_000, help="Draws of the uncertain losses."),
    ] = 0,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Seed of the draws.")] = 0,
    lang: LangOption = Lang.en,
    inventories: InventoriesOption = None,
) -> None:
    """Give the verdicts of a scenario; with --require an exit code for scripts."""
    from lca_cardato.cli.audit import leave
    from lca_cardato.cli.claims_run import run_check

    leave(run_check(scenario, pack or [], require or [], (samples, seed), lang.value, inventories))


@app.command()
def balance(
    scenarios: Annotated[
        list[Path],
        typer.Argument(
            metavar="SCENARIO...",
            help="Scenarios with `product.batch`.",
            autocompletion=complete.scenarios,
        ),
    ],
    lang: LangOption = Lang.en,
) -> None:
    """Hold the kilograms that several products claim against their documents; 1 when over."""
    from lca_cardato.cli.audit import leave
    from lca_cardato.cli.claims_run import run_balance

    leave(run_balance(scenarios, lang.value))


@app.command()
def year(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="Balance of a year (YAML).", autocompletion=complete.balances
        ),
    ],
    lang: LangOption = Lang.en,
) -> None:
    """Balance a calendar year by origin class, where lots are not managed; 1 when over."""
    from lca_cardato.cli.audit import leave
    from lca_cardato.cli.claims_run import run_year

    leave(run_year(file, lang.value))
