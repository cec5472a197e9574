"""What the program says of a problem, in the language that was asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Any, Mapping

from lca_cardato.errors import Problem
from lca_cardato.sentence import SOURCE, Sentence, filled
from lca_cardato.words.catalogue import FOLDER, catalogue
from lca_cardato.words.language import LANGUAGES, Language


@dataclass(frozen=True)
class Words:
    """A text of the catalogue as the argument of a sentence: it has an attribute for each language.

    Attributes
    ----------
    key : str
    arguments : mapping
    """

    key: str
    arguments: Mapping[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> str:
        if name not in LANGUAGES:
            raise AttributeError(name)
        return Language(name)(self.key, **self.arguments).replace("  ", " ")


def path_of(lang: str, kind: str = "mo") -> Path:
    """Place of the catalogue of a language: ``"po"``, which people edit, or ``"mo"``, made from it."""
    return FOLDER / lang / "LC_MESSAGES" / f"errors.{kind}"


@cache
def sentences(lang: str) -> NullTranslations:
    """Give the catalogue of a language, read once; an empty one for that of the program."""
    if lang == SOURCE:
        return NullTranslations()
    with path_of(lang).open("rb") as file:
        return GNUTranslations(file)


def tell(text: Any, lang: str) -> str:
    """Give a sentence in a language.

    Parameters
    ----------
    text : str or object
        A `Sentence`, or what has a text for each language; other text, such as words of the
        user, stays as it is.
    lang : str
        ``"en"`` or ``"it"``.
    """
    if not isinstance(text, Sentence):
        return str(getattr(text, lang, text))
    if lang == SOURCE:
        return str(text)
    known = sentences(lang)
    if text.many:
        count = text.arguments["count"]
        form = known.ngettext(text.template, text.many, 2 if count != 1 else 1)
    else:
        form = known.gettext(text.template) if text.template else ""
    point = catalogue(lang).text("decimal_sign")
    return filled(form, text.arguments, lambda inner: tell(inner, lang), point)


def known(text: str, lang: str) -> str:
    """Give a text of a help in a language; nothing is filled in, and what is not known stays."""
    return sentences(lang).gettext(text) if text else ""


def problem_text(problem: Problem, lang: str) -> str:
    """Give the line of a problem in a language.

    Parameters
    ----------
    problem : Problem
    lang : str
    """
    return problem.told(lambda text: tell(text, lang))
