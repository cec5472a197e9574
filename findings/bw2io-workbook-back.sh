#!/usr/bin/env bash
# Workbooks of bw2io 0.9.17 are not linked by bw2io's own importer (seen 2026-11-30, bw2data 4.8, Python 3.11).
#
# `write_lci_excel` writes name, unit, location and categories of an input, and neither its reference product nor its
# database. `ExcelImporter` gives every process a reference product (its own, or the name of its production) and links
# exchanges by name, unit, location, categories and reference product, which the rows lack: none of them is found again,
# not even the production of a process. Activity Browser 3 stops at such a workbook, because it asks unlinked exchanges for
# their `database`.
#
# Expected: a workbook that its own importer links with its own strategies, as it does once the rows have a column
# `reference product`.
#
# The script writes a database of two processes, exports it, reads it back, once as it is and once with that column, and
# fails if the first is linked or the second is not.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/back.py" << 'END'
import bw2data
import bw2io
import openpyxl
from bw2io.export.excel import write_lci_excel

PRODUCTS = {"spinning": "yarn", "scouring": "fibre"}


def unlinked(file):
    book = bw2io.ExcelImporter(file)
    book.apply_strategies(verbose=False)
    return sum(not exchange.get("input") for process in book.data for exchange in process["exchanges"])


bw2data.projects.set_current("back")
bw2data.Database("biosphere3").write({})
one, two = ("mill", "spinning"), ("mill", "scouring")
inputs = {one: [{"input": two, "amount": 1.1, "type": "technosphere"}], two: []}
bw2data.Database("mill").write({
    key: {
        "name": key[1], "reference product": PRODUCTS[key[1]], "unit": "kilogram", "location": "IT", "type": "process",
        "exchanges": [{"input": key, "amount": 1.0, "type": "production"}, *inputs[key]],
    }
    for key in (one, two)
})
file = write_lci_excel("mill")
before = unlinked(file)
book = openpyxl.load_workbook(file)
sheet, heads = book.active, []
for row in sheet.iter_rows():
    values = [cell.value for cell in row]
    if values[0] == "name" and "amount" in values:
        heads.append(set(values))
        end = values.index(None) if None in values else len(values)
        sheet.cell(row[0].row, end + 1, "reference product")
    elif values[0] in PRODUCTS:
        sheet.cell(row[0].row, end + 1, PRODUCTS[values[0]])
book.save(file)
after = unlinked(file)
print(f"unlinked of 3 exchanges: {before} as written, {after} with a column of reference products")
assert before == 3 and after == 0
assert not {"reference product", "database"} & set().union(*heads)
END
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q bw2io==0.9.17 bw2data==4.8 bw2calc==3.1.0 openpyxl==3.1.5
BRIGHTWAY2_DIR="$folder" "$folder/venv/bin/python" -W ignore "$folder/back.py" > "$folder/out" 2> "$folder/err" || { cat "$folder/err"; exit 1; }
tail -1 "$folder/out"
echo "as seen"
