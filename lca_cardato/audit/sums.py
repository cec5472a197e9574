"""Arithmetic inside a stored result: what must be the sum, the product or the worst of what."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import Any, Iterator

from lca_cardato.audit.read import exact
from lca_cardato.errors import shorten
from lca_cardato.results.contributions import explain_rows
from lca_cardato.sentence import say

ROUNDING = 1e-10
NEAR = 1e-9
MJ_PER_KWH = 3.6
STATED = ("electricity", "heat", "chemical", "packaging")
"""Roles of exchanges whose amount per kg is the figure itself, not what follows from it."""
ORDER = ("not_applicable", "meets", "not_proven", "not_met")
KINDS = {
    "carded_share": "carded", "recycled_share": "recycled", "declared_share": "recycled",
    "bands": "recycled",
}  # fmt: skip
POINTS = {
    "PRODUCT": "product", "INPUT": "blend_input", "C-60-A": "blend_input", "C-60-B": "product",
}  # fmt: skip


def near(value: float, wanted: float, scale: float = 0.0) -> bool:
    """Whether two numbers are one, but for the digits that a result is rounded to."""
    return abs(value - wanted) <= NEAR * max(abs(value), abs(wanted), scale, 1e-30)


def indicator_problems(result: dict[str, Any], arithmetic: dict[str, Any]) -> Iterator[str]:
    """Contributions and stages that do not sum to an indicator, shares that do not sum to 1."""
    mass = result["mass_balance"]["product_conditioned"]
    for name, item in result["indicators"].items():
        value = item["value"]
        parts = [row["value"] for row in explain_rows(arithmetic, name)]
        if abs(sum(parts) - value) > NEAR * (sum(map(abs, parts)) or 1.0):
            yield say("{name}: amounts times unit scores do not sum to the value", name=name)
        scale = sum(abs(part) for part in item["by_stage"].values()) or 1.0
        if abs(sum(item["by_stage"].values()) - value) > ROUNDING * scale:
            yield say("{name}: the stages do not sum to the value", name=name)
        if value and abs(sum(item["by_data_class"].values()) - 1) > NEAR:
            yield say("{name}: the shares of the data classes do not sum to 1", name=name)
        if "per_kg" in item and not near(item["per_kg"] * mass, value):
            yield say("{name}: the value per kg times the mass is not the value", name=name)
    yield from _beside(result, arithmetic)


def _beside(result: dict[str, Any], arithmetic: dict[str, Any]) -> Iterator[str]:
    """Figures that repeat an indicator, or are a part of it."""
    values = {name: item["value"] for name, item in result["indicators"].items()}
    against = [("reference", result.get("reference") or {})]
    for index, item in enumerate(against[0][1].get("alternatives") or []):
        against.append((f"reference.alternatives[{index}]", item))
    for place, other in against:
        for name, row in (other.get("indicators") or {}).items():
            if row["difference"] is not None and name in values:
                if not near(row["value"] * (1 + row["difference"]), values[name], row["value"]):
                    yield say(
                        "{place}: {name}: the difference does not follow from both values",
                        place=place,
                        name=name,
                    )
    bought = (result.get("electricity") or {}).get("climate_change") or {}
    if "market_based" in bought and not near(bought["market_based"], values["climate_change"]):
        yield say("electricity: climate_change: market_based: not the value of climate change")
    taken: dict[tuple[str, str], float] = defaultdict(float)
    for row in arithmetic["rows"]:
        taken[_activity(row), row["input"]] += row["amount"]
        if row["role"] == "fibre":  # a bought lot is one row, whatever fibres are in it
            yarn = _activity(row).rpartition("/")[0].rpartition("/")[0]
            taken[yarn, row["input"]] += row["amount"]
    for name, rows in (result.get("contributors") or {}).items():
        for row in rows:
            key = (row["activity"], row["input"])
            score = arithmetic["unit_scores"][row["input"]][name]
            told = f"contributors: {name}: {shorten(' <- '.join(key))}"
            if not near(row["amount"], taken[key]):
                yield say("{place}: not the amount of its rows", place=told)
            if not near(row["value"], row["amount"] * score):
                yield say("{place}: the amount times the unit score is not the value", place=told)
            if not near(row["share"] * values[name], row["value"], abs(values[name])):
                yield say("{place}: the share is not that of the value", place=told)


def amount_problems(
    result: dict[str, Any], arithmetic: dict[str, Any], resolved: dict[str, Any]
) -> Iterator[str]:
    """Amounts that do not follow from the figures and from the mass balance."""
    for row in arithmetic["rows"]:
        if abs(row["made_kg"] * row["per_kg"] - row["amount"]) > NEAR * abs(row["amount"]):
            yield say("{place}: the amount is not kg made times amount per kg", place=row["key"])
    steps = {row["key"]: row for row in result["mass_balance"]["steps"]}
    for row in arithmetic["rows"]:
        step = steps.get(_activity(row))
        if step is not None and not near(row["made_kg"], step["out"]):
            yield say(
                "{place}: kg made is not what leaves the step in the mass balance", place=row["key"]
            )
    yield from _figures(arithmetic, steps, {row["key"]: row for row in resolved["values"]})
    energy = result.get("final_energy")
    if energy is not None:
        used = sum(row["amount"] for row in _of(arithmetic, "electricity")) * MJ_PER_KWH
        if not near(energy.get("electricity", 0.0), used):
            yield say("final_energy: electricity: not the sum of what the steps take")
        burned = sum(row["amount"] for row in _of(arithmetic, "heat"))
        if not near(sum(energy.values()) - energy.get("electricity", 0.0), burned, used):
            yield say("final_energy: not the sum of the heat that the steps take")


def _figures(
    arithmetic: dict[str, Any], steps: dict[str, Any], values: dict[str, Any]
) -> Iterator[str]:
    """Amounts per kg that are not the figure: per kg that leaves the step, or that enters it."""
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    for row in arithmetic["rows"]:
        if row["parameter"] in values and _activity(row) in steps:
            if row["role"] in STATED:
                found[_activity(row), row["parameter"]].append(row["per_kg"])
            elif row["role"] == "water":  # what comes in, and the part of it that goes out
                parts = found[_activity(row), row["parameter"]]
                parts[:] = [max([row["per_kg"] * 1000, *parts])]
    for (activity, key), parts in found.items():
        step, figure = steps[activity], values[key]["value"]
        entering = step["in"] / step["out"] if step["out"] else 1.0
        if not any(near(sum(parts), figure * times) for times in (1.0, entering)):
            yield say(
                "{activity}: the amount per kg is not the figure {key}",
                activity=activity,
                key=shorten(key),
            )


def mass_problems(result: dict[str, Any], resolved: dict[str, Any]) -> Iterator[str]:
    """Masses that do not close, in a step or as a whole, or that do not follow from the losses."""
    balance = result["mass_balance"]
    losses: dict[str, list[float]] = defaultdict(list)
    for row in resolved["values"]:
        step, word, _ = str(row["key"]).partition(".loss")
        if word:
            losses[step].append(row["value"])
    for row in balance["steps"]:
        gap = row["in"] - row["out"] - row["waste"] - row["rework"]
        if abs(gap) > NEAR:
            yield say(
                "{place}: {gap:g} kg are missing in the mass balance", place=row["key"], gap=gap
            )
        lost = losses.get(row["key"], [0.0])
        least, most = (1 - max(lost)) * row["in"], (1 - min(lost)) * row["in"]
        slack = NEAR * row["in"]
        if not least - slack <= row["out"] <= most + slack:
            yield say(
                "{place}: what leaves the step is not what enters it less the loss",
                place=row["key"],
            )
    if balance["steps"] and not near(balance["steps"][-1]["out"], balance["product_conditioned"]):
        yield say("mass_balance: what leaves the last step is not the product")
    if not near(balance["product_conditioned"], result["declared_unit"]["mass_kg"]):
        yield say("mass_balance: product_conditioned: not the mass of the declared unit")
    for whole, name, rows in (
        ("waste", "waste", balance["steps"]), ("rework", "rework", balance["steps"]),
        ("fresh_fibre", "fresh", balance["fibres"]),
    ):  # fmt: skip
        if not near(balance[whole], sum(row[name] for row in rows), 1.0):
            yield say("mass_balance: {whole}: not the sum of its parts", whole=whole)
    if sum((exact(row["exact_share"]) for row in balance["fibres"]), Fraction(0)) != 1:
        yield say("mass_balance: the shares of the fibres do not sum to 1")
    for row in balance["fibres"]:
        if not near(row["share"], float(exact(row["exact_share"])), 1.0):
            yield say("mass_balance: {place}: share: not the exact one", place=row["fibre"])


def value_problems(resolved: dict[str, Any]) -> Iterator[str]:
    """Values that are not the exact number beside them."""
    for row in resolved["values"]:
        if not near(row["value"], float(exact(row["exact"]))):
            yield say(
                "resolved.json: {place}: value: not the exact number beside it",
                place=shorten(str(row["key"])),
            )


def claim_problems(ledger: dict[str, Any], result: dict[str, Any]) -> Iterator[str]:
    """Shares that do not follow from masses, verdicts not from shares, claims not from criteria."""
    verdicts: dict[str, list[str]] = {}
    for row in ledger["rows"]:
        verdicts.setdefault(row["claim"], []).append(row["verdict"])
        for text in _criterion(row, ledger):
            place = f"{row['claim']}/{row['criterion']}"
            yield say("{place}: {why}", place=place, why=text)
    for claim in result["claims"]:
        found = max(verdicts.get(claim["id"], ["not_proven"]), key=ORDER.index)
        if found != claim["verdict"]:
            yield say("{claim}: the verdict is not the worst of its criteria", claim=claim["id"])
        for item in claim["criteria"]:
            for name, value in item["observed"].items():
                if not near(value["percent"], float(exact(value["fraction"])) * 100, 1.0):
                    yield say(
                        "{place}: the percentage is not the fraction",
                        place=f"{claim['id']}/{item['id']}: {name}",
                    )


def _criterion(row: dict[str, Any], ledger: dict[str, Any]) -> Iterator[str]:
    observed = {name: exact(value) for name, value in row["observed"].items()}
    kind = KINDS.get(row["kind"])
    for name, value in observed.items():
        reading, _, basis = name.partition("/")
        point = next((p for ending, p in POINTS.items() if reading.endswith(ending)), None)
        if kind and point and value != _share(ledger["fibres"], kind, f"{point}/{basis}"):
            yield say("{name} does not follow from the masses of the fibres", name=name)
    if row["threshold"] is None or not observed:
        return
    passed = [value >= exact(row["threshold"]) for value in observed.values()]
    if row["verdict"] == "meets" and not all(passed):
        yield say("meets, although a reading lies below the threshold")
    if row["verdict"] == "not_met" and all(passed):
        yield say("not met, although every reading reaches the threshold")


def _share(fibres: list[dict[str, Any]], kind: str, key: str) -> Fraction:
    whole = sum((exact(fibre["mass"][key]) for fibre in fibres), Fraction(0))
    part = sum((exact(f["mass"][key]) for f in fibres if f[kind]), Fraction(0))
    return part / whole


def _activity(row: dict[str, Any]) -> str:
    return str(row["key"]).partition(" <- ")[0]


def _of(arithmetic: dict[str, Any], role: str) -> Iterator[dict[str, Any]]:
    return (row for row in arithmetic["rows"] if row["role"] == role)
