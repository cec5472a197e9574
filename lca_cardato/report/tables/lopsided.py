"""Stated values that lie at the edge of their own draws, told beside them with the reason."""

from __future__ import annotations

from typing import Any, Iterable

from lca_cardato.report.parts import Text
from lca_cardato.report.tables.cells import short
from lca_cardato.words.language import Language

EDGE = 0.1
"""A value with at most this share of the draws on one side of it stands at their edge."""
FAR = 1.5
"""A median that is so many times the stated value, or the other way round, is far from it."""


def edge_texts(
    words: Language, found: Iterable[tuple[str, str, float, dict[str, Any]]]
) -> list[Text]:
    """Tell which stated values lie outside their interval, or far from the middle of their draws.

    Parameters
    ----------
    words : Language
    found : iterable of (str, str, float, dict)
        Indicator, product where there are several, stated value, its interval (``low``, ``median``,
        ``high``, and ``stated_percentile`` where it is known).

    Returns
    -------
    list of Text
        One for those below and one for those above, with the reason; none for none.
    """
    sides: dict[str, list[str]] = {"below": [], "above": []}
    for name, product, stated, item in found:
        share, median = item.get("stated_percentile", 0.5), item["median"]
        outside = stated < item["low"] or stated > item["high"]
        far = stated > 0 and median > 0 and not 1 / FAR < median / stated < FAR
        if outside or far or not EDGE < share < 1 - EDGE:
            told = short(words, name) + (f", {product}" if product else "")
            if outside:
                told += f" ({words('edge_outside')})"
            elif far:
                factor = words.number(median / stated, 2)
                told += f" ({words('edge_median', factor=factor)})"
            sides["below" if stated < median else "above"].append(told)
    return [
        Text(words(f"edge_{side}", names="; ".join(names)), "notice")
        for side, names in sides.items()
        if names
    ]


def lower_bound_texts(words: Language, document: dict[str, Any]) -> list[Text]:
    """Tell which indicators of an uncertainty document are lower bounds; none for none.

    Parameters
    ----------
    words : Language
    document : dict
        Its ``indicators`` have ``lower_bound``.
    """
    items = document["indicators"].items()
    names = [short(words, name) for name, item in items if item["lower_bound"]]
    return [Text(words("uncertainty_lower", names=", ".join(names)), "notice")] if names else []
