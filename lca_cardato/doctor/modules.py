"""Import modules one after the other, telling each name before; run in a process of its own."""

from __future__ import annotations

import importlib


def main(names: list[str]) -> None:
    """Import the modules; the process may die of it."""
    for name in names:
        print(">", name, flush=True)
        importlib.import_module(name)
    print("> all", flush=True)
