"""Number formats that make a spreadsheet show a number as the report writes it."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Optional

SIGNS = "-+−"
DIGITS = 15
"""Significant decimal digits that a spreadsheet rounds from."""
LENGTH = 255
"""Characters of a number format at most."""
LONE = r"(?<![^\W\d_])"
"""No letter before it: the digit of ``CO2`` is not a number."""


def number_format(text: str, value: float, decimal: str = ".") -> Optional[str]:
    """Find the number format by which a value reads as a text.

    Parameters
    ----------
    text : str
        The number as the report writes it, with what stands before and after it.
    value : float
        The number in full; for a percentage in percent, or as a fraction.
    decimal : str
        Decimal sign of the text.

    Returns
    -------
    str or None
        A format, in the notation of files (decimal point, English); None when the text holds
        more than one number, or one that is not the value.

    Notes
    -----
    Spreadsheets round halves up from 15 decimal digits, Python rounds the binary number. Where
    the two differ, as for a tie, and for bounds such as ``>99 %``, the format is the text itself.
    """
    point = re.escape(decimal)
    found = re.search(rf"([{SIGNS}]?){LONE}(\d+(?:{point}\d+)?)([eE][+-]\d+)?", text)
    if found is None:
        return None
    before, after = text[: found.start()], text[found.end() :]
    if re.search(rf"{LONE}\d", before + after):
        return None
    sign, digits, exponent = found.group(1), found.group(2).replace(decimal, "."), found.group(3)
    shown = Decimal(digits + (exponent or ""))
    shown = -shown if sign in ("-", "−") else shown
    places = len(digits.partition(".")[2])
    form = _format(before, after, sign, places, bool(exponent))
    if _rounded(value, places, bool(exponent)) != shown:
        fraction = after.strip() == "%"
        values = (value, value * 100) if fraction and abs(value) <= 1 else (value,)
        if fraction and _rounded(value * 100, places, bool(exponent)) == shown:
            form = _format(before, after, sign, places, bool(exponent), live=True)
        elif any(_says(before, shown, v, places, bool(exponent)) for v in values):
            form = _quoted(text)
        else:
            return None
    elif (not shown and sign in ("-", "−")) or (exponent and ";" in form):
        form = _quoted(text)  # programs differ on these
    return form if len(form) <= LENGTH else None


def _format(
    before: str, after: str, sign: str, places: int, scientific: bool, live: bool = False
) -> str:
    """Write a format; ``live`` lets the spreadsheet multiply by a hundred."""
    body = "0" + ("." + "0" * places if places else "") + ("E+00" if scientific else "")
    body += _quoted(after.replace("%", "")) + "%" if live else _quoted(after)
    start = _quoted(before)
    if not sign or (sign == "-" and not before):
        return start + body
    positive = _quoted(before + "+") if sign == "+" else start
    negative = _quoted(before + ("−" if sign == "−" else "-"))
    return f"{positive}{body};{negative}{body}"


def _rounded(value: float, places: int, scientific: bool) -> Decimal:
    """Round as a spreadsheet does."""
    number = Decimal(f"{value:.{DIGITS}g}")
    if scientific:
        return Context(prec=places + 1, rounding=ROUND_HALF_UP).plus(number)
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, Context(prec=400))


def _says(before: str, shown: Decimal, value: float, places: int, scientific: bool) -> bool:
    """Whether a text says the value: as a bound, or rounded the other way."""
    number = Decimal(f"{value:.{DIGITS}g}")
    if before.strip() in (">", "≥"):
        return number >= shown
    if before.strip() in ("<", "≤"):
        return number <= shown
    step = Decimal(1).scaleb((shown.adjusted() if scientific else 0) - places)
    return abs(number - shown) <= step * Decimal("0.5000001")


def _quoted(text: str) -> str:
    """Write a text as a literal of a number format."""
    parts = ('\\"' if part == '"' else f'"{part}"' for part in re.split(r'(")', text) if part)
    return "".join(parts)
