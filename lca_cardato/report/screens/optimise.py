"""The best blend of a space on the terminal."""

from __future__ import annotations

from typing import Any

from rich.console import Console

from lca_cardato.report.formats.terminal import show
from lca_cardato.report.parts import Block, Text
from lca_cardato.report.tables import optimise as tables
from lca_cardato.words.language import Language

BLANK = Text("")


def render_optimise(document: dict[str, Any], words: Language, console: Console) -> None:
    """Print the best blend, or the front.

    Parameters
    ----------
    document : dict
        As `lca_cardato.studies.optimise.Found.to_dict` gives it.
    words : Language
    console : Console
    """
    blocks: list[Block] = [
        Text(tables.asked(document, words), "lead"),
        Text(tables.proof(document, words)),
    ]
    if document["chance"]:
        blocks.append(Text(tables.chance_line(document["chance"], words)))
    if document["front"]:
        blocks += [BLANK, tables.front_table(document, words)]
    for place, blend in enumerate(document["blends"]):
        if document["front"]:
            blocks += [BLANK, Text(words("optimise_point", number=str(place)), "lead")]
        blocks += [BLANK, tables.blend_table(blend, words)]
        if told := tables.chosen_line(blend, words):
            blocks.append(Text(told))
        if document["front"]:
            continue
        blocks += [BLANK, tables.values_table(blend, words)]
        if blend["limits"]:
            blocks += [BLANK, tables.limits_table(blend, words)]
    blocks += [BLANK, Text(tables.check_line(document, words), "note")]
    blocks += [
        Text(
            words("optimise_refused", combination=str(item["combination"]), why=item["why"]), "note"
        )
        for item in document["refused"][:5]
    ]
    show(blocks, words, console)
