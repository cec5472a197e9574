"""The way from a mapping to results without files, and what the property tests compare."""

from __future__ import annotations

import copy
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import numpy as np

from lca_cardato.api.dressed import Assessment
from lca_cardato.calculation.solve import calculate, climate_weights
from lca_cardato.claims.blend import Content
from lca_cardato.claims.evaluate import criterion_result
from lca_cardato.claims.packs_model import shipped_packs
from lca_cardato.claims.shares import fibre_parts
from lca_cardato.model.resolve import resolve
from lca_cardato.model.system import product_flows
from lca_cardato.scenario.load import LoadedScenario, load_scenario
from lca_cardato.studies.assess import assess_loaded

# Two yarns, so that every part of a fabric is there.
FABRIC = {
    "schema": "lca-cardato/scenario/1",
    "id": "two-yarns",
    "product": {
        "type": "fabric", "name": "x", "construction": "flat_knit", "surface_mass": "400 g/m2",
    },
    "yarns": [
        {
            "name": "a", "share": "90 %", "count": "Nm 8",
            "blend": [{"fibre": "wool", "share": "100 %", "origin": "virgin"}],
        },
        {
            "name": "b", "share": "10 %", "count": "Nm 8",
            "blend": [{"fibre": "polyester", "share": "100 %", "origin": "virgin"}],
        },
    ],
}  # fmt: skip


class Bench:
    """Inventory and store, opened once; printed as one word when an example fails.

    The inventory has no limits: whether a figure is plausible has tests of its own.
    """

    def __init__(self, inventory, store):
        self.inventory = replace(inventory, limits={})
        self.store = store
        self.background = store.background
        self.indicators = store.background.indicators
        self.climate = self.indicators.index("climate_change")

    def model(self, data):
        """Resolve a mapping, a path or a loaded scenario."""
        loaded = data if isinstance(data, LoadedScenario) else load_scenario(data)
        return resolve(loaded, self.inventory)

    def solved(self, data):
        """Solve the product system with the own solver."""
        return calculate(self.model(data), self.background)

    def assessed(self, data):
        """Assess with everything: Brightway, reference, claims."""
        loaded = data if isinstance(data, LoadedScenario) else load_scenario(data)
        return Assessment.of(assess_loaded(loaded, self.inventory, shipped_packs()))

    def broken_down(self, data):
        """What `lca_cardato.results.breakdown` reads of an assessment, without Brightway."""
        found = self.solved(data)
        return SimpleNamespace(
            main=found,
            scores=list(found.scores),
            background=self.background,
            inventory=self.inventory,
            contributions=lambda: self.contributions(found),
        )

    def scores(self, dataset):
        """Scores of 1 unit of a dataset."""
        return self.background.scores[self.background.rows[dataset]]

    def contributions(self, found):
        """Impact of each exchange, shape (exchanges, indicators)."""
        return found.solution.contributions(self.background)[0]

    def scale(self, found):
        """Sum of absolute contributions to each indicator, what round-off is held against."""
        return np.abs(self.contributions(found)).sum(axis=0)

    def stages(self, found):
        """Impact by life-cycle stage."""
        result = {}
        for exchange, values in zip(found.system.exchanges, self.contributions(found)):
            result[exchange.stage] = result.get(exchange.stage, 0.0) + values
        return result

    def verdicts(self, data):
        """Every criterion of every rule pack: verdict and exact readings."""
        found = self.solved(data)
        weights = climate_weights(found, self.background)
        fibres = Content(found.model, fibre_parts(found.model))
        result = {}
        for pack, _ in shipped_packs():
            for criterion in pack.criteria:
                given = criterion_result(criterion, fibres, self.inventory, weights)
                result[pack.id, criterion.id] = (given.verdict, given.observed)
        return result


def assert_close(found, expected, whole, tolerance=1e-12):
    """Compare indicators relative to the sum of absolute contributions."""
    gap = np.abs(np.asarray(found) - np.asarray(expected))
    assert np.all(gap <= tolerance * whole), float(np.max(gap / np.where(whole > 0, whole, 1)))


def assert_stages_close(found, expected, whole, tolerance=1e-12):
    """Compare stage by stage; a stage that is missing counts as nothing."""
    for stage in {*found, *expected}:
        assert_close(found.get(stage, 0.0), expected.get(stage, 0.0), whole, tolerance)


def exact_flows(model):
    """Mass flows of the yarns and of the fabric as fractions."""
    return product_flows(model, {key: item.amount for key, item in model.parameters.items()})


def supplied(found, key):
    """Product of an activity per declared unit, kg."""
    index = next(i for i, a in enumerate(found.system.activities) if a.key == key)
    return float(found.solution.supply[0][index])


def bought(found):
    """Fibre that comes from the suppliers per declared unit, kg."""
    keys = [a.key for a in found.system.activities if a.key.endswith("/supply")]
    return sum(supplied(found, key) for key in keys)


def amounts(model, unordered=False):
    """Every parameter but the place where it was typed and the name of its random stream."""
    return sorted(
        (
            "" if unordered else key,
            item.amount,
            item.unit,
            item.data_class,
            item.origin,
            item.period,
            item.document,
            repr(item.uncertainty),
        )
        for key, item in model.parameters.items()
    )


def blend_of(data, yarn=0):
    """Blend of a yarn of a scenario mapping."""
    return data["yarns"][yarn]["blend"] if "yarns" in data else data["blend"]


def entry_of(data, key):
    """Entry of the step with a key of the model (``yarn/0/tearing``), made where it is missing."""
    parts = key.split("/")
    several = {yarn["name"]: yarn for yarn in data.get("yarns", [])}
    if len(parts) == 3:
        blend = several[parts[0]]["blend"] if several else data["blend"]
        table = blend[int(parts[1])].setdefault("steps", {})
    else:
        table = several.get(parts[0], data).setdefault("route", {})
    return table.setdefault(parts[-1], {})


def changed(data, key, **figures):
    """A copy with other figures on one step."""
    result = copy.deepcopy(data)
    entry_of(result, key).update(figures)
    return result


def percent(share):
    """Write an exact fraction as a percentage."""
    value = Fraction(share) * 100
    written = Decimal(value.numerator) / Decimal(value.denominator)
    assert Fraction(written) == value
    return f"{format(written, 'f')} %"
