"""Names of what a person fills in, and of the words to choose from: ``entry.yaml``."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any, Iterable, Mapping

import yaml

from lca_cardato.once import Once
from lca_cardato.words.language import LANGUAGES


@Once
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


def choices_of(key: str, words: Iterable[str]) -> dict[str, list[str]]:
    """Give the words of a key with their names, for `lca_cardato.words.find`.

    Parameters
    ----------
    key : str
        Key of a scenario, such as ``origin``.
    words : iterable of str
        Its words.

    Returns
    -------
    dict
        Word -> its names in both languages, then further ones.
    """
    entries = _texts()["choices"].get(key, {})
    return {word: _said(word, entries.get(word, {})) for word in words}


def column_name(key: str, lang: str) -> str:
    """Give the head of a column of the workbook that is no key of a scenario."""
    return str(_texts()["columns"][key][lang])


def column_told(key: str, lang: str) -> str:
    """Give the sentence on such a column."""
    return str(_texts()["columns"][key].get("told" if lang == "en" else "about", ""))


def reading_name(kind: str, lang: str) -> str:
    """Give the name of what can be read or weighed, such as ``water_in``."""
    return str(_texts()["readings"][kind][lang])


def readings_of() -> dict[str, list[str]]:
    """Give what can be read or weighed with its names, as `choices_of`."""
    return {kind: _said(kind, entry) for kind, entry in _texts()["readings"].items()}


def column_heads(key: str) -> set[str]:
    """Give the heads of a column of the workbook, as `folded`."""
    return {folded(text) for text in (key, *_said(key, _texts()["columns"][key]))}


def _said(word: str, entry: Mapping[str, Any]) -> list[str]:
    return [*(str(entry.get(lang, word)) for lang in LANGUAGES), *map(str, entry.get("also", []))]


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


def further_names(names: str, key: str) -> list[str]:
    """Give the further names of a record of the inventories.

    Parameters
    ----------
    names : str
        ``fibres`` or ``steps``.
    key : str
        Id of the record.
    """
    return [str(name) for name in _texts()["also"].get(names, {}).get(key, [])]


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
