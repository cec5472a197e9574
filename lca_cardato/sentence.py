"""Sentences that the program says of what is wrong: English where they stand, and translatable later.

Whoever finds a problem does not know in which language it will be told. A `Sentence` is its English
text, and remembers the text before its arguments were filled in, by which `lca_cardato.words.told`
finds the translation.
"""

from __future__ import annotations

import string
from fractions import Fraction
from typing import Any, Callable, Iterable, Mapping, Sequence

NUMBERS = (float, Fraction)
SOURCE = "en"
"""Language in which the sentences stand in the program."""


def english(text: Any) -> str:
    """Give the English of a sentence, or of something that has a text for each language."""
    return str(getattr(text, SOURCE, text))


class Sentence(str):
    """An English sentence that remembers what it was made from.

    Attributes
    ----------
    template : str
        Text before its arguments were filled in, as `str.format` takes it.
    many : str
        The text for a `count` other than 1; empty where there is one form only.
    arguments : dict
    """

    template: str
    many: str
    arguments: Mapping[str, Any]

    def __new__(cls, template: str, many: str, arguments: Mapping[str, Any]) -> Sentence:
        """Fill the arguments in."""
        form = many if many and arguments["count"] != 1 else template
        made = super().__new__(cls, filled(form, arguments, english, "."))
        made.template, made.many, made.arguments = template, many, arguments
        return made

    def __reduce__(self) -> tuple[type, tuple[str, str, dict[str, Any]]]:
        return type(self), (self.template, self.many, dict(self.arguments))


def say(template: str, /, many: str = "", **arguments: Any) -> Sentence:
    """Make a sentence.

    Parameters
    ----------
    template : str
        English text; ``{name}`` stands for an argument. It is written out in the call, where
        ``docs/pages/sentences.py`` finds it.
    many : str
        The plural, where the argument `count` chooses between two forms.
    **arguments
        A `Sentence` among them is translated with the sentence, and so is what has an attribute for
        each language, such as the name of a record; a list is joined by commas; a float
        and a fraction get the decimal sign of the language; other text stays as it is.

    Examples
    --------
    >>> say("outside {low:g} to {high:g}", low=0.5, high=2.0)
    'outside 0.5 to 2'
    >>> say("{count} row", "{count} rows", count=3).template
    '{count} row'
    """
    return Sentence(template, many, arguments)


def joined(parts: Iterable[str], between: str = "; ") -> str:
    """Put sentences one after the other; the empty ones are left out.

    Examples
    --------
    >>> joined([say("too many"), "", say("remove one")])
    'too many; remove one'
    """
    found = [part for part in parts if part]
    names = {f"part{number}": part for number, part in enumerate(found)}
    between = between.replace("{", "{{").replace("}", "}}")
    return Sentence(between.join("{" + name + "}" for name in names), "", names)


def either(parts: Sequence[str]) -> str:
    """Put choices one after the other.

    Examples
    --------
    >>> either(["wool", "cashmere", "silk"])
    'wool or cashmere or silk'
    """
    text = parts[0] if parts else ""
    for part in parts[1:]:
        text = say("{one} or {other}", one=text, other=part)
    return text


class _Filler(string.Formatter):
    """Fills arguments in, each written as its language wants it."""

    def __init__(self, tell: Callable[[Any], str], point: str) -> None:
        self.tell, self.point = tell, point

    def format_field(self, value: Any, spec: str) -> str:
        """Write one argument."""
        if isinstance(value, Sentence) or hasattr(value, SOURCE):
            return self.tell(value)
        if isinstance(value, (list, tuple)):
            return ", ".join(self.format_field(item, spec) for item in value)
        if isinstance(value, NUMBERS):
            number = float(value) if spec and isinstance(value, Fraction) else value
            return format(number, spec).replace(".", self.point)
        return format(value, spec)


def filled(form: str, arguments: Mapping[str, Any], tell: Callable[[Any], str], point: str) -> str:
    """Fill the arguments of a text in.

    Parameters
    ----------
    form : str
    arguments : mapping
    tell : callable
        Gives the text of an argument that is a sentence itself.
    point : str
        Decimal sign.
    """
    return _Filler(tell, point).vformat(form, (), arguments)
