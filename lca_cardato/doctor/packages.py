"""The program's own files and the packages that it stands on."""

from __future__ import annotations

import base64
import csv
import hashlib
import json
import platform
import subprocess
from importlib import metadata
from pathlib import Path
from typing import Iterator, NamedTuple, Optional

from lca_cardato import __version__
from lca_cardato.brightway import child
from lca_cardato.brightway.line import line, versions
from lca_cardato.files.extra import ALL, EXTRAS, absent
from lca_cardato.files.installed import canonical, installed
from lca_cardato.sentence import say

PROGRAM = "lca-cardato"
FOLDER = Path(__file__).resolve().parents[1]
"""Where the package lies."""
SHOWN = ("numpy", "scipy", "pint", "typer")
COMPILED = ("numpy", "scipy.sparse.linalg", "pandas", "pyarrow", "yaml", "typst", "vl_convert")
"""Modules with compiled code; a package of another machine shows itself when they are loaded."""
LINES = {
    "2.4": {"bw2data": ">=3.6,<4", "bw2calc": ">=1.8,<2", "bw2io": ">=0.8,<0.9"},
    "2.5": {"bw2data": ">=4,<5", "bw2calc": ">=2,<4", "bw2io": ">=0.9,<0.10"},
}
"""Versions of Brightway that belong together."""


def version_text() -> str:
    """Version of the program, line of Brightway, and versions of what results rest on."""
    brightway = ", ".join(f"{name} {number}" for name, number in versions().items())
    others = ", ".join(f"{name} {metadata.version(name)}" for name in SHOWN)
    return (
        f"{PROGRAM} {__version__}\n"
        f"Brightway {line()} line: {brightway}\n"
        f"Python {platform.python_version()}, {others}"
    )


def installation() -> tuple[str, int, list[str]]:
    """Compare the installed files with the digests that came with them (PEP 376, ``RECORD``).

    Returns
    -------
    kind : str
        ``package`` (from a wheel), ``checkout`` (``pip install -e``), or ``folder`` (run from a
        folder that pip knows nothing of).
    count : int
        Files that were compared.
    bad : list of str
        Files that are missing or not what was installed.
    """
    found = _own()
    if found is None or _editable(found):
        return "folder" if found is None else "checkout", 0, []
    record = list(_record(found))
    return "package", len(record), [name for name, digest in record if _digest(name) != digest]


def _digest(name: str) -> str:
    """Digest of a file of the package as ``RECORD`` writes it; empty when it can't be read."""
    try:
        data = (FOLDER.parent / name).read_bytes()
    except OSError:
        return ""
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")


def _own() -> Optional[metadata.Distribution]:
    """The distribution that this package belongs to, not another one on the path."""
    for found in metadata.distributions(name=PROGRAM):
        inside = Path(str(found.locate_file("lca_cardato"))).resolve() == FOLDER
        if inside or _editable(found):
            return found
    return None


def _editable(found: metadata.Distribution) -> bool:
    try:
        origin = json.loads(found.read_text("direct_url.json") or "{}")
    except ValueError:
        return False
    return bool(origin.get("dir_info", {}).get("editable"))


def _record(found: metadata.Distribution) -> Iterator[tuple[str, str]]:
    """Files of the package itself and their digests; scripts beside it are made by installers."""
    for row in csv.reader((found.read_text("RECORD") or "").splitlines()):
        if len(row) >= 2 and row[0].startswith("lca_cardato/") and row[1].startswith("sha256="):
            yield row[0], row[1].removeprefix("sha256=")


class Misfit(NamedTuple):
    """A package that is missing (found: empty) or of a version that does not fit, and who needs it."""

    name: str
    wanted: str
    found: str
    by: str

    def __str__(self) -> str:
        return f"{self.name} {self.found or '-'} ({self.by}: {self.wanted or '*'})"


def misfits() -> tuple[int, list[Misfit]]:
    """Follow what the program needs, and what that needs, through the installed packages.

    Extras are followed that are there whole.

    Returns
    -------
    tuple
        Number of packages that were looked at, and those that do not fit.
    """
    from packaging.requirements import InvalidRequirement, Requirement

    known = installed()
    found: set[Misfit] = set()
    seen: set[str] = set()
    extras = frozenset(extra for extra in ALL if not absent(extra))
    waiting: list[tuple[str, frozenset[str]]] = [(PROGRAM, extras)]
    for name, extras in waiting:  # it grows
        one = known.get(canonical(name))
        for text in one.requires if one else ():
            try:
                need = Requirement(text)
            except InvalidRequirement:  # old packages; pip reads them its own way
                continue
            if need.marker and not any(need.marker.evaluate({"extra": e}) for e in ("", *extras)):
                continue
            taken = known.get(canonical(need.name))
            if taken:
                seen.add(canonical(need.name))
                behind = (need.name, frozenset(need.extras))
                waiting += [behind] if behind not in waiting else []
            version = taken.version if taken else ""
            if not version or not need.specifier.contains(version, prereleases=True):
                found.add(Misfit(need.name, str(need.specifier), version, name))
    return len(seen), sorted(found, key=lambda misfit: (misfit.name, misfit.by))


def mixed_line() -> list[Misfit]:
    """Packages of Brightway that do not belong to the line of bw2calc."""
    from packaging.specifiers import SpecifierSet

    return [
        Misfit(name, LINES[line()][name], number, f"bw2calc {versions()['bw2calc']}")
        for name, number in versions().items()
        if not SpecifierSet(LINES[line()][name]).contains(number, prereleases=True)
    ]


def unloadable() -> list[tuple[str, str]]:
    """Load the compiled modules in a process of their own, which may die of it.

    Returns
    -------
    list of (module, reason)
    """
    missing = {name for extra in EXTRAS for name in absent(extra)}
    waiting, broken = [name for name in COMPILED if name not in missing], []
    while waiting:
        done = subprocess.run(
            child.command("lca_cardato.doctor.modules", *waiting), env=child.environment(),
            capture_output=True, text=True, encoding="utf-8", errors="replace",
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        last = done.stdout.strip().rpartition("> ")[2].splitlines()[0]
        if last == "all":
            break
        said: list[str] = done.stderr.strip().splitlines()[-1:]
        said = said or [say("ended with {code}", code=done.returncode)]
        broken.append((last, said[0]))
        waiting = waiting[waiting.index(last) + 1 :]
    return broken
