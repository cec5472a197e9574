"""Scenarios that are drawn: the shipped ones with other blends, counts, consumptions and origins."""

from __future__ import annotations

import json
import random
import re
from typing import Any

from lca_cardato.scenario.shipped import is_space, shipped_scenarios
from lca_cardato.text.yamltree import read_document

FIGURE = re.compile(r"(\d+(?:\.\d+)?)( .+)")
ORIGINS = ("virgin", "recycled_pre_consumer", "recycled_post_consumer", "undeclared")
FEWER = 0.15
"""How often an origin, or what documents a line, is another one."""


def drawn(count: int, seed: int = 0) -> list[tuple[str, str]]:
    """Draw scenarios.

    Parameters
    ----------
    count : int
    seed : int
        The same seed draws the same ones.

    Returns
    -------
    list of (str, str)
        Name and text; some are refused, and must be by whoever reads them.
    """
    chance = random.Random(seed)
    shipped = {name: path for name, path in shipped_scenarios().items() if not is_space(name)}
    trees = {name: json.dumps(read_document(path).data) for name, path in shipped.items()}
    found = []
    for number in range(count):
        name = chance.choice(sorted(trees))
        tree = json.loads(trees[name])
        _changed(tree, chance)
        found.append((f"{name}-{number}", json.dumps(tree, ensure_ascii=False, indent=1)))
    return found


def _changed(tree: dict[str, Any], chance: random.Random) -> None:
    product = tree["product"]
    if "count" in product and "/" not in product["count"]:
        product["count"] = f"Nm {chance.randint(8, 40) / 2:g}"
    for owner in (tree, *tree.get("yarns", [])):
        if owner.get("blend"):
            _blend(owner["blend"], chance)
        for step in (owner.get("route") or {}).values():
            _figures(step, chance)


def _blend(lines: list[dict[str, Any]], chance: random.Random) -> None:
    """Draw shares in halves of a percent, and now and then another origin."""
    cuts = sorted(chance.sample(range(1, 200), len(lines) - 1))
    for line, low, high in zip(lines, [0, *cuts], [*cuts, 200]):
        line["share"] = f"{(high - low) / 2:g} %"
        if line.get("origin") in ORIGINS and chance.random() < FEWER:
            line["origin"] = chance.choice(ORIGINS)
        if chance.random() < FEWER:
            line.pop("document", None)


def _figures(node: Any, chance: random.Random) -> None:
    """Scale what a step takes by 0.5 to 1.5, in three digits."""
    for key, value in node.items() if isinstance(node, dict) else ():
        if isinstance(value, dict):
            _figures(value, chance)
        elif key in ("value", "loss") or key not in ("for", "part", "output", "load"):
            found = FIGURE.fullmatch(value) if isinstance(value, str) else None
            if found:
                node[key] = f"{float(found[1]) * chance.uniform(0.5, 1.5):.3g}{found[2]}"
