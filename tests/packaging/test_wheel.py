"""The wheel and the source archive: whole, the same from either, and working without a checkout."""

import email
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile

import pytest
from conftest import ROOT

pytestmark = pytest.mark.packaging


@pytest.fixture(scope="module")
def unpacked(built, tmp_path_factory):
    """A folder with what the wheel installs, and nothing of the checkout near it."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(built[1]) as wheel:
        wheel.extractall(folder)
    return folder


def call(site, place, home, *words):
    """Run the command of an unpacked wheel from a folder."""
    return subprocess.run(
        [sys.executable, "-m", "lca_cardato", *words], cwd=place, capture_output=True, text=True,
        encoding="utf-8", stdin=subprocess.DEVNULL, timeout=300,
        env={**os.environ, "PYTHONPATH": str(site), "PYTHONDONTWRITEBYTECODE": "1",
             "LCA_CARDATO_HOME": str(home)},
    )  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("mill")


@pytest.fixture(scope="module")
def run(unpacked, home, place):
    """Run the command of the wheel from `place`; give what it says."""

    def said(*words):
        done = call(unpacked, place, home, *words)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        return done.stdout

    return said


def files(archive):
    with zipfile.ZipFile(archive) as wheel:
        return {name: wheel.read(name) for name in wheel.namelist()}


def test_wheel_carries_inventories_scenarios_and_schema(built):
    inside = files(built[1])
    for folder in ("inventories", "scenarios"):
        here = {p.relative_to(ROOT).as_posix(): p.read_bytes()
                for p in (ROOT / folder).rglob("*") if p.is_file()}  # fmt: skip
        packed = {name.removeprefix("lca_cardato/_data/"): data for name, data in inside.items()
                  if name.startswith(f"lca_cardato/_data/{folder}/")}  # fmt: skip
        assert packed == here and len(here) > 8
    schema = inside["lca_cardato/_data/result.schema.json"]
    assert schema == (ROOT / "docs" / "result.schema.json").read_bytes()
    code = {p.relative_to(ROOT).as_posix() for p in (ROOT / "lca_cardato").rglob("*")
            if p.is_file() and p.suffix != ".pyc"}  # fmt: skip
    assert code <= set(inside)
    tops = {name.split("/")[0] for name in inside}
    assert tops == {"lca_cardato", "lca_cardato-0.1.0.dist-info"}


def test_metadata_is_what_an_index_shows(built):
    inside = files(built[1])
    about = email.message_from_bytes(inside["lca_cardato-0.1.0.dist-info/METADATA"])
    assert about["Name"] == "lca-cardato" and about["License-Expression"] == "MIT"
    assert about["Requires-Python"] == ">=3.10" and "Cardato" in about.get_payload()
    assert {"brightway2", "brightway25", "notebook"} <= set(about.get_all("Provides-Extra"))
    assert (
        "lca-cardato = lca_cardato.__main__:main"
        in inside["lca_cardato-0.1.0.dist-info/entry_points.txt"].decode()
    )
    assert built[1].name == "lca_cardato-0.1.0-py3-none-any.whl"


def test_source_archive_gives_the_same_wheel(built, build, tmp_path):
    with tarfile.open(built[0]) as archive:
        archive.extractall(tmp_path, filter="data") if hasattr(
            tarfile, "data_filter"
        ) else archive.extractall(tmp_path)
    [source] = [path for path in tmp_path.iterdir() if path.is_dir()]
    for name in ("tests/conftest.py", "docs/index.md", "README.md", "LICENSE", ".ci/run"):
        assert (source / name).is_file()
    (tmp_path / "again").mkdir()
    again = build(source, tmp_path / "again")[1]
    assert files(again) == files(built[1])


def test_it_works_without_a_checkout(run, place):
    run("new", "my-yarn.yaml", "--from", "recycled-wool-70")
    original = ROOT / "scenarios" / "recycled-wool-70.yaml"
    assert (place / "my-yarn.yaml").read_bytes() == original.read_bytes()
    assert "Climate change" in run("assess", "my-yarn.yaml", "--out", "run")
    assert "sound" in run("verify", "run")
    assert len(run("new", "--list").splitlines()) > 8
    run("new", "blends.yaml", "--from", "blends.space")
    run("batch", "blends.yaml", "--out", "rows.csv")


def test_doctor_holds_the_files_against_what_was_installed(run, unpacked, tmp_path, home):
    assert "files as they were installed" in run("doctor")
    broken = tmp_path / "site"
    shutil.copytree(unpacked, broken)
    [fibre, *_] = sorted((broken / "lca_cardato" / "_data" / "inventories").rglob("*.yaml"))
    fibre.write_bytes(fibre.read_bytes() + b"\n")
    done = call(broken, tmp_path, home, "doctor")
    assert done.returncode == 6, done.stdout
    assert fibre.relative_to(broken).as_posix() in done.stdout
