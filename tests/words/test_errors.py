"""Every error code of the program stands in the catalogue, with an example that raises it."""

import re

import pytest
from conftest import ROOT
from pages.errors import page, printed, run_examples

from lca_cardato.words.error_codes import entries

CODE = re.compile(r"\bE\d{3}\b")
LITERAL = re.compile(r"""["' ](E\d{3})["' ]""")


@pytest.fixture(scope="module")
def results(store, command):
    return run_examples(command)


@pytest.fixture(scope="module")
def italian(store, command):
    return run_examples(command, "it")


def codes_in_the_program():
    found = set()
    for path in (ROOT / "lca_cardato").rglob("*.py"):
        if "explain" not in path.parts:
            found |= set(LITERAL.findall(path.read_text(encoding="utf-8")))
    return found


def test_the_catalogue_holds_the_codes_of_the_program_and_no_other():
    assert codes_in_the_program() == set(entries())


@pytest.mark.parametrize("code", [c for c, entry in entries().items() if entry.example])
def test_the_example_raises_it(results, code):
    exit_code, output, errors = results[code]
    entry = entries()[code]
    assert exit_code == entry.exit_code, errors
    assert output == ""
    line = printed(code, errors)
    assert line.startswith("error: ")
    assert "Traceback" not in errors
    if entry.example.command[0] == "validate" and code not in ("E210",):
        assert re.match(r"error: scenario\.yaml:\d+:\d+: ", line), line


def test_the_page_is_what_the_command_prints(results):
    text = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    assert text == page(results), "run: python docs/pages/errors.py > docs/errors.md"


def test_the_italian_page_is_what_the_command_prints(italian):
    text = (ROOT / "docs" / "it" / "errori.md").read_text(encoding="utf-8")
    assert text == page(italian, "it"), "run: python docs/pages/errors.py it > docs/it/errori.md"


@pytest.mark.parametrize("code", [c for c, entry in entries().items() if entry.example])
def test_in_italian_a_problem_has_the_same_place_and_other_words(results, italian, code):
    (exit_code, _, errors), (its_exit_code, _, its_errors) = results[code], italian[code]
    assert exit_code == its_exit_code
    lines, its_lines = errors.splitlines(), its_errors.splitlines()
    assert len(lines) == len(its_lines)
    for line, its_line in zip(lines, its_lines):
        place, told, rest = re.match(
            r"error: (.*? E\d{3}(?: .+?)?): (.*?)( \(typed: .*)?$", line
        ).groups()
        assert its_line.startswith(
            f"errore: {place}: ".replace("errore: input:", "errore: dati in ingresso:")
        )
        typed = re.search(r"\(typed: (.*?)\)(?:;|$)", rest or "")
        assert told not in its_line and (typed is None or f"(scritto: {typed[1]})" in its_line)


def test_both_languages_tell_when_a_code_comes():
    for entry in entries().values():
        texts = [entry.title, entry.cure, *([] if entry.example else [entry.when])]
        assert all(text["en"] and text["it"] and text["en"] != text["it"] for text in texts)


def test_the_base_of_the_examples_is_sound(command, tmp_path):
    from lca_cardato.words.error_codes import FOLDER

    done = command("assess", FOLDER / "base.yaml")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("lang", ["en", "it"])
def test_explain_error(command, lang):
    done = command("explain-error", "e104", "--lang", lang)
    entry = entries()["E104"]
    assert done.returncode == 0
    assert entry.title[lang] in done.stdout
    assert entry.cure[lang] in done.stdout
    assert entry.example.typed[0] in done.stdout
    done = command("explain-error", "E10")
    assert done.returncode == 3
    assert done.stderr.startswith("error: input: E307: there is no such error code")


def test_codes_in_the_docs_are_in_the_catalogue():
    for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        assert set(CODE.findall(path.read_text(encoding="utf-8"))) <= set(entries()), path
