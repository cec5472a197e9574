"""What a shell proposes for an argument or option: files of the right kind, names of the data.

A list of files is given only where there are any of the kind; where it is empty, the shell
proposes its own. Nothing is ever said or raised here: a shell would print it into the line that
is being typed.
"""

from __future__ import annotations

import functools
import os
from pathlib import Path
from typing import Callable, Iterable, Iterator

Proposals = list[tuple[str, str]]

HEAD_BYTES = 4096
MAX_ENTRIES = 500
"""Entries of a folder that are looked at; a shell waits for the answer."""


def _quiet(find: Callable[[str], Iterable[tuple[str, str]]]) -> Callable[[str], Proposals]:
    """Give what begins with the typed text, and nothing where the names can't be found."""

    @functools.wraps(find)
    def propose(incomplete: str) -> Proposals:
        try:
            return [(name, told) for name, told in find(incomplete) if name.startswith(incomplete)]
        except Exception:  # whatever it is, the command itself says it better
            return []

    return propose


def _entries(folder: Path) -> list[Path]:
    with os.scandir(folder) as found:
        names = [entry.name for entry, _ in zip(found, range(MAX_ENTRIES)) if entry.name[0] != "."]
    return [folder / name for name in sorted(names)]


def _typed(incomplete: str) -> tuple[str, str]:
    """Split what was typed into its folder, separator included, and the beginning of a name."""
    cut = 1 + max(incomplete.rfind(mark) for mark in {os.sep, os.altsep or os.sep})
    return incomplete[:cut], incomplete[cut:]


def _near(incomplete: str, wanted: Callable[[Path], bool]) -> Iterator[tuple[str, str]]:
    """Paths of a kind in the typed folder and in the folders below it, as they would be typed."""
    head, name = _typed(incomplete)
    folder = Path(head or ".").expanduser()
    for path in _entries(folder):
        if not path.name.startswith(name):
            continue
        if wanted(path):
            yield head + path.name, ""
        elif path.is_dir():
            for inner in _entries(path):
                if wanted(inner):
                    yield head + os.path.join(path.name, inner.name), ""


def _naming(kind: str) -> Callable[[str], Proposals]:
    """Propose the YAML files that name the schema of a kind, and workbooks of scenarios."""
    mark = f"lca-cardato/{kind}/".encode()

    def wanted(path: Path) -> bool:
        if kind == "scenario" and path.suffix.lower() == ".xlsx":
            from lca_cardato.scenario.entry.layout import is_scenario_workbook

            return path.is_file() and is_scenario_workbook(path)
        if path.suffix.lower() not in (".yaml", ".yml") or not path.is_file():
            return False
        with open(path, "rb") as file:
            return mark in file.read(HEAD_BYTES)

    @_quiet
    def found(incomplete: str) -> Iterable[tuple[str, str]]:
        return _near(incomplete, wanted)

    return found


scenarios = _naming("scenario")
"""Scenario files."""
spaces = _naming("space")
"""Space files."""
balances = _naming("year")
"""Balances of a year."""


@_quiet
def meter_files(incomplete: str) -> Iterable[tuple[str, str]]:
    """Tables: CSV and workbooks."""
    return _near(incomplete, lambda path: path.suffix.lower() in (".csv", ".xlsx", ".txt"))


@_quiet
def runs(incomplete: str) -> Iterable[tuple[str, str]]:
    """Run folders."""
    from lca_cardato.files.runs import is_run

    return _near(incomplete, is_run)


@_quiet
def shipped(incomplete: str) -> Iterable[tuple[str, str]]:
    """Shipped scenarios."""
    from lca_cardato.scenario.shipped import about, shipped_scenarios

    return [(name, about(path)) for name, path in shipped_scenarios().items()]


@_quiet
def indicators(incomplete: str) -> Iterable[tuple[str, str]]:
    """Indicators."""
    from lca_cardato.lcia.indicators import INDICATORS

    return [(one.id, one.unit) for one in INDICATORS]


@_quiet
def steps(incomplete: str) -> Iterable[tuple[str, str]]:
    """Steps of the shipped inventories."""
    from lca_cardato.inventory.load import load_inventory

    return [(key, step.name.en) for key, step in load_inventory().steps.items()]


@_quiet
def indicator_lists(incomplete: str) -> Iterable[tuple[str, str]]:
    """Indicators behind those that are typed already, and ``all``."""
    before, comma, _ = incomplete.rpartition(",")
    taken = before.split(",")
    rest = [(f"{before}{comma}{name}", unit) for name, unit in indicators("") if name not in taken]
    return rest if comma else [*rest, ("all", "")]


@_quiet
def methods(incomplete: str) -> Iterable[tuple[str, str]]:
    """Groups of methods; single ones, of which there are many, once their ``_`` is typed."""
    from lca_cardato.lcia.methods import groups, library

    if "_" in incomplete:
        return [(key, one.name) for key, one in library().items()]
    return [(name, title) for name, (title, _) in groups().items()]


@_quiet
def packs(incomplete: str) -> Iterable[tuple[str, str]]:
    """Claims."""
    from lca_cardato.claims.packs_model import shipped_packs

    return [(pack.claim, pack.name.en) for pack, _ in shipped_packs()]


@_quiet
def records(incomplete: str) -> Iterable[tuple[str, str]]:
    """Datasets, steps, limits and sources of the shipped inventories."""
    from lca_cardato.inventory.load import load_inventory

    inventory = load_inventory()
    found = [(key, one.name.en) for key, one in inventory.datasets.items()]
    found += [(key, one.name.en) for key, one in inventory.steps.items()]
    found += [(key, one.name.en) for key, one in inventory.limits.items()]
    return [*found, *((key, "") for key in inventory.sources)]


@_quiet
def codes(incomplete: str) -> Iterable[tuple[str, str]]:
    """Error codes."""
    from lca_cardato.words.error_codes import entries

    return [(code, entry.title["en"]) for code, entry in entries().items()]


@_quiet
def databases(incomplete: str) -> Iterable[tuple[str, str]]:
    """Databases of the user's Brightway projects."""
    from lca_cardato.background.project import projects

    return [
        (f"{project.name}/{database}", "")
        for project in projects().values()
        for database in project.databases()
    ]


@_quiet
def mappings(incomplete: str) -> Iterable[tuple[str, str]]:
    """Shipped mappings of backgrounds."""
    from lca_cardato.background.mapping import shipped_mappings

    return [(name, "") for name in shipped_mappings()]


@_quiet
def products(incomplete: str) -> Iterable[tuple[str, str]]:
    """Kinds of product."""
    return [("yarn", ""), ("fabric", ""), ("balance", "")]
