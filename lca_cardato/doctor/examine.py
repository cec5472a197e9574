"""Examine an installation: every part in turn, a problem of one does not hide the others."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass, field
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Iterator

from lca_cardato import __version__
from lca_cardato.doctor import packages, places
from lca_cardato.errors import CardatoError, shorten
from lca_cardato.words.language import Language

if TYPE_CHECKING:
    from lca_cardato.inventory.records import Inventory

SCHEMA = "lca-cardato/doctor/1"
SOUND, NOTE, WRONG = "sound", "note", "wrong"
TESTED = ((3, 10), (3, 13))
EXTRAS = {"notebook": "altair", "cluster": "distributed"}
PROOF = "recycled-wool-70"
"""Shipped scenario that is calculated."""
SIGNS = "≥ è m² –"


@dataclass(frozen=True)
class Finding:
    """What was found about one part.

    Attributes
    ----------
    part : str
        Such as ``python`` or ``packages``.
    state : str
        ``sound``, ``note`` (it works, but somebody should know) or ``wrong``.
    key : str
        Sentence of the catalogue.
    values : dict
        What the sentence is filled with.
    details : list of str
        Names of what is wrong, a line each.
    cure : str
        Sentence of the catalogue that says what to do; may be empty.
    """

    part: str
    state: str
    key: str
    values: dict[str, str] = field(default_factory=dict)
    details: list[str] = field(default_factory=list)
    cure: str = ""

    def to_dict(self, words: Language) -> dict[str, Any]:
        """Give it as plain data with its sentences."""
        return {
            "part": self.part,
            "state": self.state,
            "text": words(self.key, **self.values),
            "values": self.values,
            "details": self.details,
            "cure": words(self.cure, **self.values) if self.cure else "",
        }


@dataclass(frozen=True)
class Examination:
    """All findings."""

    findings: list[Finding]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return all(finding.state != WRONG for finding in self.findings)

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Give it as plain data."""
        words = Language(lang)
        return {
            "schema": SCHEMA,
            "version": __version__,
            "sound": self.sound,
            "findings": [finding.to_dict(words) for finding in self.findings],
        }


class _Installed:
    """What several parts look at, read once."""

    @cached_property
    def inventory(self) -> Inventory:
        """The shipped inventories."""
        from lca_cardato.inventory.load import load_inventory

        return load_inventory()

    @cached_property
    def store(self) -> Path:
        """Folder of the store that this version builds."""
        from lca_cardato.brightway.store import store_name
        from lca_cardato.files.home import data_home

        return data_home() / store_name(self.inventory.digest)

    @cached_property
    def built(self) -> bool:
        """Whether it is there and sound."""
        from lca_cardato.brightway.store import is_sound

        return is_sound(self.store)


def examine() -> Examination:
    """Examine the installation; nothing is installed, mended or fetched.

    Returns
    -------
    Examination
    """
    installed = _Installed()
    parts: dict[str, Callable[[], Iterator[Finding]]] = {
        "program": _program,
        "python": _python,
        "packages": _packages,
        "line": _line,
        "compiled": _compiled,
        "extras": _extras,
        "data": lambda: _data(installed),
        "home": lambda: _home(installed),
        "calculation": lambda: _calculation(installed),
        "projects": _projects,
        "screen": _screen,
        "browser": _browser,
    }
    found: list[Finding] = []
    for name, part in parts.items():
        try:
            found += part()
        except CardatoError as error:
            details = [str(problem) for problem in error.problems[:20]]
            found.append(Finding(name, WRONG, "doc_failed", {"part": name}, details))
        except Exception as error:  # a broken installation breaks anywhere
            told = shorten(f"{type(error).__name__}: {error}", 300)
            found.append(Finding(name, WRONG, "doc_failed", {"part": name}, [told], "cure_again"))
    return Examination(found)


def _program() -> Iterator[Finding]:
    own = packages.installation()
    values = {"version": __version__, "folder": str(own.folder), "count": str(own.checked)}
    bad = [*own.changed, *own.missing]
    if bad:
        values["count"] = str(len(bad))
        yield Finding("program", WRONG, "doc_changed", values, bad[:20], "cure_again")
    else:
        yield Finding("program", SOUND, f"doc_{own.kind}", values)


def _python() -> Iterator[Finding]:
    values = {
        "version": platform.python_version(), "file": sys.executable, "system": platform.platform(),
        "oldest": ".".join(map(str, TESTED[0])), "newest": ".".join(map(str, TESTED[1])),
    }  # fmt: skip
    tested = TESTED[0] <= sys.version_info[:2] <= TESTED[1]
    yield Finding("python", SOUND, "doc_python", values)
    if not tested:
        yield Finding("python", NOTE, "doc_untried", values)


def _packages() -> Iterator[Finding]:
    count, bad = packages.misfits()
    if not bad:
        yield Finding("packages", SOUND, "doc_packages", {"count": str(count)})
        return
    details = [f"{m.name} {m.found or '-'} ({m.by}: {m.wanted or '*'})" for m in bad]
    yield Finding(
        "packages", WRONG, "doc_misfits", {"count": str(len(bad))}, details, "cure_packages"
    )


def _line() -> Iterator[Finding]:
    from lca_cardato.brightway.line import line, versions

    shown = ", ".join(f"{name} {number}" for name, number in versions().items())
    values = {"line": line(), "versions": shown}
    bad = packages.mixed_line()
    if bad:
        details = [f"{m.name} {m.found} ({m.by}: {m.wanted})" for m in bad]
        yield Finding("brightway", WRONG, "doc_mixed", values, details, "cure_line")
    else:
        yield Finding("brightway", SOUND, "doc_line", values)


def _compiled() -> Iterator[Finding]:
    bad = packages.unloadable()
    if bad:
        details = [f"{name}: {shorten(reason, 300)}" for name, reason in bad]
        yield Finding("compiled", WRONG, "doc_unloadable", {}, details, "cure_compiled")
    else:
        names = ", ".join(name.split(".")[0] for name in packages.COMPILED)
        yield Finding("compiled", SOUND, "doc_compiled", {"names": names})


def _extras() -> Iterator[Finding]:
    for extra, module in EXTRAS.items():
        there = find_spec(module) is not None
        key = f"doc_extra_{extra}" if there else f"doc_no_extra_{extra}"
        yield Finding("extras", SOUND, key, {"extra": extra})


def _data(installed: _Installed) -> Iterator[Finding]:
    from lca_cardato.inventory.flows import flow_problems
    from lca_cardato.inventory.load import inventory_root
    from lca_cardato.model.resolve import resolve
    from lca_cardato.scenario.load import load_scenario
    from lca_cardato.scenario.shipped import is_space, shipped_scenarios

    inventory = installed.inventory
    problems = flow_problems(inventory)
    values = {
        "datasets": str(len(inventory.datasets)), "steps": str(len(inventory.steps)),
        "folder": str(inventory_root()), "digest": inventory.digest[:12],
    }  # fmt: skip
    if problems:
        details = [str(problem) for problem in problems[:20]]
        yield Finding("inventories", WRONG, "doc_failed", {"part": "inventories"}, details)
        return
    yield Finding("inventories", SOUND, "doc_inventories", values)
    scenarios = [path for name, path in shipped_scenarios().items() if not is_space(name)]
    for path in scenarios:
        resolve(load_scenario(path), inventory)
    yield Finding("scenarios", SOUND, "doc_scenarios", {"count": str(len(scenarios))})


def _home(installed: _Installed) -> Iterator[Finding]:
    from lca_cardato.files.home import data_home

    home = data_home()
    place = places.look(home)
    said_by = "LCA_CARDATO_HOME" if os.environ.get("LCA_CARDATO_HOME") else platform.system()
    values = {"folder": str(home), "by": said_by, "free": str(place.free_mb)}
    name, built = installed.store.name, installed.built
    if not place.writable:
        state = NOTE if built else WRONG
        yield Finding("home", state, "doc_home_closed", values, [], "cure_home")
    elif place.free_mb < places.NEEDED_MB and not built:
        yield Finding("home", WRONG, "doc_home_full", values, [], "cure_home")
    else:
        yield Finding("home", SOUND, "doc_home", values)
    if built:
        yield Finding("store", SOUND, "doc_store", {"name": name})
    elif installed.store.exists():
        yield Finding("store", NOTE, "doc_store_damaged", {"name": name})
    else:
        yield Finding("store", NOTE, "doc_no_store")
    count, size = places.other_stores(home, name)
    if count:
        told = {"count": str(count), "size": str(size), "folder": str(home)}
        yield Finding("store", NOTE, "doc_other_stores", told)


def _calculation(installed: _Installed) -> Iterator[Finding]:
    """Calculate a shipped scenario by Brightway and by the own solver, where nothing is built."""
    from lca_cardato.scenario.shipped import shipped_scenario

    if not installed.built:
        yield Finding("calculation", NOTE, "doc_not_calculated")
        return
    from lca_cardato.studies.assess import assess

    result = assess(shipped_scenario(PROOF))
    values = {
        "scenario": PROOF, "score": f"{result.score('climate_change'):.9g}",
        "deviation": f"{result.deviation:.1g}",
    }  # fmt: skip
    yield Finding("calculation", SOUND, "doc_calculated", values)


def _projects() -> Iterator[Finding]:
    from lca_cardato.background.project import projects, user_folder

    folder = user_folder()
    if not (Path(folder) / "projects.db").is_file():
        yield Finding("projects", SOUND, "doc_no_projects", {"folder": str(folder)})
        return
    found = projects(folder)
    values = {"folder": str(folder), "count": str(len(found))}
    yield Finding("projects", SOUND, "doc_projects", values)


def _screen() -> Iterator[Finding]:
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    try:
        SIGNS.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        yield Finding("screen", NOTE, "doc_poor_screen", {"encoding": encoding}, [], "cure_screen")
    else:
        yield Finding("screen", SOUND, "doc_screen", {"encoding": encoding})


def _browser() -> Iterator[Finding]:
    import webbrowser

    try:
        webbrowser.get()
    except webbrowser.Error:
        yield Finding("browser", NOTE, "doc_no_browser")
    else:
        yield Finding("browser", SOUND, "doc_browser")
