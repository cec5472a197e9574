"""What stands in a box of the form, and what the file holds of it.

The unit of a field stands beside its box, so a bare number is enough; what has a unit of its own,
or is no number, stays as it was typed.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Sequence

from lca_cardato.text.number import BLANKS, NUMBER
from lca_cardato.text.thousands import two_readings

COMMA = re.compile(r"([+-]?[0-9]+),([0-9]+)")
COUNT = re.compile(r"[0-9]+(?:[.,][0-9]+)?(?:/[0-9]+(?:[.,][0-9]+)?)?")


def boxed(text: str, kind: str, units: Sequence[str]) -> tuple[str, str]:
    """Take the unit off a text of the file.

    Parameters
    ----------
    text : str
    kind : str
        Kind of the field, see `lca_cardato.scenario.entry.fields.KINDS`.
    units : sequence of str
        Units that stand beside the box.

    Returns
    -------
    tuple of (str, str)
        What stands in the box, and the unit; the whole text and no unit where `written` would not
        give the same text again.

    Examples
    --------
    >>> boxed("163000 kWh", "quantity", ("kWh/kg", "kWh")), boxed("Nm 2/28", "count", ("Nm",))
    (('163000', 'kWh'), ('2/28', 'Nm'))
    >>> boxed("0.7", "share", ("%",)), boxed("100 tex", "count", ("Nm",))
    (('70', '%'), ('100 tex', ''))
    """
    if kind == "share" and "%" in units and NUMBER.fullmatch(text):
        value = Decimal(text)
        if 0 <= value <= 1:  # the file may hold a share as a number
            return f"{value * 100:f}".rstrip("0").rstrip(".") if value else "0", "%"
    for unit in units:
        number = text[len(unit) + 1 :] if kind == "count" else text[: -len(unit) - 1]
        if number and written(number, kind, unit) == text:
            return number, unit
    return text, ""


def written(text: str, kind: str, unit: str) -> str:
    """Give the text of the file for what stands in a box.

    Parameters
    ----------
    text : str
        A decimal comma is read as a point, unless the number may be meant in thousands.
    kind : str
    unit : str
        Unit beside the box; empty where it has none.

    Examples
    --------
    >>> written("0,45", "quantity", "kWh/kg"), written("1,234", "quantity", "kg")
    ('0.45 kWh/kg', '1,234 kg')
    >>> written("8", "count", "Nm"), written("70", "share", "%"), written("70 %", "share", "%")
    ('Nm 8', '70 %', '70 %')
    """
    text = text.strip(BLANKS)
    found = COMMA.match(text)
    if found and not two_readings(f"{found[1]}.{found[2]}") and kind not in ("text", "name"):
        text = f"{found[1]}.{found[2]}{text[found.end() :]}"
    if not unit:
        return text
    if kind == "count":
        return f"{unit} {text.replace(',', '.')}" if COUNT.fullmatch(text) else text
    return f"{text} {unit}" if NUMBER.fullmatch(text) or COMMA.fullmatch(text) else text
