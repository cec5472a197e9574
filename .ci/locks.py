"""Read pyproject.toml, the pins and the locks; walk what an installed package needs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, Optional

from packaging.markers import Marker, default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PINS = ROOT / "constraints.txt"
LOCK = ROOT / ".ci" / "requirements.txt"
LOCKS = (
    LOCK,
    ROOT / ".ci" / "requirements-build.txt",
    ROOT / ".ci" / "requirements-tools.txt",
)


@dataclass(frozen=True)
class Pin:
    """One line of a lock: a version, where it applies, and the digests of its files."""

    name: str
    version: str
    marker: Optional[Marker]
    hashes: tuple[str, ...]

    def applies(self, environment: dict[str, str]) -> bool:
        """Tell whether the pin counts on a platform and Python."""
        return self.marker is None or self.marker.evaluate(environment)


def read_pins(path: Path) -> list[Pin]:
    """Read a file of pins; anything that is not a pin with ``==`` is an error."""
    pins = []
    for line in path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
        text = line.partition("#")[0].strip()
        if not text or text == "--only-binary :all:":
            continue
        head, *hashes = re.split(r"\s+--hash=", text)
        item = Requirement(head)
        [only] = item.specifier
        if only.operator != "==" or item.url or item.extras:
            raise ValueError(f"{path.name}: not a pin: {head}")
        pins.append(
            Pin(
                canonicalize_name(item.name),
                only.version,
                item.marker,
                tuple(map(str.strip, hashes)),
            )
        )
    return pins


def environment(python: str = "", **changes: str) -> dict[str, str]:
    """Markers of this machine, or of another Python (``"3.12"``) and platform."""
    result = {key: str(value) for key, value in default_environment().items()}
    if python:
        result |= {"python_version": python, "python_full_version": f"{python}.0"}
    return result | changes


def pinned(pins: Iterable[Pin], where: dict[str, str]) -> dict[str, str]:
    """Name -> version of the pins that count somewhere; two for a name are an error."""
    found: dict[str, str] = {}
    for pin in pins:
        if pin.applies(where):
            if pin.name in found:
                raise ValueError(f"two pins of {pin.name}")
            found[pin.name] = pin.version
    return found


def pyproject() -> dict[str, Any]:
    """Read pyproject.toml."""
    try:
        import tomllib
    except ImportError:  # Python 3.10
        import tomli as tomllib  # type: ignore[no-redef]
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def project() -> dict[str, Any]:
    """The table ``project`` of pyproject.toml."""
    return pyproject()["project"]


def direct() -> dict[str, Requirement]:
    """Runtime dependencies that pyproject.toml declares, by canonical name."""
    items = [Requirement(text) for text in project()["dependencies"]]
    return {canonicalize_name(item.name): item for item in items}


def needs(name: str, where: dict[str, str]) -> list[Requirement]:
    """What an installed package declares to need here, without its extras."""
    found = [Requirement(text) for text in distribution(name).requires or []]
    return [r for r in found if r.marker is None or r.marker.evaluate(where | {"extra": ""})]


def reach(roots: Iterable[str], where: dict[str, str]) -> set[str]:
    """All packages that `roots` need, directly or not, themselves included."""
    found: set[str] = set()
    waiting = [canonicalize_name(name) for name in roots]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [canonicalize_name(item.name) for item in needs(name, where)]
    return found


def installed_version(name: str) -> Optional[str]:
    """Version of an installed package, or None."""
    try:
        return distribution(name).version
    except PackageNotFoundError:
        return None


def differences() -> list[str]:
    """Where the environment of this interpreter is not the one of the lock."""
    return [
        f"{name}: locked {version}, installed {installed_version(name) or 'not'}"
        for name, version in sorted(pinned(read_pins(LOCK), environment()).items())
        if installed_version(name) != version
    ]
