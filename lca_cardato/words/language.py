"""Sentences and numbers in English and Italian; the words are those of a Prato mill."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, log10
from typing import Any, Callable, NamedTuple, Optional

from lca_cardato.words.catalogue import catalogue
from lca_cardato.words.said import LONGEST, Said, inside_quotes

LANGUAGES = ("en", "it")
OTHERS: list[Callable[[str], Optional[str]]] = []
"""Whoever gives names that stand in no catalogue, such as those of methods, adds itself here."""


class Plain(float):
    """A number that is shown as a number, also between 0 and 1, where others are shares."""


class Digits(str):
    """A number that is written already, with a point; shown with the decimal sign of the language.

    Examples
    --------
    >>> Language("it").show(Digits("754.475"))
    '754,475'
    """


class Word(str):
    """A key of a text, as an argument of another text."""


class Between(NamedTuple):
    """A range with its unit, as an argument of a text; None where it has no end."""

    low: Optional[float]
    high: Optional[float]
    unit: str = ""


@dataclass(frozen=True)
class Beside:
    """A share beside thresholds, written with as many digits as tell on which side it lies.

    Attributes
    ----------
    value : Fraction
    edges : tuple of Fraction
    up : bool
        Whether it is rounded up, because less would not do.
    """

    value: Fraction
    edges: tuple[Fraction, ...]
    up: bool = False

    def text(self) -> str:
        """Percentage with two digits, or more where it takes them, with a decimal point."""

        def sides(share: Fraction) -> list[int]:
            return [(share > edge) - (share < edge) for edge in self.edges]

        for digits in range(2, 40):
            scaled = self.value * 100 * 10**digits
            whole = ceil(scaled) if self.up else round(scaled)
            shown = Fraction(whole, 100 * 10**digits)
            if sides(shown) == sides(self.value):
                break
        text = f"{whole // 10**digits}.{whole % 10**digits:0{digits}d}"
        return text.rstrip("0").rstrip(".") if shown == self.value else text


class Language:
    """Sentences of one language.

    Parameters
    ----------
    lang : str
        ``"en"`` or ``"it"``.
    """

    def __init__(self, lang: str = "en") -> None:
        self.lang = LANGUAGES[LANGUAGES.index(lang)]
        self._texts = catalogue(lang)
        self._point = self._texts.text("decimal_sign")

    def __call__(self, key: str, /, **arguments: Any) -> str:
        """Give a text by key, with its arguments filled in.

        ``count`` chooses the plural; of two, the text whose key ends in ``_both`` where there is one.
        """
        if key not in self:
            names = (ask(key) for ask in OTHERS)
            return next((name for name in names if name), key)
        count = arguments.get("count")
        if str(count) == "2" and (both := f"{key}_both") in self:
            key = both
        text = self._texts.text(key, count)
        return text.format(**{name: self.show(value) for name, value in arguments.items()})

    def __contains__(self, key: str) -> bool:
        return key in self._texts.english

    def group(self, start: str) -> dict[str, str]:
        """Give all texts whose key begins so, by the rest of the key."""
        return {
            key[len(start) :]: self._texts.text(key)
            for key in self._texts.english
            if key.startswith(start)
        }

    def show(self, value: Any) -> str:
        """Write an argument: fractions as percentages, names in the language, lists joined."""
        if isinstance(value, Beside):
            return self.decimal(value.text()) + " %"
        if isinstance(value, Fraction):
            return self.percent(value)
        if isinstance(value, Between):
            return self._between(value)
        if isinstance(value, Plain):
            return self.readable(value)
        if isinstance(value, Digits):
            return self.decimal(value)
        if isinstance(value, Word):
            return self(value)
        if isinstance(value, float):
            return self.percent(Fraction(value)) if 0 <= value <= 1 else self.number(value)
        if isinstance(value, tuple):
            return self._tuple(value)
        if isinstance(value, list):
            return ", ".join(dict.fromkeys(self.show(item) for item in value))
        if isinstance(value, Said):
            return self.quote(value)
        if hasattr(value, "en"):
            return str(getattr(value, self.lang))
        return str(value)

    def quote(self, text: str, longest: int = LONGEST) -> str:
        """Write words of the user between quotation marks, on one line.

        Examples
        --------
        >>> Language("it").quote("Cardato:\\nsoddisfatto")
        '«Cardato: / soddisfatto»'
        """
        return self._texts.text("said").format(text=inside_quotes(text, longest))

    def _tuple(self, value: tuple[Any, ...]) -> str:
        """Write (key, arguments), (step, place) or (step, figure, share of climate change)."""
        if isinstance(value[1], dict):
            return self(value[0], **value[1])
        if len(value) == 2:
            return f"{self.show(value[0])} ({value[1]})"
        name, figure, weight = value
        share = self.percent(Fraction(weight), 1) if weight >= 5e-4 else "<0.1 %"
        return f"{self.show(name)}: {self(figure)} ({self.decimal(share)})"

    def _between(self, value: Between) -> str:
        """Write a range."""
        low, high = (None if end is None else self.readable(end) for end in value[:2])
        key = "range_between" if low and high else "range_least" if low else "range_most"
        return self(key, low=low, high=high, unit=value.unit).strip()

    def percent(self, value: Fraction, digits: int = 2) -> str:
        """Write a share; rounding never hides which side of a threshold it is on."""
        amount = value * 100
        text = f"{float(amount):.{digits}f}".rstrip("0").rstrip(".")
        if Fraction(text) != amount and amount.denominator <= 10**12:
            text = f"{float(amount):.{digits}f}"
        return self.decimal(text or "0") + " %"

    def number(self, value: float, digits: int = 3) -> str:
        """Write a number to significant digits, with the language's decimal sign."""
        if value == 0:
            return "0"
        magnitude = abs(value)
        if 1e-3 <= magnitude < 1e6:
            places = max(0, digits - 1 - floor(log10(magnitude)))
            text = f"{value:.{places}f}"
        else:
            text = f"{value:.{digits - 1}e}"
        return self.decimal(text)

    def readable(self, value: float) -> str:
        """Write a number of a sentence: no powers of ten, and 100 is 100 alone.

        Examples
        --------
        >>> Language("en").readable(99.99), Language("en").readable(1.372e8).split()
        ('99.99', ['137', '000', '000'])
        """
        digits = 3
        while digits < 15 and value != 100 and float(f"{value:.{digits}g}") == 100:
            digits += 1
        if 1e6 <= abs(value) < 1e15:
            whole = int(float(f"{value:.2e}"))
            return f"{whole:,}".replace(",", "\u00a0")
        if 0 < abs(value) < 1e-3 or abs(value) >= 1e15:
            part, _, power = f"{value:.2e}".partition("e")
            return f"{self.decimal(part)}\u00a0×\u00a010^{int(power)}"
        return self.number(value, digits)

    def decimal(self, text: str) -> str:
        """Put the language's decimal sign."""
        return text.replace(".", self._point)
