"""Words of the frame of a report."""

from __future__ import annotations

from lca_cardato.words.catalog_report import LABELS
from lca_cardato.words.language import LANGUAGES


def labels(lang: str) -> dict[str, str]:
    """Words of the frame in a language, by key."""
    column = LANGUAGES.index(lang)
    return {key: texts[column] for key, texts in LABELS.items()}
