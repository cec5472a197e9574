"""Which products of ecoinvent are waste, that is counted below 0 where it is given to a treatment."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).resolve().parent / "waste_products.csv"
"""Products that names alone get wrong: made from premise's table of categories (polca/premise at d74d45b,
Potsdam Institute for Climate Impact Research and Paul Scherrer Institut, BSD-3-Clause)."""
WORDS = re.compile(
    r"\b(treatment of|waste|wastewater|sludge|spent|used|scrap|residues?|slag|ash|dross|tailings?|"
    r"sewage|landfill|incineration|dust, unalloyed|disposal)\b", re.I,
)  # fmt: skip
"""How ecoinvent names what is treated: treatments, and markets for what goes there."""
MARKET = re.compile("^market (?:group )?for ", re.I)


@lru_cache(maxsize=1)
def exceptions() -> dict[str, bool]:
    """Product that its name alone gets wrong -> whether it is waste."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["product"]: row["waste"] == "1" for row in csv.DictReader(file)}


def named(text: str) -> bool:
    """Whether a name has a word of waste in it."""
    return bool(WORDS.search(text))


def is_waste(name: str, product: str) -> bool:
    """Whether what an activity of ecoinvent takes is waste.

    Parameters
    ----------
    name : str
        Of the activity: its treatment, or the market for it.
    product : str
        Of the activity: a treatment may give electricity, too, which is no waste. Where it is
        empty, the name of the activity decides.
    """
    text = product or MARKET.sub("", name)
    known = exceptions().get(text)
    return named(text) if known is None else known
