"""The check of a user's background in the terminal."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.text import Text

from lca_cardato.inventory.tables import UncountedNote
from lca_cardato.report.formats.terminal_list import Listing
from lca_cardato.results.warnings import uncounted_words
from lca_cardato.words.language import Language
from lca_cardato.words.units import display

SHOWN = 20


def render_check(document: dict[str, Any], words: Language, console: Console) -> None:
    """Print the check of a user's background.

    Parameters
    ----------
    document : dict
        As `lca_cardato.background.check.BackgroundCheck.to_dict` makes it.
    words : Language
    console : rich.console.Console
    """
    taken = [row for row in document["datasets"] if "own" in row]
    kept = [row for row in document["datasets"] if "own" not in row]
    console.print(Text(f"{document['project']}/{document['database']}", style="bold"))
    console.print(
        words(
            "bg_fits", mapping=document["mapping"], taken=str(len(taken)), kept=str(len(kept)),
            processes=str(document["processes"]), flows=str(document["elementary_flows"]),
        )
    )  # fmt: skip
    console.print(words("bg_digest", digest=document["sha256"]))
    if document["credit"]:
        console.print(document["credit"])
    console.print()
    heads, rows = [words("bg_ours"), words("bg_process")], []
    for name in next(iter(taken))["own"] if taken else ():
        unit = display(name, 0.0, "kg CO2-eq" if name == "climate_change" else "MJ")[1]
        heads.append(f"{words(name).split(' (')[0]}\n{unit}")
    for row in taken:
        label = f"{row['activity']} | {row['location']}"
        if row["amount"] != 1:
            label += f" × {words.decimal(format(row['amount'], '.6g'))} {row['unit']}"
        cells = [
            f"{_shown(words, name, row['open_inventories'][name])} → {_shown(words, name, value)}"
            for name, value in row["own"].items()
        ]
        rows.append([f"{row['dataset']} ({row['unit_of_ours']})", label, *cells])
    console.print(Listing(heads, rows, range(2, len(heads)), words("bg_beside")))
    console.print()
    console.print(Text(words("bg_kept"), style="bold"))
    for row in kept:
        console.print(Text(f"  {row['dataset']}: {row['open']}"))
    unknown = document["unknown_flows"]
    left = UncountedNote.model_validate(document["uncounted"])
    console.print()
    console.print(words("background_flows", **uncounted_words(left, words)))
    if unknown:
        console.print(Text(words("bg_unknown", count=str(len(unknown))), style="bold"))
        for name in unknown[:SHOWN]:
            console.print(Text(f"  {name}"))
        if len(unknown) > SHOWN:
            console.print(words("bg_more", count=str(len(unknown) - SHOWN)))


def _shown(words: Language, name: str, value: float) -> str:
    return words.number(display(name, value, "")[0])
