"""The manifest of a run: what was computed, from what and with what; no time and no place."""

from __future__ import annotations

import datetime
import json
import os
import platform
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Iterator, Mapping, Optional

from lca_cardato import __version__
from lca_cardato.audit.compare import compare, told
from lca_cardato.audit.layout import FIRST_FORMAT, FORMAT, LAYERS, RESULTS, RULES, SCENARIO
from lca_cardato.audit.program import NAME, program
from lca_cardato.audit.shipped import pack_id
from lca_cardato.files.atomic import sha256
from lca_cardato.files.installed import installed
from lca_cardato.inventory.kept import files_digest
from lca_cardato.inventory.load import whole_digest
from lca_cardato.sentence import say

if TYPE_CHECKING:
    from lca_cardato.results.assessment import Assessment

STATED = ("brightway", "python", "platform", "packages", "doctor")
"""What a manifest says of the machine; nobody else can work it out."""


def make_manifest(
    result: Assessment,
    lang: str,
    inputs: Mapping[str, bytes],
    outputs: Mapping[str, bytes],
    condition: Optional[dict[str, Any]] = None,
) -> dict[str, Any]:
    """Make the manifest.

    Parameters
    ----------
    result : Assessment
    lang : str
    inputs, outputs : mapping
        Name inside the folder -> content.
    condition : dict, optional
        What `lca_cardato.doctor.condition` says of the installation.
    """
    from lca_cardato.brightway.line import line, versions  # heavy; examining needs none of it

    return {
        "schema": FORMAT,
        "id": id_of(inputs, lang),
        "scenario": result.main.model.scenario.id,
        "tool": program(),
        "options": {"lang": lang},
        "seed": None,
        "brightway": {"line": line(), **versions()},
        "python": {
            "implementation": platform.python_implementation(),
            "version": platform.python_version(),
        },
        "platform": {"system": platform.system(), "machine": platform.machine()},
        "packages": dict(sorted((one.name, one.version) for one in installed().values())),
        "doctor": condition,
        "digests": {
            **digests_of(inputs),
            "methods": result.method_digest,
            "rules": {pack.id: digest for pack, digest in result.packs},
        },
        "inputs": {name: sha256(inputs[name]) for name in sorted(inputs)},
        "outputs": {name: sha256(outputs[name]) for name in sorted(outputs)},
    }


def id_of(inputs: Mapping[str, bytes], lang: str) -> str:
    """Name of a run that this program makes of such inputs."""
    return run_id({name: sha256(data) for name, data in inputs.items()}, __version__, lang)


def run_id(inputs: Mapping[str, str], version: str, lang: str) -> str:
    """Name of a run: the same question has the same name, whenever and wherever it is asked.

    Parameters
    ----------
    inputs : mapping
        Name -> SHA-256.
    version, lang : str
    """
    question = {**inputs, "tool": version, "lang": lang}
    text = json.dumps(question, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode())[:16]


def digests_of(inputs: Mapping[str, bytes]) -> dict[str, Any]:
    """Digests of scenario, inventories and rule packs, out of the copies alone."""
    layers = []
    for place in LAYERS.values():
        kept = {
            name.removeprefix(f"{place}/"): data
            for name, data in sorted(inputs.items())
            if name.startswith(f"{place}/")
        }
        if kept:
            layers.append(files_digest(kept))
    packs = [
        data for name, data in sorted(inputs.items()) if str(PurePosixPath(name).parent) == RULES
    ]
    return {
        "scenario": sha256(inputs.get(SCENARIO, b"")),
        "inventories": whole_digest(layers),
        "rules": {pack_id(data): sha256(data) for data in packs},
    }


def run_record(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """When the run took place; the only record, with the crate, that two equal runs do not share."""
    return {"id": manifest["id"], "written": now()}


def now() -> str:
    """Time in UTC; ``SOURCE_DATE_EPOCH`` sets it, as reproducible builds do."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    zone = datetime.timezone.utc
    try:
        return datetime.datetime.fromtimestamp(int(epoch), zone).isoformat()
    except (ValueError, OverflowError, OSError):  # not given, or no date that there can be
        pass
    return datetime.datetime.now(zone).replace(microsecond=0).isoformat()


def manifest_problems(
    manifest: Mapping[str, Any],
    inputs: Mapping[str, bytes],
    outputs: Mapping[str, str],
    result: Mapping[str, Any],
) -> Iterator[str]:
    """What a manifest says otherwise than the files beside it.

    Parameters
    ----------
    manifest : mapping
    inputs : mapping
        Copies of the inputs: name -> content.
    outputs : mapping
        Name -> SHA-256.
    result : mapping
        Result document.
    """
    digests = {name: sha256(data) for name, data in sorted(inputs.items())}
    tool, packages = manifest["tool"], manifest["packages"]
    kept = ("sha256",) if manifest["schema"] == FIRST_FORMAT else ("sha256", "data_sha256")
    other = {key: tool[key] for key in kept}
    follows = {
        "schema": manifest["schema"],
        "id": run_id(digests, str(tool["version"]), str(result["language"])),
        "scenario": result["scenario"]["id"],
        "tool": {"name": NAME, "version": result["tool"]["version"], **other},
        "options": {"lang": result["language"]},
        "seed": None,
        "brightway": _brightway(packages),
        "python": {key: str(manifest["python"][key]) for key in ("implementation", "version")},
        "platform": {key: str(manifest["platform"][key]) for key in ("system", "machine")},
        "packages": {str(key): str(value) for key, value in packages.items()},
        "digests": {**digests_of(inputs), "methods": str(manifest["digests"]["methods"])},
        "inputs": digests,
        "outputs": dict(sorted(outputs.items())),
    }
    if manifest["schema"] != FIRST_FORMAT:
        follows["doctor"] = manifest["doctor"]
    for found in compare(dict(manifest), follows, "manifest.json"):
        yield say(
            "{path}: {found}, where {wanted} follows from the files",
            path=found.path,
            found=told(found.before),
            wanted=told(found.now),
        )
    if result["schema"] not in RESULTS[manifest["schema"]]:
        yield say(
            "result.json: schema: {found}: no result of such a run", found=told(result["schema"])
        )
    said = result["scenario"]
    if said["sha256"] != follows["digests"]["scenario"]:
        yield say("result.json: scenario.sha256: it is of another scenario than the copy")
    if said["inventory_sha256"] != follows["digests"]["inventories"]:
        yield say(
            "result.json: scenario.inventory_sha256: it rests on other inventories than the copies"
        )


def _brightway(packages: Mapping[str, Any]) -> dict[str, str]:
    """Line and versions of Brightway by the list of packages."""
    found = {name: str(packages[name]) for name in ("bw2data", "bw2calc", "bw2io")}
    return {"line": "2.4" if found["bw2calc"].startswith("1.") else "2.5", **found}
