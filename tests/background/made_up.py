"""Write a made-up database with ecoinvent's names and structure: ``python made_up.py FOLDER COUNT``.

Names, places and products are those of ecoinvent 3.10, cut-off, as randonneur_data lists them; every
number is made up. A core of 300 processes takes from each other in loops; the others take from the
core and from those before them. ``python made_up.py FOLDER score < wanted.json`` prints the scores of
processes (name, product, location) for a method, by plain Brightway code.
"""

import gzip
import importlib.util
import json
import os
import sys
import warnings
from pathlib import Path

import numpy as np

PROJECT = "consultant"
DATABASE = "ecoinvent-3.10-cutoff"
BIOSPHERE = "ecoinvent-3.10-biosphere"
METHOD = ("ecoinvent-3.10", "EF v3.1", "climate change", "global warming potential (GWP100)")
FIRST = 300
INPUTS = 11
UNITS = (
    ("electricity", "kilowatt hour"), ("transport, freight", "ton kilometer"),
    ("heat", "megajoule"), ("natural gas", "cubic meter"), ("wastewater", "cubic meter"),
)  # fmt: skip
EMITTED = (
    ("Carbon dioxide, fossil", ("air",), 0.2), ("Methane, fossil", ("air",), 4e-4),
    ("Dinitrogen monoxide", ("air",), 2e-5), ("Sulfur dioxide", ("air",), 3e-4),
    ("Nitrogen oxides", ("air",), 4e-4), ("Ammonia", ("air",), 1e-5),
    ("Particulate Matter, < 2.5 um", ("air",), 3e-5), ("Phosphate", ("water",), 1e-5),
    ("Water", ("air",), 1e-4), ("Water, river", ("natural resource", "in water"), 2e-4),
    ("Oil, crude", ("natural resource", "in ground"), 0.01),
    ("Coal, hard, unspecified", ("natural resource", "in ground"), 0.02),
    ("Energy, solar, converted", ("natural resource", "in air"), 0.05),
    ("Occupation, forest, intensive", ("natural resource", "land"), 0.01),
    ("Chromium VI", ("water", "ground-"), 1e-9), ("Radon-222", ("air",), 0.1),
)  # fmt: skip


def start(folder):
    os.environ["BRIGHTWAY2_DIR"] = folder
    warnings.simplefilter("ignore")
    import bw2data

    bw2data.projects.set_current(PROJECT)
    return bw2data


def names(count):
    """`count` processes of the list, those of the shipped mapping first."""
    from lca_cardato.background.mapping import load_mapping
    from lca_cardato.inventory.load import load_inventory

    spec = importlib.util.find_spec("randonneur_data")
    data = Path(spec.submodule_search_locations[0]) / "data" / "simapro-ecoinvent-3.10-cutoff.gz"
    rows = json.loads(gzip.decompress(data.read_bytes()))["replace"]
    everything = sorted(
        {(t["name"], t["reference product"], t["location"]) for t in (r["target"] for r in rows)}
    )
    mapped = {
        (t.activity, t.product, t.location): t.unit
        for t in load_mapping("ecoinvent-3.10-cutoff", load_inventory()).file.datasets.values()
        if t.activity
    }
    rest = [name for name in everything if name not in mapped]
    return [*mapped, *rest][:count], mapped


def unit_of(product):
    return next((unit for start, unit in UNITS if product.startswith(start)), "kilogram")


def processes(count, flows, seed=0):
    """The database as bw2data writes it."""
    chance = np.random.default_rng(seed)
    chosen, units = names(count)
    keys = [(DATABASE, f"{i:032x}") for i in range(len(chosen))]
    made = [
        -1.0 if n.startswith("treatment of") or "wastewater" in p else 1.0 for n, p, _ in chosen
    ]
    data = {}
    for i, (name, product, place) in enumerate(chosen):
        rows = [{"input": keys[i], "amount": made[i], "type": "production"}]
        near = chance.integers(0, min(FIRST, len(keys)), INPUTS - 3)
        far = chance.integers(0, max(i, FIRST), 3)
        for other, size in zip({*near, *far} - {i}, chance.lognormal(-4.0, 1.0, INPUTS)):
            amount = float(min(size, 0.05)) * made[other]
            rows.append(
                {"input": keys[other], "amount": amount, "type": "technosphere",
                 "uncertainty type": 2, "loc": float(np.log(abs(amount))), "scale": 0.2,
                 "negative": amount < 0}
            )  # fmt: skip
        for flow, size in zip(EMITTED, chance.lognormal(0.0, 1.0, len(EMITTED))):
            rows.append(
                {"input": flows[flow[:2]], "amount": float(flow[2] * size), "type": "biosphere"}
            )
        data[keys[i]] = {
            "name": name, "reference product": product, "location": place,
            "unit": units.get((name, product, place), unit_of(product)),
            "comment": "made-up numbers", "type": "process", "exchanges": rows,
        }  # fmt: skip
    return data


def write(folder, count):
    bw2data = start(folder)
    from lca_cardato.lcia.flows import data_folder, flows_by_uuid

    flows = {flow: (BIOSPHERE, code) for code, flow in flows_by_uuid().items()}
    bw2data.Database(BIOSPHERE).write(
        {
            key: {"name": name, "categories": parts, "unit": "kilogram", "exchanges": [],
                  "type": "emission" if parts[0] != "natural resource" else "natural resource"}
            for (name, parts), key in flows.items()
        }
    )  # fmt: skip
    bw2data.Database(DATABASE).write(processes(count, flows))
    import zipfile

    with zipfile.ZipFile(data_folder() / "lcia" / "lcia_39_ecoinvent.zip") as archive:
        bundle = {tuple(m["name"]): m["exchanges"] for m in json.loads(archive.read("data.json"))}
    for name in (METHOD, ("ecoinvent-3.10", "TRACI v2.1", "acidification",
                          "acidification potential (AP)")):  # fmt: skip
        method = bw2data.Method(name)
        method.register(unit="kg CO2-Eq" if name == METHOD else "moles of H+-Eq")
        found = bundle.get(name[1:]) or next(v for k, v in bundle.items() if k[:2] == name[1:3])
        codes = {key[1] for key in flows.values()}
        method.write(
            [((BIOSPHERE, e["input"][1]), e["amount"]) for e in found if e["input"][1] in codes]
        )


def score(folder, wanted):
    bw2data = start(folder)
    import bw2calc

    nodes = {
        (n["name"], n["reference product"], n["location"]): n for n in bw2data.Database(DATABASE)
    }
    first = nodes[tuple(wanted[0])]
    lca = bw2calc.LCA({first: 1}, METHOD)
    lca.lci(factorize=True)
    lca.lcia()
    found = []
    for name in wanted:
        node = nodes[tuple(name)]
        lca.redo_lcia({node.id: 1} if hasattr(node, "id") and bw2calc.__version__[0] != 1 else
                      {node: 1})  # fmt: skip
        found.append(lca.score)
    return found


if __name__ == "__main__":
    if sys.argv[2] == "score":
        print("\n" + json.dumps(score(sys.argv[1], json.load(sys.stdin))))
    else:
        write(sys.argv[1], int(sys.argv[2]))
