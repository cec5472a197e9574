"""What the program says of problems is translated, and keeps what it was made from."""

import ast
import pickle
import re
import string
from fractions import Fraction

import pytest
from conftest import ROOT
from pages import sentences

from lca_cardato.errors import Problem
from lca_cardato.sentence import joined, say
from lca_cardato.words.language import LANGUAGES
from lca_cardato.words.told import path_of, problem_text, tell

OTHERS = [lang for lang in LANGUAGES if lang != "en"]


def fields(text):
    return sorted({name for _, name, _, _ in string.Formatter().parse(text) if name is not None})


def forms(string_):
    return [string_] if isinstance(string_, str) else list(string_)


@pytest.mark.parametrize("lang", OTHERS)
def test_every_sentence_has_its_translation(lang):
    """Else: run `python docs/pages/sentences.py` and fill in what is empty."""
    catalog, said = sentences.read(path_of(lang, "po"), lang), sentences.said()
    assert {forms(message.id)[0] for message in catalog if message.id} == set(said)
    for text, (many, _) in said.items():
        message = catalog.get(text)
        assert sentences.translated(message) and not message.fuzzy, text
        for form, english in zip(forms(message.string), (text, many or text)):
            assert set(fields(form)) <= set(fields(english)) | {"count"}, text
        assert fields(forms(message.string)[-1]) == fields(many or text), text


@pytest.mark.parametrize("lang", OTHERS)
def test_the_program_reads_the_sentences_that_people_edit(lang):
    for message in sentences.read(path_of(lang, "po"), lang):
        if message.id:
            names = dict.fromkeys(fields(forms(message.id)[-1]), 2)
            many = forms(message.id)[1] if len(forms(message.id)) > 1 else ""
            told = tell(say(forms(message.id)[0], many, **names), lang)
            assert told == forms(message.string)[-1].format(**names)


def test_a_sentence_is_its_english_text_and_is_told_in_another_language():
    word = say("did you mean '{word}'?", word="lana")
    assert word == "did you mean 'lana'?" and isinstance(word, str)
    assert tell(word, "it") == "forse si intende 'lana'?"
    assert tell("lana", "it") == "lana"
    kept = pickle.loads(pickle.dumps(word))
    assert tell(kept, "it") == tell(word, "it")
    assert (
        tell(joined([word, "", say("typed")], " / "), "it") == "forse si intende 'lana'? / scritto"
    )


def test_numbers_plurals_and_lists_follow_the_language():
    two = say("and {count} more problem", "and {count} more problems", count=2)
    assert (two, tell(two, "it")) == ("and 2 more problems", "e altri 2 problemi")
    made = say("valid: {choices}", choices=[0.5, Fraction(1, 4), "1.5"])
    assert tell(made, "it") == "valori ammessi: 0,5, 1/4, 1.5"
    assert made == "valid: 0.5, 1/4, 1.5"
    assert tell(say("{x:.2f} {y:.1f}", x=1.5, y=Fraction(1, 4)), "it") == "1,50 0,2"
    assert say("{{{x}}}", x=1) == "{1}"


def test_a_problem_is_told_in_either_language():
    problem = Problem(
        "E104", say("input"), value="x", suggestion=say("valid: {choices}", choices=["a"])
    )
    assert str(problem) == "input: E104: input (typed: x); valid: a"
    assert problem_text(problem, "it") == (
        "dati in ingresso: E104: dati in ingresso (scritto: x); valori ammessi: a"
    )


def test_a_sentence_that_is_put_together_is_found():
    with pytest.raises(ValueError, match="written out"):
        sentences.constants(ast.parse("say(f'{x} kg')").body[0].value.args[0])
    assert all(not re.search(r"\n", text) for text in sentences.said())
    assert (ROOT / "docs" / "translating.md").read_text(encoding="utf-8").count("sentences.py")
