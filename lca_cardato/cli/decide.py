"""What to do next: `measure-next`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

from lca_cardato.cli import complete
from lca_cardato.cli.console import console, installing, print_json
from lca_cardato.cli.options import (
    Basis,
    JsonOption,
    Lang,
    LangOption,
    SeedOption,
    argument,
    option,
    spread,
)
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
    lang: LangOption = Lang.en,
    basis: Basis = Basis(),
) -> None:
    """Rank meters, papers and analyses by what they narrow and prove per euro."""
    from lca_cardato.measure.study import measure_next
    from lca_cardato.report.screens.measure import render_measure_next

    with installing() as progress:
        found = measure_next(
            scenario, indicator, costs, budget, samples, seed, progress=progress,
            **basis.arguments(),
        )  # fmt: skip
    document = found.to_dict(lang.value)
    if json_:
        print_json(document)
    else:
        render_measure_next(document, Language(lang.value), console())
