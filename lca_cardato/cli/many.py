"""What `compare`, `batch`, `uncertainty` and `sensitivity` do: one library call and its rendering."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Callable, Optional

from lca_cardato.cli import reports
from lca_cardato.cli.commands import InstallProgress, console, print_json
from lca_cardato.errors import EXIT_INPUT, EXIT_OK
from lca_cardato.words.language import Language


class RowProgress:
    """Progress bar over rows or draws, on standard error, only where there is a terminal."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.bar: Any = None
        self.task: Any = None
        self.wanted = sys.stderr.isatty()

    def __call__(self, done: int, whole: int) -> None:
        """Show how far it is."""
        if not self.wanted:
            return
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        if self.bar is None:
            self.bar = Progress(
                TextColumn(self.text), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
                console=console(stderr=True), transient=True,
            )  # fmt: skip
            self.task = self.bar.add_task(self.text, total=whole)
            self.bar.start()
        self.bar.update(self.task, completed=done)

    def close(self) -> None:
        """Take the bar away."""
        if self.bar is not None:
            self.bar.stop()


def _watched(call: Callable[..., Any], text: str, **options: Any) -> Any:
    """Call a verb with its progress bars."""

    install, rows = InstallProgress(), RowProgress(text)
    try:
        return call(progress=install, tick=rows, **options)
    finally:
        install.close()
        rows.close()


def run_compare(
    scenarios: list[Path],
    samples: int,
    seed: int,
    indicators: list[str],
    as_json: bool,
    lang: str,
    rests_on: dict[str, Any],
    report: list[Path],
    charts: Optional[Path],
    force: bool,
) -> int:
    """Compare scenarios."""
    from lca_cardato.report.screens.studies import render_comparison
    from lca_cardato.studies.compare import compare

    words = Language(lang)
    reports.check(report, charts, force, "comparison")
    found = _watched(
        compare, "draws", sources=list(scenarios), samples=samples, seed=seed,
        indicators=indicators, **rests_on,
    )  # fmt: skip
    document = found.to_dict(lang)
    if report or charts is not None:
        from lca_cardato.report.stories.many import comparison_report

        reports.write(comparison_report(found, lang), document, report, charts, force)
    if as_json:
        print_json(document)
    else:
        render_comparison(document, words, console())
    return EXIT_OK


def run_uncertainty(
    scenario: Path,
    samples: int,
    seed: int,
    indicators: list[str],
    as_json: bool,
    lang: str,
    rests_on: dict[str, Any],
    report: list[Path],
    charts: Optional[Path],
    force: bool,
) -> int:
    """Draw the uncertain figures of a scenario."""
    from lca_cardato.report.screens.studies import render_uncertainty
    from lca_cardato.studies.uncertainty import uncertainty

    words = Language(lang)
    reports.check(report, charts, force, "uncertainty")
    found = _watched(
        uncertainty, "draws", source=scenario, samples=samples, seed=seed, indicators=indicators,
        **rests_on,
    )  # fmt: skip
    if report or charts is not None:
        from lca_cardato.report.stories.many import uncertainty_report

        made = uncertainty_report(found, lang)
        reports.write(made, found.to_dict(), report, charts, force)
    if as_json:
        print_json(found.to_dict())
    else:
        render_uncertainty(found.to_dict(), words, console())
    return EXIT_OK


def run_sensitivity(
    scenario: Path,
    indicator: str,
    seed: int,
    trajectories: int,
    points: int,
    screen: int,
    as_json: bool,
    lang: str,
    rests_on: dict[str, Any],
    report: list[Path],
    charts: Optional[Path],
    force: bool,
) -> int:
    """Tell what a result hangs on."""
    from lca_cardato.report.screens.studies import render_sensitivity
    from lca_cardato.studies.sensitivity import sensitivity

    words = Language(lang)
    reports.check(report, charts, force, "sensitivity")
    install = InstallProgress()
    try:
        found = sensitivity(
            scenario, indicator, seed, trajectories, points, screen, progress=install, **rests_on
        )
    finally:
        install.close()
    if report or charts is not None:
        from lca_cardato.report.stories.many import sensitivity_report

        made = sensitivity_report(found, lang)
        reports.write(made, found.to_dict(), report, charts, force)
    if as_json:
        print_json(found.to_dict())
    else:
        render_sensitivity(found.to_dict(), words, console())
    return EXIT_OK


def run_batch(
    space: Path, row: Optional[int], lang: str, report: list[Path], charts: Optional[Path],
    force: bool, **options: Any,
) -> int:  # fmt: skip
    """Calculate a space, or print the scenario of one of its rows."""
    words = Language(lang)
    reports.check(report, charts, force, "batch")
    if row is not None:
        return _print_row(space, row)
    from lca_cardato.report.screens.studies import render_batch
    from lca_cardato.studies.batch import batch

    found = _watched(batch, "rows", source=space, force=force, **options)
    if report or charts is not None:
        from lca_cardato.report.stories.batch import batch_document, batch_report

        reports.write(batch_report(found, lang), batch_document(found), report, charts, force)
    render_batch(found, words, console())
    for problem in found.summary.problems[:20]:
        print(f"row {problem.row}: {problem.text}", file=sys.stderr)
    rest = found.summary.problem_count - min(20, len(found.summary.problems))
    if rest > 0:
        print(f"and {rest} more rows without a result", file=sys.stderr)
    return EXIT_INPUT if found.summary.problem_count else EXIT_OK


def _print_row(source: Path, row: int) -> int:
    """Print one row of a space as a scenario file."""
    import yaml

    from lca_cardato.errors import InputError
    from lca_cardato.space.load import load_space

    space = load_space(source)
    if not 0 <= row < space.size:
        raise InputError.one(
            "E326", f"the space has the rows 0 to {space.size - 1}", key="--row", value=str(row)
        )
    data, _ = space.scenario_data(row)
    data["id"] = f"{data['id']}-{row}"[:64]
    print(f"# Row {row} of {source.name}, made from {space.space.base}.")
    print(yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=100), end="")
    return EXIT_OK
