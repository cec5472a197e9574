#!/usr/bin/env bash
# Avoided products and directions of openLCA 2 in the JSON-LD importer of bw2io 0.9.17 (seen 2026-11-30, Python 3.11,
# olca-schema 2.4.0, bw2data 4.8).
#
# The importer reads the direction of an exchange from `isInput`, as openLCA 2 writes it, but an avoided product from
# `avoidedProduct`, the name of openLCA 1; openLCA 2 writes `isAvoidedProduct`. So an avoided product, which openLCA 2 keeps
# as an input, becomes a plain technosphere input: 2 kg of fibre that are spared count as 2 kg that are bought, without a word.
# An elementary flow becomes `biosphere` whatever `isInput` says: 3 kg of an emission booked as input, which openLCA counts
# as -3 kg (uptake), are 3 kg emitted.
#
# Expected: a substitution (or an amount of -2 kg), and -3 kg. The likely cause: fields renamed between openLCA 1 and 2,
# of which the importer follows one of three.
#
# The script writes a package of schema 2 by olca-schema, with the references filled as openLCA 2 fills them (flow type,
# reference unit), imports it and fails if the exchanges are no longer those.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/read.py" << 'END'
import os, sys, tempfile, zipfile
from pathlib import Path

os.environ["BRIGHTWAY2_DIR"] = tempfile.mkdtemp()
import olca_schema as o
from olca_schema import zipio

folder = Path(tempfile.mkdtemp())
group = o.new_unit_group("Units of mass", "kg")
mass = o.new_flow_property("Mass", group)
place = o.new_location("Italy", "IT")
yarn, fibre = o.new_product("yarn", mass), o.new_product("fibre", mass)
carbon = o.new_elementary_flow("Carbon dioxide, fossil", mass)
carbon.category = "Elementary flows/Emission to air/unspecified"


def whole(exchange, flow):
    """Reference to the flow with what openLCA 2 writes into it."""
    exchange.flow = o.Ref(id=flow.id, name=flow.name, ref_type=o.RefType.Flow, flow_type=flow.flow_type, ref_unit="kg")
    exchange.unit = group.units[0].to_ref()
    return exchange


def made(flow):
    process = o.new_process(f"making of {flow.name}")
    process.location = place.to_ref()
    whole(o.new_output(process, flow, 1.0, group.units[0]), flow).is_quantitative_reference = True
    return process


spinning, growing = made(yarn), made(fibre)
avoided = whole(o.new_input(spinning, fibre, 2.0, group.units[0]), fibre)
avoided.is_avoided_product, avoided.default_provider = True, growing.to_ref()
whole(o.new_input(spinning, carbon, 3.0, group.units[0]), carbon)  # taken up: -3 kg in openLCA
with zipio.ZipWriter(folder / "a.zip") as file:
    for entity in (group, mass, place, yarn, fibre, carbon, spinning, growing):
        file.write(entity)
with zipfile.ZipFile(folder / "a.zip") as file:
    file.extractall(folder / "package")

from bw2io.importers.json_ld import JSONLDImporter

found = JSONLDImporter(folder / "package", "mine")
found.apply_strategies(no_warning=True)
rows = next(one for one in found.data if one["name"] == "making of yarn")["exchanges"]
seen = {(row["type"], row["amount"]) for row in rows}
print(sorted(seen))
assert seen == {("production", 1.0), ("technosphere", 2.0), ("biosphere", 3.0)}
END
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q bw2io==0.9.17 bw2data==4.8 olca-schema==2.4.0
"$folder/venv/bin/python" "$folder/read.py"
echo "as seen"
