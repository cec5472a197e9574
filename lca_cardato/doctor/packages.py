"""The program's own files and the packages that it stands on."""

from __future__ import annotations

import base64
import csv
import hashlib
import json
import platform
import subprocess
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Iterator, Optional

from lca_cardato import __version__
from lca_cardato.brightway import child
from lca_cardato.brightway.line import line, versions

PROGRAM = "lca-cardato"
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


@dataclass(frozen=True)
class Installation:
    """How the program is installed.

    Attributes
    ----------
    kind : str
        ``package`` (from a wheel), ``checkout`` (``pip install -e``), or ``folder`` (run from a
        folder that pip knows nothing of).
    folder : Path
        Where the package lies.
    checked : int
        Files that were compared with their digests.
    changed, missing : list of str
        Files that are not what was installed.
    """

    kind: str
    folder: Path
    checked: int
    changed: list[str]
    missing: list[str]


def installation() -> Installation:
    """Compare the installed files with the digests that came with them (PEP 376, ``RECORD``)."""
    folder = Path(__file__).resolve().parents[1]
    found = _own()
    if found is None:
        return Installation("folder", folder, 0, [], [])
    if _editable(found):
        return Installation("checkout", folder, 0, [], [])
    base = folder.parent
    checked, changed, missing = 0, [], []
    for name, digest in _record(found):
        try:
            data = (base / name).read_bytes()
        except OSError:
            missing.append(name)
            continue
        checked += 1
        made = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
        if made != digest:
            changed.append(name)
    return Installation("package", folder, checked, changed, missing)


def _own() -> Optional[metadata.Distribution]:
    """The distribution that this package belongs to, not another one on the path."""
    folder = Path(__file__).resolve().parents[1]
    for found in metadata.distributions(name=PROGRAM):
        inside = Path(str(found.locate_file("lca_cardato"))).resolve() == folder
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


@dataclass(frozen=True)
class Misfit:
    """A package that is missing or of a version that does not fit.

    Attributes
    ----------
    name : str
    wanted : str
        Accepted versions.
    found : str
        Installed version; empty when it is missing.
    by : str
        Package that needs it.
    """

    name: str
    wanted: str
    found: str
    by: str


def misfits() -> tuple[int, list[Misfit]]:
    """Follow what the program needs, and what that needs, through the installed packages.

    Returns
    -------
    tuple
        Number of packages that were looked at, and those that do not fit.
    """
    from packaging.requirements import InvalidRequirement, Requirement
    from packaging.utils import canonicalize_name

    found: list[Misfit] = []
    seen: set[str] = set()
    waiting: list[tuple[str, frozenset[str]]] = [(PROGRAM, frozenset())]
    done: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        item = waiting.pop()
        if item in done:
            continue
        done.add(item)
        name, extras = item
        try:
            needed = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue
        for text in needed:
            try:
                one = Requirement(text)
            except InvalidRequirement:  # old packages; pip reads them its own way
                continue
            if one.marker and not any(one.marker.evaluate({"extra": e}) for e in ("", *extras)):
                continue
            wanted = str(one.specifier)
            try:
                version = metadata.version(one.name)
            except metadata.PackageNotFoundError:
                found.append(Misfit(one.name, wanted, "", name))
                continue
            seen.add(canonicalize_name(one.name))
            if not one.specifier.contains(version, prereleases=True):
                found.append(Misfit(one.name, wanted, version, name))
            waiting.append((one.name, frozenset(one.extras)))
    return len(seen), sorted(set(found), key=lambda misfit: (misfit.name, misfit.by))


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
    waiting, broken = list(COMPILED), []
    while waiting:
        done = subprocess.run(
            child.command("lca_cardato.doctor.modules", *waiting), env=child.environment(),
            capture_output=True, text=True, encoding="utf-8", errors="replace",
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        last = done.stdout.strip().rpartition("> ")[2].splitlines()[0]
        if last == "all":
            break
        said = done.stderr.strip().splitlines()[-1:] or [f"ended with {done.returncode}"]
        broken.append((last, said[0]))
        waiting = waiting[waiting.index(last) + 1 :]
    return broken
