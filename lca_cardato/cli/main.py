"""Entry point. Heavy imports happen inside the commands, so that ``--help`` is instant."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from lca_cardato import __version__
from lca_cardato.cli import formats
from lca_cardato.cli.background import app as background_app
from lca_cardato.cli.background import methods
from lca_cardato.cli.claims import app as claims_app
from lca_cardato.cli.inventory import app as inventory_app
from lca_cardato.cli.report_app import (
    BackgroundOption,
    ChartsOption,
    ForceOption,
    Lang,
    MappingOption,
    MethodOption,
    ReportOption,
    RunFolder,
    register,
)

HELP = """Life cycle assessment of carded (woollen-spun) yarns and fabrics of Prato,
and their standing on the claims Cardato and Cardato Recycled."""

app = typer.Typer(
    help=HELP,
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(inventory_app, name="inventory")
app.add_typer(claims_app, name="claims")
app.add_typer(background_app, name="background")
app.command("methods")(methods)
app.command("export")(formats.export)
app.command("import")(formats.import_)


ScenarioFile = Annotated[
    Path, typer.Argument(metavar="SCENARIO", help="Scenario file (YAML).", show_default=False)
]
LangOption = Annotated[Lang, typer.Option("--lang", help="Language of the output.")]
InventoriesOption = Annotated[
    Optional[Path],
    typer.Option(
        "--inventories",
        help="Own folder of inventory files; extends the shipped ones or replaces them by id.",
    ),
]


def _rests_on(
    inventories: Optional[Path],
    background: Any,
    mapping: Optional[str],
    method: Optional[list[str]],
) -> dict[str, Any]:
    """Arguments of the library that say what a calculation rests on."""
    return {
        "inventories": inventories,
        "background": background,
        "mapping": mapping,
        "methods": method or [],
    }


def _version(value: bool) -> None:
    if value:
        typer.echo(f"lca-cardato {__version__}")
        raise typer.Exit()


@app.callback()
def main_options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options of the program itself."""


main_options.__doc__ = HELP


@app.command()
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

    rests_on = _rests_on(inventories, background, mapping, method)
    run_assess(scenario, json_, out, lang.value, rests_on, report or [], charts, force)


@app.command()
def validate(
    scenario: ScenarioFile, lang: LangOption = Lang.en, inventories: InventoriesOption = None
) -> None:
    """Check a scenario without calculating."""
    from lca_cardato.cli.commands import run_validate

    run_validate(scenario, lang.value, inventories)


@app.command()
def new(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="File to write.")],
    product: Annotated[
        str, typer.Option("--product", help="Kind of product: yarn or fabric.")
    ] = "yarn",
) -> None:
    """Write a commented scenario to start from."""
    from lca_cardato.cli.commands import run_new

    run_new(file, product)


@app.command()
def fibres(lang: LangOption = Lang.en, inventories: InventoriesOption = None) -> None:
    """List the fibres, with their origins and default datasets."""
    from lca_cardato.cli.commands import run_fibres

    run_fibres(lang.value, inventories)


@app.command()
def steps(lang: LangOption = Lang.en, inventories: InventoriesOption = None) -> None:
    """List the steps of a route, with their default figures."""
    from lca_cardato.cli.commands import run_steps

    run_steps(lang.value, inventories)


SamplesOption = Annotated[int, typer.Option("--samples", help="Draws, up to 1000000.")]
SeedOption = Annotated[int, typer.Option("--seed", help="Seed of the draws, from 0.")]
IndicatorsOption = Annotated[
    Optional[list[str]],
    typer.Option("--indicators", help="Indicators, comma-separated, or `all`."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


@app.command()
def compare(
    scenarios: Annotated[
        list[Path],
        typer.Argument(
            metavar="SCENARIO...", help="Two or more scenario files.", show_default=False
        ),
    ],
    samples: Annotated[
        int, typer.Option("--samples", help="Paired draws, up to 1000000; 0 for none.")
    ] = 0,
    seed: SeedOption = 0,
    indicators: IndicatorsOption = None,
    json_: JsonOption = False,
    report: ReportOption = None,
    charts: ChartsOption = None,
    force: ForceOption = False,
    lang: LangOption = Lang.en,
    inventories: InventoriesOption = None,
    background: Annotated[
        Optional[list[str]],
        typer.Option(
            "--background",
            metavar="PROJECT/DATABASE",
            help="Database of your own Brightway project, or `open`; repeatable: side by side.",
        ),
    ] = None,
    mapping: MappingOption = None,
    method: MethodOption = None,
) -> None:
    """Compare scenarios with the first: impacts, stages, claims, and how sure the order is."""
    from lca_cardato.cli.audit import leave
    from lca_cardato.cli.many import run_compare

    leave(
        run_compare(
            scenarios, samples, seed, indicators or [], json_, lang.value,
            _rests_on(inventories, background, mapping, method),
            report or [], charts, force,
        )
    )  # fmt: skip


@app.command()
def batch(
    space: Annotated[
        Path, typer.Argument(metavar="SPACE", help="Space file (YAML).", show_default=False)
    ],
    out: Annotated[
        Optional[Path],
        typer.Option(
            "--out", help="Result file: .parquet, .csv or .xlsx; taken up where it broke off."
        ),
    ] = None,
    where: Annotated[
        Optional[list[str]],
        typer.Option("--filter", help="Condition on rows, e.g. 'climate_change < 4'; repeatable."),
    ] = None,
    pareto: Annotated[
        Optional[str],
        typer.Option("--pareto", help="Keep the Pareto front, e.g. climate_change,cost."),
    ] = None,
    top: Annotated[int, typer.Option("--top", min=0, help="Keep this many of the best rows.")] = 0,
    by: Annotated[
        Optional[str],
        typer.Option("--by", help="Order of the best, e.g. cost or max:recycled_product_dry."),
    ] = None,
    indicators: IndicatorsOption = None,
    check: Annotated[
        int, typer.Option("--check", min=0, help="Random rows to calculate again with Brightway.")
    ] = 0,
    workers: Annotated[
        Optional[int],
        typer.Option("--workers", min=1, help="Threads; all processors when left out."),
    ] = None,
    scheduler: Annotated[
        Optional[str],
        typer.Option("--scheduler", help="Address of a dask scheduler, e.g. tcp://host:8786."),
    ] = None,
    row: Annotated[
        Optional[int], typer.Option("--row", help="Print the scenario of this row and stop.")
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
    """Calculate every scenario of a space: grids, blends, tables, samples."""
    from lca_cardato.cli.audit import leave
    from lca_cardato.cli.many import run_batch

    leave(
        run_batch(
            space, row, lang.value, report or [], charts, force, out=out, where=where or [], pareto=pareto, top=top, by=by,
            indicators=indicators, check=check, workers=workers, scheduler=scheduler,
            **_rests_on(inventories, background, mapping, method),
        )
    )  # fmt: skip


@app.command()
def uncertainty(
    scenario: ScenarioFile,
    samples: SamplesOption = 10_000,
    seed: SeedOption = 0,
    indicators: IndicatorsOption = None,
    json_: JsonOption = False,
    report: ReportOption = None,
    charts: ChartsOption = None,
    force: ForceOption = False,
    lang: LangOption = Lang.en,
    inventories: InventoriesOption = None,
    background: BackgroundOption = None,
    mapping: MappingOption = None,
    method: MethodOption = None,
) -> None:
    """Draw every uncertain figure: median, 95 % interval, and what makes the spread."""
    from lca_cardato.cli.audit import leave
    from lca_cardato.cli.many import run_uncertainty

    leave(
        run_uncertainty(
            scenario, samples, seed, indicators or [], json_, lang.value,
            _rests_on(inventories, background, mapping, method),
            report or [], charts, force,
        )
    )  # fmt: skip


@app.command()
def sensitivity(
    scenario: ScenarioFile,
    indicator: Annotated[
        str, typer.Option("--indicator", help="Indicator, as in `assess --json`.")
    ] = "climate_change",
    seed: SeedOption = 0,
    trajectories: Annotated[int, typer.Option("--trajectories", help="Morris trajectories.")] = 20,
    points: Annotated[
        int, typer.Option("--points", help="Base points of the Sobol indices, a power of 2.")
    ] = 1024,
    screen: Annotated[
        int, typer.Option("--screen", help="Figures that get Sobol indices, by Morris.")
    ] = 15,
    json_: JsonOption = False,
    report: ReportOption = None,
    charts: ChartsOption = None,
    force: ForceOption = False,
    lang: LangOption = Lang.en,
    inventories: InventoriesOption = None,
    background: BackgroundOption = None,
    mapping: MappingOption = None,
    method: MethodOption = None,
) -> None:
    """Tell which figures and choices a result hangs on: Morris, Sobol, tornado, switches."""
    from lca_cardato.cli.audit import leave
    from lca_cardato.cli.many import run_sensitivity

    leave(
        run_sensitivity(
            scenario, indicator, seed, trajectories, points, screen, json_, lang.value,
            _rests_on(inventories, background, mapping, method),
            report or [], charts, force,
        )
    )  # fmt: skip


@app.command()
def verify(run: RunFolder, lang: LangOption = Lang.en) -> None:
    """Check a run folder without calculating: digests, sums, thresholds."""
    from lca_cardato.cli.audit import leave, run_verify

    leave(run_verify(run, lang.value))


@app.command()
def reproduce(run: RunFolder, lang: LangOption = Lang.en) -> None:
    """Calculate a run again from its own copies and compare; exit 6 when it differs."""
    from lca_cardato.cli.audit import leave, run_reproduce

    leave(run_reproduce(run, lang.value))


@app.command()
def explain(
    run: RunFolder,
    indicator: Annotated[
        str, typer.Argument(metavar="[INDICATOR]", help="Indicator, as in result.json.")
    ] = "climate_change",
    lang: LangOption = Lang.en,
) -> None:
    """Print the arithmetic behind a figure, down to file, line and source."""
    from lca_cardato.cli.audit import leave, run_explain

    leave(run_explain(run, indicator, lang.value))


@app.command()
def diff(
    first: RunFolder,
    second: Annotated[Path, typer.Argument(metavar="RUN", help="The other run folder.")],
    lang: LangOption = Lang.en,
) -> None:
    """Show what changed between two runs: inputs, data, method, results, verdicts."""
    from lca_cardato.cli.audit import leave, run_diff

    leave(run_diff(first, second, lang.value))


@app.command("explain-error")
def explain_error(
    code: Annotated[str, typer.Argument(metavar="CODE", help="Error code, e.g. E104.")],
    lang: LangOption = Lang.en,
) -> None:
    """Tell what an error code means, with an example and the cure."""
    from lca_cardato.cli.commands import run_explain_error

    run_explain_error(code, lang.value)


register(app)


def main() -> None:
    """Run the command and turn every error into lines for people and an exit code."""
    from lca_cardato.cli.outcome import run

    sys.exit(run(app))
