"""What the shell proposes, asked as a shell asks."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from lca_cardato.cli import complete


@pytest.fixture
def ask(command):
    """Proposals for a line that ends where the cursor is."""

    def propose(line, cwd=ROOT, **environment):
        words = ["lca-cardato", *line.split(" ")]
        done = command(
            cwd=cwd, COMP_WORDS="\n".join(words), COMP_CWORD=str(len(words) - 1),
            _LCA_CARDATO_COMPLETE="complete_bash", **environment,
        )  # fmt: skip
        assert done.returncode == 0 and not done.stderr, done.stderr
        return [line for line in done.stdout.splitlines() if line]

    return propose


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("unc", ["uncertainty"]),
        ("claims ch", ["checklist", "check"]),
        ("assess a.yaml --lang ", ["en", "it"]),
        ("assess scenarios/v", ["scenarios/virgin-wool.yaml"]),
        ("batch ", ["scenarios/best.space.yaml", "scenarios/blends.space.yaml"]),
        ("new a.yaml --from cas", ["cashmere-blend"]),
        ("sensitivity a.yaml --indicator water_s", ["water_scarcity", "water_scarcity_by_place"]),
        (
            "uncertainty a.yaml --indicators climate_change,en",
            ["climate_change,energy", "climate_change,energy_non_renewable",
             "climate_change,energy_renewable"],
        ),
        ("assess a.yaml --method ipcc-2021", None),
        ("claims check a.yaml --require cardato-re", ["cardato-recycled"]),
        ("inventory show card", ["carding", "card-output", "cardato-green-district"]),
        ("explain-error E30", None),
        ("assess a.yaml --background ", []),
        ("assess no/such/", []),
    ],
)  # fmt: skip
def test_names_and_files(ask, tmp_path, line, wanted):
    found = ask(line, BRIGHTWAY2_DIR=str(tmp_path))
    if wanted is None:
        assert found and all(name.startswith(line.split(" ")[-1]) for name in found)
    else:
        assert found == wanted


def test_runs_and_scenarios_are_found_where_one_stands(ask, tmp_path):
    for name in ("runs/a", "runs/b", "c"):
        (tmp_path / name).mkdir(parents=True)
        for file in ("manifest.json", "SHA256SUMS"):
            (tmp_path / name / file).write_text("", encoding="utf-8")
    (tmp_path / "runs" / "none").mkdir()
    (tmp_path / "other.yaml").write_text("a: 1\n", encoding="utf-8")
    (tmp_path / "Mio filato.YAML").write_text("schema: lca-cardato/scenario/1\n", encoding="utf-8")
    (tmp_path / ".hidden.yaml").write_text("schema: lca-cardato/scenario/1\n", encoding="utf-8")
    assert ask("verify ", tmp_path) == ["c", "runs/a", "runs/b"]
    assert ask("diff runs/a runs/", tmp_path) == ["runs/a", "runs/b"]
    assert ask("assess ", tmp_path) == ["Mio filato.YAML"]
    assert ask(f"verify {tmp_path}/r", ROOT) == [f"{tmp_path}/runs/a", f"{tmp_path}/runs/b"]


def test_a_shell_is_never_disturbed(ask, tmp_path, monkeypatch):
    (tmp_path / "projects.db").write_bytes(b"not SQLite")
    assert ask("assess a.yaml --background ", BRIGHTWAY2_DIR=str(tmp_path)) == []
    monkeypatch.setattr("lca_cardato.inventory.load.load_inventory", lambda: 1 / 0)
    assert complete.records("card") == []


def test_every_name_can_be_proposed():
    for propose in (complete.shipped, complete.packs, complete.codes, complete.mappings,
                    complete.records, complete.methods, complete.indicators):  # fmt: skip
        found = propose("")
        assert len(found) > 2, propose.__name__
        name = found[0][0]
        assert found[0] in propose(name[:3]) and propose("no such") == []
    assert ("recipe_2016_h_tap" in dict(complete.methods("recipe_"))) is True
    assert "recipe_2016_h_tap" not in dict(complete.methods("recipe"))


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_bash_takes_the_script(command, tmp_path):
    script = command(_LCA_CARDATO_COMPLETE="source_bash").stdout
    line = (
        f"{script}\nCOMP_WORDS=(lca-cardato assess scenarios/vir); COMP_CWORD=2\n"
        '_lca_cardato_completion lca-cardato; echo "${COMPREPLY[@]}"; complete -p lca-cardato'
    )
    place = tmp_path / "lca-cardato"  # as an installed command
    place.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m lca_cardato "$@"\n', encoding="utf-8")
    place.chmod(0o755)
    done = subprocess.run(
        ["bash", "--norc", "-c", f'PATH="{tmp_path}:$PATH"\n{line}'], cwd=ROOT,
        capture_output=True, text=True, encoding="utf-8", timeout=120,
    )  # fmt: skip
    said = done.stdout.splitlines()
    assert said[0] == "scenarios/virgin-wool.yaml", done.stderr
    assert "-o default" in said[1]  # files of other kinds, where nothing is proposed


@pytest.mark.parametrize("shell", ["zsh", "fish", "pwsh"])
def test_other_shells_get_a_script(command, shell):
    script = command(_LCA_CARDATO_COMPLETE=f"source_{shell}").stdout
    assert "lca-cardato" in script and "_LCA_CARDATO_COMPLETE" in script
    assert Path(ROOT / "docs" / "install.md").read_text(encoding="utf-8").count(shell) > 0
