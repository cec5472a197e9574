"""What is installed beside the program: names, versions and needs of packages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.parser import HeaderParser
from importlib.metadata import distributions


@dataclass(frozen=True)
class Installed:
    """A package as its metadata tell it."""

    name: str
    version: str
    requires: tuple[str, ...]


def canonical(name: str) -> str:
    """Write the name of a package as indexes do (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def installed() -> dict[str, Installed]:
    """Installed packages by canonical name; of two with one name, the one that is imported.

    Only the heads of their metadata are read, not the descriptions behind them.
    """
    found: dict[str, Installed] = {}
    for item in distributions():
        text = item.read_text("METADATA") or item.read_text("PKG-INFO") or ""
        head = HeaderParser().parsestr(re.split(r"\r?\n\r?\n", text, maxsplit=1)[0])
        name = str(head["Name"] or "")
        if name and head["Version"]:
            needs = tuple(map(str, head.get_all("Requires-Dist") or ()))
            found.setdefault(canonical(name), Installed(name, str(head["Version"]), needs))
    return found
