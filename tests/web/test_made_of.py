"""What the page is made of, its notices and its list of components: run with -m web (npm, node)."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
import yaml
from conftest import ROOT

from lca_cardato.web.components import SPDX, components
from lca_cardato.web.made_of import LICENCES, NONE, made_of
from lca_cardato.web.notices import chosen, notices
from lca_cardato.web.parts import DIGESTS, INTERPRETER, PYODIDE, gather
from lca_cardato.web.room import lay_out
from lca_cardato.web.tree import PACKAGES

pytestmark = pytest.mark.web
ASK = """
import { pathToFileURL } from "node:url";
const [folder, asked] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(folder + "/pyodide/pyodide.mjs").href);
const python = await loadPyodide();
const told = JSON.parse(asked).map((one) => python.runPython("str(" + one + ")"));
console.log(JSON.stringify(told));
"""


@pytest.fixture(scope="module")
def parts():
    return gather()


@pytest.fixture(scope="module")
def made(parts):
    return made_of(parts)


def test_versions_are_those_that_the_interpreter_tells(parts, made):
    asked = [one for one in made if one.asked]
    with tempfile.TemporaryDirectory() as room:
        lay_out(Path(room), {"pyodide": parts.interpreter})
        (Path(room) / "ask.mjs").write_text(ASK, encoding="utf-8")
        words = [parts.node, f"{room}/ask.mjs", room, json.dumps([one.asked for one in asked])]
        done = subprocess.run(words, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [one.version for one in asked]
    assert len(asked) >= 8 and asked[0].version == PYODIDE
    wasm = parts.interpreter["pyodide.asm.wasm"]
    for name in ("XZ Utils (liblzma)", "zlib"):
        [version] = [one.version for one in made if one.name == name]
        assert version.encode() in wasm
    for absent in (b"OpenSSL", b"libcrypto"):
        assert absent not in wasm


def test_the_notices_name_every_part_and_carry_every_text(made):
    text = notices(made)
    for one in made:
        assert f"{one.name} {one.version}".strip() in text
        assert all(holder in text for holder in one.copyright)
        for licence in chosen(one.licence):
            assert one.text or (LICENCES / f"{licence}.txt").is_file(), one
            if one.licence != "PSF-2.0":
                assert not one.text or one.text.strip() in text
    assert set(PACKAGES) <= {one.name for one in made}
    assert {"pyo3", "serde_json"} <= {one.name for one in made if one.inside == "pydantic_core"}
    assert "autocfg" not in {one.name for one in made}, "what only builds is not handed on"
    assert (
        "PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2" in text and "Mozilla Public License" in text
    )
    unused = {path.stem for path in LICENCES.glob("*.txt")} - {
        name for one in made for name in chosen(one.licence)
    }
    assert not unused


def test_licences_are_permitted(made):

    check = [sys.executable, str(ROOT / ".ci" / "page_licences.py"), str(ROOT / "pyproject.toml")]
    done = subprocess.run(check, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0 and "MPL-2.0" in done.stdout, done.stdout + done.stderr


def test_the_list_of_components_holds_them_all(made):
    files = {"index.html": b"a", "data/program.js": b"b"}
    told = json.loads(components(made, files))
    assert components(made, files) == components(made, dict(reversed(files.items())))
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.5")

    def flat(items):
        return [one for item in items for one in (item, *flat(item.get("components", ())))]

    listed = flat(told["components"])
    assert len(listed) == len(made) + len(files)
    refs = [one["bom-ref"] for one in listed]
    assert len(set(refs)) == len(refs)
    [pyodide] = [one for one in listed if one["name"] == "Pyodide"]
    assert pyodide["hashes"][0]["content"] == DIGESTS[INTERPRETER]
    [core] = [one for one in listed if one["name"] == "pydantic_core"]
    assert core["hashes"][0]["content"] in DIGESTS.values()
    for one in listed:
        for licence in one.get("licenses", ()):
            assert "license" in licence or all(
                name in SPDX or name in ("Unlicense", "Unicode-DFS-2016")
                for name in licence["expression"].strip("()").replace("(", "").replace(")", "")
                .replace(" AND ", " OR ").split(" OR ")
            )  # fmt: skip


def test_parts_that_stand_in_the_table_have_what_is_asked_of_them():
    listed = yaml.safe_load((LICENCES / "parts.yaml").read_text(encoding="utf-8"))
    for one in listed:
        assert one["licence"] == NONE or one["copyright"], one["name"]
        assert one["licence"] != NONE or one["note"], one["name"]
