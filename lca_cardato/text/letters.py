"""Letters that look like others: Cyrillic, Greek and Armenian ones among Latin ones."""

from __future__ import annotations

import unicodedata

ALPHABETS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC")
"""Alphabets of which no honest word has two; Latin stands beside signs of other scripts."""
_PAIRS = (
    "АA ВB ЕE КK МM НH ОO РP СC ТT УY ХX ІI ЈJ ЅS ԚQ ԜW ѴV ӀI "
    "аa еe кk оo рp сc уy хx іi јj ѕs һh ԁd ԛq ԝw ѵv ӏl "
    "ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX αa γy ιi κk νv οo ρp τt υu χx "
    "Օo օo ոn սu հh ցg զq ıi ɑa ɡg"
)
LIKE = {ord(pair[0]): pair[1] for pair in _PAIRS.split()}
"""Letter -> the Latin letter that it looks like (after Unicode's list of confusables)."""


def latin(text: str) -> str:
    """Write look-alike letters as the Latin ones, compatible forms as plain ones.

    Examples
    --------
    >>> latin("Esempi\\u043e")
    'Esempio'
    """
    plain = unicodedata.normalize("NFKC", text).translate(LIKE)
    return "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")


def odd_letters(text: str) -> list[str]:
    """Give the letters of a name that look like others, or that cannot be seen.

    They are letters of a word with two alphabets, words that are made of nothing but
    look-alikes beside Latin words, and signs without a width. A name in one alphabet has none,
    neither has one with whole words of another.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of str
        Each once, as it stands in the name.
    """
    if text.isascii():
        return []
    found = [sign for sign in text if unicodedata.category(sign) == "Cf"]
    words = "".join(sign if sign.isalpha() else " " for sign in unicodedata.normalize("NFKC", text))
    kinds = [{_alphabet(sign) for sign in word} - {""} for word in words.split()]
    among = any("LATIN" in kind for kind in kinds)
    for word, kind in zip(words.split(), kinds):
        foreign = [sign for sign in word if _alphabet(sign) not in ("", "LATIN")]
        alike = all(ord(sign) in LIKE for sign in foreign)
        if len(kind) > 1 or (foreign and among and alike):
            found += foreign
    return list(dict.fromkeys(found))


def _alphabet(sign: str) -> str:
    """Alphabet of a letter, where it is one of those that are told apart."""
    word = unicodedata.name(sign, "").partition(" ")[0]
    return word if word in ALPHABETS else ""
