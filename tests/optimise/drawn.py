"""Spaces that are drawn: blends of up to five fibres with prices, papers, losses and limits."""

import copy
import random
from fractions import Fraction

import yaml
from conftest import A_DIGEST, ROOT

BASE = ROOT / "scenarios" / "recycled-wool-70.yaml"
FIBRES = {
    "wool-r": {"fibre": "wool", "origin": "recycled_post_consumer", "place": "Prato",
               "colour": "shade_sorted", "lot": "A", "document": "tc-a"},
    "wool-p": {"fibre": "wool", "origin": "recycled_pre_consumer", "place": "Prato",
               "colour": "shade_sorted", "lot": "B", "document": "tc-b"},
    "polyester-r": {"fibre": "polyester", "origin": "recycled_post_consumer", "lot": "C",
                    "document": "tc-c"},
    "wool-n": {"fibre": "wool", "origin": "virgin", "place": "Australia", "colour": "undyed",
               "lot": "D", "document": "note-d"},
    "polyamide": {"fibre": "polyamide", "origin": "virgin", "colour": "to_dye", "lot": "E"},
    "viscose": {"fibre": "viscose", "origin": "virgin", "colour": "undyed", "lot": "F"},
    "acrylic": {"fibre": "acrylic", "origin": "undeclared", "colour": "undyed", "lot": "G"},
}  # fmt: skip
CLAIMS = ["cardato-recycled", "cardato", "cardato-riciclato-pratese", "grs-content", "iso-14021",
          "cam-tessili", "virgin-wool"]  # fmt: skip


def paper(kind, lot, mass=None):
    found = {"kind": kind, "sha256": A_DIGEST[:-1] + lot.lower(), "issuer": "Other", "date": "2025-03-01",
             "lot": lot}  # fmt: skip
    return {**found, "mass": f"{mass} kg"} if mass else found


def scenario(rng):
    """A scenario of three to five fibres."""
    data = yaml.safe_load(BASE.read_text(encoding="utf-8"))
    names = ["wool-r", *rng.sample(list(FIBRES)[1:], rng.randint(2, 4))]
    rng.shuffle(names)
    shares = [100 // len(names)] * (len(names) - 1)
    shares.append(100 - sum(shares))
    blend = []
    for name, share in zip(names, shares):
        line = copy.deepcopy(FIBRES[name])
        line["share"] = f"{share} %"
        line["price"] = f"{rng.randint(8, 60) / 10} EUR/kg"
        blend.append(line)
    data["blend"] = blend
    documents = data["documents"]
    for place, item in enumerate(documents.values()):  # papers that lie nowhere
        del item["file"]
        item.update(date=str(item["date"]), sha256=f"{place:02d}{A_DIGEST[2:]}")
    for lot in "ABC":
        documents[f"tc-{lot.lower()}"] = paper(
            "transaction_certificate", lot, rng.choice([2000, 5000, 7300, 9000, 20000])
        )
    documents["note-d"] = paper("delivery_note", "D", 20000)
    data["documents"] = documents
    if rng.random() < 0.7:  # the inventory's losses, which tell fibres apart
        del data["route"]["carding"]["loss"], data["route"]["carding"]["reclaimed"]
    return data


def space(rng, base="base.yaml"):
    """A scenario, and a space over it with a section `optimise`."""
    data = scenario(rng)
    step = rng.choice([5, 10, 10, 20])
    count = len(data["blend"])
    if count > 4:
        step = max(step, 10)
    lines = []
    for place in range(count):
        item = {"line": str(place)}
        if rng.random() < 0.3:
            item["max"] = f"{rng.randint(1, 100 // step) * step} %"
        if rng.random() < 0.15:
            item["min"] = f"{step} %"
        lines.append(item)
    found = {"schema": "lca-cardato/space/1", "id": "drawn", "base": base,
             "simplex": {"step": f"{step} %", "lines": lines}}  # fmt: skip
    if rng.random() < 0.3:
        found["grid"] = {"electricity.year": [2019, 2025]}
    if rng.random() < 0.3:
        found["variants"] = {"dear": {"blend.0.price": "9.9 EUR/kg"}, "as-it-is": {"note": "same"}}
    goal = rng.choice(["cost", "climate_change", "energy", {"cost": 1, "climate_change": 0.3}])
    section = {"minimise": goal, "limits": []}
    if rng.random() < 0.5:
        section["meets"] = rng.sample(CLAIMS[: rng.choice([1, 1, 2, 7])], 1)
    for _ in range(rng.randint(0, 2)):
        section["limits"].append(rng.choice([
            f"climate_change <= {rng.randint(22, 90) / 10}",
            f"cost <= {rng.randint(30, 90) / 10}",
            f"recycled_product_dry >= {rng.choice([20, 40, 65])}",
            f"recycled_input_conditioned <= {rng.choice([50, 65, 80])}",
        ]))  # fmt: skip
    if rng.random() < 0.4:
        section["components"] = {"most": rng.randint(1, 3), "least": rng.randint(1, 2)}
    if rng.random() < 0.2:
        section["apart"] = [["0", "1"]]
    if rng.random() < 0.2:
        section["together"] = [["1", "2"]]
    if rng.random() < 0.2:
        section["least"] = "20 %"
    found["optimise"] = section
    return data, found


def written(folder, seed):
    """Write a drawn space and its scenario; give the space file."""
    rng = random.Random(seed)
    data, found = space(rng)
    (folder / "base.yaml").write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    file = folder / "drawn.space.yaml"
    file.write_text(yaml.safe_dump(found, sort_keys=False), encoding="utf-8")
    return file


def brute(file, inventory, store, packs, names):
    """The best row of the space by calculating every one: (row, shares, value) or None."""
    from lca_cardato.batch.evaluate import SHARE_COLUMNS, Evaluator
    from lca_cardato.claims.outcome import ORDER
    from lca_cardato.space.load import load_space

    space_ = load_space(file)
    section = yaml.safe_load(file.read_text(encoding="utf-8"))["optimise"]
    evaluator = Evaluator(space_, inventory, store.background, packs, names)
    rows = evaluator.rows(0, space_.size)
    columns = {name: rows.scores[place] for place, name in enumerate(names)}
    columns["cost"] = rows.cost
    for place, name in enumerate(SHARE_COLUMNS):
        kind, point, basis = name.split("/")
        short = f"{kind}_{'product' if point == 'product' else 'input'}_{basis}"
        columns[short] = rows.shares[place]
    goal = section["minimise"]
    weights = {goal: 1} if isinstance(goal, str) else goal
    found = []
    axes = space_.axes
    shares = [axis for axis in axes if axis.path[-1] == "share"]
    entry = rows.entries[-1]
    for row in range(space_.size):
        value = sum(columns[name][row] * weight for name, weight in weights.items())
        if value != value:
            continue
        verdicts = {p.claim: rows.verdicts[i, row] for i, p in enumerate(packs)}
        if any(ORDER[verdicts[claim]] != "meets" for claim in section.get("meets", [])):
            continue
        if not all(_holds(text, columns, row) for text in section["limits"]):
            continue
        x = [axis.exact(int(entry[row])) / 100 for axis in shares]
        used = [bool(share) for share in x]
        parts = section.get("components", {})
        if not parts.get("least", 1) <= sum(used) <= parts.get("most", 99):
            continue
        if "apart" in section and used[0] and used[1]:
            continue
        if "together" in section and used[1] != used[2]:
            continue
        if "least" in section and any(0 < share < Fraction(1, 5) for share in x):
            continue
        found.append((value, row, x))
    if not found:
        return None
    least = min(value for value, _, _ in found)
    return next(item for item in sorted(found, key=lambda i: i[1]) if item[0] <= least * (1 + 1e-9))


def _holds(text, columns, row):
    name, sign, number = text.split()
    value, limit = columns[name][row], float(number)
    close = abs(value - limit) <= 1e-9 * abs(limit)
    return close or (value <= limit if sign == "<=" else value >= limit)
