"""The catalogues of texts, gettext files that Poedit opens; the context of a text is its key."""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations
from pathlib import Path
from typing import Any

DOMAIN = "lca_cardato"
FOLDER = Path(__file__).resolve().parent / "locale"
BETWEEN = "\x04"
"""Stands between context and English text in a compiled catalogue."""


def path_of(lang: str, kind: str = "mo") -> Path:
    """Place of a catalogue.

    Parameters
    ----------
    lang : str
    kind : str
        ``"po"``, the text that people edit, or ``"mo"``, made from it, which the program reads.
    """
    return FOLDER / lang / "LC_MESSAGES" / f"{DOMAIN}.{kind}"


class Catalogue(GNUTranslations):
    """Texts of a language by key.

    Attributes
    ----------
    english : dict
        Key -> English text, in its singular where there are two forms.
    plurals : set of str
        Keys of the texts with two forms.
    """

    def __init__(self, path: Path) -> None:
        self.english: dict[str, str] = {}
        self.plurals: set[str] = set()
        with path.open("rb") as file:
            super().__init__(file)  # type: ignore[arg-type]
        for identity in vars(self)["_catalog"]:
            text = identity if isinstance(identity, str) else identity[0]
            key, between, english = text.partition(BETWEEN)
            if between:
                self.english[key] = english
                if text is not identity:
                    self.plurals.add(key)

    def text(self, key: str, count: Any = None) -> str:
        """Give a text.

        Parameters
        ----------
        key : str
        count : int or str, optional
            Chooses between singular and plural where a text has both.

        Raises
        ------
        KeyError
            There is no such text.
        """
        english = self.english[key]
        if key in self.plurals:
            return self.npgettext(key, english, english, 2 if count is None else int(count))
        return self.pgettext(key, english)


@cache
def catalogue(lang: str) -> Catalogue:
    """Give the catalogue of a language, read once."""
    return Catalogue(path_of(lang))
