// Calculate scenarios with the page's own interpreter, without a browser.
// node check.mjs FOLDER: FOLDER/pyodide is Pyodide, FOLDER/std.zip its library, FOLDER/tree the
// modules, FOLDER/asked.json a list of [name, text of a scenario, language], FOLDER/beside/NAME
// holds its files; FOLDER/answered.jsonl is written, an answer a line.
import path from "node:path";
import { pathToFileURL } from "node:url";

// without the line of Pyodide in which it happened, which has a million characters
process.on("uncaughtException", (error) => {
  fs.writeSync(2, `${String(error.message || error).trim()}\n`);
  process.exit(1);
});
const folder = path.resolve(process.argv[2]);
const { loadPyodide } = await import(pathToFileURL(path.join(folder, "pyodide", "pyodide.mjs")).href);
const python = await loadPyodide({ stdLibURL: path.join(folder, "std.zip") });
for (const [place, root] of [["/app", "tree"], ["/shared", "."]]) {
  python.FS.mkdirTree(place);
  python.FS.mount(python.FS.filesystems.NODEFS, { root: path.join(folder, root) }, place);
}
const answers = `
import json, sys
sys.path.insert(0, "/app")
from lca_cardato.web.browser import begin
pages = begin("/app/home", "/home/mill")
from lca_cardato.web.answered import answered
from lca_cardato.web.assessed import assessed
from pathlib import Path

with open("/shared/asked.json", encoding="utf-8") as file:
    asked = json.load(file)
with open("/shared/answered.jsonl", "w", encoding="utf-8") as file:
    for name, text, lang in asked:
        base = Path("/shared/beside") / name
        found = answered(text, base, lang, lambda loaded: assessed(loaded, pages.desk.mark))
        file.write(json.dumps(found) + "\\n")
`;
try {
  python.runPython(answers);
} catch (error) { // without the line of the loader that it came from, which is its whole text
  console.error(error.message);
  process.exit(1);
}
