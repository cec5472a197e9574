"""Limits of the inventory as cards: inner and hard ends, where they were read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

from lca_cardato.report.formats.terminal_list import Listing
from lca_cardato.report.screens.cards import class_name, where_when
from lca_cardato.words.language import Language, Plain

if TYPE_CHECKING:
    from lca_cardato.inventory.limits import Limit


def ends(limit: Limit, words: Language) -> list[str]:
    """Write the ends, from the least to the most; multiples of a range with the sign for times."""
    given: list[Optional[Any]] = [limit.hard_low, limit.low, limit.high, limit.hard_high]
    sign = " ×" if limit.relative == "yes" else f" {limit.unit}"
    return ["" if end is None else words.show(Plain(end)) + sign for end in given]


def about(limit: Limit, words: Language) -> dict[str, str]:
    """What a limit is held against."""
    against = words("limit_relative" if limit.relative == "yes" else "limit_absolute")
    return {
        words(
            "c_kind"
        ): f"{words('card_limit')}, {words(limit.quantity)} ({limit.unit}), {against}",
        words("card_of"): ", ".join(limit.of),
        words("c_class"): class_name(limit, words),
        words("c_source"): f"{limit.source or ''}{', ' + limit.at if limit.at else ''}",
        words("x_reason"): limit.reason,
        **where_when(limit, words),
    }


def table(limit: Limit, words: Language) -> Listing:
    """Table of the ends."""
    heads = ("limit_refused", "limit_questioned", "limit_questioned", "limit_refused")
    signs = ("<", "<", ">", ">")
    names = [f"{words(head)} {sign}" for head, sign in zip(heads, signs)]
    return Listing(names, [ends(limit, words)])
