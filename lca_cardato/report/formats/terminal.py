"""Parts of a report on a terminal; a verdict reads without colour too."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text as Line

from lca_cardato.report.formats.terminal_grid import TIE, Tied, grids, verdict
from lca_cardato.report.parts import Block, Claim, Facts, Table, Text
from lca_cardato.words.language import Language
from lca_cardato.words.said import flat, tied

STYLES = {"lead": "bold", "note": "dim", "quote": "italic", "alert": "bold red", "notice": "yellow"}
BARS = {"quote": "> ", "notice": "! "}
"""What stands before every line of a text of that style."""


def show(blocks: Iterable[Block], words: Language, console: Console) -> None:
    """Print parts.

    Parameters
    ----------
    blocks : iterable of Block
        Texts, headline figures, tables and claims; pictures have no place here.
    words : Language
    console : rich.console.Console
    """
    for block in blocks:
        if isinstance(block, Table):
            for part in grids(block, console.width):
                console.print(Tied(part))
        elif isinstance(block, Claim):
            for line in _claim(block, words):
                console.print(Tied(_hung(line, console, 4 if block.folded else 0)))
        elif isinstance(block, Facts):
            for fact in block.facts:
                console.print(Line.assemble((fact.label, "bold"), f"  {fact.text}"))
        elif isinstance(block, Text):
            code = block.style == "code"
            line = Line(
                block.text if code else _tied(block.text), style=STYLES.get(block.style, "")
            )
            if block.style in BARS:
                line = _barred(line, BARS[block.style], console)
            elif not code:
                line = _hung(line, console, 2 if line.plain.lstrip().startswith("- ") else 0)
            console.print(line if code else Tied(line), soft_wrap=code)


def _tied(text: str) -> str:
    """Put a text on one line that is wrapped between words alone."""
    return tied(flat(text), TIE)


def _hung(line: Line, console: Console, more: int = 0) -> Line:
    """Wrap a text that stands in so that its other lines stand in as far, or further."""
    indent = len(line.plain) - len(line.plain.lstrip(" "))
    if not indent + more or len(line.plain) <= console.width:
        return line
    inner = line[indent:]
    parts = inner.wrap(console, max(20, console.width - indent - more))
    first = " " * (indent + more)
    return Line("\n").join(
        Line(first if n else first[more:]) + part for n, part in enumerate(parts)
    )


def _barred(line: Line, bar: str, console: Console) -> Line:
    """Put a sign before every line of a text, where it goes on too: no part stands alone."""
    parts = line.wrap(console, max(20, console.width - len(bar)))
    return Line("\n").join(Line(bar, style="dim") + part for part in parts)


def _claim(claim: Claim, words: Language) -> Iterable[Line]:
    """A claim criterion by criterion; a folded one in a line."""
    head = verdict(claim.verdict, words(claim.verdict))
    if claim.folded:
        told = _tied(f"{claim.name}: {claim.criteria[0].reason}")
        yield Line("  ").append_text(head).append(f"  {told}")
        return
    line = Line(f"{claim.name} ", style="bold").append_text(head)
    yield line.append(f"  ({claim.rule_pack})", style="dim")
    if claim.scope:
        yield Line(f"  {claim.scope}", style="dim")
    for item in claim.criteria:
        found = verdict(item.verdict, words(item.verdict))
        yield Line("  ").append_text(found).append(f"  {_tied(item.title)}")
        yield Line(f"      {_tied(item.reason)}")
        if item.change:
            yield Line(f"      {words('to_change')}: {_tied(item.change)}", style="cyan")
