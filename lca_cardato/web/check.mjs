// Calculate scenarios with the page's own interpreter, without a browser.
// node check.mjs FOLDER: FOLDER/pyodide is Pyodide, FOLDER/std.zip its library, FOLDER/tree the
// modules, FOLDER/asked.json a list of [name, text of a scenario]; FOLDER/answered.json is written.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const folder = path.resolve(process.argv[2]);
const { loadPyodide } = await import(pathToFileURL(path.join(folder, "pyodide", "pyodide.mjs")).href);
const python = await loadPyodide({ stdLibURL: path.join(folder, "std.zip") });
for (const [place, root] of [["/app", "tree"], ["/shared", "."]]) {
  python.FS.mkdirTree(place);
  python.FS.mount(python.FS.filesystems.NODEFS, { root: path.join(folder, root) }, place);
}
python.runPython(`
import json, sys
sys.path.insert(0, "/app")
from lca_cardato.web.browser import begin
pages = begin("/app/home", "/home/mill")
from lca_cardato.errors import CardatoError
from lca_cardato.serve.form.engine import loaded_text
from lca_cardato.web.assessed import assessed
from pathlib import Path

found = []
with open("/shared/asked.json", encoding="utf-8") as file:
    asked = json.load(file)
for name, text in asked:
    try:
        result = assessed(loaded_text(text, Path("/app/scenarios")), pages.desk.mark)
        found.append([name, {
            "scores": dict(zip(result.background.indicators, map(float, result.scores))),
            "verdicts": {claim.pack.claim: claim.verdict for claim in result.claims},
        }])
    except CardatoError as error:
        found.append([name, {"problems": [one.code for one in error.problems]}])
with open("/shared/answered.json", "w", encoding="utf-8") as file:
    json.dump(found, file)
`);
