"""Whether two names are those of one company, however they are written."""

from __future__ import annotations

import re
import unicodedata

from lca_cardato.text.letters import latin

FORMS = re.compile(
    r"\b(s p a|s r l( s)?|s n c|s a s|s s|s c a r l|s c r l|soc(ieta)?|coop(erativa)?|unipersonale|"
    r"a r l|in liquidazione|ltd|limited|llc|inc|gmbh|ag|b v|n v|s a|s l|e c|c|ditta|azienda|"
    r"spa|srls?|snc|sas|scarl|scrl|arl|bv|nv|sa|sl)\b"
)
"""Legal forms and what stands beside them; points are spaces here."""

ADDED = re.compile(
    r"^(\s*[\w&.'\u2019]+\s+[\w&.'\u2019]+.*?)(\s*[,;/]\s|\s+[-\u2013]\s|\s+(di|of)\s).*$"
)
"""What stands beside a name of two words and more."""


def same_company(first: str, second: str) -> bool:
    """Tell whether two names are one but for case, accents, spaces, points, order and legal form.

    Letters of other alphabets count as the Latin ones that they look like. An article before it, brackets, and what follows a comma, a dash or *di* (department, town,
    owner) say nothing else.

    Parameters
    ----------
    first, second : str
    """
    one, other = _words(first), _words(second)
    return bool(_spellings(one) & _spellings(other))


def _spellings(words: list[str]) -> set[str]:
    return {"".join(words), "".join(sorted(words))}


def _words(name: str) -> list[str]:
    text = unicodedata.normalize("NFKD", latin(name)).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"^\s*(il|lo|la|i|gli|le|l['\u2019]|the)\s+", "", re.sub(r"\([^)]*\)", " ", text))
    text = ADDED.sub(r"\1", text)
    words = re.sub(r"[^\w]+|_", " ", text.replace("&", " e ")).strip()
    kept = re.sub(r"\s+", " ", FORMS.sub(" ", words)).strip() or words
    return kept.split()
