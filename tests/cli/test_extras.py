"""A base installation: what it offers works; what needs an extra says so before anything is done."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from audit.forging import resign
from conftest import ROOT, with_papers

from lca_cardato.errors import MissingError
from lca_cardato.files import extra
from lca_cardato.files.extra import EXTRAS, load, require
from lca_cardato.files.extra import command as added

PACKAGE = ROOT / "lca_cardato"
WORKS = [
    "assess a.yaml --report page.html --report page.xlsx --report page.json --report sheet.html",
    "assess a.yaml --json", "assess a.yaml --full", "validate a.yaml", "verify run",
    "report run stored.html --force", "reproduce run", "explain run", "diff run run",
    "lot run --kg 25 --to Weaver --out lot.json", "convert a.yaml a.xlsx",
    "compare a.yaml b.yaml --samples 200 --report compared.html", "batch s.yaml --row 3",
    "uncertainty a.yaml --samples 200 --report drawn.html", "claims check a.yaml",
    "claims balance a.yaml b.yaml", "measure-next a.yaml --samples 2048", "doctor", "fibres", "steps",
    "inventory list wool", "inventory show carding", "export a.yaml olca.zip",
]  # fmt: skip
NEEDS = [
    ("assess a.yaml --report new.pdf --out new", "reports"),
    ("assess a.yaml --report sheet.pdf --out new", "reports"),
    ("assess a.yaml --charts new", "reports"),
    ("report run new.pdf", "reports"),
    ("compare a.yaml b.yaml --report new.pdf", "reports"),
    ("batch s.yaml --out new.csv", "batch"),
    ("batch table.csv --base a.yaml --keep", "batch"),
    ("batch s.yaml --scheduler tcp://127.0.0.1:1", "cluster"),
    ("sensitivity a.yaml", "sensitivity"),
    ("attest run --key key.pem", "sign"),
    ("lot run --kg 25 --to Weaver --key key.pem --out new.json", "sign"),
]


@pytest.fixture(scope="module")
def mill(tmp_path_factory, command, store):
    """A folder with scenarios, a space, a table and a run that the whole installation made."""
    place = tmp_path_factory.mktemp("mill")
    with_papers(place)
    for name, shipped in (("a", "recycled-wool-70"), ("b", "virgin-wool"), ("s", "blends.space")):
        shutil.copy(ROOT / "scenarios" / f"{shipped}.yaml", place / f"{name}.yaml")
    shutil.copy(place / "a.yaml", place / "recycled-wool-70.yaml")  # the base of the space
    (place / "table.csv").write_text("id,mass\nx,1\n", encoding="utf-8")
    assert command("assess", "a.yaml", "--out", "run", cwd=place).returncode == 0
    return place


@pytest.mark.parametrize("line", WORKS)
def test_what_the_base_offers_works(line, mill, command, bare):
    done = command(*line.split(), cwd=mill)
    assert done.returncode == 0, done.stderr
    assert "E510" not in done.stdout + done.stderr


@pytest.mark.parametrize(("line", "name"), NEEDS, ids=[line for line, _ in NEEDS])
def test_what_needs_an_extra_says_so_before_anything(line, name, mill, command, bare):
    before = {path: path.stat().st_mtime_ns for path in mill.rglob("*")}
    done = command(*line.split(), cwd=mill)
    assert (done.returncode, done.stdout) == (2, "")
    [told] = done.stderr.splitlines()
    assert "E510" in told and f"needs the extra `{name}`" in told
    assert told.endswith(f'-m pip install "lca-cardato[{name}]"')
    italian = command(*line.split(), "--lang", "it", cwd=mill).stderr
    assert f"richiede l'extra `{name}`, che non è installato" in italian
    assert {path: path.stat().st_mtime_ns for path in mill.rglob("*")} == before


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("batch s.yaml --out new.csv --report new.pdf", "batch,reports"),
        ("batch s.yaml --scheduler tcp://127.0.0.1:1 --charts new", "cluster,reports"),
        ("sensitivity a.yaml --report new.pdf --charts new", "sensitivity,reports"),
    ],
)
def test_extras_that_are_missing_are_told_together(line, names, mill, command, bare):
    done = command(*line.split(), cwd=mill)
    told = done.stderr.splitlines()
    assert done.returncode == 2 and len(told) == 2
    assert all(one.endswith(f'-m pip install "lca-cardato[{names}]"') for one in told)


def test_a_folder_is_no_module(monkeypatch, tmp_path):
    (tmp_path / "odd_folder").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    assert not extra.there("odd_folder") and extra.there("json")


@pytest.mark.parametrize("name", EXTRAS)
def test_doctor_says_which_extras_are_there(name, command, bare):
    assert f'"lca-cardato[{name}]"' in command("doctor").stdout


def test_a_run_is_the_same_with_extras_and_without(mill, command, request):
    """No picture of a run needs one: made by either, examined by either; a changed page is found by both."""
    request.getfixturevalue("bare")
    assert command("assess", "a.yaml", "--out", "base", cwd=mill).returncode == 0
    for name in ("report.html", "result.json", "shown.json"):
        assert (mill / "base" / name).read_bytes() == (mill / "run" / name).read_bytes()
    forged = mill / "forged"
    shutil.copytree(mill / "run", forged)
    page = (forged / "report.html").read_text(encoding="utf-8")
    (forged / "report.html").write_text(page.replace("3.60", "3.59"), encoding="utf-8")
    resign(forged)
    for undo in (False, True):
        if undo:
            request.getfixturevalue("monkeypatch").undo()
        for run in ("base", "run"):
            assert command("verify", run, cwd=mill).returncode == 0
            assert "byte by byte" in command("reproduce", run, cwd=mill).stdout
        for verb in ("verify", "reproduce"):
            done = command(verb, "forged", cwd=mill)
            assert done.returncode == 6 and "report.html: not what follows" in done.stdout


def test_a_page_says_in_place_of_a_picture_what_brings_it(mill, command, bare):
    command(
        *[
            "compare",
            "a.yaml",
            "b.yaml",
            "--samples",
            "200",
            "--report",
            "undrawn.html",
            "--lang",
            "it",
        ],
        cwd=mill,
    )
    page = (mill / "undrawn.html").read_text(encoding="utf-8")
    missing = "Non disegnata qui: le figure di questo tipo arrivano con l'extra `reports`"
    assert missing.replace("'", "&#39;") in page and page.count("<svg") > 3


def test_the_command_is_that_of_the_environment(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "executable", "/opt/my mill/bin/python")
    assert added("batch") == "'/opt/my mill/bin/python' -m pip install \"lca-cardato[batch]\""
    monkeypatch.setattr(sys, "executable", str(tmp_path / ".venv" / "bin" / "python"))
    assert added("all").startswith(f"{Path('.venv') / 'bin' / 'python'} -m pip install ")
    monkeypatch.setattr(extra, "there", lambda name: False)  # an environment of uv
    assert added("sign").startswith("uv pip install --python ")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(MissingError, match="make the frozen program again"):
        require({"reports": "a test"})


def test_a_module_that_is_there_and_broken(monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(EXTRAS, "odd", ("odd_module",))
    (tmp_path / "odd_module.py").write_text("import nothing_such", encoding="utf-8")
    with pytest.raises(MissingError, match=r"is there but can't be loaded: .*nothing_such"):
        load("odd", "odd_module", "a test")


def test_every_module_can_be_imported_without_extras():
    """In a process of its own: no module needs an extra at its top, nor one behind it."""
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.stem not in ("__init__", "__main__")
    ]
    program = (
        "import sys\nfrom importlib import import_module\n"
        "from lca_cardato.files.extra import EXTRAS\n"
        "for name in {n for found in EXTRAS.values() for n in found} - {'loguru'}:\n"
        "    sys.modules[name] = None\n"
        "for name in sys.argv[1:]:\n    import_module(name)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *names], capture_output=True, text=True, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    assert len(names) > 400


def test_extras_are_those_of_the_package():
    """Every extra of the program is known, brings its modules, and is imported late or not at all."""
    from importlib.metadata import packages_distributions

    from supply.test_lock import read

    declared = read("pyproject.toml")["project"]["optional-dependencies"]
    development = {"test", "readers", "fuzz", "docs", "dev", "all", "brightway2", "brightway25"}
    assert set(EXTRAS) == set(declared) - development
    assert declared["all"] == [f"lca-cardato[{','.join(extra.ALL)}]"]
    homes = packages_distributions()
    tops = {name for modules in EXTRAS.values() for name in modules}
    for path in PACKAGE.rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            found = [alias.name for alias in getattr(node, "names", [])]
            found += [getattr(node, "module", None) or ""]
            assert not {name.split(".")[0] for name in found} & tops, path
    for name in ("reports", "batch", "sensitivity"):
        told = " ".join(declared[name]).lower().replace("_", "-")
        assert all(homes[module][0].lower().replace("_", "-") in told for module in EXTRAS[name])
