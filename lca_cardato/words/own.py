"""Names of the user's own data: they say so, and can't be taken for shipped ones."""

from __future__ import annotations

from lca_cardato.words.language import LANGUAGES, Language


def own_names(*names: str) -> dict[str, str]:
    """Mark a name that there is in every language, in the order of `LANGUAGES`; by language."""
    return {
        lang: words("own_record", name=words.quote(name))
        for lang, name, words in zip(LANGUAGES, names, map(Language, LANGUAGES))
    }


def own_name(name: str) -> str:
    """Mark a name that stands in no language, such as the title of a source.

    Examples
    --------
    >>> own_name("Letter of the supplier")
    '“Letter of the supplier” (own data / dati propri)'
    """
    marks = " / ".join(Language(lang)("own_mark") for lang in LANGUAGES)
    return f"{Language(LANGUAGES[0]).quote(name)} ({marks})"
