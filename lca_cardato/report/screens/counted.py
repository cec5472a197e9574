"""What methods count of the booked flows, in the terminal."""

from __future__ import annotations

from typing import Any, Sequence

from lca_cardato.report.formats.terminal_list import Listing
from lca_cardato.words.language import Language
from lca_cardato.words.said import one_line
from lca_cardato.words.units import nearly

NAMED = 3
"""Flows without a factor that a row names."""
LEAST = 0.0005
"""Share from which a flow is named."""


def counted_table(rows: Sequence[dict[str, Any]], words: Language) -> Listing:
    """Describe the shares of every indicator or method.

    Parameters
    ----------
    rows : sequence of dict
        As `lca_cardato.studies.counted.counted_shares` makes them.
    words : Language
    """
    heads = ("c_method", "c_flows", "c_of_booked", "c_of_family", "c_without")
    table = []
    for row in rows:
        name = words(row["id"]).strip() if row["id"] in words else one_line(row["name"])
        for item in row["groups"]:
            found = [one for one in item["without"] if one["share"] >= LEAST][:NAMED]
            missing = ", ".join(f"{o['flow']} {nearly(words, o['share'])}" for o in found)
            shares = [nearly(words, item[key]) for key in ("booked", "of_family")]
            table.append([name, words(f"flows_{item['group']}"), *shares, missing])
            name = ""
    return Listing([*map(words, heads)], table, right=(2, 3))
