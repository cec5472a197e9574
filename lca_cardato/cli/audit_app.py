"""The commands on a run folder: `verify`, `reproduce`, `explain`, `diff`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lca_cardato.cli import complete
from lca_cardato.cli.options import Lang, LangOption, RunFolder


def verify(run: RunFolder, lang: LangOption = Lang.en) -> None:
    """Check a run folder without calculating: digests, sums, thresholds."""
    from lca_cardato.cli.audit import leave, run_verify

    leave(run_verify(run, lang.value))


def reproduce(run: RunFolder, lang: LangOption = Lang.en) -> None:
    """Calculate a run again from its own copies and compare; exit 6 when it differs."""
    from lca_cardato.cli.audit import leave, run_reproduce

    leave(run_reproduce(run, lang.value))


def explain(
    run: RunFolder,
    indicator: Annotated[
        str,
        typer.Argument(
            metavar="[INDICATOR]",
            help="Indicator, as in result.json.",
            autocompletion=complete.indicators,
        ),
    ] = "climate_change",
    lang: LangOption = Lang.en,
) -> None:
    """Print the arithmetic behind a figure, down to file, line and source."""
    from lca_cardato.cli.audit import leave, run_explain

    leave(run_explain(run, indicator, lang.value))


def diff(
    first: RunFolder,
    second: Annotated[
        Path,
        typer.Argument(metavar="RUN", help="The other run folder.", autocompletion=complete.runs),
    ],
    lang: LangOption = Lang.en,
) -> None:
    """Show what changed between two runs: inputs, data, method, results, verdicts."""
    from lca_cardato.cli.audit import leave, run_diff

    leave(run_diff(first, second, lang.value))
