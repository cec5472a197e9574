"""The commands on many scenarios or draws: `compare`, `batch`, `uncertainty`, `sensitivity`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from lca_cardato.cli import complete
from lca_cardato.cli.options import (
    BackgroundOption,
    ChartsOption,
    ForceOption,
    IndicatorsOption,
    InventoriesOption,
    JsonOption,
    Lang,
    LangOption,
    MappingOption,
    MethodOption,
    ReportOption,
    ScenarioFile,
    SeedOption,
    rests_on,
)


def compare(
    scenarios: Annotated[
        list[Path],
        typer.Argument(
            metavar="SCENARIO...",
            help="Two or more scenario files.",
            show_default=False,
            autocompletion=complete.scenarios,
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
            autocompletion=complete.databases,
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
            rests_on(inventories, background, mapping, method),
            report or [], charts, force,
        )
    )  # fmt: skip


def batch(
    space: Annotated[
        Path,
        typer.Argument(
            metavar="SPACE",
            help="Space file (YAML).",
            show_default=False,
            autocompletion=complete.spaces,
        ),
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
            **rests_on(inventories, background, mapping, method),
        )
    )  # fmt: skip


def uncertainty(
    scenario: ScenarioFile,
    samples: Annotated[int, typer.Option("--samples", help="Draws, up to 1000000.")] = 10_000,
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
            rests_on(inventories, background, mapping, method),
            report or [], charts, force,
        )
    )  # fmt: skip


def sensitivity(
    scenario: ScenarioFile,
    indicator: Annotated[
        str,
        typer.Option(
            "--indicator",
            help="Indicator, as in `assess --json`.",
            autocompletion=complete.indicators,
        ),
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
            rests_on(inventories, background, mapping, method),
            report or [], charts, force,
        )
    )  # fmt: skip
