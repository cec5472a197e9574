"""Names of what a person fills in, and of the words to choose from: ``entry.yaml``."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any, Iterable, Mapping

import yaml

from lca_cardato.words.language import LANGUAGES


@lru_cache(maxsize=1)
def _texts() -> Mapping[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return dict(yaml.load(Path(__file__).with_suffix(".yaml").read_text("utf-8"), Loader=loader))


def section_name(section: str, lang: str) -> str:
    """Give the name of a section of a scenario, such as that of a sheet."""
    return str(_texts()["sections"][section][lang])


def label(model: str, key: str, lang: str) -> str:
    """Give the name of a key; the key itself where it has none."""
    return str(_texts()["fields"].get(model, {}).get(key, {}).get(lang, key))


def about(model: str, key: str) -> str:
    """Give the Italian sentence on a key; empty where there is none."""
    return str(_texts()["fields"].get(model, {}).get(key, {}).get("about", ""))


def choice_name(key: str, word: str, lang: str) -> str:
    """Give the name of one of the words of a key; the word itself where it has none.

    Examples
    --------
    >>> choice_name("origin", "recycled_post_consumer", "it")
    'riciclata post-consumo'
    """
    return str(_texts()["choices"].get(key, {}).get(word, {}).get(lang, word))


def spoken(key: str, words: Iterable[str]) -> dict[str, set[str]]:
    """Give what may be typed for the words of a key, in plain letters, with what it may mean.

    Parameters
    ----------
    key : str
        Key of a scenario, such as ``origin``.
    words : iterable of str
        Its words.

    Returns
    -------
    dict
        As `folded` -> words.
    """
    found: dict[str, set[str]] = {}
    for word in words:
        entry = _texts()["choices"].get(key, {}).get(word, {})
        for text in (word, *(entry.get(lang, word) for lang in LANGUAGES), *entry.get("also", [])):
            found.setdefault(folded(str(text)), set()).add(word)
    return found


def folded(text: str) -> str:
    """Give a name as it is compared: no case, no accents, single blanks in place of ``_`` and ``-``.

    Examples
    --------
    >>> folded("Riciclata  Post-Consumo"), folded("Sì")
    ('riciclata post consumo', 'si')
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = (" " if c in "-_\u2019'" else c for c in plain if not unicodedata.combining(c))
    return " ".join("".join(letters).split())


def place_name(place: str, names: list[str], lang: str) -> str:
    """Give the name of a place of the inventories in a language.

    Parameters
    ----------
    place : str
        Its id, which is English.
    names : list of str
        Every name that it has there.
    """
    italian = _texts()["places"].get(place)
    if lang == "it" and italian in names:
        return str(italian)
    return next((name for name in names if folded(name) == folded(place)), names[0])
