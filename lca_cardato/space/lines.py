"""Lines of a blend by the names that people have for them."""

from __future__ import annotations

import re
from typing import Any

from lca_cardato.inventory.records import Inventory
from lca_cardato.words.language import LANGUAGES, Language

APART = re.compile(r"\([^()]*\)|\b\d+(?:\.\d+)?\b")
"""What stands apart in a name: brackets, and the 6 of *poliammide 6*."""


def line_names(line: Any, inventory: Inventory) -> list[str]:
    """Names of a line of a blend: fibre and origin, in both languages.

    Examples
    --------
    >>> line_names({"fibre": "wool", "origin": "virgin"}, load_inventory())[:4]
    ['wool', 'wool virgin', 'lana', 'lana vergine']
    """
    if not isinstance(line, dict):
        return []
    fibre, origin = str(line.get("fibre") or "same-blend"), str(line.get("origin") or "undeclared")
    record = inventory.fibres.get(fibre)
    names = [fibre]
    for lang in LANGUAGES:
        name = str(getattr(record.name, lang)) if record else fibre
        names += [name, f"{name} {Language(lang)(origin)}"]
        if origin.startswith("recycled") and lang == "it":
            names += [f"{name} {word}" for word in ("riciclata", "riciclato", "rigenerata")]
        if origin.startswith("recycled") and lang == "en":
            names.append(f"recycled {name}")
        if origin == "virgin" and lang == "it":
            names += [f"{name} {word}" for word in ("vergine", "nuova")]
    short = [" ".join(APART.sub("", name).split()) for name in names]  # PA 6: poliammide
    return list(dict.fromkeys([*names, *(name for name in short if name)]))
