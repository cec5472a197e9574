"""Another formulation, solved by another solver: one program by Charnes and Cooper, by CBC.

Shares are chosen step by step (a binary for each step of each fibre), and what is told per kg of
product is made linear by the factor ``t`` from the mixture to 1 kg of product (Charnes and Cooper 1962,
Glover 1975). Pure fibres are resolved and calculated as scenarios of their own.
"""

import random

import pytest
import yaml
from optimise.drawn import scenario, space

pulp = pytest.importorskip("pulp", reason="the second solver is not installed")
pytestmark = pytest.mark.long


def pure(data, inventory, store):
    """Fresh mass, cost, climate change and recycled dry mass of every fibre alone, per kg of product."""
    from lca_cardato.calculation.solve import calculate
    from lca_cardato.claims.shares import fibre_parts
    from lca_cardato.model.resolve import resolve
    from lca_cardato.scenario.load import load_scenario

    found = []
    place = store.background.indicators.index("climate_change")
    for line in data["blend"]:
        model = resolve(load_scenario({**data, "blend": [{**line, "share": "100 %"}]}), inventory)
        (part,) = fibre_parts(model)
        dry = part.mass("product", "dry")
        found.append({
            "fresh": float(part.fresh), "dry": float(dry),
            "cost": float(part.fresh * part.line.entry.price.amount),
            "climate_change": float(calculate(model, store.background).scores[place]),
            "recycled": float(dry) if part.line.recycled else 0.0,
        })  # fmt: skip
    return found


def second(data, simplex, section, fibres):
    """Least value of the goal, or None."""
    step = float(simplex["step"][:-2]) / 100
    problem = pulp.LpProblem("blend", pulp.LpMinimize)
    most = 1.2 * max(fibre["fresh"] for fibre in fibres)
    t = pulp.LpVariable("t", 0, most)
    entered, used = [], []
    for i, line in enumerate(simplex["lines"]):
        low = float(line.get("min", "0 %")[:-2]) / 100
        high = float(line.get("max", "100 %")[:-2]) / 100
        sizes = [low + step * k for k in range(round((high - low) / step) + 1)]
        picks = [pulp.LpVariable(f"u{i}_{k}", cat="Binary") for k in range(len(sizes))]
        parts = [pulp.LpVariable(f"v{i}_{k}", 0, most) for k in range(len(sizes))]
        problem += pulp.lpSum(picks) == 1
        problem += pulp.lpSum(parts) == t
        for pick, part in zip(picks, parts):
            problem += part <= most * pick
        entered.append(pulp.lpSum(size * part for size, part in zip(sizes, parts)))
        used.append(pulp.lpSum(pick for size, pick in zip(sizes, picks) if size > 1e-12))
    # kg that enter for 1 kg of product; a kg of fibre gives 1 / fresh of product
    weights = [mass * (1 / fibre["fresh"]) for mass, fibre in zip(entered, fibres)]
    problem += pulp.lpSum(entered) == t
    problem += pulp.lpSum(weights) == 1

    def form(name):
        return pulp.lpSum(fibre[name] * weight for fibre, weight in zip(fibres, weights))

    problem += form(section["minimise"])
    for text in section["limits"]:
        name, sign, number = text.split()
        if name == "recycled_product_dry":
            left = form("recycled") - float(number) / 100 * form("dry")
            problem += left >= 0 if sign == ">=" else left <= 0
        else:
            problem += form(name) <= float(number)
    parts = section.get("components", {})
    problem += pulp.lpSum(used) >= parts.get("least", 1)
    problem += pulp.lpSum(used) <= parts.get("most", 99)
    problem.solve(pulp.PULP_CBC_CMD(msg=False, gapRel=0, gapAbs=1e-9))
    return pulp.value(problem.objective) if problem.status == 1 else None


@pytest.mark.parametrize("start", range(0, 50, 10))
def test_cbc_finds_the_same_value(start, tmp_path, inventory, store):
    from lca_cardato.studies.no_blend import NoBlend
    from lca_cardato.studies.optimise import optimise

    values = []
    for seed in range(start, start + 10):
        rng = random.Random(f"second {seed}")
        data, found = space(rng)
        data = scenario(rng) if len(data["blend"]) > 4 else data
        section = found["optimise"]
        found["simplex"]["lines"] = [
            {**line, "line": str(i)}
            for i, line in enumerate((found["simplex"]["lines"] * 2)[: len(data["blend"])])
        ]
        section["minimise"] = rng.choice(["cost", "climate_change"])
        section["limits"] = [t for t in section["limits"] if not t.startswith("recycled_input")]
        for key in ("meets", "apart", "together", "least"):
            section.pop(key, None)
        found.pop("grid", None), found.pop("variants", None)
        (tmp_path / "base.yaml").write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
        expected = second(data, found["simplex"], section, pure(data, inventory, store))
        try:
            best = optimise(found, folder=tmp_path, checked=False).outcome.best
        except NoBlend:
            assert expected is None, seed
            continue
        assert float(best.value) == pytest.approx(expected, rel=1e-6), seed
        values.append(expected)
    assert len(values) > 3
