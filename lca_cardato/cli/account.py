"""What an import made of a file, on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lca_cardato.cli.console import show_table, tell
from lca_cardato.cli.outcome import language
from lca_cardato.errors import shorten
from lca_cardato.exchange.account import LEFT_OUT, TAKEN
from lca_cardato.sentence import say
from lca_cardato.words.told import tell as told

if TYPE_CHECKING:
    from lca_cardato.exchange.convert import Taken

SHOWN = 40


def show_account(found: Taken) -> None:
    """Print what was taken, converted and left out; the rest is in ``--json``."""
    entries = found.account.entries
    taken = sum(1 for entry in entries if entry.became == TAKEN)
    tell(say(
        "exchanges in the file: {count}; taken: {taken}; left out: {left}; amounts of 0: {zero}",
        count=len(entries), taken=taken, left=len(found.account.left_out()),
        zero=len(entries) - taken - len(found.account.left_out()),
    ))  # fmt: skip
    for text, count in sorted(found.renamed.items()):
        tell(say("{count} exchange: {text}", "{count} exchanges: {text}", count=count, text=text))
    noted = [entry for entry in entries if entry.told or entry.became == LEFT_OUT]
    speech = language()
    rows = [
        [
            shorten(entry.name, 60), f"{entry.amount:.6g} {entry.unit}",
            told(say("left out"), speech) if entry.became == LEFT_OUT
            else f"{entry.here:.6g} {entry.unit_here}",
            shorten("; ".join(told(text, speech) for text in entry.told), 200),
        ]
        for entry in noted if entry.became == LEFT_OUT or set(entry.told) - set(found.renamed)
    ]  # fmt: skip
    if rows:
        heads = [
            say("exchange"),
            say("in the file"),
            say("here, per 1"),
            say("what was made of it"),
        ]
        show_table([told(head, speech) for head in heads], rows[:SHOWN])
    if len(rows) > SHOWN:
        tell(say("and {count} more; --json has all", count=len(rows) - SHOWN))
    for text in found.told:
        tell(text)
    sums = [
        [row["unit"], *(f"{row[key]:.6g}" for key in ("file", "taken", "left_out"))]
        for row in found.account.sums()
    ]
    heads = [
        say("unit"),
        say("in the file, sum of absolute amounts"),
        say("taken"),
        say("left out"),
    ]
    show_table([told(head, speech) for head in heads], sums)
