"""Names as people write them: what is taken for an id, and what is proposed where nothing is.

An id is taken, and its whole name in either language. Part of a name or a slip is told with what it may mean.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from typing import Iterable, Mapping, Optional, Sequence

from lca_cardato.sentence import say
from lca_cardato.words.language import LANGUAGES, Language

NEAR = 0.75
"""Likeness of two words from which one is taken for a slip of the other."""
MOST = 6
LONGEST = 300
"""Characters of all choices with their names, above which ids alone are told."""
_APART = re.compile(r"\([^()]*\)")
Named = Mapping[str, Sequence[str]]


def plain(text: str) -> list[str]:
    """Words of a text without case, accents and signs.

    Examples
    --------
    >>> plain("Scarsità idrica (EF 3.1)")
    ['scarsita', 'idrica', 'ef', '3', '1']
    """
    bare = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"[^\W_]+", "".join(c for c in bare if not unicodedata.combining(c)))


def spelt(text: str) -> str:
    """Give a name as it is compared with others: its `plain` words.

    Examples
    --------
    >>> spelt("Riciclata  Post-Consumo"), spelt("Sì")
    ('riciclata post consumo', 'si')
    """
    return " ".join(plain(text))


def named(keys: Iterable[str]) -> dict[str, list[str]]:
    """Names of some keys of the catalogue, in every language."""
    languages = [Language(lang) for lang in LANGUAGES]
    return {
        key: list(dict.fromkeys(words(key).strip() for words in languages if key in words))
        for key in keys
    }


def heard(choices: Named) -> dict[str, list[str]]:
    """Give what is taken for some ids: ids and whole names, also without what stands in brackets.

    Parameters
    ----------
    choices : mapping
        Id -> its names.

    Returns
    -------
    dict
        As `spelt` -> the ids that are called so. A whole name comes before one that is so without its
        brackets.
    """
    whole: dict[str, list[str]] = {}
    bare: dict[str, list[str]] = {}
    for key, names in choices.items():
        for text in (key, *names):
            for found, form in ((whole, text), (bare, _APART.sub("", text))):
                keys = found.setdefault(spelt(form), [])
                if key not in keys:
                    keys.append(key)
    found = {**bare, **whole}
    found.pop("", None)
    return found


def called(typed: str, choices: Named) -> list[str]:
    """Ids that are called so: the id itself, or those with such a name in either language.

    The beginning of a name, or a slip, is nobody's name: `proposal` tells what may be meant by it.
    """
    return [typed] if typed in choices else heard(choices).get(spelt(typed), [])


def meant(typed: str, choices: Named) -> list[str]:
    """Ids that somebody may mean, the likeliest first.

    Parameters
    ----------
    typed : str
    choices : mapping
        Id -> its names.

    Returns
    -------
    list of str
        What is called so; else all whose names hold the beginnings of the typed words; else those
        that are spelt alike.
    """
    exact = called(typed, choices)
    wanted = plain(typed)
    if exact or not wanted:
        return exact
    words = {
        key: [plain(form) for name in (key, *names) for form in (name, _APART.sub("", name))]
        for key, names in choices.items()
    }
    found = {key: _rest(wanted, lists) for key, lists in words.items()}
    held = sorted(
        (key for key, rest in found.items() if rest is not None), key=lambda key: found[key] or 0
    )
    if held:
        return held
    scores = {key: max(_likeness(wanted, name) for name in lists) for key, lists in words.items()}
    near = [key for key in choices if scores[key] >= NEAR]
    return sorted(near, key=lambda key: -round(scores[key], 6))


def _rest(wanted: list[str], lists: list[list[str]]) -> Optional[int]:
    """Words that a name has beside those whose beginnings were typed; None where no name has them."""
    rests = [
        len(name) - len(wanted)
        for name in lists
        if all(any(word.startswith(part) for word in name) for part in wanted)
    ]
    return min(rests, default=None)


def _likeness(wanted: list[str], name: list[str]) -> float:
    """Mean likeness of each typed word to the word of a name that is nearest to it."""

    def alike(one: str, other: str) -> float:
        return SequenceMatcher(None, one, other).ratio() if min(len(one), len(other)) > 2 else 0.0

    nearest = [max((alike(part, word) for word in name), default=0.0) for part in wanted]
    return sum(nearest) / len(nearest) if nearest else 0.0


def one_of(typed: str, choices: Named) -> str:
    """Give the one id that is called so; empty where none is, or several are."""
    found = called(typed, choices)
    return found[0] if len(found) == 1 else ""


def proposal(typed: str, choices: Named) -> str:
    """Say which choices come near, each with its names; all of a short list where none does."""
    found = meant(typed, choices)[:MOST] or (list(choices) if len(choices) <= 12 else [])
    told = []
    for key in found:
        bare = dict.fromkeys(
            _APART.sub("", name).strip() or name for name in choices[key][: len(LANGUAGES)]
        )
        names = [name for name in bare if plain(name) != plain(key)]
        told.append(f"{key} ({' / '.join(names)})" if names else key)
    if len(", ".join(told)) > LONGEST:  # a message cuts what is longer, and with it whole choices
        told = found
    if not told:
        return ""
    if len(told) == 1:
        return say("did you mean {choice}?", choice=told[0])
    return say("which of these: {choices}?", choices=told)
