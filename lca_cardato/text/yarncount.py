"""Yarn count (linear density), read by ourselves because unit libraries disagree on ``Nm``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from lca_cardato.sentence import say
from lca_cardato.text.number import QuantityError, parse_number

NE_TO_NM = Fraction(840) * Fraction("0.9144") / Fraction("453.59237")  # hanks of 840 yd per lb
_SYSTEMS = ("Nm", "tex", "dtex", "den", "Ne")
MOST_PLIES = 4
"""Plies that a number can stand for where it may also be a count."""


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
    """

    nm: Fraction
    plies: int
    text: str

    @property
    def dtex(self) -> Fraction:
        """Linear density of the single yarn, dtex (g per 10 km)."""
        return Fraction(10_000) / self.nm

    @property
    def resultant_nm(self) -> Fraction:
        """Metric count of the plied yarn, km/kg, contraction by twist ignored."""
        return self.nm / self.plies


def parse_yarn_count(text: str) -> YarnCount:
    """Read ``Nm 10``, ``Nm 2/28``, ``100 tex``, ``1000 dtex``, ``150 den`` or ``Ne 16``.

    ``Nm 2/28`` is two plies of single yarn Nm 28. The trade also writes the count first (``Nm 28/2``):
    that order, and a text that both orders can mean, is refused with the spelling that is meant.

    Raises
    ------
    QuantityError
        ``E108`` when the count is not understood or not positive.
    """
    if not isinstance(text, str):
        raise QuantityError("E108", say("a yarn count is expected, e.g. Nm 10"))
    stripped = " ".join(text.split())
    match = re.fullmatch(r"(Nm|Ne)\s*(?:(\d{1,2})\s*/\s*)?([\d.,eE]+)", stripped)
    if match:
        system, plies, number = match.group(1), int(match.group(2) or 1), match.group(3)
        if match.group(2):
            _refuse_two_orders(system, match.group(2), number)
    else:
        match = re.fullmatch(r"([\d.,eE]+)\s*(Nm|tex|dtex|den|Ne)(?:\s*x\s*(\d{1,2}))?", stripped)
        if not match:
            raise QuantityError(
                "E108",
                say("yarn count not understood"),
                say("write Nm 10, Nm 2/28, 100 tex, 1000 dtex, 150 den or Ne 16"),
            )
        number, system, plies = match.group(1), match.group(2), int(match.group(3) or 1)
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
    return YarnCount(nm, plies, stripped)


def _refuse_two_orders(system: str, first: str, second: str) -> None:
    """Refuse a count before its plies, or one where either may be the plies.

    Raises
    ------
    QuantityError
        ``E108`` with the spelling that has one reading only.
    """
    if not second.isdigit() or int(first) == int(second) or not int(second):
        return
    plies, count = int(first), int(second)
    if plies > MOST_PLIES and count <= MOST_PLIES:
        raise QuantityError(
            "E108",
            say("the count stands before the plies: read as written, {plies} plies of {system} {count}",
                plies=plies, system=system, count=count),
            say("write {system} {first}/{second}", system=system, first=count, second=plies),
        )  # fmt: skip
    if 1 < plies <= MOST_PLIES and 1 < count <= MOST_PLIES:
        raise QuantityError(
            "E108",
            say("two readings: {plies} plies of {system} {count}, or {count} plies of {system} {plies}",
                plies=plies, system=system, count=count),
            say("write {count} {system} x {plies} or {plies} {system} x {count}",
                plies=plies, system=system, count=count),
        )  # fmt: skip
