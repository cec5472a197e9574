"""The wheel in a fresh environment without extras, as the first command of the README leaves it."""

import os
import shlex
import subprocess
import sys
import venv

import pytest

pytestmark = pytest.mark.packaging
MOST_MB = 565
"""0.6 of what the base installation took while it held everything."""
WORKS = [
    "doctor", "assess a.yaml", "assess a.yaml --json", "assess a.yaml --full", "validate a.yaml",
    "assess a.yaml --out run --report page.html --report page.xlsx --report sheet.html",
    "assess b.yaml --out other", "verify run", "reproduce run", "explain run", "diff run other",
    "report run stored.html", "compare a.yaml b.yaml --samples 200 --report compared.html",
    "uncertainty a.yaml --samples 200", "claims check a.yaml", "claims checklist cardato",
    "claims balance a.yaml b.yaml", "convert a.yaml c.xlsx", "assess c.xlsx", "fibres", "steps",
    "methods", "inventory list wool", "inventory check", "lot run --kg 25 --to Weaver --out lot.json",
    "measure-next a.yaml", "optimise best.yaml", "export a.yaml olca.zip", "batch s.yaml --row 3",
]  # fmt: skip
PYTHON = """
from lca_cardato import api
from lca_cardato.serve.app import make_app
result = api.assess("a.yaml")
print(result.table(), result.brief(), api.verify("run"), api.optimise("best.yaml").table())
make_app(".", "en", 8765)
"""


@pytest.fixture(scope="module")
def bin_(built, tmp_path_factory):
    """Folder of programs of the environment."""
    place = tmp_path_factory.mktemp("base")
    venv.create(place, with_pip=True)
    found = place / ("Scripts" if sys.platform == "win32" else "bin")
    done = subprocess.run(
        [found / "python", "-m", "pip", "install", "-q", str(built[1])],
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return found


@pytest.fixture(scope="module")
def run(bin_, home, tmp_path_factory):
    """Run the command of the environment in a folder of scenarios."""
    mill = tmp_path_factory.mktemp("mill")

    def call(line, program="lca-cardato"):
        return subprocess.run(
            [bin_ / program, *(line if isinstance(line, list) else shlex.split(line))], cwd=mill,
            capture_output=True, text=True, encoding="utf-8", stdin=subprocess.DEVNULL, timeout=300,
            env={**os.environ, "LCA_CARDATO_HOME": str(home), "PYTHONPATH": ""},
        )  # fmt: skip

    for name, shipped in (("a", "recycled-wool-70"), ("b", "virgin-wool"), ("s", "blends.space"),
                          ("best", "best.space")):  # fmt: skip
        assert call(f"new {name}.yaml --from {shipped}").returncode == 0
    return call


def test_it_is_light(bin_):
    size = sum(
        path.lstat().st_blocks * 512 if hasattr(path.lstat(), "st_blocks") else path.stat().st_size
        for path in bin_.parent.rglob("*")
    )
    assert size <= MOST_MB * 2**20


def test_what_the_base_offers_works(run):
    for line in WORKS:
        done = run(line)
        assert done.returncode == 0, (line, done.stdout, done.stderr)
    done = run(["-c", PYTHON], "python")
    assert done.returncode == 0, done.stderr


def test_an_extra_is_one_command_away(run):
    """The command that is told is typed as it stands."""
    for line, wanted in (("sensitivity a.yaml", 0), ("batch s.yaml --top 3", 0),
                         ("assess a.yaml --report report.pdf", 0)):  # fmt: skip
        refused = run(line)
        assert refused.returncode == 2 and "E510" in refused.stderr
        told = shlex.split(refused.stderr.partition("install it: ")[2])
        assert subprocess.run(told, capture_output=True).returncode == 0
        done = run(line)
        assert done.returncode == wanted, done.stderr
