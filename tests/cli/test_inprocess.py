"""The way most tests run the command gives what a process of its own gives."""

import os
import sys
import warnings

import pytest
from conftest import ROOT, with_papers

SCENARIO = ROOT / "scenarios" / "recycled-wool-70.yaml"
WRONG = "schema: lca-cardato/scenario/1\nid: x\n"
CALLS = {
    "a result": (["assess", SCENARIO], {}),
    "a document": (["assess", "mine.yaml", "--json", "--lang", "it"], {}),
    "colours": (["claims", "list"], {"FORCE_COLOR": "1", "TERM": "xterm-256color"}),
    "a narrow screen": (["fibres"], {"COLUMNS": "30"}),
    "a wrong file": (["validate", "wrong.yaml"], {}),
    "a wrong use": (["asses"], {}),
    "a verdict": (["claims", "check", "mine.yaml", "--require", "virgin-wool"], {}),
    "an example": (["explain-error", "E104"], {}),
    "a completion": ([], {"_LCA_CARDATO_COMPLETE": "complete_bash", "COMP_WORDS": "lca-cardato\ncl",
                          "COMP_CWORD": "1"}),
    "many": (["compare", "mine.yaml", SCENARIO, "--samples", "50"], {}),
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("calls")
    (with_papers(place) / "mine.yaml").write_bytes(SCENARIO.read_bytes())
    (place / "wrong.yaml").write_text(WRONG, encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def twice(command, folder, store):
    """Every call, and all of them again in the other order."""

    def run(names):
        return {n: command(*CALLS[n][0], cwd=folder, **CALLS[n][1]) for n in names}

    return run(CALLS), run(reversed(CALLS))


@pytest.mark.parametrize("name", CALLS)
def test_it_is_that_of_a_process(process, twice, folder, name):
    arguments, environment = CALLS[name]
    wanted = process(*arguments, cwd=folder, **environment)
    for found in twice:
        done = found[name]
        assert (done.returncode, done.stderr) == (wanted.returncode, wanted.stderr)
        assert done.stdout == wanted.stdout


def test_it_leaves_the_process_as_it_was(command, folder):
    def state():
        return (os.getcwd(), dict(os.environ), sys.argv, sys.stdin, sys.stdout, sys.stderr,
                list(warnings.filters), warnings.showwarning, os.fstat(1), os.fstat(2))  # fmt: skip

    before = state()
    command("validate", "wrong.yaml", cwd=folder, SOURCE_DATE_EPOCH="odd", COLUMNS="1")
    after = state()
    assert after[:-2] == before[:-2]
    assert [s.st_ino for s in after[-2:]] == [s.st_ino for s in before[-2:]]


def test_warnings_are_shown_as_a_process_shows_them(command, monkeypatch):
    def wrong(*_):
        warnings.warn("told once", RuntimeWarning, stacklevel=1)
        warnings.warn("not told", DeprecationWarning, stacklevel=1)
        raise SystemExit(4)

    monkeypatch.setattr("lca_cardato.cli.outcome._prepare_streams", wrong)
    done = command("fibres")
    assert done.returncode == 4
    assert "RuntimeWarning: told once" in done.stderr and "not told" not in done.stderr
