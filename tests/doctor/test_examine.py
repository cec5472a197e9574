"""`doctor` as a user meets it: sound, not installed yet, damaged, broken."""

import io
import json
import re
import sys
from pathlib import Path

import pytest

from lca_cardato.doctor import examine as module
from lca_cardato.doctor.examine import NOTE, SOUND, WRONG, examine
from lca_cardato.errors import InputError
from lca_cardato.words.language import Language


@pytest.fixture
def states():
    def read():
        return {(f.part, f.key): f.state for f in examine().findings}

    return read


def test_a_sound_installation(store, states, tmp_path, monkeypatch):
    monkeypatch.setenv("BRIGHTWAY2_DIR", str(tmp_path))
    found = states()
    assert WRONG not in found.values()
    for key in (("calculation", "doc_calculated"), ("store", "doc_store"),
                ("scenarios", "doc_scenarios"), ("projects", "doc_no_projects")):  # fmt: skip
        assert found[key] == SOUND


def test_the_calculation_is_that_of_assess(store, assessed):
    [finding] = [f for f in examine().findings if f.part == "calculation"]
    score = assessed("recycled-wool-70").score("climate_change")
    assert finding.values["score"] == f"{score:.9g}"
    assert float(finding.values["deviation"]) < 1e-9


def test_before_the_first_run(process, tmp_path):
    home = tmp_path / "home"
    done = process("doctor", "--json", LCA_CARDATO_HOME=str(home))
    assert done.returncode == 0, done.stderr
    found = {f["part"]: f for f in json.loads(done.stdout)["findings"]}
    assert found["store"]["state"] == found["calculation"]["state"] == NOTE
    assert not home.exists()  # nothing is installed by looking


def test_a_data_folder_that_can_not_be(process, tmp_path):
    (tmp_path / "home").write_text("", encoding="utf-8")
    done = process("doctor", "--lang", "it", LCA_CARDATO_HOME=str(tmp_path / "home"))
    assert done.returncode == 6 and done.stdout.splitlines()[-1] == "non in ordine"
    assert "[x] la cartella dei dati non è scrivibile" in done.stdout
    assert "-> impostare LCA_CARDATO_HOME" in done.stdout


@pytest.mark.parametrize("error", [InputError.one("E213", "no figure", file="a.yaml"), OSError(5)])
def test_one_broken_part_does_not_hide_the_others(monkeypatch, states, error):
    def broken():
        raise error

    monkeypatch.setattr("lca_cardato.scenario.shipped.shipped_scenarios", broken)
    found = states()
    assert found[("data", "doc_failed")] == WRONG and ("browser" in {part for part, _ in found})


def test_a_screen_that_can_not_show_every_sign(monkeypatch):
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="cp850"))
    [finding] = module._Examiner().screen()
    assert finding.state == NOTE and finding.values["encoding"] == "cp850"


def test_every_sentence_is_there_in_both_languages():
    source = Path(module.__file__).read_text(encoding="utf-8")
    named = set(re.findall(r'"((?:doc|cure)_\w+)"', source))
    named |= {f"doc_{kind}" for kind in ("package", "checkout", "folder")}
    assert named and all(key in Language() for key in named)
    for lang in ("en", "it"):
        document = examine().to_dict(lang)
        assert document["sound"] and all(item["text"] for item in document["findings"])
