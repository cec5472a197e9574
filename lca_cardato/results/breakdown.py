"""Break results down: stages, data classes, contributors, coverage, mass balance, allocation."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, Any

import numpy as np

from lca_cardato.inventory.models import STAGES
from lca_cardato.model.massflow import dry_shares
from lca_cardato.results.coverage import climate_coverage_of, coverage_of
from lca_cardato.scenario.figure import CLASSES
from lca_cardato.text.number import largest

if TYPE_CHECKING:
    from lca_cardato.model.structure import ProductModel
    from lca_cardato.model.system import BackgroundExchange
    from lca_cardato.results.assessment import Assessment


def by_stage(result: Assessment) -> dict[str, Any]:
    """Impact of each life-cycle stage, ``stage -> array of shape (indicators,)``."""
    values = result.contributions()
    stages = [exchange.stage for exchange in result.main.system.exchanges]
    return {
        stage: values[[i for i, s in enumerate(stages) if s == stage]].sum(axis=0)
        for stage in STAGES
        if stage in stages
    }


def by_data_class(result: Assessment) -> dict[str, Any]:
    """Share of each indicator by class of the data behind it.

    Returns
    -------
    dict
        ``class -> array of shape (indicators,)``; the shares of an indicator sum to 1.

    Notes
    -----
    The part of a contribution that rests on assumptions in the background counts as *assumed*;
    the rest takes the class of the foreground figure. Shares are of absolute contributions, so
    that negative ones can't hide others.
    """
    values = np.abs(result.contributions())
    rows = result.main.solution.rows
    scores, assumed = result.background.scores[rows], result.background.assumed[rows]
    part = np.divide(assumed, scores, out=np.zeros_like(scores), where=scores != 0)
    part = np.clip(part, 0.0, 1.0)
    whole = values.sum(axis=0)
    whole = np.where(whole > 0, whole, 1.0)
    shares = {name: np.zeros(values.shape[1]) for name in CLASSES}
    for index, exchange in enumerate(result.main.system.exchanges):
        name = exchange_class(exchange, result.main.model)
        shares[name] += values[index] * (1 - part[index]) / whole
        shares["assumed"] += values[index] * part[index] / whole
    return shares


def coverage(result: Assessment) -> Any:
    """Share of each indicator that is booked; see `lca_cardato.results.coverage.coverage_of`."""
    return coverage_of(result.main, result.background)


def coverage_by_climate(result: Assessment) -> Any:
    """Share of climate change from what is inventoried for each indicator."""
    return climate_coverage_of(result.main, result.background)


def contributors(result: Assessment, indicator: str, count: int = 10) -> list[dict[str, Any]]:
    """Largest contributions to an indicator.

    Returns
    -------
    list of dict
        ``activity``, ``step``, ``input``, ``amount`` (per declared unit), ``unit``, ``value``,
        ``share`` of the total. A bought lot is one row, with its yarn as ``activity``.
    """
    column = result.background.indicators.index(indicator)
    values = result.contributions()[:, column]
    amounts = result.main.solution.amounts[0]
    groups: dict[tuple[str, str], dict[str, Any]] = {}
    for index, exchange in enumerate(result.main.system.exchanges):
        activity = result.main.system.activities[exchange.activity]
        target = exchange.target if isinstance(exchange.target, str) else exchange.target[0]
        key = activity.key
        if exchange.role == "fibre" and target in result.inventory.supplied:
            key = key.rpartition("/")[0].rpartition("/")[
                0
            ]  # a lot has one figure, not one per fibre
        group = groups.setdefault(
            (key, target),
            {
                "activity": key, "step": activity.step, "stage": exchange.stage,
                "role": exchange.role, "input": target, "amount": 0.0, "value": 0.0,
            },
        )  # fmt: skip
        group["amount"] += float(amounts[index])
        group["value"] += float(values[index])
    whole = result.score(indicator)
    ranked = sorted(
        groups.values(), key=lambda g: (largest(abs(g["value"])), g["activity"], g["input"])
    )
    for group in ranked:
        dataset = result.inventory.datasets.get(group["input"])
        group["unit"] = dataset.product.unit if dataset else "m3"
        group["share"] = group["value"] / whole if whole else 0.0
    noise = 1e-12 * fsum(abs(group["value"]) for group in ranked)
    return [group for group in ranked[:count] if abs(group["value"]) > noise]


def mass_balance(result: Assessment) -> dict[str, Any]:
    """Mass balance of every step and of the whole, kg per declared unit (conditioned fibre).

    ``into = out + waste + rework`` for each step, computed from the solved system.
    """
    system, model = result.main.system, result.main.model
    supply = result.main.solution.supply[0]
    steps = []
    for use in model.all_steps():
        at = next((i for i, a in enumerate(system.activities) if a.key == use.key), None)
        if at is None:
            continue
        made = float(supply[at])
        into = fsum(float(a) for r, c, a in system.links if c == at and float(a) > 0) * made
        rework = fsum(-float(a) for r, c, a in system.links if c == at and float(a) < 0) * made
        waste = (
            fsum(
                float(e.amount) * made
                for e in system.exchanges
                if e.activity == at and e.role == "waste"
            )
            if use.step.waste_to and not use.lot
            else into - made - rework
        )
        steps.append(
            {
                "step": use.id, "key": use.key, "in": into, "out": made, "waste": waste,
                "rework": rework, "gap": into - made - waste - rework,
            }
        )  # fmt: skip
    fibres = []
    parts = _parts(result)
    mass = system.mass
    dry = dry_shares([p["share"] for p in parts], [p["regain"] for p in parts])
    for part, dry_share in zip(parts, dry):
        fibres.append({**part, "share_dry": dry_share, "fresh": part["fresh"] * mass})
    oil = fsum(
        float(amount)
        for exchange, amount in zip(system.exchanges, result.main.solution.amounts[0])
        if exchange.target == "spinning-oil"
    )
    return {
        "product_conditioned": mass,
        "product_dry": mass * fsum(p["share"] / (1 + p["regain"]) for p in parts),
        "fresh_fibre": fsum(f["fresh"] for f in fibres),
        "rework": fsum(s["rework"] for s in steps),
        "waste": fsum(s["waste"] for s in steps),
        "spinning_oil": oil,
        "fibres": fibres,
        "steps": steps,
    }


def _parts(result: Assessment) -> list[dict[str, Any]]:
    from lca_cardato.claims.shares import fibre_parts

    return [
        {
            "fibre": p.line.entry.fibre,
            "origin": p.line.entry.origin,
            "yarn": p.line.key.split("/")[0],
            "share": float(p.product),
            "fresh": float(p.fresh),
            "regain": float(p.line.regain),
            "exact_share": str(p.product),
        }
        for p in fibre_parts(result.main.model)
    ]


def final_energy(result: Assessment) -> dict[str, float]:
    """Final energy of the route by carrier, MJ per declared unit (electricity 3.6 MJ/kWh)."""
    energy: dict[str, float] = {}
    for exchange, amount in zip(result.main.system.exchanges, result.main.solution.amounts[0]):
        if exchange.role == "electricity":
            energy["electricity"] = energy.get("electricity", 0.0) + 3.6 * float(amount)
        elif exchange.role == "heat":
            carrier = exchange.parameter.rpartition(".")[2]
            energy[carrier] = energy.get(carrier, 0.0) + float(amount)
    return energy


def exchange_class(exchange: BackgroundExchange, model: ProductModel) -> str:
    """Data class of the amount of an exchange; material flows count as published."""
    if not exchange.parameter:
        return "published"
    found = model.parameters[exchange.parameter].data_class
    return "published" if found == "calculated" else found
