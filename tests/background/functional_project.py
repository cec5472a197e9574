"""Write a project as Activity Browser 3 keeps it, by bw_functional: ``python functional_project.py FOLDER``.

``python functional_project.py FOLDER score`` prints the scores of every product by bw2calc as JSON.
"""

import json
import os
import sys
import warnings

PROJECT, DATABASE = "browser", "mill 3"
METHOD = ("toy method", "climate change", "GWP100")
CO2 = ("Carbon dioxide, fossil", ("air",), "349b29d1-3e58-4c66-98b9-9d1a076efd2e")


def start(folder):
    os.environ["BRIGHTWAY2_DIR"] = folder
    warnings.simplefilter("ignore")
    import bw2data

    bw2data.projects.set_current(
        PROJECT
    )  # before bw_functional, whose signal bw2data 4.8 can't call
    import bw_functional

    return bw2data, bw_functional


def process(code, name, rows, kind="process"):
    key = (DATABASE, code)
    return key, {"name": name, "type": kind, "location": "IT", "code": code, "database": DATABASE,
                 "exchanges": [{"output": key, **row} for row in rows]}  # fmt: skip


def product(code, name, unit, maker, share=1.0, kind="product", **more):
    key = (DATABASE, code)
    return key, {"name": name, "type": kind, "location": "IT", "unit": unit, "code": code, "database": DATABASE,
                 "processor": (DATABASE, maker), "allocation_factor": share, "exchanges": [], **more}  # fmt: skip


def made(code, amount=1.0):
    return {"input": (DATABASE, code), "amount": amount, "type": "production"}


def used(code, amount, database=DATABASE):
    return {"input": (database, code), "amount": amount, "type": "technosphere"}


def co2(amount):
    return {"input": ("bio", CO2[2]), "amount": amount, "type": "biosphere"}


def write(folder):
    bw2data, functional = start(folder)
    bw2data.Database("bio").write(
        {("bio", CO2[2]): {"name": CO2[0], "categories": CO2[1], "unit": "kilogram", "type": "emission",
                           "exchanges": []}}
    )  # fmt: skip
    plain = ("plain", "gas")
    bw2data.Database("plain").write(
        {plain: {"name": "gas at consumer", "reference product": "gas", "unit": "megajoule", "location": "IT",
                 "type": "process", "exchanges": [
                     {"input": plain, "amount": 1, "type": "production"},
                     {"input": ("bio", CO2[2]), "amount": 0.06, "type": "biosphere"}]}}
    )  # fmt: skip
    nodes = dict(
        [
            process("chp", "cogeneration", [made("heat", 4), made("power", 1), used("gas", 9, "plain"),
                                            co2(0.5), used("sludge", -0.1)], "multifunctional"),
            product("heat", "heat, own", "megajoule", "chp", 0.6),
            product("power", "power, own", "kilowatt hour", "chp", 0.4),
            process("burner", "treatment of sludge", [made("sludge", -1), co2(2), used("power", 0.3)]),
            product("sludge", "sludge", "kilogram", "burner", kind="waste"),
            process("card", "carding", [made("card_function"), used("power", 1.5), used("heat", 2)]),
            product("card_function", "carding", "kilogram", "card", product="carded web",
                    **{"reference product": "carded web"}),
        ]
    )  # fmt: skip
    base = functional.FunctionalSQLiteDatabase(DATABASE)
    base.register()
    base.write(nodes)
    method = bw2data.Method(METHOD)
    method.register(unit="kg CO2-Eq")
    method.write([(("bio", CO2[2]), 1.0)])


def score(folder):
    bw2data, _ = start(folder)
    import bw2calc

    found = {}
    for node in bw2data.Database(DATABASE):
        if node["type"] not in ("product", "waste"):
            continue
        lca = bw2calc.LCA({node.id: 1}, data_objs=bw2data.prepare_lca_inputs({node: 1}, METHOD)[1])
        lca.lci()
        lca.lcia()
        found[node["code"]] = lca.score
    return found


if __name__ == "__main__":
    if sys.argv[2:] == ["score"]:
        print("\n" + json.dumps(score(sys.argv[1])))
    else:
        write(sys.argv[1])
