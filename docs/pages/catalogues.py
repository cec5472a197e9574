"""Carry the English texts of the template into the catalogues, and compile these.

``python docs/pages/catalogues.py``

The template ``lca_cardato.pot`` holds every text in English, with its key as context. A text that
is new there, or whose English has changed, is marked `fuzzy` in the other languages until a person
has looked at it; what a catalogue holds beside the template goes.
"""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from lca_cardato.words.catalogue import DOMAIN, FOLDER, path_of
from lca_cardato.words.language import LANGUAGES

TEMPLATE = FOLDER / f"{DOMAIN}.pot"
DATE = datetime(2026, 1, 1, tzinfo=timezone.utc)
PLURALS = "nplurals=2; plural=(n != 1);"
"""Singular and plural; the third form of Italian begins at a million."""
HEAD = """# Texts of lca-cardato; docs/translating.md tells how to correct one.
# Words between braces, such as {count}, are filled in by the program and stay as they are."""


def read(path: Path, lang: str = "en") -> Catalog:
    """Read a catalogue or the template.

    Parameters
    ----------
    path : Path
    lang : str
    """
    with path.open("rb") as file:
        return read_po(file, locale=lang, domain=DOMAIN)


def empty(lang: str) -> Catalog:
    """Give a catalogue that holds its header only."""
    made = Catalog(
        lang, DOMAIN, HEAD, project="lca-cardato", version="1", copyright_holder="lca-cardato",
        msgid_bugs_address="docs/translating.md", creation_date=DATE, revision_date=DATE,
        last_translator="lca-cardato", language_team=lang, fuzzy=False,
    )  # fmt: skip
    made.mime_headers = [("Plural-Forms", PLURALS)]
    return made


def renewed(template: Catalog, old: Catalog, lang: str) -> Catalog:
    """Make a catalogue anew from the template, with the translations that are there.

    Parameters
    ----------
    template, old : Catalog
    lang : str
        English takes the text of the template itself.
    """
    known = {message.context: message for message in old if message.id}
    made = empty(lang)
    for message in template:
        if not message.id:
            continue
        before = known.get(message.context)
        string, flags = (message.id, set()) if lang == "en" else (None, {"fuzzy"})
        if before is not None and lang != "en":
            string = before.string if before.pluralizable == message.pluralizable else None
            flags = before.flags if before.id == message.id else {"fuzzy"}
        add(made, message, string, flags, before.user_comments if before else ())
    return made


def add(catalog: Catalog, message: Message, string: object, flags: object, notes: object) -> None:
    """Put a message into a catalogue; ``% i`` of *95 % interval* is no format of a number."""
    made = catalog.add(
        message.id, string, flags=flags, auto_comments=message.auto_comments, user_comments=notes,
        context=message.context,
    )  # fmt: skip
    made.flags.discard("python-format")


def main() -> None:
    """Write the catalogues of all languages."""
    template = read(TEMPLATE)
    for lang in LANGUAGES:
        path = path_of(lang, "po")
        catalog = renewed(template, read(path, lang) if path.exists() else empty(lang), lang)
        with path.open("wb") as file:
            write_po(file, catalog, width=100)
        with path_of(lang, "mo").open("wb") as file:
            write_mo(file, catalog)


if __name__ == "__main__":
    main()
