"""Changes that keep the outer form, so that what lies behind the parsers is reached too."""

from __future__ import annotations

import io
import random
import zipfile
from typing import Any, Callable

import yaml

Mutate = Callable[[bytes, int], bytes]

SCALARS = [
    "", "0", "-1", "1", "65 %", "100 %", "100.1 %", "0 %", "-5 %", "nan", ".inf", "true", "NO", "1,5 kg",
    "1e400 kg", "9**9**9", "1.5 kWh/kg", "0 kWh/kg", "-1 kWh/kg", "1e15 kWh/kg", "1e-15 kWh/kg",
    "2 MJ/kg", "3 L/kg", "12 Nm", "Nm 8", "Nm 2/28", "Nm 0", "100 tex", "measured", "assumed",
    "published", "wool", "polyamide", "cashmere", "virgin", "recycled_post_consumer",
    "recycled_pre_consumer", "in_process_rework", "same-blend", "grid", "yarn", "fabric", "Prato",
    "../x", "x" * 300, "\u202e", "=1/3", "= 1 / 0", "2025", "2025-02-30", "12:30", "~", "null",
]  # fmt: skip
KEYS = [
    "value", "for", "class", "share", "fibre", "origin", "loss", "reclaimed", "electricity", "heat",
    "steps", "document", "period", "amount", "unit", "min", "max", "distribution", "source", "input",
    "place", "colour", "route", "count", "operator", "municipality", "allocation", "transport",
]  # fmt: skip


def _spots(tree: Any) -> list[tuple[Any, Any]]:
    found, todo = [], [tree]
    while todo:
        node = todo.pop()
        items = node.items() if isinstance(node, dict) else enumerate(node)
        for key, value in list(items):
            found.append((node, key))
            if isinstance(value, (dict, list)) and value:
                todo.append(value)
    return found


def of_yaml(data: bytes, size: int, seed: int, mutate: Mutate) -> bytes:
    """Change values, keys and branches of a YAML file; sometimes its bytes."""
    rng = random.Random(seed)
    if rng.random() < 0.2:
        return mutate(data, size)
    try:
        tree = yaml.load(data.decode(), Loader=yaml.CBaseLoader)
        spots = _spots(tree) if isinstance(tree, (dict, list)) else []
    except (yaml.YAMLError, UnicodeDecodeError, AttributeError, TypeError, RecursionError):
        return mutate(data, size)
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        if not spots:
            break
        node, key = rng.choice(spots)
        action = rng.randrange(7)
        other = rng.choice(spots)
        try:
            if action == 0:
                del node[key]
            elif action <= 2:
                node[key] = rng.choice(SCALARS)
            elif action == 3 and isinstance(node[key], str):
                node[key] = mutate(node[key].encode(), 80).decode("utf-8", "replace")
            elif action == 4:
                node[key] = other[0][other[1]]
            elif action == 5 and isinstance(node, dict):
                node[rng.choice(KEYS)] = rng.choice([other[0][other[1]], rng.choice(SCALARS)])
            elif action == 6 and isinstance(node, list):
                node.append(node[key])
        except (KeyError, IndexError):
            continue
    try:
        text = yaml.dump(tree, Dumper=_Plain, allow_unicode=True, sort_keys=False)
    except (RecursionError, ValueError, yaml.YAMLError):
        return mutate(data, size)
    return text.encode("utf-8", "replace")[:size]


class _Plain(yaml.CSafeDumper):
    """Without anchors: what stands twice is written twice."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def of_zip(data: bytes, size: int, seed: int, mutate: Mutate) -> bytes:
    """Change one part of a workbook, keeping the container sound; sometimes the container."""
    rng = random.Random(seed)
    if rng.random() < 0.1:
        return mutate(data, size)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {item: archive.read(item) for item in archive.namelist()}
    except Exception:
        return mutate(data, size)
    if not parts:
        return mutate(data, size)
    name = rng.choice(list(parts))
    action = rng.randrange(8)
    if action == 0:
        del parts[name]
    elif action == 1:
        parts[name] = parts[rng.choice(list(parts))]
    elif action == 2:
        content = parts[name]
        start = rng.randrange(len(content) + 1)
        parts[name] = content[:start] + content[start + rng.randrange(40) :]
    else:
        parts[name] = mutate(parts[name], max(64, min(8_000, len(parts[name]) + 40)))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for item, content in parts.items():
            archive.writestr(item, content)
    return stream.getvalue()[:size]


MUTATORS = {"scenario": of_yaml, "assessment": of_yaml, "inventory": of_yaml, "xlsx": of_zip}
