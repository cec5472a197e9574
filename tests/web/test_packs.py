"""Data of the page as scripts, read back by the page's own script in Node.js."""

import hashlib
import json
import shutil
import subprocess

import pytest

from lca_cardato.web.node import run, run_script
from lca_cardato.web.packs import script
from lca_cardato.web.room import HERE

READ = """
const fs = require("node:fs"), vm = require("node:vm"), crypto = require("node:crypto");
const read = (name) => vm.runInThisContext(new TextDecoder("utf-16le").decode(fs.readFileSync(name)));
globalThis.window = globalThis;
vm.runInThisContext(fs.readFileSync(process.argv[1], "utf8"));
globalThis.page = window.page;
(async () => {
  const told = {};
  for (const [name, packed] of JSON.parse(process.argv[2])) {
    read(`${name}.js`);
    const data = packed ? page.bytes(name) : await page.unpacked(name, "text/plain").arrayBuffer();
    told[name] = crypto.createHash("sha256").update(new Uint8Array(data)).digest("hex");
  }
  console.log(JSON.stringify(told));
})();
"""
EVERY = b"".join(unit.to_bytes(2, "little") for unit in range(0x10000))
DATA = {
    "every": (EVERY, True), "odd": (EVERY[:-1], True), "twice": (EVERY[::-1] + EVERY, True),
    "none": (b"", True), "zipped": (EVERY * 3, False),
}  # fmt: skip
node_only = pytest.mark.skipif(shutil.which("node") is None, reason="no Node.js on this machine")


@node_only
def test_every_byte_is_read_back_by_the_page(tmp_path):
    for name, (data, packed) in DATA.items():
        (tmp_path / f"{name}.js").write_bytes(script(name, data, packed))
    asked = json.dumps([[name, packed] for name, (_, packed) in DATA.items()])
    done = subprocess.run(
        ["node", "-e", READ, str(HERE / "static/page.js"), asked], cwd=tmp_path, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    wanted = {name: hashlib.sha256(data).hexdigest() for name, (data, _) in DATA.items()}
    assert json.loads(done.stdout) == wanted


def test_a_script_is_hardly_larger_than_its_data():
    data = b"".join(hashlib.sha256(bytes([n, m])).digest() for n in range(256) for m in range(32))
    assert len(script("a", data, packed=True)) < 1.006 * len(data) + 100
    text = script("a", b"\0" * 100_000).decode("utf-16")
    assert len(text) < 400
    assert not set(text) & {"\0", "\r", "\u2028", "\u2029"} and text.count("\n") == 1


@node_only
def test_a_script_that_fails_or_takes_too_long_is_told(tmp_path):
    code, told = run(["node", "-e", "setTimeout(() => {}, 60000)"], tmp_path, 0.5)
    assert code == -1 and "0.5 s" in told
    assert run([str(tmp_path / "missing")], tmp_path, 5)[0] == -1
    assert "pyodide.mjs" in run_script("node", "pack.mjs", tmp_path, 60)
