// Run a program with the page's own interpreter, without a browser.
// node run.mjs FOLDER: FOLDER/pyodide is Pyodide, FOLDER/std.zip its library, FOLDER/tree the modules,
// FOLDER/run.py the program, which sees FOLDER as /shared.
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
try {
  python.runPython(fs.readFileSync(path.join(folder, "run.py"), "utf8"));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
