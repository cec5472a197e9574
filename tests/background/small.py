"""Write a small Brightway project: ``python small.py FOLDER``; and score it with plain Brightway.

``python small.py FOLDER score`` prints the scores of every process by bw2calc as JSON.
"""

import json
import os
import sys
import warnings

PROJECT, DATABASE = "mill data / 2026", "toy 1.0"
METHOD = ("toy method", "climate change", "GWP100")
FLOWS = {
    "co2": ("Carbon dioxide, fossil", ("air",), "349b29d1-3e58-4c66-98b9-9d1a076efd2e"),
    "ch4": ("Methane, fossil", ("air", "urban air close to ground"), "x-methane"),
    "odd": ("Dust of the moon", ("air",), "x-odd"),
}


def start(folder):
    os.environ["BRIGHTWAY2_DIR"] = folder
    warnings.simplefilter("ignore")
    import bw2data

    bw2data.projects.set_current(PROJECT)
    return bw2data


def process(name, product, location, unit, made, exchanges, code):
    key = (DATABASE, code)
    rows = [{"input": key, "amount": made, "type": "production"}]
    for target, amount in exchanges:
        kind = "biosphere" if target in FLOWS else "technosphere"
        home = ("bio", FLOWS[target][2]) if target in FLOWS else (DATABASE, target)
        rows.append(
            {"input": home, "amount": amount, "type": kind, "uncertainty type": 2, "loc": 0.0,
             "scale": 0.1}
        )  # fmt: skip
    return key, {
        "name": name, "reference product": product, "location": location, "unit": unit,
        "exchanges": rows, "type": "process",
    }  # fmt: skip


def write(folder):
    bw2data = start(folder)
    bw2data.Database("bio").write(
        {
            ("bio", code): {
                "name": name, "categories": categories, "unit": "kilogram", "type": "emission",
                "exchanges": [],
            }
            for name, categories, code in FLOWS.values()
        }
    )  # fmt: skip
    power = [("co2", 0.3), ("gas", 0.02), ("odd", 1.0)]
    gas = [("co2", 0.002), ("ch4", 0.0001), ("power", 0.01)]
    waste = [("co2", 1.5), ("power", 0.2)]
    bw2data.Database(DATABASE).write(
        dict(
            [
                process("market for power", "power", "IT", "kilowatt hour", 1, power, "power"),
                process("market for power", "power", "FR", "kilowatt hour", 1, power[:1], "fr"),
                process("gas at consumer", "gas", "IT", "megajoule", 1, gas, "gas"),
                process("treatment of waste", "waste", "IT", "kilogram", -1, waste, "waste"),
                process("tap water", "water", "RER", "kilogram", 1, [("power", 0.0004)], "water"),
            ]
        )
    )
    method = bw2data.Method(METHOD)
    method.register(unit="kg CO2-Eq")
    method.write([(("bio", FLOWS["co2"][2]), 1.0), (("bio", FLOWS["ch4"][2]), 29.8)])
    other = bw2data.Method(("toy method", "dust"))
    other.register(unit="kg dust")
    other.write([(("bio", FLOWS["odd"][2]), 2.0)])


def score(folder):
    bw2data = start(folder)
    import bw2calc

    found = {}
    for node in bw2data.Database(DATABASE):
        row = []
        for method in (METHOD, ("toy method", "dust")):
            lca = bw2calc.LCA({node: 1}, method)
            lca.lci()
            lca.lcia()
            row.append(lca.score)
        found[node["code"]] = row
    return found


if __name__ == "__main__":
    if sys.argv[2:] == ["score"]:
        print("\n" + json.dumps(score(sys.argv[1])))
    else:
        write(sys.argv[1])
