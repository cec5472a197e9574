"""The command in Italian: help, wrong command lines, notes, by option and by the environment."""

import re

import pytest
import typer

from lca_cardato.cli.main import app
from lca_cardato.cli.outcome import asked
from lca_cardato.cli.usage import sentence_of, texts_of
from lca_cardato.words.told import known

WRONG = {
    "an argument": (["assess"], "errore: manca l'argomento SCENARIO"),
    "an option": (["assess", "x.yaml", "--forze"], "errore: l'opzione --forze non esiste"),
    "a command": (["asses"], "errore: il comando asses non esiste"),
    "a number": (["serve", "--port", "abc"], "errore: --port: serve un numero intero"),
    "a port": (["serve", "--port", "99999"], "errore: --port: "),
    "too many": (["assess", "a.yaml", "b.yaml"], "errore: troppi argomenti: b.yaml"),
    "no value": (["batch", "x.yaml", "--top"], "errore: l'opzione --top vuole un valore"),
    "of ours": (["new"], "errore: FILE: indicare il file da scrivere"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_command_line_is_told_in_italian(command, name):
    words, told = WRONG[name]
    done = command(*words, LCA_CARDATO_LANG="it")
    assert done.returncode == 2 and told in done.stderr, done.stderr
    english = command(*words)
    assert english.returncode == 2 and "Error: " in english.stderr
    assert "rror: " not in done.stderr.replace("errore: ", "") and "Usage" not in done.stderr


@pytest.mark.parametrize("words", [[], ["assess"], ["claims"], ["claims", "check"]], ids=" ".join)
def test_the_help_is_italian_and_holds_the_same_options(command, words):
    done, english = (
        command(*words, "--help", LCA_CARDATO_LANG=lang, COLUMNS="200") for lang in ("it", "en")
    )
    assert done.returncode == english.returncode == 0
    assert "Uso: lca-cardato" in done.stdout and "Opzioni:" in done.stdout
    options = re.compile(r"^ +(--[\w-]+|[a-z-]+)(?=  )", re.MULTILINE)
    assert options.findall(done.stdout) == options.findall(english.stdout)
    for text in texts_of(typer.main.get_command(app)):
        first = " ".join(text.split()[:4])
        assert known(text, "it") != text
        assert len(first.split()) < 4 or first not in done.stdout, text
    again = command(*words, "--help", COLUMNS="200")
    assert again.stdout == english.stdout


@pytest.mark.parametrize(
    ("words", "variable", "lang"),
    [
        (["assess", "x", "--lang", "it"], "", "it"),
        (["assess", "x", "--lang=it"], "", "it"),
        (["assess", "x"], "it", "it"),
        (["assess", "x", "--lang", "en"], "it", "en"),
        (["assess", "x", "--lang", "de"], "it", "it"),
        (["assess", "--", "--lang", "it"], "", "en"),
        ([], "xx", "en"),
    ],
)
def test_the_language_is_known_before_anything_is_read(words, variable, lang):
    assert asked(words, {"LCA_CARDATO_LANG": variable}) == lang


def test_what_typer_says_in_other_versions_is_known():
    assert sentence_of("No such option '--x'. Did you mean --y?").startswith(
        "there is no option --x; "
    )
    assert sentence_of("No such option: --x") == "there is no option --x"
    assert sentence_of("Got unexpected extra argument (b)") == "too many arguments: b"
    assert sentence_of("something new") == "something new"


def test_the_notes_of_a_command_follow_the_language(command, tmp_path):
    done = command("new", "filo.yaml", cwd=tmp_path, LCA_CARDATO_LANG="it")
    assert (
        done.returncode == 0
        and "filo.yaml: scritto; per controllarlo: lca-cardato validate" in done.stdout
    )
    done = command("inventory", "check", "--lang", "it")
    assert done.stdout.startswith("integri: ")


@pytest.mark.parametrize("words", [
    ["--help", "--lang", "it"], ["--lang", "it", "--help"], ["--lang", "it"], ["--lang=it"],
    ["claims", "--help", "--lang", "it"], ["claims", "--lang", "it"], ["--lang", "it", "claims"],
], ids=" ".join)  # fmt: skip
def test_the_help_of_all_commands_speaks_the_language_that_was_typed(command, words):
    done = command(*words)
    assert done.returncode in (0, 2), done.stderr  # 2 where a command is missing, by click
    text = done.stdout + done.stderr
    assert text.startswith("Uso: lca-cardato") and "Options:" not in text and "Error:" not in text


def test_the_language_before_a_command_is_that_of_the_command(command):
    said = command("--lang", "it", "claims", "list").stdout
    assert (
        said == command("claims", "list", "--lang", "it").stdout != command("claims", "list").stdout
    )
    assert command("--lang", "it", "claims", "list", "--lang", "en").stdout == (
        command("claims", "list").stdout
    )
    wrong = command("--lang", "de")
    assert wrong.returncode == 2 and "'de'" in wrong.stderr


def test_shipped_scenarios_are_told_in_italian(command):
    from lca_cardato.scenario.shipped import about, shipped_scenarios

    done = command("new", "--list", "--lang", "it", COLUMNS="300")
    for name, path in shipped_scenarios().items():
        assert name in done.stdout
        assert known(about(path), "it") != about(path) and about(path) not in done.stdout
    assert (
        about(shipped_scenarios()["virgin-wool"]) in command("new", "--list", COLUMNS="300").stdout
    )
