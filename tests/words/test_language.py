"""Numbers and sentences in the two languages, held to CLDR as Babel gives it."""

import doctest
import importlib
from decimal import Decimal
from fractions import Fraction as F

import pytest
from babel import Locale
from babel.numbers import format_decimal

from lca_cardato.lcia.methods import SHIPPED, library
from lca_cardato.words.language import LANGUAGES, Language, Plain


@pytest.mark.parametrize(
    ("value", "english", "italian"),
    [
        (F(65, 100), "65 %", "65 %"),
        (F(6499, 10000), "64.99 %", "64,99 %"),
        (F(2, 3), "66.67 %", "66,67 %"),
        (F(0), "0 %", "0 %"),
        (F(1), "100 %", "100 %"),
    ],
)
def test_percentages(value, english, italian):
    assert Language("en").show(value) == english
    assert Language("it").show(value) == italian


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, "0"), (1234.5, "1234"), (0.123456, "0.123"), (1e-7, "1.00e-07")]
)
def test_numbers_have_three_significant_digits(value, text):
    assert Language("en").number(value) == text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_numbers_are_written_as_the_language_writes_them(lang):
    words = Language(lang)
    for value in (0.00123456, 0.5, 3.14159, 27.18, 999.96, 123456.7):
        plain = Language("en").number(value)
        places = "0" * len(plain.partition(".")[2])
        expected = format_decimal(Decimal(plain), f"0.{places}" if places else "0", lang)
        assert words.number(value) == expected


@pytest.mark.parametrize("lang", LANGUAGES)
def test_singular_and_plural_are_those_of_the_language(lang):
    words, form = Language(lang), Locale(lang).plural_form
    sentences = {count: words("differs_count", count=count) for count in range(200)}
    plain = {text.replace(str(n), "") for n, text in sentences.items() if form(n) != "one"}
    assert len(plain) == 1
    one = words("doc_misfits", count="1")
    assert (
        one
        == {
            "en": "1 package is missing or of a version that does not fit",
            "it": "1 pacchetto manca o è di una versione non adatta",
        }[lang]
    )
    for count in range(200):
        text = words("doc_misfits", count=count)
        assert (text.removeprefix(str(count)) == one.removeprefix("1")) == (form(count) == "one")


def test_a_key_without_a_text_stays_as_it_is():
    for lang in LANGUAGES:
        assert Language(lang)("{no} such key", count=2) == "{no} such key"


def test_methods_bring_their_names():
    for key, method in library().items():
        assert key.startswith(SHIPPED)
        assert Language("it")(key) == Language("en")(key) == method.name != key


@pytest.mark.parametrize(
    ("value", "en", "it"),
    [
        (0, "0", "0"),
        (100, "100", "100"),
        (99.99, "99.99", "99,99"),
        (99.96, "99.96", "99,96"),
        (100.04, "100.04", "100,04"),
        (99.4, "99.4", "99,4"),
        (1 / 3, "0.333", "0,333"),
        (944175, "944175", "944175"),
        (1.372e8, "137 000 000", "137 000 000"),
        (3.33e12, "3 330 000 000 000", "3 330 000 000 000"),
        (1.5e21, "1.50 × 10^21", "1,50 × 10^21"),
        (0.000012, "1.20 × 10^-5", "1,20 × 10^-5"),
    ],
)
def test_a_number_of_a_question_can_be_read(value, en, it):
    for lang, shown in (("en", en), ("it", it)):
        assert Language(lang).show(Plain(value)) == shown.replace(" ", "\u00a0")


@pytest.mark.parametrize("name", [
    "words.units", "words.said", "report.tables.labels", "report.stories.short",
])  # fmt: skip
def test_the_examples_of_a_text_are_what_it_gives(name):
    found = doctest.testmod(importlib.import_module(f"lca_cardato.{name}"))
    assert found.attempted and not found.failed


@pytest.mark.parametrize(("count", "en", "it"), [
    (1, "The 1 fibre carries", "La sola fibra (1) ha"),
    (2, "Both fibres carry", "Entrambe le fibre hanno"),
    (3, "All 3 fibres carry", "Tutte le 3 fibre hanno"),
])  # fmt: skip
def test_one_both_and_many_have_their_own_form(count, en, it):
    for lang, said in (("en", en), ("it", it)):
        assert Language(lang)("trace_lots", count=count).startswith(said)
    told = Language("it")("measured_missing", count=count, all=12, weight=0.5)
    assert told.startswith(f"Dimostrat{'o' if count == 1 else 'i'} {count} dat")
