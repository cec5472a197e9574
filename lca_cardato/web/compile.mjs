// Compile the modules of the page with the interpreter that will run them.
// node compile.mjs FOLDER: FOLDER/pyodide is Pyodide, FOLDER/tree the modules, FOLDER/std its library.
// What is made of the program's own files at every start is written beside its data, and FOLDER/first.json:
// what of the library is there before anything is unpacked.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

// without the line of Pyodide in which it happened, which has a million characters
process.on("uncaughtException", (error) => {
  fs.writeSync(2, `${String(error.message || error).trim()}\n`);
  process.exit(1);
});
const folder = path.resolve(process.argv[2]);
const { loadPyodide } = await import(pathToFileURL(path.join(folder, "pyodide", "pyodide.mjs")).href);
// the same names in the same order whenever it is made
const python = await loadPyodide({ env: { PYTHONHASHSEED: "0" } });
for (const place of ["/parts", "/app"]) python.FS.mkdirTree(place);
python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, "/parts");
python.FS.mount(python.FS.filesystems.NODEFS, { root: path.join(folder, "tree") }, "/app");
python.runPython(`
import json, sys
from compression import zstd

with open("/parts/first.json", "w") as file:
    json.dump(sorted({name.partition(".")[0] for name in sys.modules}), file)

import ast, importlib.util, os
from importlib._bootstrap_external import _code_to_hash_pyc

def plain(tree):
    """Take out what is told to people who read the code; a class keeps a sign that it has a text."""
    for node in ast.walk(tree):
        if not isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        first = node.body[0] if node.body else None
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
            if isinstance(node, ast.ClassDef):
                first.value.value = "."
            else:
                node.body[:1] = [] if len(node.body) > 1 else [ast.copy_location(ast.Pass(), first)]
    return tree

for top in ("tree", "std"):
    for place, _, names in os.walk(f"/parts/{top}"):
        for name in sorted(names):
            if not name.endswith(".py"):
                continue
            source = os.path.join(place, name)
            with open(source, "rb") as file:
                data = file.read()
            shown = os.path.relpath(source, f"/parts/{top}")
            code = compile(plain(ast.parse(data, shown)), shown, "exec", dont_inherit=True)
            with open(source + "c", "wb") as file:
                file.write(_code_to_hash_pyc(code, importlib.util.source_hash(data), False))
            os.remove(source)

sys.path.insert(0, "/app")
from lca_cardato.web.browser import prepare
prepare("/app/home", "/home/mill")
`);
