"""Children of the program: from a Python, from a frozen program, from a notebook."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lca_cardato.brightway import child

ROOT = Path(__file__).resolve().parents[2]
SCENARIO = ROOT / "scenarios" / "recycled-wool-70.yaml"

PROGRAM = f"""#!{sys.executable}
import sys
sys.path.insert(0, {str(ROOT)!r})
sys.frozen, sys.executable = True, __file__
from lca_cardato.__main__ import main
main()
"""
"""A frozen program: started again it runs its own entry, whatever Python's options are behind it."""

ASSESS = f"""
from lca_cardato import api
print(api.assess({str(SCENARIO)!r}).score("climate_change"))
"""


def run(*arguments, **options):
    environment = {**os.environ, "PYTHONUTF8": "1", **options.pop("env", {})}
    done = subprocess.run(
        list(map(str, arguments)), capture_output=True, text=True, encoding="utf-8", timeout=300,
        env=environment, **{"stdin": subprocess.DEVNULL, "cwd": ROOT, **options},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def program(tmp_path):
    if os.name == "nt":
        pytest.skip("needs a file that the system starts by its first line")
    path = tmp_path / "bundle"
    path.write_text(PROGRAM, encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def score(assessed):
    return assessed("recycled-wool-70").score("climate_change")


def test_a_frozen_program_installs_and_assesses(program, store, tmp_path, score):
    home = tmp_path / "home"
    text = run(program, "assess", SCENARIO, "--json", env={"LCA_CARDATO_HOME": str(home)})
    value = json.loads(text)["indicators"]["climate_change"]["value"]
    assert value == pytest.approx(score, rel=1e-11)
    built = home / store.folder.name
    assert (built / "arrays.npz").read_bytes() == (store.folder / "arrays.npz").read_bytes()


def test_a_frozen_program_exports_and_examines(program, store, tmp_path):
    run(program, "export", SCENARIO, tmp_path / "system.xlsx")
    assert (tmp_path / "system.xlsx").read_bytes().startswith(b"PK")
    found = {
        f["part"]: f["state"] for f in json.loads(run(program, "doctor", "--json"))["findings"]
    }
    assert found["compiled"] == "sound"


def test_a_frozen_program_that_serves_no_children_starts_none(monkeypatch):
    """It would start itself, and so on without end; Brightway then works in the program itself."""
    code = (
        "import sys; sys.frozen = True; sys.executable = '/nowhere'\n"
        f"{ASSESS}\n"
        "from lca_cardato.brightway import child, process\n"
        "assert not child.can_start() and process._process is None\n"
        "assert 'bw2calc' in sys.modules and 'bw2data' not in sys.modules\n"
    )
    assert float(run(sys.executable, "-c", code)) > 0


@pytest.mark.parametrize("options", [[], ["-I"], ["-E", "-s"]], ids=" ".join)
def test_the_api_without_a_guard(options, store, tmp_path, score):
    """From ``-c``, from a script without ``if __name__``, and typed into an interpreter."""
    begin = f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
    script = tmp_path / "script.py"
    script.write_text(begin + ASSESS, encoding="utf-8")
    assert float(run(sys.executable, *options, "-c", begin + ASSESS)) == score
    assert float(run(sys.executable, *options, script, cwd=tmp_path)) == score
    typed = run(sys.executable, *options, "-i", "-q", input=begin + ASSESS, stdin=None)
    assert float(typed) == score


def test_modules_of_the_users_folder_are_not_taken(store, tmp_path, score):
    """A child finds modules where its parent does, not in the folder in which the user stands."""
    for name in ("numpy", "json", "bw2calc", "os"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(3)", encoding="utf-8")
    code = f"import sys; sys.path[:] = [p for p in sys.path if p] + [{str(ROOT)!r}]\n{ASSESS}"
    assert float(run(sys.executable, "-c", code, cwd=tmp_path)) == score


def test_only_modules_of_ours_are_run():
    with pytest.raises(ModuleNotFoundError):
        child.run_module(["lca_cardato.no_such_module"])
    assert child.run_module(["this", "is", "not", "ours"]) is None
    assert "this" not in sys.modules


def test_a_broken_source_date_does_not_reach_a_child(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    assert "SOURCE_DATE_EPOCH" not in child.environment(A="b")
    assert child.environment(A="b")["A"] == "b"
