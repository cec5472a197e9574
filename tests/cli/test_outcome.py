"""Streams of the command."""

import io
import os
import re
import subprocess
import sys

import pytest
from conftest import ROOT

from lca_cardato.cli.outcome import run


def test_files_and_pipes_get_the_same_bytes_on_every_system(monkeypatch):
    """Windows would write cp1252 and CR LF."""
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="cp1252", newline="\r\n"))
    assert run(lambda: print("≥ 1 m²")) == 0
    assert raw.getvalue() == "≥ 1 m²\n".encode()


def test_a_terminal_keeps_its_encoding_and_shows_what_it_can(monkeypatch):
    class Terminal(io.TextIOWrapper):
        def isatty(self):
            return True

    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", Terminal(raw, encoding="cp850"))
    assert run(lambda: print("≥ 1 è")) == 0
    assert raw.getvalue().rstrip() == "? 1 è".encode("cp850")


COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]")


def test_no_color_is_heeded(command):
    """Verdicts are in colours, where they are wanted."""
    seen = {}
    for name, setting in (("with", {}), ("without", {"NO_COLOR": "1"})):
        scenario = ROOT / "scenarios" / "worsted-mix.yaml"
        done = command("assess", scenario, FORCE_COLOR="1", TERM="xterm-256color", **setting)
        assert done.returncode == 0, done.stderr
        seen[name] = bool(COLOUR.search(done.stdout))
    assert seen == {"with": True, "without": False}


READ = ROOT / "scenarios" / "virgin-wool.yaml"
LEFT = [
    (("assess", "nope.yaml"), 5),
    (("nope",), 2),
    (("assess", str(READ), "--out", "run"), 0),
    (("claims", "check", str(READ), "--require", "cardato-recycled-2014-published"), 1),
]


@pytest.mark.parametrize(("words", "code"), LEFT, ids=lambda item: str(item)[:20])
@pytest.mark.parametrize("streams", [("stderr",), ("stdout", "stderr"), ("stdout",)])
def test_a_reader_that_has_gone_changes_neither_work_nor_exit_code(
    home, tmp_path, words, code, streams
):
    read, write = os.pipe()
    os.close(read)
    given = {name: write if name in streams else subprocess.PIPE for name in ("stdout", "stderr")}
    done = subprocess.run(
        [sys.executable, "-m", "lca_cardato", *words], cwd=tmp_path, **given,
        env={**os.environ, "LCA_CARDATO_HOME": str(home), "PYTHONPATH": str(ROOT)}, timeout=120,
    )  # fmt: skip
    os.close(write)
    told = (done.stdout or b"") + (done.stderr or b"")
    assert done.returncode == code, told
    assert b"Traceback" not in told and b"BrokenPipe" not in told
    assert (tmp_path / "run" / "SHA256SUMS").exists() == ("run" in words)
