#!/usr/bin/env bash
# Packages of openLCA 1 read by olca-schema 2.4.0 (seen 2026-11-30, Python 3.11).
#
# openLCA 1 calls the fields of an exchange `input`, `quantitativeReference` and `avoidedProduct`; openLCA 2 puts `is` before
# them. `olca_schema` reads a package of version 1, whose exchanges then have no direction, no reference product and no
# avoided product (all None): every input passes for an output, and no field, exception or warning tells that the version is
# another. `zipio.ZipReader` does not look at the version of the package. Public packages of version 1 are common (USLCI
# until 2022, for one).
#
# Expected: an error or a warning, or the old names read.
#
# The script reads one process of version 1 and fails if anything tells the difference.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/read.py" << 'END'
import json
import tempfile
import warnings
import zipfile
from pathlib import Path

import olca_schema as o
from olca_schema import zipio

flows = [("yarn", False, True, False), ("fibre", True, False, False), ("waste sold", True, False, True)]
process = {
    "@context": "http://greendelta.github.io/olca-schema/context.jsonld", "@type": "Process", "@id": "a",
    "name": "spinning", "version": "00.00.001", "processType": "UNIT_PROCESS",
    "exchanges": [
        {"@type": "Exchange", "flow": {"@type": "Flow", "@id": name, "name": name}, "amount": 1.0, "input": is_input,
         "quantitativeReference": reference, "avoidedProduct": avoided}
        for name, is_input, reference, avoided in flows
    ],
}
file = Path(tempfile.mkdtemp()) / "one.zip"
with zipfile.ZipFile(file, "w") as archive:
    archive.writestr("processes/a.json", json.dumps(process))
warnings.simplefilter("error")
with zipio.ZipReader(file) as reader:
    found = reader.read(o.Process, "a")
for row in found.exchanges:
    print(row.flow.name, row.amount, row.is_input, row.is_quantitative_reference, row.is_avoided_product)
    assert (row.is_input, row.is_quantitative_reference, row.is_avoided_product) == (None, None, None)
END
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q olca-schema==2.4.0
"$folder/venv/bin/python" "$folder/read.py"
echo "as seen"
