"""The list of components of the page, in CycloneDX 1.5 (ECMA-424)."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from lca_cardato import __version__
from lca_cardato.files.atomic import sha256
from lca_cardato.web.made_of import NONE, Made

NAME = "lca-cardato-web"


def components(made: Sequence[Made], files: Mapping[str, bytes]) -> bytes:
    """Write the list; the same page gives the same bytes.

    Parameters
    ----------
    made : sequence of Made
    files : mapping
        Place in the folder -> content, with their digests in the list.
    """
    whole = [one for one in made if not one.inside]
    listed: list[dict[str, Any]] = [_component(one, made) for one in whole]
    listed += [
        {"type": "file", "bom-ref": f"file:{name}", "name": name, "hashes": _hashes(sha256(data))}
        for name, data in sorted(files.items())
    ]
    told: dict[str, Any] = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application", "bom-ref": NAME, "name": NAME, "version": __version__,
                "licenses": [{"expression": "MIT"}],
            }
        },
        "components": listed,
        "dependencies": [{"ref": NAME, "dependsOn": [_ref(one) for one in whole]}],
    }  # fmt: skip
    return numbered(told, NAME)


def numbered(told: dict[str, Any], name: str) -> bytes:
    """Write a list of components with a number that follows from what is in it."""
    digest = sha256(json.dumps(told, sort_keys=True).encode())
    number = uuid.uuid5(uuid.NAMESPACE_URL, f"{name}#{digest}")
    return (json.dumps({**told, "serialNumber": f"urn:uuid:{number}"}, indent=1) + "\n").encode()


def _ref(one: Made) -> str:
    return one.purl or "/".join(filter(None, (one.inside, one.name)))


def _hashes(digest: str) -> list[dict[str, str]]:
    return [{"alg": "SHA-256", "content": digest}]


def _component(one: Made, made: Sequence[Made]) -> dict[str, Any]:
    told: dict[str, Any] = {"type": "library", "bom-ref": _ref(one), "name": one.name}
    if one.version:
        told["version"] = one.version
    if one.licence == NONE or (one.licence not in SPDX and " " not in one.licence):
        told["licenses"] = [{"license": {"name": one.note or one.licence}}]
    else:
        told["licenses"] = [{"expression": one.licence}]
    if one.copyright:
        told["copyright"] = ", ".join(one.copyright)
    if one.sha256:
        told["hashes"] = _hashes(one.sha256)
    if one.purl:
        told["purl"] = one.purl
    if one.source:
        told["externalReferences"] = [{"type": "vcs", "url": one.source}]
    inside = [other for other in made if other.inside == one.name]
    if inside:
        told["components"] = [_component(other, made) for other in inside]
    return told


SPDX = (
    "MIT", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "MPL-2.0", "PSF-2.0", "Zlib", "Unicode-3.0",
    "bzip2-1.0.6", "Apache-2.0",
)  # fmt: skip
"""Identifiers of SPDX among the licences of the parts; others are names of our own."""
