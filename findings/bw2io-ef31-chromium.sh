#!/usr/bin/env bash
# Chromium III in the EF 3.1 of bw2io 0.9.17 (seen 2026-11-30, Python 3.11).
#
# bw2io ships characterisation factors in `data/lcia/lcia_39_ecoinvent.zip`, which `create_default_lcia_methods` installs. In
# its "EF v3.1", the flow "Chromium III" has the factors of "Chromium VI" in all compartments of air and soil but the
# long-term one: per kg to air 7.81e-5 CTUh cancer, 4.14e-6 CTUh non-cancer and 4288 CTUe. Trivalent chromium of steel, tanning,
# dyes or coal then counts as hexavalent. In water, the factors are those of chromium (iii).
#
# Expected: the factors that EF 3.1 gives to "chromium (iii)": no cancer factor, 1.7697e-9 CTUh non-cancer and 333.42 CTUe
# per kg to air. They stand in ecoinvent's own later mappings of EF 3.1 to the same flow ids (github.com/ecoinvent/lcia at
# 3a376d2, "EF v3.1_mapped_3.9.1.csv", 3.10 and 3.12 corrected). The likely cause: the flow was called "Chromium" before
# ecoinvent 3.9, and EF's "chromium" without oxidation state has the factors of chromium (vi).
#
# The script prints the factors by compartment and fails if they are no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/factors.py" << 'END'
import json
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import sys

data = next(Path(sys.prefix).glob("lib/python*/site-packages/bw2io/data"))
space = "{http://www.EcoInvent.org/EcoSpold02}"
codes = {}
for item in ElementTree.parse(data / "lci" / "ecoinvent elementary flows 3.9.xml").getroot():
    name = item.findtext(f"{space}name")
    if name in ("Chromium III", "Chromium VI"):
        place = "/".join(part.text for part in item.find(f"{space}compartment"))
        codes[name, place] = item.get("id")
methods = json.loads(zipfile.ZipFile(data / "lcia" / "lcia_39_ecoinvent.zip").read("data.json"))
found = {
    method["name"][1]: {row["input"][1]: row["amount"] for row in method["exchanges"]}
    for method in methods if method["name"][0] == "EF v3.1"
}
same = set()
for category in ("human toxicity: carcinogenic", "human toxicity: non-carcinogenic", "ecotoxicity: freshwater"):
    for place in sorted(place for name, place in codes if name == "Chromium III"):
        three, six = (found[category].get(codes.get((name, place)), 0) for name in ("Chromium III", "Chromium VI"))
        print(f"{category:33} {place:44} III {three:<12.5g} VI {six:.5g}")
        if three == six and three:
            same.add((category, place))
places = {place for _, place in same}
print(len(same), "factors of Chromium III are those of Chromium VI, in", len(places), "compartments")
assert len(places) == 8 and len(same) == 24 and all(place[:3] in ("air", "soi") for place in places)
END
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --no-deps bw2io==0.9.17
"$folder/venv/bin/python" "$folder/factors.py"
echo "as seen"
