"""Names and texts are spelled correctly in English and Italian.

Words that a general dictionary does not hold (of the trade, of chemistry, names) stand in
``words-en.txt`` and ``words-it.txt``, read by a person before they go in.
"""

import json
import re
from pathlib import Path

import pytest
from conftest import ROOT

from lca_cardato.scenario.entry.fields import fields
from lca_cardato.words.catalogue import catalogue

WORD = re.compile(r"[^\W\d_]{3,}")
LANGUAGES = ("en", "it")


def names(inventory, lang):
    tables = (inventory.datasets, inventory.steps, inventory.fibres, inventory.systems,
              inventory.cff)  # fmt: skip
    for table in tables:
        for item in table.values():
            yield getattr(item.name, lang)
    for fibre in inventory.fibres.values():
        yield getattr(fibre.label, lang)


def words(texts):
    found = set()
    for text in texts:
        plain = re.sub(r"\{[^}]*\}|`[^`]*`", "", text)
        found |= {w for w in WORD.findall(plain) if not w.isupper()}
    return found


def unknown(texts, lang):
    from spellchecker import SpellChecker

    checker = SpellChecker(language=lang, distance=1)
    kept = Path(__file__).with_name(f"words-{lang}.txt").read_text(encoding="utf-8").split()
    assert kept == sorted(set(kept)), f"words-{lang}.txt is sorted, without repetition"
    return checker.unknown(words(texts)) - set(kept)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_names_of_the_inventories(inventory, lang):
    assert not unknown(names(inventory, lang), lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_texts_of_the_program(lang):
    texts = catalogue(lang)
    assert not unknown([texts.text(key, n) for key in texts.english for n in (1, 2)], lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_names_of_what_is_filled_in(lang):
    told = [field.comment(lang) for field in fields()]
    named = [
        text for field in fields() for text in (field.label(lang), *field.choices(lang).values())
    ]
    assert not unknown([re.sub(r"`[^`]*`", "", text) for text in told + named], lang)


def prose(path):
    """A page or notebook without its code and the targets of its links."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        cells = json.loads(text)["cells"]
        text = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
    return re.sub(r"^```.*?^```|\]\([^)]*\)", "", text, flags=re.S | re.M)


PAGES = [
    ("it", "it/avvio-rapido.md"),
    ("en", "howto.md"),
    *[("en", f"tutorials/{name}.ipynb") for name in ("auditor", "consultant", "engineer")],
]


@pytest.mark.parametrize("lang, page", PAGES)
def test_pages(lang, page):
    assert not unknown([prose(ROOT / "docs" / page)], lang)


def test_a_misspelling_is_found():
    assert unknown(["lana scuida"], "it") == {"scuida"}
    assert unknown(["scoured wol fibre"], "en") >= {"wol"}
