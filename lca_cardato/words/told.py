"""What the program says of a problem, in the language that was asked for."""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from lca_cardato.errors import Problem
from lca_cardato.sentence import Sentence, filled
from lca_cardato.words.catalogue import FOLDER, catalogue

SOURCE = "en"
"""Language in which the sentences stand in the program."""


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


def tell(text: str, lang: str) -> str:
    """Give a sentence in a language.

    Parameters
    ----------
    text : str
        A `Sentence`; other text, such as words of the user, stays as it is.
    lang : str
        ``"en"`` or ``"it"``.
    """
    if not isinstance(text, Sentence):
        return text
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


def problem_text(problem: Problem, lang: str) -> str:
    """Give the line of a problem in a language.

    Parameters
    ----------
    problem : Problem
    lang : str
    """
    return problem.told(lambda text: tell(text, lang))
