"""Build a store: a Brightway project with the inventories, and the arrays exported from it.

Run as ``python -m lca_cardato.brightway.build FOLDER shipped=INVENTORIES [background=FOLDER]
[own=FOLDER]`` in a process of its own, because Brightway's current project is global to a process. Progress is printed on standard
output, one line ``step TAB total TAB text`` per step.
"""

from __future__ import annotations

import json
import os
import sys
import warnings
import zipfile
from pathlib import Path
from typing import Any, Iterable

import numpy as np

from lca_cardato.brightway.condense import RESULT, Numbers, condense, full_matrices
from lca_cardato.brightway.exchanges import (
    UNIT_NAMES,
    Flow,
    dataset_amounts,
    published_results,
)
from lca_cardato.brightway.line import scores as brightway_scores
from lca_cardato.inventory.load import load_inventory
from lca_cardato.inventory.records import BACKGROUND, OWN, SHIPPED, Inventory
from lca_cardato.lcia.flows import normal_compartment
from lca_cardato.lcia.indicators import (
    BY_ID,
    CONSUMED_NAME,
    INDICATOR_IDS,
    INDICATORS,
    WITHDRAWN_NAMES,
    Indicator,
)
from lca_cardato.lcia.methods import library

DATABASE = "lca-cardato"
RESULTS_DATABASE = "lca-cardato indicator results"
METHOD_PREFIX = "lca-cardato"
STEPS = 6


def progress(step: int, text: str) -> None:
    """Tell the parent process how far the build is."""
    print(f"{step}\t{STEPS}\t{text}", flush=True)


def build(folder: Path, inventories: dict[str, Path]) -> None:
    """Build a store inside an existing empty folder.

    Parameters
    ----------
    folder : Path
        Receives ``project/`` (a Brightway directory), ``arrays.npz`` and ``index.json``.
    inventories : dict
        Layer -> folder of inventory files, as `lca_cardato.inventory.load` names them.
    """
    os.environ["BRIGHTWAY2_DIR"] = str(folder / "project")
    (folder / "project").mkdir()
    progress(0, "inventories")
    inventory = load_inventory(
        inventories[SHIPPED], inventories.get(OWN), inventories.get(BACKGROUND)
    )
    progress(1, "Brightway project and elementary flows")
    warnings.simplefilter("ignore")
    import bw2data
    import bw2io

    bw2data.projects.set_current(f"lca-cardato-{inventory.digest[:16]}")
    with _quiet():
        bw2io.create_default_biosphere3()
    flows = {
        (node["name"], tuple(node["categories"])): (node.key, node["unit"])
        for node in bw2data.Database("biosphere3")
    }
    progress(2, "indicators")
    bundle = bundle_methods(bw2io)
    factors = _factors(INDICATORS, flows, bundle)
    further = _factors(library().values(), flows, bundle)
    with _quiet():
        _write_methods(bw2data, inventory, factors)
    progress(3, "datasets")
    with _quiet():
        bw2data.Database(DATABASE).write(_database(inventory, flows))
    progress(4, "scores of the background")
    with _quiet():
        _export(folder, inventory, factors, further, flows)
    progress(5, "done")


class _quiet:
    """Send Brightway's progress bars and hints to nowhere."""

    def __enter__(self) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        self.saved = [os.dup(1), os.dup(2)]
        self.null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(self.null, 1)
        os.dup2(self.null, 2)
        self.failed = False

    def __exit__(self, kind: Any, *_: Any) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        os.dup2(self.saved[0], 1)
        os.dup2(self.saved[1], 2)
        for handle in (*self.saved, self.null):
            os.close(handle)


def bundle_methods(bw2io: Any) -> dict[tuple[str, ...], list[dict[str, Any]]]:
    """Read the characterisation factors that bw2io carries, by method name.

    The bundle is read directly because ``create_default_lcia_methods`` of bw2io 0.9 hands lists
    to bw2data 4 where tuples are needed, and because only a few of its methods are wanted.
    """
    path = Path(bw2io.__file__).parent / "data" / "lcia" / "lcia_39_ecoinvent.zip"
    with zipfile.ZipFile(path) as archive:
        data = json.loads(archive.read("data.json"))
    return {tuple(item["name"]): item["exchanges"] for item in data}


def _factors(
    indicators: Iterable[Indicator],
    flows: dict[Flow, tuple[Any, str]],
    bundle: dict[tuple[str, ...], list[dict[str, Any]]],
) -> dict[str, dict[tuple[str, str], float]]:
    """Characterisation factors of each indicator, by Brightway key of the flow."""
    factors: dict[str, dict[tuple[str, str], float]] = {}
    known = {key for key, _ in flows.values()}
    for indicator in indicators:
        table: dict[tuple[str, str], float] = {}
        if indicator.method is not None:
            for exchange in bundle[indicator.method]:
                key = tuple(exchange["input"])
                if key in known:
                    table[key] = float(exchange["amount"])
        else:
            table = {key: 1.0 for flow, (key, _) in flows.items() if _is_volume(indicator.id, flow)}
        table[(RESULTS_DATABASE, indicator.id)] = 1.0
        factors[indicator.id] = table
    return factors


def _is_volume(indicator: str, flow: Flow) -> bool:
    name, categories = flow
    if indicator == "water_withdrawn":
        return name in WITHDRAWN_NAMES and categories[0] == "natural resource"
    return name == CONSUMED_NAME and categories[0] == "air"


def result_names(inventory: Inventory) -> list[str]:
    """Indicators and methods for which there can be published results, in a fixed order."""
    found = {name for d in inventory.datasets.values() for name, _ in published_results(d)}
    return [*INDICATOR_IDS, *sorted(found - set(INDICATOR_IDS))]


def _write_methods(
    bw2data: Any, inventory: Inventory, factors: dict[str, dict[tuple[str, str], float]]
) -> None:
    known = {**BY_ID, **library()}
    nodes = {
        (RESULTS_DATABASE, name): {
            "name": f"{name}, published result",
            "categories": RESULT,
            "unit": known[name].unit if name in known else "",
            "type": "emission",
            "exchanges": [],
        }
        for name in result_names(inventory)
    }
    bw2data.Database(RESULTS_DATABASE).write(nodes)
    for indicator in INDICATORS:
        method = bw2data.Method((METHOD_PREFIX, indicator.id))
        method.register(unit=indicator.unit, description=", ".join(indicator.method or ()))
        method.write(list(factors[indicator.id].items()))


def _database(
    inventory: Inventory, flows: dict[Flow, tuple[Any, str]]
) -> dict[tuple[str, str], dict[str, Any]]:
    units = {flow: unit for flow, (_, unit) in flows.items()}
    data = {}
    for key, dataset in inventory.datasets.items():
        exchanges: list[dict[str, Any]] = [
            {"input": (DATABASE, key), "amount": 1.0, "type": "production"}
        ]
        for kind, target, amount, data_class in dataset_amounts(dataset, inventory, units):
            if kind == "input":
                link, type_ = (DATABASE, target), "technosphere"
            elif kind == "flow":
                link, type_ = flows[target][0], "biosphere"
            else:
                link, type_ = (RESULTS_DATABASE, target), "biosphere"
            exchanges.append(
                {"input": link, "amount": amount, "type": type_, "data class": data_class}
            )
        data[(DATABASE, key)] = {
            "name": dataset.name.en,
            "reference product": dataset.product.name,
            "unit": UNIT_NAMES[dataset.product.unit],
            "location": dataset.geography,
            "comment": dataset.note,
            "type": "process",
            "exchanges": exchanges,
        }
    return data


def _export(
    folder: Path,
    inventory: Inventory,
    factors: dict[str, dict[tuple[str, str], float]],
    further: dict[str, dict[tuple[str, str], float]],
    flows: dict[Flow, tuple[Any, str]],
) -> None:
    """Write the matrices in double precision and the scores per unit, checked by Brightway.

    The matrices are made from the inventory, not read back from the project, because the 2.4
    line stores amounts in single precision.
    """
    units = {flow: unit for flow, (_, unit) in flows.items()}
    ids = sorted(inventory.datasets)
    position = {key: i for i, key in enumerate(ids)}
    amounts = {key: dataset_amounts(inventory.datasets[key], inventory, units) for key in ids}
    keys = {flows[flow][0] for flow in _wanted_flows(inventory, flows)}
    keys |= {flows[t][0] for rows in amounts.values() for k, t, *_ in rows if k == "flow"}
    flow_keys = sorted(keys) + [(RESULTS_DATABASE, name) for name in result_names(inventory)]
    flow_row = {key: i for i, key in enumerate(flow_keys)}
    technosphere = np.eye(len(ids))
    biosphere = np.zeros((len(flow_keys), len(ids)))
    for key, rows in amounts.items():
        for kind, target, amount, _ in rows:
            if kind == "input":
                technosphere[position[target], position[key]] -= amount
            elif kind == "flow":
                biosphere[flow_row[flows[target][0]], position[key]] += amount
            else:
                biosphere[flow_row[(RESULTS_DATABASE, target)], position[key]] += amount
    names = {key: flow for flow, (key, _) in flows.items()}
    named = [names.get(key, (key[1], RESULT)) for key in flow_keys]

    def columns(tables: dict[str, dict[tuple[str, str], float]]) -> Any:
        return np.array([[t.get(key, 0.0) for t in tables.values()] for key in flow_keys])

    characterisation = columns(factors)
    matrices = Numbers(ids, named, technosphere, biosphere, characterisation)
    climate = characterisation[:, INDICATOR_IDS.index("climate_change")]
    arrays = condense(inventory, matrices, amounts, INDICATORS, climate)
    check_with_brightway(matrices, arrays["scores"])
    index = {
        "datasets": ids,
        "indicators": list(INDICATOR_IDS),
        "library": list(further),
        "flows": [[name, list(categories)] for name, categories in named],
        "codes": [key[1] if key in names else "" for key in flow_keys],
        "units": [units.get(flow, "") for flow in named],
    }
    np.savez(
        folder / "arrays.npz",
        technosphere=technosphere,
        biosphere=biosphere,
        characterisation=characterisation,
        library=columns(further),
        **arrays,
    )
    text = json.dumps(index, ensure_ascii=False, sort_keys=True)
    (folder / "index.json").write_text(text, encoding="utf-8")


def check_with_brightway(matrices: Numbers, scores: Any) -> None:
    """Hold the condensed scores against Brightway: one unit of every dataset at once.

    Raises
    ------
    RuntimeError
        The two differ by more than 1e-9 relative, or Brightway's project differs by more than
        its single precision.
    """
    import bw2calc

    expected = scores.sum(axis=0)
    found = brightway_scores(
        full_matrices(matrices), {i + 1: 1.0 for i in range(len(matrices.ids))}
    )
    if not np.allclose(found, expected, rtol=1e-9, atol=0):
        raise RuntimeError(f"Brightway and the condensed background differ: {found} {expected}")
    demand = {(DATABASE, key): 1.0 for key in matrices.ids}
    lca = bw2calc.LCA(demand, (METHOD_PREFIX, INDICATOR_IDS[0]))
    lca.lci()
    lca.lcia()
    if not np.isclose(lca.score, expected[0], rtol=1e-5):
        raise RuntimeError(f"the Brightway project differs: {lca.score} {expected[0]}")


def _wanted_flows(inventory: Inventory, flows: dict[Flow, tuple[Any, str]]) -> list[Flow]:
    """Elementary flows that steps of the foreground emit."""
    wanted: set[Flow] = {("Water", ("air",))}
    for step in inventory.steps.values():
        for datum in step.emissions:
            wanted.add((str(datum.emission), normal_compartment(datum.compartment)))
    missing = [flow for flow in wanted if flow not in flows]
    if missing:
        raise KeyError(f"elementary flows not in biosphere3: {missing}")
    return sorted(wanted)


if __name__ == "__main__":
    named = (argument.split("=", 1) for argument in sys.argv[2:])
    build(Path(sys.argv[1]), {layer: Path(name) for layer, name in named})
