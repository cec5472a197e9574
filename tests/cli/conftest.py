"""Many bad files through the command."""

import re

import pytest

from lca_cardato.cli import outcome
from lca_cardato.sentence import Sentence
from lca_cardato.words.told import sentences

TYPED = re.compile(r"(pip install|openssl pkey|--\w+)\b")
"""What is typed, not read."""
LINE = re.compile(r"error: (.+?)(?::(\d+):(\d+))?: (E\d{3})\b")


def untranslated(text):
    """Sentences of a text, and of what it is made from, that have no Italian."""
    if not isinstance(text, Sentence):
        return [text] if text and not TYPED.match(text) else []
    words = re.sub(r"\{[^}]*\}", "", text.template)
    found = [] if not re.search("[a-z]{2}", words) or said(text.template) else [text.template]
    for value in text.arguments.values():
        for item in value if isinstance(value, (list, tuple)) else [value]:
            found += untranslated(item) if isinstance(item, Sentence) else []
    return found


def said(template):
    known = sentences("it")._catalog
    return template in known or (template, 1) in known


@pytest.fixture(scope="session", autouse=True)
def told_in_both_languages():
    """Whatever a command complains of in this process, its sentences have their Italian."""
    complain = outcome._complain

    def checked(error):
        for problem in error.problems:
            left = [*untranslated(problem.message), *untranslated(problem.suggestion)]
            assert not left, (problem, left)
        complain(error)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outcome, "_complain", checked)
        yield


@pytest.fixture(scope="session")
def run_all(command):
    """Run cases, name -> (files, arguments, preparation or None); give name -> (result, folder)."""

    def run(cases, folder):
        def one(item):
            number, (files, arguments, prepare) = item
            place = folder / str(number)
            place.mkdir()
            for name, content in files.items():
                path = place / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content if isinstance(content, bytes) else content.encode())
            if prepare is not None:
                prepare(place)
            return command(*arguments, cwd=place), place

        return dict(zip(cases, map(one, enumerate(cases.values()))))

    return run


@pytest.fixture(scope="session")
def problems():
    """Read the lines of an error: (file, line, column, code); every line is one for people."""

    def read(done):
        found = []
        assert "Traceback" not in done.stderr and "E900" not in done.stderr, done.stderr
        for line in done.stderr.splitlines():
            assert line.isprintable() and len(line) < 2000, line
            if line.startswith("error: and "):
                continue
            match = LINE.match(line)
            assert match, line
            found.append((match[1], int(match[2] or 0), int(match[3] or 0), match[4]))
        return found

    return read
