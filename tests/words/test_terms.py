"""The Italian texts keep to the list of terms, ``docs/it/termini.md``."""

import re

import pytest
from conftest import ROOT
from pages import catalogues, sentences

from lca_cardato.words import catalogue, told

AVOIDED = {
    r"\b([Ll]a|[Dd]ella|[Qq]uesta|[Nn]ella|[Dd]alla|[Uu]na) prova\b": "calcolo, of a run",
    r"\bcartell[ae] de?i risultati\b": "cartella del calcolo",
    r"\b([Ss]crivete|[Mm]ettete|[Ss]cegliete|[Tt]ogliete)\b": "the infinitive",
    r"\b(secondo la|in ogni|le) lettur[ae] (non concord|cad)": "interpretazione, of a rule",
    r"\b([Pp]re|[Pp]ost) consumo\b": "pre-consumo, post-consumo",
    r"\b(il|al|del|nel) \{(share|percent|weight|points|least)\}": "no article before a share",
    r"\d+%": "a blank before %",
}
"""What is not written -> what is."""


def texts():
    places = [(catalogues.read, catalogue.path_of), (sentences.read, told.path_of)]
    for read, path_of in places:
        for message in read(path_of("it", "po"), "it"):
            forms = message.string if isinstance(message.string, tuple) else (message.string,)
            yield from (form for form in forms if message.id)


@pytest.mark.parametrize("pattern", AVOIDED, ids=AVOIDED.values())
def test_no_text_has_a_word_that_the_list_avoids(pattern):
    found = [text for text in texts() if re.search(pattern, text)]
    assert not found, f"{AVOIDED[pattern]}: {found}"


def test_every_term_has_both_languages_and_every_source_is_listed():
    text = (ROOT / "docs" / "it" / "termini.md").read_text(encoding="utf-8")
    rows = [row.strip("|").split("|") for row in text.splitlines() if row.startswith("| ")]
    assert len(rows) > 50 and all(
        len(row) == 4 and row[0].strip() and row[1].strip() for row in rows
    )
    named = {int(number) for row in rows for number in re.findall(r"\[(\d+)\]", row[3])}
    listed = {int(number) for number in re.findall(r"^(\d+)\. .*<http", text, re.MULTILINE)}
    assert named == listed
