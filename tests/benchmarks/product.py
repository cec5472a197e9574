"""The product system that every side of a benchmark calculates, and its varying parameters."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from lca_cardato.brightway.store import open_store
from lca_cardato.inventory.load import load_inventory
from lca_cardato.model.resolve import resolve
from lca_cardato.model.system import build_system, parameter_values
from lca_cardato.space.load import load_space
from lca_cardato.studies.batch import prepare

ROOT = Path(__file__).resolve().parents[2]
FOUR = ["climate_change", "energy", "water_withdrawn", "water_consumed"]
PATHS = {
    "route.carding.electricity.value": ("100000 kWh", "200000 kWh"),
    "route.spinning-ring.electricity.value": ("100000 kWh", "200000 kWh"),
    "route.winding.electricity.value": ("30000 kWh", "60000 kWh"),
    "route.carding.loss.value": ("4 %", "9 %"),
    "route.spinning-ring.loss.value": ("1 %", "4 %"),
    "blend.polyamide.steps.dyeing-stock.heat.value": ("12 MJ/kg", "20 MJ/kg"),
}


def space(rows, simplex=False):
    """Space of about `rows` scenarios of the shipped yarn, by Latin hypercube over six figures."""
    over = {path: {"from": low, "to": high} for path, (low, high) in PATHS.items()}
    data = {"schema": "lca-cardato/space/1", "id": "benchmark", "base": "recycled-wool-70.yaml"}
    if simplex:
        lines = [{"line": "wool", "min": "5 %"}, {"line": "polyamide", "min": "5 %"},
                 {"line": "viscose", "min": "5 %"}]  # fmt: skip
        data["simplex"] = {"step": "5 %", "lines": lines}
        rows = -(-rows // 171)
    data["sample"] = {"method": "latin_hypercube", "points": str(rows), "seed": "0", "over": over}
    return load_space(data, ROOT / "scenarios")


def chunks(rows, simplex=False):
    """Evaluator of such a space, with four indicators."""
    return prepare(space(rows, simplex), FOUR)[0]


def setting():
    """Inventory, store and characterisation factors of the four indicators."""
    inventory = load_inventory()
    store = open_store(inventory)
    columns = [store.background.indicators.index(name) for name in FOUR]
    return inventory, store, store.characterisation[:, columns]


def foreground(loaded, row, inventory):
    """Exchanges of one row: (input, activity) -> amount, and the activity that is asked for."""
    model = resolve(loaded.scenario(row), inventory)
    system = build_system(model, parameter_values(model))
    return exchanges(system), system


def exchanges(system):
    """Amounts by (input, activity); an input is an activity number, a dataset or a flow."""
    found = {}
    for source, user, amount in system.links:
        found[source, user] = found.get((source, user), 0) + amount
    for item in system.exchanges:
        key = (item.target, item.activity)
        found[key] = found.get(key, 0) + item.amount
    return found


def relative(first, second):
    """Largest relative difference."""
    first, second = np.asarray(first), np.asarray(second)
    return float(np.max(np.abs(first - second) / np.abs(second)))
