"""What the page is made of: parts, versions, licences; for the notices and for the list of components."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from importlib.metadata import distribution
from pathlib import Path
from typing import Any, Mapping

import yaml

from lca_cardato import __version__
from lca_cardato.files.atomic import sha256
from lca_cardato.web.parts import DIGESTS, INTERPRETER, Parts
from lca_cardato.web.room import HERE
from lca_cardato.web.tree import PACKAGES

LICENCES = HERE / "licences"
NONE = "none"
READ = {
    "jinja2": "BSD-3-Clause", "segno": "BSD-3-Clause", "pint": "BSD-3-Clause",
    "flexcache": "BSD-3-Clause", "flexparser": "BSD-3-Clause", "pyyaml": "MIT",
}  # fmt: skip
"""Licences that packages state in other words; read in their texts."""
SBOM = re.compile(r"[^/]+\.dist-info/sboms/.*cyclonedx\.json")
HTMX = re.compile(rb'version:"([0-9.]+)"')


@dataclass(frozen=True)
class Made:
    """A part of the page.

    Attributes
    ----------
    name : str
    version : str
        Empty where the part has none of its own.
    licence : str
        SPDX expression; "none" where there is no text to hand on.
    inside : str
        Name of the part that holds it; empty for one that stands alone.
    source : str
        Address of its source code, or empty.
    copyright : tuple of str
        Holders, as they are written.
    note, text : str
        What else is to be told; the licence in its own words.
    purl, sha256 : str
        Address in a registry; digest of the file that was taken.
    """

    name: str
    version: str
    licence: str
    inside: str = ""
    source: str = ""
    copyright: tuple[str, ...] = ()
    note: str = ""
    text: str = ""
    purl: str = ""
    sha256: str = ""
    asked: str = field(default="", repr=False)


def made_of(parts: Parts) -> list[Made]:
    """List the parts of the page.

    Parameters
    ----------
    parts : Parts
        The interpreter and the compiled package.
    """
    static = HERE.parent / "serve" / "static"
    htmx = (static / "htmx.min.js").read_bytes()
    found = HTMX.search(htmx)
    assert found is not None
    return [
        Made("lca-cardato", __version__, "MIT", copyright=("The lca-cardato authors",)),
        *_interpreter(),
        *_compiled(parts),
        *map(_package, PACKAGES),
        Made(
            "htmx", found.group(1).decode(), "0BSD", source="https://htmx.org",
            text=(static / "htmx.LICENSE").read_text(encoding="utf-8"), sha256=sha256(htmx),
            purl=f"pkg:npm/htmx.org@{found.group(1).decode()}",
        ),
    ]  # fmt: skip


def _interpreter() -> list[Made]:
    """Parts of Pyodide's package."""
    listed = yaml.safe_load((LICENCES / "parts.yaml").read_text(encoding="utf-8"))
    found = []
    for number, item in enumerate(listed):
        whole = number == 0
        found.append(Made(
            item["name"], item.get("version", ""), item["licence"], "" if whole else listed[0]["name"],
            item.get("source", ""), tuple(item["copyright"]), item.get("note", ""),
            purl=f"pkg:npm/pyodide@{item['version']}" if whole else "",
            sha256=DIGESTS[INTERPRETER] if whole else "", asked=item.get("asked", ""),
        ))  # fmt: skip
    return found


def _compiled(parts: Parts) -> list[Made]:
    """pydantic_core, and the Rust crates that its own list of components names."""
    version = parts.versions["pydantic-core"]
    name = f"pydantic_core {version}"
    text = next(data for place, data in parts.core.items() if place.endswith("/licenses/LICENSE"))
    wheel = next(one for one in DIGESTS if one.startswith(f"pydantic_core-{version}-"))
    core = Made(
        "pydantic_core", version, "MIT", source="https://github.com/pydantic/pydantic",
        text=text.decode(), purl=f"pkg:pypi/pydantic-core@{version}", sha256=DIGESTS[wheel],
    )  # fmt: skip
    lists = [data for place, data in parts.core.items() if SBOM.fullmatch(place)]
    crates = [one for data in lists for one in json.loads(data)["components"]]
    found = [_crate(one, core.name) for one in crates if one.get("scope") != "excluded"]
    library = Made(
        "Rust standard library", "", "MIT", core.name, "https://github.com/rust-lang/rust",
        ("The Rust Project contributors",),
    )  # fmt: skip
    assert found, f"{name} lists no crates"
    return [core, *found, library]


def _crate(item: Mapping[str, Any], inside: str) -> Made:
    [licence] = [one["expression"] for one in item["licenses"]]
    addresses = {one["type"]: one["url"] for one in item.get("externalReferences", ())}
    [digest] = [one["content"] for one in item["hashes"]]
    return Made(
        item["name"], item["version"], licence, inside, addresses.get("vcs", ""),
        tuple(filter(None, (item.get("author", ""),))), purl=item["purl"], sha256=digest,
    )  # fmt: skip


def _package(name: str) -> Made:
    package = distribution(name)
    head: Any = package.metadata
    texts = [
        Path(str(file.locate())).read_text(encoding="utf-8", errors="replace")
        for file in package.files or ()
        if ".dist-info/" in file.as_posix() and file.name.lower().startswith("licen")
    ]
    return Made(
        name, package.version, head.get("License-Expression") or READ[name],
        text="\n".join(texts), purl=f"pkg:pypi/{name}@{package.version}",
    )  # fmt: skip
