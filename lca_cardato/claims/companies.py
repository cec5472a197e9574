"""Whether two names are those of one company, however they are written."""

from __future__ import annotations

import re
import unicodedata

FORMS = re.compile(
    r"\b(s p a|s r l( s)?|s n c|s a s|s s|s c a r l|s c r l|soc(ieta)?|coop(erativa)?|unipersonale|"
    r"a r l|in liquidazione|ltd|limited|llc|inc|gmbh|ag|b v|n v|s a|s l|e c|c|ditta|azienda|"
    r"spa|srls?|snc|sas|scarl|scrl|arl|bv|nv|sa|sl)\b"
)
"""Legal forms and what stands beside them; points are spaces here."""


def same_company(first: str, second: str) -> bool:
    """Tell whether two names are one but for case, accents, spaces, points, order and legal form.

    Parameters
    ----------
    first, second : str
    """
    return bool(_bare(first) & _bare(second))


def _bare(name: str) -> set[str]:
    text = unicodedata.normalize("NFKD", name).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c))
    words = re.sub(r"[^\w]+|_", " ", text.replace("&", " e ")).strip()
    kept = re.sub(r"\s+", " ", FORMS.sub(" ", words)).strip() or words
    return {"".join(kept.split()), "".join(sorted(kept.split()))}
