#!/usr/bin/env bash
# olca-schema 2.4.0 writes into a package that is there, beside what it holds (seen 2026-11-30, Python 3.11).
#
# `olca_schema.zipio.ZipWriter(path)` opens the archive for appending. Whoever writes a package to the same path a second
# time, with the same ids, gets every entity twice under one name: `ZipReader.ids_of` lists each id twice, `read_each` gives each
# entity twice, both times the later one; entities of the first package that the second no longer has stay. So a sum over
# the exchanges of `read_each(Process)` doubles. Only a warning of `zipfile` about duplicate names tells of it.
#
# Expected by a reader of "writer": the package that was written last, or an error.
#
# The script writes one process twice, and another one before it, and fails if the archive holds the last package alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/twice.py" << 'END'
import sys

import olca_schema as lca
from olca_schema.zipio import ZipReader, ZipWriter

path = sys.argv[1]


def write(*names):
    with ZipWriter(path) as archive:
        for name in names:
            archive.write(lca.Process(id=name, name=name, description=f"package of {len(names)}"))


write("carding", "spinning")
write("carding")
with ZipReader(path) as archive:
    found = [(p.name, p.description) for p in archive.read_each(lca.Process)]
print(found)
assert found == [("carding", "package of 1"), ("spinning", "package of 2"), ("carding", "package of 1")]
END
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q olca-schema==2.4.0
"$folder/venv/bin/python" -W ignore "$folder/twice.py" "$folder/package.zip"
echo "as seen"
