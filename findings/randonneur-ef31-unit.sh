#!/usr/bin/env bash
# randonneur 0.7.2 with the mapping `ecoinvent-3.9.1-biosphere-EF-3.1-biosphere` of randonneur_data 0.7.2 (seen 2026-11-30,
# Python 3.11).
#
# EF 3.1 counts energy resources in MJ, ecoinvent in kg or m3. The mapping holds the factor (43.4 for crude oil), and
# `migrate_edges` multiplies the amount by it, but the edge keeps `unit: kg`, because the mapping names the new unit in
# `unit_name` only. One kg of crude oil becomes 43.4 kg of crude oil; 1 kg of uranium becomes 560 000 kg.
#
# Expected: amount and unit change together. What reads `unit` afterwards (Brightway does, and checks of units by dimension
# pass) takes 43 times the oil.
# The script fails if the unit follows, or the amount no longer does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q randonneur==0.7.2 randonneur_data==0.7.2
cat > "$folder/migrate.py" << 'END'
import randonneur
import randonneur_data

mapping = randonneur_data.Registry().get_file("ecoinvent-3.9.1-biosphere-EF-3.1-biosphere")
for name in ("Oil, crude", "Uranium", "Water, salt, ocean"):
    rows = (row for row in mapping["replace"] if row["source"]["name"] == name)
    row = next(row for row in rows if row["source"]["unit"] != row["target"]["unit_name"])
    graph = [{"name": "a process", "edges": [{**row["source"], "amount": 1.0}]}]
    config = randonneur.MigrationConfig(fields=["uuid"])
    edge = randonneur.migrate_edges(graph=graph, migrations=mapping, config=config)[0]["edges"][0]
    before = row["source"]["unit"]
    print(f"1 {before} {name} -> {edge['amount']:g} {edge['unit']} {edge['name']}; unit_name {edge['unit_name']}")
END
"$folder/venv/bin/python" "$folder/migrate.py" 2> /dev/null | tee "$folder/seen.txt"
grep -qx '1 kg Oil, crude -> 43.4 kg crude oil; unit_name MJ' "$folder/seen.txt"
grep -qx '1 kg Uranium -> 560000 kg uranium; unit_name MJ' "$folder/seen.txt"
grep -qx '1 m3 Water, salt, ocean -> 1025 m3 sea water; unit_name kg' "$folder/seen.txt"
echo "as seen"
