"""Answers of pip-audit: vulnerabilities, gaps, no network."""

import json
import subprocess
from types import SimpleNamespace

import advisories
import pytest

CLEAN = {"name": "a", "version": "1", "vulns": []}
BAD = {
    "name": "b", "version": "2",
    "vulns": [{"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["3"], "description": ""}],
}  # fmt: skip
UNKNOWN = {"name": "c", "skip_reason": "not found"}


@pytest.fixture
def run(monkeypatch):
    """Run with given answers, one per service."""

    def main(answers, *arguments):
        def fake(command, **_):
            main.commands.append(command)
            answer = answers[command[command.index("-s") + 1]]
            if isinstance(answer, str):
                return SimpleNamespace(stdout="", stderr=f"Traceback\n{answer}\n")
            return SimpleNamespace(
                stdout=json.dumps({"dependencies": answer, "fixes": []}), stderr=""
            )

        monkeypatch.setattr(subprocess, "run", fake)
        return advisories.main("folder", *arguments)

    main.commands = []
    return main


def test_nothing_known(run, capsys):
    assert run({"osv": [CLEAN, UNKNOWN]}) == 0
    printed = capsys.readouterr().out
    assert "not known to the service: c" in printed
    assert "0 known vulnerabilities" in printed


def test_a_vulnerability(run, capsys):
    assert run({"osv": [CLEAN, BAD]}) == 1
    assert "b 2: PYSEC-1 CVE-1, fixed in 3" in capsys.readouterr().out


def test_a_vulnerability_can_be_ignored_with_a_reason(run, monkeypatch, capsys):
    monkeypatch.setitem(advisories.IGNORED, "CVE-1", "the function is not used")
    assert run({"osv": [CLEAN]}) == 0
    assert "ignored CVE-1: the function is not used" in capsys.readouterr().out
    assert run.commands[-1][-2:] == ["--ignore-vuln", "CVE-1"]


DOWN = "requests.exceptions.ConnectionError: no route"


def test_the_second_service_is_asked_when_the_first_is_down(run):
    assert run({"osv": DOWN, "pypi": [BAD]}) == 1


@pytest.mark.parametrize("first", [DOWN, [UNKNOWN]], ids=["down", "knows nothing"])
def test_unreachable_is_said_and_is_no_failure(run, capsys, first):
    assert run({"osv": first, "pypi": DOWN}) == 0
    assert "NOT CHECKED" in capsys.readouterr().out
    assert run({"osv": first, "pypi": DOWN}, True) == 3


def test_another_failure_is_a_failure(run, capsys):
    assert run({"osv": "TypeError: broken"}) == 2
    assert "pip-audit failed" in capsys.readouterr().out


def test_a_service_that_hangs_is_no_answer(monkeypatch, capsys, tmp_path):
    hangs = tmp_path / "hangs"
    hangs.write_text("#!/bin/sh\nexec sleep 60\n", encoding="utf-8")
    hangs.chmod(0o755)
    monkeypatch.setattr(advisories.sys, "executable", str(hangs))
    monkeypatch.setattr(advisories, "SECONDS", 0.5)
    assert advisories.main("folder") == 0
    assert capsys.readouterr().out.count("no answer: Timeout after 0.5 s") == 2
