"""What ordinary methods make of an export, in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lca_cardato.report.parts import Cell, Column, Table
from lca_cardato.words.language import Language
from lca_cardato.words.units import display, nearly, unit_name

if TYPE_CHECKING:
    from lca_cardato.exchange.ordinary import Ordinary, Share


def ordinary_table(found: Ordinary, words: Language) -> Table:
    """Describe each indicator that an ordinary method gives too, and how much of it.

    Parameters
    ----------
    found : Ordinary
    words : Language
    """
    rows = []
    for item in found.shares:
        if item.ordinary is None or item.share is None:
            continue
        value, unit = display(item.id, item.value, item.unit)
        usual = display(item.id, item.ordinary, "")[0]
        rows.append(
            [
                Cell(
                    item.name, mark="whole" if item.differs else "", level=int(is_part(item, words))
                ),
                Cell(words.number(value), value),
                Cell(words.number(usual), usual),
                Cell(nearly(words, item.share), item.share),
                Cell(unit_name(words, unit)),
            ]
        )
    heads = [
        Column(words("c_indicator")), Column(words("export_c_here"), numeric=True),
        Column(words("export_c_ordinary"), numeric=True), Column(words("c_share"), numeric=True),
        Column(words("c_unit"), left=True),
    ]  # fmt: skip
    return Table("ordinary", "", heads, rows)


def is_part(item: Share, words: Language) -> bool:
    """Whether an indicator is a part of the one before it, as its name is set in the language."""
    return item.id in words and words(item.id).startswith(" ")
