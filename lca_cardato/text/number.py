"""Numbers typed by people, read exactly by a regular expression into a fraction.

What looks like a number of another custom, such as ``1,5``, ``1 000`` or one in the digits of
another script, is refused with the spelling that is meant.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from lca_cardato.sentence import say
from lca_cardato.text.thousands import as_thousands, plain, thousands, two_readings

MAX_LENGTH = 64
BLANKS = " \t\r\n\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?")
_PLAINEST = re.compile(r"-?[0-9]{1,20}(?:\.[0-9]{1,20})?")
_GROUPS = re.compile(
    r"[+-]?[0-9]{1,3}(?:['\u2019_\u00b7\u02d9\u2027\u22c5 \u00a0\u2009\u202f][0-9]{3})+(?![0-9])(?:[.,][0-9]+)?"
)
_LOOKALIKES = {
    "\u2010": "-", "\u2012": "-", "\u2013": "-", "\u2212": "-", "\uff0d": "-", "\ufe63": "-",
    "\uff0b": "+", "\u066b": ".", "\uff0e": ".", "\uff05": "%", "\u066a": "%",
}  # fmt: skip
PER_MILLE = say("write a share in %: 65 \u2030 is 6.5 %")
_POWER = re.compile(r"\d\s*(?:\*\*|\^)")


class QuantityError(ValueError):
    """A typed number or quantity that can't be accepted.

    Attributes
    ----------
    code : str
        Stable error code (``E101`` to ``E114``).
    message : str
        What is wrong, made by `lca_cardato.sentence.say`.
    suggestion : str
        The cure.
    """

    def __init__(self, code: str, message: str, suggestion: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.suggestion = suggestion


@lru_cache(maxsize=4096)
def parse_number(text: str) -> Fraction:
    """Read a plain decimal number exactly.

    Parameters
    ----------
    text : str
        For instance ``"1.5"``, ``"-0.2"`` or ``"3e-4"``.

    Returns
    -------
    Fraction

    Raises
    ------
    QuantityError
        Decimal comma or thousands separators (``E101``), not finite (``E102``), empty or not
        a number (``E104``), too long or out of range (``E109``), a truth value (``E111``), digits
        in groups after points (``E115``).
    """
    if not isinstance(text, str):
        raise QuantityError("E104", say("a number is expected"))
    if _PLAINEST.fullmatch(text):  # nothing of what follows can be meant
        return _ranged(Fraction(text))
    stripped = text.strip(BLANKS)
    if len(stripped) > MAX_LENGTH:
        raise QuantityError("E109", say("longer than {count} characters", count=MAX_LENGTH))
    if stripped.lower() in ("nan", ".nan", "inf", "-inf", "+inf", ".inf", "-.inf", "infinity"):
        raise QuantityError("E102", say("the number must be finite"))
    if stripped.lower() in ("true", "false", "yes", "no", "on", "off"):
        raise QuantityError("E111", say("a number is expected, not a truth value"))
    if re.fullmatch(r"[+-]?[\d.,'\s]*,[\d.,'\s]*", stripped) and re.search(r"\d", stripped):
        raise QuantityError(
            "E101",
            say("decimal comma or thousands separator"),
            say("write {text} (decimal point, no separators)", text=pointed(stripped)),
        )
    refuse_powers(stripped)
    refuse_groups(stripped)
    if thousands(stripped):
        raise QuantityError(
            "E115",
            say("digits in groups after points"),
            say("write {text}", text=as_thousands(stripped)),
        )
    if not NUMBER.fullmatch(stripped) or not stripped.isascii():
        raise QuantityError("E104", say("not a number"), _plain_spelling(stripped))
    return _ranged(Fraction(stripped))


def _ranged(value: Fraction) -> Fraction:
    check_range(value)
    return value


def check_range(value: Fraction, digits: int = 15) -> None:
    """Refuse a number that no measurement gives, and that a float may not hold."""
    size, whole, most = abs(value.numerator), value.denominator, 10**digits
    if size and not (whole <= size * most and size <= whole * most):
        raise QuantityError(
            "E109", say("outside the range 1e-{digits} to 1e{digits}", digits=digits)
        )


def refuse_powers(text: str) -> None:
    """Refuse a power of numbers, which a few characters can make too large for any machine."""
    if _POWER.search(text):
        raise QuantityError("E109", say("powers are not read"), say("write the number itself"))


def refuse_groups(text: str) -> None:
    """Refuse digits in groups, ``1 000`` or ``1'000``, and propose them without the gaps."""
    found = _GROUPS.match(text)
    if found:
        digits = plain(re.sub(r"[^0-9.+-]", "", found.group().replace(",", ".")))
        raise QuantityError(
            "E101",
            say("a separator of thousands"),
            say("write {digits} (no separators between digits)", digits=digits),
        )


def _keyboard(text: str) -> str:
    """Write digits and signs of other scripts and fonts by those of the keyboard."""
    return "".join(str(int(c)) if c.isdecimal() else _LOOKALIKES.get(c, c) for c in text)


def _plain_spelling(text: str) -> str:
    """Propose the same number in the characters of the keyboard, or say what a number is."""
    keyboard = _keyboard(text)
    if "\u2030" in text:
        return PER_MILLE
    if keyboard != text and re.fullmatch(rf"{NUMBER.pattern}\s*%?", keyboard):
        return say("write {text}", text=plain(keyboard))
    return say("write digits with a decimal point, e.g. 1.5")


def refuse_lookalikes(text: str) -> None:
    """Refuse a number before a unit that is not written in the characters of the keyboard."""
    head = re.match(r"[^A-Za-z%]*", text)
    typed = head.group().strip() if head else ""
    if _keyboard(typed) != typed and NUMBER.fullmatch(_keyboard(typed)):
        raise QuantityError("E104", say("not a number"), _plain_spelling(typed))


def pointed(text: str) -> str:
    """Propose the spelling of a number with commas; both where it may be meant in two ways.

    Examples
    --------
    >>> pointed("1.234,5"), pointed("0,42"), pointed("163,000"), pointed("1,234,567")
    ('1234.5', '0.42', '163 or 163000, whichever is meant', '1234567')
    """
    digits = re.sub(r"[\s']", "", text)
    if digits.rfind(".") > digits.rfind(","):  # English: 1,234.5
        return plain(digits.replace(",", ""))
    if digits.count(",") > 1:
        return digits.replace(",", "").replace(".", "")
    head, _, tail = digits.partition(",")
    number = f"{head.replace('.', '')}.{tail}"
    if "." not in head and two_readings(number):
        return say(
            "{one} or {other}, whichever is meant", one=plain(number), other=as_thousands(number)
        )
    return plain(number)


def nine(value: float) -> float:
    """Keep nine digits: what numbers are compared by, so that their last bit decides nothing."""
    return float(f"{value:.9g}")


def largest(value: float) -> float:
    """Key to sort by, the largest first: the last digits of a float decide no order.

    Values that agree in nine digits are equal, so that a second key orders them on every machine.
    """
    return -nine(value)


def gap(low: float, high: float) -> float:
    """Distance of two numbers as far as their digits carry it; 0 where they agree in eleven."""
    grain = 1e-11 * max(abs(low), abs(high))
    return round(abs(high - low) / grain) * grain if grain else 0.0
