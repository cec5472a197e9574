"""What to do next: `measure-next`, `season`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

from lca_cardato.cli import complete
from lca_cardato.cli.console import console, installing, print_json, tell
from lca_cardato.cli.options import (
    Basis,
    InventoriesOption,
    JsonOption,
    Lang,
    LangOption,
    SeedOption,
    Written,
    argument,
    option,
    spread,
)
from lca_cardato.sentence import say
from lca_cardato.words.language import Language


@spread
def measure_next(
    scenario: Annotated[
        Path, argument("SCENARIO", "Scenario, or a folder of scenarios.", complete.scenarios)
    ],
    indicator: Annotated[
        str, option("--indicator", "Indicator, as in `assess --json`.", complete.indicators)
    ] = "climate_change",
    costs: Annotated[
        Optional[Path], option("--costs", "Your own quotes in place of the shipped costs, YAML.")
    ] = None,
    budget: Annotated[
        Optional[float], option("--budget", "EUR that may be spent.", metavar="EUR")
    ] = None,
    samples: Annotated[int, option("--samples", "Draws, 2048 to 65536.")] = 16_384,
    seed: SeedOption = 0,
    json_: JsonOption = False,
    written: Written = Written(),
    lang: LangOption = Lang.en,
    basis: Basis = Basis(),
) -> None:
    """Rank meters, papers and analyses by what they narrow and prove per euro."""
    from lca_cardato.api.reports import report_of
    from lca_cardato.measure.study import measure_next
    from lca_cardato.report.screens.measure import render_measure_next

    written.check("measures")
    with installing() as progress:
        found = measure_next(
            scenario, indicator, costs, budget, samples, seed, progress=progress,
            **basis.arguments(),
        )  # fmt: skip
    document = found.to_dict(lang.value)
    written.write(lambda: report_of(found, lang.value))
    if json_:
        print_json(document)
    else:
        render_measure_next(document, Language(lang.value), console())


@spread
def season(
    orders: Annotated[Path, argument("ORDERS", "Table of orders (.csv, .xlsx).")],
    stock: Annotated[Path, argument("STOCK", "Table of lots in stock (.csv, .xlsx).")],
    seconds: Annotated[float, option("--seconds", "Time limit.")] = 60.0,
    gap: Annotated[
        float, option("--gap", "Share of the cost at which the search ends; 0 for the optimum.")
    ] = 0.001,
    orders_sheet: Annotated[
        Optional[str], option("--orders-sheet", "Of a workbook: the sheet of the orders.")
    ] = None,
    stock_sheet: Annotated[
        Optional[str], option("--stock-sheet", "Of a workbook: the sheet of the lots.")
    ] = None,
    out: Annotated[
        Optional[Path], option("--out", "New file for the plan: order, lot, kg, EUR (.csv).")
    ] = None,
    json_: JsonOption = False,
    written: Written = Written(),
    lang: LangOption = Lang.en,
    inventories: InventoriesOption = None,
) -> None:
    """Put lots into orders so that most orders keep their claim, at least cost."""
    from lca_cardato.api.reports import report_of
    from lca_cardato.report.screens.season import render_season
    from lca_cardato.report.screens.season_file import check_plan, write_plan
    from lca_cardato.season.study import season

    check_plan(out, written.force)
    written.check("season")
    found = season(orders, stock, seconds, gap, orders_sheet, stock_sheet, inventories)
    document = found.to_dict(lang.value)
    if out is not None:
        write_plan(document, out, Language(lang.value))
        tell(say("{file}: written", file=out), stderr=True)
    written.write(lambda: report_of(found, lang.value))
    if json_:
        print_json(document)
    else:
        render_season(document, Language(lang.value), console())
