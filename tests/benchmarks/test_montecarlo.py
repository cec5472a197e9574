"""Paired draws of two products against Brightway's own Monte Carlo."""

from __future__ import annotations

import time
import warnings

import numpy as np
import pytest
from benchmarks.product import FOUR, ROOT, exchanges, setting
from benchmarks.times import best

from lca_cardato.brightway.line import FLOW_OFFSET, import_bw2calc, line
from lca_cardato.calculation.simulate import Products, simulate
from lca_cardato.model.resolve import resolve
from lca_cardato.model.system import build_system, parameter_values
from lca_cardato.scenario.load import load_scenario

pytestmark = pytest.mark.benchmark
DRAWS = 10_000
GSD = 1.1


def matrices(models, store):
    """Coordinates of background and both foregrounds, and the product that each asks for."""
    names, flows, size = store.datasets, store.flows, len(store.datasets)
    rows, columns = np.nonzero(store.technosphere)
    technosphere = {(r + 1, c + 1): store.technosphere[r, c] for r, c in zip(rows, columns)}
    rows, columns = np.nonzero(store.biosphere)
    biosphere = {(r + FLOW_OFFSET, c + 1): store.biosphere[r, c] for r, c in zip(rows, columns)}
    demands = []
    for model in models:
        system = build_system(model, parameter_values(model))
        for number in range(len(system.activities)):
            technosphere[size + number + 1, size + number + 1] = 1.0
        for (source, user), amount in exchanges(system).items():
            column = size + user + 1
            if isinstance(source, tuple):
                biosphere[flows.index(source) + FLOW_OFFSET, column] = float(amount)
            else:
                row = size + source if isinstance(source, int) else names.index(source)
                technosphere[row + 1, column] = -float(amount)
        demands.append(size + system.demand + 1)
        size += len(system.activities)
    return technosphere, biosphere, demands


def package(bwp, name, entries, certain=False, **more):
    """Datapackage of a matrix; every use and flow is lognormal, products are certain."""
    entries = {key: value for key, value in entries.items() if value}
    keys, values = np.array(list(entries)), np.array(list(entries.values()))
    indices = np.zeros(len(keys), dtype=bwp.INDICES_DTYPE)
    indices["row"], indices["col"] = keys[:, 0], keys[:, 1]
    found = bwp.create_datapackage()
    options = {}
    if not certain:
        spread = np.zeros(len(keys), dtype=bwp.UNCERTAINTY_DTYPE)
        free = keys[:, 0] != keys[:, 1]
        spread["uncertainty_type"] = np.where(free, 2, 0)
        spread["loc"] = np.where(free, np.log(np.abs(values)), np.abs(values))
        spread["scale"] = np.where(free, np.log(GSD), np.nan)
        for name_ in ("shape", "minimum", "maximum"):
            spread[name_] = np.nan
        options = {"distributions_array": spread, "flip_array": values < 0}
        values = np.abs(values)
        if name == "biosphere_matrix":
            del options["flip_array"]
    found.add_persistent_vector(
        matrix=name, indices_array=indices, data_array=values, name=name, **options, **more
    )
    return found


def test_paired_draws_against_brightway(store, hold):
    if line() != "2.5":
        pytest.skip("the Monte Carlo of several products is that of the 2.5 line")
    import bw_processing as bwp

    bw2calc = import_bw2calc()
    inventory, store, factors = setting()
    models = [
        resolve(load_scenario(ROOT / "scenarios" / f"{name}.yaml"), inventory)
        for name in ("recycled-wool-70", "virgin-wool")
    ]
    technosphere, biosphere, demands = matrices(models, store)
    system = [
        package(bwp, "technosphere_matrix", technosphere),
        package(bwp, "biosphere_matrix", biosphere),
    ]
    methods = []
    for place in range(len(FOUR)):
        used = np.nonzero(factors[:, place])[0]
        entries = {(int(i) + FLOW_OFFSET, 0): factors[i, place] for i in used}
        methods.append(
            package(
                bwp, "characterization_matrix", entries, certain=True, global_index=0,
                nrows=len(used), identifier=["four", str(place)],
            )
        )  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = bw2calc.MultiLCA(
            demands={"a": {demands[0]: 1.0}, "b": {demands[1]: 1.0}},
            method_config={"impact_categories": [("four", str(k)) for k in range(len(FOUR))]},
            data_objs=[*system, *methods], use_distributions=True, seed_override=1,
        )  # fmt: skip
        theirs.lci()
        theirs.lcia()
        products = Products(models, inventory, store, FOUR)
        simulate(products, DRAWS, 0)

        def measure():
            seconds, ours = [], []
            for _ in range(3):
                start = time.perf_counter()
                for _ in range(100):
                    next(theirs)
                    scores = theirs.scores
                seconds.append((time.perf_counter() - start) / 100)
                ours.append(best(lambda: simulate(products, DRAWS, 0)) / DRAWS)
            assert len(scores) == 2 * len(FOUR)
            told = f"ours {1 / min(ours):.0f}/s, theirs {1 / min(seconds):.0f}/s"
            return min(seconds) / min(ours), told

        hold("Brightway's Monte Carlo (MultiLCA), two products, paired", measure, at_least=1000)
