"""The same scenarios by Brightway itself, run as a program of its own: ``bright.py``.

Prints, as JSON, seconds per scenario in two ways of working, and the scores of the last scenario.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
import warnings

os.environ["BRIGHTWAY2_DIR"] = tempfile.mkdtemp()
warnings.simplefilter("ignore")
os.environ["TQDM_DISABLE"] = "1"


def main():
    import bw2calc
    import bw2data
    import numpy as np
    from benchmarks.product import FOUR, foreground, setting, space

    inventory, store, factors = setting()
    loaded = space(1000)
    bw2data.projects.set_current("benchmark")
    write_background(bw2data, store)
    for place, name in enumerate(FOUR):
        method = bw2data.Method(("benchmark", name))
        method.register(unit="")
        used = np.nonzero(factors[:, place])[0]
        method.write([(("bg", f"flow{i}"), float(factors[i, place])) for i in used])
    first, system = foreground(loaded, 0, inventory)
    write_foreground(bw2data, store, first, system)
    methods = [("benchmark", name) for name in FOUR]
    product = bw2data.get_activity(("fg", str(system.demand)))
    known = {}
    for activity in bw2data.Database("fg"):
        for exchange in activity.exchanges():
            if exchange["type"] != "production":
                known[exchange["input"], activity["code"]] = exchange

    # 1. write the exchanges that changed, then lci and lcia
    rows, before = 6, dict(first)
    start = time.perf_counter()
    for row in range(1, rows + 1):
        amounts, _ = foreground(loaded, row, inventory)
        for key, amount in amounts.items():
            if amount != before[key]:
                exchange = known[code_of(key[0], store), str(key[1])]
                exchange["amount"] = float(amount)
                exchange.save()
        before = amounts
        bw2data.Database("fg").process()
        lca = bw2calc.LCA({product: 1}, methods[0])
        lca.lci()
        lca.lcia()
        written = [lca.score]
        for method in methods[1:]:
            lca.switch_method(method)
            lca.lcia()
            written.append(lca.score)
    write_time = (time.perf_counter() - start) / rows

    # 2. matrices edited in memory, inventory calculated again
    lca = bw2calc.LCA({product: 1}, methods[0])
    lca.lci()
    lca.lcia()
    tables = []
    for method in methods:
        lca.switch_method(method)
        tables.append(lca.characterization_matrix.copy())
    amounts_of = [foreground(loaded, row, inventory)[0] for row in range(1, 61)]
    places = matrix_places(lca, bw2data, store, amounts_of[0])
    start = time.perf_counter()
    for amounts in amounts_of:
        for key, amount in amounts.items():
            matrix, row, column, sign = places[key]
            matrix[row, column] = sign * amount
        lca.lci_calculation()
        scores = [float((table @ lca.inventory).sum()) for table in tables]
    memory_time = (time.perf_counter() - start) / len(amounts_of)
    json.dump(
        {"write": write_time, "memory": memory_time, "written": [float(s) for s in written],
         "written_row": rows, "scores": scores, "row": 60},
        sys.stdout,
    )  # fmt: skip


def code_of(source, store):
    if isinstance(source, int):
        return ("fg", str(source))
    if isinstance(source, str):
        return ("bg", source)
    return ("bg", f"flow{store.flows.index(source)}")


def write_background(bw2data, store):
    import numpy as np

    data = {}
    for place, flow in enumerate(store.flows):
        data["bg", f"flow{place}"] = {
            "name": flow[0], "categories": flow[1], "type": "emission", "exchanges": [], "unit": "",
        }  # fmt: skip
    for column, name in enumerate(store.datasets):
        found = [{"input": ("bg", name), "amount": 1.0, "type": "production"}]
        for row in np.nonzero(store.technosphere[:, column])[0]:
            if row != column:
                amount = -float(store.technosphere[row, column])
                found.append(
                    {"input": ("bg", store.datasets[row]), "amount": amount, "type": "technosphere"}
                )
        for row in np.nonzero(store.biosphere[:, column])[0]:
            amount = float(store.biosphere[row, column])
            found.append({"input": ("bg", f"flow{row}"), "amount": amount, "type": "biosphere"})
        data["bg", name] = {"name": name, "unit": "", "location": "GLO", "exchanges": found}
    bw2data.Database("bg").write(data)


def write_foreground(bw2data, store, amounts, system):
    data = {}
    for number, activity in enumerate(system.activities):
        found = [{"input": ("fg", str(number)), "amount": 1.0, "type": "production"}]
        for (source, user), amount in amounts.items():
            if user == number:
                kind = "biosphere" if isinstance(source, tuple) else "technosphere"
                found.append(
                    {"input": code_of(source, store), "amount": float(amount), "type": kind}
                )
        data["fg", str(number)] = {
            "name": activity.key, "unit": "kilogram", "location": "IT", "exchanges": found,
        }  # fmt: skip
    bw2data.Database("fg").write(data)


def matrix_places(lca, bw2data, store, amounts):
    """Matrix, row, column and sign of every exchange of the foreground."""
    products = getattr(lca, "product_dict", None) or lca.dicts.product
    activities = getattr(lca, "activity_dict", None) or lca.dicts.activity
    flows = getattr(lca, "biosphere_dict", None) or lca.dicts.biosphere

    def number(key):
        return key if key in products or key in flows else bw2data.get_activity(key).id

    found = {}
    for source, user in amounts:
        key, column = number(code_of(source, store)), activities[number(("fg", str(user)))]
        if isinstance(source, tuple):
            found[source, user] = (lca.biosphere_matrix, flows[key], column, 1)
        else:
            found[source, user] = (lca.technosphere_matrix, products[key], column, -1)
    return found


if __name__ == "__main__":
    main()
