"""Stores that many processes build at once, that are damaged, half built or of another version."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from conftest import NAMES, ROOT, with_papers
from processes import POSIX, SCENARIO, run


@pytest.mark.parametrize("count", [8, pytest.param(50, marks=pytest.mark.long)])
def test_assessments_at_once_give_their_right_answers(command, tmp_path, count):
    """Of different scenarios, on a store that none of them has built yet."""
    text = SCENARIO.read_text(encoding="utf-8")
    assert text.count("id: recycled-wool-70") == 1
    other = tmp_path / "home"
    with_papers(tmp_path)
    files = []
    for number in range(count):
        name = NAMES[number % len(NAMES)]
        path = ROOT / "scenarios" / f"{name}.yaml"
        if name == "recycled-wool-70":
            path = tmp_path / f"{number}.yaml"
            path.write_text(
                text.replace("id: recycled-wool-70", f"id: r{number}"), encoding="utf-8"
            )
        files.append(path)

    def one(path):
        return run("assess", path, "--json", LCA_CARDATO_HOME=str(other))

    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(one, files))
    assert not [(done.returncode, done.stderr) for done in found if done.returncode]
    alone = {path: command("assess", path, "--json").stdout.encode() for path in set(files)}
    for path, done in zip(files, found):
        assert done.stdout == alone[path], path
        assert path.stem in NAMES or json.loads(done.stdout)["scenario"]["id"] == f"r{path.stem}"


@pytest.fixture
def copied(store, tmp_path):
    """A data folder with a store that is there already."""
    shutil.copytree(store.folder, tmp_path / "home" / store.folder.name)
    return tmp_path / "home"


def test_a_damaged_store_is_told_not_used_and_built_again(command, copied, plain):
    (arrays,) = copied.glob("*/arrays.npz")
    data = bytearray(arrays.read_bytes())
    data[len(data) // 2] ^= 0xFF
    arrays.write_bytes(bytes(data))
    told = command("doctor", LCA_CARDATO_HOME=copied)
    assert told.returncode == 0 and "[!] the installed inventories are damaged" in told.stdout
    assert arrays.read_bytes() == bytes(data)  # looking mends nothing
    assert run("assess", SCENARIO, "--json", LCA_CARDATO_HOME=str(copied)).stdout == plain
    assert arrays.read_bytes() != bytes(data)


@POSIX
@pytest.mark.parametrize("waits", [(2.0,), pytest.param((0.8, 2.0, 3.5), marks=pytest.mark.long)])
def test_a_build_that_was_killed_does_not_disturb_the_next(tmp_path, plain, waits):
    home = tmp_path / "home"
    for wait in waits:
        process = subprocess.Popen(
            [sys.executable, "-m", "lca_cardato", "assess", str(SCENARIO), "--json"], cwd=ROOT,
            env={**os.environ, "LCA_CARDATO_HOME": str(home)}, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        time.sleep(wait)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
    assert run("assess", SCENARIO, "--json", LCA_CARDATO_HOME=str(home)).stdout == plain


def test_two_versions_side_by_side(tmp_path, copied, plain):
    """Another version has a store of its own; neither disturbs the other."""
    copy = tmp_path / "copy"
    skip = shutil.ignore_patterns("__pycache__")
    for name in ("lca_cardato", "inventories", "scenarios", "docs"):
        shutil.copytree(ROOT / name, copy / name, ignore=skip)
    file = copy / "lca_cardato" / "__init__.py"
    text = file.read_text(encoding="utf-8")
    version = text.split('__version__ = "')[1].split('"')[0]
    file.write_text(text.replace(version, "99.0.0"), encoding="utf-8")

    def one(number):
        other = {"PYTHONPATH": str(copy), "PYTHONSAFEPATH": "1"} if number % 2 else {}
        return run(
            "assess", SCENARIO, "--json", cwd=tmp_path, LCA_CARDATO_HOME=str(copied), **other
        )

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(one, range(4)))
    assert [done.returncode for done in found] == [0] * 4, found[1].stderr
    for number, done in enumerate(found):
        document, wanted = json.loads(done.stdout), json.loads(plain)
        if number % 2:
            assert "99.0.0" in done.stdout.decode()
            assert document["indicators"] == wanted["indicators"]
        else:
            assert done.stdout == plain
    assert len(list(copied.glob("*/digest"))) == 2
