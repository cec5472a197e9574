"""The same product system in lca_algebraic, run in an environment of its own.

``algebraic.py BACKGROUND.npz`` prints, as JSON, seconds with and without its symbolic preparation.
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


def main(path):
    import contextlib

    with contextlib.redirect_stdout(sys.stderr):
        found = measure(path)
    json.dump(found, sys.stdout)


def measure(path):
    import bw2data
    import lca_algebraic as agb
    import numpy as np
    from benchmarks.bright import code_of, write_background
    from benchmarks.product import FOUR, exchanges

    case = Case(path)
    bw2data.projects.set_current("algebraic")
    write_background(bw2data, case)
    for place, name in enumerate(FOUR):
        method = bw2data.Method(("benchmark", "four", name))
        method.register(unit="x")
        used = np.nonzero(case.factors[:, place])[0]
        method.write([(("bg", f"flow{i}"), float(case.factors[i, place])) for i in used])
    agb.resetDb("fg", foreground=True)
    agb.setBackground("bg")
    symbols = {
        name: agb.newFloatParam(name, default=float(values[0]), min=0, max=1e9, distrib="linear")
        for name, values in case.columns.items()
    }
    system = case.system(symbols)
    acts = []
    table = exchanges(system)
    for number, activity in enumerate(system.activities):
        inputs = {}
        for (source, user), amount in table.items():
            if user == number:
                key = code_of(source, case)
                inputs[acts[source] if isinstance(source, int) else bw2data.get_activity(key)] = (
                    amount
                )
        acts.append(agb.newActivity("fg", activity.key, "kilogram", inputs))
    methods = [("benchmark", "four", name) for name in FOUR]
    values = {name: list(column) for name, column in case.columns.items()}
    start = time.perf_counter()
    table = agb.compute_impacts(acts[system.demand], methods, **values)
    cold = time.perf_counter() - start
    warm = []
    for _ in range(3):
        start = time.perf_counter()
        table = agb.compute_impacts(acts[system.demand], methods, **values)
        warm.append(time.perf_counter() - start)
    return {
        "cold": cold, "warm": min(warm), "rows": len(next(iter(values.values()))),
        "scores": table.to_numpy()[:5].tolist(),
    }  # fmt: skip


class Case:
    """Background matrices, varying columns and the structure of the product."""

    def __init__(self, path):
        import pickle

        with open(path, "rb") as file:
            data = pickle.load(file)
        self.__dict__.update(data)

    def system(self, symbols):
        from lca_cardato.model.system import build_system, follow

        values = dict(self.constants)
        for key, symbol in zip(self.keys, symbols.values()):
            values[key] = symbol
        follow(self.model, values)
        return build_system(self.model, values)


if __name__ == "__main__":
    main(sys.argv[1])
