"""Write a made-up database with the numbers and names of BAFU:2026: ``made_up_bafu.py FOLDER COUNT``.

Structure as sentier-brightway installs it: processes in ``bafu-2026`` under their numbers, elementary
flows of EF 3.1 in ``ef-3.1-biosphere``, those without a counterpart in ``bafu-2026-residual``, methods
``("sentier", "EF v3.1", category)``. Names and numbers are those of the shipped mapping; every amount
is made up. ``made_up_bafu.py FOLDER score`` prints climate change of each number by plain Brightway.
"""

import json
import os
import sys
import warnings

import numpy as np

PROJECT, DATABASE, EF, REST = "swiss", "bafu-2026", "ef-3.1-biosphere", "bafu-2026-residual"
METHOD = ("sentier", "EF v3.1", "Climate change")
AIR = ("Emissions", "Emissions to air", "Emissions to air, unspecified")
FLOWS = {
    "08a91e70-3ddc-11dd-923d-0050c2490048": ("Carbon Dioxide (fossil)", AIR, "kilogram", 0.4),
    "08a91e70-3ddc-11dd-9610-0050c2490048": ("Methane (fossil)", AIR, "kilogram", 1e-3),
    "fe0acd60-3ddc-11dd-ac48-0050c2490048": ("Sulfur Dioxide", AIR, "kilogram", 5e-4),
    "08a91e70-3ddc-11dd-9136-0050c2490048": ("Waste Heat", ("air",), "megajoule", 1.0),
}
FACTORS = {
    "08a91e70-3ddc-11dd-923d-0050c2490048": 1.0,
    "08a91e70-3ddc-11dd-9610-0050c2490048": 29.8,
}
RETIRED = "d86e2374-784b-3fd9-910b-7583462ea81b"


def start(folder):
    os.environ["BRIGHTWAY2_DIR"] = folder
    warnings.simplefilter("ignore")
    import bw2data

    bw2data.projects.set_current(PROJECT)
    return bw2data


def names(count):
    """Number, name, place and unit: those of the mapping, twins with a retired name, others."""
    from lca_cardato.background.mapping import load_mapping
    from lca_cardato.inventory.load import load_inventory

    targets = load_mapping("bafu-2026", load_inventory()).file.datasets.values()
    mapped = [t for t in targets if t.activity]
    rows = [(t.code or f"{i:08x}-made-up", t.activity, t.location, t.unit)
            for i, t in enumerate(mapped)]  # fmt: skip
    rows += [(f"{i:08x}-twin", f"xxx {t.activity}", t.location, t.unit)
             for i, t in enumerate(mapped)]  # fmt: skip
    rows.append((RETIRED, "xxx Electricity, medium voltage, production UCTE, at grid", "UCTE",
                 "kilowatt hour"))  # fmt: skip
    return rows + [
        (f"{i:08x}-more", f"Process {i}, at plant", "GLO", "kilogram")
        for i in range(max(0, count - len(rows)))
    ]


def write(folder, count):
    bw2data = start(folder)
    bw2data.Database(EF).write(
        {
            (EF, code): {"name": name, "categories": where, "unit": unit, "type": "emission",
                         "exchanges": []}
            for code, (name, where, unit, _) in FLOWS.items()
        }
    )  # fmt: skip
    rest = (REST, "0836bdc2-60e0-5191-8034-7a688414c1cb")
    bw2data.Database(REST).write(
        {rest: {"name": "Sodium", "categories": ("emissions to water", "groundwater, long-term"),
                "unit": "kilogram", "type": "emission", "exchanges": []}}
    )  # fmt: skip
    chance = np.random.default_rng(0)
    chosen = names(count)
    keys = [(DATABASE, code) for code, _, _, _ in chosen]
    data = {}
    for i, (code, name, place, unit) in enumerate(chosen):
        rows = [{"input": keys[i], "amount": 1.0, "type": "production"}]
        for other in sorted({*chance.integers(0, len(keys), 5).tolist()} - {i}):
            amount = float(chance.uniform(0.0, 0.05))
            rows.append({"input": keys[other], "amount": amount, "type": "technosphere"})
        for flow, (_, _, _, size) in FLOWS.items():
            amount = float(size * chance.lognormal(0.0, 1.0))
            rows.append({"input": (EF, flow), "amount": amount, "type": "biosphere"})
        rows.append({"input": rest, "amount": 0.1, "type": "biosphere"})
        data[DATABASE, code] = {
            "name": name, "reference product": name, "location": place, "unit": unit,
            "type": "process", "comment": "made-up numbers", "exchanges": rows,
        }  # fmt: skip
    bw2data.Database(DATABASE).write(data)
    method = bw2data.Method(METHOD)
    method.register(unit="kg CO2 eq")
    method.write([((EF, code), factor) for code, factor in FACTORS.items()])


def score(folder):
    bw2data = start(folder)
    import bw2calc

    found = {}
    for node in bw2data.Database(DATABASE):
        lca = bw2calc.LCA({node: 1}, METHOD)
        lca.lci()
        lca.lcia()
        found[node["code"]] = lca.score
    return found


if __name__ == "__main__":
    if sys.argv[2] == "score":
        print("\n" + json.dumps(score(sys.argv[1])))
    else:
        write(sys.argv[1], int(sys.argv[2]))
