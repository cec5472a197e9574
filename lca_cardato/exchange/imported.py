"""A process of another program as plain data, and the files that it comes in."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import Callable, Hashable, Optional

from lca_cardato.errors import InputError
from lca_cardato.exchange.system import Spread
from lca_cardato.sentence import say

MAX_BYTES = 50_000_000
UNITS = {
    "kilogram": "kg", "gram": "g", "milligram": "mg", "megajoule": "MJ", "kilojoule": "kJ",
    "kilowatt hour": "kWh", "watt hour": "Wh", "cubic meter": "m3", "litre": "L", "liter": "L",
    "square meter": "m2", "meter": "m", "kilometer": "km", "ton kilometer": "tkm", "t*km": "tkm",
    "metric ton*km": "tkm", "Item(s)": "unit", "item(s)": "unit", "p": "unit", "m2*a": "m2*year",
    "square meter-year": "m2*year", "kilo Becquerel": "kBq", "standard cubic meter": "Sm3",
    "hour": "h",
}  # fmt: skip
"""Names of Brightway and openLCA -> ours. A bare ``ton`` stands for two masses and is not here."""


@dataclass
class Line:
    """An exchange.

    Attributes
    ----------
    flow : bool
        Whether it is an elementary flow.
    name, product, location : str
        Of the process that makes it, or of the flow.
    unit : str
        As ours, where it is known.
    amount : float
        Per `Foreign.amount` of the process, in `unit`.
    categories : tuple of str
        Of an elementary flow.
    code : str
        UUID of the flow or process, if the file gives it.
    sibling : str
        Code of the process of the same file that makes it; empty for none.
    credit : bool
        Whether it is a substitution or an avoided product.
    lost : str
        What of the exchange has no place here.
    """

    flow: bool
    name: str
    unit: str
    amount: float
    product: str = ""
    location: str = ""
    categories: tuple[str, ...] = ()
    code: str = ""
    sibling: str = ""
    spread: Optional[Spread] = None
    comment: str = ""
    credit: bool = False
    lost: str = ""


@dataclass
class Foreign:
    """A process; `amount` of its product in `unit` is what the lines belong to.

    `products` counts what it makes; `flow` is the code of its product, if the file gives one.
    """

    code: str
    name: str
    product: str
    unit: str
    amount: float
    location: str
    comment: str = ""
    source: str = ""
    year: Optional[int] = None
    products: int = 1
    flow: str = ""
    lines: list[Line] = field(default_factory=list)


@dataclass
class Read:
    """A file that was read: its path and digest, its processes by code."""

    file: Path
    digest: str
    processes: dict[str, Foreign]


def unit_of(text: str) -> str:
    """Our symbol of a unit; the text itself where none is known."""
    text = text.strip()
    return UNITS.get(text, UNITS.get(text.lower(), text))


def number(text: object, file: str, where: str) -> float:
    """Read a finite number.

    Raises
    ------
    InputError
        ``E104``.
    """
    try:
        value = float(str(text))
    except ValueError:
        value = float("nan")
    if not isfinite(value):
        raise InputError.one(
            "E104", say("not a number"), file=file, key=where[:200], value=str(text)[:80]
        )
    return value


def link(
    found: dict[str, Foreign],
    makes: Callable[[Foreign], set[Hashable]],
    takes: Callable[[Line], Hashable],
) -> None:
    """Name the process of the same file that makes an input, where it is one alone.

    Parameters
    ----------
    found : dict
        Code -> process; the `sibling` of their lines is set.
    makes, takes : callable
        What a process can be found by, and what a line is found by unless it names the code.
    """
    makers: dict[Hashable, list[str]] = {}
    for process in found.values():
        for key in makes(process):
            makers.setdefault(key, []).append(process.code)
    for process in found.values():
        for line in process.lines:
            hits = [line.code] if line.code in found else makers.get(takes(line), [])
            if not line.flow and len(hits) == 1:
                line.sibling = hits[0]
