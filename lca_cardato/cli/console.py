"""What every command shows alike: the screen, JSON, progress, an exit code."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import Any, Callable, Iterable, Iterator, Sequence

import typer

from lca_cardato.cli.outcome import language
from lca_cardato.sentence import say
from lca_cardato.words.told import tell as told

WIDTH, NARROWEST, WIDEST = 120, 40, 1000
"""Columns where there is no terminal, and the ends of what `COLUMNS` may ask for."""


def console(stderr: bool = False) -> Any:
    """Console of the command: no markup, as wide as `COLUMNS` says, else as the terminal.

    Where there is neither, it has 120 columns.
    """
    from rich.console import Console

    screen = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    asked = os.environ.get("COLUMNS", "").strip()
    if asked.isdecimal():
        screen.width = min(max(int(asked[:9]), NARROWEST), WIDEST)
    elif not screen.is_terminal:
        screen.width = WIDTH
    return screen


def show_table(heads: Sequence[str], rows: Iterable[Iterable[Any]]) -> None:
    """Print a plain table; without heads when there are none.

    Parameters
    ----------
    heads : sequence of str
    rows : iterable of iterable of str or lca_cardato.report.parts.Cell
    """
    from lca_cardato.report.formats.terminal_list import Listing

    console().print(Listing(heads, rows))


def show_first(found: Sequence[dict[str, Any]], words: Any, stderr: bool = False) -> None:
    """Print what was questioned and what is the user's own, before an answer.

    Parameters
    ----------
    found : sequence of dict
        As `lca_cardato.results.notices.notices` makes them; nothing is printed for none.
    words : Language
    stderr : bool
        Whether it goes to standard error.
    """
    if found:
        from lca_cardato.report.formats.terminal import show
        from lca_cardato.report.tables.notices import notice_blocks

        show(notice_blocks(found, words), words, console(stderr))


def tell(text: str, stderr: bool = False) -> None:
    """Print a sentence in the language that was asked for.

    Parameters
    ----------
    text : str
        Made by `lca_cardato.sentence.say`.
    stderr : bool
        Whether it goes to standard error.
    """
    print(told(text, language()), file=sys.stderr if stderr else sys.stdout)


def wrong_use(text: str, parameter: str) -> Exception:
    """Make the error of a command line that is wrong.

    Parameters
    ----------
    text : str
        Made by `lca_cardato.sentence.say`.
    parameter : str
        As it is typed.
    """
    return typer.BadParameter(told(text, language()), param_hint=parameter)


def print_json(document: Any) -> None:
    """Print plain data as one JSON document."""
    from lca_cardato.results.csv_tables import json_text

    sys.stdout.write(json_text(document))


def leave(code: int) -> None:
    """End with an exit code other than 0."""
    if code:
        raise typer.Exit(code)


@contextlib.contextmanager
def installing() -> Iterator[Callable[[int, int, str], None]]:
    """Show the one-time installation of the inventories as a bar on standard error.

    Yields
    ------
    callable
        Takes (step, steps, text).
    """
    columns = ("{task.description}", "TimeElapsedColumn")
    with _bar(told(say("installing inventories, once:"), language()), False, columns) as show:
        yield lambda step, steps, text: show(step, steps - 1, told(text, language()))


@contextlib.contextmanager
def counting(text: str) -> Iterator[Callable[[int, int], None]]:
    """Show rows or draws as a bar on standard error, only where that is a terminal.

    Yields
    ------
    callable
        Takes (done, whole).
    """
    columns = ("MofNCompleteColumn", "TimeRemainingColumn")
    with _bar(text, True, columns) as show:
        wanted = sys.stderr.isatty()
        yield lambda done, whole: show(done, whole, told(text, language())) if wanted else None


@contextlib.contextmanager
def without_logs(wanted: bool) -> Iterator[None]:
    """Keep log lines of other libraries from the screen, where what they tell is told by us."""
    import logging

    before = logging.root.manager.disable
    if wanted:
        logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


@contextlib.contextmanager
def _bar(
    head: str, transient: bool, columns: Sequence[str]
) -> Iterator[Callable[[int, int, str], None]]:
    """Make a bar at the first step, and take it away at the end."""
    bar: Any = None

    def show(done: int, whole: int, text: str) -> None:
        nonlocal bar
        from rich import progress

        if bar is None:
            made = [
                progress.TextColumn(name) if "{" in name else getattr(progress, name)()
                for name in columns
            ]
            bar = progress.Progress(
                progress.TextColumn(head), progress.BarColumn(), *made,
                console=console(stderr=True), transient=transient,
            )  # fmt: skip
            bar.add_task(text, total=whole)
            bar.start()
        bar.update(bar.task_ids[0], completed=done, description=text)

    try:
        yield show
    finally:
        if bar is not None:
            bar.stop()
