"""Yarn count (linear density), read by ourselves because unit libraries disagree on ``Nm``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Optional

from lca_cardato.sentence import say
from lca_cardato.text.number import QuantityError, parse_number

NE_TO_NM = Fraction(840) * Fraction("0.9144") / Fraction("453.59237")  # hanks of 840 yd per lb
SYSTEMS = "Nm|tex|dtex|den|Ne"
MOST_PLIES = 4
"""Plies that a number can stand for where it may also be a count."""
CABLED = 12
"""Plies that a number before the slash can stand for where the count after it is higher."""
FILAMENTS = ("dtex", "den")
"""Systems in which a slash parts the count from the number of filaments, too (dtex 167/48)."""
_BEFORE = re.compile(rf"({SYSTEMS})\s*([\d.,eE]+)(?:\s*/\s*([\d.,eE]+))?")
_BEHIND = re.compile(rf"([\d.,eE]+)(?:\s*/\s*([\d.,eE]+))?\s*({SYSTEMS})(?:\s*x\s*(\d{{1,2}}))?")


@dataclass(frozen=True)
class YarnCount:
    """A yarn count.

    Attributes
    ----------
    nm : Fraction
        Metric count of the single yarn, km/kg (m/g).
    plies : int
        Number of single yarns twisted together, 1 when not plied.
    text : str
        As typed.
    read : str
        As it was read, where the count stands before the plies (``Nm 2/28`` for ``Nm 28/2``).
    """

    nm: Fraction
    plies: int
    text: str
    read: str = ""

    @property
    def dtex(self) -> Fraction:
        """Linear density of the single yarn, dtex (g per 10 km)."""
        return Fraction(10_000) / self.nm

    @property
    def resultant_nm(self) -> Fraction:
        """Metric count of the plied yarn, km/kg, contraction by twist ignored."""
        return self.nm / self.plies


def parse_yarn_count(text: str) -> YarnCount:
    """Read ``Nm 10``, ``Nm 2/28``, ``100 tex``, ``1000 dtex``, ``150 den``, ``Ne 16`` or ``50 tex x 2``.

    Two orders are in use beside a slash: two plies of single yarn Nm 28 are ``Nm 2/28``, and ``Nm 28/2``
    in the English trade. Where one reading alone is plausible, it is taken, and `YarnCount.read`
    tells it where it is not the first; where both are, the text is refused.

    Raises
    ------
    QuantityError
        ``E108`` when the count is not understood, not positive, or has two readings.
    """
    if not isinstance(text, str):
        raise QuantityError("E108", say("a yarn count is expected, e.g. Nm 10"))
    stripped = " ".join(text.split())
    twisted: Optional[str] = None
    if match := _BEFORE.fullmatch(stripped):
        system, first, second = match.groups()
    elif match := _BEHIND.fullmatch(stripped):
        first, second, system, twisted = match.groups()
    if match is None or (twisted and second):
        raise QuantityError(
            "E108",
            say("yarn count not understood"),
            say("write Nm 10, Nm 2/28, 100 tex, 1000 dtex, 150 den or Ne 16"),
        )
    plies, number, read = int(twisted or 1), first, ""
    if second:
        plies, number, swapped = _ordered(system, first, second)
        read = f"{system} {plies}/{number}" if swapped else ""
    value = parse_number(number)
    if value <= 0 or plies < 1:
        raise QuantityError("E108", say("a yarn count must be above 0"))
    nm = {
        "Nm": value,
        "tex": Fraction(1000) / value,
        "dtex": Fraction(10_000) / value,
        "den": Fraction(9000) / value,
        "Ne": value * NE_TO_NM,
    }[system]
    if not Fraction(1, 10) <= nm <= 300:
        raise QuantityError(
            "E108", say("count Nm {nm:.10g} is outside Nm 0.1 to 300", nm=float(nm))
        )
    return YarnCount(nm, plies, stripped, read)


def turned(text: str) -> str:
    """Give a text with the plies of a yarn count first; any other text as it is."""
    try:
        return parse_yarn_count(text).read or text if "/" in text else text
    except QuantityError:
        return text


def _ordered(system: str, first: str, second: str) -> tuple[int, str, bool]:
    """Tell which of two numbers are the plies.

    Returns
    -------
    int
        Plies.
    str
        Count of the single yarn.
    bool
        Whether the count stands first.

    Raises
    ------
    QuantityError
        ``E108`` where either may be the plies, with a spelling of each that has one reading only,
        or where neither is.
    """
    a, b = (int(part) if re.fullmatch(r"\d{1,3}", part) else None for part in (first, second))
    if a == 0 or b == 0:
        raise QuantityError("E108", say("a yarn count must be above 0"))
    most = MOST_PLIES if system in FILAMENTS else CABLED
    before = a is not None and (a <= MOST_PLIES or (a <= most and (b is None or a <= b)))
    behind = b is not None and b <= MOST_PLIES
    if before and behind and a is not None and b is not None and a != b and a != 1:
        raise QuantityError(
            "E108",
            say("two readings: {plies} plies of {system} {count}, or {count} plies of {system} {plies}",
                plies=a, system=system, count=b),
            say("write {count} {system} x {plies} or {plies} {system} x {count}",
                plies=a, system=system, count=b),
        )  # fmt: skip
    if before and a is not None:
        return a, second, False
    if behind and b is not None:
        return b, first, True
    if system in FILAMENTS:
        text = say("neither number can be the plies; filaments are not written here")
    else:
        text = say("neither number can be the plies")
    cure = say("write {count} {system}, with x 2 for two plies", count=first, system=system)
    raise QuantityError("E108", text, cure)
