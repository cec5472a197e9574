// Compress a file with the interpreter that will unpack it.
// node pack.mjs FOLDER: FOLDER/pyodide is Pyodide, FOLDER/plain the file; FOLDER/packed is written.
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
const python = await loadPyodide();
python.FS.mkdirTree("/parts");
python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, "/parts");
python.runPython(`
from compression import zstd
option = zstd.CompressionParameter
with open("/parts/plain", "rb") as file:
    plain = file.read()
packed = zstd.compress(plain, options={option.compression_level: 19, option.window_log: 23, option.checksum_flag: 1})
assert zstd.decompress(packed) == plain
with open("/parts/packed", "wb") as file:
    file.write(packed)
`);
