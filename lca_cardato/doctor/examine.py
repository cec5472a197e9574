"""Examine an installation: every part in turn, a problem of one does not hide the others."""

from __future__ import annotations

import os
import platform
import sys
import webbrowser
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Iterable, Iterator, Union

from lca_cardato import __version__
from lca_cardato.doctor import packages, places
from lca_cardato.errors import CardatoError, Problem, shorten
from lca_cardato.files.extra import EXTRAS, absent, command
from lca_cardato.sentence import say
from lca_cardato.words.language import Digits, Language
from lca_cardato.words.told import problem_text, tell

if TYPE_CHECKING:
    from lca_cardato.inventory.records import Inventory

SCHEMA = "lca-cardato/doctor/1"
SOUND, NOTE, WRONG = "sound", "note", "wrong"
TESTED = ((3, 10), (3, 13))
PROOF = "recycled-wool-70"
"""Shipped scenario that is calculated."""
SIGNS = "≥ è m² –"
PARTS = (
    "program", "python", "packages", "line", "compiled", "extras", "data", "home", "calculation",
    "projects", "screen", "browser",
)  # fmt: skip


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
    details : list of str or Problem
        What is wrong, a line each.
    cure : str
        Sentence of the catalogue that says what to do; may be empty.
    """

    part: str
    state: str
    key: str
    values: dict[str, str] = field(default_factory=dict)
    details: list[Union[Problem, str]] = field(default_factory=list)
    cure: str = ""

    def to_dict(self, words: Language) -> dict[str, Any]:
        """Give it as plain data with its sentences."""
        return {
            "part": self.part,
            "state": self.state,
            "text": words(self.key, **self.values),
            "values": self.values,
            "details": [_line(item, words.lang) for item in self.details],
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


def examine() -> Examination:
    """Examine the installation; nothing is installed, mended or fetched.

    Returns
    -------
    Examination
    """
    examiner, found = _Examiner(), []
    for name in PARTS:
        try:
            found += getattr(examiner, name)()
        except CardatoError as error:
            found.append(_found(name, WRONG, "doc_failed", error.problems[:20], part=name))
        except Exception as error:  # a broken installation breaks anywhere
            told = shorten(f"{type(error).__name__}: {error}", 300)
            found.append(_found(name, WRONG, "doc_failed", [told], "cure_again", part=name))
    return Examination(found)


def _found(
    of: str, state: str, key: str, details: Iterable[Any] = (), cure: str = "", **values: Any
) -> Finding:
    told = {name: v if isinstance(v, str) else str(v) for name, v in values.items()}
    return Finding(of, state, key, told, list(details), cure)


def _line(item: Union[Problem, str], lang: str) -> str:
    return problem_text(item, lang) if isinstance(item, Problem) else tell(str(item), lang)


class _Examiner:
    """A method for each part; what several look at is read once."""

    @cached_property
    def inventory(self) -> Inventory:
        from lca_cardato.inventory.load import load_inventory

        return load_inventory()

    @cached_property
    def store(self) -> tuple[Path, bool]:
        """Folder of the store that this version builds; whether it is there and sound."""
        from lca_cardato.brightway.store import is_sound, store_name
        from lca_cardato.files.home import data_home

        folder = data_home() / store_name(self.inventory.digest)
        return folder, is_sound(folder)

    def program(self) -> Iterator[Finding]:
        kind, count, bad = packages.installation()
        own: dict[str, Any] = {
            "version": __version__,
            "folder": packages.FOLDER,
            "count": len(bad) or count,
        }
        if bad:
            yield _found("program", WRONG, "doc_changed", bad[:20], "cure_again", **own)
        else:
            yield _found("program", SOUND, f"doc_{kind}", **own)

    def python(self) -> Iterator[Finding]:
        oldest, newest = (".".join(map(str, version)) for version in TESTED)
        values: dict[str, Any] = {
            "version": platform.python_version(), "file": sys.executable,
            "system": platform.platform(), "oldest": oldest, "newest": newest,
        }  # fmt: skip
        yield _found("python", SOUND, "doc_python", **values)
        if not TESTED[0] <= sys.version_info[:2] <= TESTED[1]:
            yield _found("python", NOTE, "doc_untried", **values)

    def packages(self) -> Iterator[Finding]:
        count, bad = packages.misfits()
        if bad:
            yield _found("packages", WRONG, "doc_misfits", bad, "cure_packages", count=len(bad))
        else:
            yield _found("packages", SOUND, "doc_packages", count=count)

    def line(self) -> Iterator[Finding]:
        from lca_cardato.brightway.line import line, versions

        shown = ", ".join(f"{name} {number}" for name, number in versions().items())
        told: dict[str, Any] = {"line": line(), "versions": shown}
        bad = packages.mixed_line()
        if bad:
            yield _found("brightway", WRONG, "doc_mixed", bad, "cure_line", **told)
        else:
            yield _found("brightway", SOUND, "doc_line", **told)

    def compiled(self) -> Iterator[Finding]:
        bad = [say("{name}: {why}", name=name, why=why) for name, why in packages.unloadable()]
        names = ", ".join(name.split(".")[0] for name in packages.COMPILED)
        if bad:
            yield _found("compiled", WRONG, "doc_unloadable", bad, "cure_compiled")
        else:
            yield _found("compiled", SOUND, "doc_compiled", names=names)

    def extras(self) -> Iterator[Finding]:
        for extra in EXTRAS:
            if absent(extra):
                told = {"extra": extra, "command": command(extra)}
                yield _found("extras", SOUND, f"doc_no_extra_{extra}", cure="cure_extra", **told)
            else:
                yield _found("extras", SOUND, f"doc_extra_{extra}", extra=extra)

    def data(self) -> Iterator[Finding]:
        from lca_cardato.inventory.flows import flow_problems
        from lca_cardato.inventory.load import inventory_root
        from lca_cardato.model.resolve import resolve
        from lca_cardato.scenario.load import load_scenario
        from lca_cardato.scenario.shipped import is_space, shipped_scenarios

        problems = flow_problems(self.inventory)
        if problems:
            yield _found("inventories", WRONG, "doc_failed", problems[:20], part="inventories")
            return
        yield _found(
            "inventories", SOUND, "doc_inventories", datasets=len(self.inventory.datasets),
            steps=len(self.inventory.steps), folder=inventory_root(),
            digest=self.inventory.digest[:12],
        )  # fmt: skip
        scenarios = [path for name, path in shipped_scenarios().items() if not is_space(name)]
        for path in scenarios:
            resolve(load_scenario(path), self.inventory)
        yield _found("scenarios", SOUND, "doc_scenarios", count=len(scenarios))

    def home(self) -> Iterator[Finding]:
        store, built = self.store
        home = store.parent
        writable, free = places.look(home)
        by = "LCA_CARDATO_HOME" if os.environ.get("LCA_CARDATO_HOME") else platform.system()
        values: dict[str, Any] = {"folder": home, "by": by, "free": free}
        if not writable:
            state = NOTE if built else WRONG
            yield _found("home", state, "doc_home_closed", cure="cure_home", **values)
        elif free < places.NEEDED_MB and not built:
            yield _found("home", WRONG, "doc_home_full", cure="cure_home", **values)
        else:
            yield _found("home", SOUND, "doc_home", **values)
        if built:
            yield _found("store", SOUND, "doc_store", name=store.name)
        elif store.exists():
            yield _found("store", NOTE, "doc_store_damaged", name=store.name)
        else:
            yield _found("store", NOTE, "doc_no_store")
        count, size = places.other_stores(home, store.name)
        if count:
            yield _found("store", NOTE, "doc_other_stores", count=count, size=size, folder=home)

    def calculation(self) -> Iterator[Finding]:
        """Calculate a scenario by Brightway and by the own solver, where nothing is built."""
        from lca_cardato.scenario.shipped import shipped_scenario

        if not self.store[1]:
            yield _found("calculation", NOTE, "doc_not_calculated")
            return
        from lca_cardato.studies.assess import assess

        result = assess(shipped_scenario(PROOF))
        score = Digits(f"{result.score('climate_change'):.9g}")
        deviation = Digits(f"{result.deviation:.1g}")
        yield _found(
            "calculation", SOUND, "doc_calculated", scenario=PROOF, score=score,
            deviation=deviation,
        )  # fmt: skip

    def projects(self) -> Iterator[Finding]:
        from lca_cardato.background.project import projects, user_folder

        folder = user_folder()
        if (Path(folder) / "projects.db").is_file():
            count = len(projects(folder))
            yield _found("projects", SOUND, "doc_projects", folder=folder, count=count)
        else:
            yield _found("projects", SOUND, "doc_no_projects", folder=folder)

    def screen(self) -> Iterator[Finding]:
        encoding = getattr(sys.stdout, "encoding", None) or "ascii"
        try:
            SIGNS.encode(encoding)
        except (UnicodeEncodeError, LookupError):
            yield _found("screen", NOTE, "doc_poor_screen", cure="cure_screen", encoding=encoding)
        else:
            yield _found("screen", SOUND, "doc_screen", encoding=encoding)

    def browser(self) -> Iterator[Finding]:
        try:
            webbrowser.get()
        except webbrowser.Error:
            yield _found("browser", NOTE, "doc_no_browser")
        else:
            yield _found("browser", SOUND, "doc_browser")
