"""Find what somebody means by a word: an id, or a name in either language, whole or in part."""

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


def named(keys: Iterable[str]) -> dict[str, list[str]]:
    """Names of some keys of the catalogue, in every language."""
    languages = [Language(lang) for lang in LANGUAGES]
    return {
        key: list(dict.fromkeys(words(key).strip() for words in languages if key in words))
        for key in keys
    }


def meant(typed: str, choices: Named) -> tuple[list[str], bool]:
    """Ids that somebody may mean, the likeliest first, and whether the first one is sure.

    Parameters
    ----------
    typed : str
    choices : mapping
        Id -> its names.

    Returns
    -------
    ids : list of str
        The id itself, or what is called so in a language; else all whose names hold the beginnings
        of the typed words; else those that are spelt alike.
    sure : bool
        Whether there is one of the first two kinds.
    """
    if typed in choices:
        return [typed], True
    wanted = plain(typed)
    words = {
        key: [plain(form) for name in (key, *names) for form in (name, _APART.sub("", name))]
        for key, names in choices.items()
    }
    exact = [key for key, lists in words.items() if wanted and wanted in lists]
    found = {key: _rest(wanted, lists) for key, lists in words.items() if wanted}
    held = exact or sorted(
        (key for key, rest in found.items() if rest is not None), key=lambda key: found[key] or 0
    )
    if held:
        whole = sum(found[key] == 0 for key in held)  # one word, of which the beginning was typed
        return held, len(held) == 1 or whole == 1
    scores = {key: max(_likeness(wanted, name) for name in lists) for key, lists in words.items()}
    near = [key for key in choices if scores[key] >= NEAR]
    return sorted(near, key=lambda key: -round(scores[key], 6)), False


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
    """Give the one id that is meant; empty where none is, or several may be."""
    found, sure = meant(typed, choices)
    return found[0] if sure else ""


def proposal(typed: str, choices: Named) -> str:
    """Say which choices come near, each with its names; all of a short list where none does."""
    found = meant(typed, choices)[0][:MOST] or (list(choices) if len(choices) <= 12 else [])
    told = []
    for key in found:
        bare = dict.fromkeys(_APART.sub("", name).strip() or name for name in choices[key])
        names = [name for name in bare if plain(name) != plain(key)][:2]
        told.append(f"{key} ({' / '.join(names)})" if names else key)
    if not told:
        return ""
    if len(told) == 1:
        return say("did you mean {choice}?", choice=told[0])
    return say("which of these: {choices}?", choices=told)
