"""Texts in English and Italian; the words are those of a Prato mill."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from lca_cardato.lcia.methods import describe
from lca_cardato.words.catalog import TEXTS

if TYPE_CHECKING:
    from lca_cardato.claims.outcome import ClaimResult, CriterionResult

LANGUAGES = ("en", "it")
FURTHER = ("ipcc_", "recipe_", "ced_", "en15804_")
"""How the ids of shipped methods begin; their names are those that the methods give."""


class Language:
    """Sentences of one language.

    Parameters
    ----------
    lang : str
        ``"en"`` or ``"it"``.
    """

    def __init__(self, lang: str = "en") -> None:
        self.lang = lang
        self._column = LANGUAGES.index(lang)

    def __call__(self, key: str, /, **arguments: Any) -> str:
        """Give a text by key, with its arguments filled in."""
        if key.startswith(FURTHER) and key not in TEXTS:
            method = describe(key)
            return method.name if method else key
        template = TEXTS[key][self._column] if key in TEXTS else key
        shown = {name: self.show(value) for name, value in arguments.items()}
        return template.format(**shown)

    def show(self, value: Any) -> str:
        """Write an argument: fractions as percentages, names in the language, lists joined."""
        if isinstance(value, Fraction):
            return self.percent(value)
        if isinstance(value, float):
            return self.percent(Fraction(value)) if 0 <= value <= 1 else self.number(value)
        if isinstance(value, tuple):
            return self._tuple(value)
        if isinstance(value, list):
            return ", ".join(dict.fromkeys(self.show(item) for item in value))
        if hasattr(value, "en"):
            return str(getattr(value, self.lang))
        return str(value)

    def _tuple(self, value: tuple[Any, ...]) -> str:
        """Write (step, place) or (step, figure, share of climate change)."""
        if len(value) == 2:
            return f"{self.show(value[0])} ({value[1]})"
        name, figure, weight = value
        share = self.percent(Fraction(weight), 1) if weight >= 5e-4 else "<0.1 %"
        return f"{self.show(name)}: {self(figure)} ({self.decimal(share)})"

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
            from math import floor, log10

            places = max(0, digits - 1 - floor(log10(magnitude)))
            text = f"{value:.{places}f}"
        else:
            text = f"{value:.{digits - 1}e}"
        return self.decimal(text)

    def decimal(self, text: str) -> str:
        """Put the language's decimal sign."""
        return text.replace(".", ",") if self.lang == "it" else text

    def claim(self, result: ClaimResult) -> dict[str, Any]:
        """Give a claim as plain data with its sentences."""
        pack = result.pack
        return {
            "id": pack.claim,
            "name": getattr(pack.name, self.lang),
            "rule_pack": pack.id,
            "family": pack.family,
            "verdict": result.verdict,
            "criteria": [self.criterion(item) for item in result.criteria],
            "grantor": getattr(pack.grantor, self.lang),
            "unknown": getattr(pack.unknown, self.lang),
        }

    def criterion(self, result: CriterionResult) -> dict[str, Any]:
        """Give a criterion as plain data with its sentences."""
        item = result.criterion
        readings = {reading.id: getattr(reading.text, self.lang) for reading in item.readings}
        return {
            "id": item.id,
            "kind": item.kind,
            "title": getattr(item.title, self.lang),
            "verdict": result.verdict,
            "threshold": str(item.threshold) if item.threshold is not None else None,
            "observed": {
                name: {"fraction": str(value), "percent": float(f"{float(value * 100):.12g}")}
                for name, value in result.observed.items()
            },
            "readings": readings,
            "reason": " ".join(self(key, **arguments) for key, arguments in result.reasons),
            "change": " ".join(self(key, **arguments) for key, arguments in result.changes),
            "note": getattr(item.note, self.lang) if item.note else "",
            "quotes": [quote.model_dump() for quote in item.quotes],
        }
